use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// What is written, signed and published as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Paper {
    /// The careers policy, with its appendices.
    CareersPolicy,
    /// The provider access policy statement.
    ProviderAccess,
}

impl Paper {
    /// Both.
    pub const ALL: [Self; 2] = [Self::CareersPolicy, Self::ProviderAccess];

    /// The word that addresses and the database use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::CareersPolicy => "careers-policy",
            Self::ProviderAccess => "provider-access",
        }
    }

    /// What people call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::CareersPolicy => "Careers policy",
            Self::ProviderAccess => "Provider access policy statement",
        }
    }

    /// The longest time until it has to be looked over, in months from its approval: three years for the careers policy, one year for
    /// the statement, whose opportunities and destinations age sooner.
    pub const fn longest_review(self) -> i32 {
        match self {
            Self::CareersPolicy => 36,
            Self::ProviderAccess => 12,
        }
    }

    /// The same in words.
    pub const fn longest_review_words(self) -> &'static str {
        match self {
            Self::CareersPolicy => "three years",
            Self::ProviderAccess => "one year",
        }
    }
}

impl fmt::Display for Paper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for Paper {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|paper| paper.word() == word).ok_or(())
    }
}

/// How far a clause binds, and so what may be done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Provenance {
    /// The law or statutory guidance says it: it may be added to, not altered.
    Statutory,
    /// Good to have: it may be edited, and its removal is noted.
    Recommended,
    /// What a school might say: it has to be replaced or confirmed before anybody signs.
    Example,
}

impl Provenance {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Statutory, Self::Recommended, Self::Example];

    /// The word that wording files use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Statutory => "statutory",
            Self::Recommended => "recommended",
            Self::Example => "example",
        }
    }

    /// What it is called on pages.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Statutory => "Statutory",
            Self::Recommended => "Recommended",
            Self::Example => "Example",
        }
    }
}

impl FromStr for Provenance {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|provenance| provenance.word() == word).ok_or(())
    }
}
