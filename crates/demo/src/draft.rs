//! Activities in a few words each: everything ticked, in person, unless said otherwise.

use domain::{Activity, Check, Checks, Date, Hours, Kind, Mode, ProviderType, Source, Through, YearGroup};

fn of(kind: Kind, title: impl Into<String>, date: Date) -> Activity {
    Activity {
        reference: String::new(),
        title: title.into(),
        date,
        kind,
        provider_type: None,
        organisation: None,
        mode: Mode::InPerson,
        subject: None,
        hours: None,
        year_groups: Default::default(),
        checks: kind.meaningful(),
        through: None,
        source: None,
        state: domain::ActivityState::Planned,
    }
}

pub(crate) fn employer(title: impl Into<String>, date: Date, organisation: &str) -> Activity {
    Activity { organisation: Some(organisation.into()), ..of(Kind::EmployerEncounter, title, date) }
}

pub(crate) fn workplace(title: impl Into<String>, date: Date, organisation: &str, hours: u32) -> Activity {
    Activity {
        organisation: Some(organisation.into()),
        hours: Some(Hours::whole(hours)),
        ..of(Kind::WorkplaceExperience, title, date)
    }
}

pub(crate) fn provider(title: impl Into<String>, date: Date, organisation: &str, of_type: ProviderType) -> Activity {
    Activity {
        organisation: Some(organisation.into()),
        provider_type: Some(of_type),
        ..of(Kind::ProviderEncounter, title, date)
    }
}

/// A provider encounter with the six boxes of provider access too.
pub(crate) fn access(title: impl Into<String>, date: Date, organisation: &str, of_type: ProviderType) -> Activity {
    let activity = provider(title, date, organisation, of_type);
    Activity { checks: activity.checks.union(Checks::PROVIDER_ACCESS), ..activity }
}

pub(crate) fn guidance(title: impl Into<String>, date: Date) -> Activity {
    Activity { checks: Checks::of(&[Check::QualifiedAdviser]), ..of(Kind::GuidanceMeeting, title, date) }
}

pub(crate) fn labour_market(title: impl Into<String>, date: Date) -> Activity {
    of(Kind::LabourMarket, title, date)
}

pub(crate) fn curriculum(title: impl Into<String>, date: Date, subject: &str) -> Activity {
    Activity { subject: Some(subject.into()), ..of(Kind::Curriculum, title, date) }
}

pub(crate) fn programme(title: impl Into<String>, date: Date) -> Activity {
    of(Kind::Programme, title, date)
}

/// What is said otherwise.
pub(crate) trait Otherwise {
    /// Offered to these year groups as whole cohorts.
    fn offered_to(self, year_groups: &[i8]) -> Self;
    /// Held online only.
    fn online(self) -> Self;
    /// With this box not ticked.
    fn without(self, check: Check) -> Self;
    /// Brought along from a previous school.
    fn transferred(self) -> Self;
    /// In the curriculum area of a college.
    fn in_curriculum_area(self) -> Self;
}

impl Otherwise for Activity {
    fn offered_to(self, year_groups: &[i8]) -> Self {
        Self { year_groups: year_groups.iter().copied().map(YearGroup::new).collect(), ..self }
    }

    fn online(self) -> Self {
        Self { mode: Mode::Virtual, ..self }
    }

    fn without(self, check: Check) -> Self {
        Self { checks: self.checks.iter().filter(|&ticked| ticked != check).collect(), ..self }
    }

    fn transferred(self) -> Self {
        Self { source: Some(Source::Transferred), ..self }
    }

    fn in_curriculum_area(self) -> Self {
        Self { through: Some(Through::CurriculumArea), ..self }
    }
}
