use std::collections::BTreeMap;

use domain::{Date, InstitutionType, Kind, Mode, ProviderType, Sector, YearGroup};

/// One edition of what is asked of one sector of institutions, for a span of as-of dates.
#[derive(Debug, Clone, PartialEq)]
pub struct Pack {
    /// Name of the framework, as reports print it: `england-schools-2025`.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Which institutions work to it.
    pub sector: Sector,
    /// The first as-of date that it serves; `None` serves every earlier date too.
    pub from: Option<Date>,
    /// The last as-of date that it serves.
    pub until: Option<Date>,
    /// Values that an institution may set, by name, with what holds otherwise.
    pub parameters: Vec<Parameter>,
    /// What is asked for each learner, in the order in which reports list it.
    pub requirements: Vec<Requirement>,
    /// What is asked of the institution as a whole.
    pub institution_requirements: Vec<InstitutionRequirement>,
}

/// A named value that an institution may set in its own `[parameters]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its name: `bm6-by-16`.
    pub name: String,
    /// What holds unless the institution sets it.
    pub default: Settled,
    /// What it decides, in plain words.
    pub about: String,
}

/// The value of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// A count or a number of hours, 1 or more.
    Number(u32),
    /// Yes or no.
    YesNo(bool),
}

/// A number in a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amount {
    /// Fixed by the edition.
    Fixed(u32),
    /// The value of the parameter with this name.
    Parameter(String),
}

/// How strongly something is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Force {
    /// Statute, regulation or funding condition.
    Must,
    /// Statutory guidance that the institution must have regard to.
    Regard,
    /// Recommended.
    Should,
    /// Good practice of the sector.
    Best,
}

impl Force {
    /// The word that reports print.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Regard => "regard",
            Self::Should => "should",
            Self::Best => "best",
        }
    }
}

/// What part of careers work a requirement belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// One of the eight Gatsby Benchmarks.
    Benchmark(u8),
    /// Provider access (section 42B of the Education Act 1997).
    ProviderAccess,
    /// The two weeks' worth of work experience.
    WorkExperience,
    /// Education, health and care plans.
    Ehcp,
    /// What must be published.
    Publication,
    /// The careers policy itself.
    Policy,
}

/// Something asked for each learner.
#[derive(Debug, Clone, PartialEq)]
pub struct Requirement {
    /// Its id: `bm5.1`.
    pub id: String,
    /// What it belongs to.
    pub area: Area,
    /// How strongly it is asked, unless `force_for` says otherwise for a type of institution.
    pub force: Force,
    /// Exceptions by type of institution.
    pub force_for: BTreeMap<InstitutionType, Force>,
    /// Whether the institution itself must offer it to each cohort (provider access), reported beside the learners' findings.
    pub offered: bool,
    /// Which learners are counted.
    pub scope: Scope,
    /// When what is done counts.
    pub window: Window,
    /// When it is met.
    pub shape: Shape,
    /// Plain words for pages.
    pub wording: Wording,
    /// Where it comes from.
    pub sources: Vec<Source>,
}

/// Plain words of a requirement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wording {
    /// A few words for headings and lists: "An employer encounter this year".
    pub title: String,
    /// What it asks, in a sentence or two.
    pub asks: String,
    /// Of whom.
    pub of_whom: String,
    /// By when.
    pub by_when: String,
    /// How it is counted.
    pub counted: String,
}

/// A paragraph of law or guidance that a requirement rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The document and paragraph: "Education Act 1997, section 42B(2A)(a)".
    pub title: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// How sure the fact is: `V` read in the source, `S` read in a source that restates it, `K` or `I` an editable default.
    pub evidence: char,
}

/// The year groups in which a learner is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// From which year group to which; `None`: everyone on roll.
    pub years: Option<(YearGroup, YearGroup)>,
    /// A further condition.
    pub only: Option<ScopeOnly>,
}

/// A condition on learners beyond their year group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScopeOnly {
    /// Those considering higher education; unknown is no.
    ConsideringHe,
    /// Those with an education, health and care plan.
    Ehcp,
}

/// The days on which what is done counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// From the first day of one year group to a day in another: its last day, or 28 February.
    Years {
        /// Opens with the first day of this year group.
        first: YearGroup,
        /// Closes in this year group.
        last: YearGroup,
        /// How it closes.
        closes: Bound,
        /// Windows that opened before this day ask nothing.
        opened_from: Option<Date>,
    },
    /// The academic year of the as-of date.
    CurrentYear,
    /// Every academic year on roll from this year group on, the year of joining left out if joined after 31 December.
    EachYearFrom(YearGroup),
    /// The learner's study programme.
    Programme,
}

