use domain::Date;
use jiff::ToSpan;
use rules::{Area, BenchmarkStatus, Evaluation, Force, Grouping, Pack, Requirement, Tally};

use crate::{Action, Actor, App, Frame, GroupTally, InstitutionStanding, Result, View, frame::Scene, withheld};

/// What the benchmarks page shows.
#[derive(Debug, Clone)]
pub struct Benchmarks {
    /// Where it is.
    pub frame: Frame,
    /// The eight.
    pub benchmarks: Vec<Benchmark>,
    /// What else is asked for learners: provider access, work experience, annual reviews.
    pub others: Vec<RequirementRow>,
    /// How the benchmarks went over the academic year.
    pub trend: Trend,
}

/// One benchmark as people know it from Compass.
#[derive(Debug, Clone)]
pub struct Benchmark {
    /// 1 to 8.
    pub number: u8,
    /// Its name.
    pub title: &'static str,
    /// Achieved, in progress or not.
    pub status: BenchmarkStatus,
    /// How much of what is asked is met; see [`rules::BenchmarkSummary`].
    pub percent: Option<f64>,
    /// What is asked for learners.
    pub requirements: Vec<RequirementRow>,
    /// What is asked of the institution.
    pub institution: Vec<InstitutionStanding>,
}

/// One requirement with its counts.
#[derive(Debug, Clone, PartialEq)]
pub struct RequirementRow {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it asks.
    pub asks: String,
    /// How strongly.
    pub force: Force,
    /// What it belongs to.
    pub area: Area,
    /// How many learners stand where; nothing where that is withheld.
    pub tally: Tally,
    /// Whether its count is withheld, because it is asked of few and the actor sees totals only.
    pub is_withheld: bool,
    /// The same by year group, groups with somebody in scope only: name and tally.
    pub by_year_group: Vec<GroupTally>,
    /// By SEN provision.
    pub by_sen: Vec<GroupTally>,
    /// By free school meals.
    pub by_fsm: Vec<GroupTally>,
}

/// Percentages over the academic year.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// At the end of each month, and on the as-of date.
    pub points: Vec<TrendPoint>,
}

/// Percentages on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendPoint {
    /// The day.
    pub on: Date,
    /// By benchmark, 1 to 8; `None` for one without learners to count.
    pub percents: [Option<f64>; 8],
}

const TITLES: [&str; 8] = [
    "A stable careers programme",
    "Learning from career and labour market information",
    "Addressing the needs of each young person",
    "Linking curriculum learning to careers",
    "Encounters with employers and employees",
    "Experiences of workplaces",
    "Encounters with further and higher education",
    "Personal guidance",
];

impl App {
    /// The eight benchmarks with every requirement beneath.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn benchmarks(&self, actor: &Actor, view: View) -> Result<Benchmarks> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let scene = self.scene(actor, view)?;
        let benchmarks = self.benchmark_rows(&scene)?;
        let others = rows(&scene, |requirement| !matches!(requirement.area, Area::Benchmark(_)));
        let trend = self.trend(&scene);
        Ok(Benchmarks { benchmarks, others, trend, frame: scene.frame })
    }

    pub(crate) fn benchmark_rows(&self, scene: &Scene<'_>) -> Result<Vec<Benchmark>> {
        let standings = self.institution_standings(scene)?;
        let findings: Vec<_> = standings.iter().map(|standing| standing.finding.clone()).collect();
        let summaries = rules::benchmarks(scene.pack, &scene.day.evaluation, &findings);
        let rows = rows(scene, |requirement| matches!(requirement.area, Area::Benchmark(_)));
        Ok(summaries
            .into_iter()
            .zip(TITLES)
            .map(|(summary, title)| {
                let area = Area::Benchmark(summary.benchmark);
                Benchmark {
                    number: summary.benchmark,
                    title,
                    status: summary.status,
                    percent: summary.percent,
                    requirements: rows.iter().filter(|row| row.area == area).cloned().collect(),
                    institution: standings.iter().filter(|standing| standing.finding.area == area).cloned().collect(),
                }
            })
            .collect())
    }

    fn trend(&self, scene: &Scene<'_>) -> Trend {
        let (first, _) = scene.frame.year_span;
        let as_of = scene.frame.as_of;
        let month_ends = (0..12)
            .map(|months: i32| first.first_of_month().saturating_add((months + 1).months()).saturating_sub(1.day()))
            .take_while(|day| *day < as_of);
        let points = month_ends
            .chain([as_of])
            .map(|on| {
                // The edition is the one of the as-of date throughout, so that the line shows what was done, not what changed.
                let day = scene.day_on(scene.pack, on);
                TrendPoint { on, percents: percents(scene.pack, &day.evaluation) }
            })
            .collect();
        Trend { points }
    }
}

/// Learners' requirements alone: what the institution attested is not kept for every day.
fn percents(pack: &Pack, evaluation: &Evaluation) -> [Option<f64>; 8] {
    let summaries = rules::benchmarks(pack, evaluation, &[]);
    std::array::from_fn(|at| summaries[at].percent)
}

/// The requirements of the pack that `wanted` picks, with their counts.
pub(crate) fn rows(scene: &Scene<'_>, wanted: impl Fn(&Requirement) -> bool) -> Vec<RequirementRow> {
    let evaluation = &scene.day.evaluation;
    let by = |grouping| match scene.may_group(grouping) {
        true => evaluation.by(&scene.held.facts, grouping),
        false => Vec::new(),
    };
    let (years, sen, fsm) = (by(Grouping::YearGroup), by(Grouping::Sen), by(Grouping::FreeSchoolMeals));
    let kind = scene.held.records.institution.kind;
    let shown = scene.pack.requirements.iter().enumerate().filter(|(_, requirement)| scene.shows(requirement));
    let picked = shown.filter(|(_, requirement)| wanted(requirement));
    let from_totals = scene.is_totals_only();
    picked
        .map(|(at, requirement)| RequirementRow {
            is_withheld: from_totals && withheld::is_small(evaluation.tallies[at].in_scope),
            id: requirement.id.clone(),
            title: requirement.wording.title.clone(),
            asks: requirement.wording.asks.clone(),
            force: requirement.force_of(kind),
            area: requirement.area,
            tally: tally(scene, evaluation.tallies[at]),
            by_year_group: withheld::of_groups(&years, at, from_totals),
            by_sen: withheld::of_groups(&sen, at, from_totals),
            by_fsm: withheld::of_groups(&fsm, at, from_totals),
        })
        .collect()
}

/// The count as the actor may see it.
pub(crate) fn tally(scene: &Scene<'_>, tally: Tally) -> Tally {
    if scene.is_totals_only() && withheld::is_small(tally.in_scope) {
        return Tally::default();
    }
    // How many have something adapted says something of their needs.
    let adapted = if scene.frame.sees_send { tally.adapted } else { 0 };
    Tally { adapted, ..tally }
}
