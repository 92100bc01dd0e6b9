use domain::YearGroup;
use rules::{Grouping, Tally};

use crate::{Action, Actor, App, Frame, Result, View, withheld};

/// Year group × requirement.
#[derive(Debug, Clone)]
pub struct HeatMap {
    /// Where it is.
    pub frame: Frame,
    /// The year groups with learners on roll, lowest first: the columns.
    pub year_groups: Vec<YearGroup>,
    /// A row for each requirement that somebody is in scope of.
    pub rows: Vec<HeatMapRow>,
}

/// One requirement.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatMapRow {
    /// Its id.
    pub requirement: String,
    /// Its title.
    pub title: String,
    /// A cell for each column; `None` where nobody is in scope.
    pub cells: Vec<Option<HeatMapCell>>,
}

/// One year group against one requirement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeatMapCell {
    /// How many learners stand where.
    pub tally: Tally,
    /// Met among met, due and missed.
    pub percent: Option<f64>,
    /// Whether both are withheld, because the group is small and the actor sees totals only.
    pub is_withheld: bool,
}

impl App {
    /// The heat map.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn heat_map(&self, actor: &Actor, view: View) -> Result<HeatMap> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let scene = self.scene(actor, view)?;
        let groups: Vec<_> = scene.day.evaluation.by(&scene.held.facts, Grouping::YearGroup);
        let columns: Vec<_> =
            groups.iter().filter_map(|group| Some((group.name.parse::<YearGroup>().ok()?, group))).collect();
        let mut rows = Vec::new();
        for (at, requirement) in scene.pack.requirements.iter().enumerate() {
            if !scene.shows(requirement) {
                continue;
            }
            let sizes: Vec<u32> = columns.iter().map(|(_, group)| group.tallies[at].in_scope).collect();
            let hidden = if scene.is_totals_only() { withheld::hidden(&sizes) } else { vec![false; sizes.len()] };
            let cell = |tally: Tally, is_withheld: bool| {
                let tally = if is_withheld { Tally::default() } else { tally };
                HeatMapCell { tally, percent: tally.percent(), is_withheld }
            };
            let cells = columns.iter().zip(hidden).map(|((_, group), hidden)| {
                let tally = group.tallies[at];
                (tally.in_scope > 0).then(|| cell(tally, hidden))
            });
            let cells: Vec<_> = cells.collect();
            if cells.iter().any(Option::is_some) {
                rows.push(HeatMapRow {
                    requirement: requirement.id.clone(),
                    title: requirement.wording.title.clone(),
                    cells,
                });
            }
        }
        let year_groups = columns.iter().map(|(year_group, _)| *year_group).collect();
        Ok(HeatMap { year_groups, rows, frame: scene.frame })
    }
}
