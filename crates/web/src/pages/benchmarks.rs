use askama::Template;

use crate::{parts::Tag, shell::Shell};

/// Eight rows as people know them, each requirement beneath with its count.
#[derive(Template)]
#[template(path = "pages/benchmarks/benchmarks.html")]
pub(crate) struct BenchmarksPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) grid: String,
    pub(crate) benchmarks: Vec<Benchmark>,
    /// Provider access, work experience, EHCP.
    pub(crate) others: Vec<LearnerLine>,
    /// The end of each month so far.
    pub(crate) trend: Vec<TrendPoint>,
    pub(crate) origin: String,
}

/// One benchmark.
pub(crate) struct Benchmark {
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

impl Benchmark {
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
