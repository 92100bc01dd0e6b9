//! Progress of long work, shown while it runs where a terminal is there to show it.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Shows that `what` goes on; gone when dropped.
pub(crate) fn spinner(what: impl Into<String>) -> Progress {
    let bar = ProgressBar::new_spinner().with_message(what.into());
    bar.enable_steady_tick(Duration::from_millis(120));
    Progress(bar)
}

/// Shows how far `what` is; gone when dropped.
pub(crate) fn bar(what: impl Into<String>) -> Progress {
    let bar = ProgressBar::new(0).with_message(what.into());
    if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {human_pos} of {human_len}") {
        bar.set_style(style);
    }
    Progress(bar)
}

/// Something that goes on.
#[derive(Debug)]
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Says what goes on now.
    pub(crate) fn say(&self, what: String) {
        self.0.set_message(what);
    }

    /// Says how far it is.
    pub(crate) fn set(&self, done: u64, of: u64) {
        self.0.set_length(of);
        self.0.set_position(done);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
