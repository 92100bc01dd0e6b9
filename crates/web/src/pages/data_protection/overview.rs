use askama::Template;
use axum::extract::State;

use crate::{
    answer::{Answer, show},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// Where everything about data protection is found.
#[derive(Template)]
#[template(path = "pages/data_protection/overview.html")]
pub(crate) struct OverviewPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) retention: String,
    pub(crate) record: String,
    pub(crate) assessment: String,
    pub(crate) learners: String,
    pub(crate) people: Option<String>,
}

/// GET it.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let page = site.run(move |app| app.retention(&actor, view)).await?;
    let place = Place::new(&page.frame, "settings/data-protection");
    let total = page.plan.total() as usize;
    let lead = match total {
        0 => "No record has been kept longer than it should be.".to_owned(),
        total => format!(
            "{} been kept as long as they should be, and can go.",
            words::count_capital(total, "record has", "records have")
        ),
    };
    Ok(show(&OverviewPage {
        shell: visitor
            .shell_at(&page.frame, "settings/data-protection")
            .at("settings")
            .titled("Data protection")
            .under(place.to("settings"), "Institution"),
        lead,
        retention: place.to("settings/data-protection/retention"),
        record: place.to("settings/data-protection/documents/processing-record"),
        assessment: place.to("settings/data-protection/documents/impact-assessment"),
        learners: place.to("learners"),
        people: page.frame.may.has(app::Action::ManagePeople).then(|| place.to("settings/people")),
    }))
}
