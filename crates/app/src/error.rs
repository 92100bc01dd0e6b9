use std::fmt;

/// Why an operation did not happen. The three kinds are never mixed: see `docs/decisions`.
#[derive(Debug)]
pub enum Error {
    /// The person can correct it; all problems at once, each at its field.
    Problems(Vec<FieldProblem>),
    /// It is not there for this person, not allowed, or no longer as it was.
    Refusal(Refusal),
    /// Ours. Shown with a reference and logged once with its causes.
    Fault(Fault),
}

/// What operations return.
pub type Result<T> = std::result::Result<T, Error>;

/// Something wrong with one field of a form or request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// The name of the field, as in the form and in the API.
    pub field: &'static str,
    /// What is wrong and how to mend it, for the person.
    pub message: String,
}

/// A refusal: the request was understood, and the answer is no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such thing, or it is somebody else's: the two are not told apart.
    NotFound,
    /// The person may not do this here.
    NotAllowed,
    /// The person looks as somebody with another role would, and so changes nothing.
    Viewing,
    /// Nobody is signed in, or the session has ended.
    NotSignedIn,
    /// The records changed meanwhile, or the thing is no longer in the state that this needs. Says what to do.
    Conflict(String),
    /// It needs a proof, not older than a quarter of an hour, of who is there.
    ConfirmFirst,
    /// The institution asks for a second step of signing in, and the person has none.
    SecondStepFirst,
    /// Too many tries; come back later.
    TooMany,
    /// The database could not take the change just now: busy, not writable or full. Says which, and what to do.
    Unavailable(&'static str),
}

/// Something that should not happen, with its causes for the log.
#[derive(Debug)]
pub struct Fault(Box<dyn std::error::Error + Send + Sync>);

impl Fault {
    /// A fault with a cause.
    pub fn new(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

impl std::error::Error for Fault {}

impl Error {
    /// One problem at one field.
    pub fn problem(field: &'static str, message: impl Into<String>) -> Self {
        Self::Problems(vec![FieldProblem { field, message: message.into() }])
    }

    /// A conflict, with what to do about it.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::Refusal(Refusal::Conflict(message.into()))
    }

    /// A fault of ours.
    pub fn fault(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Fault(Fault::new(cause))
    }

    /// "Not found", for what is not there and for what is somebody else's.
    pub const NOT_FOUND: Self = Self::Refusal(Refusal::NotFound);
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refusal(refusal)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotFound => "There is nothing here, or it is not yours to see.",
            Self::NotAllowed => {
                "Your role does not include this. An administrator of your institution can change that."
            }
            Self::Viewing => {
                "You are looking as somebody else would, so nothing was changed. Choose “Stop” at the top of a page to go on as yourself."
            }
            Self::NotSignedIn => "Sign in to go on.",
            Self::ConfirmFirst => "Confirm that it is you, then do it again.",
            Self::SecondStepFirst => {
                "Your institution asks for a second step of signing in. Set one up under “Security” of your account."
            }
            Self::Conflict(message) => message,
            Self::Unavailable(message) => message,
            Self::TooMany => "There were too many tries. Wait 15 minutes, then try again.",
        })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Problems(problems) => {
                let lines: Vec<_> = problems.iter().map(|p| format!("{}: {}", p.field, p.message)).collect();
                f.write_str(&lines.join("\n"))
            }
            Self::Refusal(refusal) => refusal.fmt(f),
            Self::Fault(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

/// Collects the problems of a form, so that all are reported at once.
#[derive(Debug, Default)]
pub struct Problems(Vec<FieldProblem>);

impl Problems {
    /// Notes a problem.
    pub fn add(&mut self, field: &'static str, message: impl Into<String>) {
        self.0.push(FieldProblem { field, message: message.into() });
    }

    /// The value, or a noted problem.
    pub fn take<T>(&mut self, field: &'static str, value: std::result::Result<T, String>) -> Option<T> {
        value.map_err(|message| self.add(field, message)).ok()
    }

    /// A required text, trimmed; noted as missing when blank.
    pub fn required(&mut self, field: &'static str, text: &str, what: &str) -> String {
        let text = text.trim();
        if text.is_empty() {
            self.add(field, format!("Enter {what}."));
        }
        text.to_owned()
    }

    /// Fails if anything was noted.
    pub fn check(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Problems(self.0)) }
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::NotFound(_) => Self::NOT_FOUND,
            store::Error::Busy | store::Error::Conflict => Refusal::Unavailable(
                "Somebody else is saving at this moment. Nothing of yours was changed. Try again.",
            )
            .into(),
            store::Error::Moved => Self::conflict(
                "The records have changed since this was worked out, so nothing was written. Work it out again, and look once more.",
            ),
            store::Error::ReadOnly => Refusal::Unavailable(
                "The database can be read but not written at the moment, so nothing was saved. Tell whoever runs the server.",
            )
            .into(),
            store::Error::Full => Refusal::Unavailable(
                "The server's disk is full, so nothing was saved. What was saved before is safe. Tell whoever runs the server.",
            )
            .into(),
            other => Self::fault(other),
        }
    }
}
