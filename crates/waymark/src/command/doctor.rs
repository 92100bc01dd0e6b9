use std::{
    fmt::Display,
    io::{Read, Write},
    net::{TcpStream, ToSocketAddrs},
    path::Path,
    process::Command,
    time::Duration,
};

use app::{Actor, App, IdentityProvider};
use clap::{ArgMatches, Args};

use crate::{
    Outcome, console, database,
    exit::{Failure, Status},
    installation, rulebook,
    settings::{Options, Setting, Settings, Smtp, SmtpLogin, kind_words},
};

/// Below this much free space, backups and imports may fail.
const LITTLE_SPACE_MB: u64 = 500;
const PATIENCE: Duration = Duration::from_secs(5);

/// Examine settings, rulebook, database, disk, clock and the address that browsers use
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  waymark doctor
  waymark doctor --config /var/lib/waymark/waymark.toml

Exit codes: 0 all is well, or only worth a look; 2 a setting is wrong; 4 the database cannot be used.")]
pub(crate) struct Doctor {
    #[command(flatten)]
    options: Options,
}

/// What was found, line by line; and the first thing that keeps Waymark from working.
#[derive(Default)]
struct Findings {
    failure: Option<Failure>,
}

impl Findings {
    fn good(&self, what: &str, text: impl Display) -> Result<(), Failure> {
        console::answer(&format!("ok    {what}: {text}\n"))
    }

    fn doubtful(&self, what: &str, text: impl Display) -> Result<(), Failure> {
        console::answer(&format!("look  {what}: {text}\n"))
    }

    fn bad(&mut self, what: &str, failure: Failure) -> Result<(), Failure> {
        let told = console::answer(&format!("BAD   {what}: {failure}\n"));
        self.failure.get_or_insert(failure);
        told
    }
}

impl Doctor {
    pub(crate) fn run(self, matches: &ArgMatches) -> Outcome {
        let settings = self.options.settings(matches)?;
        settings.start_log("error")?;
        let mut findings = Findings::default();
        told(&settings)?;
        match rulebook::load() {
            Ok(rulebook) => {
                findings.good("rulebook", format!("{} national dates, sound", rulebook.calendar().len()))?
            }
            Err(failure) => findings.bad("rulebook", failure)?,
        }
        let opened = examine_database(&settings, &mut findings)?;
        examine_disk(&settings, &findings)?;
        examine_clock(&settings, opened.as_ref(), &findings)?;
        examine_address(&settings, &findings)?;
        examine_protection(&settings, &mut findings)?;
        match findings.failure {
            None => Ok(Status::Done),
            Some(Failure::Database(_)) => Err(Failure::Database("The database cannot be used: see above.".into())),
            Some(failure) => Err(failure),
        }
    }
}

/// The settings in force, without secrets, and where each was made.
fn told(settings: &Settings) -> Result<(), Failure> {
    fn line<T: Display>(name: &str, setting: &Setting<T>) -> String {
        format!("      {name} = {} ({})\n", setting.value, setting.from)
    }
    let mut text = String::from("Settings\n");
    text += &format!("      data = {} ({})\n", settings.data.value.display(), settings.data.from);
    text += &format!("      database = {} ({})\n", settings.database_redacted(), settings.database.from);
    text += &line("listen", &settings.listen);
    text += &line("public-address", &settings.public_address);
    text += &format!(
        "      upload-limit = {} MB ({})\n",
        settings.upload_limit.value / 1_000_000,
        settings.upload_limit.from
    );
    if let Some(log) = &settings.log {
        text += &line("log", log);
    }
    text += &line("trusted-proxies", &settings.trusted_proxies);
    if let Some(Setting { value: files, from }) = &settings.tls {
        text += &format!("      tls-certificate = {} ({from})\n", files.certificate.display());
        text += &format!("      tls-key = {} ({from})\n", files.key.display());
    }
    if let Some(Smtp { host, port, security, login, from, .. }) = &settings.smtp {
        text += &format!("      smtp = {host}:{port}, {security}, from {from}");
        text += &login.as_ref().map_or(String::new(), |SmtpLogin { username, password }| {
            format!(", as {username} with password {password}")
        });
        text.push('\n');
    }
    for IdentityProvider { name, label, kind, issuer, client_id, client_secret } in &settings.openid {
        let kind = kind_words(kind);
        text += &format!(
            "      openid {name} = {label} ({kind}), {issuer}, as {client_id} with client-secret {client_secret}\n"
        );
    }
    console::answer(&text)
}

fn examine_database(settings: &Settings, findings: &mut Findings) -> Result<Option<App>, Failure> {
    // The doctor changes nothing, and makes no database where there is none.
    if let Some(file) = database::file(settings.database.value.reveal())
        && !file.exists()
    {
        findings.good("database", format!("none yet at {}; `waymark serve` makes it", file.display()))?;
        return Ok(None);
    }
    let opened = database::open_at(settings.database.value.reveal()).and_then(|store| {
        let found =
            store.schema_version().map_err(|error| database::failure(settings.database.value.reveal(), &error))?;
        if found == 0 { Ok(None) } else { installation::over(store, app::Cost::Full).map(Some) }
    });
    let app = match opened {
        Ok(Some(app)) => app,
        Ok(None) => {
            findings.good("database", "empty; `waymark serve` sets it up")?;
            return Ok(None);
        }
        Err(failure) => {
            findings.bad("database", failure)?;
            return Ok(None);
        }
    };
    match app.database_state(&Actor::operator()) {
        Ok(state) => findings.good(
            "database",
            format!(
                "{:?}, schema {}, {} institutions, {} accounts",
                state.engine, state.schema, state.institutions, state.accounts
            ),
        )?,
        Err(error) => findings.bad("database", Failure::Database(installation::failure(error).to_string()))?,
    }
    Ok(Some(app))
}

