use app::PolicyFormat;
use askama::Template;
use axum::extract::{Path, State};

use super::{id, state};
use crate::{
    answer::{Answer, Failure, show},
    pages::requirement,
    parts::Tag,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
};

/// A version to be read.
#[derive(Template)]
#[template(path = "pages/policy/text.html")]
pub(crate) struct TextPage {
    pub(crate) shell: Shell,
    pub(crate) tag: Tag,
    pub(crate) docx: String,
    pub(crate) pdf: String,
    /// Written by `documents`, which escapes what it is given.
    pub(crate) html: String,
}

/// GET it as a page.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, policy)): Path<(String, String)>,
) -> Answer {
    let (actor, view, version) = (visitor.actor.clone(), here.view(), id(&policy)?);
    let page = site.run(move |app| app.policy_text(&actor, view, version)).await?;
    let base = format!("policy/{version}");
    let under = format!("{base}/text");
    let place = Place::new(&page.frame, &under);
    Ok(show(&TextPage {
        tag: state(&page.policy),
        docx: place.to(&format!("{base}/file?format=docx")),
        pdf: place.to(&format!("{base}/file?format=pdf")),
        html: page.html,
        shell: visitor
            .shell_at(&page.frame, &under)
            .at("policy")
            .titled(page.title.clone())
            .under(place.to("policy"), "Policy")
            .under(place.to(&base), format!("{}, version {}", page.title, page.policy.number)),
    }))
}

/// GET it as a file.
pub(crate) async fn save(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, policy)): Path<(String, String)>,
) -> Answer {
    let format = match here.query.one("format") {
        "" => PolicyFormat::Pdf,
        word => PolicyFormat::from_word(word).ok_or(Failure::NOT_FOUND)?,
    };
    let (actor, view, version) = (visitor.actor.clone(), here.view(), id(&policy)?);
    Ok(requirement::save(site.run(move |app| app.policy_file(&actor, view, version, format)).await?))
}
