use std::collections::BTreeMap;

use domain::{Date, LearnerIndex, YearGroup, date::days_between};
use rules::{Force, Status};

use crate::{
    Action, Actor, App, Benchmark, Frame, HomeProgramme, HomeTask, InstitutionStanding, Phase, Result, View,
    frame::Scene, held::Held, withheld,
};

/// What the home page shows.
#[derive(Debug, Clone)]
pub struct Home {
    /// Where it is.
    pub frame: Frame,
    /// What needs doing by the end of the academic year, most urgent first.
    pub now: Vec<Todo>,
    /// What is due after it.
    pub later: Vec<Todo>,
    /// The eight benchmarks.
    pub benchmarks: Vec<Benchmark>,
    /// The phases of provider access.
    pub phases: Vec<Phase>,
    /// What the institution as a whole has still to do.
    pub institution: Vec<InstitutionStanding>,
    /// The next national dates.
    pub dates: Vec<HomeDate>,
    /// Registers to mark, and what is coming.
    pub programme: HomeProgramme,
    /// What is to be done that is about no learner: somebody leaves, a duty is due.
    pub tasks: Vec<HomeTask>,
}

/// Something to do for a number of learners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Todo {
    /// The requirement.
    pub requirement: String,
    /// Its title.
    pub title: String,
    /// How strongly it is asked.
    pub force: Force,
    /// Due or missed.
    pub kind: TodoKind,
    /// How many learners; none where so few that it is withheld from whoever sees totals only.
    pub learners: Option<u32>,
    /// For how many of those due it is planned already.
    pub planned: u32,
    /// Their year groups, lowest first.
    pub year_groups: Vec<YearGroup>,
}

/// How urgent it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TodoKind {
    /// The window has closed.
    Missed,
    /// By this day, and how many days that leaves.
    Due {
        /// The last day.
        deadline: Date,
        /// Days from the as-of date to it.
        days_left: i32,
    },
}

/// A national date to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeDate {
    /// First day.
    pub on: Date,
    /// Last day, if longer than one.
    pub until: Option<Date>,
    /// Time of day, as people write it.
    pub time: Option<String>,
    /// What it is.
    pub title: String,
    /// Days from the as-of date to its first day.
    pub days_left: i32,
    /// Whether it should be looked up before it is relied on.
    pub unconfirmed: bool,
}

/// Learners who lack the same by the same day; kept with the evaluation of a day.
#[derive(Debug)]
pub(crate) struct Urgency {
    requirement: usize,
    /// None: missed.
    deadline: Option<Date>,
    learners: u32,
    planned: u32,
    year_groups: Vec<YearGroup>,
}

impl App {
    /// What needs doing now, and how things stand.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn home(&self, actor: &Actor, view: View) -> Result<Home> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let scene = self.scene(actor, view)?;
        let kind = scene.held.records.institution.kind;
        let end_of_year = scene.frame.year_span.1;
        let (mut now, mut later) = (Vec::new(), Vec::new());
        for urgency in urgencies(&scene) {
            let requirement = &scene.pack.requirements[urgency.requirement];
            if !scene.shows(requirement) {
                continue;
            }
            let is_withheld = scene.is_totals_only() && withheld::is_small(urgency.learners);
            let todo = Todo {
                requirement: requirement.id.clone(),
                title: requirement.wording.title.clone(),
                force: requirement.force_of(kind),
                kind: urgency.deadline.map_or(TodoKind::Missed, |deadline| TodoKind::Due {
                    deadline,
                    days_left: days_between(scene.frame.as_of, deadline),
                }),
                learners: (!is_withheld).then_some(urgency.learners),
                planned: if is_withheld { 0 } else { urgency.planned },
                year_groups: if is_withheld { Vec::new() } else { urgency.year_groups.clone() },
            };
            if urgency.deadline.is_none_or(|deadline| deadline <= end_of_year) {
                now.push(todo)
            } else {
                later.push(todo)
            }
        }
        now.sort_by_key(urgent_first);
        later.sort_by_key(urgent_first);
        let mut institution = self.institution_standings(&scene)?;
        institution.retain(InstitutionStanding::is_open);
        Ok(Home {
            now,
            later,
            benchmarks: self.benchmark_rows(&scene)?,
            phases: crate::provider_access::phases(&scene),
            institution,
            dates: self.next_dates(&scene),
            programme: crate::home_programme::of(&scene),
            tasks: self.home_tasks(actor, &scene)?,
            frame: scene.frame,
        })
    }

    fn next_dates(&self, scene: &Scene<'_>) -> Vec<HomeDate> {
        let institution = &scene.held.records.institution;
        let as_of = scene.frame.as_of;
        let ahead =
            self.rulebook().calendar().iter().filter(|date| date.last_day() >= as_of && date.is_for(institution));
        ahead
            .take(6)
            .map(|date| HomeDate {
                on: date.on,
                until: date.until,
                time: date.time.clone(),
                title: date.title.clone(),
                days_left: days_between(as_of, date.on),
                unconfirmed: date.unconfirmed,
            })
            .collect()
    }
}

/// A missed statutory duty first, then what is due, soonest first; then what else was missed.
fn urgent_first(todo: &Todo) -> (u8, Option<Date>, Force, std::cmp::Reverse<u32>) {
    let (rank, deadline) = match todo.kind {
        TodoKind::Missed if todo.force == Force::Must => (0, None),
        TodoKind::Due { deadline, .. } => (1, Some(deadline)),
        TodoKind::Missed => (2, None),
    };
    (rank, deadline, todo.force, std::cmp::Reverse(todo.learners.unwrap_or(0) - todo.planned))
}

fn urgencies<'s>(scene: &'s Scene<'_>) -> &'s [Urgency] {
    scene.day.urgency.get_or_init(|| {
        let evaluation = &scene.day.evaluation;
        let mut groups: BTreeMap<(usize, Option<Date>), Urgency> = BTreeMap::new();
        let mut due: Vec<(LearnerIndex, usize)> = Vec::new();
        let mut planned: Vec<bool> = Vec::new();
        let mut note = |requirement: usize, deadline: Option<Date>, learner: LearnerIndex, planned: bool| {
            let group = groups.entry((requirement, deadline)).or_insert_with(|| Urgency {
                requirement,
                deadline,
                learners: 0,
                planned: 0,
                year_groups: Vec::new(),
            });
            group.learners += 1;
            group.planned += u32::from(planned);
            if let Some(year_group) = Held::year_group(evaluation, learner)
                && let Err(at) = group.year_groups.binary_search(&year_group)
            {
                group.year_groups.insert(at, year_group);
            }
        };
        for requirement in 0..scene.pack.requirements.len() {
            for (learner, standing) in evaluation.against(requirement) {
                match standing.status() {
                    Status::Missed => note(requirement, None, learner, false),
                    Status::Due => {
                        due.push((learner, requirement));
                        planned.push(standing.is_planned());
                    }
                    _ => {}
                }
            }
        }
        let deadlines = rules::deadlines(scene.pack, &scene.held.facts, scene.frame.as_of, &due);
        for (((learner, requirement), deadline), planned) in due.into_iter().zip(deadlines).zip(planned) {
            note(requirement, Some(deadline), learner, planned);
        }
        groups.into_values().collect()
    })
}
