use std::fmt;

/// A secret that whoever runs the server was given by somebody else: a password, a client secret, an address that holds one. It
/// prints as redacted, so that what holds it can be logged and shown; [`Secret::reveal`] is where to look for what it is used for.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps a text from being printed.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one place that needs it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(redacted)")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_prints_as_redacted() {
        let secret = Secret::new("hidden-word");
        assert_eq!(format!("{secret} {secret:?} {:?}", Some(&secret)), "… Secret(redacted) Some(Secret(redacted))");
        assert_eq!(secret.reveal(), "hidden-word");
    }
}
