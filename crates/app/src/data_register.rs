//! What is kept of people, why, on what basis and for how long: the data register as values. Retention, erasure, subject
//! access and the processing record all work from it.

use std::sync::OnceLock;

use serde::Deserialize;
use store::catalogue::{DATA_REGISTER, Table};

use crate::Action;

/// The data register: every column of the database, and the rules it refers to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataRegister {
    /// Lawful bases.
    #[serde(rename = "basis")]
    pub bases: Vec<LawfulBasis>,
    /// How long things are kept.
    #[serde(rename = "rule")]
    pub rules: Vec<RetentionRule>,
    /// Every table.
    #[serde(rename = "table")]
    pub tables: Vec<RegisterTable>,
}

/// Why the law allows it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LawfulBasis {
    /// Its word.
    pub id: String,
    /// In a few words.
    pub title: String,
    /// The law, and what for.
    pub says: String,
}

/// How long something is kept.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetentionRule {
    /// Its word.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// Default in months. Without it (and without days) the rule has no term of its own.
    pub months: Option<i32>,
    /// A term in days, which is fixed.
    pub days: Option<i32>,
    /// The fewest months that an institution may set; without it the rule is fixed.
    pub shortest: Option<i32>,
    /// The most months that an institution may set.
    pub longest: Option<i32>,
    /// From when the term runs.
    pub from: String,
    /// Whether the retention run carries it out.
    #[serde(default)]
    pub run: bool,
    /// What goes and what stays.
    pub what: String,
    /// Why this long.
    pub why: String,
    /// Who says so.
    pub source: String,
}

/// One table of the database.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterTable {
    /// Its name.
    pub name: String,
    /// What it is about, for people.
    pub about: String,
    /// How its rows belong to a learner, if they do.
    #[serde(default)]
    pub learner: OfLearner,
    /// The column that says which account its rows belong to, if they do.
    pub account: Option<String>,
    /// Its columns, those alike together.
    #[serde(rename = "group")]
    pub groups: Vec<RegisterGroup>,
}

/// How rows of a table belong to a learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum OfLearner {
    /// They do not.
    #[default]
    #[serde(rename = "-")]
    No,
    /// By the learner's key.
    #[serde(rename = "learner_id")]
    ByKey,
    /// By the key of the record that an import changed.
    #[serde(rename = "changes")]
    ByChange,
    /// They may mention the learner among others.
    #[serde(rename = "mentions")]
    ByMention,
}

/// Columns of a table that are alike.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterGroup {
    /// Their names.
    pub columns: Vec<String>,
    /// What they are for.
    pub purpose: String,
    /// About whom.
    pub whose: Whose,
    /// What sort of data in law.
    pub sort: DataSort,
    /// Word of the lawful basis.
    pub basis: String,
    /// Word of the rule that says how long.
    pub kept: String,
    /// Who sees it: words of [`Action`], or `self`, `operator`, `program`, `everybody`.
    pub seen_by: Vec<String>,
    /// What becomes of it when the person is erased.
    pub erasure: OnErasure,
    /// Why it is kept, or else goes another way than with its row.
    pub because: Option<String>,
}

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal, $title:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
        pub enum $name { $($(#[$of])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// For people.
            pub const fn title(self) -> &'static str { match self { $(Self::$variant => $title),+ } }
        }
    };
}

words! {
    /// About whom something is.
    Whose {
        /// Learners.
        Learner = "learner", "learners";
        /// People who work there.
        Staff = "staff", "staff";
        /// Learners and people who work there.
        Both = "both", "learners and staff";
        /// Nobody.
        Nobody = "nobody", "nobody";
    }
}

words! {
    /// What sort of data something is.
    DataSort {
        /// Not personal data.
        None = "none", "not personal";
        /// Personal data.
        Personal = "personal", "personal";
        /// Personal data that would do harm, though the law has no special category for it.
        Sensitive = "sensitive", "personal, sensitive";
        /// Special category data (UK GDPR Art 9).
        Special = "special", "special category";
    }
}

words! {
    /// What becomes of a column when a person is erased.
    OnErasure {
        /// Its row is deleted.
        Row = "row", "deleted";
        /// It is emptied.
        Blank = "blank", "emptied";
        /// It stays.
        Keep = "keep", "stays";
    }
}

