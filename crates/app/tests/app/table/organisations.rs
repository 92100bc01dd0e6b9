use app::{Actor, App, Error, LinkPurpose, ListFormat, OrganisationForm, ReflectionForm, View};
use domain::{Check, ContactId, ContactNoteId, InstitutionId, LinkId, OrganisationId, ReflectionId};

use super::Asked;

/// The organisation that is asked about: one that is there, so that what is allowed finds it.
fn organisation(app: &App, institution: InstitutionId) -> OrganisationId {
    let operator = Actor::operator();
    let form = OrganisationForm { name: "Fernhill Surveyors".to_owned(), ..OrganisationForm::default() };
    let view = View { institution, as_of: None };
    let known = app.organisations(&operator, view, &Default::default()).expect("organisations").organisations;
    let found = known.iter().find(|row| row.name == form.name).map(|row| row.id);
    found.unwrap_or_else(|| app.add_organisation(&operator, institution, &form).expect("an organisation"))
}

/// Asks an operation of this area; none if it is not of this area.
pub(super) fn perform(operation: &str, app: &App, actor: &Actor, asked: &Asked) -> Option<Result<(), Error>> {
    let institution = asked.institution;
    let view = View { institution, as_of: None };
    let one = || organisation(app, institution);
    Some(match operation {
        "organisations" => app.organisations(actor, view, &Default::default()).map(drop),
        "organisation_owners" => app.organisation_owners(actor, institution).map(drop),
        "add_organisation" => app.add_organisation(actor, institution, &Default::default()).map(drop),
        "add_organisations_of_activities" => app.add_organisations_of_activities(actor, institution).map(drop),
        "set_ask_again" => app.set_ask_again(actor, institution, "90"),
        "organisation_duplicates" => app.organisation_duplicates(actor, view).map(drop),
        "export_organisations" => app.export_organisations(actor, institution, ListFormat::Csv).map(drop),
        "import_organisations" => app.import_organisations(actor, institution, "x.csv", b"x\n").map(drop),
        "organisation" => app.organisation(actor, view, one()).map(drop),
        "change_organisation" => app.change_organisation(actor, institution, one(), &Default::default()),
        "merge_organisations" => {
            let one = one();
            app.merge_organisations(actor, institution, one, one).map(drop)
        }
        "unmerge_organisations" => app.unmerge_organisations(actor, institution, one(), 1),
        "add_contact" => app.add_contact(actor, institution, one(), &Default::default()).map(drop),
        "contact" => app.contact(actor, institution, ContactId(1)).map(drop),
        "change_contact" => app.change_contact(actor, institution, ContactId(1), &Default::default()),
        "erase_contact" => app.erase_contact(actor, institution, ContactId(1)),
        "note_contact" => app.note_contact(actor, institution, one(), &Default::default()).map(drop),
        "delete_contact_note" => app.delete_contact_note(actor, institution, one(), ContactNoteId(1)),
        "activity_voices" => app.activity_voices(actor, view, asked.activity).map(drop),
        "make_voice_link" => {
            app.make_voice_link(actor, institution, asked.activity, LinkPurpose::Reflection, "").map(drop)
        }
        "close_voice_link" => app.close_link(actor, institution, LinkPurpose::Reflection, LinkId(1)),
        "tick_box" => app.tick_box(actor, institution, asked.activity, Check::TwoWay, true),
        "add_reflection" => {
            let form = ReflectionForm { learnt: "Much".to_owned(), ..ReflectionForm::default() };
            app.add_reflection(actor, institution, asked.activity, asked.learner, &form).map(drop)
        }
        "delete_reflection" => app.delete_reflection(actor, institution, asked.activity, ReflectionId(1)),
        _ => return None,
    })
}

/// Operations about something that is not there: to those who may, nothing is found.
pub(super) const NEEDS_SOMETHING: &[&str] = &[
    "close_voice_link",
    "delete_reflection",
    "unmerge_organisations",
    "contact",
    "change_contact",
    "erase_contact",
    "delete_contact_note",
];
