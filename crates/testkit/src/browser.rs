//! A real browser for journeys: Debian's Chromium and its driver.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

/// A running driver; ends when dropped.
#[derive(Debug)]
pub struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts `chromedriver` on a free port of this machine.
    ///
    /// # Panics
    /// With what to install if there is none: a journey that cannot run must not pass.
    pub fn start() -> Self {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("chromedriver: {error}. `cargo xtask setup` installs it."));
        let stdout = process.stdout.take().expect("its output was asked for");
        // It says: "ChromeDriver was started successfully on port 37219."
        let port = BufReader::new(stdout).lines().map_while(Result::ok).find_map(|line| {
            line.strip_prefix("ChromeDriver was started successfully on port ")?.trim_end_matches('.').parse().ok()
        });
        Self { process, port: port.expect("chromedriver says on which port it listens") }
    }

    /// Where it listens.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Asked to, it ends its browsers first; killed, it would leave them running.
        let asked = TcpStream::connect(("127.0.0.1", self.port)).and_then(|mut stream| {
            stream.set_read_timeout(Some(Duration::from_secs(10)))?;
            stream.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
            stream.read_to_end(&mut Vec::new())
        });
        if asked.is_err() {
            let _ = self.process.kill();
        }
        let _ = self.process.wait();
    }
}

/// What Chromium is started with: no window; no sandbox, which root cannot have; little shared memory, as in containers.
pub const CHROMIUM_ARGUMENTS: [&str; 4] =
    ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars"];

/// The source of axe, which looks for barriers on a page.
///
/// # Panics
/// If the npm packages of `e2e/` are not installed.
pub fn axe() -> String {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../e2e/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(&file)
        .unwrap_or_else(|error| panic!("{}: {error}. `cargo xtask setup` installs it.", file.display()))
}
