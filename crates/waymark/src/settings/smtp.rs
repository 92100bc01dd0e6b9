//! The server that takes our e-mail: `[smtp]`.

use std::{fmt, path::PathBuf};

use app::Secret;
use serde::Deserialize;

use super::{
    Setting,
    environment::Environment,
    in_file,
    secret::{Text, secret},
};

/// `[smtp]` of the settings file.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct SmtpTable {
    host: Option<String>,
    port: Option<u16>,
    security: Option<String>,
    username: Option<String>,
    password: Option<Text>,
    password_file: Option<PathBuf>,
    from: Option<String>,
    authority: Option<PathBuf>,
}

/// The server that takes our e-mail. Without one, invitations are links that an administrator hands over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Smtp {
    /// Its name or address.
    pub(crate) host: String,
    /// Its port: if not set, 587 with STARTTLS, 465 with TLS, 25 with neither.
    pub(crate) port: u16,
    /// How the way there is protected.
    pub(crate) security: SmtpSecurity,
    /// Who we are to it, if it asks.
    pub(crate) login: Option<SmtpLogin>,
    /// The address that our e-mail comes from, such as `Waymark <careers@school.example>`.
    pub(crate) from: String,
    /// The authority that signed its certificate, in PEM, if no browser knows it.
    pub(crate) authority: Option<PathBuf>,
}

/// Who we are to the mail server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SmtpLogin {
    pub(crate) username: String,
    pub(crate) password: Secret,
}

/// How the way to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SmtpSecurity {
    /// Not at all: for a server on this machine.
    None,
    /// Begun in the clear, then TLS; refused if the server does not offer it.
    StartTls,
    /// TLS from the first byte.
    Tls,
}

impl fmt::Display for SmtpSecurity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::StartTls => "starttls",
            Self::Tls => "tls",
        })
    }
}

impl SmtpSecurity {
    fn parse(text: &str) -> Option<Self> {
        [Self::None, Self::StartTls, Self::Tls].into_iter().find(|one| one.to_string() == text)
    }

    fn usual_port(self) -> u16 {
        match self {
            Self::None => 25,
            Self::StartTls => 587,
            Self::Tls => 465,
        }
    }
}

/// What file and environment come to; `None` without a host, or with problems.
pub(super) fn smtp(table: Option<SmtpTable>, problems: &mut Vec<String>) -> Option<Smtp> {
    let environment = Environment::of("smtp");
    let is_there = table.is_some();
    let table = table.unwrap_or_default();
    let before = problems.len();
    let text = |key: &str, value: Option<String>| environment.text(key).or_else(|| value.map(in_file));
    let Some(host) = text("host", table.host).map(|host| host.value.trim().to_owned()).filter(|host| !host.is_empty())
    else {
        if is_there {
            problems.push("smtp: host is missing.".to_owned());
        }
        return None;
    };
    let security = match text("security", table.security) {
        None => SmtpSecurity::StartTls,
        Some(Setting { value, from }) => SmtpSecurity::parse(value.trim()).unwrap_or_else(|| {
            problems.push(format!("smtp security = {value:?} ({from}): write starttls, tls or none."));
            SmtpSecurity::StartTls
        }),
    };
    let port = match environment.text("port") {
        None => table.port.unwrap_or(security.usual_port()),
        Some(Setting { value, from }) => value.trim().parse().unwrap_or_else(|_| {
            problems.push(format!("smtp port = {value:?} ({from}): write a number such as 587."));
            0
        }),
    };
    let username = text("username", table.username).map(|username| username.value);
    let password = secret(
        "smtp password",
        environment.text("password").or_else(|| table.password.map(|text| in_file(text.0))),
        environment.path("password-file").or_else(|| table.password_file.map(in_file)),
        problems,
    );
    let is_here = matches!(host.as_str(), "localhost" | "127.0.0.1" | "::1");
    let login = match (username, password) {
        (Some(username), Some(password)) => {
            if security == SmtpSecurity::None && !is_here {
                problems.push(format!(
                    "smtp security = none: the password would travel to {host} in the clear. Use starttls or tls."
                ));
            }
            Some(SmtpLogin { username, password: password.value })
        }
        (None, None) => None,
        (Some(_), None) => {
            problems.push("smtp: there is a username but no password or password-file.".to_owned());
            None
        }
        (None, Some(_)) => {
            problems.push("smtp: there is a password but no username.".to_owned());
            None
        }
    };
    let sender = text("from", table.from).map_or(String::new(), |from| from.value.trim().to_owned());
    let address = sender.rsplit_once('<').map_or(sender.as_str(), |(_, rest)| rest.trim_end_matches('>'));
    let is_address = address.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
    if !is_address || sender.contains(char::is_control) {
        problems
            .push("smtp from: write the address that e-mail comes from, such as careers@school.example.".to_owned());
    }
    let authority = environment.path("authority").or_else(|| table.authority.map(in_file)).map(|path| path.value);
    (problems.len() == before).then_some(Smtp { host, port, security, login, from: sender, authority })
}
