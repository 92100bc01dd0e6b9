//! The terminal: answers to standard output, everything else to standard error.

use std::{
    fs,
    io::{self, BufRead, ErrorKind, IsTerminal, Write},
    path::Path,
    process::{Command, Stdio},
};

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

/// A secret: from a file, or asked for at the terminal without showing it, or a line of standard input.
pub(crate) fn secret(what: &str, file: Option<&Path>) -> Result<String, Failure> {
    if let Some(file) = file {
        let text = fs::read_to_string(file).map_err(|error| Failure::Input(format!("{}: {error}.", file.display())))?;
        return Ok(text.trim_end_matches(['\r', '\n']).to_owned());
    }
    if !io::stdin().is_terminal() {
        return line();
    }
    let first = asked(what)?;
    if first != asked(&format!("{what}, once more"))? {
        return Err(Failure::Input("The two are not the same. Nothing was changed.".into()));
    }
    Ok(first)
}

fn asked(what: &str) -> Result<String, Failure> {
    let _ = write!(io::stderr().lock(), "{what}: ");
    // The terminal's own switch, so that no further dependency meets a secret.
    let echo = |switch: &str| {
        let _ = Command::new("stty").arg(switch).stdout(Stdio::null()).stderr(Stdio::null()).status();
    };
    echo("-echo");
    let answer = line();
    echo("echo");
    complain("");
    answer
}

fn line() -> Result<String, Failure> {
    let mut line = String::new();
    io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|error| Failure::Input(format!("Standard input could not be read: {error}.")))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
