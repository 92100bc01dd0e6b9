/// How a check stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SiteCheckState {
    /// It is under way.
    Running,
    /// It is over, and says what it found.
    Finished,
    /// It is over, and nothing could be read.
    Unread,
    /// It was under way when the server stopped, or something went wrong in Waymark itself.
    Interrupted,
}

impl SiteCheckState {
    /// As it is kept.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Finished => "finished",
            Self::Unread => "unread",
            Self::Interrupted => "interrupted",
        }
    }

    /// Reads what is kept; what is not known counts as interrupted.
    pub(super) fn of(word: &str) -> Self {
        [Self::Running, Self::Finished, Self::Unread]
            .into_iter()
            .find(|state| state.word() == word)
            .unwrap_or(Self::Interrupted)
    }
}
