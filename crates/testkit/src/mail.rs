//! A real mail server of the test's own: npm's `smtp-server`, run by Node.

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

use serde_json::Value;

use crate::certificate::Issued;

/// How long a letter may take to arrive.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running mail server; ends when dropped.
#[derive(Debug)]
pub struct MailServer {
    process: Child,
    port: u16,
    letters: std::sync::Mutex<Receiver<Letter>>,
}

/// A letter as the server took it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Who sent it, of the envelope.
    pub from: String,
    /// To whom, of the envelope.
    pub to: Vec<String>,
    /// Whether it came over TLS.
    pub secure: bool,
    /// Who the sender signed in as, if they did.
    pub user: Option<String>,
    /// Headers and text as they were sent.
    pub raw: String,
}

impl Letter {
    /// The text, without headers, decoded where it was quoted-printable.
    pub fn text(&self) -> String {
        let (headers, body) = self.raw.split_once("\r\n\r\n").unwrap_or((&self.raw, ""));
        let quoted = headers.to_ascii_lowercase().contains("content-transfer-encoding: quoted-printable");
        if quoted { unquoted(body) } else { body.replace("\r\n", "\n") }
    }

    /// The value of a header on one line; blank if there is none.
    pub fn header(&self, name: &str) -> String {
        let headers = self.raw.split_once("\r\n\r\n").map_or(self.raw.as_str(), |(headers, _)| headers);
        let unfolded = headers.replace("\r\n ", " ");
        let line = unfolded.split("\r\n").find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        });
        line.unwrap_or_default()
    }

    /// The path of the first link that leads here: `/join/7/0a1b…`.
    ///
    /// # Panics
    /// With the text, if there is none.
    pub fn link(&self, start: &str) -> String {
        let text = self.text();
        let at = text.find(start).unwrap_or_else(|| panic!("no link to {start} in:\n{text}"));
        text[at..].split_whitespace().next().unwrap_or_default().to_owned()
    }
}

impl MailServer {
    /// One that speaks in the clear and lets everybody send.
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// One that speaks in the clear, and asks to come back later for the first letters it is offered.
    pub fn busy_at_first(letters: u32) -> Self {
        Self::start_with(&["--refuse-first".to_owned(), letters.to_string()])
    }

    /// One that offers STARTTLS with this certificate and lets send whoever signs in so.
    pub fn start_with_tls(certificate: &Issued, user: &str, password: &str) -> Self {
        let path = |path: &PathBuf| path.to_string_lossy().into_owned();
        Self::start_with(&[
            "--tls".to_owned(),
            path(&certificate.certificate),
            path(&certificate.key),
            "--user".to_owned(),
            user.to_owned(),
            password.to_owned(),
        ])
    }

    fn start_with(arguments: &[String]) -> Self {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("mail");
        assert!(
            folder.join("node_modules").is_dir(),
            "{}: `cargo xtask setup` installs its packages",
            folder.display()
        );
        let mut process = Command::new("node")
            .arg("server.mjs")
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("node: {error}. `cargo xtask setup` installs it."));
        let mut lines = BufReader::new(process.stdout.take().expect("its output was asked for")).lines();
        let port = lines.next().and_then(Result::ok).and_then(|line| line.trim().parse().ok());
        let (took, letters) = mpsc::channel();
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let _ = took.send(read(&line));
            }
        });
        Self { process, port: port.expect("the mail server says on which port it listens"), letters: letters.into() }
    }

    /// Where it listens, on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The next letter, as soon as it is there.
    ///
    /// # Panics
    /// If none comes.
    pub fn next(&self) -> Letter {
        let letters = self.letters.lock().expect("nobody failed while waiting");
        letters.recv_timeout(PATIENCE).expect("a letter arrives")
    }

    /// A letter that has arrived already.
    pub fn arrived(&self) -> Option<Letter> {
        self.letters.lock().expect("nobody failed while waiting").try_recv().ok()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn read(line: &str) -> Letter {
    let letter: Value = serde_json::from_str(line).expect("a letter is written as JSON");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Letter {
        from: text(&letter["from"]),
        to: letter["to"].as_array().into_iter().flatten().map(text).collect(),
        secure: letter["secure"] == true,
        user: letter["user"].as_str().map(str::to_owned),
        raw: text(&letter["raw"]),
    }
}

/// Text from quoted-printable.
fn unquoted(text: &str) -> String {
    let joined = text.replace("=\r\n", "").replace("\r\n", "\n");
    let mut bytes = Vec::with_capacity(joined.len());
    let mut rest = joined.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let byte = (first == b'=').then(|| after.get(..2)).flatten();
        let byte = byte.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
