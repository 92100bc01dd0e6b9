mod sentence;

use domain::{Date, Institution};
use jiff::ToSpan;
use serde::{Deserialize, Serialize};

use crate::{Composed, ComposedClause, Edition, Fact, Paper, Provenance, choice::ChoiceKind};

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
    /// Whether every statutory clause for this type is there, and every item that the paper must or should have.
    Item,
    /// Something that the record fills in is not known.
    FactMissing,
    /// An example is neither replaced nor confirmed.
    ExampleOpen,
    /// The school's own words hold something that was to be filled in or deleted.
    LeftOver,
    /// The school's own words take a clause's place and say nothing.
    NothingSaid,
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

/// One finding of the check. [`Check::sentence`] says it.
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
    /// Id of the rulebook's requirement that an item answers.
    pub requirement: Option<String>,
    /// The words that it is about.
    pub words: Option<String>,
}

impl Check {
    fn new(code: CheckCode, standing: CheckStanding) -> Self {
        Self { code, standing, clause: None, fact: None, promise: None, requirement: None, words: None }
    }

    fn at(mut self, clause: &ComposedClause) -> Self {
        self.clause = Some(clause.key.clone());
        self
    }

    fn saying(mut self, words: &str) -> Self {
        self.words = Some(words.to_owned());
        self
    }
}

/// What still has to be done, or looked at, before a paper is signed; the gravest first, then in the order of the paper. `promises`
/// is what the record says of each requirement that the paper promises.
pub fn check(composed: &Composed, promises: &[PromiseFinding], review_on: Option<Date>, today: Date) -> Vec<Check> {
    let mut checks = items(composed);
    for (_, clause) in composed.clauses() {
        of_clause(clause, promises, &mut checks);
    }
    match review_on {
        None => checks.push(Check::new(CheckCode::ReviewDate, CheckStanding::Stop)),
        Some(day) if day <= today => {
            checks.push(Check::new(CheckCode::ReviewDate, CheckStanding::Stop).saying(&domain::date::long(day)));
        }
        Some(day) if day > today.saturating_add(composed.paper.longest_review().months()) => {
            checks.push(
                Check::new(CheckCode::ReviewTooLate, CheckStanding::Stop).saying(composed.paper.longest_review_words()),
            );
        }
        Some(_) => {}
    }
    checks.sort_by_key(|check| check.standing);
    checks
}

/// The items that a paper has to have, each by the requirement that it answers: the four that section 42B(5) of the Education Act 1997
/// asks of the statement, and the four that schools publish.
pub const fn needed_items(paper: Paper) -> &'static [&'static str] {
    match paper {
        Paper::ProviderAccess => &["pal.policy.1", "pal.policy.2", "pal.policy.3", "pal.policy.4"],
        Paper::CareersPolicy => &["web.1", "web.2", "web.3", "web.4"],
    }
}

/// Whether the paper has its items. Where the clauses are statutory a lack stops, elsewhere it warns.
fn items(composed: &Composed) -> Vec<Check> {
    let mut checks = Vec::new();
    for requirement in needed_items(composed.paper) {
        let covering: Vec<_> = composed
            .clauses()
            .filter(|(_, clause)| clause.covers.iter().any(|covered| covered == requirement))
            .collect();
        let is_bound = covering.iter().any(|(_, clause)| clause.provenance == Provenance::Statutory);
        let is_said = covering.iter().any(|(_, clause)| says_something(clause));
        let standing = match (is_said, is_bound) {
            (true, _) => CheckStanding::Good,
            (false, true) => CheckStanding::Stop,
            (false, false) => CheckStanding::Warn,
        };
        let mut item = Check::new(CheckCode::Item, standing);
        item.requirement = Some((*requirement).to_owned());
        item.clause = covering.first().map(|(_, clause)| clause.key.clone());
        checks.push(item);
    }
    checks
}

