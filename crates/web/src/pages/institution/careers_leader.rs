use app::{Action, ContactForm, FieldProblem};
use askama::Template;
use axum::extract::State;

use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    parts::Flash,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

/// Names the careers leader, with the address and number that are published.
#[derive(Template)]
#[template(path = "pages/institution/careers_leader.html")]
pub(crate) struct CareersLeaderPage {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) form: ContactForm,
    pub(crate) back: String,
}

/// GET the form.
pub(crate) async fn careers_leader(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let page = site
        .run(move |app| {
            let page = app.institution(&actor, view)?;
            page.frame.ask(Action::Administer)?;
            Ok(page)
        })
        .await?;
    let form = page.careers_leader.clone();
    Ok(show(&page_of(&visitor, &page.frame, form, Vec::new())))
}

/// POST the contact.
pub(crate) async fn set_careers_leader(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let form = ContactForm {
        name: posted.fields.text("careers_leader_name"),
        email: posted.fields.text("careers_leader_email"),
        phone: posted.fields.text("careers_leader_phone"),
    };
    let (actor, institution, sent) = (posted.visitor.actor.clone(), here.institution, form.clone());
    match site.run(move |app| app.set_careers_leader(&actor, institution, &sent)).await {
        Ok(()) => {
            let flash = Flash::says("The careers leader’s contact is saved.");
            Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/settings")))
        }
        Err(Failure::Problems(problems)) => {
            let (actor, view) = (posted.visitor.actor.clone(), here.view());
            let frame = site.run(move |app| app.frame(&actor, view)).await?;
            Ok(show_again(&page_of(&posted.visitor, &frame, form, problems)))
        }
        Err(failure) => Err(failure),
    }
}

fn page_of(visitor: &Visitor, frame: &app::Frame, form: ContactForm, problems: Vec<FieldProblem>) -> CareersLeaderPage {
    let place = Place::new(frame, "settings/careers-leader");
    CareersLeaderPage {
        shell: visitor
            .shell_at(frame, "settings/careers-leader")
            .at("settings")
            .titled("Careers leader")
            .under(place.to("settings"), "Institution")
            .with_problems(problems),
        action: place.to("settings/careers-leader"),
        form,
        back: place.to("settings"),
    }
}
