//! Providers who ask to meet learners: from the public form to what the learners' records count.

mod ask;
mod by_link;
mod clock;
mod counts;
mod decide;
mod decision;
mod deliver;
mod form;
mod grant;
mod grounds;
mod letters;
mod list;
mod page;
mod taken;
mod visitors;

use domain::{Check, InstitutionId, ProviderRequestId, ProviderRequestState};
use serde_json::{Value, json};
use store::{
    Tx,
    provider_request::{ProviderRequest, Step},
};

pub use self::{
    ask::{Asked, RequestForm, RequestGuard, RequestOffer},
    by_link::{LinkedRequest, LinkedStep, RequestContactForm},
    counts::{RequestCounts, RequestLearner},
    decision::DecisionLetter,
    deliver::{DeliveryForm, EvaluationForm},
    grant::GrantForm,
    grounds::Grounds,
    list::{ProviderRequestFilter, ProviderRequestList, ProviderRequestRow, WaitingRequests},
    page::{LetterRow, ProviderRequestPage, RequestActivity, StepLine},
    taken::{TakenForm, TakenOffer, WAYS},
    visitors::VisitorForm,
};
use crate::{Actor, App, Error, Result, audit::Change};

/// The four contents that the statute has a provider asked for, in its order.
pub const CONTENTS: [Check; 4] = [Check::PalOffer, Check::PalCareers, Check::PalExperience, Check::PalQuestions];

/// Said when somebody else was quicker.
const MEANWHILE: &str = "Somebody changed this request after you opened the page, and nothing is saved yet. What you typed is still \
     here. Look at the request in another window, then save again.";

/// Who takes a step.
#[derive(Clone, Copy)]
enum By<'a> {
    /// Somebody of the institution.
    Staff(&'a Actor),
    /// The provider, by the public form or a link.
    Provider,
}

/// What is noted of a step.
struct Noted<'a> {
    /// The word of the event.
    event: &'static str,
    /// What was written with it, for the page of the request.
    note: Option<&'a str>,
    /// What else the event says; never who anybody is.
    payload: Value,
    /// What changed, in words.
    change: Option<Change>,
}

impl<'a> Noted<'a> {
    fn new(event: &'static str) -> Self {
        Self { event, note: None, payload: json!({}), change: None }
    }

    fn saying(self, note: &'a str) -> Self {
        Self { note: Some(note).filter(|note| !note.trim().is_empty()), ..self }
    }

    fn with(self, change: Change) -> Self {
        Self { change: Some(change), ..self }
    }
}

impl App {
    /// The request as it was seen.
    ///
    /// # Errors
    /// If there is none, or somebody else changed it since: said at the field, so that what was typed is kept.
    fn request_as_seen(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        id: ProviderRequestId,
        seen: i64,
        field: &'static str,
    ) -> Result<ProviderRequest> {
        let one = store::provider_request::get(tx, institution, id)?;
        if one.revision == seen { Ok(one) } else { Err(Error::problem(field, MEANWHILE)) }
    }

    /// Writes a request with the step that led to it, and notes both.
    fn save_request(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        by: By<'_>,
        one: &mut ProviderRequest,
        noted: Noted<'_>,
    ) -> Result<()> {
        let now = self.context().now();
        one.changed_at = now;
        let operator = Actor::operator();
        let actor = match by {
            By::Staff(actor) => {
                one.account = actor.account();
                actor
            }
            By::Provider => &operator,
        };
        if !store::provider_request::update(tx, institution, one)? {
            return Err(Error::conflict("Somebody changed this request at the same moment. Look at it and try again."));
        }
        one.revision += 1;
        self.note_step(tx, institution, (by, actor), one, noted)
    }

    fn note_step(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        (by, actor): (By<'_>, &Actor),
        one: &ProviderRequest,
        noted: Noted<'_>,
    ) -> Result<()> {
        let by_provider = matches!(by, By::Provider);
        let step = Step {
            state: one.state,
            note: noted.note.map(|note| note.trim().to_owned()),
            by_provider,
            account: actor.account(),
            at: self.context().now(),
        };
        store::provider_request::add_step(tx, institution, one.id, &step)?;
        let mut payload = noted.payload;
        if let Some(fields) = payload.as_object_mut() {
            fields.insert("state".to_owned(), one.state.word().into());
            fields.insert("by".to_owned(), if by_provider { "provider" } else { "institution" }.into());
        }
        let event = self.event(actor, noted.event, ("provider-request", Some(one.id.0)), payload);
        let event = event.with(noted.change.map(|change| self.detail(None, &change)));
        Ok(store::audit::record(tx, institution, &event)?)
    }
}

/// Passes if a request is in one of these states.
fn ask_state(one: &ProviderRequest, open: &[ProviderRequestState], what: &str) -> Result<()> {
    if open.contains(&one.state) {
        return Ok(());
    }
    Err(Error::conflict(format!("This request is “{}”, so {what}. Nothing was changed.", one.state.label())))
}

/// Words separated by blanks, as the words of a list.
fn words<T: std::str::FromStr>(text: &str) -> Vec<T> {
    text.split_ascii_whitespace().filter_map(|word| word.parse().ok()).collect()
}

/// Steps that are worth telling: each that changed something, or says something; not that visitors were written down once more.
fn worth_telling(steps: Vec<Step>) -> impl Iterator<Item = Step> {
    let mut before = None;
    steps.into_iter().filter(move |step| {
        let is_same = before.replace(step.state) == Some(step.state);
        !is_same || step.note.is_some() || step.by_provider
    })
}

fn kept(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}
