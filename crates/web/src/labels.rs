//! The closed lists of the trade in the words of the pages.

use app::{
    Action, Area, BenchmarkStatus, Explanation, Force, Forecast, InstitutionFinding, InstitutionStatus, KeyScope,
    Method, Role, Status,
};
use domain::{ActivityState, Check, Date, Kind, Mode, ParticipationStatus, ProviderType, Sen};

use crate::parts::{Sign, Tag};

pub(crate) const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::EmployerEncounter => "Employer encounter",
        Kind::WorkplaceExperience => "Experience of a workplace",
        Kind::ProviderEncounter => "Provider encounter",
        Kind::GuidanceMeeting => "Personal guidance meeting",
        Kind::LabourMarket => "Career and labour market information",
        Kind::Curriculum => "Careers in the curriculum",
        Kind::Programme => "Other part of the programme",
    }
}

/// What belongs to a kind, in a line.
pub(crate) const fn kind_hint(kind: Kind) -> &'static str {
    match kind {
        Kind::EmployerEncounter => "meeting an employer or employee: Benchmark 5",
        Kind::WorkplaceExperience => "visit, shadowing or placement: Benchmark 6, work experience hours",
        Kind::ProviderEncounter => "college, university, training provider, sixth form: Benchmark 7, provider access",
        Kind::GuidanceMeeting => "one to one with a careers adviser: Benchmark 8",
        Kind::LabourMarket => "finding and using it: Benchmark 2",
        Kind::Curriculum => "a lesson or unit of a subject: Benchmark 4",
        Kind::Programme => "anything else: Benchmark 3",
    }
}

pub(crate) const fn provider_type(provider_type: ProviderType) -> &'static str {
    match provider_type {
        ProviderType::SixthForm => "Sixth form or sixth-form college",
        ProviderType::College => "Further education college",
        ProviderType::University => "University or other higher education",
        ProviderType::TrainingProvider => "Independent training provider",
    }
}

pub(crate) const fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::InPerson => "In person",
        Mode::Virtual => "Online",
        Mode::Blended => "Partly in person, partly online",
    }
}

pub(crate) const fn activity_state(state: ActivityState) -> &'static str {
    match state {
        ActivityState::Draft => "Draft",
        ActivityState::Planned => "Planned",
        ActivityState::Delivered => "Delivered",
        ActivityState::Cancelled => "Cancelled",
        ActivityState::Removed => "Deleted",
    }
}

pub(crate) const fn participation(status: ParticipationStatus) -> &'static str {
    match status {
        ParticipationStatus::Attended => "Present",
        ParticipationStatus::Absent => "Absent",
        ParticipationStatus::Invited => "Invited",
        ParticipationStatus::Excused => "Excused",
    }
}

pub(crate) const fn sen(sen: Sen) -> &'static str {
    match sen {
        Sen::None => "No special educational needs",
        Sen::Support => "SEN support",
        Sen::Ehcp => "Education, health and care plan",
    }
}

pub(crate) const fn check(check: Check) -> &'static str {
    match check {
        Check::PurposeShared => "The purpose was clear, and shared with learners and the organisation",
        Check::OutcomesFit => "The learning outcomes fit these learners’ needs",
        Check::TwoWay => "Learners and the organisation talked with each other",
        Check::Reflection => "Learners had time to reflect afterwards",
        Check::RangeOfPeople => "Learners met a range of people from the workplace",
        Check::Task => "Learners did a task set by, or relevant to, the employer",
        Check::Feedback => "The employer gave feedback on the work",
        Check::ProviderInformation => {
            "Learners heard about the provider: how to get in, its qualifications, where they lead"
        }
        Check::LearningDescribed => "Learners heard what learning or training there is like",
        Check::ApprovedProvider => "It offers approved technical qualifications or apprenticeships",
        Check::SchoolDay => "It had a reasonable time within the standard school day",
        Check::PalOffer => "It was asked to explain what it offers",
        Check::PalCareers => "It was asked to explain the careers this could lead to",
        Check::PalExperience => "It was asked to describe learning or training with it",
        Check::PalQuestions => "It was asked to answer learners’ questions",
        Check::QualifiedAdviser => "The adviser is qualified to Level 6 or above",
    }
}

/// The word, and what people call it.
pub(crate) const fn force(force: Force) -> (&'static str, &'static str) {
    match force {
        Force::Must => ("must", "duty"),
        Force::Regard => ("regard", "statutory guidance"),
        Force::Should => ("should", "recommended"),
        Force::Best => ("best", "good practice"),
    }
}

