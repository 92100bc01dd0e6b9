//! Who answers for what in a careers programme: the responsibilities that every institution begins with. Each changes, hides and
//! adds to them.

use crate::Sector;

/// Whose responsibility it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DutyPost {
    /// The careers leader.
    CareersLeader,
    /// Senior leaders.
    SeniorLeaders,
    /// Teachers and tutors.
    Teachers,
    /// Governors, trustees or directors.
    Governors,
    /// The coordinator for special educational needs.
    Senco,
    /// The designated teacher for looked-after learners.
    DesignatedTeacher,
}

impl DutyPost {
    /// Every post, in the order in which papers name them.
    pub const ALL: [Self; 6] = [
        Self::CareersLeader,
        Self::SeniorLeaders,
        Self::Teachers,
        Self::Governors,
        Self::Senco,
        Self::DesignatedTeacher,
    ];

    /// The word in records and addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::CareersLeader => "careers-leader",
            Self::SeniorLeaders => "senior-leaders",
            Self::Teachers => "teachers",
            Self::Governors => "governors",
            Self::Senco => "senco",
            Self::DesignatedTeacher => "designated-teacher",
        }
    }

    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::CareersLeader => "Careers leader",
            Self::SeniorLeaders => "Senior leaders",
            Self::Teachers => "Teachers and tutors",
            Self::Governors => "Those who govern",
            Self::Senco => "SENCO",
            Self::DesignatedTeacher => "Designated teacher",
        }
    }

    /// The post with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|post| post.word() == word)
    }
}

/// The four fields of a careers leader's work.
pub const FIELDS: [(&str, &str); 4] = [
    ("leadership", "Leadership"),
    ("management", "Management"),
    ("coordination", "Coordination"),
    ("networking", "Networking"),
];

/// Where the record shows by itself that a responsibility is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DutyEvidence {
    /// The senior leader's or the governors' approval of the programme.
    ProgrammeApproval,
    /// What staff learnt about careers.
    StaffTraining,
    /// What learners, employers and providers said.
    Feedback,
    /// What was confirmed for Benchmark 1.
    BenchmarkOne,
    /// Encounters with providers.
    ProviderEncounters,
    /// Lessons that link to careers.
    Lessons,
}

/// A responsibility as every institution begins with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandardDuty {
    /// Its name in the records; never changes.
    pub key: &'static str,
    /// Whose it is.
    pub post: DutyPost,
    /// Of a careers leader's: the field.
    pub field: Option<&'static str>,
    /// What is done, as a line of a list.
    pub title: &'static str,
    /// How often, in months; none where it goes on all the time.
    pub every_months: Option<i16>,
    /// For whom; none for everybody.
    pub sector: Option<Sector>,
    /// Where the record shows it.
    pub evidence: Option<DutyEvidence>,
}

