use app::{Frame, Person, Role};
use askama::Template;
use axum::extract::State;

use super::Invitations;
use crate::{
    answer::{Answer, Failure, show},
    pages::view_as::ViewAs,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// Who works here, and who is invited.
#[derive(Template)]
#[template(path = "pages/people/people.html")]
pub(crate) struct PeoplePage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) people: Vec<PersonLine>,
    pub(crate) invitations: Invitations,
    /// What is asked while there is only one administrator.
    pub(crate) notice: Option<&'static str>,
    /// Where it is decided what each role may do.
    pub(crate) grid: String,
    pub(crate) programs: String,
    pub(crate) view_as: ViewAs,
}

/// Somebody who works here.
pub(crate) struct PersonLine {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) role: String,
    /// Where the role is changed.
    pub(crate) href: String,
}

/// GET the people.
pub(crate) async fn list(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    Ok(show(&page(&site, &visitor, &here).await?))
}

async fn page(site: &Site, visitor: &Visitor, here: &Here) -> Result<PeoplePage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let (frame, people, open, choices) = site
        .run(move |app| {
            let people = app.people(&actor, view.institution)?;
            let open = app.invitations(&actor, view.institution)?;
            Ok((app.frame(&actor, view)?, people, open, app.group_choices(&actor, view.institution)?))
        })
        .await?;
    let place = Place::new(&frame, "settings/people");
    let invitations = Invitations::new(site, &place, &visitor.csrf, open);
    Ok(page_of(visitor, &frame, &people, invitations, &choices.forms))
}

fn page_of(
    visitor: &Visitor,
    frame: &Frame,
    people: &[Person],
    invitations: Invitations,
    forms: &[String],
) -> PeoplePage {
    let place = Place::new(frame, "settings/people");
    let administrators =
        people.iter().filter(|person| person.roles.iter().any(|holding| holding.role == Role::Administrator)).count();
    PeoplePage {
        shell: visitor
            .shell_at(frame, "settings/people")
            .at("settings")
            .titled("People")
            .under(place.to("settings"), "Institution"),
        lead: format!(
            "{} here; {}.",
            words::count_capital(people.len(), "person works", "people work"),
            words::count(administrators, "is an administrator", "are administrators")
        ),
        people: people
            .iter()
            .map(|person| PersonLine {
                name: person.name.clone(),
                email: person.email.clone(),
                role: super::roles_of(person),
                href: place.to(&format!("settings/people/{}", person.id)),
            })
            .collect(),
        invitations,
        notice: super::notice(people),
        grid: place.to("settings/roles"),
        programs: place.to("settings/programs"),
        view_as: ViewAs::new(&place, &visitor.csrf, forms),
    }
}
