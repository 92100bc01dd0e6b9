//! What only the server can answer, within the pages that were published as files.

use app::PublicSite;
use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::{Html, IntoResponse},
};

use crate::answer::{Answer, Failure};

/// What only the server can answer stands in the page that was published for it at `path`, with the looks and the ways of all the
/// others. With `keeps`, what that page says stays beneath: whom to write to.
pub(crate) fn within(site: &PublicSite, path: &str, title: &str, part: &impl Template, keeps: bool) -> Answer {
    let file = site.file(path).ok_or(Failure::NOT_FOUND)?;
    let part = match part.render() {
        Ok(part) => part,
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            return Ok(StatusCode::INTERNAL_SERVER_ERROR.into_response());
        }
    };
    let html = set_into(&String::from_utf8_lossy(&file.bytes), title, &part, keeps);
    Ok(([(header::CACHE_CONTROL, "no-store")], Html(html)).into_response())
}

/// Sets a part into a published page in place of its heading and of the paragraph that leads over to whom to ask.
pub(crate) fn set_into(page: &str, title: &str, part: &str, keeps: bool) -> String {
    let Some((head, rest)) = page.split_once("<h1>") else { return page.to_owned() };
    let Some((main, foot)) = rest.split_once("</main>") else { return page.to_owned() };
    let kept = match main.find("<section") {
        Some(at) if keeps => format!("<div class=\"document\">\n{}", &main[at..]),
        _ => String::new(),
    };
    let head = match (title, head.split_once("<title>")) {
        (words, Some((before, after))) if !words.is_empty() => {
            let after = after.split_once(" – ").map_or(after, |(_, after)| after);
            format!("{before}<title>{words} – {after}")
        }
        _ => head.to_owned(),
    };
    format!("{head}{part}{kept}</main>{foot}")
}
