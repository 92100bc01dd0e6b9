//! An existing policy, read in beside a draft: its parts are kept until each has a place in a clause or is set aside.

use ::policy::{
    ChoiceKind, Provenance, markdown,
    read_in::{Piece, PieceKind, parts, suggest},
};
use domain::{InstitutionId, PolicyId};
use exchange::{
    archive::Limits,
    docx,
    passage::{Passage, PassageKind},
};
use serde_json::json;
use store::{
    policy::{Policy, PolicyChange, PolicyClause},
    policy_passage::{self, PassageState, PolicyPassage},
};

use super::{change, clause::ask_for_draft, written::Ground};
use crate::{Action, Actor, App, Error, Problems, Result, View};

/// The longest text of one clause, in characters, as in the editor.
const LONGEST: usize = 20_000;

/// Where a part goes, as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PassageForm {
    /// Key of the clause.
    pub clause: String,
    /// Whether our wording of a recommended clause stays before it. The law's always stays, an example never does.
    pub keeps_ours: bool,
    /// Whether its heading comes with it.
    pub with_heading: bool,
}

impl App {
    /// The parts of the policy that was read in beside a draft, in their order.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or there is no such version.
    pub fn policy_passages(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: PolicyId,
    ) -> Result<Vec<PolicyPassage>> {
        actor.ask_for_all(Action::Record, institution)?;
        self.store().read(institution, |tx| -> Result<_> {
            store::policy::get(tx, institution, id)?;
            Ok(policy_passage::list(tx, institution, id)?)
        })
    }

