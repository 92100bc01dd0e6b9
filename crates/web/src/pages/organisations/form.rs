use app::{Action, FieldProblem, Frame, OrganisationForm, OwnerChoice};
use askama::Template;
use axum::extract::{Path, State};
use domain::{Industry, Offer, OrganisationId, OrganisationSize, OrganisationSort, ProviderType};

use super::id_of;
use crate::{
    answer::{Answer, Failure, go, go_saying, show, show_again},
    fields::Fields,
    labels,
    parts::{Choice, Flash},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

/// Adds or changes an organisation.
#[derive(Template)]
#[template(path = "pages/organisations/form.html")]
pub(crate) struct OrganisationFormPage {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) form: OrganisationForm,
    pub(crate) choices: FormChoices,
    pub(crate) button: &'static str,
    pub(crate) back: String,
}

/// The lists to choose from, with what is chosen.
pub(crate) struct FormChoices {
    pub(crate) sorts: Vec<Choice>,
    pub(crate) provider_types: Vec<Choice>,
    pub(crate) industries: Vec<Choice>,
    pub(crate) sizes: Vec<Choice>,
    pub(crate) offers: Vec<Choice>,
    pub(crate) owners: Vec<Choice>,
}

impl FormChoices {
    pub(crate) fn of(form: &OrganisationForm, owners: &[OwnerChoice]) -> Self {
        let ticked = |words: &[String], word: &str| words.iter().any(|one| one == word);
        let or_none = |label: &str, now: &str, choices: Vec<Choice>| {
            std::iter::once(Choice::new("", label, now.is_empty())).chain(choices).collect()
        };
        Self {
            sorts: OrganisationSort::ALL
                .iter()
                .map(|one| Choice::new(one, one.label(), ticked(&form.sorts, one.word())))
                .collect(),
            provider_types: or_none(
                "Not a provider",
                &form.provider_type,
                ProviderType::ALL
                    .iter()
                    .map(|one| Choice::new(one, labels::provider_type(*one), form.provider_type == one.word()))
                    .collect(),
            ),
            industries: or_none(
                "Not known",
                &form.industry,
                Industry::ALL.iter().map(|one| Choice::new(one, one.label(), form.industry == one.word())).collect(),
            ),
            sizes: or_none(
                "Not known",
                &form.size,
                OrganisationSize::ALL
                    .iter()
                    .map(|one| Choice::new(one, one.label(), form.size == one.word()))
                    .collect(),
            ),
            offers: Offer::ALL
                .iter()
                .map(|one| Choice::new(one, one.label(), ticked(&form.offers, one.word())))
                .collect(),
            owners: or_none(
                "Nobody yet",
                &form.owner,
                owners.iter().map(|one| Choice::new(one.id, &one.name, form.owner == one.id.to_string())).collect(),
            ),
        }
    }
}

fn typed(fields: &Fields) -> OrganisationForm {
    OrganisationForm {
        name: fields.text("name"),
        sorts: fields.all("sorts"),
        provider_type: fields.text("provider_type"),
        industry: fields.text("industry"),
        code: fields.text("code"),
        size: fields.text("size"),
        address: fields.text("address"),
        postcode: fields.text("postcode"),
        website: fields.text("website"),
        offers: fields.all("offers"),
        owner: fields.text("owner"),
        safeguarding: fields.text("safeguarding"),
        notes: fields.text("notes"),
    }
}

/// GET the form for a new organisation.
pub(crate) async fn new(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (frame, owners) = needed(&site, &visitor, &here).await?;
    Ok(show(&page(&visitor, &frame, None, OrganisationForm::default(), &owners, Vec::new())))
}

/// POST a new organisation.
pub(crate) async fn add(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let form = typed(&posted.fields);
    let (actor, institution, sent) = (posted.visitor.actor.clone(), here.institution, form.clone());
    match site.run(move |app| app.add_organisation(&actor, institution, &sent)).await {
        Ok(id) => {
            let flash = Flash::says("Added. Now say whom to contact there.");
            Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/organisations/{id}")))
        }
        Err(failure) => again(&site, &posted.visitor, &here, None, form, failure).await,
    }
}

/// GET the form that changes an organisation.
pub(crate) async fn edit(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, organisation)): Path<(String, String)>,
) -> Answer {
    let id = id_of(&organisation)?;
    let (actor, view) = (visitor.actor.clone(), here.view());
    let found = site.run(move |app| app.organisation(&actor, view, id)).await?;
    Ok(show(&page(&visitor, &found.frame, Some(id), found.form(), &found.owners, Vec::new())))
}

/// POST the changes to an organisation.
pub(crate) async fn change(
    State(site): State<Site>,
    here: Here,
    Path((_, organisation)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&organisation)?;
    let form = typed(&posted.fields);
    let (actor, institution, sent) = (posted.visitor.actor.clone(), here.institution, form.clone());
    match site.run(move |app| app.change_organisation(&actor, institution, id, &sent)).await {
        Ok(()) => Ok(go(&format!("/institutions/{institution}/organisations/{id}"))),
        Err(failure) => again(&site, &posted.visitor, &here, Some(id), form, failure).await,
    }
}

async fn needed(site: &Site, visitor: &Visitor, here: &Here) -> Result<(Frame, Vec<OwnerChoice>), Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    site.run(move |app| {
        let frame = app.frame(&actor, view)?;
        frame.ask(Action::Record)?;
        Ok((frame, app.organisation_owners(&actor, view.institution)?))
    })
    .await
}

async fn again(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    id: Option<OrganisationId>,
    form: OrganisationForm,
    failure: Failure,
) -> Answer {
    let Failure::Problems(problems) = failure else { return Err(failure) };
    let (frame, owners) = needed(site, visitor, here).await?;
    Ok(show_again(&page(visitor, &frame, id, form, &owners, problems)))
}

fn page(
    visitor: &Visitor,
    frame: &Frame,
    id: Option<OrganisationId>,
    form: OrganisationForm,
    owners: &[OwnerChoice],
    problems: Vec<FieldProblem>,
) -> OrganisationFormPage {
    let (under, title, button) = match id {
        Some(id) => (format!("organisations/{id}/change"), "Change the details", "Save the details"),
        None => ("organisations/new".to_owned(), "Add an organisation", "Add the organisation"),
    };
    let place = Place::new(frame, &under);
    OrganisationFormPage {
        shell: visitor
            .shell_at(frame, &under)
            .at("organisations")
            .titled(title)
            .under(place.to("organisations"), "Organisations")
            .with_problems(problems),
        action: place.to(&under),
        choices: FormChoices::of(&form, owners),
        form,
        button,
        back: id.map_or_else(|| place.to("organisations"), |id| place.to(&format!("organisations/{id}"))),
    }
}