/// Whether a kept paper holds everything that an edition has as statutory for this institution: a paper that was composed from an
/// earlier edition, or for years that were taught then, may not.
pub fn statutory_lacks(composed: &Composed, edition: &Edition, institution: &Institution) -> Vec<Check> {
    edition
        .sections(composed.paper)
        .flat_map(|section| &section.clauses)
        .filter(|clause| clause.is_for(institution) && clause.provenance_for(institution.kind) == Provenance::Statutory)
        .filter(|clause| composed.clause(&clause.key).is_none_or(|kept| !says_something(kept)))
        .map(|clause| Check { clause: Some(clause.key.clone()), ..Check::new(CheckCode::Item, CheckStanding::Stop) })
        .collect()
}

fn says_something(clause: &ComposedClause) -> bool {
    clause.text.as_deref().is_some_and(|text| text.chars().any(char::is_alphanumeric))
}

fn of_clause(clause: &ComposedClause, promises: &[PromiseFinding], checks: &mut Vec<Check>) {
    match (clause.provenance, &clause.choice) {
        (Provenance::Example, None | Some(ChoiceKind::Added(_))) => {
            checks.push(Check::new(CheckCode::ExampleOpen, CheckStanding::Stop).at(clause));
        }
        (Provenance::Recommended, Some(ChoiceKind::Removed)) => {
            checks.push(Check::new(CheckCode::RecommendedRemoved, CheckStanding::Warn).at(clause));
        }
        _ => {}
    }
    if clause.outdated.is_some() {
        checks.push(Check::new(CheckCode::WordingChanged, CheckStanding::Warn).at(clause));
    }
    let Some(text) = &clause.text else { return };
    // The review date is the paper's own, and is asked for once.
    for fact in clause.missing.iter().filter(|fact| **fact != Fact::ReviewDate) {
        checks.push(Check { fact: Some(*fact), ..Check::new(CheckCode::FactMissing, CheckStanding::Stop).at(clause) });
    }
    for word in &clause.unknown {
        checks.push(Check::new(CheckCode::LeftOver, CheckStanding::Stop).at(clause).saying(&format!("{{{word}}}")));
    }
    if let Some(own) = clause.choice.as_ref().and_then(ChoiceKind::text) {
        for words in left_over(own) {
            checks.push(Check::new(CheckCode::LeftOver, CheckStanding::Stop).at(clause).saying(words));
        }
    }
    if clause.missing.is_empty() && !says_something(clause) {
        checks.push(Check::new(CheckCode::NothingSaid, CheckStanding::Stop).at(clause).saying(text.trim()));
    }
    for promise in &clause.promises {
        let Some(finding) = promises.iter().find(|finding| finding.requirement == *promise) else { continue };
        let standing = match finding.standing {
            PromiseStanding::Kept => CheckStanding::Good,
            PromiseStanding::AtRisk | PromiseStanding::Broken | PromiseStanding::Unknown => CheckStanding::Warn,
        };
        let mut check = Check::new(CheckCode::Promise, standing).at(clause);
        check.requirement = Some(promise.clone());
        check.promise = Some(finding.clone());
        checks.push(check);
    }
}

/// What was meant to be filled in or deleted and was not: “XXX”, “(delete as appropriate)”, “[insert name]”, “TBC”.
fn left_over(own: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let lower = own.to_ascii_lowercase();
    for phrase in
        ["delete as appropriate", "[insert", "(insert", "<insert", "[name", "[school", "[college", "lorem ipsum"]
    {
        found.extend(lower.match_indices(phrase).map(|(at, _)| &own[at..at + phrase.len()]));
    }
    let words = own.split(|c: char| !c.is_alphanumeric());
    found.extend(words.filter(|word| {
        ["TBC", "TBD", "TBA"].contains(word)
            || (word.len() >= 3 && word.bytes().all(|byte| byte.eq_ignore_ascii_case(&b'x')))
    }));
    found
}
