//! https of our own: a real certificate, a real client, renewal while somebody is connected, and what is said of files that
//! will not do.

mod program;

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    time::{Duration, Instant},
};

use program::Program;
use testkit::certificate::{Authority, Issued};

/// A server of ours under way; killed when dropped.
struct Serving {
    child: Child,
    /// `127.0.0.1:PORT`.
    at: String,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Serving {
    fn start(program: &Program) -> Self {
        let arguments =
            ["serve", "--listen", "127.0.0.1:0", "--tls-certificate", "server.pem", "--tls-key", "server.key"];
        let mut child =
            program.command(&arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let at = lines
            .find_map(|line| line.unwrap().strip_prefix("Waymark is at https://").map(str::to_owned))
            .expect("it says where it is");
        Self { child, at }
    }

    fn tell(&self, signal: &str) {
        assert!(Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap().success());
    }
}

/// What `openssl s_client` says when it connects and sends this.
fn client(at: &str, arguments: &[&str], sends: &str) -> String {
    let mut child = Command::new("openssl")
        .args(["s_client", "-connect", at, "-servername", "localhost", "-ign_eof"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program openssl");
    let _ = child.stdin.take().unwrap().write_all(sends.as_bytes());
    let output = child.wait_with_output().unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

const ABOUT: &str = "GET /about HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
const SIGN_IN: &str = "GET /setup HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

fn place(program: &Program, issued: &Issued) {
    fs::copy(&issued.certificate, program.path("server.pem")).unwrap();
    fs::copy(&issued.key, program.path("server.key")).unwrap();
}

fn trusting(authority: &Authority) -> Vec<String> {
    let file = authority.certificate().to_string_lossy().into_owned();
    ["-CAfile", &file, "-verify_return_error", "-verify_hostname", "localhost"].map(str::to_owned).to_vec()
}

#[test]
fn pages_are_served_by_https_to_whoever_trusts_the_certificate() {
    let (program, authority) = (Program::new(), Authority::new());
    place(&program, &authority.issue("one", "DNS:localhost,IP:127.0.0.1"));
    let serving = Serving::start(&program);
    let trusting = trusting(&authority);
    let trusting: Vec<&str> = trusting.iter().map(String::as_str).collect();
    let said = client(&serving.at, &trusting, ABOUT);
    assert!(said.contains("Verify return code: 0 (ok)") && said.contains("HTTP/1.1 200 OK"), "{said}");
    assert!(said.contains("strict-transport-security: max-age=31536000; includeSubDomains"), "{said}");
    let said = client(&serving.at, &trusting, SIGN_IN);
    let cookie = said.lines().find(|line| line.starts_with("set-cookie: __Host-waymark-visit=")).unwrap_or_default();
    assert!(cookie.trim_end().ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure"), "{said}");
    let said = client(&serving.at, &["-verify_return_error"], ABOUT);
    assert!(!said.contains("200 OK"), "somebody who does not trust it sees nothing: {said}");
}

#[test]
fn nothing_older_than_tls_1_2_is_spoken_and_http_2_is_offered() {
    let (program, authority) = (Program::new(), Authority::new());
    place(&program, &authority.issue("one", "DNS:localhost"));
    let serving = Serving::start(&program);
    for old in ["-tls1", "-tls1_1"] {
        let said = client(&serving.at, &[old, "-cipher", "DEFAULT@SECLEVEL=0"], ABOUT);
        assert!(said.contains("SSL alert number") && !said.contains("200 OK"), "{old}: {said}");
    }
    for new in ["-tls1_2", "-tls1_3"] {
        assert!(client(&serving.at, &[new], ABOUT).contains("HTTP/1.1 200 OK"), "{new}");
    }
    let said = client(&serving.at, &["-alpn", "h2,http/1.1"], "Q\n");
    assert!(said.contains("ALPN protocol: h2"), "{said}");
}

/// A connection that stays open.
struct Connected {
    child: Child,
    input: ChildStdin,
}

impl Connected {
    fn to(at: &str) -> Self {
        let mut child = Command::new("openssl")
            .args(["s_client", "-quiet", "-connect", at, "-servername", "localhost"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        Self { child, input }
    }

    fn ask(&mut self) -> String {
        self.input.write_all(b"HEAD /about HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        let output = self.child.stdout.as_mut().unwrap();
        let mut byte = [0];
        while !answer.ends_with(b"\r\n\r\n") && output.read(&mut byte).unwrap() == 1 {
            answer.push(byte[0]);
        }
        String::from_utf8(answer).unwrap()
    }
}

impl Drop for Connected {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The certificate that a new connection sees.
fn seen(at: &str) -> String {
    let said = client(at, &["-showcerts"], ABOUT);
    let start = said.find("-----BEGIN CERTIFICATE-----").expect("a certificate");
    said[start..].split("-----END").next().unwrap().split_whitespace().collect()
}

fn written(path: &Path) -> String {
    fs::read_to_string(path).unwrap().split("-----END").next().unwrap().split_whitespace().collect()
}

#[test]
fn a_renewed_certificate_is_taken_up_and_nobody_is_cut_off() {
    let (program, authority) = (Program::new(), Authority::new());
    let (first, second) = (authority.issue("one", "DNS:localhost"), authority.issue("two", "DNS:localhost"));
    place(&program, &first);
    let mut serving = Serving::start(&program);
    let mut connected = Connected::to(&serving.at);
    assert!(connected.ask().starts_with("HTTP/1.1 200"));
    assert_eq!(seen(&serving.at), written(&first.certificate));

    // Half a renewal: the certificate is there, its key is not yet. The pair before stays.
    fs::copy(&second.certificate, program.path("server.pem")).unwrap();
    serving.tell("-HUP");
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(seen(&serving.at), written(&first.certificate));

    place(&program, &second);
    serving.tell("-HUP");
    let begun = Instant::now();
    while seen(&serving.at) != written(&second.certificate) {
        assert!(begun.elapsed() < Duration::from_secs(10), "the new certificate is not served");
    }
    assert!(connected.ask().starts_with("HTTP/1.1 200"), "the connection from before goes on");
    drop(connected);
    serving.tell("-TERM");
    assert_eq!(serving.child.wait().unwrap().code(), Some(0));
}

#[test]
fn files_that_will_not_do_are_named_with_the_reason_before_anything_is_served() {
    let (program, authority) = (Program::new(), Authority::new());
    let (one, other) = (authority.issue("one", "DNS:localhost"), authority.issue("two", "DNS:localhost"));
    fs::write(program.path("note.txt"), "not a certificate").unwrap();
    let name = |path: &Path| path.to_string_lossy().into_owned();
    let (certificate, key, stranger) = (name(&one.certificate), name(&one.key), name(&other.key));
    for (certificate, key, words) in [
        ("nowhere.pem", key.as_str(), "nowhere.pem: "),
        (certificate.as_str(), "nowhere.key", "nowhere.key: "),
        ("note.txt", key.as_str(), "note.txt: there is no certificate in it"),
        (key.as_str(), key.as_str(), "there is no certificate in it"),
        (certificate.as_str(), "note.txt", "note.txt: there is no private key in it"),
        (certificate.as_str(), certificate.as_str(), "there is no private key in it"),
        (certificate.as_str(), stranger.as_str(), "it is not the key of the certificate in"),
    ] {
        let arguments = ["serve", "--listen", "127.0.0.1:0", "--tls-certificate", certificate, "--tls-key", key];
        let ended = program.run(&arguments);
        assert_eq!(ended.code, Some(2), "{words}");
        assert!(ended.complained.contains(words), "{words}: {}", ended.complained);
        assert!(ended.said.is_empty(), "{}", ended.said);
    }
}
