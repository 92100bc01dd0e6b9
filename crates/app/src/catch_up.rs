//! Who missed an activity and has yet to make up for it.
//!
//! A missed activity is made up for by another like it that the learner attends later: docs/decisions/0047 says what is alike.
//! That is derived, never stored; what is stored is what somebody said by hand.

mod list;
mod work;

use domain::{ActivityId, Date, InstitutionId, Kind, LearnerId, ParticipationStatus, YearGroup};
use serde_json::json;
use store::{catch_up::CatchUp, participation::Entry};

pub use self::list::{CatchUpActivity, CatchUps};
use crate::{Action, Actor, App, Error, Problems, Result, View, audit::Change};

/// How many lines a page of the list shows.
pub(crate) const PAGE: usize = 50;

/// Which missed activities a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CatchUpFilter {
    /// Of learners in this year group.
    pub year_group: Option<YearGroup>,
    /// Of learners in this registration group.
    pub form: Option<String>,
    /// This activity.
    pub activity: Option<ActivityId>,
    /// Of this learner.
    pub learner: Option<LearnerId>,
    /// Of this kind.
    pub kind: Option<Kind>,
    /// Standing so; otherwise those that are open.
    pub standing: CatchUpWord,
    /// Of earlier academic years, too.
    pub every_year: bool,
    /// How many lines come before the page.
    pub skip: usize,
}

/// How far catching up has come, in a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum CatchUpWord {
    /// Nothing is planned yet.
    #[default]
    Open,
    /// The learner is invited to something that would do.
    Planned,
    /// Made up for, or not needed.
    Closed,
    /// All of them.
    Any,
}

/// One activity that one learner missed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatchUpRow {
    /// Who.
    pub learner: LearnerId,
    /// "Surname, Forename".
    pub name: String,
    /// Their local id.
    pub reference: String,
    /// Year group on the day.
    pub year_group: Option<YearGroup>,
    /// Registration group.
    pub form: Option<String>,
    /// What was missed.
    pub activity: ActivityId,
    /// What it is called.
    pub title: String,
    /// When it was.
    pub date: Date,
    /// What it was.
    pub kind: Kind,
    /// What the register says: absent, excused, or still invited.
    pub mark: ParticipationStatus,
    /// How far catching up has come.
    pub standing: CatchUpStanding,
}

/// How far catching up has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CatchUpStanding {
    /// Nothing is planned.
    Open,
    /// Invited to this one, which would do.
    Planned(ActivityName),
    /// This one, attended later, did.
    Made(ActivityName),
    /// Somebody said so: with this activity if one is named, and why.
    Said(Option<ActivityName>, String),
}

/// An activity by name and day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityName {
    /// Its id.
    pub id: ActivityId,
    /// What it is called.
    pub title: String,
    /// Its day.
    pub date: Date,
}

impl CatchUpStanding {
    /// In a word.
    pub const fn word(&self) -> CatchUpWord {
        match self {
            Self::Open => CatchUpWord::Open,
            Self::Planned(_) => CatchUpWord::Planned,
            Self::Made(_) | Self::Said(..) => CatchUpWord::Closed,
        }
    }
}

/// What closes a missed activity by hand, as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CatchUpForm {
    /// The id of the activity that made up for it; blank if none did.
    pub activity: String,
    /// Why it is not needed, or what there is to add.
    pub reason: String,
}

/// A session for those who missed something, as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CatchUpSessionForm {
    /// Its day.
    pub date: String,
    /// Who is invited.
    pub learners: Vec<LearnerId>,
}

/// The longest reason, in characters.
const LONGEST: usize = 1000;

