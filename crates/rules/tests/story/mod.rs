//! Records told in a few words, for tests that read as stories.

use domain::*;

use crate::rulebook_files;

/// One academy and what happened there.
pub(crate) struct Story {
    pub(crate) records: Records,
}

impl Story {
    pub(crate) fn new() -> Self {
        Self { records: Records::new(rulebook_files::academy()) }
    }

    /// A learner in this year group in 2026/27, on roll since September 2020.
    pub(crate) fn learner(&mut self, reference: &str, year_group: i8) -> LearnerIndex {
        let index = LearnerIndex(self.records.learners.len() as u32);
        self.records.learners.push(Learner {
            reference: reference.into(),
            upn: None,
            uln: None,
            forename: "Ada".into(),
            surname: "Example".into(),
            date_of_birth: Date::constant(2012, 1, 1),
            sex: None,
            form: None,
            sen: None,
            fsm: None,
            looked_after: None,
            considering_he: None,
            subjects: Vec::new(),
            joined: Date::constant(2020, 9, 1),
            left: None,
            programme_starts: None,
            programme_ends: None,
        });
        self.records.year_records.push(YearRecord {
            learner: index,
            academic_year: AcademicYear::starting(2026),
            year_group: YearGroup::new(year_group),
        });
        index
    }

    pub(crate) fn who(&mut self, learner: LearnerIndex) -> &mut Learner {
        &mut self.records.learners[learner.0 as usize]
    }

    /// An activity with every box of its kind ticked, in person.
    pub(crate) fn activity(&mut self, reference: &str, date: Date, kind: Kind) -> ActivityIndex {
        let index = ActivityIndex(self.records.activities.len() as u32);
        self.records.activities.push(Activity {
            reference: reference.into(),
            title: reference.into(),
            date,
            kind,
            provider_type: None,
            organisation: None,
            mode: Mode::InPerson,
            subject: None,
            hours: None,
            year_groups: YearGroups::NONE,
            checks: kind.checklist().iter().copied().collect(),
            through: None,
            source: None,
            state: domain::ActivityState::Planned,
        });
        index
    }

    pub(crate) fn what(&mut self, activity: ActivityIndex) -> &mut Activity {
        &mut self.records.activities[activity.0 as usize]
    }

    pub(crate) fn takes_part(&mut self, learner: LearnerIndex, activity: ActivityIndex, status: ParticipationStatus) {
        self.records.participations.push(Participation { learner, activity, status });
    }

    /// An activity that the learner attended.
    pub(crate) fn attended(&mut self, learner: LearnerIndex, reference: &str, date: Date, kind: Kind) -> ActivityIndex {
        let activity = self.activity(reference, date, kind);
        self.takes_part(learner, activity, ParticipationStatus::Attended);
        activity
    }
}
