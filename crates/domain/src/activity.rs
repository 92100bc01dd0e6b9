use std::fmt;

use crate::{Date, Hours, YearGroup, word::closed_list};

closed_list! {
    /// What an activity is.
    pub enum Kind {
        /// Meeting an employer or employee.
        EmployerEncounter = "employer-encounter",
        /// Visit, shadowing or placement at a workplace; never a learner's part-time job.
        WorkplaceExperience = "workplace-experience",
        /// Meeting a provider of education or training.
        ProviderEncounter = "provider-encounter",
        /// One-to-one meeting with a careers adviser.
        GuidanceMeeting = "guidance-meeting",
        /// Accessing and using career or labour market information.
        LabourMarket = "labour-market",
        /// A lesson or unit of a subject that links to careers.
        Curriculum = "curriculum",
        /// Anything else in the programme.
        Programme = "programme",
    }
}

impl Kind {
    /// The checklist of this kind, in the order in which it is shown; empty if it has none. For a provider encounter the
    /// first six make it meaningful, the rest are the boxes of provider access.
    pub const fn checklist(self) -> &'static [Check] {
        use Check::*;
        match self {
            Self::EmployerEncounter => &[PurposeShared, OutcomesFit, TwoWay, Reflection],
            Self::WorkplaceExperience => {
                &[PurposeShared, OutcomesFit, TwoWay, RangeOfPeople, Task, Feedback, Reflection]
            }
            Self::ProviderEncounter => &[
                PurposeShared,
                OutcomesFit,
                TwoWay,
                ProviderInformation,
                LearningDescribed,
                Reflection,
                ApprovedProvider,
                SchoolDay,
                PalOffer,
                PalCareers,
                PalExperience,
                PalQuestions,
            ],
            Self::GuidanceMeeting => &[QualifiedAdviser],
            Self::LabourMarket | Self::Curriculum | Self::Programme => &[],
        }
    }

    /// The boxes that must all be ticked for an activity of this kind to count (an encounter or experience to be meaningful, a
    /// guidance meeting to be one with a qualified adviser); empty if the question does not arise.
    pub const fn meaningful(self) -> Checks {
        match self {
            Self::EmployerEncounter => {
                Checks::of(&[Check::PurposeShared, Check::OutcomesFit, Check::TwoWay, Check::Reflection])
            }
            Self::WorkplaceExperience => Checks::of(Self::WorkplaceExperience.checklist()),
            Self::ProviderEncounter => Checks::of(&[
                Check::PurposeShared,
                Check::OutcomesFit,
                Check::TwoWay,
                Check::ProviderInformation,
                Check::LearningDescribed,
                Check::Reflection,
            ]),
            Self::GuidanceMeeting => Checks::of(Self::GuidanceMeeting.checklist()),
            Self::LabourMarket | Self::Curriculum | Self::Programme => Checks::NONE,
        }
    }
}

closed_list! {
    /// The four types of provider that Benchmark 7 asks for.
    pub enum ProviderType {
        /// School sixth form or sixth-form college.
        SixthForm = "sixth-form",
        /// Further education college.
        College = "college",
        /// University or other provider of higher education.
        University = "university",
        /// Independent training provider.
        TrainingProvider = "training-provider",
    }
}

closed_list! {
    /// How an activity was held.
    pub enum Mode {
        /// In person.
        InPerson = "in-person",
        /// Online only.
        Virtual = "virtual",
        /// Partly in person, partly online.
        Blended = "blended",
    }
}

closed_list! {
    /// Where an activity of a college or training provider sits.
    pub enum Through {
        /// In the learner's curriculum area.
        CurriculumArea = "curriculum-area",
    }
}

closed_list! {
    /// Whose record an activity is.
    pub enum Source {
        /// A previous school's, brought along by the learner: it counts although the learner was not on roll here.
        Transferred = "transferred",
    }
}

closed_list! {
    /// How far an activity has come.
    #[derive(Default)]
    pub enum ActivityState {
        /// An idea that nobody relies on yet.
        Draft = "draft",
        /// In the programme: to come, or come and gone without anybody saying more. What a file names is this.
        #[default]
        Planned = "planned",
        /// Somebody said that it took place.
        Delivered = "delivered",
        /// It does not take place.
        Cancelled = "cancelled",
        /// Taken away; kept so that it can be put back.
        Removed = "removed",
    }
}

impl ActivityState {
    /// Whether it is part of the programme: only then does anything that is recorded with it count, planned or done.
    pub const fn counts(self) -> bool {
        matches!(self, Self::Planned | Self::Delivered)
    }
}

