//! The terminal: answers to standard output, everything else to standard error.

use std::io::{self, ErrorKind, Write};

use crate::exit::Failure;

/// Writes an answer. A reader who stopped reading (`| head`) is no failure; a full disk is.
pub(crate) fn answer(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::Fault(format!("The answer could not be written: {error}.")))
        }
        _ => Ok(()),
    }
}

/// Writes a line for the person beside the answer. Nobody reading it is no failure.
pub(crate) fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}
