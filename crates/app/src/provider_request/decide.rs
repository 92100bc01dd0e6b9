//! Decisions: looking into it, asking, refusing and putting off.

use domain::{Date, InstitutionId, LetterId, ProviderRequestId, ProviderRequestState};
use serde_json::json;

use super::{
    By, Noted, ask_state, clock,
    decision::clear_decision,
    form::{TEXT, too_long},
    grounds,
    letters::Said,
};
use crate::{Action, Actor, App, Error, Problems, Result, audit::changes};

/// A decision can be made on these.
pub(super) const OPEN: [ProviderRequestState; 4] = [
    ProviderRequestState::Received,
    ProviderRequestState::Reviewing,
    ProviderRequestState::MoreInformation,
    ProviderRequestState::Deferred,
];

impl App {
    /// Says that somebody looks into a request. If the provider was asked something, this notes what they answered by other ways than
    /// their link, and the clock begins anew.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, there is no such request, it is past that, or the provider was asked
    /// something and their answer is not given.
    pub fn review_provider_request(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: ProviderRequestId,
        seen: i64,
        answered: &str,
    ) -> Result<()> {
        actor.ask_for_all(Action::Record, institution)?;
        let mut problems = Problems::default();
        too_long(&mut problems, &[("answered", answered, TEXT)]);
        problems.check()?;
        self.store().write(institution, |tx| -> Result<()> {
            let mut one = self.request_as_seen(tx, institution, id, seen, "answered")?;
            let open =
                [ProviderRequestState::Received, ProviderRequestState::MoreInformation, ProviderRequestState::Deferred];
            ask_state(&one, &open, "this is done already")?;
            if one.state == ProviderRequestState::MoreInformation {
                if answered.trim().is_empty() {
                    return Err(Error::problem("answered", "Enter what they answered."));
                }
                one.due_on = clock::due(tx, institution, self.context().today())?;
            }
            clear_decision(&mut one);
            one.state = ProviderRequestState::Reviewing;
            let noted = Noted::new("provider-request.reviewed").saying(answered);
            self.save_request(tx, institution, By::Staff(actor), &mut one, noted)
        })
    }

    /// Asks the provider something, by letter; they answer through the link in it.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, there is no such request, it was decided, or nothing is asked.
    pub fn ask_provider(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: ProviderRequestId,
        seen: i64,
        question: &str,
    ) -> Result<()> {
        actor.ask_for_all(Action::Record, institution)?;
        let mut problems = Problems::default();
        let question = problems.required("question", question, "what you would like to know");
        too_long(&mut problems, &[("question", &question, TEXT)]);
        problems.check()?;
        self.store().write(institution, |tx| -> Result<()> {
            let mut one = self.request_as_seen(tx, institution, id, seen, "question")?;
            ask_state(&one, &OPEN, "it is past asking")?;
            clear_decision(&mut one);
            one.state = ProviderRequestState::MoreInformation;
            let noted = Noted::new("provider-request.asked").saying(&question);
            self.save_request(tx, institution, By::Staff(actor), &mut one, noted)?;
            self.write_to_provider(tx, institution, &one, &Said::Question { text: &question })?;
            Ok(())
        })?;
        self.send_waiting_letters();
        Ok(())
    }

    /// Refuses a request, on a published ground and with a reason, by letter.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, there is no such request, it was decided, the ground is not a
    /// published one, or no reason is given.
    pub fn refuse_provider_request(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: ProviderRequestId,
        seen: i64,
        (ground, reason): (&str, &str),
    ) -> Result<()> {
        actor.ask_for_all(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<()> {
            let published = grounds::grounds(tx, institution)?;
            let mut problems = Problems::default();
            if !published.list.iter().any(|one| one == ground.trim()) {
                problems.add("ground", "Choose one of the published grounds.");
            }
            let reason = problems.required("reason", reason, "why, in words that the provider can understand");
            too_long(&mut problems, &[("reason", &reason, TEXT)]);
            problems.check()?;
            let mut one = self.request_as_seen(tx, institution, id, seen, "reason")?;
            ask_state(&one, &OPEN, "it cannot be refused")?;
            clear_decision(&mut one);
            one.state = ProviderRequestState::Refused;
            one.decided_on = Some(self.context().today());
            one.ground = Some(ground.trim().to_owned());
            one.reason = Some(reason.clone());
            let change = changes([], [("ground", ground.trim().to_owned()), ("reason", reason.clone())]);
            let noted = Noted::new("provider-request.refused").saying(&reason).with(change);
            self.save_request(tx, institution, By::Staff(actor), &mut one, noted)?;
            self.write_to_provider(tx, institution, &one, &Said::Refused)?;
            Ok(())
        })?;
        self.send_waiting_letters();
        Ok(())
    }

