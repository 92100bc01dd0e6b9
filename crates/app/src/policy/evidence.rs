//! What a paper that applies shows of what the institution is asked: clauses say which requirements they cover, and these are confirmed in one press.

use ::policy::{Check, CheckStanding};
use domain::{Date, InstitutionId, PolicyId};
use serde_json::{Value, json};
use store::{
    attestation::{self, Attestation},
    policy::{Policy, PolicyState},
};

use super::written::{Kept, Written};
use crate::{Action, Actor, App, Error, Result, View, audit::Change, erasure_of_account::ERASED, frame::Scene};

const CONFIRMED: &str = "policy.confirmed";
const SUPERSEDED: &str = "Only a version that applies shows what is asked. Publish it first.";
/// A role, not a name: what is asked of the institution is looked after by whoever has it.
const OWNER: &str = "Careers leader";

/// Something that is asked of the institution as a whole, and that a version shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyEvidence {
    /// The requirement.
    pub requirement: String,
    /// What it is called.
    pub title: String,
    /// Key and heading of the section that shows it, and key of the clause.
    pub section: (String, String),
    /// The clause.
    pub clause: String,
    /// Whether it is confirmed, and rests on this version.
    pub is_confirmed: bool,
}

/// The version on which something that is asked rests, or could rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyBehind {
    /// The version.
    pub id: PolicyId,
    /// Its title.
    pub title: String,
    /// 1 for the first version of the paper.
    pub number: u32,
    /// The day on which it was published.
    pub published_on: Date,
    /// What it shows, and where.
    pub shows: PolicyEvidence,
}

impl App {
    /// What a version that applies shows of what is asked of the institution on the day of the scene.
    pub(crate) fn covers(
        &self,
        scene: &Scene<'_>,
        written: &Written,
        attestations: &[Attestation],
    ) -> Vec<PolicyEvidence> {
        if written.policy.state != PolicyState::Published {
            return Vec::new();
        }
        let asked = scene.pack.institution_requirements.iter().filter(|asked| asked.derived.is_none());
        let shown = asked.filter_map(|asked| {
            let mut covering = written.kept.composed.clauses().filter(|(_, clause)| clause.covers.contains(&asked.id));
            let (section, clause) = covering.next()?;
            // Where several clauses cover it together, one that was left out leaves it uncovered.
            (clause.text.is_some() && covering.all(|(_, clause)| clause.text.is_some())).then_some(())?;
            let last = attestations.iter().rfind(|one| one.requirement == asked.id);
            let evidence = self.evidence(&written.policy, &written.kept);
            Some(PolicyEvidence {
                requirement: asked.id.clone(),
                title: asked.wording.title.clone(),
                section: (section.key.clone(), section.heading.clone()),
                clause: clause.key.clone(),
                is_confirmed: last.is_some_and(|last| last.evidence == evidence),
            })
        });
        shown.collect()
    }

