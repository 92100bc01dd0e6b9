use domain::{Learner, LearnerId, Subjects, YearGroup};

/// Over whom a role holds in an institution.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Reach {
    /// Everybody.
    #[default]
    Institution,
    /// The learners of these groups, and no others.
    Groups(Vec<Group>),
    /// The learners in the person's own care; for a learner, themselves.
    Caseload(Vec<LearnerId>),
}

/// A group of learners that a role can be limited to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// A registration group, by name.
    Form(String),
    /// A year group.
    YearGroup(YearGroup),
    /// Those who take a subject, by name.
    Subject(String),
}

/// A learner who may be within a reach.
pub(crate) struct Candidate<'a> {
    pub(crate) id: LearnerId,
    pub(crate) learner: &'a Learner,
    /// Theirs on the day; none if not on roll.
    pub(crate) year_group: Option<YearGroup>,
    /// What each year group takes, for learners without subjects of their own.
    pub(crate) subjects: &'a Subjects,
}

impl Reach {
    /// The word that the database and the API use.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Institution => "institution",
            Self::Groups(_) => "groups",
            Self::Caseload(_) => "caseload",
        }
    }

    /// The reach with this word; whom it takes in is given beside it. A word or a group that is not known reaches nobody.
    pub(crate) fn from_words(word: &str, groups: &[(String, String)], caseload: &[LearnerId]) -> Self {
        match word {
            "institution" => Self::Institution,
            "caseload" => Self::Caseload(caseload.to_vec()),
            _ => Self::Groups(groups.iter().filter_map(|(sort, name)| Group::from_words(sort, name)).collect()),
        }
    }

    /// Whether the learner is within it.
    pub(crate) fn admits(&self, one: &Candidate<'_>) -> bool {
        match self {
            Self::Institution => true,
            Self::Groups(groups) => groups.iter().any(|group| group.admits(one)),
            Self::Caseload(learners) => learners.contains(&one.id),
        }
    }

    /// As people say it: "the whole institution", "9A and 9B", "their caseload".
    pub fn label(&self) -> String {
        match self {
            Self::Institution => "the whole institution".to_owned(),
            Self::Groups(groups) if groups.is_empty() => "no group yet".to_owned(),
            Self::Groups(groups) => groups.iter().map(Group::label).collect::<Vec<_>>().join(", "),
            Self::Caseload(_) => "their caseload".to_owned(),
        }
    }
}

impl Group {
    /// What it is a group of, and its name, as the database has them.
    pub fn words(&self) -> (&'static str, String) {
        match self {
            Self::Form(name) => ("form", name.clone()),
            Self::YearGroup(year_group) => ("year-group", year_group.to_string()),
            Self::Subject(name) => ("subject", name.clone()),
        }
    }

    /// The group with these words.
    pub fn from_words(sort: &str, name: &str) -> Option<Self> {
        match sort {
            "form" => Some(Self::Form(name.to_owned())),
            "year-group" => name.parse().ok().map(Self::YearGroup),
            "subject" => Some(Self::Subject(name.to_owned())),
            _ => None,
        }
    }

    /// As people name it: "9A", "Year 9", "Art".
    pub fn label(&self) -> String {
        match self {
            Self::Form(name) | Self::Subject(name) => name.clone(),
            Self::YearGroup(year_group) => format!("Year {year_group}"),
        }
    }

    fn admits(&self, one: &Candidate<'_>) -> bool {
        match self {
            Self::Form(name) => one.learner.form.as_deref().is_some_and(|form| form.eq_ignore_ascii_case(name)),
            Self::YearGroup(wanted) => one.year_group == Some(*wanted),
            Self::Subject(name) => {
                let of_year = one.year_group.and_then(|year_group| one.subjects.get(&year_group));
                let own = Some(&one.learner.subjects).filter(|own| !own.is_empty());
                let taken = own.or(of_year).map_or(&[][..], Vec::as_slice);
                taken.iter().any(|subject| domain::same_name(subject) == domain::same_name(name))
            }
        }
    }
}