/// The last day of a window within its last year group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// The last day of the academic year.
    EndOfYear,
    /// 28 February, also in a leap year.
    EndOfFebruary,
}

/// Which activities a condition counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Of this kind.
    pub kind: Kind,
    /// Only if every box of the kind's checklist is ticked. For guidance meetings: only with a qualified adviser.
    pub checklist: bool,
    /// Only with this type of provider.
    pub provider_type: Option<ProviderType>,
    /// Only held in this way.
    pub mode: Option<Mode>,
}

/// What virtual activities are worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Virtual {
    /// As much as any other.
    Counts,
    /// At least one activity in the window that counts must be in person or blended.
    NotAlone,
    /// A virtual one counts only if one in person or blended stands in the same key stage (post-16: in the programme).
    WithinKeyStage,
}

/// When a requirement is met: a closed set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// At least so many activities.
    Count {
        /// Which.
        counted: Counted,
        /// How many.
        at_least: Amount,
        /// Counted by dates, not by activities.
        different_dates: bool,
        /// What virtual ones are worth, unless the parameter `virtual-alone-counts` is yes.
        virtual_rule: Virtual,
        /// At least so many of them must sit in the learner's curriculum area.
        through_curriculum: u32,
        /// Whether some but not enough is shown as partly met.
        partly: bool,
    },
    /// Activities with at least so many types of provider.
    ProviderTypes {
        /// Which activities.
        counted: Counted,
        /// How many of the four types; `Fixed(4)` is every one.
        at_least: Amount,
        /// What virtual ones are worth.
        virtual_rule: Virtual,
    },
    /// Two provider access occasions whose sets of providers differ.
    TwoOccasions,
    /// Hours, checklist and mode not asked for.
    Hours {
        /// Of activities of this kind.
        kind: Kind,
        /// How many.
        at_least: Amount,
    },
    /// A curriculum link in every subject.
    EverySubject(SubjectsAsked),
    /// Another requirement met in every academic year asked about.
    EveryYear {
        /// Its id.
        of: String,
    },
    /// An annual review with its preparing-for-adulthood part.
    AnnualReview,
}

/// Whose list of subjects is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubjectsAsked {
    /// The learner's own if given, else that of the year group.
    Taught,
    /// These, for everybody.
    These(Vec<String>),
}

/// Something asked of the institution as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct InstitutionRequirement {
    /// Its id: `web.1`.
    pub id: String,
    /// What it belongs to.
    pub area: Area,
    /// How strongly it is asked.
    pub force: Force,
    /// Exceptions by type of institution.
    pub force_for: BTreeMap<InstitutionType, Force>,
    /// Months after which an attestation goes stale; `None` for what is derived from the record.
    pub review_months: Option<u32>,
    /// The name of the derivation, for what cannot be attested by hand.
    pub derived: Option<String>,
    /// Plain words for pages.
    pub wording: Wording,
    /// Where it comes from.
    pub sources: Vec<Source>,
}

impl Requirement {
    /// How strongly it is asked of this type of institution.
    pub fn force_of(&self, kind: InstitutionType) -> Force {
        self.force_for.get(&kind).copied().unwrap_or(self.force)
    }

    /// Whether a cohort to which this was not offered is a duty missed. Attending may be a recommendation only (the third
    /// key phase), while offering binds every school that section 42B of the Education Act 1997 covers; independent schools
    /// it does not.
    pub fn offer_is_must(&self, kind: InstitutionType) -> bool {
        self.offered && kind != InstitutionType::IndependentSchool
    }
}

impl InstitutionRequirement {
    /// How strongly it is asked of this type of institution.
    pub fn force_of(&self, kind: InstitutionType) -> Force {
        self.force_for.get(&kind).copied().unwrap_or(self.force)
    }
}

impl Shape {
    /// Whether activities of this kind can count towards it.
    pub fn counts(&self, kind: Kind) -> bool {
        match self {
            Self::Count { counted, .. } | Self::ProviderTypes { counted, .. } => counted.kind == kind,
            Self::TwoOccasions => kind == Kind::ProviderEncounter,
            Self::Hours { kind: asked, .. } => *asked == kind,
            Self::EverySubject(_) => kind == Kind::Curriculum,
            Self::EveryYear { .. } | Self::AnnualReview => false,
        }
    }
}
