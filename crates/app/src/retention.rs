//! How long records are kept, and letting go of what has outlived it: looked at first, then applied, noted and audited.

use std::collections::BTreeMap;

use domain::{Date, InstitutionId, Learner, LearnerId, RetentionRunId};
use jiff::Timestamp;
use serde_json::json;
use store::{Tx, retention::Ageing};

use crate::{
    Action, Actor, App, ErasureKind, Error, Frame, Problems, Result, RetentionRule, View, data_register,
    data_register_page::term,
    erasure::Identity,
    retention_period::{Fate, Periods, after, before, read_term},
};

/// What the page of retention shows.
#[derive(Debug, Clone)]
pub struct RetentionPage {
    /// Where it is.
    pub frame: Frame,
    /// Every rule, with the institution's own term if it set one.
    pub rules: Vec<RulePeriod>,
    /// What a run today would let go.
    pub plan: RetentionPlan,
    /// Past runs, latest first.
    pub runs: Vec<RetentionRunRow>,
}

/// A rule as it holds in an institution.
#[derive(Debug, Clone, Copy)]
pub struct RulePeriod {
    /// The rule.
    pub rule: &'static RetentionRule,
    /// The institution's own term, in months.
    pub own: Option<i32>,
}

/// What a run would let go, or did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionPlan {
    /// The day it goes by.
    pub as_of: Date,
    /// By rule: those that the run carries out, in the register's order.
    pub lines: Vec<RetentionLine>,
    /// Learners past the age at which records go who have no last day on roll: they stay until somebody enters it.
    pub without_leaving_date: u64,
}

/// What goes by one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionLine {
    /// Word of the rule.
    pub rule: String,
    /// What it is about.
    pub title: String,
    /// How many records go.
    pub count: u64,
    /// Of those, the day that the first should have gone, or of what has an age only, the oldest's day.
    pub oldest: Option<Date>,
}

/// A past run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionRunRow {
    /// When.
    pub ran_at: Timestamp,
    /// The day it went by.
    pub as_of: Date,
    /// Who ran it.
    pub who: String,
    /// What went, by rule's title; only what there was.
    pub gone: Vec<(String, u64)>,
}

impl RetentionPlan {
    /// How many records go in all.
    pub fn total(&self) -> u64 {
        self.lines.iter().map(|line| line.count).sum()
    }
}

impl RulePeriod {
    /// The term that holds, for people.
    pub fn term(&self) -> String {
        self.own.map_or_else(|| self.rule.default_term(), term)
    }
}

/// What goes, worked out within a transaction.
struct Found {
    plan: RetentionPlan,
    learners: Vec<(LearnerId, Learner)>,
    notes: Vec<(LearnerId, domain::GuidanceNoteId)>,
    ageing: Vec<(Ageing, (Timestamp, Date))>,
}

impl App {
    /// How long records are kept, what a run today would let go, and past runs. Nothing is written.
    ///
    /// # Errors
    /// If the actor does not answer for data protection here.
    pub fn retention(&self, actor: &Actor, view: View) -> Result<RetentionPage> {
        actor.ask_for_all(Action::ProtectData, view.institution)?;
        let frame = self.frame(actor, view)?;
        let plan = self.retention_plan(actor, view.institution)?;
        let (periods, runs) = self.store().read(view.institution, |tx| -> Result<_> {
            let periods = Periods::read(tx, view.institution)?;
            let mut rows = Vec::new();
            for run in store::retention::runs(tx, view.institution, 50)? {
                let who = match run.account {
                    Some(account) => store::account::find(tx, account)?.map_or(String::new(), |account| account.name),
                    None => Actor::operator().name().to_owned(),
                };
                rows.push(RetentionRunRow { ran_at: run.ran_at, as_of: run.as_of, who, gone: gone(&run.summary) });
            }
            Ok((periods, rows))
        })?;
        let rules = data_register().rules.iter().map(|rule| RulePeriod { rule, own: periods.own(&rule.id) });
        Ok(RetentionPage { frame, rules: rules.collect(), plan, runs })
    }

