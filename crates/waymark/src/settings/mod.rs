//! Settings: from a file, overruled by the environment, overruled by options. `docs/runbooks/command-line.md` lists them.

mod file;
mod options;
mod size;

use std::{fmt, net::SocketAddr, path::PathBuf};

pub(crate) use options::Options;

use crate::exit::Failure;
use file::File;
use options::Located;

/// The settings in force.
#[derive(Debug)]
pub(crate) struct Settings {
    /// Where files are kept.
    pub(crate) data: Setting<PathBuf>,
    /// The database's address. It may hold a password: show it with [`Settings::database_redacted`] only.
    pub(crate) database: Setting<String>,
    /// Where `serve` listens.
    pub(crate) listen: Setting<SocketAddr>,
    /// The address that browsers use.
    pub(crate) public_address: Setting<String>,
    /// The largest upload, in bytes.
    pub(crate) upload_limit: Setting<usize>,
    /// What is logged; `None` leaves it to the command.
    pub(crate) log: Option<Setting<String>>,
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
        let database =
            database(options, file.database.map(in_file), file.database_file.map(in_file), &data, &mut problems);
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
        if !problems.is_empty() {
            return Err(Failure::Input(problems.join("\n")));
        }
        let public_address =
            public.unwrap_or_else(|| Setting { value: format!("http://{}", listen.value), from: Origin::Default });
        let public_address =
            Setting { value: public_address.value.trim_end_matches('/').to_owned(), from: public_address.from };
        let log = options.log().or_else(|| file.log.map(in_file));
        Ok(Self { data, database, listen, public_address, upload_limit: limit, log })
    }

    /// The database's address without its password.
    pub(crate) fn database_redacted(&self) -> String {
        redacted(&self.database.value)
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
) -> Setting<String> {
    let direct = options.database().or(in_file);
    let by_file = options.database_file().or(file_in_file);
    match (direct, by_file) {
        (Some(direct), Some(by_file)) if direct.from == by_file.from => {
            problems.push(format!("database and database-file are both set ({}): keep one.", direct.from));
            direct
        }
        (direct, Some(by_file)) if direct.as_ref().is_none_or(|direct| direct.from < by_file.from) => {
            match std::fs::read_to_string(&by_file.value) {
                Ok(text) => Setting { value: text.trim().to_owned(), from: by_file.from },
                Err(error) => {
                    problems.push(format!("database-file = {} ({}): {error}.", by_file.value.display(), by_file.from));
                    Setting { value: String::new(), from: by_file.from }
                }
            }
        }
        (Some(direct), _) => direct,
        (None, _) => {
            Setting { value: data.value.join("waymark.sqlite").to_string_lossy().into_owned(), from: data.from }
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
