//! Who still needs what by when: every requirement with the groups of learners in which something is missing.

use std::collections::BTreeSet;

use domain::{Date, LearnerIndex, YearGroup};
use rules::{Force, Forecast, Grouping, Status};

use crate::{
    Action, Actor, App, Frame, Result, View,
    cohort::by_name,
    export::{ListFile, ListFormat, Table},
    frame::Scene,
    held::Held,
    requirement::sentence_of,
    withheld,
};

/// Whose gaps are shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GapsFilter {
    /// Of this year group, by registration group; otherwise of all, by year group.
    pub year_group: Option<YearGroup>,
}

/// Who still needs what.
#[derive(Debug, Clone)]
pub struct Gaps {
    /// Where it is.
    pub frame: Frame,
    /// The groups: year groups, or the registration groups of one year group.
    pub groups: Vec<String>,
    /// The requirements for which somebody is due or has missed it: what is due soonest and not planned first.
    pub rows: Vec<GapsRow>,
}

/// One requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapsRow {
    /// Its id.
    pub id: String,
    /// In a few words.
    pub title: String,
    /// How strongly it is asked.
    pub force: Force,
    /// By when it is due for those for whom nothing is planned; the soonest.
    pub deadline: Option<Date>,
    /// Everybody.
    pub all: Option<GapCounts>,
    /// For each group; `None` where nobody is asked, or where the group is small and the reader sees totals only.
    pub cells: Vec<Option<GapCounts>>,
}

/// How many need something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GapCounts {
    /// Due, and nothing is planned that would do.
    pub unplanned: u32,
    /// Due, and planned.
    pub planned: u32,
    /// Too late.
    pub missed: u32,
}

