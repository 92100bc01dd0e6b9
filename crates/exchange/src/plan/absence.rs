use std::collections::HashSet;

use domain::{Calendar, Date};
use jiff::ToSpan;

use super::{Absent, Existing, Options};

/// The last day on roll to propose for somebody who is no longer in a file: in the first six weeks of a year the last day of
/// the year before, else the day before the file.
pub fn proposed_leaving(calendar: &Calendar, as_of: Date) -> Date {
    let year = calendar.year_of(as_of);
    if domain::date::days_between(calendar.first_day(year), as_of) < 42 {
        calendar.last_day(year.previous())
    } else {
        as_of.saturating_sub(1.day())
    }
}

/// Who is on roll and was seen in no row; and whether so many that each must be confirmed.
pub(super) fn absent(existing: &[Existing], seen: &HashSet<usize>, options: &Options) -> (Vec<Absent>, bool) {
    let on_roll = existing.iter().filter(|e| e.learner.is_on_roll(options.as_of)).count();
    let threshold = options.leavers_threshold.unwrap_or((on_roll / 20).max(5));
    let proposed = proposed_leaving(&options.calendar, options.as_of);
    let mut absent: Vec<Absent> = existing
        .iter()
        .enumerate()
        .filter(|(at, existing)| existing.learner.is_on_roll(options.as_of) && !seen.contains(at))
        .map(|(_, existing)| Absent {
            learner: existing.id,
            name: super::roster::name_of(existing),
            left: proposed.max(existing.learner.joined),
            leaves: Some(true),
        })
        .collect();
    let confirm_each = absent.len() > threshold;
    if confirm_each {
        absent.iter_mut().for_each(|absent| absent.leaves = None);
    }
    (absent, confirm_each)
}
