use app::{FieldProblem, Frame, NewAccount, Person, Role};
use askama::Template;
use axum::extract::State;

use super::Invitations;
use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    pages::view_as::ViewAs,
    parts::{Choice, Flash},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// Who works here, and a form that adds somebody.
#[derive(Template)]
#[template(path = "pages/people/people.html")]
pub(crate) struct PeoplePage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) people: Vec<PersonLine>,
    pub(crate) invitations: Invitations,
    pub(crate) action: String,
    pub(crate) form: NewPerson,
    pub(crate) roles: Vec<Choice>,
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

/// What was typed; never the password.
#[derive(Clone, Default)]
pub(crate) struct NewPerson {
    pub(crate) name: String,
    pub(crate) email: String,
}

/// GET the people.
pub(crate) async fn list(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    Ok(show(&page(&site, &visitor, &here, NewPerson::default(), Role::Viewer, Vec::new()).await?))
}

/// POST a new person.
pub(crate) async fn add(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let fields = &posted.fields;
    let form = NewPerson { name: fields.text("name"), email: fields.text("email") };
    let new = NewAccount { name: form.name.clone(), email: form.email.clone(), password: fields.text("password") };
    // The least that there is, should a browser send none: it shows in the list and can be changed.
    let role = Role::from_word(fields.one("role")).unwrap_or(Role::Viewer);
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    match site.run(move |app| app.add_person(&actor, institution, &new, role)).await {
        Ok(_) => {
            let flash = Flash::says("The person is added and can sign in. Give them the first password yourself.");
            Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/settings/people")))
        }
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(&site, &posted.visitor, &here, form, role, problems).await?))
        }
        Err(failure) => Err(failure),
    }
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    form: NewPerson,
    role: Role,
    problems: Vec<FieldProblem>,
) -> Result<PeoplePage, Failure> {
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
    Ok(page_of(visitor, &frame, &people, invitations, &choices.forms, form, role, problems))
}

fn page_of(
    visitor: &Visitor,
    frame: &Frame,
    people: &[Person],
    invitations: Invitations,
    forms: &[String],
    form: NewPerson,
    role: Role,
    problems: Vec<FieldProblem>,
) -> PeoplePage {
    let place = Place::new(frame, "settings/people");
    let administrators =
        people.iter().filter(|person| person.roles.iter().any(|holding| holding.role == Role::Administrator)).count();
    PeoplePage {
        shell: visitor
            .shell_at(frame, "settings/people")
            .at("settings")
            .titled("People")
            .under(place.to("settings"), "Institution")
            .with_problems(problems),
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
        action: place.to("settings/people"),
        form,
        roles: super::roles(Some(role)),
        notice: super::notice(people),
        grid: place.to("settings/roles"),
        programs: place.to("settings/programs"),
        view_as: ViewAs::new(&place, &visitor.csrf, forms),
    }
}
