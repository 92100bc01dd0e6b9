use jiff::civil::Date;

use crate::{Block, Paper, Prose, Table};

/// A document, before anybody decided on which kind of file it becomes.
///
/// Title, description, institution and date are also written where programs look for them (a PDF's metadata, a page's
/// `<title>`), and those travel with the file into indexes and logs. So they name no learner: whom a document is
/// about stands in [`Document::about`], which is printed and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it is, without naming a person: “Record of careers education”.
    pub title: String,
    /// What it is in.
    pub language: Language,
    /// What it is for, in a sentence, without naming a person.
    pub description: Option<String>,
    /// The institution that issues it.
    pub issued_by: Option<String>,
    /// Whom or what it is about, printed beneath the title.
    pub about: Option<Prose>,
    /// The day it was made.
    pub dated_on: Date,
    /// The paper that it is set on, where it is set on paper.
    pub paper: Paper,
    /// Whether its sections, and those directly within them, are listed before the first of them.
    pub has_contents: bool,
    /// What stands before the first section.
    pub opening: Vec<Block>,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// What a document is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English as written in Britain.
    #[default]
    BritishEnglish,
}

impl Language {
    /// Its tag, as in BCP 47.
    pub fn tag(self) -> &'static str {
        match self {
            Self::BritishEnglish => "en-GB",
        }
    }
}

/// A heading and what stands under it. Sections hold sections, so that levels of headings are never skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// What stands directly under the heading.
    pub blocks: Vec<Block>,
    /// The sections within.
    pub sections: Vec<Section>,
    /// Whether it begins on a page of its own, where there are pages: an appendix does.
    pub is_on_new_page: bool,
}

impl Document {
    /// A document with nothing in it yet. `title` names no person.
    pub fn new(title: impl Into<String>, dated_on: Date) -> Self {
        Self {
            title: title.into(),
            language: Language::default(),
            description: None,
            issued_by: None,
            about: None,
            dated_on,
            paper: Paper::default(),
            has_contents: false,
            opening: Vec::new(),
            sections: Vec::new(),
        }
    }

    /// What it is for, in a sentence that names no person.
    #[must_use]
    pub fn described(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// The institution that issues it.
    #[must_use]
    pub fn issued_by(mut self, institution: impl Into<String>) -> Self {
        self.issued_by = Some(institution.into());
        self
    }

    /// On this paper.
    #[must_use]
    pub fn on(mut self, paper: Paper) -> Self {
        self.paper = paper;
        self
    }

    /// With its sections listed before the first of them.
    #[must_use]
    pub fn with_contents(mut self) -> Self {
        self.has_contents = true;
        self
    }

    /// Whom or what it is about; the place for a name.
    #[must_use]
    pub fn about(mut self, about: impl Into<Prose>) -> Self {
        self.about = Some(about.into());
        self
    }

    /// Adds a block before the first section.
    #[must_use]
    pub fn block(mut self, block: Block) -> Self {
        self.opening.push(block);
        self
    }

    /// Adds a section at the end.
    #[must_use]
    pub fn section(mut self, section: Section) -> Self {
        self.sections.push(section);
        self
    }
}

/// What a list of contents is called.
pub(crate) const CONTENTS: &str = "Contents";

/// How many levels of sections a list of contents names.
pub(crate) const LISTED_LEVELS: usize = 2;

/// A text that is there.
pub(crate) fn said(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.trim().is_empty())
}

/// A heading that is there: neither readers nor PDF/UA accept an empty one.
pub(crate) fn heading(text: &str) -> &str {
    if text.trim().is_empty() { "Untitled" } else { text }
}

impl Section {
    /// A section with nothing in it yet.
    pub fn new(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), blocks: Vec::new(), sections: Vec::new(), is_on_new_page: false }
    }

    /// On a page of its own, where there are pages.
    #[must_use]
    pub fn on_new_page(mut self) -> Self {
        self.is_on_new_page = true;
        self
    }

    /// Adds a block.
    #[must_use]
    pub fn block(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    /// Adds running text.
    #[must_use]
    pub fn paragraph(self, text: impl Into<Prose>) -> Self {
        self.block(Block::paragraph(text))
    }

    /// Adds a table.
    #[must_use]
    pub fn table(self, table: Table) -> Self {
        self.block(Block::Table(table))
    }

    /// Adds a section within.
    #[must_use]
    pub fn section(mut self, section: Section) -> Self {
        self.sections.push(section);
        self
    }
}
