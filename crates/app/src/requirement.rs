use std::collections::{BTreeSet, HashMap};

use domain::{Date, LearnerId, LearnerIndex, YearGroup};
use rules::{Explanation, Forecast, Grouping, Offered, Status, Tally, sentence};

use crate::{
    Action, Actor, App, CohortFilter, Error, Frame, GroupTally, RequirementRow, Result, View,
    benchmarks::{rows, tally},
    cohort::by_name,
    export::{ListFile, ListFormat, Table},
    frame::Scene,
    held::Held,
    withheld,
};

/// How many learners a page of a list shows.
pub(crate) const PAGE: usize = 50;

/// Which learners a requirement's page lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequirementFilter {
    /// In this status; everybody in scope otherwise.
    pub status: Option<Status>,
    /// Among those due: planned or not.
    pub planned: Option<bool>,
    /// Among those due: partly met or not.
    pub partly_met: Option<bool>,
    /// Among those due: due by this day.
    pub deadline: Option<Date>,
    /// Of this cohort.
    pub cohort: CohortFilter,
    /// After this learner, for the next page.
    pub after: Option<LearnerId>,
}

/// What a requirement's page shows.
#[derive(Debug, Clone)]
pub struct RequirementPage {
    /// Where it is.
    pub frame: Frame,
    /// The requirement with its counts over all learners.
    pub requirement: RequirementRow,
    /// The counts of the cohort that the filter names, if it names one.
    pub chosen: Option<Tally>,
    /// The same by registration group.
    pub by_form: Vec<GroupTally>,
    /// What was offered to whole cohorts, under provider access.
    pub offered: Vec<Offered>,
    /// The registration groups that the list can be narrowed to.
    pub forms: Vec<String>,
    /// The days by which it is due for somebody, soonest first.
    pub deadlines: Vec<Date>,
    /// How many learners the filter admits.
    pub matching: u32,
    /// A page of them, by name.
    pub learners: Vec<RequirementLearner>,
    /// Where the next page begins, if there is one.
    pub next: Option<LearnerId>,
}

/// One learner against the requirement.
#[derive(Debug, Clone)]
pub struct RequirementLearner {
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
    /// Where they stand and why.
    pub explanation: Explanation,
    /// The same in a sentence.
    pub sentence: String,
}

impl App {
    /// Who is met, due and missed, and why.
    ///
    /// # Errors
    /// If the institution is not within reach, or the edition has no such requirement.
    pub fn requirement(
        &self,
        actor: &Actor,
        view: View,
        requirement: &str,
        filter: &RequirementFilter,
    ) -> Result<RequirementPage> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let scene = self.scene(actor, view)?;
        let at = position(&scene, requirement)?;
        scene.ask_to_narrow(&filter.cohort)?;
        // Whoever sees totals only gets no list, and no way to narrow one down to somebody.
        let matching = if scene.is_totals_only() { Vec::new() } else { matching(&scene, at, filter) };
        let start = match filter.after.and_then(|id| scene.held.learner_index(id)) {
            Some(after) => matching.iter().position(|learner| *learner == after).map_or(0, |at| at + 1),
            None => 0,
        };
        let page: Vec<_> = matching[start..].iter().copied().take(PAGE).collect();
        let next = (start + page.len() < matching.len()).then(|| page.last().copied()).flatten();
        let learners = explained(&scene, at, page);
        let row = rows(&scene, |other| other.id == requirement).into_iter().next().ok_or(Error::NOT_FOUND)?;
        if !learners.is_empty() {
            let why = actor.why_list(Action::SeeLearners, view.institution);
            self.note_list(actor, view.institution, requirement, learners.len(), why.as_deref())?;
        }
        // Forms are small enough to tell learners by.
        let (by_form, due) = if scene.is_totals_only() {
            (Vec::new(), Vec::new())
        } else {
            let forms = scene.day.evaluation.by(&scene.held.facts, Grouping::Form);
            (withheld::of_groups(&forms, at, false), deadlines(&scene, at).into_values().collect())
        };
        let is_narrowed = filter.cohort != CohortFilter::default() && !scene.is_totals_only();
        let chosen = is_narrowed.then(|| {
            let evaluation = &scene.day.evaluation;
            let some = evaluation.of_those(|learner| filter.cohort.admits(&scene.held, evaluation, learner));
            tally(&scene, some.tallies[at])
        });
        Ok(RequirementPage {
            chosen,
            deadlines: BTreeSet::from_iter(due).into_iter().collect(),
            requirement: row,
            forms: by_form.iter().map(|(name, _)| name.clone()).collect(),
            by_form,
            offered: scene.day.evaluation.offered[at].clone(),
            matching: matching.len() as u32,
            learners,
            next: next.map(|learner| scene.held.learner_id(learner)),
            frame: scene.frame,
        })
    }

    /// Everybody whom the filter admits, as a file. The export is noted in the audit trail.
    ///
    /// # Errors
    /// As [`App::requirement`].
    pub fn export_requirement(
        &self,
        actor: &Actor,
        view: View,
        requirement: &str,
        filter: &RequirementFilter,
        format: ListFormat,
    ) -> Result<ListFile> {
        actor.ask(Action::Export, view.institution)?;
        let scene = self.scene(actor, view)?;
        scene.ask_for_learners()?;
        let at = position(&scene, requirement)?;
        scene.ask_to_narrow(&filter.cohort)?;
        // Seeing somebody is not yet taking them away in a file: that may hold over fewer.
        let scope = actor.scope(Action::Export, view.institution)?;
        let mut exported = matching(&scene, at, filter);
        exported.retain(|learner| scope.admits(&scene.candidate(*learner)));
        let learners = explained(&scene, at, exported);
        let headings =
            ["Local id", "Surname", "Forename", "Year group", "Form", "Status", "Since", "Deadline", "Planned", "Why"];
        let rows = learners.iter().map(|learner| {
            let person = &scene.held.records.learners[learner.explanation.learner.0 as usize];
            let explanation = &learner.explanation;
            let day = |date: Option<Date>| date.map_or(String::new(), |date| date.to_string());
            vec![
                person.reference.clone(),
                person.surname.clone(),
                person.forename.clone(),
                learner.year_group.map_or(String::new(), |year| year.to_string()),
                learner.form.clone().unwrap_or_default(),
                explanation.status.word().to_owned(),
                day(explanation.on),
                day(explanation.deadline),
                if explanation.forecast == Some(Forecast::Planned) { "yes" } else { "" }.to_owned(),
                learner.sentence.clone(),
            ]
        });
        let table = Table { headings: headings.map(str::to_owned).to_vec(), rows: rows.collect() };
        let why = actor.why_list(Action::Export, view.institution);
        let ids = learners.iter().map(|learner| learner.id);
        self.note_export(actor, view.institution, requirement, ids, why.as_deref())?;
        table.write(&format!("{requirement} on {}", scene.frame.as_of), format)
    }
}