fn examine_disk(settings: &Settings, findings: &Findings) -> Result<(), Failure> {
    let folder =
        database::file(settings.database.value.reveal()).and_then(Path::parent).unwrap_or(&settings.data.value);
    let folder = folder.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("."));
    match free_mb(folder) {
        Some(free) if free < LITTLE_SPACE_MB => {
            findings.doubtful("disk", format!("only {free} MB free at {}", folder.display()))
        }
        Some(free) => findings.good("disk", format!("{free} MB free at {}", folder.display())),
        None => findings.doubtful("disk", format!("free space at {} is not known", folder.display())),
    }
}

/// Free space as the system's own `df` tells it.
fn free_mb(folder: &Path) -> Option<u64> {
    let output = Command::new("df").arg("-Pk").arg(folder).output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    let kilobytes: u64 = text.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    Some(kilobytes / 1024)
}

fn examine_clock(settings: &Settings, app: Option<&App>, findings: &Findings) -> Result<(), Failure> {
    let context = app::Context::ambient();
    let now = app.map_or_else(|| context.now(), |app| app.context().now());
    let written = database::file(settings.database.value.reveal())
        .and_then(|file| std::fs::metadata(file).ok()?.modified().ok())
        .and_then(|at| jiff::Timestamp::try_from(at).ok());
    match written {
        Some(at) if at > now => findings.doubtful("clock", format!("{now}, but the database was last written at {at}")),
        _ => findings.good("clock", format!("{now}, {} in England", domain::date::long(context.today()))),
    }
}

fn examine_address(settings: &Settings, findings: &Findings) -> Result<(), Failure> {
    let address = &settings.public_address.value;
    let (scheme, rest) = address.split_once("://").unwrap_or(("http", address));
    let authority = rest.split('/').next().unwrap_or(rest);
    let host_and_port = if authority.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok()) {
        authority.to_owned()
    } else {
        format!("{authority}:{}", if scheme == "https" { 443 } else { 80 })
    };
    let is_here = ["127.0.0.1", "localhost", "[::1]"].iter().any(|here| authority.starts_with(here));
    if scheme == "http" && !is_here {
        findings
            .doubtful("address", format!("{address} is not encrypted: put a web server with TLS before Waymark"))?;
    }
    let Some(found) = host_and_port.to_socket_addrs().ok().and_then(|mut found| found.next()) else {
        return findings.doubtful("address", format!("{authority} is not known from here"));
    };
    let Ok(mut stream) = TcpStream::connect_timeout(&found, PATIENCE) else {
        return findings
            .doubtful("address", format!("nobody answers at {address}; that is right while Waymark is not running"));
    };
    if scheme == "https" {
        return findings.good("address", format!("{address} answers (its certificate was not examined)"));
    }
    match answer(&mut stream, authority) {
        Some(status) if status.contains(" 200") => {
            findings.good("address", format!("{address} answers with Waymark’s pages"))
        }
        Some(status) => findings.doubtful("address", format!("{address} answers “{status}”: is something else there?")),
        None => findings.doubtful("address", format!("{address} is there but does not answer")),
    }
}

/// Certificate, proxies, and the way to the database.
fn examine_protection(settings: &Settings, findings: &mut Findings) -> Result<(), Failure> {
    match &settings.tls {
        Some(tls) => match tls.value.check() {
            Ok(()) => findings.good("certificate", "it and its key belong together")?,
            Err(bad) => findings.bad("certificate", Failure::Input(format!("{bad}.")))?,
        },
        None if settings.public_address.value.starts_with("https://")
            && settings.trusted_proxies.value == web::Networks::default() =>
        {
            findings.doubtful(
                "proxies",
                "none is trusted, so everybody behind the web server counts as one who tries passwords: set trusted-proxies",
            )?;
        }
        None => {}
    }
    let database = settings.database.value.reveal();
    if database::is_elsewhere(database) && database.contains("sslmode=") && !database.contains("sslmode=verify-full") {
        findings.doubtful(
            "database",
            "on another machine, and whose it is is not checked: use sslmode=verify-full in its address",
        )?;
    }
    Ok(())
}

/// The first line of what a server answers when asked for a page that everybody may see.
fn answer(stream: &mut TcpStream, authority: &str) -> Option<String> {
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    write!(stream, "GET /about HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n").ok()?;
    let mut bytes = [0; 64];
    let read = stream.read(&mut bytes).ok()?;
    String::from_utf8_lossy(&bytes[..read]).lines().next().map(str::to_owned)
}
