use domain::*;
use jiff::{ToSpan, civil::date};

/// Academic years of the institution, named by the calendar year in which they start, and the year groups of learners.
pub(crate) struct Years<'a>(pub(crate) &'a Records);

impl Years<'_> {
    pub(crate) fn first_day(&self, year: i16) -> Date {
        let first_days = self.0.institution.calendar.first_days();
        *first_days.get(&AcademicYear::starting(year)).unwrap_or(&date(year, 9, 1))
    }

    pub(crate) fn last_day(&self, year: i16) -> Date {
        self.first_day(year + 1).checked_sub(1.day()).unwrap()
    }

    pub(crate) fn of(&self, day: Date) -> i16 {
        (day.year() - 2..=day.year()).rev().find(|year| self.first_day(*year) <= day).unwrap()
    }

    /// The learner's year group in an academic year: as recorded, else counted from the nearest record, the earlier of two.
    pub(crate) fn group(&self, learner: usize, year: i16) -> i8 {
        let own = self.0.year_records.iter().filter(|record| record.learner.0 as usize == learner);
        let nearest = own
            .min_by_key(|record| ((record.academic_year.start() - year).abs(), record.academic_year.start()))
            .expect("every learner has a recorded year");
        nearest.year_group.number() + (year - nearest.academic_year.start()) as i8
    }

    pub(crate) fn group_on(&self, learner: usize, day: Date) -> i8 {
        self.group(learner, self.of(day))
    }

    pub(crate) fn key_stage_on(&self, learner: usize, day: Date) -> Option<u8> {
        match self.group_on(learner, day) {
            7..=9 => Some(3),
            10..=11 => Some(4),
            12..=14 => Some(5),
            _ => None,
        }
    }
}

/// From the first day on which the learner is in `first` or later, to the last end of year (or 28 February) on which the
/// learner is in `last` or earlier. Looked for year by year over a long time.
pub(crate) fn window_of_years(years: &Years<'_>, learner: usize, first: i8, last: i8, february: bool) -> (Date, Date) {
    let long = 1990..2060;
    let opens =
        long.clone().find(|year| years.group(learner, *year) >= first).map(|year| years.first_day(year)).unwrap();
    let closes = if february {
        long.rev().map(|year| date(year, 2, 28)).find(|day| years.group_on(learner, *day) <= last)
    } else {
        long.rev().find(|year| years.group(learner, *year) <= last).map(|year| years.last_day(year))
    };
    (opens, closes.unwrap())
}
