use askama::Template;

use crate::{
    parts::{Phases, Tag},
    shell::Shell,
};

/// Provider access by phase: what each learner has had, and what was offered to each year group.
#[derive(Template)]
#[template(path = "pages/provider_access/provider_access.html")]
pub(crate) struct ProviderAccessPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) phases: Phases,
    pub(crate) none_because: String,
    pub(crate) details: Vec<PhaseDetail>,
    pub(crate) occasions: Vec<Occasion>,
    pub(crate) origin: String,
}

/// One phase in figures.
pub(crate) struct PhaseDetail {
    pub(crate) title: String,
    pub(crate) anchor: String,
    pub(crate) href: String,
    pub(crate) force: &'static str,
    pub(crate) force_label: &'static str,
    pub(crate) asks: String,
    pub(crate) rows: Vec<CohortRow>,
}

/// One year group of a phase.
pub(crate) struct CohortRow {
    pub(crate) label: String,
    pub(crate) offered: Tag,
    pub(crate) occasions: String,
    pub(crate) met: String,
    pub(crate) met_href: String,
    pub(crate) due: String,
    pub(crate) due_href: String,
    pub(crate) missed: String,
    pub(crate) missed_href: String,
    pub(crate) deadline: String,
}

/// A provider encounter.
pub(crate) struct Occasion {
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) date: String,
    pub(crate) provider: String,
    pub(crate) years: String,
    pub(crate) counts: String,
}
