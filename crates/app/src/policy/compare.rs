//! Two versions of a paper, clause by clause side by side.

use ::policy::diff::{self, Line};
use domain::PolicyId;
use store::policy::Policy;

use crate::{Action, Actor, App, Error, Frame, Result, View};

/// Two versions side by side.
#[derive(Debug, Clone)]
pub struct PolicyComparison {
    /// Where it is.
    pub frame: Frame,
    /// The title of the paper.
    pub title: String,
    /// The earlier version.
    pub before: Policy,
    /// The later one.
    pub after: Policy,
    /// The clauses that differ, in the order of the later version; those that it no longer has follow.
    pub clauses: Vec<ComparedClause>,
    /// How many clauses say the same in both.
    pub same: usize,
}

/// A clause that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedClause {
    /// Its key.
    pub key: String,
    /// Heading of its section.
    pub section: String,
    /// What the earlier version says, as HTML; none if it does not have it.
    pub before: Option<String>,
    /// What the later one says.
    pub after: Option<String>,
    /// Both, compared in words.
    pub lines: Vec<Line>,
}

impl App {
    /// Compares two versions of one paper.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach, or has no such versions of one paper.
    pub fn compare_policies(
        &self,
        actor: &Actor,
        view: View,
        id: PolicyId,
        with: PolicyId,
    ) -> Result<PolicyComparison> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let scene = self.scene(actor, View { as_of: None, ..view })?;
        let facts = self.facts(&scene)?;
        let (one, other) = (self.written_now(&scene, &facts, id)?, self.written_now(&scene, &facts, with)?);
        if one.paper != other.paper {
            return Err(Error::NOT_FOUND);
        }
        let (before, after) = if one.policy.number < other.policy.number { (one, other) } else { (other, one) };
        let html = |text: Option<&String>| text.map(|text| super::html(text, scene.frame.today));
        let lines = |before: Option<&String>, after: Option<&String>| {
            diff::lines(before.map_or("", String::as_str), after.map_or("", String::as_str))
        };
        let (old, new) = (&before.kept.composed, &after.kept.composed);
        let (mut clauses, mut same) = (Vec::new(), 0);
        for (section, clause) in new.clauses() {
            let was = old.clause(&clause.key).and_then(|clause| clause.text.as_ref());
            if was == clause.text.as_ref() {
                same += 1;
                continue;
            }
            clauses.push(ComparedClause {
                key: clause.key.clone(),
                section: section.heading.clone(),
                before: html(was),
                after: html(clause.text.as_ref()),
                lines: lines(was, clause.text.as_ref()),
            });
        }
        let gone = old.clauses().filter(|(_, clause)| new.clause(&clause.key).is_none() && clause.text.is_some());
        clauses.extend(gone.map(|(section, clause)| ComparedClause {
            key: clause.key.clone(),
            section: section.heading.clone(),
            before: html(clause.text.as_ref()),
            after: None,
            lines: lines(clause.text.as_ref(), None),
        }));
        Ok(PolicyComparison {
            title: new.title.clone(),
            clauses,
            same,
            before: before.policy,
            after: after.policy,
            frame: scene.frame,
        })
    }
}
