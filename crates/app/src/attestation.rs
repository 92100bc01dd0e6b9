use domain::InstitutionId;
use rules::{InstitutionFinding, InstitutionStatus};
use serde_json::json;

use crate::{Action, Actor, App, Error, Problems, Result, audit::changes, frame::Scene};

/// How the institution as a whole stands against one requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstitutionStanding {
    /// What was found, and on what it rests.
    pub finding: InstitutionFinding,
    /// The requirement's title.
    pub title: String,
    /// What it asks.
    pub asks: String,
    /// How it is decided.
    pub counted: String,
    /// Whether it follows from the record, so that nobody can tick it.
    pub is_derived: bool,
}

impl InstitutionStanding {
    /// Whether it is asked and does not hold.
    pub fn is_open(&self) -> bool {
        matches!(self.finding.status, InstitutionStatus::NotYet | InstitutionStatus::Stale)
    }
}

/// An attestation as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AttestationForm {
    /// What shows it: a link, a document, a minute.
    pub evidence: String,
    /// Who looks after it.
    pub owner: String,
    /// The day on which it was so; blank is today.
    pub attested_on: String,
}

impl App {
    /// Records that something asked of the institution as a whole is so, with evidence.
    ///
    /// # Errors
    /// If the actor may not record here, nothing such is asked, it follows from the record, or the form has problems.
    pub fn attest(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        requirement: &str,
        form: &AttestationForm,
    ) -> Result<()> {
        actor.ask_for_all(Action::Confirm, institution)?;
        let held = self.held(institution)?;
        let today = self.context().today();
        let pack = self.rulebook().framework(held.records.institution.kind, today);
        let asked = pack.institution_requirements.iter().find(|r| r.id == requirement).ok_or(Error::NOT_FOUND)?;
        if asked.derived.is_some() {
            return Err(Error::problem(
                "evidence",
                "This follows from what is recorded, so it cannot be ticked by hand.",
            ));
        }
        let mut problems = Problems::default();
        let evidence = problems.required("evidence", &form.evidence, "what shows it, such as a link or a minute");
        let owner = problems.required("owner", &form.owner, "who looks after it");
        let attested_on = match form.attested_on.trim() {
            "" => Some(today),
            text => problems.take(
                "attested_on",
                domain::date::parse(text)
                    .filter(|date| *date <= today)
                    .ok_or_else(|| "Enter a day such as 12/11/2026, not one to come.".to_owned()),
            ),
        };
        problems.check()?;
        let attestation = store::attestation::Attestation {
            requirement: requirement.to_owned(),
            attested_on: attested_on.unwrap_or(today),
            evidence,
            owner,
            account: actor.account(),
        };
        self.store().write(institution, |tx| -> Result<()> {
            let before = store::attestation::list(tx, institution)?.into_iter().rfind(|a| a.requirement == requirement);
            let changed = changes(before.as_ref().map(fields).into_iter().flatten(), fields(&attestation));
            let event = self
                .event(actor, "attested", ("requirement", None), json!({"requirement": requirement}))
                .with([self.detail(None, &changed)]);
            store::attestation::set(tx, institution, &attestation)?;
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// Every requirement of the institution as a whole, in the order of the edition.
    pub(crate) fn institution_standings(&self, scene: &Scene<'_>) -> Result<Vec<InstitutionStanding>> {
        let id = scene.frame.institution.id;
        let (attestations, contacts, texts) = self.store().read(id, |tx| -> Result<_> {
            let texts = store::institution_text::list(tx, id)?;
            Ok((store::attestation::list(tx, id)?, store::institution::contacts(tx, id)?.1, texts))
        })?;
        let policies = self.store().read(id, |tx| store::policy::list(tx, id))?;
        let (policy_signed_on, policy_review_on) = self.policy_held(&policies, scene.frame.as_of);
        let leads = crate::CareersPost::CareersLeader;
        let careers_leader = crate::careers_team::holder(&contacts, leads, scene.frame.as_of).cloned();
        let holdings = rules::Holdings {
            attestations: attestations
                .iter()
                .map(|attestation| rules::Attestation {
                    requirement: attestation.requirement.clone(),
                    answer: rules::Answer::Met,
                    attested_on: attestation.attested_on,
                    evidence: attestation.evidence.clone(),
                    owner: attestation.owner.clone(),
                })
                .collect(),
            careers_leader: careers_leader.map_or(rules::CareersLeader::default(), |contact| rules::CareersLeader {
                name: contact.name,
                email: contact.email.unwrap_or_default(),
                telephone: contact.phone.unwrap_or_default(),
            }),
            policy_signed_on,
            policy_review_on,
            programme: rules::ProgrammeYear::of(&scene.held.records, scene.frame.as_of),
            website_review_on: crate::own_words::website_review(&texts),
        };
        let kind = scene.held.records.institution.kind;
        let findings = rules::evaluate_institution(scene.pack, kind, &holdings, scene.frame.as_of);
        Ok(scene
            .pack
            .institution_requirements
            .iter()
            .zip(findings)
            .map(|(asked, finding)| InstitutionStanding {
                title: asked.wording.title.clone(),
                asks: asked.wording.asks.clone(),
                counted: asked.wording.counted.clone(),
                is_derived: asked.derived.is_some(),
                finding,
            })
            .collect())
    }
}

fn fields(attestation: &store::attestation::Attestation) -> [(&'static str, String); 3] {
    [
        ("attested_on", attestation.attested_on.to_string()),
        ("evidence", attestation.evidence.clone()),
        ("owner", attestation.owner.clone()),
    ]
}
