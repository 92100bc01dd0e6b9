//! Each fact that the wording states, stated again here from the law and the guidance, and compared with the rulebook where that has
//! the value. Whoever changes a clause's fact changes it here too, and says why.

mod access;
mod benchmarks;
mod law;

use domain::InstitutionType::{self, self as T};
use policy::{Facts, Paper, Provenance, Setting, compose};
use rules::{Amount, Bound, Pack, Requirement, Shape, Window};

use crate::{edition, sample};

const BOUND: [InstitutionType; 4] = [T::MaintainedSchool, T::Academy, T::SpecialSchool, T::AlternativeProvision];
const COLLEGES: [InstitutionType; 3] = [T::SixthFormCollege, T::Academy16To19, T::FeCollege];

/// What a clause says to an institution of this type with its usual years, and how far it binds; none if it is not for it.
fn said(kind: InstitutionType, key: &str) -> Option<(Provenance, String)> {
    let institution = sample::institution(kind);
    let facts = Facts::new();
    Paper::ALL.into_iter().find_map(|paper| {
        let setting = Setting { institution: &institution, facts: &facts, choices: &[] };
        let composed = compose(edition(), paper, setting);
        let clause = composed.clause(key)?;
        Some((clause.provenance, clause.text.clone().unwrap_or_default()))
    })
}

/// These types, and no others, are told this by the clause, and it binds them so far.
fn states(key: &str, provenance: Provenance, kinds: &[InstitutionType], facts: &[&str]) {
    for kind in InstitutionType::ALL {
        let Some((binds, text)) = said(*kind, key) else {
            assert!(!kinds.contains(kind), "{key} is not for {kind}");
            continue;
        };
        assert_eq!(binds == provenance, kinds.contains(kind), "{key} is {binds:?} for {kind}");
        if kinds.contains(kind) {
            for fact in facts {
                assert!(text.contains(fact), "{key} does not say to {kind}: {fact}\n{text}");
            }
        }
    }
}

/// The same for clauses that nobody else has at all.
fn states_alone(key: &str, provenance: Provenance, kinds: &[InstitutionType], facts: &[&str]) {
    states(key, provenance, kinds, facts);
    for kind in InstitutionType::ALL.iter().filter(|kind| !kinds.contains(kind)) {
        assert!(said(*kind, key).is_none(), "{key} is for {kind}");
    }
}

fn requirement<'a>(pack: &'a Pack, id: &str) -> &'a Requirement {
    pack.requirements.iter().find(|requirement| requirement.id == id).unwrap_or_else(|| panic!("{id}"))
}

/// First and last year group of a requirement's window.
fn window(requirement: &Requirement) -> (i8, i8, Bound) {
    match requirement.window {
        Window::Years { first, last, closes, .. } => (first.number(), last.number(), closes),
        other => panic!("{}: {other:?}", requirement.id),
    }
}

fn at_least(requirement: &Requirement) -> u32 {
    match &requirement.shape {
        Shape::Count { at_least: Amount::Fixed(number), .. } => *number,
        other => panic!("{}: {other:?}", requirement.id),
    }
}
