use domain::{Activity, ActivityId, Adapted, Learner, LearnerId, LearnerIndex, ParticipationStatus, YearGroup};
use rules::{Area, Explanation, Force, Grouping, Status, sentence};

use crate::{
    Action, Actor, App, CohortFilter, Frame, GuidanceNoteRow, Result, View,
    cohort::by_name,
    frame::Scene,
    held::Held,
    requirement::{PAGE, sentence_of},
};

/// Which learners the list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LearnerFilter {
    /// Of this cohort.
    pub cohort: CohortFilter,
    /// After this learner, for the next page.
    pub after: Option<LearnerId>,
}

/// The list of learners on roll.
#[derive(Debug, Clone)]
pub struct LearnerList {
    /// Where it is.
    pub frame: Frame,
    /// The registration groups that the list can be narrowed to.
    pub forms: Vec<String>,
    /// How many learners the filter admits.
    pub matching: u32,
    /// A page of them, by name.
    pub learners: Vec<LearnerRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<LearnerId>,
}

/// One learner in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LearnerRow {
    /// Their id.
    pub id: LearnerId,
    /// The local id.
    pub reference: String,
    /// "Surname, Forename".
    pub name: String,
    /// Year group on the day.
    pub year_group: Option<YearGroup>,
    /// Registration group.
    pub form: Option<String>,
    /// Of the requirements that apply: how many are met, due and missed.
    pub met: u32,
    /// Due.
    pub due: u32,
    /// Missed.
    pub missed: u32,
}

/// What a learner's page shows.
#[derive(Debug, Clone)]
pub struct LearnerPage {
    /// Where it is.
    pub frame: Frame,
    /// Their id.
    pub id: LearnerId,
    /// Who it is.
    pub learner: Learner,
    /// Year group on the day; `None` if not on roll then.
    pub year_group: Option<YearGroup>,
    /// Whether on roll on the day.
    pub is_on_roll: bool,
    /// Every requirement, in the order of the edition.
    pub findings: Vec<Finding>,
    /// Everything recorded of them, latest first.
    pub timeline: Vec<TimelineEntry>,
    /// What guidance meetings came to, the latest first, without private parts.
    pub notes: Vec<GuidanceNoteRow>,
    /// Whether the actor may write down what a meeting came to.
    pub may_write_notes: bool,
    /// Findings on the record itself: a UPN whose check letter is wrong, and the like.
    pub doubts: Vec<String>,
}

/// One requirement for one learner.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The requirement's id.
    pub requirement: String,
    /// Its title.
    pub title: String,
    /// What it belongs to.
    pub area: Area,
    /// How strongly it is asked.
    pub force: Force,
    /// Where the learner stands.
    pub status: Status,
    /// The whole explanation.
    pub explanation: Explanation,
    /// The same in a sentence.
    pub sentence: String,
    /// What met it.
    pub evidence: Vec<EvidenceRow>,
    /// What does not count, and why.
    pub not_counted: Vec<(EvidenceRow, Vec<String>)>,
    /// What is planned that would count.
    pub planned: Vec<EvidenceRow>,
    /// What is adapted for this learner: what applies instead, why, who decided.
    pub adapted: Option<String>,
}

/// An activity as evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceRow {
    /// Its id.
    pub id: ActivityId,
    /// How the institution names it.
    pub reference: String,
    /// What it is called.
    pub title: String,
    /// Its day.
    pub date: domain::Date,
    /// Whether it is a previous school's record.
    pub is_transferred: bool,
}

/// One thing that a learner took part in, or did not.
#[derive(Debug, Clone)]
pub struct TimelineEntry {
    /// The activity's id.
    pub id: ActivityId,
    /// The activity.
    pub activity: Activity,
    /// How the learner took part.
    pub status: ParticipationStatus,
    /// Whether it is still to come on the as-of date.
    pub is_ahead: bool,
    /// The requirements that it counts for.
    pub counts_for: Vec<String>,
    /// The boxes of its checklist that keep it from being meaningful.
    pub missing_boxes: Vec<&'static str>,
}

