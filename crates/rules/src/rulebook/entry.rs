//! Reading one requirement.

use std::collections::BTreeMap;

use domain::InstitutionType;

use super::{
    document::Documents,
    fields::Fields,
    shape::{self, words},
};
use crate::{
    institution::Derivation,
    pack::{Area, Force, InstitutionRequirement, Requirement, Shape, Source, Wording},
};

const FORCES: [(&str, Force); 4] =
    [("must", Force::Must), ("regard", Force::Regard), ("should", Force::Should), ("best", Force::Best)];

const AREAS: [(&str, Area); 13] = [
    ("benchmark-1", Area::Benchmark(1)),
    ("benchmark-2", Area::Benchmark(2)),
    ("benchmark-3", Area::Benchmark(3)),
    ("benchmark-4", Area::Benchmark(4)),
    ("benchmark-5", Area::Benchmark(5)),
    ("benchmark-6", Area::Benchmark(6)),
    ("benchmark-7", Area::Benchmark(7)),
    ("benchmark-8", Area::Benchmark(8)),
    ("provider-access", Area::ProviderAccess),
    ("work-experience", Area::WorkExperience),
    ("ehcp", Area::Ehcp),
    ("publication", Area::Publication),
    ("policy", Area::Policy),
];

/// What several requirements of an edition share.
pub(super) struct Shared<'a> {
    /// Exceptions to the force of every requirement that does not name them itself.
    pub(super) force_for: &'a BTreeMap<InstitutionType, Force>,
    /// The documents that sources cite.
    pub(super) documents: &'a Documents,
}

/// A requirement on each learner.
pub(super) fn learner(entry: Fields<'_>, shared: &Shared<'_>) -> Option<Requirement> {
    let id = entry.text("id");
    let area = entry.word("area", &AREAS);
    let force = entry.word("force", &FORCES);
    let force_for = force_for(&entry, shared);
    let offered = entry.yes_no("offered");
    let scope = shape::scope(&entry);
    let window = shape::window(&entry);
    let shape = shape::met_when(&entry);
    if offered && !matches!(shape, Some(Shape::TwoOccasions) | None) {
        entry.fault("offered", "only provider access is offered to cohorts", "Leave offered out");
    }
    let wording = wording(&entry);
    let sources = sources(&entry, shared.documents, force);
    entry.finish();
    Some(Requirement {
        id: id?,
        area: area?,
        force: force?,
        force_for,
        offered,
        scope: scope?,
        window: window?,
        shape: shape?,
        wording: wording?,
        sources,
    })
}

/// A requirement on the institution as a whole.
pub(super) fn institution(entry: Fields<'_>, shared: &Shared<'_>) -> Option<InstitutionRequirement> {
    let id = entry.text("id");
    let area = entry.word("area", &AREAS);
    let force = entry.word("force", &FORCES);
    let force_for = force_for(&entry, shared);
    let review_months = entry.optional_number("review-months");
    let derived = entry.optional_word("derived", &words(Derivation::ALL, Derivation::word));
    match (review_months, derived) {
        (Some(_), Some(_)) => entry.fault(
            "review-months",
            "what is derived from the record is not attested, so it has no review period",
            "Keep either review-months or derived",
        ),
        (None, None) if entry.optional("review-months").is_none() && entry.optional("derived").is_none() => entry
            .fault(
                "review-months",
                "it is said neither how long an attestation holds nor how the requirement is derived",
                "Add review-months = 12, or derived = …",
            ),
        _ => {}
    }
    let wording = wording(&entry);
    let sources = sources(&entry, shared.documents, force);
    entry.finish();
    Some(InstitutionRequirement {
        id: id?,
        area: area?,
        force: force?,
        force_for,
        review_months,
        derived: derived.map(|derived| derived.word().to_owned()),
        wording: wording?,
        sources,
    })
}

fn force_for(entry: &Fields<'_>, shared: &Shared<'_>) -> BTreeMap<InstitutionType, Force> {
    let mut exceptions = shared.force_for.clone();
    exceptions.extend(own_force_for(entry));
    exceptions
}

/// `force-for = { independent-school = "should" }`.
pub(super) fn own_force_for(entry: &Fields<'_>) -> BTreeMap<InstitutionType, Force> {
    let mut exceptions = BTreeMap::new();
    if let Some(table) = entry.optional_table("force-for") {
        for (word, kind) in words(InstitutionType::ALL, InstitutionType::word) {
            if let Some(force) = table.optional_word(word, &FORCES) {
                exceptions.insert(kind, force);
            }
        }
        table.finish();
    }
    exceptions
}

fn wording(entry: &Fields<'_>) -> Option<Wording> {
    let (title, asks) = (entry.text("title"), entry.text("asks"));
    let (of_whom, by_when, counted) = (entry.text("of-whom"), entry.text("by-when"), entry.text("counted"));
    Some(Wording { title: title?, asks: asks?, of_whom: of_whom?, by_when: by_when?, counted: counted? })
}

fn sources(entry: &Fields<'_>, documents: &Documents, force: Option<Force>) -> Vec<Source> {
    if entry.node("sources").is_none() {
        return Vec::new();
    }
    let items = entry.list("sources");
    if items.is_empty() {
        entry.fault("sources", "no source is named", "Name at least one document and paragraph");
        return Vec::new();
    }
    let sources: Vec<Source> = items
        .iter()
        .filter_map(|item| documents.source(Fields::of(item, entry.path("sources"), entry.faults())?))
        .collect();
    let read = sources.iter().any(|source| matches!(source.evidence, 'V' | 'S'));
    if force == Some(Force::Must) && sources.len() == items.len() && !read {
        entry.fault(
            "sources",
            "a must rests on no source that was read",
            "Cite a source with evidence V or S, or lower the force",
        );
    }
    sources
}
