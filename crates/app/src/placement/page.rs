use domain::{AcademicYear, ActivityId, Date, LearnerId, LinkId, PlacementId, PlacementStage, YearGroup};
use jiff::Timestamp;

use super::{CheckRow, EntryRow, NextAction, PlacementForm, check::rows, next};
use crate::{Action, Actor, App, Frame, LinkPurpose, Result, View, held::Held};

/// A step as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRow {
    /// The how manieth it is.
    pub position: i64,
    /// To where.
    pub stage: PlacementStage,
    /// Why.
    pub reason: Option<String>,
    /// By whom.
    pub by: Option<String>,
    /// When.
    pub on: Date,
}

/// A link of a placement that works now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacementLink {
    /// Its key.
    pub id: LinkId,
    /// What for.
    pub purpose: LinkPurpose,
    /// Its last day.
    pub until: Option<Date>,
    /// How often it was used.
    pub uses: i32,
}

/// What the employer thought of the placement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacementFeedbackRow {
    /// Who, as they call themselves.
    pub name: Option<String>,
    /// 1 to 5.
    pub rating: Option<i64>,
    /// What went well.
    pub went_well: String,
    /// What could be better.
    pub better: String,
    /// Whether they would take a learner again.
    pub would_return: Option<bool>,
    /// When.
    pub written_at: Timestamp,
}

/// One placement.
#[derive(Debug, Clone)]
pub struct PlacementPage {
    /// Where it is.
    pub frame: Frame,
    /// Its key.
    pub id: PlacementId,
    /// Whose.
    pub learner: LearnerId,
    /// "Forename Surname".
    pub name: String,
    /// Registration group.
    pub form_group: Option<String>,
    /// Year group on the as-of date.
    pub year_group: Option<YearGroup>,
    /// In which year's season.
    pub year: AcademicYear,
    /// How far it has come.
    pub stage: PlacementStage,
    /// Why it fell through.
    pub reason: Option<String>,
    /// What is known of it; needs only for those who may see them.
    pub details: PlacementForm,
    /// Its checks.
    pub checks: Vec<CheckRow>,
    /// Its steps, the first first.
    pub steps: Vec<StepRow>,
    /// What was written, the latest first.
    pub entries: Vec<EntryRow>,
    /// Links that work now.
    pub links: Vec<PlacementLink>,
    /// What the employer thought.
    pub feedback: Vec<PlacementFeedbackRow>,
    /// The activity that counts it, with what is still open of its checklist.
    pub activity: Option<(ActivityId, Vec<&'static str>)>,
    /// What is to be done next.
    pub next: Option<NextAction>,
    /// Whether the actor may change it.
    pub may_change: bool,
    /// Whether the actor may see needs.
    pub sees_needs: bool,
    /// Another placement of this season that the same organisation is asked for meanwhile: how many.
    pub same_employer: u32,
}

impl App {
    /// One placement with its checks and its journal. The read is noted.
    ///
    /// # Errors
    /// If the institution or the learner is not within reach, or there is no such placement.
    pub fn placement(&self, actor: &Actor, view: View, id: PlacementId) -> Result<PlacementPage> {
        let institution = view.institution;
        let scene = self.placement_scene(actor, view)?;
        let one = self.store().read(institution, |tx| store::placement::get(tx, institution, id))?;
        let index = scene.learner_index(one.learner)?;
        let learner = scene.held.records.learner(index);
        let why = actor.why(Action::SeeLearners, institution, &scene.candidate(index));
        self.note_read(actor, institution, one.learner, why)?;
        let sees_needs = scene.sees_send_of(index);
        let may_change =
            actor.scope(Action::Record, institution).is_ok_and(|scope| scope.admits(&scene.candidate(index)));
        let (today, now) = (scene.frame.today, self.context().now());
        let day = |at: Timestamp| self.context().zone().to_datetime(at).date();
        self.store().read(institution, |tx| -> Result<_> {
            let checks = store::placement::checks(tx, institution, Some(id))?;
            let steps = store::placement::steps(tx, institution, Some(id))?;
            let entries = store::placement::entries(tx, institution, id)?;
            let mut accounts: Vec<_> = steps
                .iter()
                .map(|step| step.account)
                .chain(entries.iter().map(|entry| entry.account))
                .flatten()
                .collect();
            accounts.sort_unstable();
            accounts.dedup();
            let names = store::account::names(tx, &accounts)?;
            let name = |account: Option<domain::AccountId>| {
                names.iter().find(|(id, _)| Some(*id) == account).map(|(_, name)| name.clone())
            };
            let mut links = Vec::new();
            for purpose in super::link::PURPOSES {
                let found = store::link::list(tx, institution, purpose.word(), Some(id.0))?;
                let open = found
                    .into_iter()
                    .filter(|link| link.closed_at.is_none() && link.expires_at.is_none_or(|end| end > now));
                links.extend(open.map(|link| PlacementLink {
                    id: link.id,
                    purpose,
                    until: link.expires_at.map(day),
                    uses: link.uses,
                }));
            }
            let feedback = store::voice::feedback(tx, institution)?;
            let others = store::placement::list(tx, institution, Some(one.year))?;
            let activity = one.activity.and_then(|activity| {
                let index = scene.held.activity_index(activity)?;
                let missing = scene.held.records.activity(index).missing_checks();
                Some((activity, missing.iter().map(rules::sentence::check_label).collect()))
            });
            let mut details = PlacementForm::from(&one);
            details.needs = details.needs.filter(|_| sees_needs);
            Ok(PlacementPage {
                id,
                learner: one.learner,
                name: format!("{} {}", learner.forename, learner.surname),
                form_group: learner.form.clone(),
                year_group: Held::year_group(&scene.day.evaluation, index),
                year: one.year,
                stage: one.stage,
                reason: one.reason.clone(),
                details,
                checks: rows(&checks, &one, today, sees_needs),
                next: next::of(&one, &checks, steps.last().map(|step| step.at), today),
                steps: steps
                    .into_iter()
                    .map(|step| StepRow {
                        position: step.position,
                        stage: step.stage,
                        reason: step.reason,
                        by: name(step.account),
                        on: day(step.at),
                    })
                    .collect(),
                entries: entries
                    .into_iter()
                    .map(|entry| EntryRow {
                        id: entry.id,
                        sort: entry.sort,
                        held_on: entry.held_on,
                        hours: entry.hours,
                        by: entry.by_whom.or_else(|| name(entry.account)),
                        text: entry.text,
                    })
                    .collect(),
                links: links.into_iter().filter(|_| may_change).collect(),
                feedback: feedback
                    .into_iter()
                    .filter(|found| found.placement == Some(id))
                    .map(|found| PlacementFeedbackRow {
                        name: found.name,
                        rating: found.rating,
                        went_well: found.went_well,
                        better: found.better,
                        would_return: found.would_return,
                        written_at: found.written_at,
                    })
                    .collect(),
                activity,
                may_change,
                sees_needs,
                same_employer: others
                    .iter()
                    .filter(|other| {
                        other.id != id && other.organisation.is_some() && other.organisation == one.organisation
                    })
                    .count() as u32,
                frame: scene.frame,
            })
        })
    }
}
