use app::{Action, ContactPersonForm, FieldProblem, NoteForm};
use askama::Template;
use axum::extract::{Path, State};
use domain::ContactId;

use super::{
    id_of,
    page::{Sent, view_of},
};
use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    fields::Fields,
    parts::Flash,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

/// Changes somebody at an organisation.
#[derive(Template)]
#[template(path = "pages/organisations/contact.html")]
pub(crate) struct ContactPage {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) erase: String,
    pub(crate) contact: ContactPersonForm,
    pub(crate) back: String,
}

fn typed(fields: &Fields) -> ContactPersonForm {
    ContactPersonForm {
        name: fields.text("name"),
        job: fields.text("job"),
        email: fields.text("email"),
        phone: fields.text("phone"),
        notes: fields.text("notes"),
        is_alumnus: fields.one("is_alumnus") == "yes",
        left_in: fields.text("left_in"),
        consent_on: fields.text("consent_on"),
        consent_about: fields.text("consent_about"),
        asked_not_to: fields.one("asked_not_to") == "yes",
    }
}

fn contact_of(text: &str) -> Result<ContactId, Failure> {
    text.parse().map_err(|_| Failure::NOT_FOUND)
}

/// POST somebody new.
pub(crate) async fn add(
    State(site): State<Site>,
    here: Here,
    Path((_, organisation)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&organisation)?;
    let form = typed(&posted.fields);
    let (actor, institution, sent) = (posted.visitor.actor.clone(), here.institution, form.clone());
    match site.run(move |app| app.add_contact(&actor, institution, id, &sent)).await {
        Ok(_) => {
            let back = format!("/institutions/{institution}/organisations/{id}#people");
            Ok(go_saying(&site, &Flash::says("The person is added."), &back))
        }
        Err(Failure::Problems(problems)) => {
            let sent = Sent { contact: form, problems, ..Sent::default() };
            again(&site, &posted.visitor, &here, id, sent).await
        }
        Err(failure) => Err(failure),
    }
}

/// The organisation's page with what was typed.
async fn again(site: &Site, visitor: &Visitor, here: &Here, id: domain::OrganisationId, sent: Sent) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let found = site.run(move |app| app.organisation(&actor, view, id)).await?;
    Ok(show_again(&view_of(visitor, &found, &sent)))
}

/// GET the form that changes somebody.
pub(crate) async fn edit(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, organisation, contact)): Path<(String, String, String)>,
) -> Answer {
    let contact = contact_of(&contact)?;
    let (actor, institution) = (visitor.actor.clone(), here.institution);
    let found = site.run(move |app| app.contact(&actor, institution, contact)).await?;
    let form = ContactPersonForm::from(&found);
    form_page(&site, &visitor, &here, (&organisation, contact), form, Vec::new()).await
}

/// POST the changes to somebody.
pub(crate) async fn change(
    State(site): State<Site>,
    here: Here,
    Path((_, organisation, contact)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let contact = contact_of(&contact)?;
    let form = typed(&posted.fields);
    let (actor, institution, sent) = (posted.visitor.actor.clone(), here.institution, form.clone());
    match site.run(move |app| app.change_contact(&actor, institution, contact, &sent)).await {
        Ok(()) => {
            let back = format!("/institutions/{institution}/organisations/{}#people", id_of(&organisation)?);
            Ok(go_saying(&site, &Flash::says("Saved."), &back))
        }
        Err(Failure::Problems(problems)) => {
            form_page(&site, &posted.visitor, &here, (&organisation, contact), form, problems).await
        }
        Err(failure) => Err(failure),
    }
}

/// POST that somebody is erased.
pub(crate) async fn erase(
    State(site): State<Site>,
    here: Here,
    Path((_, organisation, contact)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let contact = contact_of(&contact)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.erase_contact(&actor, institution, contact)).await?;
    let back = format!("/institutions/{institution}/organisations/{}#people", id_of(&organisation)?);
    Ok(go_saying(&site, &Flash::says("The person is erased. What was noted stays without the name."), &back))
}

async fn form_page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    (organisation, contact): (&str, ContactId),
    form: ContactPersonForm,
    problems: Vec<FieldProblem>,
) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let frame = site
        .run(move |app| {
            let frame = app.frame(&actor, view)?;
            frame.ask(Action::Record)?;
            Ok(frame)
        })
        .await?;
    let organisation = id_of(organisation)?;
    let under = format!("organisations/{organisation}/contacts/{contact}");
    let place = Place::new(&frame, &under);
    let again = !problems.is_empty();
    let page = ContactPage {
        shell: visitor
            .shell_at(&frame, &under)
            .at("organisations")
            .titled(form.name.clone())
            .under(place.to("organisations"), "Organisations")
            .under(place.to(&format!("organisations/{organisation}")), "The organisation")
            .with_problems(problems),
        action: place.to(&under),
        erase: place.to(&format!("{under}/erase")),
        contact: form,
        back: place.to(&format!("organisations/{organisation}")),
    };
    Ok(if again { show_again(&page) } else { show(&page) })
}

/// POST that an organisation was contacted.
pub(crate) async fn note(
    State(site): State<Site>,
    here: Here,
    Path((_, organisation)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&organisation)?;
    let fields = &posted.fields;
    let form = NoteForm {
        contact: fields.text("contact"),
        contacted_on: fields.text("contacted_on"),
        how: fields.text("how"),
        note: fields.text("note"),
        again: fields.one("again") == "yes",
    };
    let (actor, institution, sent) = (posted.visitor.actor.clone(), here.institution, form.clone());
    match site.run(move |app| app.note_contact(&actor, institution, id, &sent)).await {
        Ok(note) => {
            let back = format!("/institutions/{institution}/organisations/{id}");
            let flash = Flash::says("The contact is noted.").undone_by(format!("{back}/contacted/{note}/delete"));
            Ok(go_saying(&site, &flash, &format!("{back}#contacted")))
        }
        Err(Failure::Problems(problems)) => {
            let sent = Sent { note: form, problems, ..Sent::default() };
            again(&site, &posted.visitor, &here, id, sent).await
        }
        Err(failure) => Err(failure),
    }
}

/// POST that a note is taken away.
pub(crate) async fn delete_note(
    State(site): State<Site>,
    here: Here,
    Path((_, organisation, note)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&organisation)?;
    let note = note.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.delete_contact_note(&actor, institution, id, note)).await?;
    let back = format!("/institutions/{institution}/organisations/{id}#contacted");
    Ok(go_saying(&site, &Flash::says("The note is taken away."), &back))
}
