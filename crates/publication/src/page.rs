use domain::{Date, InstitutionType};
use exchange::passage::Passage;
use serde::{Deserialize, Serialize};

/// What a page or document was written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PageKind {
    /// A page of a website.
    Html,
    /// A Word document.
    Docx,
    /// A PDF file.
    Pdf,
}

impl PageKind {
    /// What people call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Html => "page",
            Self::Docx => "Word document",
            Self::Pdf => "PDF",
        }
    }
}

/// A page or document that was read.
#[derive(Debug, Clone)]
pub struct Page {
    /// Where it is: an address of the web, or the name of a file.
    pub address: String,
    /// What it was written as.
    pub kind: PageKind,
    /// Its text.
    pub passages: Vec<Passage>,
}

/// A page or document that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// Where it is.
    pub address: String,
    /// Why, as a sentence.
    pub reason: String,
}

/// Who the record says is careers leader; empty texts are not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Leader {
    /// Name, with or without a title.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    pub telephone: String,
}

/// What the record says.
#[derive(Debug, Clone)]
pub struct Known {
    /// What the institution is in law, which decides how strongly each item is asked.
    pub kind: InstitutionType,
    /// Its careers leader.
    pub leader: Option<Leader>,
    /// The day on which the pages are judged.
    pub as_of: Date,
}
