use app::{FieldProblem, Role};
use askama::Template;
use axum::extract::{Path, State};
use domain::AccountId;

use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    labels,
    parts::{Choice, Flash},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

/// Changes what somebody may do here.
#[derive(Template)]
#[template(path = "pages/people/person.html")]
pub(crate) struct PersonPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) action: String,
    pub(crate) roles: Vec<Choice>,
    pub(crate) back: String,
}

/// GET the form.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, account)): Path<(String, String)>,
) -> Answer {
    Ok(show(&page(&site, &visitor, &here, id_of(&account)?, None, Vec::new()).await?))
}

/// POST another role.
pub(crate) async fn change(
    State(site): State<Site>,
    here: Here,
    Path((_, account)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let account = id_of(&account)?;
    let role =
        Role::from_word(posted.fields.one("role")).ok_or_else(|| Failure::problem("Choose one of the roles."))?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    match site.run(move |app| app.set_roles(&actor, institution, account, &[role.into()])).await {
        Ok(()) => {
            let flash = Flash::says(format!("The role is changed to {}.", labels::role(role).to_lowercase()));
            // Whoever gave up administering may not see the people any more.
            let gave_up = posted.visitor.actor.account() == Some(account) && role != Role::Administrator;
            let page = if gave_up { "settings" } else { "settings/people" };
            Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/{page}")))
        }
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(&site, &posted.visitor, &here, account, Some(role), problems).await?))
        }
        Err(failure) => Err(failure),
    }
}

fn id_of(text: &str) -> Result<AccountId, Failure> {
    text.parse().map_err(|_| Failure::NOT_FOUND)
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    account: AccountId,
    chosen: Option<Role>,
    problems: Vec<FieldProblem>,
) -> Result<PersonPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let (frame, people) =
        site.run(move |app| Ok((app.frame(&actor, view)?, app.people(&actor, view.institution)?))).await?;
    let person = people.into_iter().find(|person| person.id == account).ok_or(Failure::NOT_FOUND)?;
    let under = format!("settings/people/{account}");
    let place = Place::new(&frame, &under);
    Ok(PersonPage {
        shell: visitor
            .shell_at(&frame, &under)
            .at("settings")
            .titled(person.name.clone())
            .under(place.to("settings"), "Institution")
            .under(place.to("settings/people"), "People")
            .with_problems(problems),
        lead: format!("{}, {} here.", person.email, super::roles_of(&person).to_lowercase()),
        action: place.to(&under),
        roles: super::roles(chosen.or(person.roles.first().map(|holding| holding.role)).unwrap_or(Role::Viewer)),
        back: place.to("settings/people"),
    })
}
