//! By when a request is answered: so many days on which the institution is at work.

use domain::{Date, InstitutionId};
use jiff::civil::Weekday;
use serde_json::json;
use store::Tx;

use crate::{Action, Actor, App, Error, Result};

/// Name of the setting: how many school days an answer takes at most.
const DAYS: &str = "provider-request-days";
/// If nothing is set.
const USUALLY: u32 = 10;
/// Most that can be set.
const MOST: u32 = 60;

/// How many school days an answer takes at most.
pub(super) fn days(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<u32> {
    let set = store::setting::find(tx, institution, DAYS)?;
    Ok(set.and_then(|days| days.parse().ok()).unwrap_or(USUALLY))
}

/// The day by which something that came on a day is answered: weekdays outside the institution's holidays are counted.
pub(super) fn due(tx: &mut Tx<'_>, institution: InstitutionId, from: Date) -> Result<Date> {
    let wanted = days(tx, institution)?;
    let year = store::institution::get(tx, institution)?.0.year_of(from);
    let mut holidays = Vec::new();
    for year in [year, year.next()] {
        let dates = store::calendar::list(tx, institution, year)?;
        let away = dates.into_iter().filter(|date| date.sort == "holiday" && !date.is_hidden);
        holidays.extend(away.map(|date| (date.starts_on, date.ends_on.unwrap_or(date.starts_on))));
    }
    Ok(after(from, wanted, &holidays))
}

/// The day so many school days after another. Holidays that never end stop nobody: a year is the most.
fn after(from: Date, days: u32, holidays: &[(Date, Date)]) -> Date {
    let is_away = |day: Date| holidays.iter().any(|(first, last)| *first <= day && day <= *last);
    let is_weekend = |day: Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let mut day = from;
    let mut left = days;
    for _ in 0..365 {
        if left == 0 {
            break;
        }
        day = day.tomorrow().unwrap_or(day);
        left -= u32::from(!is_weekend(day) && !is_away(day));
    }
    day
}

impl App {
    /// Says how many school days an answer to a provider takes at most. Requests that are there keep their day.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or the number is none.
    pub fn set_request_days(&self, actor: &Actor, institution: InstitutionId, typed: &str) -> Result<()> {
        actor.ask_for_all(Action::Record, institution)?;
        let days = typed.trim().parse().ok().filter(|days| (1..=MOST).contains(days));
        let days: u32 =
            days.ok_or_else(|| Error::problem("days", format!("Enter a whole number of days from 1 to {MOST}.")))?;
        self.store().write(institution, |tx| -> Result<()> {
            store::setting::set(tx, institution, DAYS, &days.to_string())?;
            let subject = ("institution", Some(institution.0));
            let event = self.event(actor, "provider-request.days-set", subject, json!({"days": days}));
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn school_days_leave_out_weekends_and_holidays() {
        // 2026-11-02 is a Monday: ten weekdays later is the Monday of the week after next.
        assert_eq!(after(date(2026, 11, 2), 10, &[]), date(2026, 11, 16));
        // Half-term in between adds its five weekdays.
        let half_term = (date(2026, 10, 24), date(2026, 11, 1));
        assert_eq!(after(date(2026, 10, 23), 3, &[half_term]), date(2026, 11, 4));
        // What comes on a Saturday counts from Monday.
        assert_eq!(after(date(2026, 11, 7), 1, &[]), date(2026, 11, 9));
    }
}
