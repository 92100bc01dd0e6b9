/// What a person is in an institution, a trust or a hub. Careers guidance names most of them; the rest are what school
/// systems know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Sets up the institution and its people.
    Administrator,
    /// Answers for the careers programme.
    CareersLeader,
    /// A member of the senior leadership team.
    SeniorLeader,
    /// Gives personal guidance.
    CareersAdviser,
    /// Coordinates provision for special educational needs.
    Senco,
    /// Answers for looked-after learners.
    DesignatedTeacher,
    /// Leads a subject.
    SubjectLead,
    /// A form tutor or a teacher.
    Tutor,
    /// A governor or trustee: sees totals, never a learner.
    Governor,
    /// Leads careers across a trust.
    TrustLead,
    /// Coordinates a Careers Hub: sees totals, never a learner.
    HubCoordinator,
    /// A learner: sees their own record.
    Learner,
    /// Looks, and changes nothing.
    Viewer,
}

/// What somebody wants to do to an institution: the rows of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Action {
    /// See totals: benchmarks, duties, charts.
    SeeTotals,
    /// See learners by name and where each stands.
    SeeLearners,
    /// See special educational needs: the kind of support, annual reviews, what is adapted and why.
    SeeSend,
    /// See which learners are looked after.
    SeeLookedAfter,
    /// Read private notes of guidance meetings.
    ReadNotes,
    /// Write notes of guidance meetings.
    WriteNotes,
    /// Mark who took part in an activity.
    MarkRegisters,
    /// Add and change activities.
    Record,
    /// Confirm what the institution as a whole is asked.
    Confirm,
    /// Take lists of learners away in a file.
    Export,
    /// Bring in files, and undo that.
    Import,
    /// See who did what, and who read whose record.
    SeeAudit,
    /// Keep, hand over and erase personal data as the law asks.
    ProtectData,
    /// Change the institution's own details.
    Administer,
    /// Say who works here, and as what; make keys for programs.
    ManagePeople,
}

/// A set of actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Actions(u16);

impl Actions {
    /// These.
    pub fn of(actions: &[Action]) -> Self {
        actions.iter().fold(Self::default(), |set, action| set.with(*action, true))
    }

    /// Whether the action is one of them.
    pub const fn has(self, action: Action) -> bool {
        self.0 & (1 << action as u8) != 0
    }

    /// The same with or without an action.
    #[must_use]
    pub const fn with(self, action: Action, allowed: bool) -> Self {
        let bit = 1 << action as u8;
        Self(if allowed { self.0 | bit } else { self.0 & !bit })
    }

    /// Those that are in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl Action {
    /// Every action, in the order of the grid.
    pub const ALL: [Self; 15] = [
        Self::SeeTotals,
        Self::SeeLearners,
        Self::SeeSend,
        Self::SeeLookedAfter,
        Self::ReadNotes,
        Self::WriteNotes,
        Self::MarkRegisters,
        Self::Record,
        Self::Confirm,
        Self::Export,
        Self::Import,
        Self::SeeAudit,
        Self::ProtectData,
        Self::Administer,
        Self::ManagePeople,
    ];

    /// The word that the database and the API use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::SeeTotals => "see-totals",
            Self::SeeLearners => "see-learners",
            Self::SeeSend => "see-send",
            Self::SeeLookedAfter => "see-looked-after",
            Self::ReadNotes => "read-notes",
            Self::WriteNotes => "write-notes",
            Self::MarkRegisters => "mark-registers",
            Self::Record => "record",
            Self::Confirm => "confirm",
            Self::Export => "export",
            Self::Import => "import",
            Self::SeeAudit => "see-audit",
            Self::ProtectData => "protect-data",
            Self::Administer => "administer",
            Self::ManagePeople => "manage-people",
        }
    }

    /// The action with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.word() == word)
    }

    /// Whether it changes nothing.
    pub const fn is_seeing(self) -> bool {
        matches!(
            self,
            Self::SeeTotals
                | Self::SeeLearners
                | Self::SeeSend
                | Self::SeeLookedAfter
                | Self::ReadNotes
                | Self::Export
                | Self::SeeAudit
        )
    }
}

impl Role {
    /// Every role, in the order in which pages list them.
    pub const ALL: [Self; 13] = [
        Self::Administrator,
        Self::CareersLeader,
        Self::SeniorLeader,
        Self::CareersAdviser,
        Self::Senco,
        Self::DesignatedTeacher,
        Self::SubjectLead,
        Self::Tutor,
        Self::Governor,
        Self::TrustLead,
        Self::HubCoordinator,
        Self::Learner,
        Self::Viewer,
    ];

