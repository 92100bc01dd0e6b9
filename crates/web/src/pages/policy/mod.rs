//! The careers policy and the provider access statement: written, checked, signed, approved and published.

mod checks;
mod clause;
mod compare;
mod earlier;
mod edition;
mod overview;
mod part;
mod section;
mod sign;
mod text;
mod version;

pub(crate) use checks::get as checks;
pub(crate) use clause::{get as clause, save as save_clause, undo};
pub(crate) use compare::get as compare;
#[cfg(test)]
pub(crate) use earlier::{EarlierPage, PartGroup, PartLine, SettledLine};
pub(crate) use earlier::{get as earlier, read_in};
pub(crate) use edition::{get as edition, save as save_edition};
pub(crate) use overview::{begin, get as overview};
#[cfg(test)]
pub(crate) use part::PartPage;
pub(crate) use part::{aside as set_part_aside, get as part, put as put_part, take_back as take_part_back};
pub(crate) use section::get as section;
pub(crate) use sign::{approve, confirm, get_approval, get_signature, publish, return_to_draft, sign, undo_confirm};
pub(crate) use text::{get as text, save as file};
pub(crate) use version::{get as version, review};

#[cfg(test)]
pub(crate) use self::{
    checks::ChecksPage,
    clause::ClausePage,
    compare::{ClauseCompared, ComparePage},
    edition::{EditionLine, EditionPage},
    overview::{OverviewPage, PaperCard, VersionLine, Work},
    section::{ClauseCard, SectionPage},
    sign::SignPage,
    text::TextPage,
    version::{ChangeLine, CoverLine, SectionLine, VersionPage},
};

use app::{ClausePlace, Policy, PolicyState};
use domain::PolicyId;
use policy::{Check, CheckCode, CheckStanding, PromiseStanding};

use crate::{
    answer::Failure,
    pages::fact_place,
    parts::{Sign, Tag},
    place::Place,
};

/// A finding of the check as pages show it.
pub(crate) struct CheckLine {
    pub(crate) tag: Tag,
    pub(crate) what: String,
    /// Where it is mended, and what the link says.
    pub(crate) way: Option<(String, String)>,
}

fn id(text: &str) -> Result<PolicyId, Failure> {
    text.parse().map_err(|_| Failure::NOT_FOUND)
}

/// How far a version has come, as a sign.
fn state(policy: &Policy) -> Tag {
    match policy.state {
        PolicyState::Draft => Tag::new(Sign::Due, "Draft"),
        PolicyState::Signed => Tag::new(Sign::Planned, "Signed"),
        PolicyState::Approved => Tag::new(Sign::Planned, "Approved"),
        PolicyState::Published => Tag::new(Sign::Met, "Published"),
        PolicyState::Superseded => Tag::new(Sign::Upcoming, "Superseded"),
    }
}

/// Findings with where each is mended. `place_of` says where a clause stands; `asked_of_all` are requirements of the institution as a
/// whole, which have no list of learners.
fn lines(
    checks: &[Check],
    policy: &Policy,
    asked_of_all: &[String],
    place: &Place,
    place_of: impl Fn(&str) -> Option<ClausePlace>,
) -> Vec<CheckLine> {
    let line = |check: &Check| {
        let tag = match (&check.promise, check.standing) {
            (Some(promise), _) => Tag::new(promised(promise.standing), promise.standing.label()),
            (None, CheckStanding::Stop) => Tag::new(Sign::Due, check.standing.label()),
            (None, CheckStanding::Warn) => Tag::new(Sign::Planned, check.standing.label()),
            (None, CheckStanding::Good) => Tag::new(Sign::Met, check.standing.label()),
        };
        let found = check.clause.as_deref().and_then(|key| Some((key, place_of(key)?)));
        let to_clause = found.as_ref().map(|(key, at)| {
            (place.to(&format!("policy/{}/sections/{}#{key}", policy.id, at.section)), "Go to the clause".to_owned())
        });
        let what = match (&found, check.code) {
            // What is said of one clause alone says first which it is.
            (
                Some((_, at)),
                CheckCode::ExampleOpen
                | CheckCode::LeftOver
                | CheckCode::NothingSaid
                | CheckCode::RecommendedRemoved
                | CheckCode::WordingChanged,
            ) => format!("{}, clause {}: {}", at.heading, at.number, lower(&check.sentence())),
            // How a promise stands is said by the sign before it.
            _ => check.promise.as_ref().map_or_else(|| check.sentence(), |promise| promise.says.clone()),
        };
        let way = match (check.code, check.fact, &check.promise) {
            (_, Some(fact), _) if fact != ::policy::Fact::ReviewDate => {
                Some((fact_place::href_from(place, fact, policy.id), "Enter it".to_owned()))
            }
            (_, _, Some(promise)) if asked_of_all.contains(&promise.requirement) => {
                Some((place.to(&format!("requirements/{}/why", promise.requirement)), "See what is asked".to_owned()))
            }
            (_, _, Some(promise)) => {
                Some((place.to(&format!("requirements/{}", promise.requirement)), "See who and why".to_owned()))
            }
            (CheckCode::ReviewDate | CheckCode::ReviewTooLate | CheckCode::FactMissing, ..) => {
                Some((place.to(&format!("policy/{}#review", policy.id)), "Set the review date".to_owned()))
            }
            _ => to_clause,
        };
        CheckLine { tag, what, way }
    };
    checks.iter().map(line).collect()
}

fn promised(standing: PromiseStanding) -> Sign {
    match standing {
        PromiseStanding::Kept => Sign::Met,
        PromiseStanding::AtRisk => Sign::Due,
        PromiseStanding::Broken => Sign::Missed,
        PromiseStanding::Unknown => Sign::Upcoming,
    }
}

/// A sentence that goes on after a colon.
fn lower(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
