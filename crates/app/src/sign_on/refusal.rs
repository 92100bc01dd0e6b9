/// Why somebody who came back from an identity provider was not signed in. The word says so in the audit trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignOnRefusal {
    /// They left the provider's page without signing in.
    Cancelled,
    /// What came back belongs to nothing that this browser began, was used before, or took too long.
    Stale,
    /// The provider could not be reached, or answered with an error of its own. Which step failed.
    Unreachable(&'static str),
    /// What the provider said does not hold. Which check failed.
    NotTrusted(&'static str),
    /// They belong to another organisation of the same provider.
    WrongOrganisation,
    /// Nobody here is known by this identity.
    Unknown,
    /// The account that it leads to is closed.
    Closed,
    /// The identity is linked to another account already.
    Taken,
    /// The invitation names no e-mail address, and the provider gives none.
    NoAddress,
    /// The account to be would have an e-mail address that another one has.
    AddressTaken,
}

impl SignOnRefusal {
    /// The word for the audit trail and the log; it tells nothing about the person.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Stale => "stale",
            Self::Unreachable(step) | Self::NotTrusted(step) => step,
            Self::WrongOrganisation => "wrong-organisation",
            Self::Unknown => "unknown",
            Self::Closed => "closed",
            Self::Taken => "taken",
            Self::NoAddress => "no-address",
            Self::AddressTaken => "address-taken",
        }
    }

    /// What happened, and what to do now, to the person. `label` is the provider's.
    pub fn sentence(self, label: &str) -> String {
        match self {
            Self::Cancelled => {
                format!("You left {label} before you had signed in there. Nothing was changed. You can try again.")
            }
            Self::Stale => format!(
                "Signing in with {label} took longer than ten minutes, was finished before, or began in another browser. Begin again from \
                 the sign-in page."
            ),
            Self::Unreachable(_) => format!(
                "{label} could not be asked who you are just now. Try again in a few minutes, or sign in another way. If it goes on, tell \
                 whoever runs the server."
            ),
            Self::NotTrusted(_) => format!(
                "The answer from {label} could not be trusted, so nobody was signed in. Begin again from the sign-in page. If it happens \
                 again, tell whoever runs the server."
            ),
            Self::WrongOrganisation => format!(
                "You signed in to {label} with an account of another organisation. Sign out there, or choose your work account when {label} \
                 asks, and try again."
            ),
            Self::Unknown => format!(
                "{label} says who you are, but nobody here is known by that account yet. If you were invited, open the link of your \
                 invitation and choose {label} there. If you can sign in another way, do so and add {label} on the page of your account."
            ),
            Self::Closed => "Your account here is closed. An administrator of your institution can help.".to_owned(),
            Self::NoAddress => format!(
                "Your invitation names no e-mail address, and {label} gave us none to write to. Open the link of your invitation again and \
                 accept it with a password; afterwards you can add {label} on the page of your account."
            ),
            Self::AddressTaken => format!(
                "Somebody signs in here with your e-mail address already. If it is you, sign in the way you do now, open the link of your \
                 invitation again, and then add {label} on the page of your account."
            ),
            Self::Taken => format!(
                "That {label} account belongs to somebody else's account here, so it was not added. Choose your own when {label} asks, \
                 or ask an administrator of your institution."
            ),
        }
    }
}
