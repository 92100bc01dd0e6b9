//! Settings: from a file, overruled by the environment, overruled by options. `docs/runbooks/command-line.md` lists them.

mod environment;
mod file;
mod openid;
mod options;
mod secret;
mod size;
mod smtp;

use std::{fmt, net::SocketAddr, path::PathBuf};

use app::Secret;

pub(crate) use openid::kind_words;
pub(crate) use options::Options;
pub(crate) use smtp::{Smtp, SmtpLogin, SmtpSecurity};

use crate::exit::Failure;
use file::File;
use options::Located;

/// The settings in force.
#[derive(Debug)]
pub(crate) struct Settings {
    /// Where files are kept.
    pub(crate) data: Setting<PathBuf>,
    /// The database's address. It may hold a password: show it with [`Settings::database_redacted`] only.
    pub(crate) database: Setting<Secret>,
    /// Where `serve` listens.
    pub(crate) listen: Setting<SocketAddr>,
    /// The address that browsers use.
    pub(crate) public_address: Setting<String>,
    /// The largest upload, in bytes.
    pub(crate) upload_limit: Setting<usize>,
    /// What is logged; `None` leaves it to the command.
    pub(crate) log: Option<Setting<String>>,
    /// The reverse proxies whose word is taken for who asks.
    pub(crate) trusted_proxies: Setting<web::Networks>,
    /// The certificate and key for serving https, if it is to be served here.
    pub(crate) tls: Option<Setting<web::TlsFiles>>,
    /// The server that takes our e-mail, if there is one.
    pub(crate) smtp: Option<Smtp>,
    /// Identity providers that people may sign in with, in the order of their buttons.
    pub(crate) openid: Vec<app::IdentityProvider>,
}

/// A value and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Setting<T> {
    /// What holds.
    pub(crate) value: T,
    /// Where it was set.
    pub(crate) from: Origin,
}

/// Where a setting was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Origin {
    /// Nowhere.
    Default,
    /// In the settings file.
    File,
    /// In the environment.
    Environment,
    /// On the command line.
    Option,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Default => "not set, default",
            Self::File => "settings file",
            Self::Environment => "environment",
            Self::Option => "option",
        })
    }
}

impl Settings {
    /// Works out what is in force.
    ///
    /// # Errors
    /// Everything that is wrong with the file, the environment and the options, at once.
    fn load(options: &Located) -> Result<Self, Failure> {
        let mut problems = Vec::new();
        let file = File::read(options.options.config.as_deref(), &mut problems);
        let data = options
            .data()
            .or_else(|| file.data.map(in_file))
            .unwrap_or(Setting { value: PathBuf::from("data"), from: Origin::Default });
        let database = database(
            options,
            file.database.map(|d| in_file(d.0)),
            file.database_file.map(in_file),
            &data,
            &mut problems,
        );
        let listen = options.listen().or_else(|| file.listen.map(in_file));
        let listen =
            parsed(listen, "listen", "127.0.0.1:8080", "an address and port, such as 127.0.0.1:8080", &mut problems);
        let public = options.public_address().or_else(|| file.public_address.map(in_file));
        if let Some(address) = &public
            && !["http://", "https://"].iter().any(|scheme| address.value.starts_with(scheme))
        {
            problems.push(format!(
                "public-address = {:?} ({}): write it as browsers do, beginning with https:// (or http://).",
                address.value, address.from
            ));
        }
        let limit = options.upload_limit().or_else(|| file.upload_limit.map(in_file));
        let limit = match limit {
            None => Setting { value: 100_000_000, from: Origin::Default },
            Some(Setting { value, from }) => match size::parse(&value) {
                Some(value) => Setting { value, from },
                None => {
                    problems.push(format!("upload-limit = {value:?} ({from}): write a size such as 100 MB."));
                    Setting { value: 0, from }
                }
            },
        };
        let proxies = options
            .trusted_proxies()
            .or_else(|| file.trusted_proxies.map(|proxies| in_file(proxies.join(","))))
            .unwrap_or(Setting { value: String::new(), from: Origin::Default });
        let trusted_proxies = match proxies.value.parse() {
            Ok(value) => Setting { value, from: proxies.from },
            Err(web::NoNetwork(which)) => {
                problems.push(format!(
                    "trusted-proxies: {which:?} ({}) is no address or range such as 10.0.0.0/8 or fd00::/8.",
                    proxies.from
                ));
                Setting { value: web::Networks::default(), from: proxies.from }
            }
        };
        let tls = tls(
            options.tls_certificate().or_else(|| file.tls_certificate.map(in_file)),
            options.tls_key().or_else(|| file.tls_key.map(in_file)),
            public.as_ref(),
            &mut problems,
        );
        let smtp = smtp::smtp(file.smtp, &mut problems);
        let openid = openid::openid(file.openid, &mut problems);
        if !problems.is_empty() {
            return Err(Failure::Input(problems.join("\n")));
        }
        let scheme = if tls.is_some() { "https" } else { "http" };
        let public_address =
            public.unwrap_or_else(|| Setting { value: format!("{scheme}://{}", listen.value), from: Origin::Default });
        let public_address =
            Setting { value: public_address.value.trim_end_matches('/').to_owned(), from: public_address.from };
        let log = options.log().or_else(|| file.log.map(in_file));
        Ok(Self {
            data,
            database,
            listen,
            public_address,
            upload_limit: limit,
            log,
            trusted_proxies,
            tls,
            smtp,
            openid,
        })
    }

