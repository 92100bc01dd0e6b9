use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a school did with a clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Key of the clause.
    pub clause: String,
    /// What it did.
    pub kind: ChoiceKind,
    /// The wording that lay beneath at that time, before anything was filled in.
    pub beneath: String,
    /// When.
    pub at: Timestamp,
}

/// What can be done with a clause. Statutory clauses can only be added to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "choice", content = "text")]
pub enum ChoiceKind {
    /// The wording is right as it is.
    Confirmed,
    /// Words of its own take the place of the wording.
    Replaced(String),
    /// Words of its own follow the wording.
    Added(String),
    /// The clause is left out.
    Removed,
}

impl ChoiceKind {
    /// The word that the database uses.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Replaced(_) => "replaced",
            Self::Added(_) => "added",
            Self::Removed => "removed",
        }
    }

    /// From the database's word and text; none for a word that is unknown.
    pub fn of(word: &str, text: Option<String>) -> Option<Self> {
        match word {
            "confirmed" => Some(Self::Confirmed),
            "replaced" => Some(Self::Replaced(text?)),
            "added" => Some(Self::Added(text?)),
            "removed" => Some(Self::Removed),
            _ => None,
        }
    }

    /// The school's own words, if there are any.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Replaced(text) | Self::Added(text) => Some(text),
            Self::Confirmed | Self::Removed => None,
        }
    }
}
