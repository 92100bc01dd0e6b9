//! The letters that tell of a decision, as long as they wait; and taking the decision back with them.

use domain::{InstitutionId, ProviderRequestId, ProviderRequestState};
use jiff::Timestamp;
use serde_json::json;
use store::{
    Tx,
    letter::Letter,
    provider_request::{ProviderRequest, Step},
};

use super::{
    By, Noted, ask_state, clock,
    form::{TEXT, too_long},
    letters::Said,
};
use crate::{Action, Actor, App, Error, Problems, Result};

/// What became of the letters that tell of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionLetter {
    /// There is none: no address is known.
    None,
    /// None has gone, and the last goes at this time, if this server sends e-mail.
    Waits(Option<Timestamp>),
    /// At least one has gone, or is being sent.
    Gone,
}

/// Since when a request has been in its state without a break.
fn since(one: &ProviderRequest, steps: &[Step]) -> Option<Timestamp> {
    steps.iter().rev().take_while(|step| step.state == one.state).last().map(|step| step.at)
}

/// The letters to the provider since the decision.
fn told<'a>(one: &ProviderRequest, steps: &[Step], letters: &'a [Letter]) -> Vec<&'a Letter> {
    let Some(decided) = since(one, steps) else { return Vec::new() };
    let is_theirs =
        |letter: &&Letter| !one.email.is_empty() && letter.recipient == one.email && letter.made_at >= decided;
    letters.iter().filter(is_theirs).collect()
}

/// What became of the letters that tell of a decision.
pub(super) fn stands(one: &ProviderRequest, steps: &[Step], letters: &[Letter]) -> DecisionLetter {
    let told = told(one, steps, letters);
    if told.is_empty() {
        return DecisionLetter::None;
    }
    if told.iter().any(|letter| letter.sent_at.is_some() || letter.tries > 0) {
        return DecisionLetter::Gone;
    }
    DecisionLetter::Waits(told.iter().filter_map(|letter| letter.try_at).max())
}

/// Whether the institution can take back how a request stands: it decided, or noted that the provider did.
pub(super) fn can_be_taken_back(one: &ProviderRequest, steps: &[Step]) -> bool {
    match one.state {
        ProviderRequestState::Withdrawn => steps.last().is_some_and(|step| !step.by_provider),
        state => state.is_decision(),
    }
}

impl App {
    /// Takes the letters back that tell of how a request stands, as far as none of them is being sent. Whether all were caught.
    pub(super) fn catch_letters(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        one: &ProviderRequest,
        steps: &[Step],
    ) -> Result<bool> {
        let letters = store::letter::about(tx, institution, store::provider_request::LETTERS, one.id.0)?;
        let mut caught = true;
        for letter in told(one, steps, &letters) {
            caught &= store::letter::take_back(tx, institution, letter.id)?;
        }
        Ok(caught)
    }

    /// Takes a decision back, or that the provider withdrew: the request is under review again. Letters that have not gone are
    /// not sent; if one has, another one corrects it, and says why. A visit that was agreed is cancelled. Whether a correcting
    /// letter was written.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, there is no such request, nothing was decided here, the visit took
    /// place, or a letter has to be corrected and no reason is given.
    pub fn take_back_decision(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: ProviderRequestId,
        seen: i64,
        why: &str,
    ) -> Result<bool> {
        actor.ask_for_all(Action::Record, institution)?;
        let mut problems = Problems::default();
        too_long(&mut problems, &[("why", why, TEXT)]);
        problems.check()?;
        let corrected = self.store().write(institution, |tx| -> Result<bool> {
            let mut one = self.request_as_seen(tx, institution, id, seen, "why")?;
            let decided = [
                ProviderRequestState::Granted,
                ProviderRequestState::Refused,
                ProviderRequestState::Deferred,
                ProviderRequestState::Withdrawn,
            ];
            ask_state(&one, &decided, "there is no decision to take back")?;
            let steps = store::provider_request::steps(tx, institution, id)?;
            if !can_be_taken_back(&one, &steps) {
                return Err(Error::conflict(
                    "The provider withdrew this request. If they want to come after all, they ask again.",
                ));
            }
            let what = one.state.label().to_lowercase();
            let caught = self.catch_letters(tx, institution, &one, &steps)?;
            if !caught && why.trim().is_empty() {
                return Err(Error::problem(
                    "why",
                    "The letter has gone already, so another one corrects it. Enter why the decision is taken back.",
                ));
            }
            self.cancel_visit(tx, actor, institution, &one, "The decision was taken back")?;
            one.state = ProviderRequestState::Reviewing;
            (one.decided_on, one.deferred_until, one.ground, one.reason) = (None, None, None, None);
            (one.held_on, one.starts_at, one.ends_at) = (None, None, None);
            (one.room, one.cohort, one.host, one.activity) = (None, None, None, None);
            one.due_on = one.due_on.min(clock::due(tx, institution, self.context().today())?);
            let payload = json!({"was": what, "corrected": !caught});
            let noted = Noted { payload, ..Noted::new("provider-request.taken-back") };
            self.save_request(tx, institution, By::Staff(actor), &mut one, noted.saying(why))?;
            if !caught {
                self.write_to_provider(tx, institution, &one, &Said::TakenBack { what: &what, why })?;
            }
            Ok(!caught)
        })?;
        self.send_waiting_letters();
        Ok(corrected)
    }
}
