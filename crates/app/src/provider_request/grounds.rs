//! On which grounds access is refused: those that the institution publishes, or else ours. That a provider competes for pupils is
//! never one: access is given for the learners to know what there is (Education Act 1997 s.42B).

use domain::InstitutionId;
use store::Tx;

use crate::Result;

/// Under which name the institution keeps its own, one a line.
const OWN: &str = "grounds-refusing";

/// Grounds that a school may well publish.
const USUAL: [&str; 6] = [
    "The need is met already: these learners meet another provider of the same kind",
    "It would not be in the learners’ best interests",
    "The provider does not know, or has no suitable pathways for, these learners’ needs",
    "There is no suitable day or room in the time asked for",
    "Visitor checks were not satisfied",
    "The provider offers no approved technical qualifications or apprenticeships",
];

/// What is never a ground.
pub(super) const NEVER: &str =
    "That a provider competes with the institution for learners is never a ground for refusing.";

/// The published grounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grounds {
    /// Each, in the published order.
    pub list: Vec<String>,
    /// Whether they are the institution's own words.
    pub is_own: bool,
    /// What is never one.
    pub never: &'static str,
}

/// The grounds that the institution publishes, or ours if it wrote none down.
pub(super) fn grounds(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Grounds> {
    let own = store::institution_text::list(tx, institution)?.into_iter().find(|text| text.name == OWN);
    let own = own.map_or(Vec::new(), |text| listed(&text.text));
    let is_own = !own.is_empty();
    let list = if is_own { own } else { USUAL.iter().map(|ground| (*ground).to_owned()).collect() };
    Ok(Grounds { list, is_own, never: NEVER })
}

/// The points of a list, or its lines if nothing is marked as one.
fn listed(text: &str) -> Vec<String> {
    let marked = |line: &str| line.trim().strip_prefix(['-', '*', '•']).map(|rest| rest.trim().to_owned());
    let points: Vec<String> = text.lines().filter_map(marked).filter(|point| !point.is_empty()).collect();
    if !points.is_empty() {
        return points;
    }
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grounds_are_the_points_of_the_published_list_or_its_lines() {
        assert_eq!(
            listed("We refuse if:\n\n- There is no room\n* Checks failed\n"),
            ["There is no room", "Checks failed"]
        );
        assert_eq!(listed("There is no room\n\nChecks failed"), ["There is no room", "Checks failed"]);
        assert_eq!(listed(" \n"), Vec::<String>::new());
    }
}