/// What a force means.
pub(crate) const fn force_about(force: Force) -> &'static str {
    match force {
        Force::Must => "a duty in law, regulation or a funding condition",
        Force::Regard => "statutory guidance that the institution must have regard to",
        Force::Should => "recommended in guidance",
        Force::Best => "good practice in the sector",
    }
}

/// The sign of a status.
pub(crate) const fn sign(status: Status) -> Sign {
    match status {
        Status::Met => Sign::Met,
        Status::Due => Sign::Due,
        Status::Missed => Sign::Missed,
        Status::Upcoming => Sign::Upcoming,
        Status::NotApplicable => Sign::NotApplicable,
    }
}

/// The status with this word.
pub(crate) fn status(word: &str) -> Option<Status> {
    [Status::Met, Status::Due, Status::Missed, Status::Upcoming, Status::NotApplicable]
        .into_iter()
        .find(|status| status.word() == word)
}

/// How one learner stands, as a tag: due says how long is left, planned says that it is.
pub(crate) fn standing(explanation: &Explanation, as_of: Date) -> Tag {
    match (explanation.status, explanation.forecast, explanation.deadline) {
        (Status::Due, Some(Forecast::Planned), _) => Tag::plain(Sign::Planned),
        (Status::Due, _, Some(deadline)) if deadline <= as_of => Tag::new(Sign::Due, "Not done in time"),
        (Status::Due, _, Some(deadline)) => Tag::due(deadline, as_of),
        (status, _, _) => Tag::plain(sign(status)),
    }
}

/// How the institution stands, as a tag.
pub(crate) fn institution_standing(finding: &InstitutionFinding) -> Tag {
    match finding.status {
        InstitutionStatus::Met => Tag::plain(Sign::Met),
        InstitutionStatus::Stale => Tag::new(Sign::Due, "Look at it again"),
        InstitutionStatus::NotYet => Tag::new(Sign::Due, "Not yet"),
        InstitutionStatus::NotApplicable => Tag::plain(Sign::NotApplicable),
    }
}

/// A part of careers work.
pub(crate) fn area(area: Area) -> String {
    match area {
        Area::Benchmark(number) => format!("Benchmark {number}"),
        Area::ProviderAccess => "Provider access".to_owned(),
        Area::WorkExperience => "Work experience".to_owned(),
        Area::Ehcp => "Education, health and care plans".to_owned(),
        Area::Publication => "What must be published".to_owned(),
        Area::Policy => "The careers policy".to_owned(),
    }
}

/// A benchmark in a few words, where the whole title is too long.
pub(crate) const fn benchmark(number: u8) -> &'static str {
    match number {
        1 => "A stable careers programme",
        2 => "Labour market information",
        3 => "Each young person’s needs",
        4 => "Careers in the curriculum",
        5 => "Encounters with employers",
        6 => "Experiences of workplaces",
        7 => "Encounters with providers",
        8 => "Personal guidance",
        _ => "",
    }
}

/// A phase of provider access, by its requirement.
pub(crate) fn phase(requirement: &str) -> &'static str {
    match requirement {
        "pal.first" => "First phase",
        "pal.second" => "Second phase",
        "pal.third" => "Third phase",
        _ => "Phase",
    }
}

/// The words that Compass users know.
pub(crate) const fn benchmark_status(status: BenchmarkStatus) -> &'static str {
    match status {
        BenchmarkStatus::Achieved => "Achieved",
        BenchmarkStatus::InProgress => "In progress",
        BenchmarkStatus::NotAchieved => "Not achieved",
        BenchmarkStatus::NothingToCount => "Unscored",
    }
}

/// Why a learner stands where they stand, as a sentence of its own.
pub(crate) fn because(explanation: &Explanation, sentence: &str) -> String {
    match explanation.status {
        Status::Due if !sentence.is_empty() => format!("Still needed: {}.", sentence.trim_end_matches('.')),
        _ => crate::words::capital(sentence),
    }
}
/// What a person is in an institution.
pub(crate) fn role(role: Role) -> &'static str {
    match role {
        Role::Administrator => "Administrator",
        Role::CareersLeader => "Careers leader",
        Role::SeniorLeader => "Senior leader",
        Role::CareersAdviser => "Careers adviser",
        Role::Senco => "SENCO",
        Role::DesignatedTeacher => "Designated teacher",
        Role::SubjectLead => "Subject lead",
        Role::Tutor => "Tutor or teacher",
        Role::Governor => "Governor",
        Role::TrustLead => "Trust lead",
        Role::HubCoordinator => "Hub coordinator",
        Role::Learner => "Learner",
        Role::Viewer => "Viewer",
    }
}

