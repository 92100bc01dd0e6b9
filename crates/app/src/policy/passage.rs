//! Parts of an earlier policy are put into clauses, set aside, and taken back.

use ::policy::{ChoiceKind, Provenance, markdown, read_in::suggest};
use domain::{InstitutionId, PolicyId};
use serde_json::json;
use store::{
    Tx,
    policy::{Policy, PolicyChange, PolicyClause},
    policy_passage::{self, PassageState, PolicyPassage},
};

use super::{
    change::{self, KeptChoice},
    clause::ask_for_draft,
    read_in::part,
    written::{Ground, Written},
};
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

/// What became of the words of a part that was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassageTakenBack {
    /// It had no place: it is open again.
    Open,
    /// Its words are out of the clause, by the change of this position.
    Out(i32),
    /// Somebody changed the words in the clause since, so what stands there stays.
    WordsStay,
}

impl App {
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
            let passage = passage(tx, institution, id, position)?;
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

    /// Sets a part aside, because it is not needed.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or there is no such part; a conflict if the version is no draft or the part's words
    /// stand in a clause.
    pub fn set_passage_aside(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: PolicyId,
        position: i32,
    ) -> Result<()> {
        actor.ask_for_all(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<_> {
            tx.wait_turn(institution)?;
            let policy = store::policy::get(tx, institution, id)?;
            let passage = passage(tx, institution, id, position)?;
            ask_for_draft(&policy)?;
            if passage.state == PassageState::Placed {
                return Err(Error::conflict("Its words stand in a clause. Take it back first to set it aside."));
            }
            policy_passage::settle(tx, institution, id, position, (passage.clause.as_deref(), PassageState::Aside))?;
            self.note_settled(tx, actor, institution, &policy, PassageState::Aside)
        })
    }

    /// Takes a part back that was placed or set aside: it is open again, and its words go out of the clause in the same step, unless somebody changed
    /// them there.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or there is no such part; a conflict if the version is no draft.
    pub fn take_passage_back(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: PolicyId,
        position: i32,
    ) -> Result<PassageTakenBack> {
        actor.ask_for_all(Action::Record, institution)?;
        let scene = self.scene(actor, View { institution, as_of: None })?;
        let facts = self.facts(&scene)?;
        let ground = Ground { institution: &scene.held.records.institution, facts: &facts };
        self.store().write(institution, |tx| -> Result<_> {
            tx.wait_turn(institution)?;
            let written = self.written(tx, institution, id, &ground)?;
            let passage = passage(tx, institution, id, position)?;
            ask_for_draft(&written.policy)?;
            let taken = match passage.state {
                PassageState::Placed => self.take_words_out(tx, actor, institution, &written, &passage)?,
                PassageState::Open | PassageState::Aside => PassageTakenBack::Open,
            };
            // It is suggested again for what it is most like, and not for where it was put by mistake.
            let suggested = suggest(&written.kept.composed, &[part(&passage)]).pop().flatten();
            let clause = suggested.map(|suggestion| suggestion.clause);
            policy_passage::settle(tx, institution, id, position, (clause.as_deref(), PassageState::Open))?;
            self.note_settled(tx, actor, institution, &written.policy, PassageState::Open)?;
            Ok(taken)
        })
    }

    fn note_settled(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        institution: InstitutionId,
        policy: &Policy,
        state: PassageState,
    ) -> Result<()> {
        let payload = json!({"paper": policy.paper, "number": policy.number, "state": state.word()});
        let event = self.event(actor, "policy.passage-settled", ("policy", Some(policy.id.0)), payload);
        Ok(store::audit::record(tx, institution, &event)?)
    }