    /// The word that the database and the API use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::CareersLeader => "careers-leader",
            Self::SeniorLeader => "senior-leader",
            Self::CareersAdviser => "careers-adviser",
            Self::Senco => "senco",
            Self::DesignatedTeacher => "designated-teacher",
            Self::SubjectLead => "subject-lead",
            Self::Tutor => "tutor",
            Self::Governor => "governor",
            Self::TrustLead => "trust-lead",
            Self::HubCoordinator => "hub-coordinator",
            Self::Learner => "learner",
            Self::Viewer => "viewer",
        }
    }

    /// The role with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// Whether an institution gives the role; the others come with a trust or a hub.
    pub const fn is_of_institution(self) -> bool {
        !matches!(self, Self::TrustLead | Self::HubCoordinator)
    }

    /// What the role includes unless the institution decides otherwise.
    pub fn usual(self) -> Actions {
        use Action::*;
        Actions::of(match self {
            Self::Administrator => &[
                SeeTotals,
                SeeLearners,
                MarkRegisters,
                Record,
                Confirm,
                Export,
                Import,
                SeeAudit,
                ProtectData,
                Administer,
                ManagePeople,
            ],
            Self::CareersLeader => &[
                SeeTotals,
                SeeLearners,
                SeeSend,
                SeeLookedAfter,
                WriteNotes,
                MarkRegisters,
                Record,
                Confirm,
                Export,
                Import,
                SeeAudit,
                Administer,
            ],
            Self::SeniorLeader => &[SeeTotals, SeeLearners, SeeSend, SeeLookedAfter, Confirm, Export],
            Self::CareersAdviser => {
                &[SeeTotals, SeeLearners, SeeSend, SeeLookedAfter, ReadNotes, WriteNotes, MarkRegisters, Record, Export]
            }
            Self::Senco => &[SeeTotals, SeeLearners, SeeSend, MarkRegisters, Export],
            Self::DesignatedTeacher => &[SeeTotals, SeeLearners, SeeLookedAfter, MarkRegisters, Export],
            Self::SubjectLead => &[SeeTotals, SeeLearners, MarkRegisters, Record],
            Self::Tutor => &[SeeTotals, SeeLearners, MarkRegisters],
            Self::Governor | Self::TrustLead | Self::HubCoordinator => &[SeeTotals],
            Self::Learner => &[SeeLearners],
            Self::Viewer => &[SeeTotals, SeeLearners],
        })
    }

    /// What an institution may let the role do at most. A governor and a hub never see a learner, a learner never more than
    /// their own record.
    pub fn most(self) -> Actions {
        use Action::*;
        match self {
            Self::Governor | Self::HubCoordinator => Actions::of(&[SeeTotals]),
            Self::TrustLead => Actions::of(&[SeeTotals, SeeLearners, Export, SeeAudit]),
            Self::Learner => Actions::of(&[SeeLearners]),
            Self::Viewer => Actions::of(&[SeeTotals, SeeLearners, SeeSend, SeeLookedAfter, Export]),
            _ => Actions::of(&Action::ALL),
        }
    }

    /// What an institution must leave the role, so that it cannot lock itself out.
    pub fn least(self) -> Actions {
        match self {
            Self::Administrator => Actions::of(&[Action::SeeTotals, Action::ManagePeople]),
            Self::Learner => Actions::of(&[Action::SeeLearners]),
            _ => Actions::of(&[Action::SeeTotals]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lead_back_to_what_they_name() {
        for role in Role::ALL {
            assert_eq!(Role::from_word(role.word()), Some(role));
        }
        for action in Action::ALL {
            assert_eq!(Action::from_word(action.word()), Some(action));
        }
    }

    #[test]
    fn what_is_usual_lies_between_the_least_and_the_most() {
        for role in Role::ALL {
            for action in Action::ALL {
                assert!(!role.least().has(action) || role.usual().has(action), "{role:?} {action:?}");
                assert!(!role.usual().has(action) || role.most().has(action), "{role:?} {action:?}");
            }
        }
    }

    #[test]
    fn governors_and_hubs_see_no_learner() {
        for role in [Role::Governor, Role::HubCoordinator] {
            assert_eq!(role.most(), Actions::of(&[Action::SeeTotals]));
        }
    }
}
