//! After a visit: that it took place with what the statute asks for, and how it went.

use domain::{
    ActivityState, Check, Checks, InstitutionId, ParticipationStatus, ProviderRequestId, ProviderRequestState,
};
use jiff::ToSpan;
use serde_json::json;

use super::{
    By, Noted, ask_state,
    form::{TEXT, too_long},
    letters::Said,
};
use crate::{
    Action, ActivityForm, Actor, App, Error, LinkPurpose, Problems, Result, audit::changes, link::NewLink,
    occasion::follow,
};

/// How many days a provider can say how it went.
const FEEDBACK_DAYS: i64 = 60;

/// What is confirmed after a visit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeliveryForm {
    /// The boxes of provider access that hold, by their words.
    pub checks: Vec<String>,
    /// Whether the provider is asked how it went.
    pub ask_feedback: bool,
}

/// How a visit went, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EvaluationForm {
    /// How useful it was, from 1 to 5.
    pub rating: String,
    /// In words.
    pub text: String,
}

impl App {
    /// Says that a visit took place, and which boxes of provider access hold; the activity's checklist follows. Its register must be
    /// marked first. Whether it now counts for provider access.
    ///
    /// # Errors
    /// If the actor may not record for everybody on the register, there is no such request that is granted, the visit is still to
    /// come, or nobody is marked.
    pub fn deliver_provider_request(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: ProviderRequestId,
        seen: i64,
        form: &DeliveryForm,
    ) -> Result<bool> {
        actor.ask(Action::Record, institution)?;
        let ticked: Vec<Check> = Checks::PROVIDER_ACCESS
            .iter()
            .filter(|check| form.checks.iter().any(|word| word == check.word()))
            .collect();
        let counts = self.store().write(institution, |tx| -> Result<bool> {
            tx.advance(institution)?;
            let mut one = self.request_as_seen(tx, institution, id, seen, "")?;
            let open =
                [ProviderRequestState::Granted, ProviderRequestState::Delivered, ProviderRequestState::Evaluated];
            ask_state(&one, &open, "there is no visit")?;
            let activity_id = one.activity.ok_or(Error::NOT_FOUND)?;
            let before = store::activity::get(tx, institution, activity_id)?;
            let register = store::participation::register(tx, institution, activity_id)?;
            self.ask_for_each(actor, Action::Record, institution, register.iter().map(|(learner, _)| *learner))?;
            if before.date > self.context().today() {
                return Err(Error::problem("checks", "The visit is still to come. Confirm it when it has taken place."));
            }
            if !register.iter().any(|(_, status)| *status == ParticipationStatus::Attended) {
                return Err(Error::problem(
                    "checks",
                    "Nobody is marked as present yet. Mark the register first: the visit counts for those who were there.",
                ));
            }
            let mut after = before.clone();
            let others = before.checks.iter().filter(|check| !Checks::PROVIDER_ACCESS.contains(*check));
            after.checks = others.chain(ticked.iter().copied()).collect();
            after.state = ActivityState::Delivered;
            let changed = changes(ActivityForm::from(&before).fields(), ActivityForm::from(&after).fields());
            if after != before {
                store::activity::update(tx, institution, activity_id, &after)?;
                follow(tx, institution, activity_id)?;
                let payload = json!({"fields": changed.names()});
                let event = self
                    .event(actor, "activity.changed", ("activity", Some(activity_id.0)), payload)
                    .with([self.detail(None, &changed)]);
                store::audit::record(tx, institution, &event)?;
            }
            let is_first = one.state == ProviderRequestState::Granted;
            if is_first {
                one.state = ProviderRequestState::Delivered;
            }
            (one.held_on, one.account) = (Some(after.date), actor.account());
            let counts = after.is_provider_access();
            let noted = Noted { payload: json!({"counts": counts}), ..Noted::new("provider-request.delivered") };
            self.save_request(tx, institution, By::Staff(actor), &mut one, noted)?;
            if form.ask_feedback && is_first && !one.email.is_empty() {
                let label = Some(one.organisation.chars().take(100).collect());
                let new = NewLink {
                    purpose: LinkPurpose::Feedback,
                    subject: Some(activity_id.0),
                    about: None,
                    label,
                    lasts: Some(FEEDBACK_DAYS.days()),
                };
                let (_, token) = self.make_link(tx, actor, institution, new)?;
                self.write_to_provider(tx, institution, &one, &Said::HowWasIt { token: token.reveal() })?;
            }
            Ok(counts)
        })?;
        self.send_waiting_letters();
        Ok(counts)
    }

    /// Writes down how a visit went.
    ///
    /// # Errors
    /// If the actor may not record here, there is no such request that was delivered, or nothing is said.
    pub fn evaluate_provider_request(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: ProviderRequestId,
        seen: i64,
        form: &EvaluationForm,
    ) -> Result<()> {
        actor.ask(Action::Record, institution)?;
        let mut problems = Problems::default();
        let rating = match form.rating.trim() {
            "" => None,
            text => problems.take(
                "rating",
                text.parse::<i16>()
                    .ok()
                    .filter(|rating| (1..=5).contains(rating))
                    .ok_or_else(|| "Choose how useful it was.".to_owned()),
            ),
        };
        if rating.is_none() && form.rating.trim().is_empty() {
            problems.add("rating", "Choose how useful it was.");
        }
        too_long(&mut problems, &[("text", &form.text, TEXT)]);
        problems.check()?;
        self.store().write(institution, |tx| -> Result<()> {
            let mut one = self.request_as_seen(tx, institution, id, seen, "text")?;
            let open = [ProviderRequestState::Delivered, ProviderRequestState::Evaluated];
            ask_state(&one, &open, "there is nothing to look back at yet")?;
            one.state = ProviderRequestState::Evaluated;
            one.rating = rating;
            one.evaluation = super::kept(&form.text);
            let text = one.evaluation.clone().unwrap_or_default();
            let change = changes([], [("rating", form.rating.trim().to_owned()), ("evaluation", text)]);
            let noted = Noted::new("provider-request.evaluated").with(change);
            self.save_request(tx, institution, By::Staff(actor), &mut one, noted)
        })
    }
}
