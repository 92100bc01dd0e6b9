use domain::Date;

use super::{Fields, Shift};
use crate::{Forecast, Reason, Status, rulebook::shape::words};

/// What follows in a worked case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// Where the learner stands.
    pub status: Status,
    /// Why it is not applicable.
    pub reason: Option<Reason>,
    /// Since when it is met.
    pub on: Option<Date>,
    /// Which activities are the evidence, by number, where the case says so.
    pub evidence: Option<Vec<String>>,
    /// By when it is due.
    pub deadline: Option<Date>,
    /// Words that the sentence on what is still needed contains.
    pub still_needed: Option<String>,
    /// Whether what is planned would meet it, where the case says so.
    pub forecast: Option<Forecast>,
    /// Whether it is partly met.
    pub partly_met: bool,
    /// Activities that do not count, by number, each with words that the reason contains.
    pub not_counted: Vec<(String, String)>,
    /// What was offered to the learner's year group.
    pub offered: Option<ExpectedOffer>,
}

/// What was offered to a year group as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedOffer {
    /// Where the offer stands.
    pub status: Status,
    /// On how many dates.
    pub occasions: u32,
    /// Since when it is met.
    pub on: Option<Date>,
}

pub(super) fn read(fields: Fields<'_>, shift: Shift) -> Option<Expected> {
    let status = fields.word("status", &words(&Status::ALL, Status::word));
    let reason = fields.optional_word("reason", &words(&Reason::ALL, Reason::word));
    let date = |key| super::learner_case::date(&fields, key, shift);
    let (on, deadline) = (date("on"), date("deadline"));
    let evidence = fields.optional("evidence").is_some().then(|| numbers(&fields, "evidence"));
    let still_needed = fields.optional_text("still-needed");
    let forecast =
        fields.optional_word("forecast", &[("planned", Forecast::Planned), ("unplanned", Forecast::Unplanned)]);
    let partly_met = fields.yes_no("partly-met");
    let not_counted = fields
        .list("does-not-count")
        .iter()
        .filter_map(|item| {
            let entry = Fields::of(item, fields.path("does-not-count"), fields.faults())?;
            let (number, because) = (entry.optional_number("number"), entry.text("because"));
            entry.node("number");
            entry.finish();
            Some((number?.to_string(), because?))
        })
        .collect();
    let offered = fields.optional_table("offered").and_then(|fields| offered(fields, shift));
    let needs = match status {
        Some(Status::Met) if on.is_none() => Some("on"),
        Some(Status::Due) if deadline.is_none() => Some("deadline"),
        Some(Status::NotApplicable) if reason.is_none() => Some("reason"),
        _ => None,
    };
    if let Some(key) = needs {
        fields.fault(key, "the case does not say what this status needs", format!("Add {key} = …"));
    }
    fields.finish();
    Some(Expected {
        status: status?,
        reason,
        on,
        evidence,
        deadline,
        still_needed,
        forecast,
        partly_met,
        not_counted,
        offered,
    })
}

fn offered(fields: Fields<'_>, shift: Shift) -> Option<ExpectedOffer> {
    let status = fields.word("status", &words(&Status::ALL, Status::word));
    let occasions = match fields.node("occasions")?.value {
        crate::rulebook::Value::Number(0) => Some(0),
        _ => fields.optional_number("occasions"),
    };
    let on = super::learner_case::date(&fields, "on", shift);
    fields.finish();
    Some(ExpectedOffer { status: status?, occasions: occasions?, on })
}

fn numbers(fields: &Fields<'_>, key: &'static str) -> Vec<String> {
    fields
        .list(key)
        .iter()
        .filter_map(|node| match node.value {
            crate::rulebook::Value::Number(number) => Some(number.to_string()),
            _ => {
                fields.fault(
                    key,
                    "these are no numbers of activities",
                    "Write the numbers that the case gives them: [1, 2]",
                );
                None
            }
        })
        .collect()
}
