//! Logs, to standard error. Never personal data: `app` and `web` log references and numbers.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::exit::Failure;

/// Starts logging at `filter` (`warn`, `info`, `web=debug`).
pub(crate) fn start(filter: &str) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(filter).map_err(|error| {
        Failure::Input(format!(
            "log = {filter:?} is no level or filter: {error}. Use error, warn, info, debug or trace."
        ))
    })?;
    // A second start (in tests of this crate) keeps the first.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .try_init();
    Ok(())
}