impl App {
    /// Learners on roll, by name.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn learners(&self, actor: &Actor, view: View, filter: &LearnerFilter) -> Result<LearnerList> {
        // A learner sees their own record, not a list.
        actor.ask(Action::SeeTotals, view.institution)?;
        let scene = self.scene(actor, view)?;
        scene.ask_for_learners()?;
        scene.ask_to_narrow(&filter.cohort)?;
        let evaluation = &scene.day.evaluation;
        let mut matching: Vec<LearnerIndex> = evaluation
            .learners
            .iter()
            .copied()
            .filter(|learner| filter.cohort.admits(&scene.held, evaluation, *learner))
            .collect();
        by_name(&scene.held.records, &mut matching);
        let start = match filter.after.and_then(|id| scene.held.learner_index(id)) {
            Some(after) => matching.iter().position(|learner| *learner == after).map_or(0, |at| at + 1),
            None => 0,
        };
        let page = &matching[start..matching.len().min(start + PAGE)];
        if !page.is_empty() {
            let why = actor.why_list(Action::SeeLearners, view.institution);
            self.note_list(actor, view.institution, "learners", page.len(), why.as_deref())?;
        }
        let next = (start + page.len() < matching.len()).then(|| page.last().copied()).flatten();
        Ok(LearnerList {
            forms: forms(&scene),
            matching: matching.len() as u32,
            learners: page.iter().map(|learner| row(&scene, *learner)).collect(),
            next: next.map(|learner| scene.held.learner_id(learner)),
            frame: scene.frame,
        })
    }

    /// One learner: everything they took part in, and where they stand. The read is noted in the audit trail.
    ///
    /// # Errors
    /// If the institution is not within reach, or has no such learner.
    pub fn learner(&self, actor: &Actor, view: View, id: LearnerId) -> Result<LearnerPage> {
        let scene = self.scene(actor, view)?;
        let index = scene.learner_index(id)?;
        let why = actor.why(Action::SeeLearners, view.institution, &scene.candidate(index));
        self.note_read(actor, view.institution, id, why)?;
        let learner = scene.visible(index);
        let notes = self.notes_of(actor, &scene, id, false)?;
        let may_write_notes = notes_writable(actor, &scene, index);
        let findings = findings(&scene, index);
        Ok(LearnerPage {
            id,
            year_group: Held::year_group(&scene.day.evaluation, index),
            is_on_roll: learner.is_on_roll(scene.frame.as_of),
            timeline: timeline(&scene, index, &findings),
            doubts: doubts(&learner),
            notes,
            may_write_notes,
            findings,
            learner,
            frame: scene.frame,
        })
    }
}

pub(crate) fn forms(scene: &Scene<'_>) -> Vec<String> {
    let groups = scene.day.evaluation.by(&scene.held.facts, Grouping::Form);
    groups.into_iter().map(|group| group.name).collect()
}

pub(crate) fn row(scene: &Scene<'_>, index: LearnerIndex) -> LearnerRow {
    let evaluation = &scene.day.evaluation;
    let learner = scene.held.records.learner(index);
    let standings = evaluation.position_of(index).map_or(&[][..], |at| evaluation.of_position(at));
    let sees_send = scene.sees_send_of(index);
    // One more thing asked of somebody would tell that they have a plan.
    let shown =
        standings.iter().zip(&scene.pack.requirements).filter(|(_, asked)| sees_send || asked.area != Area::Ehcp);
    let shown: Vec<Status> = shown.map(|(standing, _)| standing.status()).collect();
    let count = |status: Status| shown.iter().filter(|other| **other == status).count() as u32;
    LearnerRow {
        id: scene.held.learner_id(index),
        reference: learner.reference.clone(),
        name: format!("{}, {}", learner.surname, learner.forename),
        year_group: Held::year_group(evaluation, index),
        form: learner.form.clone(),
        met: count(Status::Met),
        due: count(Status::Due),
        missed: count(Status::Missed),
    }
}

