use std::{
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

/// How long the program may take to say where it is.
const PATIENCE: Duration = Duration::from_secs(120);

/// The program, serving pages from a database of its own; ends when dropped.
#[derive(Debug)]
pub struct Server {
    process: Child,
    address: String,
    code: Option<String>,
    folder: tempfile::TempDir,
}

impl Server {
    /// Starts the built program on an empty database. It prints a one-time code for the first administrator.
    pub fn start() -> Self {
        Self::start_where(&[])
    }

    /// The same, with settings in its environment.
    pub fn start_where(environment: &[(&str, &str)]) -> Self {
        Self::start_with(&["serve", "--listen", "127.0.0.1:0"], environment)
    }

    /// The same under the name `localhost`: browsers have passkeys for no address that is a number.
    pub fn start_named() -> Self {
        // The name must hold the port before the program chooses one: a free one is taken and given back.
        let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = free.expect("a free port").port();
        let (listen, address) = (format!("127.0.0.1:{port}"), format!("http://localhost:{port}"));
        Self::start_with(&["serve", "--listen", &listen, "--public-address", &address], &[])
    }

    /// Starts it on an empty database, sending e-mail by the server at this port of the machine.
    pub fn start_with_mail(port: u16) -> Self {
        Self::start_where(&mail(&port.to_string()))
    }

    /// Starts the built program on a new demo.
    pub fn demo() -> Self {
        Self::start_with(&["demo", "--serve", "--listen", "127.0.0.1:0"], &[])
    }

    /// The same, sending e-mail by the server at this port of the machine.
    pub fn demo_with_mail(port: u16) -> Self {
        let port = port.to_string();
        let mail = [
            ("WAYMARK_SMTP_HOST", "127.0.0.1"),
            ("WAYMARK_SMTP_PORT", port.as_str()),
            ("WAYMARK_SMTP_SECURITY", "none"),
            ("WAYMARK_SMTP_FROM", "careers@school.example"),
        ];
        Self::start_with(&["demo", "--serve", "--listen", "127.0.0.1:0"], &mail)
    }

    fn start_with(arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut process = program(folder.path())
            .args(arguments)
            .envs(environment.iter().copied())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let stdout = process.stdout.take().expect("its output was asked for");
        let (said, hears) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                // Goes on reading when nobody listens any more: a full pipe would stop the program.
                let _ = said.send(line);
            }
        });
        let (mut address, mut code) = (None, None);
        while address.is_none() {
            let line = hears.recv_timeout(PATIENCE).expect("the program says where it is");
            address = line.strip_prefix("Waymark is at ").map(|address| address.trim().to_owned());
            code = line.split_once("one-time code: ").map(|(_, code)| code.trim().to_owned()).or(code);
        }
        let address = address.unwrap_or_default();
        Self { process, address, code, folder }
    }

    /// The address of a page.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// The one-time code that it printed for the first administrator.
    ///
    /// # Panics
    /// If it printed none.
    pub fn code(&self) -> &str {
        self.code.as_deref().expect("a new installation prints a one-time code")
    }

    /// Runs the program beside the server, in its folder, and returns what it says.
    ///
    /// # Panics
    /// If it fails; that `check` finds a duty missed is no failure.
    pub fn beside(&self, arguments: &[&str]) -> String {
        let output = program(self.folder()).args(arguments).output().expect("the program starts");
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {complaint}");
        String::from_utf8(output.stdout).expect("the program writes UTF-8")
    }

    /// Where it keeps its files, and where a journey may write those that it uploads.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::io::stdout().flush();
    }
}

/// The settings that send e-mail by the server at this port.
fn mail(port: &str) -> [(&'static str, &str); 4] {
    [
        ("WAYMARK_SMTP_HOST", "127.0.0.1"),
        ("WAYMARK_SMTP_PORT", port),
        ("WAYMARK_SMTP_SECURITY", "none"),
        ("WAYMARK_SMTP_FROM", "careers@school.example"),
    ]
}

/// The program with its data in `folder`, and none of the settings of whoever runs the tests.
fn program(folder: &Path) -> Command {
    let mut command = Command::new(built());
    for name in ["CONFIG", "DATABASE", "DATABASE_FILE", "LISTEN", "PUBLIC_ADDRESS", "UPLOAD_LIMIT"] {
        command.env_remove(format!("WAYMARK_{name}"));
    }
    command.env("WAYMARK_LOG", "warn").env("WAYMARK_DATA", folder.join("data")).current_dir(folder);
    command
}

/// The program, built beside this test (or named by `WAYMARK_PROGRAM`).
fn built() -> PathBuf {
    if let Some(path) = std::env::var_os("WAYMARK_PROGRAM") {
        return path.into();
    }
    let test = std::env::current_exe().expect("a test knows itself");
    let program = test.ancestors().nth(2).expect("tests lie in target/…/deps").join("waymark");
    assert!(program.is_file(), "{}: `cargo build -p waymark` builds it", program.display());
    program
}