    /// Reads an existing policy in from a Word document, in the place of what was read in before. The draft's text stays as it is. Says how many
    /// parts there are, and for how many a place is suggested.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or there is no such version; a problem of the field `file` if it is no Word document
    /// that can be read; a conflict if the version is no draft.
    pub fn read_in_policy(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: PolicyId,
        file: &[u8],
    ) -> Result<(usize, usize)> {
        actor.ask_for_all(Action::Record, institution)?;
        let mut problems = Problems::default();
        let read = docx::read(file, &Limits::DOCUMENT).map_err(|refused| refused.message().to_owned());
        let read = problems.take("file", read);
        let parts = parts(&read.unwrap_or_default().into_iter().filter_map(piece).collect::<Vec<_>>());
        if parts.is_empty() {
            problems.add("file", "There is no text in this document. If it is a picture of a page, type it or ask for the file that it was made from.");
        }
        problems.check()?;
        let scene = self.scene(actor, View { institution, as_of: None })?;
        let facts = self.facts(&scene)?;
        let ground = Ground { institution: &scene.held.records.institution, facts: &facts };
        self.store().write(institution, |tx| -> Result<_> {
            tx.wait_turn(institution)?;
            let written = self.written(tx, institution, id, &ground)?;
            ask_for_draft(&written.policy)?;
            let suggested = suggest(&written.kept.composed, &parts);
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

    /// Puts a part into a clause as the institution's own words, after those that it has there already. Returns the position of the change, by which
    /// the clause is taken back.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, there is no such part, or there is no such clause in the paper (a problem of the field
    /// `clause`); a conflict if the version is no draft or the part has a place already.
    pub fn place_passage(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: PolicyId,
        position: i32,
        form: &PassageForm,
    ) -> Result<i32> {
        actor.ask_for_all(Action::Record, institution)?;
        let scene = self.scene(actor, View { institution, as_of: None })?;
        let facts = self.facts(&scene)?;
        let ground = Ground { institution: &scene.held.records.institution, facts: &facts };
        self.store().write(institution, |tx| -> Result<_> {
            tx.wait_turn(institution)?;
            let written = self.written(tx, institution, id, &ground)?;
            let passage = self.passage(tx, institution, id, position)?;
            ask_for_draft(&written.policy)?;
            if passage.state == PassageState::Placed {
                return Err(Error::conflict(
                    "This part has a place already. Take it back first to put it somewhere else.",
                ));
            }
            let mut problems = Problems::default();
            let clause = written.kept.composed.clause(form.clause.trim());
            let Some(clause) = problems.take("clause", clause.ok_or_else(|| "Choose where it goes.".to_owned())) else {
                problems.check()?;
                return Err(Error::NOT_FOUND);
            };
            let before = written.clauses.iter().find(|stored| stored.clause == clause.key);
            let words = words(&passage, form.with_heading);
            let known = before.and_then(|stored| ChoiceKind::of(&stored.choice, stored.text.clone()));
            let kind = match (known, clause.provenance) {
                (Some(ChoiceKind::Replaced(own)), _) => ChoiceKind::Replaced(format!("{own}\n\n{words}")),
                (Some(ChoiceKind::Added(own)), _) => ChoiceKind::Added(format!("{own}\n\n{words}")),
                (_, Provenance::Statutory) => ChoiceKind::Added(words),
                (_, Provenance::Recommended) if form.keeps_ours => ChoiceKind::Added(words),
                (_, Provenance::Recommended | Provenance::Example) => ChoiceKind::Replaced(words),
            };
            if kind.text().is_some_and(|text| text.chars().count() > LONGEST) {
                problems.add(
                    "clause",
                    "Together with what stands there this is too long for one clause. Choose another one.",
                );
            }
            problems.check()?;
            let at = self.context().now();
            let after = PolicyClause {
                clause: clause.key.clone(),
                choice: kind.word().to_owned(),
                text: kind.text().map(str::to_owned),
                beneath: Some(clause.template.clone()),
                account: actor.account(),
                changed_at: at,
            };
            let noted = PolicyChange {
                position: 0,
                clause: clause.key.clone(),
                before: change::kept(before)?,
                after: change::kept(Some(&after))?,
                account: actor.account(),
                at,
            };
            store::policy::set_clause(tx, institution, id, &after)?;
            let change = store::policy::note_change(tx, institution, id, &noted)?;
            policy_passage::settle(tx, institution, id, position, (Some(&after.clause), PassageState::Placed))?;
            let moved = Policy { revision: written.policy.revision + 1, changed_at: at, ..written.policy };
            store::policy::put(tx, institution, &moved)?;
            let payload = json!({"paper": moved.paper, "number": moved.number, "clause": after.clause});
            let event = self.event(actor, "policy.passage-placed", ("policy", Some(id.0)), payload);
            store::audit::record(tx, institution, &event)?;
            Ok(change)
        })
    }

    /// Sets a part aside, because it is not needed, or takes it up again. Where its words stand in a clause, they stay: the change of the clause is
    /// taken back by [`App::undo_policy_change`].
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or there is no such part; a conflict if the version is no draft.
    pub fn settle_passage(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: PolicyId,
        position: i32,
        is_aside: bool,
    ) -> Result<()> {
        actor.ask_for_all(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<_> {
            tx.wait_turn(institution)?;
            let policy = store::policy::get(tx, institution, id)?;
            let passage = self.passage(tx, institution, id, position)?;
            ask_for_draft(&policy)?;
            let state = if is_aside { PassageState::Aside } else { PassageState::Open };
            policy_passage::settle(tx, institution, id, position, (passage.clause.as_deref(), state))?;
            let payload = json!({"paper": policy.paper, "number": policy.number, "state": state.word()});
            let event = self.event(actor, "policy.passage-settled", ("policy", Some(id.0)), payload);
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    fn passage(
        &self,
        tx: &mut store::Tx<'_>,
        institution: InstitutionId,
        id: PolicyId,
        position: i32,
    ) -> Result<PolicyPassage> {
        let all = policy_passage::list(tx, institution, id)?;
        all.into_iter().find(|passage| passage.position == position).ok_or(Error::NOT_FOUND)
    }
}

fn words(passage: &PolicyPassage, with_heading: bool) -> String {
    match passage.heading.as_deref().filter(|_| with_heading) {
        Some(heading) => format!("### {}\n\n{}", markdown::escape(heading), passage.text),
        None => passage.text.clone(),
    }
}

/// What the reader of a file yields, as the matching takes it. The title that programs show is no part of the text.
fn piece(passage: Passage) -> Option<Piece> {
    let kind = match passage.kind {
        PassageKind::Title => return None,
        PassageKind::Heading(level) => PieceKind::Heading(level),
        PassageKind::Paragraph => PieceKind::Paragraph,
        PassageKind::Item => PieceKind::Item,
        PassageKind::Cell { row, column } => PieceKind::Cell { row, column },
        PassageKind::Link { address } => PieceKind::Link { address },
        PassageKind::Picture => PieceKind::Picture,
    };
    Some(Piece { kind, text: passage.text })
}
