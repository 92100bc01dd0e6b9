use domain::Date;
use jiff::ToSpan;
use serde::{Deserialize, Serialize};

use crate::{Composed, Fact, Provenance, choice::ChoiceKind};

/// How a promise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PromiseStanding {
    /// Everybody it is promised to has it, or has it planned in time.
    Kept,
    /// Somebody still lacks it, and there is time.
    AtRisk,
    /// Somebody missed it.
    Broken,
    /// There is nobody yet of whom it could be said.
    Unknown,
}

/// What the record says of a promise that the paper makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseFinding {
    /// Id of the rulebook's requirement.
    pub requirement: String,
    /// How it stands.
    pub standing: PromiseStanding,
    /// The figures, in a sentence: “A workplace experience by the end of Year 11: 83 % on 23 November 2026.”
    pub says: String,
}

/// How much a finding of the check weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckStanding {
    /// It has to be mended before anybody signs.
    Stop,
    /// It should be looked at.
    Warn,
    /// It is as it should be.
    Good,
}

/// What a finding of the check is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckCode {
    /// Something that the record fills in is not known.
    FactMissing,
    /// An example is neither replaced nor confirmed.
    ExampleOpen,
    /// A recommended clause was left out.
    RecommendedRemoved,
    /// The wording beneath the school's own words has changed.
    WordingChanged,
    /// There is no review date, or it has passed.
    ReviewDate,
    /// The review date is further away than the longest review period.
    ReviewTooLate,
    /// What the record says of a promise.
    Promise,
}

/// One finding of the check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// What it is about.
    pub code: CheckCode,
    /// How much it weighs.
    pub standing: CheckStanding,
    /// Key of the clause, if it is about one.
    pub clause: Option<String>,
    /// The fact that is missing.
    pub fact: Option<Fact>,
    /// The promise.
    pub promise: Option<PromiseFinding>,
}

impl Check {
    fn new(code: CheckCode, standing: CheckStanding) -> Self {
        Self { code, standing, clause: None, fact: None, promise: None }
    }

    fn at(mut self, clause: &str) -> Self {
        self.clause = Some(clause.to_owned());
        self
    }
}

/// What still has to be done, or looked at, before a paper is signed; the gravest first, then in the order of the paper. `promises`
/// is what the record says of each requirement that the paper promises.
pub fn check(composed: &Composed, promises: &[PromiseFinding], review_on: Option<Date>, today: Date) -> Vec<Check> {
    let mut checks = Vec::new();
    for (_, clause) in composed.clauses() {
        for fact in clause.missing.iter().filter(|_| clause.text.is_some()) {
            checks.push(Check {
                fact: Some(*fact),
                ..Check::new(CheckCode::FactMissing, CheckStanding::Stop).at(&clause.key)
            });
        }
        match (clause.provenance, &clause.choice) {
            (Provenance::Example, None | Some(ChoiceKind::Added(_))) => {
                checks.push(Check::new(CheckCode::ExampleOpen, CheckStanding::Stop).at(&clause.key));
            }
            (Provenance::Recommended, Some(ChoiceKind::Removed)) => {
                checks.push(Check::new(CheckCode::RecommendedRemoved, CheckStanding::Warn).at(&clause.key));
            }
            _ => {}
        }
        if clause.outdated.is_some() {
            checks.push(Check::new(CheckCode::WordingChanged, CheckStanding::Warn).at(&clause.key));
        }
        for promise in clause.promises.iter().filter(|_| clause.text.is_some()) {
            let Some(finding) = promises.iter().find(|finding| finding.requirement == *promise) else { continue };
            let standing = match finding.standing {
                PromiseStanding::Kept => CheckStanding::Good,
                PromiseStanding::AtRisk | PromiseStanding::Broken | PromiseStanding::Unknown => CheckStanding::Warn,
            };
            checks.push(Check {
                promise: Some(finding.clone()),
                ..Check::new(CheckCode::Promise, standing).at(&clause.key)
            });
        }
    }
    match review_on {
        None => checks.push(Check::new(CheckCode::ReviewDate, CheckStanding::Stop)),
        Some(day) if day <= today => checks.push(Check::new(CheckCode::ReviewDate, CheckStanding::Stop)),
        Some(day) if day > today.saturating_add(composed.paper.longest_review().months()) => {
            checks.push(Check::new(CheckCode::ReviewTooLate, CheckStanding::Stop));
        }
        Some(_) => {}
    }
    checks.sort_by_key(|check| check.standing);
    checks
}
