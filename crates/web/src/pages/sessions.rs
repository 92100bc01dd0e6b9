//! Where somebody is signed in: a part of their account's page.

use app::SignedIn;
use askama::Template;
use axum::extract::{Path, State};
use domain::SessionId;

use crate::{
    answer::{Answer, Failure, go_saying},
    labels,
    parts::{Flash, renders_itself},
    site::Site,
    visitor::{Posted, Visitor},
    words,
};

/// The list of sessions.
#[derive(Template)]
#[template(path = "pages/account/sessions.html")]
pub(crate) struct Sessions {
    pub(crate) csrf: String,
    pub(crate) lines: Vec<SessionLine>,
}

renders_itself!(Sessions);

/// One session.
pub(crate) struct SessionLine {
    pub(crate) device: String,
    pub(crate) how: &'static str,
    pub(crate) since: String,
    pub(crate) last_used: String,
    /// Where it is ended; `None` for the one that asks.
    pub(crate) end: Option<String>,
}

/// The sessions of whoever asks.
pub(crate) async fn of(site: &Site, visitor: &Visitor) -> Result<Sessions, Failure> {
    let (actor, this) = (visitor.actor.clone(), visitor.session);
    let sessions = site.run(move |app| app.sessions(&actor, this)).await?;
    let line = |session: SignedIn| SessionLine {
        how: session.method.map_or("", labels::method),
        since: site.when(session.since),
        last_used: site.when(session.last_used_at),
        end: (!session.is_this).then(|| format!("/account/sessions/{}/end", session.id)),
        device: words::capital(&session.device),
    };
    Ok(Sessions { csrf: visitor.csrf.clone(), lines: sessions.into_iter().map(line).collect() })
}

/// POST that one ends.
pub(crate) async fn end(State(site): State<Site>, Path(session): Path<String>, posted: Posted) -> Answer {
    let session: SessionId = session.parse().map_err(|_| Failure::NOT_FOUND)?;
    let actor = posted.visitor.actor;
    site.run(move |app| app.end_session(&actor, session)).await?;
    Ok(go_saying(&site, &Flash::says("You are signed out there."), "/account#sessions"))
}

/// POST that all others end.
pub(crate) async fn end_others(State(site): State<Site>, posted: Posted) -> Answer {
    let (actor, this) = (posted.visitor.actor, posted.visitor.session);
    let ended = site.run(move |app| app.end_other_sessions(&actor, this)).await?;
    let message = format!("You are signed out in {}.", words::count(ended, "other place", "other places"));
    Ok(go_saying(&site, &Flash::says(message), "/account#sessions"))
}
