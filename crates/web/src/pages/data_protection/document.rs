use app::ProtectionDocument;
use askama::Template;
use axum::extract::{Path, State};

use crate::{
    answer::{Answer, Failure, show},
    pages::requirement,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
};

/// A document that the institution has to keep, as a page.
#[derive(Template)]
#[template(path = "pages/data_protection/document.html")]
pub(crate) struct DocumentPage {
    pub(crate) shell: Shell,
    pub(crate) pdf: String,
    /// Written by `documents`, which escapes what it is given.
    pub(crate) html: String,
}

/// GET it as a page.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, document)): Path<(String, String)>,
) -> Answer {
    let which = ProtectionDocument::from_word(&document).ok_or(Failure::NOT_FOUND)?;
    let (actor, view) = (visitor.actor.clone(), here.view());
    let (frame, title, html) = site.run(move |app| app.protection_page(&actor, view, which)).await?;
    let under = format!("settings/data-protection/documents/{}", which.word());
    let place = Place::new(&frame, &under);
    Ok(show(&DocumentPage {
        pdf: place.to(&format!("{under}/file")),
        html,
        shell: visitor
            .shell_at(&frame, &under)
            .at("settings")
            .titled(title)
            .under(place.to("settings"), "Institution")
            .under(place.to("settings/data-protection"), "Data protection"),
    }))
}

/// GET it as a PDF.
pub(crate) async fn save(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, document)): Path<(String, String)>,
) -> Answer {
    let which = ProtectionDocument::from_word(&document).ok_or(Failure::NOT_FOUND)?;
    let (actor, institution) = (visitor.actor.clone(), here.institution);
    let file = site.run(move |app| app.protection_file(&actor, institution, which)).await?;
    Ok(requirement::save(file))
}
