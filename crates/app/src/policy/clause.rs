//! A clause of a draft: what the institution does with it.

use ::policy::{ChoiceKind, Composed, ComposedClause, Fact, Provenance, Vocabulary, diff::Line};
use domain::{InstitutionId, PolicyId};
use serde_json::json;
use store::policy::{Policy, PolicyChange, PolicyClause, PolicyState};

use super::{
    change,
    edition::changed,
    written::{Ground, Written, compose_now},
};
use crate::{Action, Actor, App, Error, Frame, Problems, Result, View, token::digest};

/// The longest text of one clause, in characters.
const LONGEST: usize = 20_000;

/// What can be done with a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClauseMode {
    /// The wording is right as it is.
    Confirm,
    /// Own words take its place.
    Replace,
    /// Own words follow it.
    Add,
    /// It is left out.
    Remove,
    /// Back to our wording, as if nothing had been chosen.
    Ours,
    /// The choice stays, although our wording beneath has changed.
    Keep,
}

impl ClauseMode {
    const ALL: [Self; 6] = [Self::Confirm, Self::Replace, Self::Add, Self::Remove, Self::Ours, Self::Keep];

    /// The word that forms use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Confirm => "confirmed",
            Self::Replace => "replaced",
            Self::Add => "added",
            Self::Remove => "removed",
            Self::Ours => "ours",
            Self::Keep => "keep",
        }
    }

    /// The mode with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.word() == word)
    }

    /// Whether it comes with a text.
    pub const fn is_written(self) -> bool {
        matches!(self, Self::Replace | Self::Add)
    }
}

/// What may be done with a clause as it stands. Statutory clauses can only be added to; an example is replaced, confirmed or left
/// out, because words added to it would leave it what it is.
pub(super) fn modes(clause: &ComposedClause) -> Vec<ClauseMode> {
    let mut modes = match clause.provenance {
        Provenance::Statutory => vec![ClauseMode::Add],
        Provenance::Recommended => vec![ClauseMode::Replace, ClauseMode::Add, ClauseMode::Remove],
        Provenance::Example => vec![ClauseMode::Confirm, ClauseMode::Replace, ClauseMode::Remove],
    };
    match &clause.choice {
        None => {}
        Some(choice) => {
            let made = match choice {
                ChoiceKind::Confirmed => ClauseMode::Confirm,
                ChoiceKind::Removed => ClauseMode::Remove,
                ChoiceKind::Replaced(_) | ChoiceKind::Added(_) => ClauseMode::Ours,
            };
            modes.retain(|mode| *mode != made || mode.is_written());
            modes.push(ClauseMode::Ours);
        }
    }
    if clause.outdated.is_some() {
        modes.push(ClauseMode::Keep);
    }
    modes
}

/// What is done with a clause, as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClauseForm {
    /// What: the word of a [`ClauseMode`].
    pub mode: String,
    /// Own words, as Markdown.
    pub text: String,
    /// Stands for what had been chosen when the form was shown: [`ClausePage::seen`]; blank takes it as it is.
    pub seen: String,
}

/// What became of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClauseSaved {
    /// It is done, and can be taken back by the position of the change.
    Done(i32),
    /// It stands there already.
    Same,
    /// Somebody else chose something else meanwhile, and nothing was written.
    Meanwhile,
}

/// A clause of a draft on a page of its own.
#[derive(Debug, Clone)]
pub struct ClausePage {
    /// Where it is.
    pub frame: Frame,
    /// The version.
    pub policy: Policy,
    /// What the paper is called.
    pub title: String,
    /// Key and heading of its section.
    pub section: (String, String),
    /// The clause.
    pub clause: ComposedClause,
    /// What may be done with it; empty for those who may not.
    pub modes: Vec<ClauseMode>,
    /// Where own words begin that take its place: ours, with the words of the institution, and facts in braces.
    pub beginning: String,
    /// The facts that our wording fills in.
    pub facts: Vec<Fact>,
    /// Our wording, filled in, as HTML.
    pub ours_html: String,
    /// What changed in our wording since the school chose, in words; none if it is as it was.
    pub changed: Option<Vec<Line>>,
    /// What stands there now, as HTML; empty if it is left out.
    pub html: String,
    /// How the clause would read with the form's words; only when it was asked for.
    pub preview: Option<String>,
    /// The same as HTML.
    pub preview_html: Option<String>,
    /// Facts that the form's words ask for and that are not known.
    pub preview_missing: Vec<Fact>,
    /// Stands for what is chosen.
    pub seen: String,
}

