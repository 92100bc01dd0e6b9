//! The letters that tell of a decision, as long as they wait; and taking the decision back with them.

use domain::{InstitutionId, ProviderRequestId, ProviderRequestState};
use jiff::Timestamp;
use serde_json::json;
use store::{
    Tx,
    letter::{Letter, LetterTakenBack},
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
    /// None is known to have gone, but one was tried or is being sent: it may have gone.
    Tried,
    /// None has gone, and one was given up for good.
    GivenUp,
    /// At least one has gone.
    Gone,
}

/// Since when a request has been in its state without a break.
fn since(one: &ProviderRequest, steps: &[Step]) -> Option<Timestamp> {
    steps.iter().rev().take_while(|step| step.state == one.state).last().map(|step| step.at)
}

/// The letters that tell of how a request stands, whoever they go to.
fn told<'a>(one: &ProviderRequest, steps: &[Step], letters: &'a [Letter]) -> Vec<&'a Letter> {
    let Some(decided) = since(one, steps) else { return Vec::new() };
    letters.iter().filter(|letter| letter.tells_of_decision() && letter.made_at >= decided).collect()
}

/// What became of the letters that tell of a decision.
pub(super) fn stands(one: &ProviderRequest, steps: &[Step], letters: &[Letter]) -> DecisionLetter {
    let told = told(one, steps, letters);
    if told.is_empty() {
        return DecisionLetter::None;
    }
    if told.iter().any(|letter| letter.sent_at.is_some()) {
        return DecisionLetter::Gone;
    }
    if told.iter().any(|letter| letter.was_tried() && letter.try_at.is_some()) {
        return DecisionLetter::Tried;
    }
    if told.iter().any(|letter| letter.was_tried()) {
        return DecisionLetter::GivenUp;
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

/// Takes out what an earlier decision said, before another is made or none holds.
pub(super) fn clear_decision(one: &mut ProviderRequest) {
    (one.decided_on, one.deferred_until, one.ground, one.reason) = (None, None, None, None);
    (one.held_on, one.starts_at, one.ends_at) = (None, None, None);
    (one.room, one.cohort, one.host, one.activity) = (None, None, None, None);
}

impl App {
    /// Takes the letters back that tell of how a request stands: none is tried any more. What became of the one that came furthest.
    pub(super) fn catch_letters(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        one: &ProviderRequest,
        steps: &[Step],
    ) -> Result<LetterTakenBack> {
        let letters = store::letter::about(tx, institution, store::provider_request::LETTERS, one.id.0)?;
        let mut furthest = LetterTakenBack::NeverTried;
        for letter in told(one, steps, &letters) {
            furthest = furthest.max(store::letter::take_back(tx, institution, letter.id)?);
        }
        Ok(furthest)
    }

    /// Takes a decision back, or that the provider withdrew: the request is under review again. Letters that have not gone are
    /// not sent; if one has, or may have, another one corrects it, and says why. A visit that was agreed is cancelled. Whether a correcting
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
            let letter = self.catch_letters(tx, institution, &one, &steps)?;
            let corrected = letter != LetterTakenBack::NeverTried;
            if corrected && why.trim().is_empty() {
                let what = match letter {
                    LetterTakenBack::Gone => "The letter has gone already",
                    _ => "The letter was tried already, and may have gone",
                };
                let says = format!("{what}, so another one corrects it. Enter why the decision is taken back.");
                return Err(Error::problem("why", says));
            }
            self.cancel_visit(tx, actor, institution, &one, "The decision was taken back")?;
            one.state = ProviderRequestState::Reviewing;
            clear_decision(&mut one);
            one.due_on = one.due_on.min(clock::due(tx, institution, self.context().today())?);
            let payload = json!({"was": what, "corrected": corrected});
            let noted = Noted { payload, ..Noted::new("provider-request.taken-back") };
            self.save_request(tx, institution, By::Staff(actor), &mut one, noted.saying(why))?;
            if corrected {
                let is_sure = letter == LetterTakenBack::Gone;
                self.write_to_provider(tx, institution, &one, &Said::TakenBack { what: &what, why, is_sure })?;
            }
            Ok(corrected)
        })?;
        self.send_waiting_letters();
        Ok(corrected)
    }
}
