use domain::{Hours, LearnerId, LearnerIndex, YearGroup};
use rules::{Explanation, Status};

use super::PlacementFilter;
use crate::{Action, Actor, App, Frame, Result, View, cohort::by_name, frame::Scene, held::Held};

/// A learner's hours at workplaces in one key stage, as the rules count them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursOfStage {
    /// Done by the as-of date.
    pub done: Hours,
    /// Planned beside that, before the end of the key stage.
    pub planned: Hours,
    /// Where the learner stands.
    pub status: Status,
}

/// A learner's hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursRow {
    /// Who.
    pub id: LearnerId,
    /// "Surname, Forename".
    pub name: String,
    /// Registration group.
    pub form: Option<String>,
    /// Year group on the as-of date.
    pub year_group: Option<YearGroup>,
    /// Years 7 to 9, while they are asked about them.
    pub lower: Option<HoursOfStage>,
    /// Years 10 and 11, while they are asked about them.
    pub upper: Option<HoursOfStage>,
}

/// Hours at workplaces of the learners of a year group.
#[derive(Debug, Clone)]
pub struct HoursLedger {
    /// Where it is.
    pub frame: Frame,
    /// Which year group is shown; none is everybody.
    pub year_group: Option<YearGroup>,
    /// Forms that can be chosen.
    pub forms: Vec<String>,
    /// One week's worth in Years 7 to 9, and in Years 10 and 11, in hours; none where the edition asks for none.
    pub expected: (Option<Hours>, Option<Hours>),
    /// The learners, by name.
    pub rows: Vec<HoursRow>,
}

/// The requirements that ask for hours at workplaces.
const LOWER: &str = "wex.ks3";
const UPPER: &str = "wex.ks4";

impl App {
    /// The hours that learners spent at workplaces, as the rules count them towards a week's worth in each key stage. That the
    /// list was looked at is noted.
    ///
    /// # Errors
    /// If the institution is not within reach, or the actor sees no learners.
    pub fn placement_hours(&self, actor: &Actor, view: View, filter: &PlacementFilter) -> Result<HoursLedger> {
        let scene = self.placement_scene(actor, view)?;
        let records = &scene.held.records;
        let evaluation = &scene.day.evaluation;
        let year = |index: LearnerIndex| Held::year_group(evaluation, index);
        let in_year =
            evaluation.learners.iter().copied().filter(|index| {
                scene.sees(*index) && filter.year_group.is_none_or(|wanted| year(*index) == Some(wanted))
            });
        let in_year: Vec<_> = in_year.collect();
        let mut forms: Vec<_> = in_year.iter().filter_map(|one| records.learner(*one).form.clone()).collect();
        forms.sort();
        forms.dedup();
        let mut shown: Vec<_> = in_year
            .into_iter()
            .filter(|one| filter.form.is_none() || records.learner(*one).form == filter.form)
            .collect();
        by_name(records, &mut shown);
        if !shown.is_empty() {
            let why = actor.why_list(Action::SeeLearners, view.institution);
            self.note_list(actor, view.institution, "workplace-hours", shown.len(), why.as_deref())?;
        }
        let (lower, upper) = (of_stage(&scene, &shown, LOWER), of_stage(&scene, &shown, UPPER));
        let rows = shown
            .iter()
            .zip(lower.into_iter().zip(upper))
            .map(|(index, (lower, upper))| {
                let learner = records.learner(*index);
                HoursRow {
                    id: scene.held.learner_id(*index),
                    name: format!("{}, {}", learner.surname, learner.forename),
                    form: learner.form.clone(),
                    year_group: year(*index),
                    lower,
                    upper,
                }
            })
            .collect();
        Ok(HoursLedger {
            year_group: filter.year_group,
            forms,
            expected: (self.expected(&scene, "wex-ks3-hours"), self.expected(&scene, "wex-ks4-hours")),
            rows,
            frame: scene.frame,
        })
    }

    /// One week's worth as the institution set it, or as the rulebook has it.
    fn expected(&self, scene: &Scene<'_>, parameter: &str) -> Option<Hours> {
        let own = scene.held.records.institution.parameters.get(parameter);
        own.and_then(|text| text.parse().ok()).or_else(|| match self.rulebook().parameter(parameter)?.default {
            rules::Settled::Number(hours) => Some(Hours::whole(hours)),
            rules::Settled::YesNo(_) => None,
        })
    }
}

/// What the rules say of each learner's hours in one key stage; none for those who are not asked about it.
fn of_stage(scene: &Scene<'_>, learners: &[LearnerIndex], requirement: &str) -> Vec<Option<HoursOfStage>> {
    let Some(position) = scene.pack.requirements.iter().position(|one| one.id == requirement) else {
        return vec![None; learners.len()];
    };
    let records = &scene.held.records;
    let pairs: Vec<_> = learners.iter().map(|learner| (*learner, position)).collect();
    let hours = |of: &[domain::ActivityIndex]| of.iter().filter_map(|one| records.activity(*one).hours).sum();
    let row = |one: Explanation| {
        one.window.map(|_| HoursOfStage { done: hours(&one.counted), planned: hours(&one.planned), status: one.status })
    };
    rules::explain_each(scene.pack, records, &scene.held.facts, scene.frame.as_of, pairs).into_iter().map(row).collect()
}
