use axum::extract::State;

use crate::{
    answer::{Answer, show},
    pages::{data_protection::DocumentPage, requirement},
    place::Place,
    site::Site,
    visitor::{Here, Visitor},
};

/// GET the programme as a document.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let (frame, title, html) = site.run(move |app| app.programme_document(&actor, view)).await?;
    let place = Place::new(&frame, "programme/document");
    Ok(show(&DocumentPage {
        pdf: place.to("programme/document/file"),
        html,
        shell: visitor
            .shell_at(&frame, "programme/document")
            .at("programme")
            .titled(title)
            .under(place.to("programme"), "Programme"),
    }))
}

/// GET it as a PDF.
pub(crate) async fn save(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    Ok(requirement::save(site.run(move |app| app.programme_file(&actor, view)).await?))
}
