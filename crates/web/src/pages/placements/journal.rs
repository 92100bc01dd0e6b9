use app::{JournalEntry, JournalRequest};
use askama::Template;
use axum::{
    extract::{FromRequest, Path, Request, State},
    http::HeaderMap,
};
use domain::date;

use super::days;
use crate::{
    answer::{Answer, Failure, show, show_again},
    linked::{institution_of, refused},
    pages::sign_in::{knock, with_visit},
    shell::Shell,
    site::Site,
    visitor::Knocked,
};

/// A learner's journal of a placement.
#[derive(Template)]
#[template(path = "pages/placements/journal.html")]
pub(crate) struct JournalPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) action: String,
    pub(crate) form: JournalEntry,
    pub(crate) entries: Vec<(String, String)>,
    pub(crate) is_kept: bool,
}

async fn request(site: &Site, institution: &str, token: &str) -> Result<JournalRequest, Failure> {
    let (id, token) = (institution_of(institution)?, token.to_owned());
    site.run(move |app| app.journal_request(id, &token)).await
}

/// GET the journal.
pub(crate) async fn get(
    State(site): State<Site>,
    Path((institution, token)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let asked = match request(&site, &institution, &token).await {
        Ok(asked) => asked,
        Err(failure) => return refused("form", failure),
    };
    let (shell, secret) = knock(&site, &headers);
    let path = format!("/placement/journal/{institution}/{token}");
    Ok(with_visit(&site, &secret, show(&page(shell, &asked, path, JournalEntry::default(), false))))
}

/// POST what the learner wrote.
pub(crate) async fn write(
    State(site): State<Site>,
    Path((institution, token)): Path<(String, String)>,
    request_: Request,
) -> Answer {
    let Knocked { secret, fields } = Knocked::from_request(request_, &site).await?;
    let form = JournalEntry {
        held_on: fields.text("held_on"),
        hours: fields.text("hours"),
        text: fields.text("text"),
        is_reflection: fields.one("is_reflection") == "yes",
    };
    let path = format!("/placement/journal/{institution}/{token}");
    let (id, sent, again) = (institution_of(&institution)?, form.clone(), token.clone());
    let outcome = site.run(move |app| app.send_journal_entry(id, &again, &sent)).await;
    let asked = match request(&site, &institution, &token).await {
        Ok(asked) => asked,
        Err(failure) => return refused("form", failure),
    };
    let shell = Shell { csrf: secret, ..Shell::default() };
    match outcome {
        Ok(()) => Ok(show(&page(shell, &asked, path, JournalEntry::default(), true))),
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(shell.with_problems(problems), &asked, path, form, false)))
        }
        Err(failure) => refused("form", failure),
    }
}

fn page(shell: Shell, asked: &JournalRequest, action: String, form: JournalEntry, is_kept: bool) -> JournalPage {
    let when = days(asked.days);
    let employer = asked.employer.as_deref().unwrap_or("your placement");
    JournalPage {
        shell: shell.titled(format!("Journal of {}", asked.learner)),
        lead: if when.is_empty() { format!("At {employer}.") } else { format!("At {employer}, {when}.") },
        action,
        form,
        entries: asked.entries.iter().map(|(day, text)| (date::long(*day), text.clone())).collect(),
        is_kept,
    }
}
