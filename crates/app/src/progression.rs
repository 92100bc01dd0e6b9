//! How outcomes go through the years: each thread by year group, with what is missing and what is said twice.

use domain::{OutcomeStage, YearGroup, same_name};

use crate::{Actor, App, Frame, OutcomeRow, Result, View, programme::YearPlan};

/// Every thread of the programme by year group.
#[derive(Debug, Clone)]
pub struct Progression {
    /// Where it is.
    pub frame: Frame,
    /// The year groups, the lowest first.
    pub year_groups: Vec<YearGroup>,
    /// The threads by name.
    pub threads: Vec<Thread>,
    /// Outcomes that belong to no thread.
    pub loose: Vec<OutcomeRow>,
    /// Outcomes that no activity of the year serves.
    pub unserved: Vec<OutcomeRow>,
}

/// One thread through the years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// Its name.
    pub name: String,
    /// For each year group the outcomes of the thread, with how far they are taken; empty where it is not taken up.
    pub cells: Vec<Vec<OutcomeRow>>,
    /// What does not add up, in words; empty if it does.
    pub remarks: Vec<String>,
}

impl App {
    /// Every thread of the programme of the view's year, with gaps and repeats named.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn progression(&self, actor: &Actor, view: View) -> Result<Progression> {
        let page = self.programme(actor, view)?;
        let year_groups: Vec<_> = page.groups.iter().map(|plan| plan.year_group).collect();
        let outcomes = || page.groups.iter().flat_map(|plan| &plan.outcomes);
        Ok(Progression {
            threads: threads(&page.groups),
            loose: outcomes().filter(|outcome| outcome.thread.is_empty()).cloned().collect(),
            unserved: outcomes().filter(|outcome| outcome.activities.is_empty()).cloned().collect(),
            year_groups,
            frame: page.frame,
        })
    }
}

fn threads(groups: &[YearPlan]) -> Vec<Thread> {
    let mut names: Vec<String> = groups
        .iter()
        .flat_map(|plan| &plan.outcomes)
        .map(|outcome| outcome.thread.clone())
        .filter(|thread| !thread.is_empty())
        .collect();
    names.sort_by_key(|name| same_name(name));
    names.dedup_by_key(|name| same_name(name));
    names
        .into_iter()
        .map(|name| {
            let of = |plan: &YearPlan| -> Vec<OutcomeRow> {
                let is = |outcome: &&OutcomeRow| same_name(&outcome.thread) == same_name(&name);
                plan.outcomes.iter().filter(is).cloned().collect()
            };
            let cells: Vec<_> = groups.iter().map(of).collect();
            let years: Vec<_> = groups.iter().map(|plan| plan.year_group).collect();
            Thread { remarks: remarks(&years, &cells), name, cells }
        })
        .collect()
}

/// What does not add up in a thread: how it begins and ends, years left out, steps back and repeats.
fn remarks(years: &[YearGroup], cells: &[Vec<OutcomeRow>]) -> Vec<String> {
    use OutcomeStage::{Introduced, Practised, Secured};
    let mut remarks = Vec::new();
    // How far it is taken in each year group that takes it up: the furthest.
    let taken: Vec<(YearGroup, OutcomeStage)> = years
        .iter()
        .zip(cells)
        .filter_map(|(year, cell)| cell.iter().map(|outcome| outcome.stage).max().map(|stage| (*year, stage)))
        .collect();
    let (Some((first_year, _)), Some((last_year, last))) = (taken.first(), taken.last()) else { return remarks };
    let has = |wanted: OutcomeStage| cells.iter().flatten().any(|outcome| outcome.stage == wanted);
    let starts_low = cells
        .iter()
        .find(|cell| !cell.is_empty())
        .is_some_and(|cell| cell.iter().any(|outcome| outcome.stage == Introduced));
    if !starts_low {
        remarks.push(format!("It begins in Year {first_year} without being introduced."));
    }
    let left_out: Vec<i8> = years
        .iter()
        .filter(|year| *year > first_year && *year < last_year && !taken.iter().any(|(taken, _)| taken == *year))
        .map(|year| year.number())
        .collect();
    if !left_out.is_empty() {
        let named: Vec<_> = left_out.iter().map(|year| format!("Year {year}")).collect();
        remarks.push(format!("It is not taken up in {}.", named.join(" and ")));
    }
    if has(Introduced) && has(Secured) && !has(Practised) {
        remarks.push("It goes from introduced to secured without being practised.".to_owned());
    }
    for pair in taken.windows(2) {
        let ((_, before), (year, now)) = (pair[0], pair[1]);
        if now < before {
            remarks.push(format!("In Year {year} it goes back from {before} to {now}."));
        }
    }
    for stage in [Introduced, Secured] {
        let again: Vec<_> =
            taken.iter().filter(|(_, at)| *at == stage).map(|(year, _)| format!("Year {year}")).collect();
        if again.len() > 1 {
            remarks.push(format!("It is {stage} more than once: in {}.", again.join(" and ")));
        }
    }
    if !has(Secured) {
        remarks.push(format!("It is never secured: it ends in Year {last_year} as {last}."));
    }
    let mut statements: Vec<(String, i8)> = Vec::new();
    for (year, cell) in years.iter().zip(cells) {
        for outcome in cell {
            let said = same_name(&outcome.statement);
            if let Some((_, before)) = statements.iter().find(|(text, _)| *text == said) {
                remarks.push(format!("Years {before} and {year} say the same: “{}”.", outcome.statement));
            }
            statements.push((said, year.number()));
        }
    }
    remarks
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{OutcomeId, OutcomeSort};

    fn cell(stage: OutcomeStage, statement: &str) -> Vec<OutcomeRow> {
        vec![OutcomeRow {
            id: OutcomeId(1),
            year_group: YearGroup::new(7),
            sort: OutcomeSort::Skill,
            stage,
            thread: "Sources".into(),
            statement: statement.into(),
            tags: Vec::new(),
            activities: Vec::new(),
        }]
    }

    fn years() -> Vec<YearGroup> {
        (7..=11).map(YearGroup::new).collect()
    }

    #[test]
    fn a_thread_that_is_introduced_practised_and_secured_has_nothing_to_remark() {
        use OutcomeStage::{Introduced, Practised, Secured};
        let cells = [cell(Introduced, "a"), cell(Practised, "b"), cell(Practised, "c"), cell(Secured, "d"), vec![]];
        assert_eq!(remarks(&years(), &cells), Vec::<String>::new());
    }

    #[test]
    fn gaps_steps_back_and_repeats_are_named() {
        use OutcomeStage::{Introduced, Practised};
        let cells = [cell(Practised, "a"), vec![], cell(Introduced, "a"), cell(Introduced, "b"), vec![]];
        assert_eq!(
            remarks(&years(), &cells),
            [
                "It begins in Year 7 without being introduced.",
                "It is not taken up in Year 8.",
                "In Year 9 it goes back from practised to introduced.",
                "It is introduced more than once: in Year 9 and Year 10.",
                "It is never secured: it ends in Year 10 as introduced.",
                "Years 7 and 9 say the same: “a”.",
            ]
        );
    }
}