closed_list! {
    /// A box of a checklist.
    pub enum Check {
        /// Purpose clear and shared with both sides.
        PurposeShared = "purpose-shared",
        /// Learning outcomes fit the learners' needs.
        OutcomesFit = "outcomes-fit",
        /// Two-way interaction (at a workplace: extensive).
        TwoWay = "two-way",
        /// Time to reflect afterwards.
        Reflection = "reflection",
        /// Met a range of people from the workplace.
        RangeOfPeople = "range-of-people",
        /// Did a task set by, or work relevant to, the employer.
        Task = "task",
        /// The employer gave feedback on the work.
        Feedback = "feedback",
        /// Information on the provider: recruitment, qualifications, where they lead.
        ProviderInformation = "provider-information",
        /// What learning or training there is like.
        LearningDescribed = "learning-described",
        /// Provider access: a provider of approved technical qualifications or apprenticeships, or its representative.
        ApprovedProvider = "approved-provider",
        /// Provider access: for a reasonable time within the standard school day.
        SchoolDay = "school-day",
        /// Provider access: asked to tell about itself and what it offers.
        PalOffer = "pal-offer",
        /// Provider access: asked to tell about the careers this could lead to.
        PalCareers = "pal-careers",
        /// Provider access: asked to tell what learning or training with it is like.
        PalExperience = "pal-experience",
        /// Provider access: asked to answer questions.
        PalQuestions = "pal-questions",
        /// The adviser is qualified to Level 6 or above.
        QualifiedAdviser = "qualified-adviser",
    }
}

/// A set of ticked boxes.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Checks(u16);

impl Checks {
    /// No box.
    pub const NONE: Self = Self(0);

    /// The six boxes of a provider access occasion.
    pub const PROVIDER_ACCESS: Self = Self::of(&[
        Check::ApprovedProvider,
        Check::SchoolDay,
        Check::PalOffer,
        Check::PalCareers,
        Check::PalExperience,
        Check::PalQuestions,
    ]);

    /// These boxes.
    pub const fn of(checks: &[Check]) -> Self {
        let mut bits = 0;
        let mut index = 0;
        while index < checks.len() {
            bits |= 1 << checks[index] as u16;
            index += 1;
        }
        Self(bits)
    }

    /// With `check` ticked too.
    pub const fn with(self, check: Check) -> Self {
        Self(self.0 | 1 << check as u16)
    }

    /// With every box of `other` ticked too.
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether `check` is ticked.
    pub const fn contains(self, check: Check) -> bool {
        self.0 & (1 << check as u16) != 0
    }

    /// Whether every box of `wanted` is ticked.
    pub const fn covers(self, wanted: Self) -> bool {
        self.0 & wanted.0 == wanted.0
    }

    /// The boxes of `wanted` that are not ticked.
    pub const fn missing(self, wanted: Self) -> Self {
        Self(wanted.0 & !self.0)
    }

    /// Whether no box is ticked.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The ticked boxes, in the order of the list.
    pub fn iter(self) -> impl Iterator<Item = Check> {
        Check::ALL.iter().copied().filter(move |check| self.contains(*check))
    }
}

impl fmt::Debug for Checks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl FromIterator<Check> for Checks {
    fn from_iter<I: IntoIterator<Item = Check>>(checks: I) -> Self {
        checks.into_iter().fold(Self::NONE, Self::with)
    }
}

/// A set of year groups from 0 to 31.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct YearGroups(u32);

impl YearGroups {
    /// No year group named.
    pub const NONE: Self = Self(0);

    /// Whether none is named.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether `year_group` is named.
    pub const fn contains(self, year_group: YearGroup) -> bool {
        let number = year_group.number();
        number >= 0 && number < 32 && self.0 & (1 << number) != 0
    }

    /// The year groups named, lowest first.
    pub fn iter(self) -> impl Iterator<Item = YearGroup> {
        (0..32).map(YearGroup::new).filter(move |year_group| self.contains(*year_group))
    }
}

impl FromIterator<YearGroup> for YearGroups {
    fn from_iter<I: IntoIterator<Item = YearGroup>>(year_groups: I) -> Self {
        Self(
            year_groups.into_iter().filter(|y| (0..32).contains(&y.number())).fold(0, |bits, y| bits | 1 << y.number()),
        )
    }
}

impl fmt::Debug for YearGroups {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// Something in the careers programme that learners take part in, on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// How the institution names it; unique within the institution.
    pub reference: String,
    /// What it is called.
    pub title: String,
    /// Its (first) day. Everything is tested on it, and all hours belong to it.
    pub date: Date,
    /// What it is.
    pub kind: Kind,
    /// Type of the provider met.
    pub provider_type: Option<ProviderType>,
    /// Organisation met.
    pub organisation: Option<String>,
    /// How it was held.
    pub mode: Mode,
    /// Subject, for a curriculum link.
    pub subject: Option<String>,
    /// How long, for the work experience ledger; unknown counts as no time.
    pub hours: Option<Hours>,
    /// The year groups it was offered to as whole cohorts.
    pub year_groups: YearGroups,
    /// The ticked boxes of any checklist.
    pub checks: Checks,
    /// Where it sits in a college's provision.
    pub through: Option<Through>,
    /// Whose record it is; `None` is this institution's own.
    pub source: Option<Source>,
    /// How far it has come.
    pub state: ActivityState,
}

impl Activity {
    /// The boxes that keep it from counting; empty if none does, or if its kind knows no such question.
    pub fn missing_checks(&self) -> Checks {
        self.checks.missing(self.kind.meaningful())
    }

    /// Whether it can be a provider access occasion: a provider encounter with all six boxes and a named organisation.
    pub fn is_provider_access(&self) -> bool {
        self.kind == Kind::ProviderEncounter
            && self.checks.covers(Checks::PROVIDER_ACCESS)
            && self.organisation.as_deref().is_some_and(|name| !name.trim().is_empty())
    }
}