    fn take_words_out(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        institution: InstitutionId,
        written: &Written,
        passage: &PolicyPassage,
    ) -> Result<PassageTakenBack> {
        let Some(key) = passage.clause.as_deref() else { return Ok(PassageTakenBack::Open) };
        let stored = written.clauses.iter().find(|clause| clause.clause == key);
        let changes = store::policy::changes(tx, institution, written.policy.id)?;
        let put_there = changes.iter().find(|change| change.clause == key && brought(change, passage));
        if let Some(change) = put_there.filter(|change| change.after.is_some())
            && change::kept(stored)? == change.after
        {
            return Ok(PassageTakenBack::Out(self.put_back(tx, actor, institution, &written.policy, change)?));
        }
        // Something was put after it since: only its own words go.
        let Some((stored, rest)) = stored.and_then(|stored| Some((stored, without(stored.text.as_deref()?, passage)?)))
        else {
            return Ok(PassageTakenBack::WordsStay);
        };
        let before = KeptChoice::of(stored);
        let after = if rest.is_empty() {
            put_there
                .and_then(|change| KeptChoice::read(change.before.as_deref()?).ok())
                .filter(|kept| kept.text.is_none())
        } else {
            Some(KeptChoice { text: Some(rest), ..before.clone() })
        };
        let replacing = PolicyChange {
            position: 0,
            clause: key.to_owned(),
            // As if it were the change that is taken back: from what shall stand there to what stands there.
            before: after.map(|kept| kept.json()).transpose()?,
            after: Some(before.json()?),
            account: actor.account(),
            at: self.context().now(),
        };
        Ok(PassageTakenBack::Out(self.put_back(tx, actor, institution, &written.policy, &replacing)?))
    }
}

/// After a change of a clause was taken back: the parts whose words stand in it no longer are open again, those whose words stand in it again have
/// their place.
pub(super) fn settle_by_words(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    id: PolicyId,
    (key, text): (&str, Option<&str>),
) -> Result<()> {
    for passage in policy_passage::list(tx, institution, id)? {
        if passage.clause.as_deref() != Some(key) || passage.state == PassageState::Aside {
            continue;
        }
        let stands = text.is_some_and(|text| without(text, &passage).is_some());
        let state = if stands { PassageState::Placed } else { PassageState::Open };
        if state != passage.state {
            policy_passage::settle(tx, institution, id, passage.position, (Some(key), state))?;
        }
    }
    Ok(())
}

fn passage(tx: &mut Tx<'_>, institution: InstitutionId, id: PolicyId, position: i32) -> Result<PolicyPassage> {
    let all = policy_passage::list(tx, institution, id)?;
    all.into_iter().find(|passage| passage.position == position).ok_or(Error::NOT_FOUND)
}

fn words(passage: &PolicyPassage, with_heading: bool) -> String {
    match passage.heading.as_deref().filter(|_| with_heading) {
        Some(heading) => format!("### {}\n\n{}", markdown::escape(heading), passage.text),
        None => passage.text.clone(),
    }
}

/// Whether this change brought the words of the part into the clause.
fn brought(change: &PolicyChange, passage: &PolicyPassage) -> bool {
    let text = |kept: Option<&str>| kept.and_then(|kept| KeptChoice::read(kept).ok()).and_then(|kept| kept.text);
    let has = |kept: Option<&str>| text(kept).is_some_and(|text| without(&text, passage).is_some());
    has(change.after.as_deref()) && !has(change.before.as_deref())
}

/// The text without the words of the part, where they stand in it whole and as paragraphs of their own.
fn without(text: &str, passage: &PolicyPassage) -> Option<String> {
    const BREAK: &str = "\n\n";
    [true, false].into_iter().find_map(|with_heading| {
        let words = words(passage, with_heading);
        text.match_indices(words.as_str()).find_map(|(at, _)| {
            let (before, after) = (&text[..at], &text[at + words.len()..]);
            let is_whole =
                (before.is_empty() || before.ends_with(BREAK)) && (after.is_empty() || after.starts_with(BREAK));
            is_whole.then(|| match (before.trim_end(), after.trim_start()) {
                ("", rest) | (rest, "") => rest.to_owned(),
                (before, after) => format!("{before}{BREAK}{after}"),
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(heading: &str, text: &str) -> PolicyPassage {
        PolicyPassage {
            position: 0,
            heading: Some(heading.to_owned()),
            text: text.to_owned(),
            clause: None,
            state: PassageState::Placed,
        }
    }

    #[test]
    fn only_the_words_of_the_part_go_and_only_where_they_stand_whole() {
        let part = passage("Parking", "Behind the gym.");
        assert_eq!(without("Before.\n\nBehind the gym.\n\nAfter.", &part).as_deref(), Some("Before.\n\nAfter."));
        assert_eq!(without("### Parking\n\nBehind the gym.", &part).as_deref(), Some(""));
        assert_eq!(without("Park behind. Behind the gym. Not there.", &part), None);
        assert_eq!(without("Behind the gyms.", &part), None);
    }
}
