use std::path::PathBuf;

use clap::{ArgMatches, Args, parser::ValueSource};

use super::{Origin, Setting};

/// Settings that can be given on the command line and in the environment.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Settings")]
pub(crate) struct Options {
    /// Settings file [default: waymark.toml in the current folder, if there is one]
    #[arg(long, global = true, value_name = "FILE", env = "WAYMARK_CONFIG", hide_env_values = true)]
    pub(crate) config: Option<PathBuf>,
    /// Folder where Waymark keeps its files [default: data]
    #[arg(long, global = true, value_name = "FOLDER", env = "WAYMARK_DATA", hide_env_values = true)]
    data: Option<PathBuf>,
    /// Database: a path, or postgres://user:password@host/name [default: waymark.sqlite in the data folder]
    #[arg(long, global = true, value_name = "ADDRESS", env = "WAYMARK_DATABASE", hide_env_values = true)]
    database: Option<String>,
    /// File that holds the database's address, if it has a password
    #[arg(long, global = true, value_name = "FILE", env = "WAYMARK_DATABASE_FILE", hide_env_values = true)]
    database_file: Option<PathBuf>,
    /// What to log to standard error: error, warn, info, debug, or a filter [default: warn; serve: info]
    #[arg(long, global = true, value_name = "LEVEL", env = "WAYMARK_LOG", hide_env_values = true)]
    log: Option<String>,
    /// Address and port on which `serve` listens [default: 127.0.0.1:8080]
    #[arg(long, global = true, value_name = "ADDRESS", env = "WAYMARK_LISTEN", hide = true)]
    listen: Option<String>,
    /// Address that browsers use, such as https://careers.example.org
    #[arg(long, global = true, value_name = "URL", env = "WAYMARK_PUBLIC_ADDRESS", hide = true)]
    public_address: Option<String>,
    /// Largest file that may be uploaded [default: 100 MB]
    #[arg(long, global = true, value_name = "SIZE", env = "WAYMARK_UPLOAD_LIMIT", hide = true)]
    upload_limit: Option<String>,
}

/// Options, and whether each came from the command line or from the environment.
#[derive(Debug)]
pub(crate) struct Located {
    pub(super) options: Options,
    from_environment: Vec<&'static str>,
}

const NAMES: [&str; 7] = ["data", "database", "database_file", "log", "listen", "public_address", "upload_limit"];

impl Options {
    /// With where each came from.
    pub(crate) fn located(self: &Options, matches: &ArgMatches) -> Located {
        let from_environment = NAMES
            .into_iter()
            .filter(|name| {
                // An option after the command's name is in the command's own matches, and repeated in the outer ones.
                let source = |matches: &ArgMatches| {
                    matches.try_contains_id(name).is_ok().then(|| matches.value_source(name)).flatten()
                };
                let mut sources = vec![source(matches)];
                let mut inner = matches.subcommand();
                while let Some((_, matches)) = inner {
                    sources.push(source(matches));
                    inner = matches.subcommand();
                }
                sources.iter().flatten().all(|source| *source != ValueSource::CommandLine)
            })
            .collect();
        Located { options: self.clone(), from_environment }
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
        self.setting("database", &self.options.database)
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
}
