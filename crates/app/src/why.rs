use rules::{Force, Source, WorkedCase};

use crate::{App, Error, Result};

/// The "why" page of one requirement: what it asks, of whom, by when, where it comes from, how it is counted.
#[derive(Debug, Clone)]
pub struct WhyPage {
    /// The edition.
    pub framework: crate::FrameworkName,
    /// The requirement's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it asks.
    pub asks: String,
    /// Of whom.
    pub of_whom: String,
    /// By when.
    pub by_when: String,
    /// How it is counted.
    pub counted: String,
    /// How strongly it is asked, in general.
    pub force: Force,
    /// Exceptions: type of institution, and how strongly it is asked there.
    pub force_for: Vec<(domain::InstitutionType, Force)>,
    /// Where it comes from.
    pub sources: Vec<Source>,
    /// Whether it is asked for each learner.
    pub is_for_learners: bool,
    /// Whether it follows from the record, for what is asked of the institution.
    pub is_derived: bool,
    /// Worked cases, for what is asked for learners.
    pub cases: Vec<WorkedCase>,
}

impl App {
    /// Why a requirement is asked, and how it is counted. `framework` is the id of an edition.
    ///
    /// # Errors
    /// If there is no such edition or requirement.
    pub fn why(&self, framework: &str, id: &str) -> Result<WhyPage> {
        let pack = self.rulebook().pack(framework).ok_or(Error::NOT_FOUND)?;
        let edition = crate::FrameworkName { id: pack.id.clone(), title: pack.title.clone() };
        let cases = self.0.cases.of(&pack.id, id).to_vec();
        if let Some(asked) = pack.requirements.iter().find(|requirement| requirement.id == id) {
            return Ok(WhyPage {
                framework: edition,
                id: asked.id.clone(),
                title: asked.wording.title.clone(),
                asks: asked.wording.asks.clone(),
                of_whom: asked.wording.of_whom.clone(),
                by_when: asked.wording.by_when.clone(),
                counted: asked.wording.counted.clone(),
                force: asked.force,
                force_for: asked.force_for.iter().map(|(kind, force)| (*kind, *force)).collect(),
                sources: asked.sources.clone(),
                is_for_learners: true,
                is_derived: true,
                cases,
            });
        }
        let asked = pack.institution_requirements.iter().find(|r| r.id == id).ok_or(Error::NOT_FOUND)?;
        Ok(WhyPage {
            framework: edition,
            id: asked.id.clone(),
            title: asked.wording.title.clone(),
            asks: asked.wording.asks.clone(),
            of_whom: asked.wording.of_whom.clone(),
            by_when: asked.wording.by_when.clone(),
            counted: asked.wording.counted.clone(),
            force: asked.force,
            force_for: asked.force_for.iter().map(|(kind, force)| (*kind, *force)).collect(),
            sources: asked.sources.clone(),
            is_for_learners: false,
            is_derived: asked.derived.is_some(),
            cases,
        })
    }
}
