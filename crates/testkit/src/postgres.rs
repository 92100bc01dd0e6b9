//! A PostgreSQL of the test's own: made in a temporary folder, reached through a socket in it, gone when the test process is.
//!
//! Tests that need it fail where it cannot be had; none is skipped.

use std::{
    io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use crate::certificate::Issued;

/// A running server with its data in a temporary folder.
#[derive(Debug)]
pub struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    databases: AtomicU32,
    /// Where it listens besides its socket, if it does.
    port: Option<u16>,
    /// Stops the server and removes the folder once its input ends, which it does with this process, however that ends.
    _sweeper: std::process::Child,
}

/// The address of a new, empty database on this process's own server, which the first call starts.
///
/// # Panics
/// With the reason, if there is no PostgreSQL or it does not start.
pub fn fresh_database() -> String {
    Cluster::shared().database()
}

impl Cluster {
    /// The server that every test of this process shares.
    ///
    /// # Panics
    /// With the reason, if there is no PostgreSQL or it does not start.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Result<Cluster, String>> = OnceLock::new();
        match SHARED.get_or_init(Self::start) {
            Ok(cluster) => cluster,
            Err(why) => panic!("this test needs PostgreSQL: {why}"),
        }
    }

    /// Starts a server.
    ///
    /// # Errors
    /// Why it did not start, with what the server or its tools said.
    pub fn start() -> Result<Self, String> {
        Self::start_listening(None)
    }

    /// Starts a server that is also reached at a port of 127.0.0.1, with TLS by this certificate. See [`Cluster::at_port`].
    ///
    /// # Errors
    /// As [`Cluster::start`].
    pub fn start_with_tls(certificate: &Issued) -> Result<Self, String> {
        Self::start_listening(Some(certificate))
    }

    fn start_listening(tls: Option<&Issued>) -> Result<Self, String> {
        let programs =
            programs().ok_or("neither /usr/lib/postgresql/*/bin nor the PATH has initdb, pg_ctl and postgres")?;
        let folder = tempfile::Builder::new()
            .prefix("waymark-pg-")
            .tempdir()
            .map_err(|e| format!("no temporary folder: {e}"))?
            .keep();
        let started = Self::start_in(&folder, &programs, tls);
        if started.is_err() {
            // The folder is the system's to clear up if this fails too.
            let _ = std::fs::remove_dir_all(&folder);
        }
        started
    }

    fn start_in(folder: &Path, programs: &Path, tls: Option<&Issued>) -> Result<Self, String> {
        // PostgreSQL refuses to run as root; the folder must belong to whom it runs as.
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(folder))?;
        }
        let (data, log) = (folder.join("data"), folder.join("log"));
        run(server_command(programs, "initdb")
            .args([
                "--auth=trust",
                "--username=waymark",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
                "--pgdata",
            ])
            .arg(&data))?;
        let (port, listening) = match tls {
            None => (None, "-c listen_addresses=".to_owned()),
            Some(tls) => {
                let port = free_port()?;
                (Some(port), listening_with_tls(folder, tls, port)?)
            }
        };
        // The data live as long as the tests: no need to wait for the disk.
        let options = format!(
            "{listening} -c unix_socket_directories={} -c fsync=off -c full_page_writes=off -c max_connections=300",
            folder.display()
        );
        run(server_command(programs, "pg_ctl")
            .args(["start", "--wait", "--timeout=60", "--options", &options, "--log"])
            .arg(&log)
            .arg("--pgdata")
            .arg(&data))
        .map_err(|e| format!("{e}\n{}", std::fs::read_to_string(&log).unwrap_or_default()))?;
        let sweeper = Command::new("sh")
            .arg("-c")
            .arg(r#"trap '' INT HUP TERM; cat; cd /; $1 "$2/pg_ctl" stop --mode=immediate --pgdata "$3/data"; rm -rf "$3""#)
            .arg("sweeper")
            .arg(if is_root() { "runuser -u postgres --" } else { "" })
            .args([programs, folder])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|e| format!("sh: {e}"))?;
        Ok(Self {
            folder: folder.to_owned(),
            programs: programs.to_owned(),
            databases: AtomicU32::new(0),
            port,
            _sweeper: sweeper,
        })
    }

    /// The address of a new, empty database.
    ///
    /// # Panics
    /// If the server does not make one.
    pub fn database(&self) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let made = run(Command::new(self.programs.join("createdb"))
            .args(["--username=waymark", "--no-password", "--template=template0", "--port"])
            .arg(self.port.unwrap_or(5432).to_string())
            .arg("--host")
            .arg(&self.folder)
            .arg(&name));
        if let Err(why) = made {
            panic!("no database could be made: {why}");
        }
        let host = self.folder.display().to_string().replace('%', "%25").replace('/', "%2F");
        let port = self.port.map_or(String::new(), |port| format!(":{port}"));
        format!("postgres://waymark@{host}{port}/{name}")
    }

    /// The address of a new, empty database at the port of 127.0.0.1; `host` is what to call that machine.
    ///
    /// # Panics
    /// If the server listens at no port, or does not make a database.
    pub fn at_port(&self, host: &str) -> String {
        let port = self.port.expect("a server started with TLS");
        let socket = self.database();
        let name = socket.rsplit('/').next().unwrap_or_default();
        format!("postgres://waymark@{host}:{port}/{name}")
    }
}

