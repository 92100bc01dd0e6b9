//! Who changed what in a draft, and how it is taken back.

use std::collections::BTreeMap;

use ::policy::ChoiceKind;
use domain::{AccountId, InstitutionId, PolicyId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    Tx,
    policy::{Policy, PolicyChange, PolicyClause},
};

use super::{clause::ask_for_draft, passage};
use crate::{Action, Actor, App, Error, Result};

/// Under which word the review date is noted: no clause has it.
pub(super) const REVIEW: &str = "review-date";
/// Under which word the edition is noted.
pub(super) const EDITION: &str = "edition";

/// What was changed, by word or by key of the clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicyChangeKind {
    /// A clause, by its key.
    Clause(String),
    /// The review date.
    Review,
    /// The edition of the wording.
    Edition,
}

/// A change as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyChangeRow {
    /// Counts the changes of the version.
    pub position: i32,
    /// What was changed.
    pub what: PolicyChangeKind,
    /// What stood there before: a choice in words, a day, an edition; none for our wording untouched.
    pub before: Option<String>,
    /// What was put there.
    pub after: Option<String>,
    /// Who; none if the account is gone or it was the operator.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Whether it can be taken back: it is what stands there now, and the version is a draft.
    pub can_undo: bool,
}

/// A choice as the history keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeptChoice {
    pub(super) choice: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) beneath: Option<String>,
}

impl KeptChoice {
    pub(super) fn of(clause: &PolicyClause) -> Self {
        Self { choice: clause.choice.clone(), text: clause.text.clone(), beneath: clause.beneath.clone() }
    }

    pub(super) fn read(json: &str) -> Result<Self> {
        serde_json::from_str(json).map_err(Error::fault)
    }

    pub(super) fn json(&self) -> Result<String> {
        serde_json::to_string(self).map_err(Error::fault)
    }
}

/// A stored choice as the history keeps it.
pub(super) fn kept(clause: Option<&PolicyClause>) -> Result<Option<String>> {
    clause.map(|clause| KeptChoice::of(clause).json()).transpose()
}

/// What a kept choice says, in words.
fn said(kept: Option<&str>) -> Option<String> {
    let kept: KeptChoice = serde_json::from_str(kept?).ok()?;
    Some(match ChoiceKind::of(&kept.choice, kept.text)? {
        ChoiceKind::Confirmed => "Our wording, confirmed".to_owned(),
        ChoiceKind::Removed => "Left out".to_owned(),
        ChoiceKind::Replaced(text) => text,
        ChoiceKind::Added(text) => format!("Our wording, and: {text}"),
    })
}

impl App {
    /// Takes a change of a draft back: what stood there before stands there again. Returns the position of the change that does
    /// so, which can be taken back in turn.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or there is no such change; a conflict if it is no draft, or if the
    /// same was changed again since.
    pub fn undo_policy_change(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: PolicyId,
        position: i32,
    ) -> Result<i32> {
        actor.ask_for_all(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<_> {
            tx.wait_turn(institution)?;
            let policy = store::policy::get(tx, institution, id)?;
            let changes = store::policy::changes(tx, institution, id)?;
            let change = changes.iter().find(|change| change.position == position).ok_or(Error::NOT_FOUND)?;
            ask_for_draft(&policy)?;
            if now(tx, institution, &policy, &change.clause)? != change.after {
                return Err(Error::conflict(
                    "This was changed again since, so nothing was taken back. The list of changes shows what stands there now.",
                ));
            }
            let text = match change.before.as_deref() {
                Some(kept) if !matches!(change.clause.as_str(), REVIEW | EDITION) => KeptChoice::read(kept)?.text,
                _ => None,
            };
            passage::settle_by_words(tx, institution, id, (&change.clause, text.as_deref()))?;
            self.put_back(tx, actor, institution, &policy, change)
        })
    }

    /// What stood there before a change stands there again; returns the position of the change that says so.
    pub(super) fn put_back(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        institution: InstitutionId,
        policy: &Policy,
        change: &PolicyChange,
    ) -> Result<i32> {
        let at = self.context().now();
        let mut after = Policy { revision: policy.revision + 1, changed_at: at, ..policy.clone() };
        match change.clause.as_str() {
            REVIEW => after.review_on = change.before.as_deref().and_then(domain::date::parse),
            EDITION => after.edition = change.before.clone().unwrap_or_else(|| policy.edition.clone()),
            clause => match change.before.as_deref().map(KeptChoice::read) {
                Some(kept) => {
                    let kept = kept?;
                    let clause = PolicyClause {
                        clause: clause.to_owned(),
                        choice: kept.choice,
                        text: kept.text,
                        beneath: kept.beneath,
                        account: actor.account(),
                        changed_at: at,
                    };
                    store::policy::set_clause(tx, institution, policy.id, &clause)?;
                }
                None => store::policy::remove_clause(tx, institution, policy.id, clause)?,
            },
        }
        store::policy::put(tx, institution, &after)?;
        let back = PolicyChange {
            position: 0,
            clause: change.clause.clone(),
            before: change.after.clone(),
            after: change.before.clone(),
            account: actor.account(),
            at,
        };
        let position = store::policy::note_change(tx, institution, policy.id, &back)?;
        let payload = json!({"paper": policy.paper, "number": policy.number, "clause": change.clause});
        let event = self.event(actor, "policy.undone", ("policy", Some(policy.id.0)), payload);
        store::audit::record(tx, institution, &event)?;
        Ok(position)
    }
}

/// What stands there now, as the history keeps it.
fn now(tx: &mut Tx<'_>, institution: InstitutionId, policy: &Policy, what: &str) -> Result<Option<String>> {
    match what {
        REVIEW => Ok(policy.review_on.map(|day| day.to_string())),
        EDITION => Ok(Some(policy.edition.clone())),
        key => {
            let clauses = store::policy::clauses(tx, institution, policy.id)?;
            kept(clauses.iter().find(|clause| clause.clause == key))
        }
    }
}

/// The changes of a version as a page shows them, the latest first.
pub(super) fn rows(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    policy: &Policy,
    clauses: &[PolicyClause],
) -> Result<Vec<PolicyChangeRow>> {
    let changes = store::policy::changes(tx, institution, policy.id)?;
    let mut accounts: Vec<AccountId> = changes.iter().filter_map(|change| change.account).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let names: BTreeMap<_, _> = store::account::names(tx, &accounts)?.into_iter().collect();
    let mut rows = Vec::with_capacity(changes.len());
    for change in changes {
        let (what, now) = match change.clause.as_str() {
            REVIEW => (PolicyChangeKind::Review, policy.review_on.map(|day| day.to_string())),
            EDITION => (PolicyChangeKind::Edition, Some(policy.edition.clone())),
            key => {
                let now = kept(clauses.iter().find(|clause| clause.clause == key))?;
                (PolicyChangeKind::Clause(key.to_owned()), now)
            }
        };
        let can_undo = policy.state == store::policy::PolicyState::Draft && now == change.after;
        let in_words = |text: Option<&str>| match what {
            PolicyChangeKind::Clause(_) => said(text),
            PolicyChangeKind::Review => text.and_then(domain::date::parse).map(domain::date::long),
            PolicyChangeKind::Edition => text.map(str::to_owned),
        };
        rows.push(PolicyChangeRow {
            position: change.position,
            before: in_words(change.before.as_deref()),
            after: in_words(change.after.as_deref()),
            by: change.account.and_then(|account| names.get(&account).cloned()),
            at: change.at,
            can_undo,
            what,
        });
    }
    Ok(rows)
}
