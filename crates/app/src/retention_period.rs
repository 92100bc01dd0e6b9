//! The terms for which an institution keeps records, and what becomes of a learner's record by them. Terms are never cut short.

use std::collections::BTreeMap;

use domain::{Date, InstitutionId, Learner, Sen};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use store::Tx;

use crate::{Result, RetentionRule, data_register, data_register_page::term};

/// The terms that hold in an institution, in months.
#[derive(Debug, Clone, Default)]
pub(crate) struct Periods(BTreeMap<String, i32>);

/// What becomes of a learner's record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// On roll: it stays.
    Stays,
    /// Old enough to go, but no last day on roll is known.
    Undated,
    /// Goes on this day.
    GoesOn(Date),
}

impl Periods {
    pub(crate) fn read(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Self> {
        Ok(Self(store::retention::periods(tx, institution)?.into_iter().collect()))
    }

    pub(crate) fn own(&self, rule: &str) -> Option<i32> {
        self.0.get(rule).copied()
    }

    /// In months; none if the rule has no term.
    pub(crate) fn months(&self, rule: &str) -> Option<i32> {
        self.own(rule).or_else(|| data_register().rule(rule)?.months)
    }

    /// What becomes of a learner's record, and by which rule. `has_plan` if an annual review is on record.
    pub(crate) fn fate(&self, learner: &Learner, reviewed: bool, today: Date) -> (&'static str, Fate) {
        let has_plan = reviewed || learner.sen == Some(Sen::Ehcp);
        let rule = if has_plan { "learner-with-plan" } else { "learner-record" };
        let Some(months) = self.months(rule) else { return (rule, Fate::Stays) };
        let of_age = after(learner.date_of_birth, months);
        // Whoever came back after leaving is here again, whatever last day is still on record.
        let left = learner.left.filter(|left| *left >= learner.joined);
        let fate = match left {
            None if of_age > today => Fate::Stays,
            None if learner.left.is_some() => Fate::Stays,
            None => Fate::Undated,
            Some(left) => {
                let rested = after(left, self.months("after-leaving").unwrap_or(0));
                let gone = left.tomorrow().unwrap_or(left);
                Fate::GoesOn(of_age.max(rested).max(gone))
            }
        };
        (rule, fate)
    }
}

/// The day some months after a day. Where there is no such day (29 February), the day after: a term is never cut short.
pub(crate) fn after(day: Date, months: i32) -> Date {
    let Ok(reached) = day.checked_add(i64::from(months).months()) else { return Date::MAX };
    if reached.day() == day.day() { reached } else { reached.tomorrow().unwrap_or(Date::MAX) }
}

/// The last instant, and the day, of what is this old today; never younger.
pub(crate) fn before(
    rule: &RetentionRule,
    months: Option<i32>,
    today: Date,
    zone: &TimeZone,
) -> Option<(Timestamp, Date)> {
    let day = match (months, rule.days) {
        (Some(months), _) => today.checked_sub(i64::from(months).months()).ok()?,
        (None, Some(days)) => today.checked_sub(i64::from(days).days()).ok()?,
        (None, None) => return None,
    };
    let next = zone.to_timestamp(day.tomorrow().ok()?.at(0, 0, 0, 0)).ok()?;
    Some((next.checked_sub(1.microseconds()).ok()?, day))
}

/// Months, from "25 years", "18 months" or "2" (years). Blank is the default.
pub(crate) fn read_term(text: &str, rule: &RetentionRule) -> std::result::Result<Option<i32>, String> {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Ok(None);
    }
    let (number, unit) = text.split_once(char::is_whitespace).unwrap_or((&text, "years"));
    let factor = match unit.trim() {
        "year" | "years" => 12,
        "month" | "months" => 1,
        _ => return Err(format!("“{text}” is no length of time. Write it such as 6 years or 18 months.")),
    };
    let months = number.parse::<u16>().ok().map(|number| i32::from(number) * factor);
    let months =
        months.ok_or_else(|| format!("“{text}” is no length of time. Write it such as 6 years or 18 months."))?;
    let (shortest, longest) = (rule.shortest.unwrap_or(0), rule.longest.unwrap_or(i32::MAX));
    if (shortest..=longest).contains(&months) {
        Ok(Some(months))
    } else {
        Err(format!("{}: from {} to {}.", rule.title, least(shortest), term(longest)))
    }
}