impl App {
    /// A clause of a draft, with how it would read if `typed` were saved.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or there is no such clause.
    pub fn policy_clause(
        &self,
        actor: &Actor,
        view: View,
        id: PolicyId,
        key: &str,
        typed: Option<&ClauseForm>,
    ) -> Result<ClausePage> {
        actor.ask_for_all(Action::Record, view.institution)?;
        let scene = self.scene(actor, View { as_of: None, ..view })?;
        let facts = self.facts(&scene)?;
        let mut written = self.written_now(&scene, &facts, id)?;
        ask_for_draft(&written.policy)?;
        let (section, clause) = find(&written.kept.composed, key)?;
        let mut preview = None;
        let mut preview_missing = Vec::new();
        if let Some((typed, mode)) = typed.and_then(|typed| Some((typed, ClauseMode::from_word(&typed.mode)?)))
            && let Some(kind) = kind(mode, &typed.text, None)
        {
            let with = stored(key, &kind, &clause.template, actor, self.context().now());
            written.clauses.retain(|clause| clause.clause != key);
            written.clauses.push(with);
            let ground = Ground { institution: &scene.held.records.institution, facts: &facts };
            let edition = self.edition_of(&written.policy);
            let review_on = written.policy.review_on;
            let would = compose_now(edition, written.paper, &ground, &written.clauses, review_on).composed;
            if let Some(would) = would.clause(key) {
                preview = would.text.clone();
                preview_missing = would.missing.clone();
            }
        }
        let stored = self.store().read(view.institution, |tx| store::policy::clauses(tx, view.institution, id))?;
        let vocabulary = Vocabulary::of(&scene.held.records.institution);
        Ok(ClausePage {
            title: written.kept.composed.title.clone(),
            modes: modes(&clause),
            beginning: spoken(&clause.template, &vocabulary),
            facts: Fact::ALL
                .iter()
                .copied()
                .filter(|fact| clause.template.contains(&format!("{{{}}}", fact.word())))
                .collect(),
            changed: changed(&clause, &vocabulary),
            ours_html: super::html(&clause.wording, scene.frame.today),
            html: clause.text.as_ref().map_or_else(String::new, |text| super::html(text, scene.frame.today)),
            preview_html: preview.as_ref().map(|text| super::html(text, scene.frame.today)),
            preview,
            preview_missing,
            seen: seen(stored.iter().find(|clause| clause.clause == key)),
            section,
            clause,
            policy: written.policy,
            frame: scene.frame,
        })
    }

    /// Does something with a clause of a draft.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, there is no such clause, or the form has problems; a conflict if the
    /// version is no draft.
    pub fn change_clause(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: PolicyId,
        key: &str,
        form: &ClauseForm,
    ) -> Result<ClauseSaved> {
        actor.ask_for_all(Action::Record, institution)?;
        let scene = self.scene(actor, View { institution, as_of: None })?;
        let facts = self.facts(&scene)?;
        let ground = Ground { institution: &scene.held.records.institution, facts: &facts };
        self.store().write(institution, |tx| -> Result<_> {
            tx.wait_turn(institution)?;
            let written = self.written(tx, institution, id, &ground)?;
            ask_for_draft(&written.policy)?;
            let (_, clause) = find(&written.kept.composed, key)?;
            let before = written.clauses.iter().find(|clause| clause.clause == key);
            let after = self.chosen(actor, &clause, before, form)?;
            if same(before, after.as_ref()) {
                return Ok(ClauseSaved::Same);
            }
            if !form.seen.is_empty() && form.seen != seen(before) {
                return Ok(ClauseSaved::Meanwhile);
            }
            match &after {
                Some(after) => store::policy::set_clause(tx, institution, id, after)?,
                None => store::policy::remove_clause(tx, institution, id, key)?,
            }
            let at = self.context().now();
            let noted = PolicyChange {
                position: 0,
                clause: key.to_owned(),
                before: change::kept(before)?,
                after: change::kept(after.as_ref())?,
                account: actor.account(),
                at,
            };
            let position = store::policy::note_change(tx, institution, id, &noted)?;
            let Written { policy, .. } = written;
            let moved = Policy { revision: policy.revision + 1, changed_at: at, ..policy };
            store::policy::put(tx, institution, &moved)?;
            let payload = json!({"paper": moved.paper, "number": moved.number, "clause": key, "choice": form.mode});
            let event = self.event(actor, "policy.clause-changed", ("policy", Some(id.0)), payload);
            store::audit::record(tx, institution, &event)?;
            Ok(ClauseSaved::Done(position))
        })
    }

