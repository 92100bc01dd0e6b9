use std::collections::BTreeMap;

use domain::{Date, InstitutionType};

use super::story;
use crate::{
    Cases, Rulebook,
    pack::{Amount, Area, Force, InstitutionRequirement, Pack, Requirement, Settled, Shape, Source, Virtual, Wording},
};

/// All there is to say about one requirement of one framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CataloguePage {
    /// The id of the framework.
    pub framework: String,
    /// What people call the framework.
    pub framework_title: String,
    /// The id of the requirement.
    pub id: String,
    /// What it belongs to.
    pub area: Area,
    /// Title, what it asks, of whom, by when, how it is counted.
    pub wording: Wording,
    /// How strongly it is asked of each type of institution that works to the framework.
    pub force_of: BTreeMap<InstitutionType, Force>,
    /// Earlier forces, each with the last day on which it held, the oldest first; of the type first in the list above.
    pub earlier_forces: Vec<(Force, Date)>,
    /// Whether it is asked for each learner; otherwise of the institution as a whole.
    pub for_each_learner: bool,
    /// Whether the institution must offer it to each cohort.
    pub offered: bool,
    /// What the institution may set.
    pub parameters: Vec<CatalogueParameter>,
    /// Where it comes from.
    pub sources: Vec<CatalogueSource>,
    /// Worked examples.
    pub cases: Vec<CatalogueCase>,
}

/// A value that an institution may set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueParameter {
    /// Its name in the settings.
    pub name: String,
    /// What holds unless it is set: `2`, `no`.
    pub default: String,
    /// What it decides.
    pub about: String,
}

/// A paragraph of law or guidance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueSource {
    /// Document and paragraph.
    pub title: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// How sure the fact is, in words.
    pub evidence: &'static str,
}

/// A worked example in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueCase {
    /// What it shows, as a sentence.
    pub that: String,
    /// Who, when, and what happened, a sentence each.
    pub given: Vec<String>,
    /// The word of the status: `met`, `due`.
    pub status: &'static str,
    /// What follows, as a sentence.
    pub outcome: String,
}

impl CataloguePage {
    /// Types of institution by how strongly it is asked of them, the strongest first.
    pub fn forces(&self) -> Vec<(Force, Vec<InstitutionType>)> {
        let mut forces: BTreeMap<Force, Vec<InstitutionType>> = BTreeMap::new();
        for (kind, force) in &self.force_of {
            forces.entry(*force).or_default().push(*kind);
        }
        forces.into_iter().collect()
    }
}

/// The page of one requirement, in its latest state within the framework; `None` if there is no such requirement.
pub fn page(rulebook: &Rulebook, cases: &Cases, framework: &str, id: &str) -> Option<CataloguePage> {
    let pack = rulebook.pack(framework)?;
    let learner = pack.requirements.iter().find(|requirement| requirement.id == id);
    let whole = pack.institution_requirements.iter().find(|requirement| requirement.id == id);
    match (learner, whole) {
        (Some(requirement), _) => Some(learner_page(rulebook, cases, pack, requirement)),
        (None, Some(requirement)) => Some(whole_page(rulebook, cases, pack, requirement)),
        (None, None) => None,
    }
}

/// The pages of a framework, in the order in which reports list its requirements.
pub fn pages(rulebook: &Rulebook, cases: &Cases, framework: &str) -> Vec<CataloguePage> {
    let Some(pack) = rulebook.pack(framework) else { return Vec::new() };
    let learner = pack.requirements.iter().map(|requirement| learner_page(rulebook, cases, pack, requirement));
    let whole = pack.institution_requirements.iter().map(|requirement| whole_page(rulebook, cases, pack, requirement));
    learner.chain(whole).collect()
}

