//! Pictures, each with a title, a description and the same figures as text beside it.

use askama::Template;

use super::renders_itself;

/// Eight benchmarks as eight bars with the number at the end.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/strip.html")]
pub(crate) struct Strip {
    pub(crate) rows: Vec<StripRow>,
}

/// One benchmark.
#[derive(Debug, Clone)]
pub(crate) struct StripRow {
    /// `GB5`.
    pub(crate) code: String,
    /// A few words.
    pub(crate) title: String,
    pub(crate) href: String,
    /// 0 to 100, one decimal; `None` when nobody and nothing counts.
    pub(crate) percent: Option<f64>,
    /// `73.4%`.
    pub(crate) figure: String,
    /// "achieved", "in progress", "not achieved", "unscored".
    pub(crate) verdict: &'static str,
}

impl Strip {
    fn height(&self) -> usize {
        self.rows.len() * 50
    }

    fn top(&self, index: &usize) -> usize {
        index * 50
    }
}

impl StripRow {
    fn bar(&self) -> f64 {
        self.percent.unwrap_or(0.0).clamp(0.0, 100.0)
    }

    fn is_achieved(&self) -> bool {
        self.percent.is_some_and(|percent| percent >= 100.0)
    }
}

/// Provider access: three phases on one time line, each with its cohorts' windows, today's mark and the deadlines.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/phases.html")]
pub(crate) struct Phases {
    pub(crate) phases: Vec<Phase>,
    /// Where today lies, 0 to 100.
    pub(crate) today: f64,
    /// "23 November 2026".
    pub(crate) today_label: String,
    /// Firsts of September on the line: position and "Sept 2026".
    pub(crate) ticks: Vec<(f64, String)>,
}

/// One phase.
#[derive(Debug, Clone)]
pub(crate) struct Phase {
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) cohorts: Vec<PhaseCohort>,
}

/// One year group's window within a phase.
#[derive(Debug, Clone)]
pub(crate) struct PhaseCohort {
    /// "Year 9".
    pub(crate) label: String,
    pub(crate) href: String,
    /// Window on the line, 0 to 100.
    pub(crate) opens: f64,
    pub(crate) closes: f64,
    /// "28 February 2027".
    pub(crate) deadline: String,
    pub(crate) met: usize,
    pub(crate) counted: usize,
    /// Met out of counted, 0 to 100.
    pub(crate) percent: f64,
}

impl PhaseCohort {
    fn width(&self) -> f64 {
        (self.closes - self.opens).max(0.0)
    }

    fn done_width(&self) -> f64 {
        self.width() * self.percent.clamp(0.0, 100.0) / 100.0
    }
}

impl Phases {
    /// Vertical places: 26 for a phase's heading, 40 for each cohort, 12 between phases.
    fn phase_top(&self, index: &usize) -> usize {
        26 + self.phases.iter().take(*index).map(|phase| 38 + phase.cohorts.len() * 40).sum::<usize>()
    }

    fn cohort_top(&self, phase: &usize, cohort: &usize) -> usize {
        self.phase_top(phase) + 26 + cohort * 40
    }

    fn height(&self) -> usize {
        self.phase_top(&self.phases.len()) + 24
    }

    fn today_anchor(&self) -> &'static str {
        match self.today {
            today if today > 75.0 => "end",
            today if today < 25.0 => "start",
            _ => "middle",
        }
    }
}

/// Year group × requirement, with the figure in each cell.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/heat.html")]
pub(crate) struct Heat {
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<HeatRow>,
}

/// One requirement.
#[derive(Debug, Clone)]
pub(crate) struct HeatRow {
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) cells: Vec<Option<HeatCell>>,
}

/// One year group of one requirement.
#[derive(Debug, Clone)]
pub(crate) struct HeatCell {
    pub(crate) href: String,
    /// None where the group is too small to be counted here.
    pub(crate) percent: Option<f64>,
    pub(crate) met: usize,
    pub(crate) counted: usize,
}

impl HeatCell {
    /// Six bands: none, below a third, below two thirds, below nine tenths, below all, all.
    fn band(&self) -> u8 {
        match self.percent.unwrap_or(0.0) {
            percent if percent >= 100.0 => 5,
            percent if percent >= 90.0 => 4,
            percent if percent >= 66.7 => 3,
            percent if percent >= 33.3 => 2,
            percent if percent > 0.0 => 1,
            _ => 0,
        }
    }

    /// Rounded, but never to nothing or to all.
    fn figure(&self) -> String {
        match self.percent.unwrap_or(0.0) {
            percent if percent > 0.0 && percent < 1.0 => "<1%".to_owned(),
            percent if percent > 99.0 && percent < 100.0 => ">99%".to_owned(),
            percent => format!("{percent:.0}%"),
        }
    }
}

/// One learner's way through the years, with a waymark at each thing that counted.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/path.html")]
pub(crate) struct Path {
    pub(crate) years: Vec<PathYear>,
    pub(crate) points: Vec<Waypoint>,
    /// How far the learner has come, 0 to 100.
    pub(crate) walked: f64,
    /// What the picture shows, in a sentence.
    pub(crate) description: String,
}

/// One academic year of the way.
#[derive(Debug, Clone)]
pub(crate) struct PathYear {
    pub(crate) label: String,
    pub(crate) academic_year: String,
    /// Its beginning and its middle, 0 to 100.
    pub(crate) from: f64,
    pub(crate) middle: f64,
}

/// Something on the way.
#[derive(Debug, Clone)]
pub(crate) struct Waypoint {
    pub(crate) at: f64,
    /// 0 for the first of several close together, 1 for the next above it …
    pub(crate) level: u8,
    pub(crate) kind: WaypointKind,
    pub(crate) href: String,
    pub(crate) label: String,
}

/// What a waypoint was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WaypointKind {
    Counted,
    NotCounted,
    Planned,
}

impl Waypoint {
    fn class(&self) -> &'static str {
        match self.kind {
            WaypointKind::Counted => "",
            WaypointKind::NotCounted => " not-counted",
            WaypointKind::Planned => " planned",
        }
    }

    fn top(&self) -> i32 {
        78 - 15 * i32::from(self.level.min(4))
    }
}

renders_itself!(Strip, Phases, Heat, Path);
