//! One activity of a worked case, and the learner's part in it.

use domain::{
    Activity, ActivityState, Check, Checks, Date, Hours, Kind, Mode, ParticipationStatus, ProviderType, Source,
    Through, YearGroup,
};

use super::{Fields, Shift, learner_case::date};
use crate::rulebook::{Value, shape::words};

/// An activity, and what the register says of the learner; nothing if the learner is not on it.
pub(super) fn read(
    fields: Fields<'_>,
    number: usize,
    as_of: Date,
    shift: Shift,
) -> Option<(Activity, Option<ParticipationStatus>)> {
    fields.node("on");
    let on = date(&fields, "on", shift);
    let kind = fields.word("activity", &words(Kind::ALL, Kind::word));
    let title = fields.optional_text("title");
    let organisation = fields.optional_text("with");
    let provider_type = fields.optional_word("provider-type", &words(ProviderType::ALL, ProviderType::word));
    let mode = fields.optional_word("mode", &words(Mode::ALL, Mode::word)).unwrap_or(Mode::InPerson);
    let subject = fields.optional_text("subject");
    let hours = hours(&fields);
    let year_groups = year_groups(&fields);
    let through = fields.yes_no("through-curriculum").then_some(Through::CurriculumArea);
    let source = fields.yes_no("transferred").then_some(Source::Transferred);
    // Where the kind is unknown, the boxes are still read for faults of their own.
    let checks = checks(&fields, kind.unwrap_or(Kind::ProviderEncounter));
    let register = register(&fields, on.is_some_and(|on| on > as_of));
    fields.finish();
    let (kind, date) = (kind?, on?);
    let activity = Activity {
        reference: number.to_string(),
        title: title.unwrap_or_else(|| kind.word().replace('-', " ")),
        date,
        kind,
        provider_type,
        organisation,
        mode,
        subject,
        hours,
        year_groups,
        checks,
        through,
        source,
        state: ActivityState::Planned,
    };
    Some((activity, register))
}

fn register(fields: &Fields<'_>, is_ahead: bool) -> Option<ParticipationStatus> {
    let mut known: Vec<(&str, Option<ParticipationStatus>)> =
        words(ParticipationStatus::ALL, ParticipationStatus::word)
            .into_iter()
            .map(|(word, status)| (word, Some(status)))
            .collect();
    known.push(("not-on-the-register", None));
    let usual = if is_ahead { ParticipationStatus::Invited } else { ParticipationStatus::Attended };
    fields.optional_word("learner", &known).unwrap_or(Some(usual))
}

/// `boxes`: `"all"` (the default), `"none"`, `"benchmark"`, `"provider-access"`, or a list; `all-but` takes some away.
fn checks(fields: &Fields<'_>, kind: Kind) -> Checks {
    let all: Checks = kind.checklist().iter().copied().collect();
    let ticked = match fields.optional("boxes").map(|node| &node.value) {
        None => all,
        Some(Value::List(_)) => fields.texts("boxes").iter().filter_map(|word| check(fields, "boxes", word)).collect(),
        Some(_) => fields
            .optional_word(
                "boxes",
                &[
                    ("all", all),
                    ("none", Checks::NONE),
                    ("benchmark", kind.meaningful()),
                    ("provider-access", Checks::PROVIDER_ACCESS),
                ],
            )
            .unwrap_or(all),
    };
    let without: Checks = fields.texts("all-but").iter().filter_map(|word| check(fields, "all-but", word)).collect();
    without.missing(ticked)
}

fn check(fields: &Fields<'_>, key: &'static str, word: &str) -> Option<Check> {
    let found = word.parse().ok();
    if found.is_none() {
        fields.fault(
            key,
            format!("“{word}” is no box"),
            format!("Write words of this list: {}", Check::WORDS.join(", ")),
        );
    }
    found
}

fn hours(fields: &Fields<'_>) -> Option<Hours> {
    match &fields.optional("hours")?.value {
        Value::Number(_) => fields.optional_number("hours").map(Hours::whole),
        _ => {
            let text = fields.optional_text("hours")?;
            let hours = text.parse().ok();
            if hours.is_none() {
                fields.fault("hours", format!("“{text}” is no length of time"), "Write 5 or \"2.5\"");
            }
            hours
        }
    }
}

fn year_groups(fields: &Fields<'_>) -> domain::YearGroups {
    fields
        .list("offered-to")
        .iter()
        .filter_map(|node| match node.value {
            Value::Number(number @ 7..=14) => Some(YearGroup::new(number as i8)),
            _ => {
                fields.fault("offered-to", "this is no year group", "Write numbers from 7 to 14");
                None
            }
        })
        .collect()
}
