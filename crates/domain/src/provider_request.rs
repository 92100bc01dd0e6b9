use crate::word::closed_list;

closed_list! {
    /// How far a provider's request for access has come. Whether it counts for provider access is worked out, never kept.
    pub enum ProviderRequestState {
        /// It has come, and nobody has looked at it.
        Received = "received",
        /// Somebody is looking into it.
        Reviewing = "reviewing",
        /// The provider was asked something.
        MoreInformation = "more-information",
        /// They come on a day that is agreed.
        Granted = "granted",
        /// They do not come, for a reason that is published.
        Refused = "refused",
        /// It is looked at again later.
        Deferred = "deferred",
        /// They came.
        Delivered = "delivered",
        /// It was written down how it went.
        Evaluated = "evaluated",
        /// The provider took it back.
        Withdrawn = "withdrawn",
    }
}

closed_list! {
    /// What is known of the checks that a visitor's employer makes. A certificate is never kept.
    pub enum VisitorAssurance {
        /// The employer assures that the checks are made.
        Assured = "assured",
        /// It was asked for, and did not come.
        NotAssured = "not-assured",
        /// A visitor who is never alone with learners.
        NotNeeded = "not-needed",
    }
}

impl ProviderRequestState {
    /// As people call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Received => "Received",
            Self::Reviewing => "Under review",
            Self::MoreInformation => "Waiting for the provider",
            Self::Granted => "Granted",
            Self::Refused => "Refused",
            Self::Deferred => "Deferred",
            Self::Delivered => "Delivered",
            Self::Evaluated => "Evaluated",
            Self::Withdrawn => "Withdrawn",
        }
    }

    /// Whether it waits for a decision of the institution.
    pub const fn waits(self) -> bool {
        matches!(self, Self::Received | Self::Reviewing | Self::Deferred)
    }

    /// Whether a decision can be made: it was not made, or was put off.
    pub const fn is_open(self) -> bool {
        self.waits() || matches!(self, Self::MoreInformation)
    }

    /// Whether it was decided by the institution.
    pub const fn is_decision(self) -> bool {
        matches!(self, Self::Granted | Self::Refused | Self::Deferred)
    }
}

impl VisitorAssurance {
    /// As people call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Assured => "Yes, the employer assures that they are checked",
            Self::NotAssured => "No, it was asked for and did not come",
            Self::NotNeeded => "Not needed: never alone with learners",
        }
    }
}