/// A port that was free a moment ago.
fn free_port() -> Result<u16, String> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").map_err(|e| format!("no free port: {e}"))?;
    listener.local_addr().map(|address| address.port()).map_err(|e| format!("no free port: {e}"))
}

/// The options for a port with TLS. The server wants a key that belongs to it and that nobody else can read.
fn listening_with_tls(folder: &Path, tls: &Issued, port: u16) -> Result<String, String> {
    for (from, name) in [(&tls.certificate, "server.pem"), (&tls.key, "server.key")] {
        let to = folder.join(name);
        run(Command::new("install").args(["-m", "0600"]).arg(from).arg(&to))?;
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(&to))?;
        }
    }
    Ok(format!(
        "-c listen_addresses=127.0.0.1 -c port={port} -c ssl=on -c ssl_cert_file={0}/server.pem -c ssl_key_file={0}/server.key",
        folder.display()
    ))
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

/// The folder with the newest server's programs.
fn programs() -> Option<PathBuf> {
    let whole =
        |folder: &PathBuf| ["initdb", "pg_ctl", "postgres", "createdb"].iter().all(|name| folder.join(name).exists());
    let version = |folder: &PathBuf| {
        folder
            .parent()
            .and_then(|f| f.file_name())
            .and_then(|name| name.to_str())
            .and_then(|name| name.parse::<u32>().ok())
    };
    let mut packaged: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|entries| entries.filter_map(io::Result::ok).map(|entry| entry.path().join("bin")).collect())
        .unwrap_or_default();
    packaged.sort_by_key(|folder| std::cmp::Reverse(version(folder)));
    let path = std::env::var_os("PATH").unwrap_or_default();
    packaged.into_iter().chain(std::env::split_paths(&path)).find(whole)
}

fn server_command(programs: &Path, name: &str) -> Command {
    let program = programs.join(name);
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    // The server's user may not be allowed into the tests' folder.
    command.current_dir("/");
    command
}

fn run(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    // Output to a file, not a pipe: the server would keep a pipe open, and reading it would never end.
    let mut output = tempfile::tempfile().map_err(|e| format!("no temporary file: {e}"))?;
    let copy = || output.try_clone().map_err(|e| format!("no temporary file: {e}"));
    let status =
        command.stdin(Stdio::null()).stdout(copy()?).stderr(copy()?).status().map_err(|e| format!("{name}: {e}"))?;
    if status.success() {
        return Ok(());
    }
    let mut said = String::new();
    let _ = io::Seek::rewind(&mut output).and_then(|()| io::Read::read_to_string(&mut output, &mut said));
    Err(format!("{name} ended with {status}: {}", said.trim()))
}
