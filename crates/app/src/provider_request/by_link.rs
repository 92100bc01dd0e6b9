//! What the provider sees and does with the link from a letter: no account, and nothing about anybody but themselves.

use domain::{ActivityState, InstitutionId, ProviderRequestId, ProviderRequestState};
use jiff::Timestamp;
use serde_json::json;
use store::{Tx, link::Link, provider_request::ProviderRequest};

use super::{
    By, Noted, ask_state, clock,
    form::{self, Reached, TEXT, too_long},
    letters::{Said, agreed},
    worth_telling,
};
use crate::{Actor, App, Error, LinkPurpose, Problems, Result};

/// How often a link is used to write at most.
const MOST_USES: i32 = 100;
/// How often whom to write to is changed with one link within the span of the throttle.
const MOST_CONTACTS: usize = 5;

/// What the provider's page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedRequest {
    /// The institution's name.
    pub institution: String,
    /// What they wrote, and how far it has come.
    pub request: ProviderRequest,
    /// Day, time, place and who is met, if it is granted.
    pub agreed: Vec<(&'static str, String)>,
    /// What passed between the two sides, first to last.
    pub steps: Vec<LinkedStep>,
    /// Whether the day for the answer has passed.
    pub is_late: bool,
}

/// One thing that passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedStep {
    /// How far the request had come then.
    pub state: ProviderRequestState,
    /// Whether it was the provider.
    pub by_provider: bool,
    /// What was written.
    pub note: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// Who is written to, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestContactForm {
    /// Their name.
    pub contact: String,
    /// Their e-mail address.
    pub email: String,
    /// Their telephone.
    pub phone: String,
}

impl App {
    /// What a provider's link opens.
    ///
    /// # Errors
    /// Not found for a link that is none of ours; a conflict that says why for one that has ended.
    pub fn request_by_link(&self, institution: InstitutionId, token: &str) -> Result<LinkedRequest> {
        self.store().read(institution, |tx| {
            let (_, request) = self.open_request(tx, institution, token)?;
            let steps = store::provider_request::steps(tx, institution, request.id)?;
            // What is noted here without a letter is not for the provider.
            let shown = |step: &store::provider_request::Step| {
                step.by_provider
                    || matches!(
                        step.state,
                        ProviderRequestState::MoreInformation
                            | ProviderRequestState::Granted
                            | ProviderRequestState::Refused
                            | ProviderRequestState::Deferred
                            | ProviderRequestState::Received
                    )
            };
            Ok(LinkedRequest {
                institution: store::institution::get(tx, institution)?.0.name,
                agreed: match request.state {
                    ProviderRequestState::Granted
                    | ProviderRequestState::Delivered
                    | ProviderRequestState::Evaluated => agreed(&request),
                    _ => Vec::new(),
                },
                steps: worth_telling(steps)
                    .filter(shown)
                    .map(|step| LinkedStep {
                        state: step.state,
                        by_provider: step.by_provider,
                        note: step.note,
                        at: step.at,
                    })
                    .collect(),
                is_late: request.state.waits() && request.due_on < self.context().today(),
                request,
            })
        })
    }

    /// Adds what a provider writes to their request. If they were asked something, it waits for the institution again.
    ///
    /// # Errors
    /// As [`App::request_by_link`]; if nothing was written, or the request is over.
    pub fn answer_by_link(&self, institution: InstitutionId, token: &str, text: &str) -> Result<()> {
        let mut problems = Problems::default();
        let text = problems.required("text", text, "what you would like to add");
        too_long(&mut problems, &[("text", &text, TEXT)]);
        problems.check()?;
        self.store().write(institution, |tx| -> Result<()> {
            let (link, mut one) = self.open_request(tx, institution, token)?;
            let open = [
                ProviderRequestState::Received,
                ProviderRequestState::Reviewing,
                ProviderRequestState::MoreInformation,
                ProviderRequestState::Deferred,
                ProviderRequestState::Granted,
            ];
            ask_state(&one, &open, "nothing can be added")?;
            if one.state == ProviderRequestState::MoreInformation {
                one.state = ProviderRequestState::Reviewing;
                one.due_on = clock::due(tx, institution, self.context().today())?;
            }
            self.note_use(tx, institution, &link)?;
            self.save_request(
                tx,
                institution,
                By::Provider,
                &mut one,
                Noted::new("provider-request.answered").saying(&text),
            )?;
            self.write_to_staff(tx, institution, &one, &Said::Answered)?;
            Ok(())
        })?;
        self.send_waiting_letters();
        Ok(())
    }

    /// Says whom to write to from now on. Whoever was written to before is told.
    ///
    /// # Errors
    /// As [`App::request_by_link`]; problems with the form, or too many changes within a few minutes, said as a problem.
    pub fn change_contact_by_link(
        &self,
        institution: InstitutionId,
        token: &str,
        typed: &RequestContactForm,
    ) -> Result<()> {
        let mut problems = Problems::default();
        let (contact, email, phone) =
            form::contact(&mut problems, (&typed.contact, &typed.email, &typed.phone), Reached::ByEmail);
        problems.check()?;
        let is_other = |before: &str| before.to_lowercase() != email.to_lowercase();
        let (_, known) = self.store().read(institution, |tx| self.open_request(tx, institution, token))?;
        let now = self.context().now();
        let mut tried = self.0.throttle.try_one_of(MOST_CONTACTS, &format!("access-contact {token}"), now);
        if tried.is_ok() && is_other(&known.email) {
            tried = self.try_address(&email);
        }
        tried.map_err(|_| {
            Error::problem(
                "",
                "Whom we write to was changed several times within a few minutes, so this is not saved yet. What you typed is still \
                 here: wait a quarter of an hour and save it again.",
            )
        })?;
        self.store().write(institution, |tx| -> Result<()> {
            let (link, mut one) = self.open_request(tx, institution, token)?;
            let before = one.clone();
            (one.contact, one.email, one.phone) = (contact.clone(), email.clone(), phone.clone());
            if one == before {
                return Ok(());
            }
            self.note_use(tx, institution, &link)?;
            self.save_request(tx, institution, By::Provider, &mut one, Noted::new("provider-request.contact-changed"))?;
            if is_other(&before.email) {
                self.write_to_provider(tx, institution, &before, &Said::ContactChanged)?;
                let token = self.request_link(tx, institution, &Actor::operator(), one.id)?;
                self.write_to_provider(tx, institution, &one, &Said::Received { token: token.reveal() })?;
            }
            Ok(())
        })?;
        self.send_waiting_letters();
        Ok(())
    }