    /// What a run today would let go. Nothing is written.
    ///
    /// # Errors
    /// If the actor does not answer for data protection here.
    pub fn retention_plan(&self, actor: &Actor, institution: InstitutionId) -> Result<RetentionPlan> {
        actor.ask_for_all(Action::ProtectData, institution)?;
        self.store().read(institution, |tx| Ok(self.outlived(tx, institution)?.plan))
    }

    /// Sets the institution's own terms: for each rule "25 years", "18 months", or blank for the default.
    ///
    /// # Errors
    /// If the actor does not answer for data protection here, or a term is none or outside what the rule allows.
    pub fn set_retention(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        typed: &BTreeMap<String, String>,
    ) -> Result<()> {
        actor.ask_for_all(Action::ProtectData, institution)?;
        let mut problems = Problems::default();
        let mut terms = Vec::new();
        for (id, text) in typed {
            let rule = data_register().rules.iter().find(|rule| rule.id == *id && rule.is_adjustable());
            let rule = rule.ok_or(Error::NOT_FOUND)?;
            match read_term(text, rule) {
                Ok(months) => terms.push((rule, months.filter(|months| Some(*months) != rule.months))),
                Err(problem) => problems.add(rule.id.as_str(), problem),
            }
        }
        problems.check()?;
        self.store().write(institution, |tx| {
            let before = Periods::read(tx, institution)?;
            for (rule, months) in terms {
                if before.own(&rule.id) != months {
                    store::retention::set_period(tx, institution, &rule.id, months)?;
                    let payload = json!({"rule": rule.id, "before": before.own(&rule.id), "after": months});
                    let event = self.event(actor, "retention.changed", ("institution", Some(institution.0)), payload);
                    store::audit::record(tx, institution, &event)?;
                }
            }
            Ok(())
        })
    }

    /// Lets go of everything that has outlived its term, in one transaction, and notes it. `seen` is the number of records
    /// that the actor saw would go; none for the command line, which goes by what it finds.
    ///
    /// # Errors
    /// If the actor does not answer for data protection here, or other records would go than were seen.
    pub fn run_retention(&self, actor: &Actor, institution: InstitutionId, seen: Option<u64>) -> Result<RetentionPlan> {
        actor.ask_for_all(Action::ProtectData, institution)?;
        self.store().write(institution, |tx| {
            tx.advance(institution)?;
            let found = self.outlived(tx, institution)?;
            if seen.is_some_and(|seen| seen != found.plan.total()) {
                return Err(Error::conflict(
                    "Something changed since you looked, so nothing was removed. Look again at what would go.",
                ));
            }
            let table =
                store::catalogue::table("guidance_note").ok_or_else(|| Error::fault("no table guidance_note"))?;
            for (learner, note) in &found.notes {
                let keys = [("institution_id", institution.0), ("learner_id", learner.0), ("guidance_note_id", note.0)];
                store::rows::delete(tx, table, &keys)?;
            }
            for (id, learner) in &found.learners {
                let identity = Identity::of(tx, institution, *id, learner)?;
                let gone = self.let_go(tx, institution, *id, learner, ErasureKind::Everything)?;
                identity.forget(tx, institution)?;
                let payload = json!({"kind": "retention", "gone": gone});
                let event = self.event(actor, "learner.erased", ("learner", Some(id.0)), payload);
                store::audit::record(tx, institution, &event)?;
            }
            for (ageing, limit) in &found.ageing {
                store::retention::let_go_of_old(tx, institution, *ageing, *limit)?;
            }
            self.purge_files(tx, institution)?;
            let summary: BTreeMap<&str, u64> =
                found.plan.lines.iter().map(|line| (line.rule.as_str(), line.count)).collect();
            let id = RetentionRunId(self.context().next_id());
            let run = store::retention::Run {
                id,
                as_of: found.plan.as_of,
                account: actor.account(),
                ran_at: self.context().now(),
                summary: json!(summary).to_string(),
            };
            store::retention::insert_run(tx, institution, &run)?;
            let event = self.event(actor, "retention.applied", ("retention-run", Some(id.0)), json!({"gone": summary}));
            store::audit::record(tx, institution, &event)?;
            Ok(found.plan)
        })
    }

