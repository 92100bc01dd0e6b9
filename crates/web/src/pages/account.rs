use askama::Template;
use axum::{extract::State, http::header, response::IntoResponse};

use crate::{
    answer::{Answer, Failure, go, show, show_again},
    cookies, labels,
    pages::sessions::{self, Sessions},
    shell::Shell,
    site::Site,
    visitor::{Posted, Visitor},
    words,
};

/// The person who is signed in.
#[derive(Template)]
#[template(path = "pages/account/account.html")]
pub(crate) struct AccountPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) facts: Vec<(String, String)>,
    /// Whether there are identity providers to sign in with.
    pub(crate) has_sign_on: bool,
    pub(crate) sessions: Sessions,
}

/// GET the account.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor) -> Answer {
    Ok(show(&page(&site, &visitor, visitor.shell()).await?))
}

/// POST a new password. Every session of the account ends, this one too.
pub(crate) async fn change_password(State(site): State<Site>, posted: Posted) -> Answer {
    let (actor, fields) = (posted.visitor.actor.clone(), posted.fields);
    match site.run(move |app| app.change_password(&actor, fields.one("present"), fields.one("password"))).await {
        Ok(()) => {
            let end = [(header::SET_COOKIE, cookies::set_session(&site.settings, None))];
            Ok((end, go("/sign-in")).into_response())
        }
        Err(Failure::Problems(problems)) => {
            let shell = posted.visitor.shell().with_problems(problems);
            Ok(show_again(&page(&site, &posted.visitor, shell).await?))
        }
        Err(failure) => Err(failure),
    }
}

async fn page(site: &Site, visitor: &Visitor, shell: Shell) -> Result<AccountPage, Failure> {
    let actor = visitor.actor.clone();
    let institutions = site.run(move |app| app.institutions(&actor)).await?;
    let facts = institutions.iter().filter_map(|institution| {
        let mut here = visitor.actor.grants().iter().filter(|grant| grant.institution == institution.id).peekable();
        here.peek()?;
        let roles: Vec<_> = here.map(|grant| labels::role(grant.role)).collect();
        Some((institution.name.clone(), roles.join(", ")))
    });
    Ok(AccountPage {
        shell: shell.titled("Your account"),
        lead: format!(
            "You are signed in as {} and reach {}.",
            visitor.actor.name(),
            words::count(institutions.len(), "institution", "institutions")
        ),
        facts: facts.collect(),
        has_sign_on: !site.app.identity_providers().is_empty(),
        sessions: sessions::of(site, visitor).await?,
    })
}
