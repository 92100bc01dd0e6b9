use std::collections::BTreeMap;

use app::{Actor, App, ContactPersonForm, NoteForm, OrganisationForm};
use domain::InstitutionId;

/// What parameters of this area's addresses stand for; `known` is what those of all pages do.
pub(super) fn names(
    app: &App,
    institution: InstitutionId,
    _known: &BTreeMap<&'static str, String>,
) -> Vec<(&'static str, String)> {
    let operator = Actor::operator();
    let form = |name: &str| OrganisationForm { name: name.to_owned(), ..OrganisationForm::default() };
    let one = app.add_organisation(&operator, institution, &form("Fernhill Surveyors")).expect("an organisation");
    let other = app.add_organisation(&operator, institution, &form("Fernhill Surveyors Ltd")).expect("another");
    let person = ContactPersonForm { name: "Sam Example".to_owned(), ..ContactPersonForm::default() };
    let contact = app.add_contact(&operator, institution, one, &person).expect("a contact");
    let note = NoteForm { note: "Asked for a talk".to_owned(), ..NoteForm::default() };
    let note = app.note_contact(&operator, institution, one, &note).expect("a note");
    vec![
        ("organisation", one.to_string()),
        ("organisation_other", other.to_string()),
        ("contact", contact.to_string()),
        ("contact_note", note.to_string()),
    ]
}

/// Fields without which a form of this area could not be read at all, beginning with `&`.
pub(super) fn form(path: &str, names: &BTreeMap<&'static str, String>) -> Option<String> {
    path.ends_with("/merge").then(|| format!("&into={}", names["organisation_other"]))
}
