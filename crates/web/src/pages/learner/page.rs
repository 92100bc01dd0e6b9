use askama::Template;

use crate::{
    pages::audit::AuditLine,
    parts::{Path, Tag},
    shell::Shell,
};

/// One learner: everything they took part in, and each requirement with its evidence and what is missing.
#[derive(Template)]
#[template(path = "pages/learner/learner.html")]
pub(crate) struct LearnerPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) facts: Vec<(&'static str, String)>,
    pub(crate) path: Path,
    pub(crate) requirements: Vec<Asked>,
    pub(crate) not_asked: Vec<NotAsked>,
    /// Newest first.
    pub(crate) years: Vec<StoryYear>,
    /// Who looked at this record lately, for those who may know, and where all of it is.
    pub(crate) reads: Vec<AuditLine>,
    pub(crate) all_reads: Option<String>,
    /// What guidance meetings came to: the day, the adviser, what was agreed.
    pub(crate) meetings: Vec<Meeting>,
    /// Where notes are read and written, and what the link says; for those who may.
    pub(crate) notes: Option<(String, &'static str)>,
    pub(crate) origin: String,
    /// Where a copy for the family is made, and where the learner is erased; for those who answer for that.
    pub(crate) protect: Option<(String, String)>,
}

/// What a guidance meeting came to.
pub(crate) struct Meeting {
    pub(crate) date: String,
    pub(crate) adviser: String,
    pub(crate) agreed: String,
}

/// A requirement as it stands for this learner.
pub(crate) struct Asked {
    pub(crate) id: String,
    pub(crate) title: String,
    /// None where the reader may not go.
    pub(crate) href: Option<String>,
    pub(crate) tag: Tag,
    pub(crate) because: String,
    pub(crate) evidence: Vec<Evidence>,
    /// The rest of it, where it is long.
    pub(crate) more: Vec<Evidence>,
    pub(crate) missing: String,
    pub(crate) not_counted: Vec<Evidence>,
}

/// An activity, with what is to be said of it here.
pub(crate) struct Evidence {
    pub(crate) title: String,
    /// None where the reader may not go.
    pub(crate) href: Option<String>,
    pub(crate) date: String,
    pub(crate) note: String,
}

/// A requirement that does not apply.
pub(crate) struct NotAsked {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) because: String,
}

/// One academic year of the story.
pub(crate) struct StoryYear {
    pub(crate) label: String,
    pub(crate) entries: Vec<Entry>,
}

/// Something the learner took part in, was expected at, or missed.
pub(crate) struct Entry {
    pub(crate) anchor: String,
    /// Empty, `hollow` (counts for nothing) or `planned`.
    pub(crate) class: &'static str,
    pub(crate) day: String,
    pub(crate) date: String,
    pub(crate) title: String,
    /// None where the reader may not go.
    pub(crate) href: Option<String>,
    pub(crate) who: String,
    pub(crate) serves: String,
    pub(crate) lacking: String,
}
