//! A certified OpenID provider: the npm package `oidc-provider`, run by `node`.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    path::PathBuf,
    process::{Child, ChildStdin, Command, Stdio},
};

use jiff::Timestamp;
use serde_json::{Value, json};

/// What the provider calls us.
pub const CLIENT: &str = "waymark";
/// How we prove to it that it is us.
pub const CLIENT_SECRET: &str = "for-tests-only-for-tests-only-00";

/// A running provider; ends when dropped.
#[derive(Debug)]
pub struct Provider {
    process: Child,
    // Closed with this, and then the provider ends.
    _input: ChildStdin,
    issuer: String,
}

impl Provider {
    /// Starts one on a free port of this machine. Its clock begins at `now`, and people may be sent back to `redirect`.
    ///
    /// # Panics
    /// With what to install, if there is no `node` or the package is missing.
    pub fn start(now: Timestamp, redirect: &str) -> Self {
        let provider = Self::start_at(Some(now));
        provider.send_back_to(redirect);
        provider
    }

    /// Starts one that goes by the machine's clock. Where people may be sent back to is still to be said.
    ///
    /// # Panics
    /// As [`Provider::start`].
    pub fn start_by_the_clock() -> Self {
        Self::start_at(None)
    }

    fn start_at(now: Option<Timestamp>) -> Self {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("openid");
        assert!(
            folder.join("node_modules/oidc-provider").is_dir(),
            "{}: the npm packages are missing. `cargo xtask setup` installs them.",
            folder.display()
        );
        let mut process = Command::new("node")
            .arg("provider.mjs")
            .current_dir(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("node: {error}. `cargo xtask setup` installs it."));
        let mut input = process.stdin.take().expect("its input was asked for");
        let client = json!({"client_id": CLIENT, "client_secret": CLIENT_SECRET});
        let settings = json!({"now": now.map(Timestamp::as_millisecond), "clients": [client]});
        writeln!(input, "{settings}").expect("the provider reads its settings");
        let output = process.stdout.take().expect("its output was asked for");
        let issuer = BufReader::new(output).lines().next().expect("the provider says where it is").expect("as text");
        Self { process, _input: input, issuer }
    }

    /// People may be sent back there.
    pub fn send_back_to(&self, redirect: &str) {
        self.change(&json!({"redirects": [redirect]}));
    }

    /// Its address, which is also what its tokens name as their issuer.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Adds a person who may sign in there by this login (with any password), and what tokens say about them besides.
    pub fn know(&self, login: &str, claims: &Value) {
        self.change(&json!({"accounts": {login: claims}}));
    }

    /// A new key, and the old one no more.
    pub fn rotate(&self) {
        self.change(&json!({"rotate": true}));
    }

    /// Its clock goes on from here.
    pub fn set_now(&self, now: Timestamp) {
        self.change(&json!({"now": now.as_millisecond()}));
    }

    /// From here on these claims and this header stand in its tokens in place of its own, signed with its own key.
    pub fn claim(&self, claims: &Value, header: &Value) {
        self.change(&json!({"claims": claims, "header": header}));
    }

    /// From here on its tokens say something else than what was signed.
    pub fn damage(&self) {
        self.change(&json!({"damage": true}));
    }

    fn change(&self, change: &Value) {
        let sent = ureq::post(&format!("{}/test", self.issuer)).send(change.to_string());
        sent.unwrap_or_else(|error| panic!("{change}: {error}"));
    }

    /// Signs in there as a person does: follows `address`, fills in the form, and returns where the browser is sent back to.
    ///
    /// # Panics
    /// If there is no form, or it leads nowhere.
    pub fn sign_in(&self, address: &str, login: &str) -> String {
        let mut visit = Visit { issuer: &self.issuer, cookies: BTreeMap::new() };
        let form = visit.follow(address, None);
        let Step::Page(html) = form else { panic!("no form, but {form:?}") };
        let start = html.find("action=\"").unwrap_or_else(|| panic!("no form in {html}")) + 8;
        let action = &html[start..start + html[start..].find('"').expect("its end")];
        let answer = visit.follow(action, Some(&format!("prompt=login&login={login}&password=any")));
        match answer {
            Step::Back(address) => address,
            Step::Page(html) => panic!("not sent back, but:\n{html}"),
        }
    }

    /// Leaves its form without signing in; where the browser is sent back to.
    ///
    /// # Panics
    /// As [`Provider::sign_in`].
    pub fn cancel(&self, address: &str) -> String {
        let mut visit = Visit { issuer: &self.issuer, cookies: BTreeMap::new() };
        let Step::Page(html) = visit.follow(address, None) else { panic!("no form") };
        let end = html.find("/abort\"").expect("a way out") + 6;
        let start = html[..end].rfind("href=\"").expect("a link") + 6;
        match visit.follow(&html[start..end], None) {
            Step::Back(address) => address,
            Step::Page(html) => panic!("not sent back, but:\n{html}"),
        }
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A browser at the provider.
struct Visit<'p> {
    issuer: &'p str,
    cookies: BTreeMap<String, String>,
}

/// Where following ends.
#[derive(Debug)]
enum Step {
    Page(String),
    Back(String),
}

impl Visit<'_> {
    fn follow(&mut self, address: &str, form: Option<&str>) -> Step {
        let (mut address, mut form) = (address.to_owned(), form);
        for _ in 0..10 {
            if address.starts_with('/') {
                address = format!("{}{address}", self.issuer);
            }
            if !address.starts_with(self.issuer) {
                return Step::Back(address);
            }
            let line: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let agent: ureq::Agent =
                ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).build().into();
            let answer = match form.take() {
                Some(form) => agent
                    .post(&address)
                    .header("cookie", line.join("; "))
                    .header("content-type", "application/x-www-form-urlencoded")
                    .send(form),
                None => agent.get(&address).header("cookie", line.join("; ")).call(),
            };
            let mut answer = answer.expect("the provider answers");
            for set in answer.headers().get_all("set-cookie") {
                let pair = set.to_str().expect("text").split(';').next().unwrap_or_default();
                let (name, value) = pair.split_once('=').expect("a pair");
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
            match answer.headers().get("location") {
                Some(location) => location.to_str().expect("text").clone_into(&mut address),
                None => return Step::Page(answer.body_mut().read_to_string().expect("a page")),
            }
        }
        panic!("the provider sends round in circles: {address}")
    }
}
