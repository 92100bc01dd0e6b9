use std::collections::{BTreeMap, HashSet};

use domain::{AcademicYear, Date, Hours, LearnerId, LearnerIndex, PlacementId, PlacementStage, YearGroup};

use super::{next, open_checks};
use crate::{Action, Actor, App, Frame, NextAction, Result, View, cohort::by_name, held::Held};

/// What a board shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlacementFilter {
    /// Of this year group; none is the lowest that has placements.
    pub year_group: Option<YearGroup>,
    /// Of this form.
    pub form: Option<String>,
}

/// A placement as a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardCard {
    /// Its key.
    pub id: PlacementId,
    /// Whose.
    pub learner: LearnerId,
    /// "Surname, Forename".
    pub name: String,
    /// Registration group.
    pub form: Option<String>,
    /// Where.
    pub employer: Option<String>,
    /// First and last day.
    pub days: (Option<Date>, Option<Date>),
    /// How long it is altogether.
    pub hours: Option<Hours>,
    /// How far it has come.
    pub stage: PlacementStage,
    /// How many checks are open before it can be approved.
    pub open_checks: u32,
    /// What is to be done next.
    pub next: Option<NextAction>,
    /// Whether the actor may change it.
    pub may_change: bool,
}

/// Placements at one stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardColumn {
    /// Which.
    pub stage: PlacementStage,
    /// Those there, by name.
    pub cards: Vec<BoardCard>,
}

/// A learner without a placement in the season.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithoutPlacement {
    /// Who.
    pub id: LearnerId,
    /// "Surname, Forename".
    pub name: String,
    /// Registration group.
    pub form: Option<String>,
}

/// A year group's season.
#[derive(Debug, Clone)]
pub struct PlacementBoard {
    /// Where it is.
    pub frame: Frame,
    /// Which year's season.
    pub year: AcademicYear,
    /// Year groups that can be chosen.
    pub year_groups: Vec<YearGroup>,
    /// Which is shown.
    pub year_group: YearGroup,
    /// Forms that can be chosen.
    pub forms: Vec<String>,
    /// Every stage, each with its placements.
    pub columns: Vec<BoardColumn>,
    /// Learners without one, by name.
    pub without: Vec<WithoutPlacement>,
    /// The placements about which something is to be done, the most urgent first.
    pub next: Vec<BoardCard>,
}

impl App {
    /// A year group's season of placements, as far as the actor sees the learners. That the list was looked at is noted.
    ///
    /// # Errors
    /// If the institution is not within reach, or the actor sees no learners.
    pub fn placements(&self, actor: &Actor, view: View, filter: &PlacementFilter) -> Result<PlacementBoard> {
        let institution = view.institution;
        let scene = self.placement_scene(actor, view)?;
        let records = &scene.held.records;
        let evaluation = &scene.day.evaluation;
        let year_groups = year_groups(&scene.frame);
        let year_group = filter.year_group.or(year_groups.first().copied()).unwrap_or(YearGroup::new(10));
        let in_year: Vec<LearnerIndex> = evaluation
            .learners
            .iter()
            .copied()
            .filter(|one| scene.sees(*one) && Held::year_group(evaluation, *one) == Some(year_group))
            .collect();
        let mut forms: Vec<_> = in_year.iter().filter_map(|one| records.learner(*one).form.clone()).collect();
        forms.sort();
        forms.dedup();
        let mut shown: Vec<_> = in_year
            .into_iter()
            .filter(|one| filter.form.is_none() || records.learner(*one).form == filter.form)
            .collect();
        by_name(records, &mut shown);
        let (placements, checks, steps) = self.store().read(institution, |tx| -> Result<_> {
            Ok((
                store::placement::list(tx, institution, Some(scene.frame.year))?,
                store::placement::checks(tx, institution, None)?,
                store::placement::steps(tx, institution, None)?,
            ))
        })?;
        let records_for = actor.scope(Action::Record, institution).ok();
        let today = scene.frame.today;
        let mut cards = Vec::new();
        let mut has_one = HashSet::new();
        for index in &shown {
            let id = scene.held.learner_id(*index);
            let learner = records.learner(*index);
            let may_change = records_for.as_ref().is_some_and(|scope| scope.admits(&scene.candidate(*index)));
            for one in placements.iter().filter(|one| one.learner == id) {
                if one.stage != PlacementStage::FellThrough {
                    has_one.insert(*index);
                }
                let since = steps.iter().rfind(|step| step.placement == one.id).map(|step| step.at);
                cards.push(BoardCard {
                    id: one.id,
                    learner: id,
                    name: format!("{}, {}", learner.surname, learner.forename),
                    form: learner.form.clone(),
                    employer: one.employer.clone(),
                    days: (one.starts_on, one.ends_on),
                    hours: one.hours,
                    stage: one.stage,
                    open_checks: open_checks(&checks, one.id).len() as u32,
                    next: next::of(one, &checks, since, today),
                    may_change,
                });
            }
        }
        if !shown.is_empty() {
            let why = actor.why_list(Action::SeeLearners, institution);
            self.note_list(actor, institution, "placements", shown.len(), why.as_deref())?;
        }
        let mut next: Vec<_> = cards.iter().filter(|card| card.next.is_some()).cloned().collect();
        next.sort_by_cached_key(|card| {
            let by = card.next.as_ref().and_then(|next| next.by);
            (by.is_none(), by, std::cmp::Reverse(card.stage), card.name.clone())
        });
        let mut by_stage = BTreeMap::<PlacementStage, Vec<BoardCard>>::new();
        for card in cards {
            by_stage.entry(card.stage).or_default().push(card);
        }
        let columns = PlacementStage::ALL
            .iter()
            .map(|stage| BoardColumn { stage: *stage, cards: by_stage.remove(stage).unwrap_or_default() })
            .collect();
        let without = shown
            .into_iter()
            .filter(|index| !has_one.contains(index))
            .map(|index| {
                let learner = records.learner(index);
                WithoutPlacement {
                    id: scene.held.learner_id(index),
                    name: format!("{}, {}", learner.surname, learner.forename),
                    form: learner.form.clone(),
                }
            })
            .collect();
        Ok(PlacementBoard {
            year: scene.frame.year,
            year_groups,
            year_group,
            forms,
            columns,
            without,
            next,
            frame: scene.frame,
        })
    }
}

/// The year groups in which there are placements.
pub(super) fn year_groups(frame: &Frame) -> Vec<YearGroup> {
    let (first, last) = frame.institution.years.unwrap_or((YearGroup::LOWEST, YearGroup::HIGHEST));
    (first.number().max(10)..=last.number()).map(YearGroup::new).collect()
}

impl App {
    /// The year groups in which placements can be added.
    ///
    /// # Errors
    /// If the actor may not record here, or sees no learners.
    pub fn placement_years(&self, actor: &Actor, view: View) -> Result<Vec<YearGroup>> {
        self.ask_for_placements(actor, view.institution)?;
        Ok(year_groups(&self.placement_scene(actor, view)?.frame))
    }
}
