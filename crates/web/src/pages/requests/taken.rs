use app::{REQUEST_WAYS, TakenForm, TakenOffer};
use askama::Template;
use axum::extract::State;

use super::ask::{RequestChoices, sent};
use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    parts::{Choice, Flash},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

/// A request that came by telephone or in a letter, to be taken down.
#[derive(Template)]
#[template(path = "pages/requests/taken.html")]
pub(crate) struct TakenPage {
    pub(crate) shell: Shell,
    pub(crate) days: u32,
    /// What an e-mail address is for.
    pub(crate) email_hint: &'static str,
    pub(crate) action: String,
    pub(crate) back: String,
    pub(crate) form: TakenForm,
    pub(crate) ways: Vec<Choice>,
    pub(crate) choices: RequestChoices,
}

/// Where the page lies within an institution's.
const UNDER: &str = "provider-access/requests/new";

pub(crate) fn page(shell: Shell, offer: &TakenOffer, form: TakenForm) -> TakenPage {
    let place = Place::new(&offer.frame, UNDER);
    TakenPage {
        shell: shell
            .at("provider-access")
            .titled("Record a request")
            .under(place.to("provider-access"), "Provider access")
            .under(place.to("provider-access/requests"), "Requests"),
        days: offer.days,
        email_hint: match offer.has_post {
            true => "Letters go here. Without one, you tell them yourself.",
            false => "This server sends no e-mail: letters are written for you to copy and send yourself.",
        },
        action: format!("/institutions/{}/{UNDER}", offer.frame.institution.id),
        back: place.to("provider-access/requests"),
        ways: REQUEST_WAYS.iter().map(|(word, label, _)| Choice::new(word, label, form.came_by == *word)).collect(),
        choices: RequestChoices::of(&form.request, &offer.years, offer.has_duty),
        form,
    }
}

/// GET the empty form.
pub(crate) async fn new(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let offer = site.run(move |app| app.taken_offer(&actor, view)).await?;
    let form = offer.begins_with.clone();
    Ok(show(&page(visitor.shell_at(&offer.frame, UNDER), &offer, form)))
}

/// POST a request that was taken down.
pub(crate) async fn take(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let (actor, institution, fields) = (posted.visitor.actor.clone(), here.institution, &posted.fields);
    let form = TakenForm {
        request: sent(fields),
        came_on: fields.text("came_on"),
        came_by: fields.text("came_by"),
        taken_by: fields.text("taken_by"),
    };
    let copy = form.clone();
    match site.run(move |app| app.add_provider_request(&actor, institution, &copy)).await {
        Ok(id) => {
            let has_post = site.run(|app| Ok(app.has_post())).await?;
            let says = match (form.request.email.is_empty(), has_post) {
                (true, _) => "The request is recorded. No letter was written, because no e-mail address is known.",
                (false, true) => "The request is recorded, and a letter with its reference goes to the provider.",
                (false, false) => {
                    "The request is recorded. This server sends no e-mail: tell the provider its reference, or send them the letter \
                     below yourself."
                }
            };
            Ok(go_saying(
                &site,
                &Flash::says(says),
                &format!("/institutions/{institution}/provider-access/requests/{id}"),
            ))
        }
        Err(Failure::Problems(problems)) => {
            let (actor, view) = (posted.visitor.actor.clone(), here.view());
            let offer = site.run(move |app| app.taken_offer(&actor, view)).await?;
            let mut page = page(posted.visitor.shell_at(&offer.frame, UNDER), &offer, form);
            page.shell = page.shell.with_problems(problems);
            Ok(show_again(&page))
        }
        Err(failure) => Err(failure),
    }
}