    /// Puts a request off until a day, by letter. On that day it is due.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, there is no such request, it was decided, the day is not to
    /// come, or no reason is given.
    pub fn defer_provider_request(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: ProviderRequestId,
        seen: i64,
        (until, reason): (&str, &str),
    ) -> Result<()> {
        actor.ask_for_all(Action::Record, institution)?;
        let mut problems = Problems::default();
        let until = self.day_to_come(until, "until", &mut problems);
        let reason = problems.required("reason", reason, "why, in words that the provider can understand");
        too_long(&mut problems, &[("reason", &reason, TEXT)]);
        problems.check()?;
        self.store().write(institution, |tx| -> Result<()> {
            let mut one = self.request_as_seen(tx, institution, id, seen, "reason")?;
            ask_state(&one, &OPEN, "it cannot be put off")?;
            clear_decision(&mut one);
            one.state = ProviderRequestState::Deferred;
            one.decided_on = Some(self.context().today());
            one.deferred_until = until;
            one.due_on = until.unwrap_or(one.due_on);
            one.reason = Some(reason.clone());
            let day = until.map_or(String::new(), |day| day.to_string());
            let change = changes([], [("until", day), ("reason", reason.clone())]);
            let noted = Noted::new("provider-request.deferred").saying(&reason).with(change);
            self.save_request(tx, institution, By::Staff(actor), &mut one, noted)?;
            self.write_to_provider(tx, institution, &one, &Said::Deferred)?;
            Ok(())
        })?;
        self.send_waiting_letters();
        Ok(())
    }

    /// Lets a letter that did not go be tried again.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or there is no such letter about the request.
    pub fn send_letter_again(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: ProviderRequestId,
        letter: LetterId,
    ) -> Result<()> {
        actor.ask_for_all(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<()> {
            let found = store::letter::get(tx, institution, letter)?;
            if !found.is_about(store::provider_request::LETTERS, id.0) {
                return Err(Error::NOT_FOUND);
            }
            store::letter::again(tx, institution, letter, self.context().now())?;
            let event = self.event(actor, "provider-request.letter-again", ("provider-request", Some(id.0)), json!({}));
            Ok(store::audit::record(tx, institution, &event)?)
        })?;
        self.send_waiting_letters();
        Ok(())
    }

    /// Takes out of a request who asked for the provider, who visited, and what was written to and by them, because they ask for
    /// it. That visitors were checked stays.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or there is no such request.
    pub fn forget_requester(&self, actor: &Actor, institution: InstitutionId, id: ProviderRequestId) -> Result<()> {
        actor.ask_for_all(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<()> {
            tx.advance(institution)?;
            store::provider_request::get(tx, institution, id)?;
            store::provider_request::forget(tx, institution, id)?;
            let event = self.event(actor, "provider-request.forgotten", ("provider-request", Some(id.0)), json!({}));
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// A day after today.
    pub(super) fn day_to_come(&self, text: &str, field: &'static str, problems: &mut Problems) -> Option<Date> {
        let day = problems
            .take(field, domain::date::parse(text).ok_or_else(|| "Enter a day such as 12/11/2026.".to_owned()))?;
        if day < self.context().today() {
            problems.add(field, "This day has passed. Enter one to come.");
        }
        Some(day)
    }
}
