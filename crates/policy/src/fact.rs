use std::{collections::BTreeMap, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Where somebody enters what a fact rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactPlace {
    /// The people of the careers programme, their titles, contacts and qualifications.
    CareersTeam,
    /// What the institution says in its own words.
    OwnWords,
    /// The programme: aims, outcomes, delivery.
    Programme,
    /// The register of roles and responsibilities.
    Duties,
    /// The roadmap for parents and carers.
    Roadmap,
    /// The record of activities and registers.
    Record,
    /// The policy itself: its review date.
    Policy,
}

macro_rules! facts {
    ($($(#[$meta:meta])* $name:ident = $word:literal, $label:literal, $place:ident, $block:literal;)+) => {
        /// What the record fills in, or the institution says of itself: a closed list. Its word in braces is its place in a text.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Fact { $($(#[$meta])* $name),+ }

        impl Fact {
            /// Every fact.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word that texts use, in braces, and under which own words are kept.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// What it is called where it is missing or entered.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$name => $label),+ }
            }

            /// Where somebody enters it.
            pub const fn place(self) -> FactPlace {
                match self { $(Self::$name => FactPlace::$place),+ }
            }

            /// Whether it stands on lines of its own (paragraphs, a list, a table) and not within a sentence.
            pub const fn is_block(self) -> bool {
                match self { $(Self::$name => $block),+ }
            }
        }
    };
}

facts! {
    /// Name and title.
    CareersLeader = "careers-leader", "Careers leader", CareersTeam, false;
    /// E-mail address and telephone number.
    CareersLeaderContact = "careers-leader-contact", "Careers leader’s e-mail address and telephone number", CareersTeam, false;
    /// Name and title.
    SeniorLeader = "senior-leader", "Senior leader who answers for careers", CareersTeam, false;
    /// Name, and qualification with its level.
    CareersAdviser = "careers-adviser", "Careers adviser, with qualification", CareersTeam, false;
    /// Name.
    LinkGovernor = "link-governor", "Link governor or trustee for careers", CareersTeam, false;
    /// Name, e-mail address and telephone number of whom providers ask.
    ProviderContact = "provider-contact", "Whom providers ask for access", CareersTeam, false;
    /// A table of everybody who holds a post of the programme: post, name and title, how to reach them.
    People = "people", "People of the careers programme", CareersTeam, true;
    /// What the institution wants to achieve.
    Vision = "vision", "Careers vision and intent", OwnWords, true;
    /// A month and year, three to five years on.
    VisionUntil = "vision-until", "When the vision is to be reached", OwnWords, false;
    /// What the programme of this year is to achieve.
    ProgrammeAims = "programme-aims", "Aims of the careers programme", Programme, true;
    /// What learners know, can do and are like when they leave.
    Leavers = "leavers", "What learners leave with", Programme, true;
    /// A table: year group, aims, outcomes.
    ProgrammeByYear = "programme-by-year", "Programme by year group", Programme, true;
    /// How the programme is delivered.
    Delivery = "delivery", "How the programme is delivered", Programme, true;
    /// What is done for learners with special educational needs or disabilities.
    SendArrangements = "send-arrangements", "Arrangements for learners with SEND", Programme, true;
    /// What is done for looked-after and previously looked-after learners.
    LookedAfterArrangements = "looked-after-arrangements", "Arrangements for looked-after learners", OwnWords, true;
    /// How parents and carers are engaged.
    ParentsArrangements = "parents-arrangements", "How parents and carers are involved", Programme, true;
    /// A list, by field.
    DutiesCareersLeader = "duties-careers-leader", "Responsibilities of the careers leader", Duties, true;
    /// A list.
    DutiesSeniorLeaders = "duties-senior-leaders", "Responsibilities of senior leaders", Duties, true;
    /// A list.
    DutiesTeachers = "duties-teachers", "Responsibilities of teachers", Duties, true;
    /// A list.
    DutiesGovernors = "duties-governors", "Responsibilities of those who govern", Duties, true;
    /// What is collected, from whom, when, and who looks at it.
    ImpactMeasures = "impact-measures", "How impact is measured and assessed", OwnWords, true;
    /// What the last evaluation found.
    ImpactStatement = "impact-statement", "Impact statement", OwnWords, true;
    /// Strengths and what is to get better.
    Strengths = "strengths", "Strengths and areas to develop", OwnWords, true;
    /// Published destinations in words and whole figures.
    DestinationsSummary = "destinations-summary", "Destinations of leavers", OwnWords, true;
    /// How learners get personal guidance.
    PersonalGuidance = "personal-guidance", "Personal guidance and how to get it", OwnWords, true;
    /// How learners, parents, staff and employers learn more.
    AccessToInformation = "access-to-information", "How people find out more", OwnWords, true;
    /// A list of links.
    OtherPolicies = "other-policies", "Links to other policies", OwnWords, true;
    /// Where the public careers pages are.
    WebsiteAddress = "website-address", "Address of the careers pages", OwnWords, false;
    /// When the published information is next reviewed.
    WebsiteReview = "website-review", "Next review of the published information", OwnWords, false;
    /// When this paper is next reviewed.
    ReviewDate = "review-date", "Review date", Policy, false;
    /// How this benchmark is met: figures, evidence, own words.
    Benchmark1 = "benchmark-1", "How Benchmark 1 is met", Record, true;
    /// How this benchmark is met.
    Benchmark2 = "benchmark-2", "How Benchmark 2 is met", Record, true;
    /// How this benchmark is met.
    Benchmark3 = "benchmark-3", "How Benchmark 3 is met", Record, true;
    /// How this benchmark is met.
    Benchmark4 = "benchmark-4", "How Benchmark 4 is met", Record, true;
    /// How this benchmark is met.
    Benchmark5 = "benchmark-5", "How Benchmark 5 is met", Record, true;
    /// How this benchmark is met.
    Benchmark6 = "benchmark-6", "How Benchmark 6 is met", Record, true;
    /// How this benchmark is met.
    Benchmark7 = "benchmark-7", "How Benchmark 7 is met", Record, true;
    /// How this benchmark is met.
    Benchmark8 = "benchmark-8", "How Benchmark 8 is met", Record, true;
    /// A table: year group and term, what providers can come to.
    Opportunities = "opportunities", "Opportunities for providers by year group and term", Programme, true;
    /// How the six encounters are met, from live figures.
    Encounters = "encounters", "How the encounters with providers are met", Record, true;
    /// How a provider asks, and how soon it hears.
    AccessProcedure = "access-procedure", "How providers ask for access", OwnWords, true;
    /// Grounds on which access is granted.
    GroundsGranting = "grounds-granting", "Grounds for granting access", OwnWords, true;
    /// Grounds on which access is refused.
    GroundsRefusing = "grounds-refusing", "Grounds for refusing access", OwnWords, true;
    /// Rooms and equipment for providers.
    Premises = "premises", "Premises and facilities for providers", OwnWords, true;
    /// The times at which access is given.
    AccessTimes = "access-times", "Times at which access is given", OwnWords, true;
    /// How visitors are kept safe company.
    VisitorSafety = "visitor-safety", "Safeguarding and visitors", OwnWords, true;
    /// Who came before.
    PreviousProviders = "previous-providers", "Providers who have come before", Record, true;
    /// How to complain.
    Complaints = "complaints", "How to complain", OwnWords, true;
    /// Key decisions by year group, for families.
    Roadmap = "roadmap", "Roadmap for parents and carers", Roadmap, true;
    /// What happens when, by year group.
    ProgrammeSchedule = "programme-schedule", "Careers programme by year group and term", Programme, true;
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for Fact {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.iter().copied().find(|fact| fact.word() == word).ok_or(())
    }
}

impl Serialize for Fact {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl<'de> Deserialize<'de> for Fact {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        word.parse().map_err(|()| serde::de::Error::custom(format!("there is no fact {word:?}")))
    }
}

/// What is known of the facts, as Markdown: a fact that is not there is missing. Whatever a person typed as plain text goes through
/// [`crate::markdown::escape`] first.
pub type Facts = BTreeMap<Fact, String>;