    /// Removes sessions, half-finished sign-ins and password resets that have expired. They belong to no institution.
    ///
    /// # Errors
    /// If the actor is not the operator.
    pub fn expire_sign_ins(&self, actor: &Actor) -> Result<u64> {
        if !actor.is_operator() {
            return Err(crate::Refusal::NotAllowed.into());
        }
        let now = self.context().now();
        Ok(self.store().write(store::Within::none(), |tx| store::retention::delete_expired(tx, now))?)
    }

    fn outlived(&self, tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Found> {
        let today = self.context().today();
        let zone = self.context().zone();
        let periods = Periods::read(tx, institution)?;
        let reviewed = store::retention::reviewed_learners(tx, institution)?;
        let mut due: BTreeMap<&str, (u64, Option<Date>)> = BTreeMap::new();
        let mut note = |rule: &'static str, day: Date| {
            let entry = due.entry(rule).or_default();
            *entry = (entry.0 + 1, Some(entry.1.map_or(day, |oldest: Date| oldest.min(day))));
        };
        let (mut learners, mut notes, mut without_leaving_date) = (Vec::new(), Vec::new(), 0);
        for (id, learner) in store::learner::all(tx, institution)? {
            let (rule, fate) = periods.fate(&learner, reviewed.binary_search(&id).is_ok(), today);
            match fate {
                Fate::GoesOn(day) if day <= today => {
                    note(rule, day);
                    learners.push((id, learner));
                }
                Fate::Undated => without_leaving_date += 1,
                Fate::GoesOn(_) | Fate::Stays => {}
            }
        }
        if let Some(months) = periods.months("guidance-notes") {
            for (learner, id, _, left) in store::retention::notes_of_leavers(tx, institution)? {
                let day = after(left, months).max(left.tomorrow().unwrap_or(left));
                let goes_anyway = learners.binary_search_by_key(&learner, |(id, _)| *id).is_ok();
                if day <= today && !goes_anyway {
                    note("guidance-notes", day);
                    notes.push((learner, id));
                }
            }
        }
        let mut ageing = Vec::new();
        for kind in Ageing::ALL {
            let Some(rule) = data_register().rule(kind.rule()) else { continue };
            let Some(limit) = before(rule, periods.months(&rule.id), today, zone) else { continue };
            let found = store::retention::count_old(tx, institution, kind, limit, zone)?;
            due.insert(kind.rule(), found);
            ageing.push((kind, limit));
        }
        // Of the other rules, one has no term of its own and one is carried out for the whole installation.
        let carried_out =
            data_register().rules.iter().filter(|rule| rule.run && !["after-leaving", "sign-in"].contains(&&*rule.id));
        let lines = carried_out.map(|rule| {
            let (count, oldest) = due.get(rule.id.as_str()).copied().unwrap_or_default();
            RetentionLine { rule: rule.id.clone(), title: rule.title.clone(), count, oldest }
        });
        let plan = RetentionPlan { as_of: today, lines: lines.collect(), without_leaving_date };
        Ok(Found { plan, learners, notes, ageing })
    }
}

fn gone(summary: &str) -> Vec<(String, u64)> {
    let counts: BTreeMap<String, u64> = serde_json::from_str(summary).unwrap_or_default();
    let rules = data_register().rules.iter();
    rules
        .filter_map(|rule| {
            let count = counts.get(&rule.id).copied().filter(|count| *count > 0)?;
            Some((rule.title.clone(), count))
        })
        .collect()
}
