use std::path::PathBuf;

use app::Secret;
use clap::{ArgMatches, Args, parser::ValueSource};

use super::{Origin, Setting, Settings};
use crate::exit::Failure;

/// Settings that can be given on the command line and in the environment.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Settings")]
pub(crate) struct Options {
    /// Settings file [default: waymark.toml in the current folder, if there is one]
    #[arg(long, value_name = "FILE", env = "WAYMARK_CONFIG", hide_env_values = true)]
    pub(crate) config: Option<PathBuf>,
    /// Folder where Waymark keeps its files [default: data]
    #[arg(long, value_name = "FOLDER", env = "WAYMARK_DATA", hide_env_values = true)]
    data: Option<PathBuf>,
    /// Database: a path, or postgres://user:password@host/name [default: waymark.sqlite in the data folder]
    #[arg(long, value_name = "ADDRESS", env = "WAYMARK_DATABASE", hide_env_values = true, value_parser = secret)]
    database: Option<Secret>,
    /// File that holds the database's address, if it has a password
    #[arg(long, value_name = "FILE", env = "WAYMARK_DATABASE_FILE", hide_env_values = true)]
    database_file: Option<PathBuf>,
    /// What to log to standard error: error, warn, info, debug, or a filter [default: warn; serve: info]
    #[arg(long, value_name = "LEVEL", env = "WAYMARK_LOG", hide_env_values = true)]
    log: Option<String>,
    /// Address and port on which `serve` listens [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS", env = "WAYMARK_LISTEN", hide_env_values = true)]
    listen: Option<String>,
    /// Address that browsers use, such as https://careers.example.org [default: http:// and the listening address]
    #[arg(long, value_name = "URL", env = "WAYMARK_PUBLIC_ADDRESS", hide_env_values = true)]
    public_address: Option<String>,
    /// Largest file that may be uploaded [default: 100 MB]
    #[arg(long, value_name = "SIZE", env = "WAYMARK_UPLOAD_LIMIT", hide_env_values = true)]
    upload_limit: Option<String>,
    /// Reverse proxies whose word is taken for who asks: addresses or ranges, separated by commas [default: none]
    #[arg(long, value_name = "ADDRESSES", env = "WAYMARK_TRUSTED_PROXIES", hide_env_values = true)]
    trusted_proxies: Option<String>,
    /// Certificate with its chain (PEM), for serving https without a web server before it
    #[arg(long, value_name = "FILE", env = "WAYMARK_TLS_CERTIFICATE", hide_env_values = true)]
    tls_certificate: Option<PathBuf>,
    /// Key of the certificate (PEM)
    #[arg(long, value_name = "FILE", env = "WAYMARK_TLS_KEY", hide_env_values = true)]
    tls_key: Option<PathBuf>,
}

/// Options, and whether each came from the command line or from the environment.
#[derive(Debug)]
pub(super) struct Located {
    pub(super) options: Options,
    from_environment: Vec<&'static str>,
}

const NAMES: [&str; 10] = [
    "data",
    "database",
    "database_file",
    "log",
    "listen",
    "public_address",
    "upload_limit",
    "trusted_proxies",
    "tls_certificate",
    "tls_key",
];

fn secret(text: &str) -> Result<Secret, std::convert::Infallible> {
    Ok(Secret::new(text))
}

impl Options {
    /// With where each came from.
    fn located(&self, matches: &ArgMatches) -> Located {
        let mut innermost = matches;
        while let Some((_, inner)) = innermost.subcommand() {
            innermost = inner;
        }
        let from_environment =
            NAMES.into_iter().filter(|name| innermost.value_source(name) == Some(ValueSource::EnvVariable)).collect();
        Located { options: self.clone(), from_environment }
    }

    /// The settings in force.
    ///
    /// # Errors
    /// Everything that is wrong with the file, the environment and the options, at once.
    pub(crate) fn settings(&self, matches: &ArgMatches) -> Result<Settings, Failure> {
        Settings::load(&self.located(matches))
    }
}

impl Located {
    fn setting<T: Clone>(&self, name: &str, value: &Option<T>) -> Option<Setting<T>> {
        let from = if self.from_environment.contains(&name) { Origin::Environment } else { Origin::Option };
        value.clone().map(|value| Setting { value, from })
    }

    pub(super) fn data(&self) -> Option<Setting<PathBuf>> {
        self.setting("data", &self.options.data)
    }

    pub(super) fn database(&self) -> Option<Setting<String>> {
        let found = self.setting("database", &self.options.database)?;
        Some(Setting { value: found.value.reveal().to_owned(), from: found.from })
    }

    pub(super) fn database_file(&self) -> Option<Setting<PathBuf>> {
        self.setting("database_file", &self.options.database_file)
    }

    pub(super) fn log(&self) -> Option<Setting<String>> {
        self.setting("log", &self.options.log)
    }

    pub(super) fn listen(&self) -> Option<Setting<String>> {
        self.setting("listen", &self.options.listen)
    }

    pub(super) fn public_address(&self) -> Option<Setting<String>> {
        self.setting("public_address", &self.options.public_address)
    }

    pub(super) fn upload_limit(&self) -> Option<Setting<String>> {
        self.setting("upload_limit", &self.options.upload_limit)
    }

    pub(super) fn trusted_proxies(&self) -> Option<Setting<String>> {
        self.setting("trusted_proxies", &self.options.trusted_proxies)
    }

    pub(super) fn tls_certificate(&self) -> Option<Setting<PathBuf>> {
        self.setting("tls_certificate", &self.options.tls_certificate)
    }

    pub(super) fn tls_key(&self) -> Option<Setting<PathBuf>> {
        self.setting("tls_key", &self.options.tls_key)
    }
}