impl DataRegister {
    /// The rule with this word.
    pub fn rule(&self, id: &str) -> Option<&RetentionRule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// The basis with this word.
    pub fn basis(&self, id: &str) -> Option<&LawfulBasis> {
        self.bases.iter().find(|basis| basis.id == id)
    }
}

impl RetentionRule {
    /// Whether an institution may set its own term.
    pub fn is_adjustable(&self) -> bool {
        self.shortest.is_some()
    }
}

impl RegisterTable {
    /// The table in the catalogue.
    pub(crate) fn catalogued(&self) -> &'static Table {
        store::catalogue::table(&self.name).expect("a test compares the register with the catalogue")
    }

    /// What is about people in it.
    pub fn personal(&self) -> impl Iterator<Item = &RegisterGroup> {
        self.groups.iter().filter(|group| group.sort != DataSort::None)
    }
}

/// The register, read once.
pub fn data_register() -> &'static DataRegister {
    static REGISTER: OnceLock<DataRegister> = OnceLock::new();
    REGISTER
        .get_or_init(|| toml::from_str(DATA_REGISTER).expect("the register is part of the program, and tests read it"))
}

/// Who sees something, for people.
pub(crate) fn seen_by(word: &str) -> Option<&'static str> {
    Some(match word {
        "self" => "the person themselves",
        "operator" => "whoever runs the server",
        "program" => "nobody: the program only",
        "everybody" => "everybody",
        word => match Action::from_word(word)? {
            Action::SeeTotals => "who may see totals",
            Action::SeeLearners => "who may see learners, within their reach",
            Action::SeeSend => "who may see special educational needs",
            Action::SeeLookedAfter => "who may see which learners are looked after",
            Action::ReadNotes => "who may read private notes",
            Action::WriteNotes => "who may write notes",
            Action::MarkRegisters => "who may mark registers",
            Action::Record => "who may record activities",
            Action::Confirm => "who may confirm what the institution is asked",
            Action::Export => "who may export lists",
            Action::Import => "who may bring in files",
            Action::SeeAudit => "who may see the audit trail",
            Action::ProtectData => "who answers for data protection",
            Action::Administer => "who administers the institution",
            Action::ManagePeople => "who says who works there",
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_register_is_known() {
        let register = data_register();
        for table in &register.tables {
            let catalogued = table.catalogued();
            for column in table.account.iter() {
                assert!(catalogued.columns.iter().any(|known| known.name == column), "{}: {column}", table.name);
            }
            for group in &table.groups {
                let place = format!("{}: {:?}", table.name, group.columns);
                assert!(register.basis(&group.basis).is_some(), "{place}: basis {}", group.basis);
                assert!(register.rule(&group.kept).is_some(), "{place}: rule {}", group.kept);
                for word in &group.seen_by {
                    assert!(seen_by(word).is_some(), "{place}: seen by {word}");
                }
                assert_eq!(group.sort == DataSort::None, group.whose == Whose::Nobody, "{place}: sort and whose");
                assert_eq!(group.sort == DataSort::None, group.basis == "none", "{place}: sort and basis");
                assert!(group.sort == DataSort::Special || group.basis != "public-task-special", "{place}");
                assert!(group.sort != DataSort::Special || group.basis != "public-task", "{place}: a condition");
                if group.erasure == OnErasure::Keep && group.sort != DataSort::None {
                    assert!(group.because.is_some(), "{place}: what stays of a person has a reason");
                }
            }
        }
    }

    #[test]
    fn a_table_with_a_learners_key_says_so() {
        for table in &data_register().tables {
            let has_key = table.catalogued().columns.iter().any(|column| column.name == "learner_id");
            assert!(!has_key || table.learner != OfLearner::No, "{}", table.name);
            assert!(table.learner != OfLearner::ByKey || has_key, "{}", table.name);
        }
    }

    #[test]
    fn a_default_lies_within_what_an_institution_may_set() {
        for rule in &data_register().rules {
            assert!(rule.shortest.is_some() == rule.longest.is_some(), "{}", rule.id);
            assert!(rule.months.is_none() || rule.days.is_none(), "{}", rule.id);
            if let (Some(months), Some(shortest), Some(longest)) = (rule.months, rule.shortest, rule.longest) {
                assert!((shortest..=longest).contains(&months), "{}", rule.id);
            }
        }
    }
}