fn least(months: i32) -> String {
    if months == 0 { "0 months".to_owned() } else { term(months) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn learner(born: Date, left: Option<Date>) -> Learner {
        Learner {
            reference: "L1".to_owned(),
            upn: None,
            uln: None,
            forename: "Test".to_owned(),
            surname: "Learner".to_owned(),
            date_of_birth: born,
            sex: None,
            form: None,
            sen: None,
            fsm: None,
            looked_after: None,
            considering_he: None,
            subjects: Vec::new(),
            joined: date(2012, 9, 1),
            left,
            programme_starts: None,
            programme_ends: None,
        }
    }

    fn goes_on(learner: &Learner, today: Date) -> Fate {
        Periods::default().fate(learner, false, today).1
    }

    const TODAY: Date = date(2026, 11, 23);

    #[test]
    fn a_record_goes_on_the_25th_birthday_of_whoever_left_in_time() {
        let one = learner(date(2001, 11, 23), Some(date(2019, 7, 31)));
        assert_eq!(goes_on(&one, TODAY), Fate::GoesOn(date(2026, 11, 23)));
    }

    #[test]
    fn of_whoever_was_born_on_29_february_it_goes_the_day_after_the_28th() {
        // 2025 is no leap year; 2028 is, and 2000 + 28 years has the day.
        let one = learner(date(2000, 2, 29), Some(date(2018, 7, 31)));
        assert_eq!(goes_on(&one, TODAY), Fate::GoesOn(date(2025, 3, 1)));
        assert_eq!(after(date(2000, 2, 29), 28 * 12), date(2028, 2, 29));
        assert_eq!(after(date(2026, 8, 31), 6), date(2027, 3, 1));
        assert_eq!(after(date(9990, 1, 1), 1200), Date::MAX);
    }

    #[test]
    fn with_a_plan_or_a_review_it_goes_on_the_31st() {
        let mut one = learner(date(2000, 2, 29), Some(date(2018, 7, 31)));
        let reviewed = Periods::default().fate(&one, true, TODAY);
        assert_eq!(reviewed, ("learner-with-plan", Fate::GoesOn(date(2031, 3, 1))));
        one.sen = Some(Sen::Ehcp);
        assert_eq!(Periods::default().fate(&one, false, TODAY), reviewed);
        one.sen = Some(Sen::Support);
        assert_eq!(Periods::default().fate(&one, false, TODAY).0, "learner-record");
    }

    #[test]
    fn an_adult_learner_is_kept_until_six_years_after_leaving() {
        let one = learner(date(1970, 5, 5), Some(date(2024, 7, 31)));
        assert_eq!(goes_on(&one, TODAY), Fate::GoesOn(date(2030, 7, 31)));
        let on_roll = learner(date(2009, 5, 5), None);
        assert_eq!(goes_on(&on_roll, TODAY), Fate::Stays);
    }

    #[test]
    fn without_a_last_day_on_roll_it_stays_and_is_told() {
        let born = date(2001, 11, 23);
        assert_eq!(goes_on(&learner(born, None), TODAY), Fate::Undated);
        assert_eq!(goes_on(&learner(born, None), TODAY.yesterday().unwrap()), Fate::Stays);
    }

    #[test]
    fn whoever_came_back_is_on_roll_again() {
        let mut one = learner(date(1998, 5, 5), Some(date(2016, 7, 31)));
        one.joined = date(2026, 9, 1);
        assert_eq!(goes_on(&one, TODAY), Fate::Stays);
    }

    #[test]
    fn the_last_day_on_roll_counts_as_a_day_on_roll() {
        let periods = Periods([("after-leaving".to_owned(), 0)].into());
        let one = learner(date(1990, 5, 5), Some(TODAY));
        assert_eq!(periods.fate(&one, false, TODAY).1, Fate::GoesOn(date(2026, 11, 24)));
    }

    #[test]
    fn what_ages_goes_by_whole_days_in_england() {
        let rule = data_register().rule("import-undo").unwrap();
        let zone = TimeZone::get("Europe/London").unwrap();
        let (instant, day) = before(rule, Some(12), date(2027, 8, 31), &zone).unwrap();
        assert_eq!(day, date(2026, 8, 31));
        // The last microsecond of that day, in summer time.
        assert_eq!(instant.to_string(), "2026-08-31T22:59:59.999999Z");
        // 29 February has no day a year later: what is of that day goes on 1 March.
        assert_eq!(before(rule, Some(12), date(2025, 2, 28), &zone).unwrap().1, date(2024, 2, 28));
        assert_eq!(before(rule, Some(12), date(2025, 3, 1), &zone).unwrap().1, date(2024, 3, 1));
    }

    #[test]
    fn terms_are_read_as_people_write_them() {
        let rule = data_register().rule("learner-record").unwrap();
        assert_eq!(read_term("25 years", rule), Ok(Some(300)));
        assert_eq!(read_term(" 26 ", rule), Ok(Some(312)));
        assert_eq!(read_term("300 Months", rule), Ok(Some(300)));
        assert_eq!(read_term("", rule), Ok(None));
        for wrong in ["soon", "25 days", "-3 years", "1 year", "9999 years"] {
            assert!(read_term(wrong, rule).is_err(), "{wrong}");
        }
    }
}
