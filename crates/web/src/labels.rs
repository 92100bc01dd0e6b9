//! The closed lists of the trade in the words of the pages.

use domain::{Check, Kind, Mode, ParticipationStatus, ProviderType, Sen};

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
        Check::ProviderInformation => "Learners heard about the provider: how to get in, its qualifications, where they lead",
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
