use domain::{InstitutionId, LinkId};
use jiff::{Span, Timestamp};
use serde_json::{Value, json};
use store::{Tx, audit::Event, link::Link};

use crate::{Action, Actor, App, Error, Result, Token, token::digest};

/// What a link lets whoever has it do, without an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkPurpose {
    /// Mark one activity's register.
    Register,
    /// Say that one is at an activity, by a code on the board.
    CheckIn,
    /// Write what one thought of an activity, as a learner.
    Reflection,
    /// Write what one thought of an activity or placement, as an employer or provider.
    Feedback,
    /// Answer what an employer is asked before a placement.
    PlacementEmployer,
    /// Agree to a placement, as a parent or carer.
    PlacementParent,
    /// Keep a placement's journal, as the learner.
    PlacementJournal,
    /// Read a calendar.
    Calendar,
    /// Come back to a request for access to learners, as a provider.
    ProviderRequest,
}

impl LinkPurpose {
    /// The word that is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::CheckIn => "check-in",
            Self::Reflection => "reflection",
            Self::Feedback => "feedback",
            Self::PlacementEmployer => "placement-employer",
            Self::PlacementParent => "placement-parent",
            Self::PlacementJournal => "placement-journal",
            Self::Calendar => "calendar",
            Self::ProviderRequest => "provider-request",
        }
    }

    /// What it takes to make and to end such a link.
    pub const fn action(self) -> Action {
        match self {
            Self::Register | Self::CheckIn => Action::MarkRegisters,
            Self::Reflection
            | Self::Feedback
            | Self::PlacementEmployer
            | Self::PlacementParent
            | Self::PlacementJournal
            | Self::ProviderRequest => Action::Record,
            Self::Calendar => Action::SeeTotals,
        }
    }
}

/// What a new link is to be.
#[derive(Debug, Clone)]
pub(crate) struct NewLink {
    /// What for.
    pub(crate) purpose: LinkPurpose,
    /// Key of what it is about.
    pub(crate) subject: Option<i64>,
    /// What else limits it.
    pub(crate) about: Option<String>,
    /// For whom, in the maker's words.
    pub(crate) label: Option<String>,
    /// How long it works; none is until it is closed.
    pub(crate) lasts: Option<Span>,
}

impl App {
    /// Makes a link, within the transaction of whatever it is part of, and notes it. Its token is shown once.
    pub(crate) fn make_link(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        institution: InstitutionId,
        new: NewLink,
    ) -> Result<(LinkId, Token)> {
        let token = Token::new(self.context());
        self.make_link_with(tx, actor, institution, new, token.reveal()).map(|id| (id, token))
    }

    /// Makes a link that is found by this text, such as a code that people type. See [`App::make_link`].
    pub(crate) fn make_link_with(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        institution: InstitutionId,
        new: NewLink,
        text: &str,
    ) -> Result<LinkId> {
        let now = self.context().now();
        let until = |span: Span| self.context().zone().to_datetime(now).checked_add(span).ok();
        let link = Link {
            id: LinkId(self.context().next_id()),
            purpose: new.purpose.word().to_owned(),
            subject: new.subject,
            about: new.about,
            token_digest: digest(text.as_bytes()),
            label: new.label,
            account: actor.account(),
            made_at: now,
            expires_at: new.lasts.map(|span| until(span).map_or(now, |at| self.at(at))),
            closed_at: None,
            used_at: None,
            uses: 0,
        };
        store::link::insert(tx, institution, &link)?;
        let payload = json!({"purpose": link.purpose, "subject": link.subject});
        let event = self.event(actor, "link.made", ("link", Some(link.id.0)), payload);
        store::audit::record(tx, institution, &event)?;
        Ok(link.id)
    }

    /// The instant of a wall clock in England.
    fn at(&self, wall: jiff::civil::DateTime) -> Timestamp {
        self.context().zone().to_ambiguous_timestamp(wall).compatible().unwrap_or(self.context().now())
    }

    /// Ends a link: from now on it opens nothing.
    ///
    /// # Errors
    /// If the actor may not end such a link, or there is no open one with this key.
    pub fn close_link(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        purpose: LinkPurpose,
        id: LinkId,
    ) -> Result<()> {
        actor.ask(purpose.action(), institution)?;
        self.store().write(institution, |tx| -> Result<()> {
            let link = store::link::get(tx, institution, id)?;
            // A calendar's is its maker's own, and those may end it who look after the institution.
            let is_theirs = purpose != LinkPurpose::Calendar
                || link.account == actor.account()
                || actor.ask_for_all(Action::Administer, institution).is_ok();
            if link.purpose != purpose.word() || !is_theirs {
                return Err(Error::NOT_FOUND);
            }
            store::link::close(tx, institution, id, self.context().now())?;
            let payload = json!({"purpose": link.purpose, "subject": link.subject});
            let event = self.event(actor, "link.closed", ("link", Some(id.0)), payload);
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// The link that this token opens, for this purpose.
    ///
    /// # Errors
    /// Not found for one that is none of ours or for something else; a conflict that says why, for one that has ended.
    pub(crate) fn open_link(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        purpose: LinkPurpose,
        token: &str,
    ) -> Result<Link> {
        let found = store::link::find(tx, institution, &digest(token.as_bytes()))?;
        let link = found.filter(|link| link.purpose == purpose.word()).ok_or(Error::NOT_FOUND)?;
        if link.closed_at.is_some() {
            return Err(Error::conflict("This link was ended by the school. Ask whoever gave it to you for another."));
        }
        match link.expires_at {
            Some(end) if end <= self.context().now() => {
                let day = domain::date::long(self.context().zone().to_datetime(end).date());
                Err(Error::conflict(format!("This link ended on {day}. Ask whoever gave it to you for another.")))
            }
            _ => Ok(link),
        }
    }

    /// An event by whoever holds a link.
    pub(crate) fn event_by_link(
        &self,
        link: &Link,
        action: &str,
        subject: (&str, Option<i64>),
        mut payload: Value,
    ) -> Event {
        if let Some(fields) = payload.as_object_mut() {
            fields.insert("link".to_owned(), link.id.to_string().into());
        }
        self.event(&Actor::operator(), action, subject, payload)
    }
}