impl App {
    /// Says that a learner need not make up for an activity any more: because of another one, or for a reason.
    ///
    /// # Errors
    /// If the actor may not record of this learner, the learner did not miss the activity, or the form has problems.
    pub fn close_catch_up(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        missed: ActivityId,
        learner: LearnerId,
        form: &CatchUpForm,
    ) -> Result<()> {
        actor.ask(Action::Record, institution)?;
        self.ask_for_each(actor, Action::Record, institution, [learner])?;
        let held = self.held(institution)?;
        let (who, what) = (held.learner_index(learner), held.activity_index(missed));
        let was_missed = held.records.participations.iter().any(|one| {
            Some(one.learner) == who && Some(one.activity) == what && one.status != ParticipationStatus::Attended
        });
        if !was_missed {
            return Err(Error::NOT_FOUND);
        }
        let mut problems = Problems::default();
        let reason = form.reason.trim().to_owned();
        let closed_by = match form.activity.trim() {
            "" => None,
            text => {
                let known = text.parse().ok().filter(|id| *id != missed && held.activity_index(*id).is_some());
                let since = what.map(|what| held.records.activity(what).date);
                let was_there = |id: &ActivityId| {
                    held.activity_index(*id).is_some_and(|other| {
                        let is_later = Some(held.records.activity(other).date) >= since;
                        is_later
                            && held.records.participations.iter().any(|one| {
                                let status = one.status;
                                (Some(one.learner), one.activity) == (who, other)
                                    && matches!(status, ParticipationStatus::Attended | ParticipationStatus::Invited)
                            })
                    })
                };
                problems.take(
                    "activity",
                    known
                        .filter(was_there)
                        .ok_or_else(|| "Choose the activity that made up for it from the list.".to_owned()),
                )
            }
        };
        if form.activity.trim().is_empty() && reason.is_empty() {
            problems.add("reason", "Say why it is not needed, or choose the activity that made up for it.");
        }
        if reason.chars().count() > LONGEST {
            problems.add("reason", "This is too long to keep as a reason. Keep it below 1,000 characters.");
        }
        problems.check()?;
        let payload = json!({"by": closed_by.map(|id: ActivityId| id.0)});
        let event = self
            .event(actor, "catch-up.closed", ("activity", Some(missed.0)), payload)
            .with([self.detail(Some(learner), &Change::default().with("reason", None, Some(&reason)))]);
        let closed = CatchUp {
            activity: missed,
            learner,
            closed_by,
            reason,
            closed_at: self.context().now(),
            account: actor.account(),
        };
        self.store().write(institution, |tx| -> Result<()> {
            store::catch_up::close(tx, institution, &closed)?;
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// Takes back what [`App::close_catch_up`] said.
    ///
    /// # Errors
    /// If the actor may not record of this learner, or nothing was said.
    pub fn reopen_catch_up(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        missed: ActivityId,
        learner: LearnerId,
    ) -> Result<()> {
        actor.ask(Action::Record, institution)?;
        self.ask_for_each(actor, Action::Record, institution, [learner])?;
        let event = self
            .event(actor, "catch-up.reopened", ("activity", Some(missed.0)), json!({}))
            .with([self.detail(Some(learner), &Change::default())]);
        self.store().write(institution, |tx| -> Result<()> {
            store::catch_up::reopen(tx, institution, missed, learner)?;
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// Plans a session like the one that was missed, with these learners invited.
    ///
    /// # Errors
    /// If the actor may not record here, there is no such activity, a learner is out of reach, or the form has problems.
    pub fn plan_catch_up(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        missed: ActivityId,
        form: &CatchUpSessionForm,
    ) -> Result<ActivityId> {
        actor.ask(Action::Record, institution)?;
        self.ask_for_each(actor, Action::Record, institution, form.learners.iter().copied())?;
        let view = View { institution, as_of: None };
        let scene = self.scene(actor, view)?;
        // Whoever names a part means the occasion.
        let missed = scene.held.whole_of(missed).unwrap_or(missed);
        let index = scene
            .held
            .activity_index(missed)
            .filter(|index| crate::activity::is_shown(&scene, *index))
            .ok_or(Error::NOT_FOUND)?;
        for learner in &form.learners {
            scene.learner_index(*learner)?;
        }
        let today = self.context().today();
        let mut problems = Problems::default();
        let date = problems.take(
            "date",
            domain::date::parse(&form.date)
                .filter(|date| *date >= today)
                .ok_or_else(|| "Enter the day of the session, such as 12/01/2027; not one that has passed.".to_owned()),
        );
        if form.learners.is_empty() {
            problems.add("learners", "Tick who is to be invited.");
        }
        problems.check()?;
        let Some(date) = date else { return Err(Error::problem("date", "Enter a day.")) };
        let was = scene.held.records.activity(index);
        let id = ActivityId(self.context().next_id());
        let again = |id: ActivityId, was: &domain::Activity| domain::Activity {
            reference: format!("A{id}"),
            title: format!("Catch-up: {}", was.title.strip_prefix("Catch-up: ").unwrap_or(&was.title)),
            date,
            year_groups: Default::default(),
            // What can only be known afterwards was known of the other day, not of this one.
            checks: rules::before_the_day(was.checks),
            source: None,
            state: domain::ActivityState::Planned,
            ..was.clone()
        };
        // A fair with four providers is made up for by one with all four.
        let mut activities = vec![(id, again(id, was))];
        for part in scene.held.parts_of(missed) {
            if let Some(index) = scene.held.activity_index(part) {
                let id = ActivityId(self.context().next_id());
                activities.push((id, again(id, scene.held.records.activity(index))));
            }
        }
        let mut learners = form.learners.clone();
        learners.sort_unstable();
        learners.dedup();
        let invited = Some(ParticipationStatus::Invited.word());
        let details: Vec<_> = learners
            .iter()
            .map(|learner| self.detail(Some(*learner), &Change::default().with("mark", None, invited)))
            .collect();
        let payload = json!({"missed": missed.0, "rows": learners.len()});
        let event = self.event(actor, "catch-up.planned", ("activity", Some(id.0)), payload).with(details);
        let entries: Vec<_> = activities
            .iter()
            .flat_map(|(activity, _)| {
                let invited = |learner: &LearnerId| Entry {
                    learner: *learner,
                    activity: *activity,
                    status: ParticipationStatus::Invited,
                };
                learners.iter().map(invited)
            })
            .collect();
        self.store().write(institution, |tx| -> Result<()> {
            tx.advance(institution)?;
            for (activity, what) in &activities {
                store::activity::insert(tx, institution, *activity, what)?;
                if *activity != id {
                    store::activity::set_part_of(tx, institution, *activity, Some(id))?;
                }
            }
            store::participation::set_many(tx, institution, &entries)?;
            Ok(store::audit::record(tx, institution, &event)?)
        })?;
        Ok(id)
    }
}
