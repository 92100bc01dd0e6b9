//! Looking at the institution as somebody with another role would.

use app::{Refusal, Role};
use askama::Template;
use axum::{extract::State, http::HeaderMap};

use crate::{
    answer::{Answer, Failure, go, go_saying},
    cookies, labels,
    parts::{Choice, Flash, renders_itself},
    place::Place,
    site::Site,
    visitor::{Here, Posted},
};

/// The form that begins it, on the pages about people and roles.
#[derive(Template)]
#[template(path = "pages/people/view_as.html")]
pub(crate) struct ViewAs {
    pub(crate) action: String,
    pub(crate) csrf: String,
    pub(crate) roles: Vec<Choice>,
    pub(crate) forms: Vec<Choice>,
}

impl ViewAs {
    /// Over the forms there are.
    pub(crate) fn new(place: &Place, csrf: &str, forms: &[String]) -> Self {
        let role = |role: Role| Choice::new(role.word(), labels::role(role), role == Role::Tutor);
        let everybody = Choice::new("", "Everybody", true);
        Self {
            action: place.to("settings/view-as"),
            csrf: csrf.to_owned(),
            roles: Role::ALL.into_iter().filter(|role| *role != Role::Learner).map(role).collect(),
            forms: std::iter::once(everybody).chain(forms.iter().map(|form| Choice::new(form, form, false))).collect(),
        }
    }
}

renders_itself!(ViewAs);

/// POST as whom to look.
pub(crate) async fn begin(State(site): State<Site>, here: Here, headers: HeaderMap, posted: Posted) -> Answer {
    let token = cookies::session(&headers).ok_or(Failure::Refusal(Refusal::NotSignedIn))?.to_owned();
    let role = Role::from_word(posted.fields.one("role")).ok_or_else(|| Failure::problem("Choose a role."))?;
    let form = posted.fields.text("of");
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.view_as(&actor, &token, institution, role, Some(&form))).await?;
    Ok(go(&format!("/institutions/{institution}")))
}

/// POST that one looks as oneself again.
pub(crate) async fn stop(State(site): State<Site>, headers: HeaderMap, posted: Posted) -> Answer {
    let token = cookies::session(&headers).ok_or(Failure::Refusal(Refusal::NotSignedIn))?.to_owned();
    let actor = posted.visitor.actor.clone();
    let institution = site.run(move |app| app.stop_viewing(&actor, &token)).await?;
    let Some(institution) = institution else { return Ok(go("/")) };
    let flash = Flash::says("You see everything as yourself again.");
    Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/settings/people")))
}