impl App {
    /// Who still needs what, by year group or form.
    ///
    /// # Errors
    /// If the institution is not within reach.
    pub fn gaps(&self, actor: &Actor, view: View, filter: &GapsFilter) -> Result<Gaps> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let scene = self.scene(actor, view)?;
        let is_totals_only = scene.is_totals_only();
        // Forms are small enough to tell learners by.
        let year_group = filter.year_group.filter(|_| !is_totals_only);
        let all = &scene.day.evaluation;
        let evaluation = match year_group {
            None => all.of_those(|_| true),
            Some(year) => all.of_those(|learner| Held::year_group(all, learner) == Some(year)),
        };
        let grouping = if year_group.is_some() { Grouping::Form } else { Grouping::YearGroup };
        let groups = evaluation.by(&scene.held.facts, grouping);
        let mut rows = Vec::new();
        for (at, requirement) in scene.pack.requirements.iter().enumerate() {
            let tally = evaluation.tallies[at];
            if !scene.shows(requirement) || tally.due + tally.missed == 0 {
                continue;
            }
            let sizes: Vec<u32> = groups.iter().map(|group| group.tallies[at].in_scope).collect();
            let hidden = if is_totals_only { withheld::hidden(&sizes) } else { vec![false; sizes.len()] };
            let is_hidden = is_totals_only && withheld::is_small(tally.in_scope);
            let cells = groups.iter().zip(hidden).map(|(group, hidden)| {
                let tally = group.tallies[at];
                (tally.in_scope > 0 && !hidden && !is_hidden).then(|| counts(&tally))
            });
            rows.push(GapsRow {
                id: requirement.id.clone(),
                title: requirement.wording.title.clone(),
                force: requirement.force_of(scene.held.records.institution.kind),
                deadline: soonest(&scene, &evaluation, at).filter(|_| !is_hidden),
                all: (!is_hidden).then(|| counts(&tally)),
                cells: cells.collect(),
            });
        }
        rows.sort_by_key(|row| (row.deadline.is_none(), row.deadline, row.force));
        Ok(Gaps { groups: groups.into_iter().map(|group| group.name).collect(), rows, frame: scene.frame })
    }

    /// Every learner with everything that is due or missed, as a file: what is due soonest first. The export is noted in the
    /// audit trail.
    ///
    /// # Errors
    /// As [`App::gaps`]; if the actor may not export.
    pub fn export_gaps(&self, actor: &Actor, view: View, filter: &GapsFilter, format: ListFormat) -> Result<ListFile> {
        actor.ask(Action::Export, view.institution)?;
        let scene = self.scene(actor, view)?;
        scene.ask_for_learners()?;
        let scope = actor.scope(Action::Export, view.institution)?;
        let evaluation = &scene.day.evaluation;
        let mut learners: Vec<LearnerIndex> = evaluation.learners.clone();
        learners.retain(|learner| {
            let year_group = Held::year_group(evaluation, *learner);
            filter.year_group.is_none_or(|year| year_group == Some(year)) && scope.admits(&scene.candidate(*learner))
        });
        by_name(&scene.held.records, &mut learners);
        let mut pairs = Vec::new();
        for learner in &learners {
            for (at, requirement) in scene.pack.requirements.iter().enumerate().filter(|(_, one)| scene.shows(one)) {
                let status = evaluation.standing(*learner, at).map(|standing| standing.status());
                if matches!(status, Some(Status::Due | Status::Missed)) {
                    pairs.push((*learner, at, &requirement.wording.title));
                }
            }
        }
        let asked = pairs.iter().map(|(learner, at, _)| (*learner, *at)).collect::<Vec<_>>();
        let explanations =
            rules::explain_each(scene.pack, &scene.held.records, &scene.held.facts, scene.frame.as_of, asked);
        let mut lines: Vec<_> = pairs.into_iter().zip(explanations).collect();
        lines.sort_by(|((a, at, _), one), ((b, bt, _), other)| {
            let form = |learner: LearnerIndex| &scene.held.records.learner(learner).form;
            (one.deadline.is_none(), one.deadline, at, form(*a)).cmp(&(
                other.deadline.is_none(),
                other.deadline,
                bt,
                form(*b),
            ))
        });
        let headings = [
            "Requirement",
            "What it asks",
            "Deadline",
            "Local id",
            "Surname",
            "Forename",
            "Year group",
            "Form",
            "Status",
            "Planned",
            "What is missing",
        ];
        let rows = lines.iter().map(|((learner, _, title), explanation)| {
            let person = scene.held.records.learner(*learner);
            vec![
                explanation.requirement.clone(),
                (*title).clone(),
                explanation.deadline.map_or(String::new(), |day| day.to_string()),
                person.reference.clone(),
                person.surname.clone(),
                person.forename.clone(),
                explanation.year_group.map_or(String::new(), |year| year.to_string()),
                person.form.clone().unwrap_or_default(),
                explanation.status.word().to_owned(),
                if explanation.forecast == Some(Forecast::Planned) { "yes" } else { "" }.to_owned(),
                sentence_of(explanation, scene.frame.as_of),
            ]
        });
        let table = Table { headings: headings.map(str::to_owned).to_vec(), rows: rows.collect() };
        let ids: BTreeSet<_> = lines.iter().map(|((learner, ..), _)| scene.held.learner_id(*learner)).collect();
        let why = actor.why_list(Action::Export, view.institution);
        self.note_export(actor, view.institution, "gaps", ids, why.as_deref())?;
        table.write(&format!("Who still needs what on {}", scene.frame.as_of), format)
    }
}

fn counts(tally: &rules::Tally) -> GapCounts {
    GapCounts { unplanned: tally.due - tally.planned, planned: tally.planned, missed: tally.missed }
}

/// The soonest day by which a requirement is due for somebody for whom nothing is planned.
fn soonest(scene: &Scene<'_>, evaluation: &rules::Evaluation, at: usize) -> Option<Date> {
    let open = evaluation
        .against(at)
        .filter(|(_, standing)| standing.status() == Status::Due && !standing.is_planned())
        .map(|(learner, _)| (learner, at));
    let open: Vec<_> = open.collect();
    rules::deadlines(scene.pack, &scene.held.facts, scene.frame.as_of, &open).into_iter().min()
}
