use std::{fmt, str::FromStr};

/// How a requirement on the institution as a whole follows from what the system holds: a closed set. What is derived cannot
/// be ticked by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Derivation {
    /// Every activity of the academic year that has passed by the as-of date has at least one participation recorded, and
    /// there is at least one such activity.
    ParticipationRecorded,
    /// The academic year has at least one guidance meeting, held or planned.
    GuidancePlanned,
    /// The careers leader's name, e-mail address and telephone number are held.
    CareersLeaderContact,
    /// A date for the next review of the published careers information is held and has not passed.
    WebsiteReviewAhead,
    /// The careers policy has been signed.
    PolicySigned,
    /// The careers policy has a review date, and it has not passed.
    PolicyInDate,
}

impl Derivation {
    /// Every derivation.
    pub const ALL: &'static [Self] = &[
        Self::ParticipationRecorded,
        Self::GuidancePlanned,
        Self::CareersLeaderContact,
        Self::WebsiteReviewAhead,
        Self::PolicySigned,
        Self::PolicyInDate,
    ];

    /// The word that the rulebook uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::ParticipationRecorded => "participation-recorded",
            Self::GuidancePlanned => "guidance-planned",
            Self::CareersLeaderContact => "careers-leader-contact",
            Self::WebsiteReviewAhead => "website-review-ahead",
            Self::PolicySigned => "policy-signed",
            Self::PolicyInDate => "policy-in-date",
        }
    }
}

impl fmt::Display for Derivation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for Derivation {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.iter().copied().find(|derivation| derivation.word() == word).ok_or(())
    }
}
