//! Where somebody is signed in.

use domain::SessionId;
use jiff::Timestamp;
use serde_json::json;
use store::Within;

use crate::{Actor, App, Error, Method, Result};

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// What the page calls it by.
    pub id: SessionId,
    /// The browser and system, in words.
    pub device: String,
    /// How they signed in.
    pub method: Option<Method>,
    /// Since when.
    pub since: Timestamp,
    /// When it was last used, to a few minutes.
    pub last_used_at: Timestamp,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

impl App {
    /// Where the actor is signed in, this session first, then by latest use.
    ///
    /// # Errors
    /// Only faults.
    pub fn sessions(&self, actor: &Actor, this: SessionId) -> Result<Vec<SignedIn>> {
        let account = actor.account().ok_or(Error::NOT_FOUND)?;
        let now = self.context().now();
        let sessions = self.store().read(Within::none(), |tx| store::session::list(tx, account, now))?;
        let mut sessions: Vec<SignedIn> = sessions
            .into_iter()
            .filter(|session| !session.awaits_second_step)
            .map(|session| SignedIn {
                id: session.id,
                device: session.device,
                method: Method::from_word(&session.method),
                since: session.created_at,
                last_used_at: session.last_seen_at,
                is_this: session.id == this,
            })
            .collect();
        sessions.sort_by_key(|session| !session.is_this);
        Ok(sessions)
    }

    /// Ends one of the actor's sessions.
    ///
    /// # Errors
    /// Not found if it is not theirs, or has ended.
    pub fn end_session(&self, actor: &Actor, id: SessionId) -> Result<()> {
        let account = actor.account().ok_or(Error::NOT_FOUND)?;
        let event = self.event(actor, "session.ended", ("account", Some(account.0)), json!({"sessions": 1}));
        self.store().write(Within::none(), |tx| {
            store::session::delete_one(tx, account, id)?;
            store::audit::record(tx, Self::INSTALLATION, &event)
        })?;
        Ok(())
    }

    /// Ends every session of the actor but this one; how many there were.
    ///
    /// # Errors
    /// Only faults.
    pub fn end_other_sessions(&self, actor: &Actor, this: SessionId) -> Result<usize> {
        let account = actor.account().ok_or(Error::NOT_FOUND)?;
        self.store().write(Within::none(), |tx| -> Result<_> {
            let ended = store::session::delete_others(tx, account, this)?;
            let event = self.event(actor, "session.ended", ("account", Some(account.0)), json!({"sessions": ended}));
            store::audit::record(tx, Self::INSTALLATION, &event)?;
            Ok(ended)
        })
    }
}
