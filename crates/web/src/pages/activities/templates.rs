//! Templates that a new activity begins from.

use app::Beginnings;
use askama::Template;
use axum::extract::{Path, State};

use super::{activity, handler::id_of};
use crate::{
    answer::{Answer, Failure, go_saying, show},
    parts::Flash,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

/// The templates to choose from.
#[derive(Template)]
#[template(path = "pages/activities/templates.html")]
pub(crate) struct TemplatesPage {
    pub(crate) shell: Shell,
    pub(crate) own: Vec<TemplateLine>,
    pub(crate) ours: Vec<TemplateLine>,
    pub(crate) blank: String,
    pub(crate) step: String,
}

/// One template.
pub(crate) struct TemplateLine {
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) about: &'static str,
    pub(crate) delete: Option<String>,
}

/// GET the templates.
pub(crate) async fn list(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let found = site.run(move |app| app.beginnings(&actor, view)).await?;
    Ok(show(&page(&visitor, &found)))
}

fn page(visitor: &Visitor, found: &Beginnings) -> TemplatesPage {
    let place = Place::new(&found.frame, "activities/templates");
    let own = found.own.iter().map(|(id, name)| TemplateLine {
        href: place.to(&format!("activities/new?template={id}")),
        name: name.clone(),
        about: "",
        delete: Some(place.to(&format!("activities/templates/{id}/delete"))),
    });
    let ours = found.ours.iter().map(|(word, name, about)| TemplateLine {
        href: place.to(&format!("activities/new?like={word}")),
        name: (*name).to_owned(),
        about,
        delete: None,
    });
    TemplatesPage {
        own: own.collect(),
        ours: ours.collect(),
        blank: place.to("activities/new"),
        step: place.to("activities/new?kind=programme"),
        shell: visitor
            .shell_at(&found.frame, "activities/templates")
            .at("activities")
            .titled("Begin from a template")
            .under(place.to("activities"), "Activities"),
    }
}

/// POST: an activity is kept as a template.
pub(crate) async fn save(
    State(site): State<Site>,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&activity)?;
    let (actor, institution, name) = (posted.visitor.actor.clone(), here.institution, posted.fields.text("name"));
    match site.run(move |app| app.save_template(&actor, institution, id, &name)).await {
        Ok(_) => {
            let list = here.query.with(&format!("/institutions/{institution}/activities/templates"), &[]);
            Ok(go_saying(&site, &Flash::says("The template is kept."), &list))
        }
        Err(Failure::Problems(problems)) => activity::show_with(&site, &posted.visitor, &here, id, problems).await,
        Err(failure) => Err(failure),
    }
}

/// POST: a template goes, and the next page offers to put it back.
pub(crate) async fn delete(
    State(site): State<Site>,
    here: Here,
    Path((_, template)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = template.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    let event = site.run(move |app| app.delete_template(&actor, institution, id)).await?;
    let list = format!("/institutions/{institution}/activities/templates");
    let undo = here.query.with(&format!("{list}/restore/{event}"), &[]);
    Ok(go_saying(&site, &Flash::says("The template is deleted.").undone_by(undo), &here.query.with(&list, &[])))
}

/// POST: a template is back.
pub(crate) async fn restore(
    State(site): State<Site>,
    here: Here,
    Path((_, event)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let event = event.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.restore_template(&actor, institution, event)).await?;
    let list = here.query.with(&format!("/institutions/{institution}/activities/templates"), &[]);
    Ok(go_saying(&site, &Flash::says("The template is back."), &list))
}
