//! A version with everything that it is made of.

use ::policy::{Choice, ChoiceKind, Composed, Edition, Fact, Facts, Paper, Setting, compose};
use domain::{Date, Institution, InstitutionId, PolicyId};
use serde::{Deserialize, Serialize};
use store::{
    Tx,
    policy::{Policy, PolicyClause, PolicyState},
};

use crate::{
    App, Error, Result,
    frame::Scene,
    token::{digest, hex},
};

/// What is kept whole of a version from its signature on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// The paper.
    pub(crate) composed: Composed,
    /// The facts that are in it, so that it can be told later which of them changed.
    pub(crate) facts: Facts,
}

impl Kept {
    pub(crate) fn json(&self) -> Result<String> {
        serde_json::to_string(self).map_err(Error::fault)
    }

    pub(crate) fn read(json: &str) -> Result<Self> {
        serde_json::from_str(json).map_err(Error::fault)
    }
}

/// A version with its text: as it was signed, or as it would be if it were signed now.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    pub(crate) policy: Policy,
    pub(crate) paper: Paper,
    pub(crate) clauses: Vec<PolicyClause>,
    pub(crate) kept: Kept,
}

impl Written {
    /// Stands for the text, and is another one as soon as a word of it is.
    pub(crate) fn seen(&self) -> Result<String> {
        let json = self.kept.json()?;
        Ok(hex(&digest(json.as_bytes())[..8]))
    }
}

/// What a version can be read with: the institution and what is known of it on a day.
pub(crate) struct Ground<'a> {
    pub(crate) institution: &'a Institution,
    pub(crate) facts: &'a Facts,
}

impl App {
    /// Reads a version; one that is signed is read as it was kept.
    pub(crate) fn written(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        id: PolicyId,
        ground: &Ground<'_>,
    ) -> Result<Written> {
        let policy = store::policy::get(tx, institution, id)?;
        let clauses = store::policy::clauses(tx, institution, id)?;
        let paper = paper_of(&policy)?;
        let kept = match store::policy::content(tx, institution, id)? {
            Some(content) if policy.state != PolicyState::Draft => Kept::read(&content.content)?,
            _ => compose_now(self.edition_of(&policy), paper, ground, &clauses, policy.review_on),
        };
        Ok(Written { policy, paper, clauses, kept })
    }

    /// The same in a transaction of its own.
    pub(crate) fn written_now(&self, scene: &Scene<'_>, facts: &Facts, id: PolicyId) -> Result<Written> {
        let institution = scene.frame.institution.id;
        let ground = Ground { institution: &scene.held.records.institution, facts };
        self.store().read(institution, |tx| self.written(tx, institution, id, &ground))
    }

    /// The edition of a version. One that this program no longer has is read by the oldest that it has.
    pub(crate) fn edition_of(&self, policy: &Policy) -> &Edition {
        self.wording().edition(&policy.edition).unwrap_or(&self.wording().editions()[0])
    }
}

/// The paper that a version is one of.
pub(crate) fn paper_of(policy: &Policy) -> Result<Paper> {
    policy.paper.parse().map_err(|()| Error::fault(format!("there is no paper {:?}", policy.paper)))
}

pub(crate) fn compose_now(
    edition: &Edition,
    paper: Paper,
    ground: &Ground<'_>,
    clauses: &[PolicyClause],
    review_on: Option<Date>,
) -> Kept {
    let mut facts = ground.facts.clone();
    // The paper's own date, and no other's.
    match review_on {
        Some(day) => facts.insert(Fact::ReviewDate, domain::date::long(day)),
        None => facts.remove(&Fact::ReviewDate),
    };
    let choices: Vec<Choice> = clauses.iter().filter_map(choice).collect();
    let setting = Setting { institution: ground.institution, facts: &facts, choices: &choices };
    let composed = compose(edition, paper, setting);
    facts.retain(|fact, _| uses(&composed, *fact));
    Kept { composed, facts }
}

/// Whether the paper fills this fact in.
fn uses(composed: &Composed, fact: Fact) -> bool {
    let place = format!("{{{}}}", fact.word());
    composed.clauses().filter(|(_, clause)| clause.text.is_some()).any(|(_, clause)| {
        let own = clause.choice.as_ref().and_then(ChoiceKind::text).unwrap_or_default();
        let ours = !matches!(clause.choice, Some(ChoiceKind::Replaced(_)));
        own.contains(&place) || ours && clause.template.contains(&place)
    })
}

/// What was chosen for a clause, as the composer has it.
pub(crate) fn choice(clause: &PolicyClause) -> Option<Choice> {
    Some(Choice {
        clause: clause.clause.clone(),
        kind: ChoiceKind::of(&clause.choice, clause.text.clone())?,
        beneath: clause.beneath.clone().unwrap_or_default(),
        at: clause.changed_at,
    })
}
