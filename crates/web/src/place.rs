//! Where a page is: institution, academic year and as-of date, and how its links keep them.

use domain::{AcademicYear, Calendar, Date, InstitutionId, date};

use crate::parts::Choice;

/// Where a page is.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) institution: InstitutionId,
    pub(crate) name: String,
    pub(crate) as_of: Date,
    pub(crate) today: Date,
    /// The page that changing the place leads to, under the institution: `benchmarks`.
    pub(crate) page: String,
    /// Institutions within reach.
    pub(crate) institutions: Vec<Choice>,
    /// Academic years to look at.
    pub(crate) years: Vec<Choice>,
}

/// How many academic years back can be chosen.
const YEARS_BACK: i16 = 7;

impl Place {
    /// The place of a page.
    pub(crate) fn new(
        institution: InstitutionId,
        name: String,
        calendar: &Calendar,
        (as_of, today): (Date, Date),
        institutions: Vec<Choice>,
        page: &str,
    ) -> Self {
        let chosen = calendar.year_of(as_of);
        let last = calendar.year_of(today).start().max(chosen.start());
        let first = (calendar.year_of(today).start() - YEARS_BACK).min(chosen.start());
        let years = (first..=last)
            .rev()
            .map(AcademicYear::starting)
            .map(|year| Choice::new(year, year, year == chosen))
            .collect();
        Self { institution, name, as_of, today, page: page.to_owned(), institutions, years }
    }

    /// The academic year of the as-of date, as pages write it: "2026/27".
    pub(crate) fn year(&self) -> &str {
        self.years.iter().find(|year| year.chosen).map_or("", |year| &year.label)
    }

    pub(crate) fn as_of_long(&self) -> String {
        date::long(self.as_of)
    }

    /// The address of a page of this institution on the same day. `page` may have its own parameters.
    pub(crate) fn to(&self, page: &str) -> String {
        let mut address = format!("/institutions/{}", self.institution);
        if !page.is_empty() {
            address.push('/');
            address.push_str(page);
        }
        if self.as_of != self.today {
            address.push(if page.contains('?') { '&' } else { '?' });
            address.push_str(&format!("as-of={}", self.as_of));
        }
        address
    }

    /// The address of this page today.
    pub(crate) fn to_today(&self) -> String {
        format!("/institutions/{}/{}", self.institution, self.page).trim_end_matches('/').to_owned()
    }
}

/// The as-of date that a change of the place comes to: a date that was changed wins; a year that was changed means today in the
/// current year and the last day of a past one.
pub(crate) fn chosen_day(calendar: &Calendar, was: Date, year: Option<AcademicYear>, day: Option<Date>, today: Date) -> Date {
    if let Some(day) = day.filter(|day| *day != was) {
        return day;
    }
    match year {
        Some(year) if year != calendar.year_of(was) && year == calendar.year_of(today) => today,
        Some(year) if year != calendar.year_of(was) => calendar.last_day(year),
        _ => day.unwrap_or(was),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn choosing_a_past_year_shows_its_last_day_and_choosing_this_year_shows_today() {
        let calendar = Calendar::default();
        let today = date(2026, 11, 23);
        let past = Some(AcademicYear::starting(2024));
        assert_eq!(chosen_day(&calendar, today, past, Some(today), today), date(2025, 8, 31));
        let this = Some(AcademicYear::starting(2026));
        assert_eq!(chosen_day(&calendar, date(2025, 8, 31), this, Some(date(2025, 8, 31)), today), today);
    }

    #[test]
    fn a_changed_date_wins_over_the_year() {
        let today = date(2026, 11, 23);
        let day = chosen_day(&Calendar::default(), today, Some(AcademicYear::starting(2024)), Some(date(2026, 9, 10)), today);
        assert_eq!(day, date(2026, 9, 10));
    }

    #[test]
    fn links_keep_the_day_unless_it_is_today() {
        let (as_of, today) = (date(2026, 7, 31), date(2026, 11, 23));
        let mut place = Place::new(InstitutionId(7), "Ashdown".into(), &Calendar::default(), (as_of, today), Vec::new(), "");
        assert_eq!(place.to("learners?status=due"), "/institutions/7/learners?status=due&as-of=2026-07-31");
        assert_eq!(place.year(), "2025/26");
        place.as_of = today;
        assert_eq!(place.to(""), "/institutions/7");
    }
}
