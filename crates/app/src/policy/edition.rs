//! A newer edition of the wording: what it changes in a draft, and the move to it.

use std::collections::BTreeMap;

use ::policy::{
    ChoiceKind, Composed, ComposedClause, Fact, Provenance, Vocabulary,
    diff::{self, Line},
};
use domain::{InstitutionId, PolicyId};
use serde_json::json;
use store::policy::{Policy, PolicyChange};

use super::{
    change,
    clause::{ask_for_draft, spoken},
    written::{Ground, compose_now},
};
use crate::{Action, Actor, App, Frame, Result, View};

/// What the newest edition of the wording would change in a draft.
#[derive(Debug, Clone)]
pub struct EditionPreview {
    /// Where it is.
    pub frame: Frame,
    /// The draft.
    pub policy: Policy,
    /// What the paper is called.
    pub title: String,
    /// Titles of the edition that the draft has, and of the newest.
    pub editions: (String, String),
    /// Whether the draft has the newest already, so that nothing would change.
    pub is_newest: bool,
    /// The clauses that would change, in the order of the newer edition; those that it no longer has follow.
    pub clauses: Vec<EditionClause>,
    /// How many clauses stay as they are.
    pub same: usize,
}

/// A clause that would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionClause {
    /// Its key.
    pub key: String,
    /// Heading of its section.
    pub section: String,
    /// What would happen to it.
    pub kind: EditionClauseKind,
    /// Its wording, compared in words; what the record fills in stands in square brackets.
    pub lines: Vec<Line>,
    /// How far it binds before and after, if that changes.
    pub binds: Option<(Provenance, Provenance)>,
    /// What the institution did with it, and what that comes to afterwards; none if it did nothing.
    pub own: Option<OwnAfterwards>,
}

/// What would happen to a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EditionClauseKind {
    /// It is new.
    Added,
    /// It is not there any more.
    Gone,
    /// It says something else, or binds otherwise.
    Changed,
}

/// What becomes of something that the institution chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OwnAfterwards {
    /// Own words stay in the place of ours.
    Stays,
    /// Own words go on following ours.
    Follows,
    /// The law asks for the clause now, so that own words follow ours instead of taking their place.
    FollowsNow,
    /// It stays left out.
    StaysOut,
    /// The law asks for the clause now, so that it is not left out any more.
    ComesBack,
    /// It was confirmed, and has to be looked at again.
    LookAgain,
    /// Own words are kept, but have no place in the paper.
    WithoutPlace,
    /// What was chosen of a clause that is gone comes to nothing.
    ComesToNothing,
}

impl App {
    /// What the newest edition of the wording would change in a draft.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or there is no such version; a conflict if it is no draft.
    pub fn policy_edition(&self, actor: &Actor, view: View, id: PolicyId) -> Result<EditionPreview> {
        actor.ask_for_all(Action::Record, view.institution)?;
        let scene = self.scene(actor, View { as_of: None, ..view })?;
        let facts = self.facts(&scene)?;
        let written = self.written_now(&scene, &facts, id)?;
        ask_for_draft(&written.policy)?;
        let (has, newest) = (self.edition_of(&written.policy), self.wording().current(scene.frame.today));
        let ground = Ground { institution: &scene.held.records.institution, facts: &facts };
        let after = compose_now(newest, written.paper, &ground, &written.clauses, written.policy.review_on).composed;
        let (clauses, same) = compared(&written.kept.composed, &after, &Vocabulary::of(ground.institution));
        Ok(EditionPreview {
            title: after.title,
            editions: (has.title.clone(), newest.title.clone()),
            is_newest: has.id == newest.id,
            clauses,
            same,
            policy: written.policy,
            frame: scene.frame,
        })
    }