/// What a role may do.
pub(crate) fn role_means(role: Role) -> &'static str {
    match role {
        Role::Administrator => "keeps the records, changes the institution and says who works here",
        Role::CareersLeader => "keeps activities, registers, imports and confirmations",
        Role::SeniorLeader => "sees how things stand and confirms what the institution is asked",
        Role::CareersAdviser => "sees learners, writes guidance notes and keeps activities",
        Role::Senco => "sees learners with their special educational needs",
        Role::DesignatedTeacher => "sees learners and who is looked after",
        Role::SubjectLead => "keeps the activities of a subject and sees who takes it",
        Role::Tutor => "marks registers and sees learners",
        Role::Governor => "sees totals, never a learner",
        Role::TrustLead => "sees the totals of every institution of a trust",
        Role::HubCoordinator => "sees the totals of every institution of a hub",
        Role::Learner => "sees their own record",
        Role::Viewer => "sees the records and changes nothing",
    }
}

/// A role as a sentence names it: "the SENCO", "a tutor or teacher".
pub(crate) fn role_in_a_sentence(role: Role) -> &'static str {
    match role {
        Role::Administrator => "an administrator",
        Role::CareersLeader => "a careers leader",
        Role::SeniorLeader => "a senior leader",
        Role::CareersAdviser => "a careers adviser",
        Role::Senco => "the SENCO",
        Role::DesignatedTeacher => "the designated teacher",
        Role::SubjectLead => "a subject lead",
        Role::Tutor => "a tutor or teacher",
        Role::Governor => "a governor",
        Role::TrustLead => "a trust lead",
        Role::HubCoordinator => "a hub coordinator",
        Role::Learner => "a learner",
        Role::Viewer => "a viewer",
    }
}

/// How somebody signed in.
pub(crate) const fn method(method: Method) -> &'static str {
    match method {
        Method::Password => "Password",
        Method::PasswordAndCode => "Password and a code from an app",
        Method::PasswordAndRecoveryCode => "Password and a recovery code",
        Method::Passkey => "Passkey",
        Method::PasswordAndPasskey => "Password and a passkey",
        Method::SingleSignOn => "Your institution’s own sign-in",
    }
}

/// What somebody may do, as the rows of the grid say it.
pub(crate) const fn action(action: Action) -> &'static str {
    match action {
        Action::SeeTotals => "See totals: benchmarks, duties, charts",
        Action::SeeLearners => "See learners by name, and where each stands",
        Action::SeeSend => "See special educational needs, and what is adapted for whom",
        Action::SeeLookedAfter => "See who is looked after",
        Action::ReadNotes => "Read private notes of guidance meetings",
        Action::WriteNotes => "Write notes of guidance meetings",
        Action::MarkRegisters => "Mark who took part",
        Action::Record => "Add and change activities",
        Action::Confirm => "Confirm what the institution is asked",
        Action::Export => "Take lists of learners away in a file",
        Action::Import => "Bring in files, and see what is in them",
        Action::SeeAudit => "See who did what, and who read whose record",
        Action::ProtectData => "Keep, hand over and erase personal data",
        Action::Administer => "Change the institution’s own details",
        Action::ManagePeople => "Say who works here, and as what",
    }
}

/// Why a tick cannot be changed.
pub(crate) const fn locked(role: Role, action: Action) -> &'static str {
    match (role, action) {
        (Role::Governor | Role::HubCoordinator, Action::SeeTotals) => "Totals are what the role is for.",
        (Role::Governor | Role::HubCoordinator, _) => "This role sees totals, never a learner, and changes nothing.",
        (Role::Learner, Action::SeeLearners) => "Learners see their own record.",
        (Role::Learner, _) => "A learner sees their own record and nothing else.",
        (Role::Administrator, Action::ManagePeople) => "Somebody must be able to say who works here.",
        (_, Action::SeeTotals) => "Everybody who works here sees totals.",
        (Role::TrustLead, _) => "A trust looks at the school’s records and does not change them.",
        (Role::Viewer, _) => "A viewer looks and changes nothing.",
        _ => "This cannot be changed.",
    }
}

/// What a key is good for.
pub(crate) const fn key_scope(scope: KeyScope) -> &'static str {
    match scope {
        KeyScope::Totals => "Read totals",
        KeyScope::Learners => "Read learners and where each stands",
        KeyScope::Record => "Add and change activities, and mark who took part",
        KeyScope::Import => "Bring in files",
    }
}
