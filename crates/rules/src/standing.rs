use serde::Serialize;

/// Where a learner, or a cohort, stands against a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Outside the scope, adapted out, or for another [`Reason`].
    NotApplicable,
    /// In scope; the window opens after the as-of date.
    Upcoming,
    /// The condition holds.
    Met,
    /// The window is open and the condition does not hold.
    Due,
    /// The window has closed and the condition does not hold.
    Missed,
}

impl Status {
    /// Every status, in the order of its code.
    pub const ALL: [Self; 5] = [Self::NotApplicable, Self::Upcoming, Self::Met, Self::Due, Self::Missed];

    /// The word that reports print.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotApplicable => "not-applicable",
            Self::Upcoming => "upcoming",
            Self::Met => "met",
            Self::Due => "due",
            Self::Missed => "missed",
        }
    }
}

/// Why a requirement is not applicable to a learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Outside the year groups or groups of learners that the requirement counts.
    OutOfScope,
    /// Adapted out for this learner.
    Adapted,
    /// The learner joined after the window had closed, and no transferred record meets it.
    JoinedAfterWindow,
    /// No subjects are recorded for the learner or the year group.
    NoSubjects,
    /// The window opened before there was such a duty.
    WindowBeforeDuty,
    /// The learner is not on roll on the as-of date. Such learners are never counted; only an explanation says so.
    NotOnRoll,
}

impl Reason {
    /// Every reason, in the order of its code.
    pub const ALL: [Self; 6] = [
        Self::OutOfScope,
        Self::Adapted,
        Self::JoinedAfterWindow,
        Self::NoSubjects,
        Self::WindowBeforeDuty,
        Self::NotOnRoll,
    ];

    /// The word that reports print.
    pub const fn word(self) -> &'static str {
        match self {
            Self::OutOfScope => "out-of-scope",
            Self::Adapted => "adapted",
            Self::JoinedAfterWindow => "joined-after-window",
            Self::NoSubjects => "no-subjects",
            Self::WindowBeforeDuty => "window-before-duty",
            Self::NotOnRoll => "not-on-roll",
        }
    }
}

/// One learner's status against one requirement with its marks, in one byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Standing(u8);

const PARTLY: u8 = 1 << 3;
const PLANNED: u8 = 1 << 4;
const ADAPTED: u8 = 1 << 5;

impl Standing {
    /// How many different values a standing's byte can have.
    pub(crate) const VALUES: usize = 64;

    pub(crate) const fn of(status: Status) -> Self {
        Self(status as u8)
    }

    pub(crate) const fn not_applicable(reason: Reason) -> Self {
        Self((reason as u8) << 3)
    }

    pub(crate) const fn due(partly_met: bool, planned: bool) -> Self {
        Self(Status::Due as u8 | if partly_met { PARTLY } else { 0 } | if planned { PLANNED } else { 0 })
    }

    pub(crate) const fn with_adapted_count(self, adapted: bool) -> Self {
        if adapted { Self(self.0 | ADAPTED) } else { self }
    }

    pub(crate) const fn byte(self) -> u8 {
        self.0
    }

    pub(crate) const fn from_byte(byte: u8) -> Self {
        Self(byte)
    }

    /// The status.
    pub const fn status(self) -> Status {
        match self.0 & 7 {
            1 => Status::Upcoming,
            2 => Status::Met,
            3 => Status::Due,
            4 => Status::Missed,
            _ => Status::NotApplicable,
        }
    }

    /// Why it is not applicable, if it is not.
    pub const fn reason(self) -> Option<Reason> {
        if self.0 & 7 != 0 {
            return None;
        }
        let code = (self.0 >> 3) as usize;
        Some(if code < Reason::ALL.len() { Reason::ALL[code] } else { Reason::OutOfScope })
    }

    /// Due, and something of it is done already.
    pub const fn is_partly_met(self) -> bool {
        self.is_in_scope() && self.0 & PARTLY != 0
    }

    /// Due, and what the learner is invited to before the deadline would meet it.
    pub const fn is_planned(self) -> bool {
        self.is_in_scope() && self.0 & PLANNED != 0
    }

    /// Adapted for this learner: out, or with another count.
    pub const fn is_adapted(self) -> bool {
        if self.is_in_scope() { self.0 & ADAPTED != 0 } else { matches!(self.reason(), Some(Reason::Adapted)) }
    }

    /// Met, due, missed or upcoming.
    pub const fn is_in_scope(self) -> bool {
        self.0 & 7 != 0
    }
}
