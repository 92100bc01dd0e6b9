use domain::{AcademicYear, Date, Learner, LearnerIndex, Sen, YearGroup};
use jiff::{ToSpan, civil::date};

use super::{NOW, OPENED, subjects};
use crate::{AS_OF, book::Book, identifier, name, random::Random, term};

/// A learner and how the demo moves them through the years.
pub(super) struct Member {
    pub(super) learner: LearnerIndex,
    /// The calendar year in which they were, or would have been, in year 7 from September.
    pub(super) cohort: i16,
    /// The calendar year in which they started to repeat a year.
    pub(super) repeats: Option<i16>,
    /// How often in a thousand they miss something.
    pub(super) absence: usize,
}

impl Member {
    /// Their year group in an academic year.
    pub(super) fn year_group(&self, year: AcademicYear) -> i8 {
        year_group(self.cohort, self.repeats, year)
    }
}

fn year_group(cohort: i16, repeats: Option<i16>, year: AcademicYear) -> i8 {
    let repeated = repeats.is_some_and(|from| year.start() >= from);
    (year.start() - cohort + 7 - i16::from(repeated)) as i8
}

/// What is decided about a learner before the rest is drawn.
pub(super) struct Stay {
    pub(super) cohort: i16,
    pub(super) joined: Date,
    pub(super) left: Option<Date>,
    pub(super) repeats: Option<i16>,
}

/// Enrols everybody without a part in a named story: twelve cohorts, joiners and leavers in mid-year, and those who come
/// for the sixth form only.
pub(super) fn enrol(book: &mut Book, random: &mut Random) -> Vec<Member> {
    let mut members = Vec::new();
    for cohort in 2015..=2026 {
        let first = cohort.max(OPENED.start());
        let in_sixth_form_then = first - cohort + 7 >= 12;
        let size = if in_sixth_form_then { 118 } else { 162 + random.below(9) };
        for _ in 0..size {
            let stay = stay(cohort, first, random);
            members.push(enrol_one(book, random, stay));
        }
        let year_12 = cohort + 5;
        if (OPENED.start()..=NOW.start()).contains(&year_12) && !in_sixth_form_then {
            for _ in 0..26 + random.below(8) {
                let stay = stay(cohort, year_12, random);
                members.push(enrol_one(book, random, stay));
            }
        }
    }
    members
}

fn stay(cohort: i16, first: i16, random: &mut Random) -> Stay {
    let mut joined = date(first, 9, 1);
    let (year_11, year_13) = (cohort + 4, cohort + 6);
    let stays_on = random.chance(620);
    let last = if first > year_11 || stays_on { year_13 } else { year_11 };
    let mut left = date(last + 1, 8, 31);
    if random.chance(45) {
        joined = term::school_day_plus(AcademicYear::starting(first), 10, 1, random.below(500).min(170));
        if joined > AS_OF {
            joined = term::school_day(NOW, 11, 2);
        }
    }
    if random.chance(50) {
        let year = first + random.below((last - first + 1) as usize) as i16;
        left = term::school_day_plus(AcademicYear::starting(year), 11, 10, random.below(120));
    }
    if left <= joined {
        left = date(last + 1, 8, 31);
    }
    // One in forty of the sixth form does year 12 again.
    let stayed = left >= date(year_13, 9, 1);
    let repeats = (stayed && last == year_13 && year_13 <= NOW.start() && random.chance(25)).then_some(year_13);
    Stay { cohort, joined, left: (left < AS_OF).then_some(left), repeats }
}

/// Enrols one learner with details drawn to be about as common as they are in such schools.
pub(super) fn enrol_one(book: &mut Book, random: &mut Random, stay: Stay) -> Member {
    let serial = book.learners().len();
    let (forename, surname) = name::person(random);
    let year = book_year(stay.left.unwrap_or(AS_OF));
    let year_group = year_group(stay.cohort, stay.repeats, year);
    let sen = match random.below(1000) {
        0..30 => Some(Sen::Ehcp),
        30..170 => Some(Sen::Support),
        170..985 => Some(Sen::None),
        _ => None,
    };
    let learner = Learner {
        reference: format!("{:04}", 1001 + serial),
        upn: (!random.chance(8)).then(|| identifier::upn(9901, stay.cohort - 7, serial)),
        uln: None,
        forename,
        surname,
        date_of_birth: date(stay.cohort - 12, 9, 1).saturating_add((random.below(365) as i64).days()),
        sex: match random.below(1000) {
            0..495 => Some("F".to_owned()),
            495..992 => Some("M".to_owned()),
            _ => None,
        },
        form: Some(form(year_group, random)),
        sen,
        fsm: (!random.chance(12)).then(|| random.chance(262)),
        looked_after: (!random.chance(4)).then(|| random.chance(9)),
        considering_he: (year_group >= 12 && !random.chance(40)).then(|| random.chance(700)),
        subjects: subjects::own(year_group, random),
        joined: stay.joined,
        left: stay.left,
        programme_starts: None,
        programme_ends: None,
    };
    let absence = match random.below(100) {
        0..70 => 15,
        70..91 => 50,
        91..98 => 170,
        _ => 450,
    };
    let learner = book.enrol(learner, year, YearGroup::new(year_group));
    if let Some(from) = stay.repeats {
        let before = AcademicYear::starting(from - 1);
        book.year_record(learner, before, YearGroup::new(self::year_group(stay.cohort, None, before)));
    }
    Member { learner, cohort: stay.cohort, repeats: stay.repeats, absence }
}

/// The academic year of a day; the academy opens on 1 September.
pub(super) fn book_year(date: Date) -> AcademicYear {
    domain::Calendar::default().year_of(date)
}

fn form(year_group: i8, random: &mut Random) -> String {
    let forms: &[&str] = if year_group >= 12 { &["A", "B", "C", "D", "E"] } else { &["W", "A", "Y", "M", "R", "K"] };
    format!("{year_group}{}", random.pick(forms))
}

/// Holds annual reviews of education, health and care plans, one in each year, some of them still ahead and some without
/// their preparing-for-adulthood part.
pub(super) fn review(book: &mut Book, members: &[Member], random: &mut Random) {
    for member in members {
        let learner = book.learner(member.learner);
        if learner.sen != Some(Sen::Ehcp) {
            continue;
        }
        let (joined, left) = (learner.joined, learner.left);
        let month_and_day =
            *random.pick(&[(9, 24), (10, 8), (10, 21), (11, 4), (11, 12), (11, 19), (12, 9), (1, 20), (2, 9)]);
        for year in (OPENED.start()..=NOW.start()).map(AcademicYear::starting) {
            let date = term::school_day_plus(year, month_and_day.0, month_and_day.1, random.below(4));
            if date >= joined && left.is_none_or(|left| date <= left) {
                let with_its_part = member.year_group(year) >= 9 && !random.chance(90);
                book.review(member.learner, date, with_its_part);
            }
        }
    }
}