    /// Moves a draft to the newest edition of the wording. What was chosen stays; where our wording beneath has changed, the draft says so.
    /// Returns the position of the change.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or there is no such version; a conflict if it is no draft.
    pub fn move_policy_edition(&self, actor: &Actor, institution: InstitutionId, id: PolicyId) -> Result<Option<i32>> {
        actor.ask_for_all(Action::Record, institution)?;
        let newest = self.wording().current(self.context().today()).id.clone();
        self.store().write(institution, |tx| -> Result<_> {
            tx.wait_turn(institution)?;
            let policy = store::policy::get(tx, institution, id)?;
            ask_for_draft(&policy)?;
            if policy.edition == newest {
                return Ok(None);
            }
            let noted = PolicyChange {
                position: 0,
                clause: change::EDITION.to_owned(),
                before: Some(policy.edition.clone()),
                after: Some(newest.clone()),
                account: actor.account(),
                at: self.context().now(),
            };
            let position = store::policy::note_change(tx, institution, id, &noted)?;
            let after = Policy { edition: newest.clone(), ..self.moved(policy) };
            store::policy::put(tx, institution, &after)?;
            let payload = json!({"paper": after.paper, "number": after.number, "edition": after.edition});
            let event = self.event(actor, "policy.edition-moved", ("policy", Some(id.0)), payload);
            store::audit::record(tx, institution, &event)?;
            Ok(Some(position))
        })
    }
}

/// The clauses that differ between two editions of one draft, and how many do not.
fn compared(before: &Composed, after: &Composed, vocabulary: &Vocabulary) -> (Vec<EditionClause>, usize) {
    let old: BTreeMap<&str, &ComposedClause> =
        before.clauses().map(|(_, clause)| (clause.key.as_str(), clause)).collect();
    let (mut clauses, mut same) = (Vec::new(), 0);
    for (section, clause) in after.clauses() {
        let was = old.get(clause.key.as_str()).copied();
        if was.is_some_and(|was| was.template == clause.template && was.provenance == clause.provenance) {
            same += 1;
            continue;
        }
        clauses.push(EditionClause {
            key: clause.key.clone(),
            section: section.heading.clone(),
            kind: if was.is_some() { EditionClauseKind::Changed } else { EditionClauseKind::Added },
            lines: difference(was.map_or("", |was| &was.template), &clause.template, vocabulary),
            binds: was.map(|was| (was.provenance, clause.provenance)).filter(|(was, is)| was != is),
            own: was.and_then(|was| afterwards(was, clause)),
        });
    }
    for (section, clause) in before.clauses().filter(|(_, clause)| after.clause(&clause.key).is_none()) {
        clauses.push(EditionClause {
            key: clause.key.clone(),
            section: section.heading.clone(),
            kind: EditionClauseKind::Gone,
            lines: difference(&clause.template, "", vocabulary),
            binds: None,
            own: clause.choice.as_ref().map(|choice| match choice.text() {
                Some(_) => OwnAfterwards::WithoutPlace,
                None => OwnAfterwards::ComesToNothing,
            }),
        });
    }
    (clauses, same)
}

fn afterwards(was: &ComposedClause, is: &ComposedClause) -> Option<OwnAfterwards> {
    Some(match (was.choice.as_ref()?, is.choice.as_ref()) {
        (ChoiceKind::Replaced(_), Some(ChoiceKind::Added(_))) => OwnAfterwards::FollowsNow,
        (ChoiceKind::Replaced(_), _) => OwnAfterwards::Stays,
        (ChoiceKind::Added(_), _) => OwnAfterwards::Follows,
        (ChoiceKind::Removed, Some(ChoiceKind::Removed)) => OwnAfterwards::StaysOut,
        (ChoiceKind::Removed, _) => OwnAfterwards::ComesBack,
        (ChoiceKind::Confirmed, _) => OwnAfterwards::LookAgain,
    })
}

/// What changed in our wording since the institution chose; none if it is as it was.
pub(super) fn changed(clause: &ComposedClause, vocabulary: &Vocabulary) -> Option<Vec<Line>> {
    clause.outdated.as_ref().map(|beneath| difference(beneath, &clause.template, vocabulary))
}

/// Two wordings before they are filled in, compared in the words of the institution.
fn difference(before: &str, after: &str, vocabulary: &Vocabulary) -> Vec<Line> {
    diff::lines(&told(before, vocabulary), &told(after, vocabulary))
}

/// A wording as it is told: with the institution's own words for things, and what the record fills in by what it is called.
fn told(template: &str, vocabulary: &Vocabulary) -> String {
    Fact::ALL.iter().fold(spoken(template, vocabulary), |text, fact| {
        text.replace(&format!("{{{fact}}}"), &format!("\\[{}\\]", fact.label()))
    })
}