    /// What the form leaves chosen; none for our wording untouched.
    fn chosen(
        &self,
        actor: &Actor,
        clause: &ComposedClause,
        before: Option<&PolicyClause>,
        form: &ClauseForm,
    ) -> Result<Option<PolicyClause>> {
        let mut problems = Problems::default();
        let mode = problems.take(
            "mode",
            ClauseMode::from_word(&form.mode)
                .filter(|mode| modes(clause).contains(mode) || *mode == ClauseMode::Ours)
                .ok_or_else(|| not_allowed(clause.provenance).to_owned()),
        );
        if mode.is_some_and(ClauseMode::is_written) {
            if form.text.trim().is_empty() {
                problems.add("text", "Enter your words, or go back without saving.");
            } else if form.text.chars().count() > LONGEST {
                problems
                    .add("text", format!("Keep it under {LONGEST} characters. What you wrote is still in the field."));
            }
        }
        problems.check()?;
        let Some(mode) = mode.filter(|mode| *mode != ClauseMode::Ours) else { return Ok(None) };
        let kind = kind(mode, &form.text, before);
        Ok(kind.map(|kind| stored(&clause.key, &kind, &clause.template, actor, self.context().now())))
    }
}

/// Passes if the version is a draft.
pub(super) fn ask_for_draft(policy: &Policy) -> Result<()> {
    match policy.state {
        PolicyState::Draft => Ok(()),
        PolicyState::Signed | PolicyState::Approved => Err(Error::conflict(
            "This version is signed, so its text stays as it is. Take it back to a draft first; then it has to be signed again.",
        )),
        PolicyState::Published | PolicyState::Superseded => Err(Error::conflict(
            "This version was published, so it is never altered. Begin a new draft: it starts with the same text.",
        )),
    }
}

fn not_allowed(provenance: Provenance) -> &'static str {
    match provenance {
        Provenance::Statutory => "The law says this, so it can be added to, and not altered or left out.",
        Provenance::Recommended => "Write your own words, add to ours, or leave the clause out.",
        Provenance::Example => "Confirm the example, write your own words, or leave the clause out.",
    }
}

fn find(composed: &Composed, key: &str) -> Result<((String, String), ComposedClause)> {
    let found = composed.clauses().find(|(_, clause)| clause.key == key);
    let (section, clause) = found.ok_or(Error::NOT_FOUND)?;
    Ok(((section.key.clone(), section.heading.clone()), clause.clone()))
}

fn kind(mode: ClauseMode, text: &str, before: Option<&PolicyClause>) -> Option<ChoiceKind> {
    // Browsers send lines that end as those of a typewriter.
    let text = || text.replace("\r\n", "\n").trim().to_owned();
    match mode {
        ClauseMode::Confirm => Some(ChoiceKind::Confirmed),
        ClauseMode::Replace => Some(ChoiceKind::Replaced(text())),
        ClauseMode::Add => Some(ChoiceKind::Added(text())),
        ClauseMode::Remove => Some(ChoiceKind::Removed),
        ClauseMode::Keep => before.and_then(|before| ChoiceKind::of(&before.choice, before.text.clone())),
        ClauseMode::Ours => None,
    }
}

fn stored(key: &str, kind: &ChoiceKind, beneath: &str, actor: &Actor, at: jiff::Timestamp) -> PolicyClause {
    PolicyClause {
        clause: key.to_owned(),
        choice: kind.word().to_owned(),
        text: kind.text().map(str::to_owned),
        beneath: Some(beneath.to_owned()),
        account: actor.account(),
        changed_at: at,
    }
}

fn same(before: Option<&PolicyClause>, after: Option<&PolicyClause>) -> bool {
    let what = |clause: &PolicyClause| (clause.choice.clone(), clause.text.clone(), clause.beneath.clone());
    before.map(what) == after.map(what)
}

/// Stands for what is chosen for a clause.
pub(super) fn seen(clause: Option<&PolicyClause>) -> String {
    let text = clause.map_or("-".to_owned(), |clause| {
        let (text, beneath) = (clause.text.as_deref(), clause.beneath.as_deref());
        format!("{}\0{}\0{}", clause.choice, text.unwrap_or_default(), beneath.unwrap_or_default())
    });
    digest(text.as_bytes())[..6].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Our wording with the institution's own words for things, and facts still in braces.
pub(super) fn spoken(template: &str, vocabulary: &Vocabulary) -> String {
    Vocabulary::WORDS.iter().fold(template.to_owned(), |text, word| {
        vocabulary.get(word).map_or_else(|| text.clone(), |said| text.replace(&format!("{{{word}}}"), &said))
    })
}
