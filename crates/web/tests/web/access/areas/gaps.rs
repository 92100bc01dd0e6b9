use std::collections::BTreeMap;

use app::{Actor, App, Mark, SlotForm, View};
use domain::{InstitutionId, ParticipationStatus};

/// What parameters of this area's addresses stand for; `known` is what those of all pages do.
pub(super) fn names(
    app: &App,
    institution: InstitutionId,
    known: &BTreeMap<&'static str, String>,
) -> Vec<(&'static str, String)> {
    let operator = Actor::operator();
    let talk = app::ActivityForm {
        title: "Talk that somebody missed".to_owned(),
        date: "2026-11-02".to_owned(),
        kind: "employer-encounter".to_owned(),
        ..Default::default()
    };
    let missed = app.add_activity(&operator, institution, &talk).expect("an activity");
    let learner = known["learner"].parse().expect("an id");
    let mark = Mark::new(learner, Some(ParticipationStatus::Absent));
    app.mark(&operator, institution, missed, &[mark]).expect("a mark");
    let activity = app::ActivityForm { date: "2027-01-12".to_owned(), ..talk };
    let slot = SlotForm { activity, capacity: "6".to_owned(), ..SlotForm::default() };
    app.add_slots(&operator, institution, &slot).expect("a slot");
    let slots = app.slots(&operator, View { institution, as_of: None }).expect("slots");
    vec![("missed", missed.to_string()), ("absent", known["learner"].clone()), ("slot", slots.slots[0].id.to_string())]
}

/// Fields without which a form of this area could not be read at all, beginning with `&`.
pub(super) fn form(path: &str, names: &BTreeMap<&'static str, String>) -> Option<String> {
    match path {
        _ if path.ends_with("/catch-up/{missed}/plan") => {
            Some(format!("&date=2027-01-12&learners={}", names["learner"]))
        }
        _ if path.ends_with("/catch-up/{missed}/{absent}") => Some("&reason=Moved".to_owned()),
        _ => None,
    }
}
