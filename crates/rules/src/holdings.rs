use domain::{ActivityIndex, Date, Kind, ParticipationStatus, Records};

/// What the system holds of the institution as a whole, whatever the day; an evaluation takes what was so on its as-of date.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holdings {
    /// What people attested, in any order; of several for one requirement the latest by the as-of date counts.
    pub attestations: Vec<Attestation>,
    /// The careers leader's published details; blank counts as not held.
    pub careers_leader: CareersLeader,
    /// When the published careers information is next reviewed.
    pub website_review_on: Option<Date>,
    /// When the careers policy was signed.
    pub policy_signed_on: Option<Date>,
    /// When the careers policy is next reviewed.
    pub policy_review_on: Option<Date>,
    /// What the academic year of the as-of date holds.
    pub programme: ProgrammeYear,
}

/// Someone's word, with evidence, on a requirement that the record cannot decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attestation {
    /// The id of the requirement: `web.2`.
    pub requirement: String,
    /// What was said.
    pub answer: Answer,
    /// When.
    pub attested_on: Date,
    /// On what evidence.
    pub evidence: String,
    /// Who answers for it.
    pub owner: String,
}

/// What an attestation says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// It is so.
    Met,
    /// It is not so yet.
    NotYet,
    /// It does not apply to this institution.
    NotApplicable,
}

/// The three details of a careers leader that must be published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CareersLeader {
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    pub telephone: String,
}

impl CareersLeader {
    /// Whether all three are held.
    pub fn is_complete(&self) -> bool {
        [&self.name, &self.email, &self.telephone].iter().all(|detail| !detail.trim().is_empty())
    }
}

/// Activities of the academic year of an as-of date, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ProgrammeYear {
    /// Those that have passed by the as-of date; transferred records of other schools left out.
    pub passed: u32,
    /// Among them, those of which nobody has recorded who was there.
    pub unrecorded: u32,
    /// Guidance meetings, held or planned.
    pub guidance_meetings: u32,
}

impl ProgrammeYear {
    /// Counts the activities of the academic year that `as_of` lies in.
    pub fn of(records: &Records, as_of: Date) -> Self {
        let year = records.institution.year_of(as_of);
        let mut has_register = vec![false; records.activities.len()];
        for participation in &records.participations {
            let ActivityIndex(index) = participation.activity;
            // An invitation is a plan, not a record of who was there.
            has_register[index as usize] |= participation.status != ParticipationStatus::Invited;
        }
        let mut counts = Self::default();
        for (activity, has_register) in records.activities.iter().zip(has_register) {
            let is_ours = activity.state.counts() && activity.source.is_none();
            if records.institution.year_of(activity.date) != year || !is_ours {
                continue;
            }
            let passed = activity.date <= as_of;
            counts.passed += u32::from(passed);
            counts.unrecorded += u32::from(passed && !has_register);
            counts.guidance_meetings += u32::from(activity.kind == Kind::GuidanceMeeting);
        }
        counts
    }
}