fn findings(scene: &Scene<'_>, learner: LearnerIndex) -> Vec<Finding> {
    let sees_send = scene.sees_send_of(learner);
    let asked = || {
        let all = scene.pack.requirements.iter().enumerate();
        all.filter(|(_, requirement)| sees_send || requirement.area != Area::Ehcp)
    };
    let pairs: Vec<_> = asked().map(|(requirement, _)| (learner, requirement)).collect();
    let explanations =
        rules::explain_each(scene.pack, &scene.held.records, &scene.held.facts, scene.frame.as_of, pairs);
    let kind = scene.held.records.institution.kind;
    asked()
        .zip(explanations)
        .map(|((_, requirement), explanation)| (requirement, scene.without_what_is_hidden(learner, explanation)))
        .map(|(requirement, explanation)| Finding {
            requirement: requirement.id.clone(),
            title: requirement.wording.title.clone(),
            area: requirement.area,
            force: requirement.force_of(kind),
            status: explanation.status,
            sentence: sentence_of(&explanation, scene.frame.as_of),
            evidence: explanation.evidence.iter().map(|activity| evidence(scene, *activity)).collect(),
            not_counted: explanation
                .not_counted
                .iter()
                .map(|(activity, why)| (evidence(scene, *activity), why.iter().map(sentence::why_not).collect()))
                .collect(),
            planned: explanation.planned.iter().map(|activity| evidence(scene, *activity)).collect(),
            adapted: explanation.adapted.as_ref().map(|adapted| {
                let instead = match adapted.adapted {
                    Adapted::Out => "Does not apply to this learner".to_owned(),
                    Adapted::Count(count) => format!("Asks for {count} for this learner"),
                };
                format!("{instead}: {} (decided by {}).", adapted.reason.trim_end_matches('.'), adapted.person)
            }),
            explanation,
        })
        .collect()
}

/// Whether the actor may write notes of this learner's guidance meetings.
fn notes_writable(actor: &Actor, scene: &Scene<'_>, learner: LearnerIndex) -> bool {
    let scope = actor.scope(Action::WriteNotes, scene.frame.institution.id);
    scope.is_ok_and(|scope| scope.admits(&scene.candidate(learner)))
}

fn evidence(scene: &Scene<'_>, index: domain::ActivityIndex) -> EvidenceRow {
    let activity = scene.held.records.activity(index);
    EvidenceRow {
        id: scene.held.activity_id(index),
        reference: activity.reference.clone(),
        title: activity.title.clone(),
        date: activity.date,
        is_transferred: activity.source.is_some(),
    }
}

fn timeline(scene: &Scene<'_>, learner: LearnerIndex, findings: &[Finding]) -> Vec<TimelineEntry> {
    let records = &scene.held.records;
    let mut entries: Vec<_> = records
        .participations
        .iter()
        .filter(|participation| participation.learner == learner)
        .filter(|participation| records.activity(participation.activity).state.counts())
        .map(|participation| {
            let activity = records.activity(participation.activity).clone();
            let counts_for = findings
                .iter()
                .filter(|finding| finding.explanation.counted.contains(&participation.activity))
                .map(|finding| finding.requirement.clone())
                .collect();
            TimelineEntry {
                id: scene.held.activity_id(participation.activity),
                status: participation.status,
                is_ahead: activity.date > scene.frame.as_of,
                counts_for,
                missing_boxes: activity.missing_checks().iter().map(sentence::check_label).collect(),
                activity,
            }
        })
        .collect();
    entries.sort_by(|a, b| (b.activity.date, &b.activity.reference).cmp(&(a.activity.date, &a.activity.reference)));
    entries
}

/// What is odd about the record itself. Never a reason to refuse it.
fn doubts(learner: &Learner) -> Vec<String> {
    use domain::identifier::{Graded, uln, upn};
    let mut doubts = Vec::new();
    if let Some(text) = &learner.upn {
        match upn(text) {
            Graded::WrongCheck => doubts.push("The UPN's check letter does not fit its digits.".to_owned()),
            Graded::WrongShape => doubts.push("The UPN does not have the shape of one.".to_owned()),
            Graded::Good | Graded::Placeholder => {}
        }
    }
    if let Some(text) = &learner.uln {
        match uln(text) {
            Graded::WrongCheck => doubts.push("The ULN's last digit does not fit the others.".to_owned()),
            Graded::WrongShape => doubts.push("The ULN does not have the shape of one.".to_owned()),
            Graded::Good | Graded::Placeholder => {}
        }
    }
    doubts
}
