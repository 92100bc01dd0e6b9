use domain::{
    Kind,
    duty::{DutyEvidence, DutyPost},
};
use rules::Area;

use crate::{App, InstitutionStanding, Result, frame::Scene, programme::Written};

/// What the record shows by itself, read once for all responsibilities.
pub(super) struct Shown {
    written: Written,
    training: Vec<store::staff_training::StaffTraining>,
    feedback: Vec<domain::Date>,
    standings: Vec<InstitutionStanding>,
    /// Days of encounters with providers, and of lessons.
    providers: Vec<domain::Date>,
    lessons: Vec<domain::Date>,
}

impl App {
    pub(super) fn duty_evidence(&self, scene: &Scene<'_>) -> Result<Shown> {
        let (institution, frame) = (scene.frame.institution.id, &scene.frame);
        let (written, training, feedback) = self.store().read(institution, |tx| -> Result<_> {
            Ok((
                Written::read(tx, institution, frame.year)?,
                store::staff_training::list(tx, institution, frame.year_span)?,
                store::voice::feedback(tx, institution)?,
            ))
        })?;
        let (first, _) = frame.year_span;
        let is_of_year = |day: &domain::Date| (first..=frame.as_of).contains(day);
        let days = |kind: Kind| {
            let mut days: Vec<_> = (scene.held.records.activities.iter())
                .filter(|one| one.kind == kind && one.state.counts() && one.source.is_none())
                .map(|one| one.date)
                .filter(is_of_year)
                .collect();
            days.sort_unstable();
            days.dedup();
            days
        };
        let mut feedback: Vec<_> =
            feedback.iter().map(|one| self.context().day_of(one.written_at)).filter(is_of_year).collect();
        feedback.sort_unstable();
        Ok(Shown {
            written,
            training,
            feedback,
            standings: self.institution_standings(scene)?,
            providers: days(Kind::ProviderEncounter),
            lessons: days(Kind::Curriculum),
        })
    }
}

impl Shown {
    /// What the record shows for a responsibility, in a sentence; none where it shows nothing.
    pub(super) fn of(&self, evidence: DutyEvidence, post: DutyPost) -> Option<String> {
        let long = domain::date::long;
        let last = |days: &[domain::Date], what: &str| {
            days.last().map(|day| match days.len() {
                1 => format!("{what} on one day this year, {}", long(*day)),
                many => format!("{what} on {many} days this year, last on {}", long(*day)),
            })
        };
        match evidence {
            DutyEvidence::ProgrammeApproval => {
                let programme = self.written.programme.as_ref()?;
                let senior = programme
                    .senior
                    .as_ref()
                    .map(|by| format!("Programme approved by {} on {}", by.leader, long(by.on)));
                let governors = programme
                    .governors
                    .as_ref()
                    .map(|by| format!("Programme approved by the governors on {} ({})", long(by.on), by.minute));
                match post {
                    DutyPost::Governors => governors,
                    DutyPost::SeniorLeaders => senior,
                    _ => {
                        let both: Vec<_> = [senior, governors].into_iter().flatten().collect();
                        (!both.is_empty()).then(|| both.join("; "))
                    }
                }
            }
            DutyEvidence::StaffTraining => {
                let mut days: Vec<_> = self.training.iter().map(|one| one.held_on).collect();
                days.sort_unstable();
                last(&days, "Staff training")
            }
            DutyEvidence::Feedback => {
                let day = self.feedback.last()?;
                Some(format!("Feedback was given this year, last on {}", long(*day)))
            }
            DutyEvidence::BenchmarkOne => {
                let of_one = || self.standings.iter().filter(|one| one.finding.area == Area::Benchmark(1));
                let met = of_one().filter(|one| one.finding.status == rules::InstitutionStatus::Met).count();
                (met > 0).then(|| format!("{met} of {} points of Benchmark 1 are confirmed", of_one().count()))
            }
            DutyEvidence::ProviderEncounters => last(&self.providers, "Encounters with providers"),
            DutyEvidence::Lessons => last(&self.lessons, "Lessons that link to careers"),
        }
    }
}
