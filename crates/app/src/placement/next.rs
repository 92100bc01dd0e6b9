use domain::{CheckStatus, Date, PlacementCheck, PlacementStage, date};
use jiff::Timestamp;
use store::placement::{Check, Placement};

use super::{check::warning, open_checks, status_of};

/// What is to be done next about a placement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextAction {
    /// What, in a sentence.
    pub what: String,
    /// By when; what has no day comes last.
    pub by: Option<Date>,
    /// Whether that is less than a fortnight ahead, or past.
    pub is_urgent: bool,
}

/// How long before the first day a placement should be approved.
const APPROVED_BEFORE: i64 = 14;
/// After how many days without an answer an employer is asked again.
const ANSWER_WITHIN: i32 = 14;

/// What is to be done next about a placement; nothing about one that fell through.
pub(super) fn of(one: &Placement, checks: &[Check], since: Option<Timestamp>, today: Date) -> Option<NextAction> {
    let status = |check| status_of(checks, one.id, check);
    let before = one.starts_on.and_then(|first| first.checked_sub(jiff::Span::new().days(APPROVED_BEFORE)).ok());
    let lapses = checks
        .iter()
        .filter(|found| found.placement == one.id && one.stage != PlacementStage::Complete)
        .find_map(|found| warning(found, one, today).map(|text| (found.expires_on, text)));
    let waited = since.map(|at| date::days_between(jiff::tz::TimeZone::UTC.to_datetime(at).date(), today));
    let (what, by) = match one.stage {
        PlacementStage::FellThrough => return None,
        PlacementStage::Searching => ("Find an employer.".to_owned(), before),
        PlacementStage::Requested if waited.is_some_and(|days| days > ANSWER_WITHIN) => {
            ("The employer has not answered for two weeks. Ask again, or ask another.".to_owned(), before)
        }
        PlacementStage::Requested => ("Wait for the employer’s answer.".to_owned(), before),
        PlacementStage::Agreed => ("Send the employer’s form and the parent’s or carer’s.".to_owned(), before),
        PlacementStage::Checks => match open_checks(checks, one.id).as_slice() {
            [] => ("Everything needed is checked. Approve it.".to_owned(), before),
            open => {
                let names: Vec<_> = open.iter().take(2).map(|rule| rule.label.to_lowercase()).collect();
                let more = open.len().saturating_sub(2);
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                (format!("Check {}{more}.", names.join(", ")), before)
            }
        },
        PlacementStage::Approved if one.starts_on.is_some_and(|first| first <= today) => {
            ("It has begun. Mark it as live.".to_owned(), one.starts_on)
        }
        PlacementStage::Approved => ("Nothing until it begins.".to_owned(), one.starts_on),
        PlacementStage::Live if one.ends_on.is_some_and(|last| last < today) => {
            ("It is over. Mark it as complete.".to_owned(), one.ends_on)
        }
        PlacementStage::Live if !status(PlacementCheck::Visit).is_done() => ("Visit or ring.".to_owned(), one.ends_on),
        PlacementStage::Live => ("It is running.".to_owned(), one.ends_on),
        PlacementStage::Complete if status(PlacementCheck::EmployerFeedback) == CheckStatus::NotAsked => {
            ("Ask the employer how it went.".to_owned(), one.ends_on)
        }
        PlacementStage::Complete if !status(PlacementCheck::Reflection).is_done() => {
            ("Ask the learner what they learnt.".to_owned(), one.ends_on)
        }
        PlacementStage::Complete => return None,
    };
    let (what, by) = match lapses {
        Some((expires, text)) => (format!("{what} Insurance: {text}"), by.into_iter().chain(expires).min()),
        None => (what, by),
    };
    let is_urgent = by.is_some_and(|by| date::days_between(today, by) < 14);
    Some(NextAction { what, by, is_urgent })
}