const fn duty(
    key: &'static str,
    (post, field): (DutyPost, Option<&'static str>),
    title: &'static str,
    every_months: i16,
    evidence: Option<DutyEvidence>,
) -> StandardDuty {
    let every_months = if every_months == 0 { None } else { Some(every_months) };
    StandardDuty { key, post, field, title, every_months, sector: None, evidence }
}

const fn only(sector: Sector, duty: StandardDuty) -> StandardDuty {
    StandardDuty { sector: Some(sector), ..duty }
}

use DutyEvidence::{BenchmarkOne, Feedback, Lessons, ProgrammeApproval, ProviderEncounters, StaffTraining};
use DutyPost::{CareersLeader, DesignatedTeacher, Governors, Senco, SeniorLeaders, Teachers};

const LEADERSHIP: (DutyPost, Option<&str>) = (CareersLeader, Some("leadership"));
const MANAGEMENT: (DutyPost, Option<&str>) = (CareersLeader, Some("management"));
const COORDINATION: (DutyPost, Option<&str>) = (CareersLeader, Some("coordination"));
const NETWORKING: (DutyPost, Option<&str>) = (CareersLeader, Some("networking"));

const STANDARD: &[StandardDuty] = &[
    duty(
        "leader-plan",
        LEADERSHIP,
        "Writes the careers plan and has it approved every year",
        12,
        Some(ProgrammeApproval),
    ),
    duty(
        "leader-evaluation",
        LEADERSHIP,
        "Evaluates the programme against the benchmarks and says what comes next",
        4,
        Some(BenchmarkOne),
    ),
    duty("leader-report", LEADERSHIP, "Reports to senior leaders and to those who govern", 4, None),
    duty("leader-policy", LEADERSHIP, "Keeps the careers policy true and brings it to be signed", 12, None),
    duty("leader-budget", MANAGEMENT, "Plans and watches the careers budget", 12, None),
    duty("leader-website", MANAGEMENT, "Looks over what is published about careers", 12, None),
    duty("leader-staff", MANAGEMENT, "Sees that staff learn what they need for their part", 12, Some(StaffTraining)),
    duty("leader-own-learning", MANAGEMENT, "Keeps their own training up to date", 12, None),
    duty(
        "leader-records",
        COORDINATION,
        "Keeps the record of who took part in what, and follows up who missed it",
        1,
        None,
    ),
    duty("leader-guidance", COORDINATION, "Arranges personal guidance with a qualified adviser", 4, None),
    duty(
        "leader-feedback",
        COORDINATION,
        "Asks learners, parents and carers, staff, employers and providers what worked",
        12,
        Some(Feedback),
    ),
    duty("leader-support", COORDINATION, "Plans with pastoral staff for learners who need more support", 4, None),
    only(
        Sector::School,
        duty(
            "leader-providers",
            NETWORKING,
            "Sees that every learner meets providers at the times the law sets",
            4,
            Some(ProviderEncounters),
        ),
    ),
    only(
        Sector::Post16,
        duty(
            "leader-progression",
            NETWORKING,
            "Keeps up links with universities, training providers and employers that learners go on to",
            4,
            Some(ProviderEncounters),
        ),
    ),
    duty("leader-employers", NETWORKING, "Finds employers and keeps in touch with them", 4, None),
    duty("leader-hub", NETWORKING, "Works with the Careers Hub, the local authority and other institutions", 4, None),
    duty(
        "senior-line",
        (SeniorLeaders, None),
        "One of them answers for careers and meets the careers leader regularly",
        2,
        None,
    ),
    duty(
        "senior-capacity",
        (SeniorLeaders, None),
        "Give the careers leader time, training and means for the work",
        12,
        None,
    ),
    duty(
        "senior-approve",
        (SeniorLeaders, None),
        "Approve the careers plan and use what the evaluation finds",
        12,
        Some(ProgrammeApproval),
    ),
    duty("senior-development", (SeniorLeaders, None), "Make careers part of the development plan", 12, None),
    duty(
        "teachers-lessons",
        (Teachers, None),
        "Link what they teach to careers, every year and in every subject",
        12,
        Some(Lessons),
    ),
    duty("teachers-tutors", (Teachers, None), "Talk with learners about where they stand and what comes next", 0, None),
    duty(
        "teachers-training",
        (Teachers, None),
        "Take part in training about careers and the ways on from their subject",
        12,
        Some(StaffTraining),
    ),
    duty(
        "teachers-impartial",
        (Teachers, None),
        "Tell learners of every way that is open to them, without favour",
        0,
        None,
    ),
    duty(
        "governors-link",
        (Governors, None),
        "One of them takes a strategic interest in careers and meets the careers leader",
        4,
        None,
    ),
    duty(
        "governors-approve",
        (Governors, None),
        "Look at the careers plan every year and approve it",
        12,
        Some(ProgrammeApproval),
    ),
    duty(
        "governors-duties",
        (Governors, None),
        "Make sure that what the law asks for careers guidance is done",
        12,
        Some(BenchmarkOne),
    ),
    only(
        Sector::School,
        duty(
            "governors-access",
            (Governors, None),
            "Approve the provider access statement every year and see that it is kept to",
            12,
            None,
        ),
    ),
    duty("senco-plans", (Senco, None), "Brings preparation for adult life into annual reviews", 12, None),
    duty("senco-adapt", (Senco, None), "Plans with the careers leader what is adapted for whom", 4, None),
    only(
        Sector::School,
        duty(
            "designated-plans",
            (DesignatedTeacher, None),
            "Brings careers into each personal education plan",
            4,
            None,
        ),
    ),
    duty(
        "designated-first",
        (DesignatedTeacher, None),
        "Sees that looked-after learners get guidance early and work experience that suits them",
        12,
        None,
    ),
];

/// The responsibilities that an institution of the sector begins with.
pub fn standard(sector: Sector) -> impl Iterator<Item = &'static StandardDuty> {
    STANDARD.iter().filter(move |duty| duty.sector.is_none_or(|only| only == sector))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn keys_are_unique_and_every_field_and_post_has_something() {
        let keys: BTreeSet<_> = STANDARD.iter().map(|duty| duty.key).collect();
        assert_eq!(keys.len(), STANDARD.len());
        for sector in [Sector::School, Sector::Post16] {
            for (field, _) in FIELDS {
                assert!(standard(sector).any(|duty| duty.field == Some(field)), "{field}");
            }
            for post in DutyPost::ALL {
                assert!(standard(sector).any(|duty| duty.post == post), "{post:?}");
                assert_eq!(DutyPost::from_word(post.word()), Some(post));
            }
        }
        assert!(standard(Sector::Post16).all(|duty| !duty.title.contains("the law sets")));
    }
}
