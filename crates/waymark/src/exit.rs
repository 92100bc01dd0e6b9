//! How a command ends. `docs/runbooks/command-line.md` explains the codes to people.

use std::{fmt, process::ExitCode};

/// A command that did what it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// Nothing more to say.
    Done,
    /// `check`: a statutory duty is missed.
    DutyMissed,
    /// `site-check`: something that must be published was not found.
    WebsiteLacks,
    /// `audit verify`: the trail is not what was noted.
    ChainBroken,
}

/// A command that did not.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The person can mend it: a file, a row, an option, a setting.
    Input(String),
    /// The answer is no: not found, not allowed, in the way of something else.
    Refused(String),
    /// The database cannot be used.
    Database(String),
    /// Ours, or the machine's.
    Fault(String),
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Done => Self::SUCCESS,
            Status::DutyMissed | Status::WebsiteLacks => Self::from(1),
            Status::ChainBroken => Self::from(6),
        }
    }
}

impl From<Failure> for ExitCode {
    fn from(failure: Failure) -> Self {
        Self::from(match failure {
            Failure::Input(_) => 2,
            Failure::Refused(_) => 3,
            Failure::Database(_) => 4,
            Failure::Fault(_) => 5,
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(message) | Self::Refused(message) | Self::Database(message) | Self::Fault(message) => {
                f.write_str(message)
            }
        }
    }
}