    /// Takes a request back, as the provider. A visit that was agreed is cancelled.
    ///
    /// # Errors
    /// As [`App::request_by_link`]; if it is over already.
    pub fn withdraw_by_link(&self, institution: InstitutionId, token: &str, reason: &str) -> Result<()> {
        let mut problems = Problems::default();
        too_long(&mut problems, &[("reason", reason, TEXT)]);
        problems.check()?;
        self.store().write(institution, |tx| -> Result<()> {
            let (link, one) = self.open_request(tx, institution, token)?;
            self.note_use(tx, institution, &link)?;
            self.withdraw(tx, institution, By::Provider, one, reason)
        })?;
        self.send_waiting_letters();
        Ok(())
    }

    /// Takes a request back that a provider withdrew by other ways.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, there is no such request, or it is over already.
    pub fn withdraw_provider_request(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: ProviderRequestId,
        seen: i64,
        reason: &str,
    ) -> Result<()> {
        actor.ask_for_all(crate::Action::Record, institution)?;
        let mut problems = Problems::default();
        too_long(&mut problems, &[("reason", reason, TEXT)]);
        problems.check()?;
        self.store().write(institution, |tx| -> Result<()> {
            let one = self.request_as_seen(tx, institution, id, seen, "reason")?;
            self.withdraw(tx, institution, By::Staff(actor), one, reason)
        })?;
        self.send_waiting_letters();
        Ok(())
    }

    fn withdraw(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        by: By<'_>,
        mut one: ProviderRequest,
        reason: &str,
    ) -> Result<()> {
        let open = [
            ProviderRequestState::Received,
            ProviderRequestState::Reviewing,
            ProviderRequestState::MoreInformation,
            ProviderRequestState::Deferred,
            ProviderRequestState::Granted,
        ];
        ask_state(&one, &open, "it cannot be withdrawn")?;
        let was_granted = one.state == ProviderRequestState::Granted;
        let operator = Actor::operator();
        let actor = match by {
            By::Staff(actor) => actor,
            By::Provider => &operator,
        };
        self.cancel_visit(tx, actor, institution, &one, "The provider withdrew")?;
        if one.state.is_decision() {
            // What was decided no longer holds, so that a letter which has not gone would only puzzle.
            let steps = store::provider_request::steps(tx, institution, one.id)?;
            self.catch_letters(tx, institution, &one, &steps)?;
        }
        one.state = ProviderRequestState::Withdrawn;
        one.decided_on = Some(self.context().today());
        let noted = Noted { payload: json!({"was_granted": was_granted}), ..Noted::new("provider-request.withdrawn") };
        self.save_request(tx, institution, by, &mut one, noted.saying(reason))?;
        self.write_to_provider(tx, institution, &one, &Said::Withdrawn)?;
        if matches!(by, By::Provider) {
            self.write_to_staff(tx, institution, &one, &Said::WithdrawnByProvider { was_granted })?;
        }
        Ok(())
    }

    /// Cancels the activity that a request became, unless it is cancelled or gone already.
    pub(super) fn cancel_visit(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        institution: InstitutionId,
        one: &ProviderRequest,
        why: &str,
    ) -> Result<()> {
        let Some(id) = one.activity.filter(|_| one.state == ProviderRequestState::Granted) else { return Ok(()) };
        let Some(activity) = store::activity::find(tx, institution, id)? else { return Ok(()) };
        if activity.state == ActivityState::Cancelled {
            return Ok(());
        }
        let register = store::participation::register(tx, institution, id)?;
        if register.iter().any(|(_, status)| *status == domain::ParticipationStatus::Attended) {
            return Err(Error::conflict(
                "Learners are marked as present at this visit, so it took place. Nothing was changed.",
            ));
        }
        self.move_activity(tx, actor, institution, id, (ActivityState::Cancelled, why)).map(drop)
    }

    fn open_request(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        token: &str,
    ) -> Result<(Link, ProviderRequest)> {
        let link = self.open_link(tx, institution, LinkPurpose::ProviderRequest, token)?;
        let id = link.subject.map(ProviderRequestId).ok_or(Error::NOT_FOUND)?;
        Ok((link, store::provider_request::get(tx, institution, id)?))
    }

    fn note_use(&self, tx: &mut Tx<'_>, institution: InstitutionId, link: &Link) -> Result<()> {
        if link.uses >= MOST_USES {
            return Err(Error::conflict(
                "This link was used as often as it can be. Write to the careers leader instead.",
            ));
        }
        Ok(store::link::note_use(tx, institution, link.id, self.context().now())?)
    }
}
