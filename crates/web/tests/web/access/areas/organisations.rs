use std::collections::BTreeMap;

use app::{Actor, App, ContactPersonForm, LinkPurpose, NoteForm, OrganisationForm, ReflectionForm};
use domain::InstitutionId;

/// What parameters of this area's addresses stand for; `known` is what those of all pages do.
pub(super) fn names(
    app: &App,
    institution: InstitutionId,
    known: &BTreeMap<&'static str, String>,
) -> Vec<(&'static str, String)> {
    let operator = Actor::operator();
    let form = |name: &str| OrganisationForm { name: name.to_owned(), ..OrganisationForm::default() };
    let one = app.add_organisation(&operator, institution, &form("Fernhill Surveyors")).expect("an organisation");
    let other = app.add_organisation(&operator, institution, &form("Fernhill Surveyors Ltd")).expect("another");
    let person = ContactPersonForm { name: "Sam Example".to_owned(), ..ContactPersonForm::default() };
    let contact = app.add_contact(&operator, institution, one, &person).expect("a contact");
    let note = NoteForm { note: "Asked for a talk".to_owned(), ..NoteForm::default() };
    let note = app.note_contact(&operator, institution, one, &note).expect("a note");
    let activity = known["activity"].parse().expect("an activity");
    let learner = known["learner"].parse().expect("a learner");
    let link = |purpose| app.make_voice_link(&operator, institution, activity, purpose, "").expect("a link");
    let (reflections, feedback) = (link(LinkPurpose::Reflection), link(LinkPurpose::Feedback));
    let written = ReflectionForm { learnt: "Much".to_owned(), ..ReflectionForm::default() };
    let reflection = app.add_reflection(&operator, institution, activity, learner, &written).expect("an answer");
    vec![
        ("voice_link", reflections.0.to_string()),
        ("reflection_token", reflections.1.reveal().to_owned()),
        ("feedback_token", feedback.1.reveal().to_owned()),
        ("reflection", reflection.to_string()),
        ("check", "two-way".to_owned()),
        ("organisation", one.to_string()),
        ("organisation_other", other.to_string()),
        ("contact", contact.to_string()),
        ("contact_note", note.to_string()),
    ]
}

/// Fields without which a form of this area could not be read at all, beginning with `&`.
pub(super) fn form(path: &str, names: &BTreeMap<&'static str, String>) -> Option<String> {
    match path {
        _ if path.ends_with("/merge") => Some(format!("&into={}", names["organisation_other"])),
        _ if path.ends_with("/voices/tick") => Some("&check=two-way".to_owned()),
        _ if path.ends_with("/voices/reflection") => Some(format!("&learner={}&learnt=Much", names["learner"])),
        _ => None,
    }
}
