use app::{Benchmark, BenchmarkStatus, Benchmarks, InstitutionStanding, RequirementRow};
use askama::Template;
use axum::extract::State;
use domain::date;

use crate::{
    answer::{Answer, show},
    labels,
    parts::{Sign, Tag},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// Eight rows as people know them, each requirement beneath with its count.
#[derive(Template)]
#[template(path = "pages/benchmarks/benchmarks.html")]
pub(crate) struct BenchmarksPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) grid: String,
    pub(crate) benchmarks: Vec<BenchmarkBlock>,
    /// Provider access, work experience, EHCP.
    pub(crate) others: Vec<LearnerLine>,
    /// The end of each month so far.
    pub(crate) trend: Vec<TrendPoint>,
    pub(crate) origin: String,
}

/// One benchmark.
pub(crate) struct BenchmarkBlock {
    pub(crate) code: String,
    pub(crate) anchor: String,
    pub(crate) title: String,
    pub(crate) percent: Option<f64>,
    pub(crate) figure: String,
    pub(crate) tag: Tag,
    pub(crate) open: bool,
    pub(crate) learners: Vec<LearnerLine>,
    pub(crate) institution: Vec<InstitutionLine>,
}

impl BenchmarkBlock {
    fn bar(&self) -> f64 {
        self.percent.unwrap_or(0.0).clamp(0.0, 100.0)
    }
}

/// Something asked for each learner, with how many have it.
pub(crate) struct LearnerLine {
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) force: &'static str,
    pub(crate) force_label: &'static str,
    pub(crate) met: String,
    pub(crate) met_href: String,
    pub(crate) due: String,
    pub(crate) due_href: String,
    pub(crate) missed: String,
    pub(crate) missed_href: String,
    pub(crate) percent: String,
}

/// Something asked of the institution.
pub(crate) struct InstitutionLine {
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) force: &'static str,
    pub(crate) force_label: &'static str,
    pub(crate) tag: Tag,
}

/// How things stood on a day.
pub(crate) struct TrendPoint {
    pub(crate) day: String,
    pub(crate) href: String,
    pub(crate) figures: Vec<String>,
}

/// GET the benchmarks.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let benchmarks = site.run(move |app| app.benchmarks(&actor, view)).await?;
    Ok(show(&page(&visitor, &benchmarks)))
}

fn page(visitor: &Visitor, all: &Benchmarks) -> BenchmarksPage {
    let frame = &all.frame;
    let place = Place::new(frame, "benchmarks");
    BenchmarksPage {
        shell: visitor.shell_at(frame, "benchmarks").at("benchmarks").titled("Benchmarks"),
        lead: lead(&all.benchmarks),
        grid: place.to("year-groups"),
        benchmarks: all.benchmarks.iter().map(|benchmark| block(benchmark, &place)).collect(),
        others: all.others.iter().map(|row| learner_line(row, &place)).collect(),
        trend: all
            .trend
            .points
            .iter()
            .map(|point| TrendPoint {
                day: date::long(point.on),
                href: format!("/institutions/{}/benchmarks?as-of={}", frame.institution.id, point.on),
                figures: point
                    .percents
                    .iter()
                    .map(|percent| percent.map_or("–".to_owned(), |p| format!("{p:.1}%")))
                    .collect(),
            })
            .collect(),
        origin: format!(
            "From the records of {} on roll {}, judged by “{}”. A benchmark’s percentage is the mean over what it asks: of learners, the share who have it; of the institution, yes or no. It is Waymark’s own view, not a Compass result.",
            words::count(frame.on_roll as usize, "learner", "learners"),
            place.when(),
            frame.framework.title
        ),
    }
}

fn lead(benchmarks: &[Benchmark]) -> String {
    let with = |status| benchmarks.iter().filter(|benchmark| benchmark.status == status).count();
    let (achieved, progress) = (with(BenchmarkStatus::Achieved), with(BenchmarkStatus::InProgress));
    let not = with(BenchmarkStatus::NotAchieved);
    let of = match achieved {
        0 => "None of eight benchmarks is".to_owned(),
        some => words::count_capital(some, "of eight benchmarks is", "of eight benchmarks are"),
    };
    let mut text = format!("{of} achieved; {} in progress", words::count(progress, "is", "are"));
    if not > 0 {
        text.push_str(&format!(", and {} not begun", words::count(not, "is", "are")));
    }
    text + "."
}

/// The sign of a benchmark's result.
fn result(benchmark: &Benchmark) -> Tag {
    let sign = match benchmark.status {
        BenchmarkStatus::Achieved => Sign::Met,
        BenchmarkStatus::InProgress => Sign::Planned,
        BenchmarkStatus::NotAchieved => Sign::Due,
        BenchmarkStatus::NothingToCount => Sign::NotApplicable,
    };
    Tag::new(sign, labels::benchmark_status(benchmark.status))
}

fn block(benchmark: &Benchmark, place: &Place) -> BenchmarkBlock {
    BenchmarkBlock {
        code: format!("GB{}", benchmark.number),
        anchor: format!("gb{}", benchmark.number),
        title: benchmark.title.to_owned(),
        percent: benchmark.percent,
        figure: benchmark.percent.map_or_else(String::new, |percent| format!("{percent:.1}%")),
        tag: result(benchmark),
        open: benchmark.percent.is_some_and(|percent| percent < 100.0),
        learners: benchmark.requirements.iter().map(|row| learner_line(row, place)).collect(),
        institution: benchmark.institution.iter().map(|standing| institution_line(standing, place)).collect(),
    }
}

fn learner_line(row: &RequirementRow, place: &Place) -> LearnerLine {
    let (force, force_label) = labels::force(row.force);
    let to = |status: &str| place.to(&format!("requirements/{}?status={status}", row.id));
    let figure = |count: u32| if row.is_withheld { "–".to_owned() } else { words::figure(count as usize) };
    LearnerLine {
        title: row.title.clone(),
        href: place.to(&format!("requirements/{}", row.id)),
        force,
        force_label,
        met: figure(row.tally.met),
        met_href: to("met"),
        due: figure(row.tally.due),
        due_href: to("due"),
        missed: figure(row.tally.missed),
        missed_href: to("missed"),
        percent: if row.is_withheld { "fewer than 5".to_owned() } else { words::percent(row.tally.percent()) },
    }
}

fn institution_line(standing: &InstitutionStanding, place: &Place) -> InstitutionLine {
    let (force, force_label) = labels::force(standing.finding.force);
    InstitutionLine {
        title: standing.title.clone(),
        href: place.to(&format!("settings#{}", standing.finding.requirement)),
        force,
        force_label,
        tag: labels::institution_standing(&standing.finding),
    }
}
