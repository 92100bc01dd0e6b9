//! Who approved a programme, and what was changed since.

use std::collections::BTreeMap;

use domain::Date;
use serde_json::json;
use store::programme::{GovernorsApproval, Programme, SeniorApproval};

use crate::{
    Action, Actor, App, Problems, Result, View,
    programme::Written,
    token::{digest, hex},
};

/// Who approves a programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approver {
    /// A senior leader.
    Senior,
    /// The governors.
    Governors,
}

impl Approver {
    /// The word in addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Senior => "senior",
            Self::Governors => "governors",
        }
    }

    /// The approver with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Senior, Self::Governors].into_iter().find(|approver| approver.word() == word)
    }
}

/// Both approvals of a programme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Approvals {
    /// A senior leader's.
    pub senior: Option<Approval>,
    /// The governors'.
    pub governors: Option<Approval>,
    /// Stands for the text as it is now, and is another one as soon as a word of it is.
    pub text: String,
}

/// An approval, and what was changed since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// The senior leader, or where the governors' minutes say so.
    pub by: String,
    /// The day.
    pub on: Date,
    /// What differs from the text that was approved; empty while it still holds.
    pub changes: Vec<TextChange>,
}

/// One text that was changed, added or taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextChange {
    /// Which: "Aims", "Year 9: aims", "Year 9: outcome".
    pub label: String,
    /// What was approved; none if it is new.
    pub before: Option<String>,
    /// What stands there now; none if it was taken away.
    pub after: Option<String>,
}

/// An approval as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApprovalForm {
    /// The senior leader's name, or where the governors' minutes say so.
    pub by: String,
    /// The day; blank is today.
    pub on: String,
    /// Which text was looked at: [`Approvals::text`]; blank takes it as it is.
    pub seen: String,
}