pub(crate) fn position(scene: &Scene<'_>, requirement: &str) -> Result<usize> {
    let at = scene.pack.requirements.iter().position(|other| other.id == requirement && scene.shows(other));
    at.ok_or(Error::NOT_FOUND)
}

fn matching(scene: &Scene<'_>, requirement: usize, filter: &RequirementFilter) -> Vec<LearnerIndex> {
    let evaluation = &scene.day.evaluation;
    let due = filter.deadline.map(|deadline| (deadline, deadlines(scene, requirement)));
    let mut learners: Vec<_> = evaluation
        .against(requirement)
        .filter(|(_, standing)| match filter.status {
            Some(status) => standing.status() == status,
            None => standing.is_in_scope(),
        })
        .filter(|(_, standing)| filter.planned.is_none_or(|planned| standing.is_planned() == planned))
        .filter(|(_, standing)| filter.partly_met.is_none_or(|partly| standing.is_partly_met() == partly))
        .map(|(learner, _)| learner)
        .filter(|learner| due.as_ref().is_none_or(|(deadline, due)| due.get(learner) == Some(deadline)))
        .filter(|learner| filter.cohort.admits(&scene.held, evaluation, *learner))
        .collect();
    by_name(&scene.held.records, &mut learners);
    learners
}

/// By when it is due, for each learner for whom it is.
fn deadlines(scene: &Scene<'_>, requirement: usize) -> HashMap<LearnerIndex, Date> {
    let due: Vec<_> = scene
        .day
        .evaluation
        .against(requirement)
        .filter(|(_, standing)| standing.status() == Status::Due)
        .map(|(learner, _)| (learner, requirement))
        .collect();
    let deadlines = rules::deadlines(scene.pack, &scene.held.facts, scene.frame.as_of, &due);
    due.into_iter().map(|(learner, _)| learner).zip(deadlines).collect()
}

fn explained(scene: &Scene<'_>, requirement: usize, learners: Vec<LearnerIndex>) -> Vec<RequirementLearner> {
    let pairs: Vec<_> = learners.iter().map(|learner| (*learner, requirement)).collect();
    let explanations =
        rules::explain_each(scene.pack, &scene.held.records, &scene.held.facts, scene.frame.as_of, pairs);
    learners
        .into_iter()
        .zip(explanations)
        .map(|(index, explanation)| {
            let explanation = scene.without_what_is_hidden(index, explanation);
            let learner = scene.held.records.learner(index);
            RequirementLearner {
                id: scene.held.learner_id(index),
                reference: learner.reference.clone(),
                name: format!("{}, {}", learner.surname, learner.forename),
                year_group: Held::year_group(&scene.day.evaluation, index),
                form: learner.form.clone(),
                sentence: sentence_of(&explanation, scene.frame.as_of) + &planned(scene, &explanation),
                explanation,
            }
        })
        .collect()
}

/// The first of what is planned and would meet it, to follow the sentence; empty unless it is due and planned.
fn planned(scene: &Scene<'_>, explanation: &Explanation) -> String {
    if explanation.forecast != Some(Forecast::Planned) {
        return String::new();
    }
    explanation.planned.first().map_or(String::new(), |index| {
        let next = scene.held.records.activity(*index);
        format!(" Planned next: {}, {}.", next.title, domain::date::long(next.date))
    })
}

/// Why a learner stands where they stand, in a sentence.
pub(crate) fn sentence_of(explanation: &Explanation, as_of: Date) -> String {
    match explanation.status {
        Status::NotApplicable => explanation.reason.map_or(String::new(), |reason| sentence::reason(reason).to_owned()),
        Status::Met => explanation.on.map_or(String::new(), |on| format!("Met on {}.", domain::date::long(on))),
        Status::Due => explanation.missing_sentence(),
        Status::Missed => match explanation.window {
            Some((_, closed)) if closed < as_of => format!("The time for it ended on {}.", domain::date::long(closed)),
            _ => "The time for it has ended.".to_owned(),
        },
        Status::Upcoming => match explanation.window {
            Some((opens, _)) => format!("Starts on {}.", domain::date::long(opens)),
            None => String::new(),
        },
    }
}