    /// The database's address without its password.
    pub(crate) fn database_redacted(&self) -> String {
        redacted(self.database.value.reveal())
    }

    /// Starts logging as set, or else at `usual`.
    pub(crate) fn start_log(&self, usual: &str) -> Result<(), Failure> {
        crate::log::start(self.log.as_ref().map_or(usual, |log| &log.value))
    }
}

/// A database's address without its password.
pub(crate) fn redacted(database: &str) -> String {
    let Some((scheme, rest)) = database.split_once("://") else { return database.to_owned() };
    let (place, query) = rest.split_once('?').map_or((rest, None), |(place, query)| (place, Some(query)));
    let place = match place.rsplit_once('@') {
        Some((credentials, host)) => {
            let user = credentials.split_once(':').map_or(credentials, |(user, _)| user);
            let hidden = if credentials.contains(':') { ":…" } else { "" };
            format!("{user}{hidden}@{host}")
        }
        None => place.to_owned(),
    };
    // Whatever else is said after the question mark may be a password too.
    format!("{scheme}://{place}{}", if query.is_some() { "?…" } else { "" })
}

fn in_file<T>(value: T) -> Setting<T> {
    Setting { value, from: Origin::File }
}

fn parsed<T: std::str::FromStr>(
    setting: Option<Setting<String>>,
    name: &str,
    usual: &str,
    shape: &str,
    problems: &mut Vec<String>,
) -> Setting<T>
where
    T::Err: fmt::Debug,
{
    let usual = || usual.parse().expect("defaults have the right shape");
    match setting {
        None => Setting { value: usual(), from: Origin::Default },
        Some(Setting { value, from }) => match value.trim().parse() {
            Ok(value) => Setting { value, from },
            Err(_) => {
                problems.push(format!("{name} = {value:?} ({from}): write {shape}."));
                Setting { value: usual(), from }
            }
        },
    }
}

/// The database, or the file that holds its address; the one set closer to the command wins.
fn database(
    options: &Located,
    in_file: Option<Setting<String>>,
    file_in_file: Option<Setting<PathBuf>>,
    data: &Setting<PathBuf>,
    problems: &mut Vec<String>,
) -> Setting<Secret> {
    let direct = options.database().or(in_file);
    let by_file = options.database_file().or(file_in_file);
    secret::secret("database", direct, by_file, problems).unwrap_or_else(|| {
        let usual = data.value.join("waymark.sqlite").to_string_lossy().into_owned();
        Setting { value: Secret::new(usual), from: data.from }
    })
}

/// Certificate and key, which only make sense together and with an https address.
fn tls(
    certificate: Option<Setting<PathBuf>>,
    key: Option<Setting<PathBuf>>,
    public: Option<&Setting<String>>,
    problems: &mut Vec<String>,
) -> Option<Setting<web::TlsFiles>> {
    match (certificate, key) {
        (Some(certificate), Some(key)) => {
            if public.is_some_and(|public| public.value.starts_with("http://")) {
                problems
                    .push("public-address begins with http://, but with tls-certificate only https is served.".into());
            }
            let files = web::TlsFiles { certificate: certificate.value, key: key.value };
            Some(Setting { value: files, from: certificate.from.max(key.from) })
        }
        (None, None) => None,
        (Some(one), None) => {
            problems.push(format!("tls-certificate is set ({}), but tls-key is not: it takes both.", one.from));
            None
        }
        (None, Some(one)) => {
            problems.push(format!("tls-key is set ({}), but tls-certificate is not: it takes both.", one.from));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        assert_eq!(redacted("postgres://waymark:secret@db/waymark"), "postgres://waymark:…@db/waymark");
        assert_eq!(redacted("postgres://waymark:se@cret@db/waymark"), "postgres://waymark:…@db/waymark");
        assert_eq!(redacted("postgres://waymark@db/waymark?password=secret"), "postgres://waymark@db/waymark?…");
        assert_eq!(redacted("data/waymark.sqlite"), "data/waymark.sqlite");
    }
}