impl App {
    /// Records that a senior leader, or the governors, approved the programme of the view's year as it stands.
    ///
    /// # Errors
    /// If the actor may not confirm for the whole institution, the form has problems, or there is nothing to approve.
    pub fn approve_programme(&self, actor: &Actor, view: View, approver: Approver, form: &ApprovalForm) -> Result<()> {
        actor.ask_for_all(Action::Confirm, view.institution)?;
        let year = self.frame(actor, view)?.year;
        let (institution, today) = (view.institution, self.context().today());
        let mut problems = Problems::default();
        let what = match approver {
            Approver::Senior => "the senior leader’s name",
            Approver::Governors => "where the minutes say so, such as “14 October 2026, item 6”",
        };
        let by = problems.required("by", &form.by, what);
        let on = match form.on.trim() {
            "" => Some(today),
            text => problems.take(
                "on",
                domain::date::parse(text)
                    .filter(|date| *date <= today)
                    .ok_or_else(|| "Enter the day of the approval, such as 12/11/2026; not one to come.".to_owned()),
            ),
        };
        problems.check()?;
        let on = on.unwrap_or(today);
        self.store().write(institution, |tx| -> Result<()> {
            tx.wait_turn(institution)?;
            let written = Written::read(tx, institution, year)?;
            let text = text_of(&written);
            let Some(mut programme) = written.programme.filter(|_| !text.is_empty()) else {
                return Err(crate::Error::conflict(format!("Nothing is written for {year} that could be approved.")));
            };
            if !form.seen.is_empty() && form.seen != fingerprint(&text) {
                return Err(crate::Error::conflict(
                    "The text was changed while you looked at it, so nothing was recorded. Look at it again, then record the approval.",
                ));
            }
            let text = serde_json::to_string(&text).map_err(crate::Error::fault)?;
            match approver {
                Approver::Senior => {
                    let account = actor.account();
                    programme.senior = Some(SeniorApproval { leader: by.clone(), on, account, text });
                }
                Approver::Governors => {
                    programme.governors = Some(GovernorsApproval { on, minute: by.clone(), text });
                }
            }
            let change =
                crate::audit::Change::default().with("by", None, Some(&by)).with("on", None, Some(&on.to_string()));
            let payload = json!({"year": year.to_string(), "approver": approver.word()});
            let event = self
                .event(actor, "programme.approved", ("programme", None), payload)
                .with([self.detail(None, &change)]);
            store::programme::set(tx, institution, &programme)?;
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// Takes an approval back that was recorded by mistake.
    ///
    /// # Errors
    /// As [`App::approve_programme`]; an approval that is not there is not found.
    pub fn withdraw_approval(&self, actor: &Actor, view: View, approver: Approver) -> Result<()> {
        actor.ask_for_all(Action::Confirm, view.institution)?;
        let year = self.frame(actor, view)?.year;
        let institution = view.institution;
        self.store().write(institution, |tx| -> Result<()> {
            tx.wait_turn(institution)?;
            let mut programme = store::programme::find(tx, institution, year)?.ok_or(crate::Error::NOT_FOUND)?;
            let was = match approver {
                Approver::Senior => programme.senior.take().is_some(),
                Approver::Governors => programme.governors.take().is_some(),
            };
            if !was {
                return Err(crate::Error::NOT_FOUND);
            }
            let payload = json!({"year": year.to_string(), "approver": approver.word()});
            let event = self.event(actor, "programme.approval-withdrawn", ("programme", None), payload);
            store::programme::set(tx, institution, &programme)?;
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }
}

/// Texts by a key that stays, each with its label.
type Texts = BTreeMap<String, (String, String)>;

/// Stands for a text: another one as soon as a word of it is.
fn fingerprint(text: &Texts) -> String {
    let text: Vec<_> = text.iter().flat_map(|(key, (_, text))| [key.as_str(), "\n", text.as_str(), "\0"]).collect();
    hex(&digest(text.concat().as_bytes()))
}

/// All that a programme says, in the form in which an approval keeps it. Blank texts are left out.
fn text_of(written: &Written) -> Texts {
    let mut texts = Texts::new();
    let mut add = |key: String, label: String, text: &str| {
        if !text.is_empty() {
            texts.insert(key, (label, text.to_owned()));
        }
    };
    if let Some(Programme { aims, leavers, delivery, send, parents, .. }) = &written.programme {
        for (key, label, text) in [
            ("1", "Aims", aims),
            ("2", "Learners when they leave", leavers),
            ("3", "How it is delivered", delivery),
            ("4", "Learners with special educational needs", send),
            ("5", "Parents and carers", parents),
        ] {
            add(key.to_owned(), label.to_owned(), text);
        }
    }
    for group in &written.groups {
        let year = group.year_group.number();
        add(format!("year-{year:02}-aims"), format!("Year {year}: aims"), &group.aims);
        add(format!("year-{year:02}-delivery"), format!("Year {year}: how it is delivered"), &group.delivery);
    }
    for outcome in &written.outcomes {
        let year = outcome.year_group.number();
        let thread = if outcome.thread.is_empty() { String::new() } else { format!(", {}", outcome.thread) };
        let said = format!("{} ({}, {}{thread})", outcome.statement, outcome.sort, outcome.stage);
        add(format!("year-{year:02}-outcome-{}", outcome.id), format!("Year {year}: outcome"), &said);
    }
    texts
}

/// The approvals of a programme, with what was changed since.
pub(crate) fn read(written: &Written) -> Approvals {
    let Some(programme) = &written.programme else { return Approvals::default() };
    let now = text_of(written);
    let since = |text: &str| {
        let then: Texts = serde_json::from_str(text).unwrap_or_default();
        differences(&then, &now)
    };
    Approvals {
        text: fingerprint(&now),
        senior: programme.senior.as_ref().map(|senior| Approval {
            by: senior.leader.clone(),
            on: senior.on,
            changes: since(&senior.text),
        }),
        governors: programme.governors.as_ref().map(|governors| Approval {
            by: governors.minute.clone(),
            on: governors.on,
            changes: since(&governors.text),
        }),
    }
}

fn differences(then: &Texts, now: &Texts) -> Vec<TextChange> {
    let mut changes = Vec::new();
    let keys: std::collections::BTreeSet<_> = then.keys().chain(now.keys()).collect();
    for key in keys {
        let (before, after) = (then.get(key), now.get(key));
        if before.map(|(_, text)| text) != after.map(|(_, text)| text)
            && let Some((label, _)) = after.or(before)
        {
            let text = |entry: Option<&(String, String)>| entry.map(|(_, text)| text.clone());
            changes.push(TextChange { label: label.clone(), before: text(before), after: text(after) });
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_changed_added_and_taken_away_is_told_apart() {
        let texts = |pairs: &[(&str, &str)]| -> Texts {
            pairs.iter().map(|(key, text)| ((*key).to_owned(), (format!("L{key}"), (*text).to_owned()))).collect()
        };
        let found =
            differences(&texts(&[("1", "a"), ("2", "b"), ("3", "c")]), &texts(&[("1", "a"), ("2", "B"), ("4", "d")]));
        let found: Vec<_> = found.iter().map(|c| (c.label.as_str(), c.before.as_deref(), c.after.as_deref())).collect();
        assert_eq!(found, [("L2", Some("b"), Some("B")), ("L3", Some("c"), None), ("L4", None, Some("d"))]);
    }
}