fn learner_page(rulebook: &Rulebook, cases: &Cases, pack: &Pack, requirement: &Requirement) -> CataloguePage {
    let force_of = |kind| requirement.force_of(kind);
    let earlier =
        |pack: &Pack, kind| pack.requirements.iter().find(|r| r.id == requirement.id).map(|r| r.force_of(kind));
    CataloguePage {
        framework: pack.id.clone(),
        framework_title: pack.title.clone(),
        id: requirement.id.clone(),
        area: requirement.area,
        wording: requirement.wording.clone(),
        force_of: each_type(pack, force_of),
        earlier_forces: earlier_forces(rulebook, pack, earlier),
        for_each_learner: true,
        offered: requirement.offered,
        parameters: parameters(pack, requirement),
        sources: requirement.sources.iter().map(source).collect(),
        cases: cases.of(&pack.id, &requirement.id).iter().map(story::of_learner).collect(),
    }
}

fn whole_page(rulebook: &Rulebook, cases: &Cases, pack: &Pack, requirement: &InstitutionRequirement) -> CataloguePage {
    let force_of = |kind| requirement.force_of(kind);
    let earlier = |pack: &Pack, kind| {
        pack.institution_requirements.iter().find(|r| r.id == requirement.id).map(|r| r.force_of(kind))
    };
    CataloguePage {
        framework: pack.id.clone(),
        framework_title: pack.title.clone(),
        id: requirement.id.clone(),
        area: requirement.area,
        wording: requirement.wording.clone(),
        force_of: each_type(pack, force_of),
        earlier_forces: earlier_forces(rulebook, pack, earlier),
        for_each_learner: false,
        offered: false,
        parameters: Vec::new(),
        sources: requirement.sources.iter().map(source).collect(),
        cases: cases.whole(&pack.id, &requirement.id).iter().map(story::of_institution).collect(),
    }
}

fn each_type(pack: &Pack, force: impl Fn(InstitutionType) -> Force) -> BTreeMap<InstitutionType, Force> {
    let kinds = InstitutionType::ALL.iter().copied().filter(|kind| kind.sector() == pack.sector);
    kinds.map(|kind| (kind, force(kind))).collect()
}

/// Forces that held earlier within the same edition.
fn earlier_forces(
    rulebook: &Rulebook,
    pack: &Pack,
    force: impl Fn(&Pack, InstitutionType) -> Option<Force>,
) -> Vec<(Force, Date)> {
    let Some(kind) = InstitutionType::ALL.iter().copied().find(|kind| kind.sector() == pack.sector) else {
        return Vec::new();
    };
    let now = force(pack, kind);
    let mut earlier: Vec<(Force, Date)> = Vec::new();
    for span in rulebook.packs().iter().filter(|span| span.id == pack.id) {
        let (Some(then), Some(until)) = (force(span, kind), span.until) else { continue };
        if Some(until) == pack.until {
            continue;
        }
        match earlier.last_mut() {
            Some(last) if last.0 == then => last.1 = until,
            _ => earlier.push((then, until)),
        }
    }
    if let Some((force, _)) = earlier.last()
        && Some(*force) == now
    {
        earlier.pop();
    }
    earlier
}

fn parameters(pack: &Pack, requirement: &Requirement) -> Vec<CatalogueParameter> {
    let (amount, virtual_rule) = match &requirement.shape {
        Shape::Count { at_least, virtual_rule, .. } | Shape::ProviderTypes { at_least, virtual_rule, .. } => {
            (Some(at_least), *virtual_rule)
        }
        Shape::Hours { at_least, .. } => (Some(at_least), Virtual::Counts),
        _ => (None, Virtual::Counts),
    };
    let is_read = |name: &str| {
        matches!(amount, Some(Amount::Parameter(of)) if of == name)
            || (name == "virtual-alone-counts" && virtual_rule != Virtual::Counts)
    };
    pack.parameters
        .iter()
        .filter(|parameter| is_read(&parameter.name))
        .map(|parameter| CatalogueParameter {
            name: parameter.name.clone(),
            default: match parameter.default {
                Settled::Number(number) => number.to_string(),
                Settled::YesNo(true) => "yes".to_owned(),
                Settled::YesNo(false) => "no".to_owned(),
            },
            about: parameter.about.clone(),
        })
        .collect()
}

fn source(source: &Source) -> CatalogueSource {
    CatalogueSource {
        title: source.title.clone(),
        url: source.url.clone(),
        evidence: super::evidence_label(source.evidence),
    }
}
