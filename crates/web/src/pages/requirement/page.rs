use askama::Template;

use crate::{
    parts::{Filters, Pages, Tag},
    shell::Shell,
};

/// One requirement: who has it, who is due, who missed it, and why.
#[derive(Template)]
#[template(path = "pages/requirement/requirement.html")]
pub(crate) struct RequirementPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) asks: String,
    pub(crate) force: &'static str,
    pub(crate) force_label: &'static str,
    pub(crate) why: String,
    /// Whether the reader may see the learners behind the numbers.
    pub(crate) leads_to_learners: bool,
    /// Whether they may take them away in a file.
    pub(crate) exports: bool,
    pub(crate) numbers: Vec<BigNumber>,
    pub(crate) filters: Filters,
    pub(crate) shown: String,
    pub(crate) csv: String,
    pub(crate) xlsx: String,
    /// By name.
    pub(crate) learners: Vec<LearnerLine>,
    pub(crate) pages: Pages,
    pub(crate) breakdowns: Vec<Breakdown>,
    pub(crate) origin: String,
}

/// A count of learners that leads to them.
pub(crate) struct BigNumber {
    pub(crate) figure: String,
    pub(crate) tag: Tag,
    pub(crate) href: String,
    pub(crate) chosen: bool,
}

/// One learner's standing.
pub(crate) struct LearnerLine {
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) form: String,
    pub(crate) tag: Tag,
    pub(crate) because: String,
}

/// Counts by one characteristic.
pub(crate) struct Breakdown {
    pub(crate) title: &'static str,
    pub(crate) rows: Vec<BreakdownRow>,
}

/// One value of it.
pub(crate) struct BreakdownRow {
    pub(crate) label: String,
    /// None where the group is too small to be counted here.
    pub(crate) counts: Option<BreakdownCounts>,
}

/// The counts, each with where it leads.
pub(crate) struct BreakdownCounts {
    pub(crate) met: String,
    pub(crate) met_href: String,
    pub(crate) due: String,
    pub(crate) due_href: String,
    pub(crate) missed: String,
    pub(crate) missed_href: String,
    pub(crate) percent: String,
}
