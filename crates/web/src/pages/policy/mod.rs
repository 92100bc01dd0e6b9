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
    overview::{OverviewPage, PaperCard, VersionLine},
    section::{ClauseCard, SectionPage},
    sign::SignPage,
    text::TextPage,
    version::{ChangeLine, CoverLine, SectionLine, VersionPage},
};

use app::{Policy, PolicyState};
use domain::PolicyId;
use policy::{Check, CheckCode, CheckStanding};

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

/// Findings with where each is mended. `section_of` says in which section a clause stands; `asked_of_all` are requirements of the institution as a
/// whole, which have no list of learners.
fn lines(
    checks: &[Check],
    policy: &Policy,
    asked_of_all: &[String],
    place: &Place,
    section_of: impl Fn(&str) -> Option<(String, String)>,
) -> Vec<CheckLine> {
    let line = |check: &Check| {
        let tag = match check.standing {
            CheckStanding::Stop => Tag::new(Sign::Missed, check.standing.label()),
            CheckStanding::Warn => Tag::new(Sign::Due, check.standing.label()),
            CheckStanding::Good => Tag::new(Sign::Met, check.standing.label()),
        };
        let section = check.clause.as_deref().and_then(|key| Some((key, section_of(key)?)));
        let to_clause = section.as_ref().map(|(key, (section, heading))| {
            (
                place.to(&format!("policy/{}/sections/{section}#{key}", policy.id)),
                format!("Go to the clause in “{heading}”"),
            )
        });
        let what = check.sentence();
        let way = match (check.code, check.fact, &check.promise) {
            (_, Some(fact), _) if fact != ::policy::Fact::ReviewDate => {
                Some((fact_place::href(place, fact), "Enter it".to_owned()))
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