    /// The version on which something that is asked of the institution rests, or could rest once it is confirmed; none if no paper shows it.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn policy_behind(&self, actor: &Actor, view: View, requirement: &str) -> Result<Option<PolicyBehind>> {
        if !actor.can(Action::SeeTotals, view.institution) {
            return Ok(None);
        }
        let scene = self.scene(actor, View { as_of: None, ..view })?;
        let (attestations, policies) = self.store().read(view.institution, |tx| -> Result<_> {
            Ok((attestation::list(tx, view.institution)?, store::policy::list(tx, view.institution)?))
        })?;
        for policy in policies.into_iter().filter(|policy| policy.state == PolicyState::Published) {
            let facts = ::policy::Facts::default();
            // What was published is read as it was kept: it needs no facts.
            let written = self.written_now(&scene, &facts, policy.id)?;
            let covers = self.covers(&scene, &written, &attestations);
            if let Some(shows) = covers.into_iter().find(|one| one.requirement == requirement) {
                return Ok(Some(PolicyBehind {
                    id: policy.id,
                    title: written.kept.composed.title,
                    number: policy.number,
                    published_on: self.published_on(&policy),
                    shows,
                }));
            }
        }
        Ok(None)
    }

    /// Confirms everything that is asked of the institution and that the version shows, with the version as evidence, as of the day on which it was
    /// published. What was confirmed later by other evidence stays. Returns how many, and the event that [`App::undo_policy_confirmation`] takes
    /// back.
    ///
    /// # Errors
    /// If the actor may not confirm for the whole institution, or there is no such version; a conflict if it does not apply.
    pub fn confirm_from_policy(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: PolicyId,
    ) -> Result<(usize, Option<i64>)> {
        actor.ask_for_all(Action::Confirm, institution)?;
        let scene = self.scene(actor, View { institution, as_of: None })?;
        let written = self.written_now(&scene, &::policy::Facts::default(), id)?;
        if written.policy.state != PolicyState::Published {
            return Err(Error::conflict(SUPERSEDED));
        }
        let evidence = self.evidence(&written.policy, &written.kept);
        let on = self.published_on(&written.policy);
        self.store().write(institution, |tx| -> Result<_> {
            tx.wait_turn(institution)?;
            // Another version may have been published meanwhile.
            if store::policy::get(tx, institution, id)?.state != PolicyState::Published {
                return Err(Error::conflict(SUPERSEDED));
            }
            let all = attestation::list(tx, institution)?;
            let (mut change, mut requirements) = (Change::default(), Vec::new());
            for shown in self.covers(&scene, &written, &all).into_iter().filter(|one| !one.is_confirmed) {
                let is_later = all.iter().any(|one| one.requirement == shown.requirement && one.attested_on > on);
                if is_later {
                    continue;
                }
                let before = all.iter().find(|one| one.requirement == shown.requirement && one.attested_on == on);
                let [evidence_field, owner_field] = fields(&shown.requirement);
                change = change.with(&evidence_field, before.map(|one| one.evidence.as_str()), Some(&evidence)).with(
                    &owner_field,
                    before.map(|one| one.owner.as_str()),
                    Some(OWNER),
                );
                let made = Attestation {
                    requirement: shown.requirement.clone(),
                    attested_on: on,
                    evidence: evidence.clone(),
                    owner: OWNER.to_owned(),
                    account: actor.account(),
                };
                attestation::set(tx, institution, &made)?;
                requirements.push(shown.requirement);
            }
            if requirements.is_empty() {
                return Ok((0, None));
            }
            let payload = json!({
                "paper": written.policy.paper, "number": written.policy.number, "on": on.to_string(),
                "requirements": requirements,
            });
            let event =
                self.event(actor, CONFIRMED, ("policy", Some(id.0)), payload).with([self.detail(None, &change)]);
            store::audit::record(tx, institution, &event)?;
            Ok((requirements.len(), Some(event.id)))
        })
    }

    /// Takes a confirmation by [`App::confirm_from_policy`] back: what was confirmed before stands again.
    ///
    /// # Errors
    /// If the actor may not confirm for the whole institution, there is no such event of the version, or any of it was confirmed anew since.
    pub fn undo_policy_confirmation(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: PolicyId,
        event: i64,
    ) -> Result<()> {
        actor.ask_for_all(Action::Confirm, institution)?;
        self.store().write(institution, |tx| -> Result<_> {
            tx.wait_turn(institution)?;
            let event = store::audit::find(tx, institution, event)?;
            let event = event.filter(|event| event.action == CONFIRMED && event.subject_id == Some(id.0));
            let event = event.ok_or(Error::NOT_FOUND)?;
            let payload: Value = serde_json::from_str(&event.payload).map_err(Error::fault)?;
            let change = event.details.first().map(|detail| Change::parse(&detail.text)).ok_or(Error::NOT_FOUND)?;
            let on: Date = payload["on"].as_str().and_then(|day| day.parse().ok()).ok_or(Error::NOT_FOUND)?;
            let requirements = payload["requirements"].as_array().cloned().unwrap_or_default();
            let all = attestation::list(tx, institution)?;
            for requirement in requirements.iter().filter_map(Value::as_str) {
                let [evidence, owner] = fields(requirement);
                let now = all.iter().find(|one| one.requirement == requirement && one.attested_on == on);
                // A field that was the same before is not in the change.
                let after = change.after(&evidence);
                if now.is_none_or(|now| after.is_some_and(|after| now.evidence != after)) {
                    return Err(Error::conflict("This was confirmed anew since, so it stays as it is now."));
                }
                match change.before(&evidence) {
                    Some(before) => {
                        let put_back = Attestation {
                            requirement: requirement.to_owned(),
                            attested_on: on,
                            evidence: before.to_owned(),
                            owner: change.before(&owner).unwrap_or(OWNER).to_owned(),
                            account: actor.account(),
                        };
                        attestation::set(tx, institution, &put_back)?;
                    }
                    None => attestation::delete(tx, institution, requirement, on)?,
                }
            }
            let payload = json!({"paper": payload["paper"], "number": payload["number"], "requirements": requirements});
            let event = self.event(actor, "policy.confirmation-undone", ("policy", Some(id.0)), payload);
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// Who recorded a signature, if it was not who signed; and what the check warned of then.
    pub(crate) fn signing_of(
        &self,
        policy: &Policy,
        institution: InstitutionId,
    ) -> Result<(Option<String>, Vec<Check>)> {
        let Some(signature) = policy.signature.as_ref().filter(|_| policy.state != PolicyState::Draft) else {
            return Ok((None, Vec::new()));
        };
        self.store().read(institution, |tx| -> Result<_> {
            let account = match signature.account {
                Some(account) => store::account::find(tx, account)?,
                None => None,
            };
            // Of an account that was erased it cannot be told any more whose it was.
            let name = account.map(|account| account.name).filter(|name| name != ERASED);
            let checks = match store::policy::content(tx, institution, policy.id)? {
                Some(content) => serde_json::from_str::<Vec<Check>>(&content.checks).map_err(Error::fault)?,
                None => Vec::new(),
            };
            let warnings = checks.into_iter().filter(|check| check.standing == CheckStanding::Warn).collect();
            Ok((name.filter(|name| domain::same_name(name) != domain::same_name(&signature.by)), warnings))
        })
    }

    /// What shows it: the version with its days. Names stay out: the version names who signed.
    fn evidence(&self, policy: &Policy, kept: &Kept) -> String {
        let long = domain::date::long;
        let mut steps = Vec::new();
        if let Some(signature) = &policy.signature {
            steps.push(format!("signed on {}", long(signature.on)));
        }
        if let Some(approval) = &policy.approval {
            steps.push(format!("approved on {} ({})", long(approval.on), approval.minute));
        }
        steps.push(format!("published on {}", long(self.published_on(policy))));
        format!("{}, version {}: {}", kept.composed.title, policy.number, steps.join(", "))
    }

    fn published_on(&self, policy: &Policy) -> Date {
        self.context().day_of(policy.published_at.unwrap_or(policy.changed_at))
    }
}

fn fields(requirement: &str) -> [String; 2] {
    [format!("{requirement} evidence"), format!("{requirement} owner")]
}
