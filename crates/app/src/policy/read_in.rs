//! An existing policy, read in beside a draft: its parts are kept until each has a place in a clause or is set aside.

use ::policy::{
    Provenance,
    read_in::{Part, Suggestion, parts, rank, suggest},
};
use domain::{Date, InstitutionId, PolicyId};
use serde_json::json;
use store::{
    policy::Policy,
    policy_passage::{self, PassageState, PolicyPassage},
};

use super::{
    clause::ask_for_draft,
    older,
    written::{Ground, Written},
};
use crate::{Action, Actor, App, Frame, Problems, Result, View};

/// How many clauses are offered first for a part.
const LIKELY: usize = 5;

/// The parts of an earlier policy beside a draft.
#[derive(Debug, Clone)]
pub struct ReadInPage {
    /// Where it is.
    pub frame: Frame,
    /// The draft.
    pub policy: Policy,
    /// Its title.
    pub title: String,
    /// The parts, in the order of the earlier policy.
    pub passages: Vec<PassageRow>,
    /// The clauses of the draft, in its order.
    pub clauses: Vec<PassageClause>,
}

impl ReadInPage {
    /// How many parts are in this state.
    pub fn count(&self, state: PassageState) -> usize {
        self.passages.iter().filter(|row| row.passage.state == state).count()
    }
}

/// A part with where it might go.
#[derive(Debug, Clone)]
pub struct PassageRow {
    /// The part.
    pub passage: PolicyPassage,
    /// What it says, as HTML.
    pub html: String,
    /// How sure the suggestion is, in words; none if there is none.
    pub sureness: Option<&'static str>,
    /// Keys of the clauses that it is most like, the most like first.
    pub likely: Vec<String>,
}

/// A clause as a place for parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassageClause {
    /// Its key.
    pub key: String,
    /// Key and heading of its section.
    pub section: (String, String),
    /// Which clause of its section it is, from 1.
    pub number: usize,
    /// How far it binds.
    pub provenance: Provenance,
    /// How it begins, as plain words.
    pub begins: String,
    /// What stands there now, as HTML; empty if it is left out.
    pub html: String,
    /// Whether own words stand in it.
    pub has_own: bool,
}

impl App {
    /// The parts of the policy that was read in beside a draft, in their order, and the clauses they might go to.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or there is no such version; a conflict if it is no draft.
    pub fn policy_read_in(&self, actor: &Actor, view: View, id: PolicyId) -> Result<ReadInPage> {
        actor.ask_for_all(Action::Record, view.institution)?;
        let scene = self.scene(actor, View { as_of: None, ..view })?;
        let facts = self.facts(&scene)?;
        let written = self.written_now(&scene, &facts, id)?;
        ask_for_draft(&written.policy)?;
        let passages = self.store().read(view.institution, |tx| policy_passage::list(tx, view.institution, id))?;
        let ranked = rank(&written.kept.composed, &passages.iter().map(part).collect::<Vec<_>>());
        let today = scene.frame.today;
        Ok(ReadInPage {
            passages: passages.into_iter().zip(ranked).map(|(one, ranked)| row(one, &ranked, today)).collect(),
            clauses: places(&written, today),
            title: written.kept.composed.title.clone(),
            policy: written.policy,
            frame: scene.frame,
        })
    }

    /// Reads an existing policy in from a Word document, a saved web page or a PDF, in the place of what was read in before. The draft's text stays
    /// as it is. Says how many parts there are, and for how many a place is suggested.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or there is no such version; a problem of the field `file` if it cannot be read; a
    /// conflict if the version is no draft.
    pub fn read_in_policy(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: PolicyId,
        file: &[u8],
    ) -> Result<(usize, usize)> {
        actor.ask_for_all(Action::Record, institution)?;
        let mut problems = Problems::default();
        if let Some(pieces) = problems.take("file", older::read(file).map_err(str::to_owned)) {
            let parts = parts(&pieces);
            if parts.is_empty() {
                problems.add("file", "There is no text in this document. If it is a picture of a page, type it or ask for the file that it was made from.");
            }
            problems.check()?;
            return self.keep_parts(actor, institution, id, &parts);
        }
        problems.check()?;
        Ok((0, 0))
    }

    fn keep_parts(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: PolicyId,
        parts: &[Part],
    ) -> Result<(usize, usize)> {
        let scene = self.scene(actor, View { institution, as_of: None })?;
        let facts = self.facts(&scene)?;
        let ground = Ground { institution: &scene.held.records.institution, facts: &facts };
        // Places are looked for before the transaction, which would otherwise hold others up. What is suggested may be of a moment ago.
        let suggested = suggest(&self.written_now(&scene, &facts, id)?.kept.composed, parts);
        self.store().write(institution, |tx| -> Result<_> {
            tx.wait_turn(institution)?;
            let written = self.written(tx, institution, id, &ground)?;
            ask_for_draft(&written.policy)?;
            let places = suggested.iter().flatten().count();
            let passages: Vec<_> = (0..)
                .zip(parts.iter().zip(suggested))
                .map(|(position, (part, suggestion))| PolicyPassage {
                    position,
                    heading: part.heading.clone(),
                    text: part.text.clone(),
                    clause: suggestion.map(|suggestion| suggestion.clause),
                    state: PassageState::Open,
                })
                .collect();
            policy_passage::replace(tx, institution, id, &passages)?;
            let payload =
                json!({"paper": written.policy.paper, "number": written.policy.number, "parts": passages.len()});
            let event = self.event(actor, "policy.read-in", ("policy", Some(id.0)), payload);
            store::audit::record(tx, institution, &event)?;
            Ok((passages.len(), places))
        })
    }
}

/// A part as it was when it was read in.
pub(super) fn part(passage: &PolicyPassage) -> Part {
    Part { heading: passage.heading.clone(), text: passage.text.clone() }
}

fn row(passage: PolicyPassage, ranked: &[Suggestion], today: Date) -> PassageRow {
    let suggested = ranked.iter().find(|one| Some(&one.clause) == passage.clause.as_ref());
    PassageRow {
        html: super::html(&passage.text, today),
        sureness: suggested.map(Suggestion::sureness),
        likely: ranked.iter().take(LIKELY).map(|one| one.clause.clone()).collect(),
        passage,
    }
}

fn places(written: &Written, today: Date) -> Vec<PassageClause> {
    let mut places = Vec::new();
    for section in &written.kept.composed.sections {
        for (number, clause) in (1..).zip(&section.clauses) {
            places.push(PassageClause {
                key: clause.key.clone(),
                section: (section.key.clone(), section.heading.clone()),
                number,
                provenance: clause.provenance,
                begins: begins(&clause.wording),
                html: clause.text.as_ref().map_or_else(String::new, |text| super::html(text, today)),
                has_own: clause.choice.as_ref().is_some_and(|choice| choice.text().is_some()),
            });
        }
    }
    places
}

/// The first words of a clause, without the signs of Markdown.
fn begins(markdown: &str) -> String {
    const WORDS: usize = 9;
    let words: Vec<&str> = markdown
        .split_whitespace()
        .map(|word| word.trim_matches(['#', '*', '_', '|', '`']))
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .take(WORDS + 1)
        .collect();
    match words.get(..WORDS) {
        Some(first) if words.len() > WORDS => format!("{} …", first.join(" ")),
        _ => words.join(" "),
    }
}
