use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::{openid::OpenIdTable, secret::Text, smtp::SmtpTable};

/// `waymark.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct File {
    pub(super) data: Option<PathBuf>,
    pub(super) database: Option<Text>,
    pub(super) database_file: Option<PathBuf>,
    pub(super) listen: Option<String>,
    pub(super) public_address: Option<String>,
    pub(super) upload_limit: Option<String>,
    pub(super) log: Option<String>,
    pub(super) trusted_proxies: Option<Vec<String>>,
    pub(super) tls_certificate: Option<PathBuf>,
    pub(super) tls_key: Option<PathBuf>,
    pub(super) smtp: Option<SmtpTable>,
    #[serde(default)]
    pub(super) openid: Vec<OpenIdTable>,
}

impl File {
    /// Reads the file that was named, or the usual one if it is there.
    pub(super) fn read(named: Option<&Path>, problems: &mut Vec<String>) -> Self {
        let path = named.unwrap_or(Path::new("waymark.toml"));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if named.is_none() && error.kind() == ErrorKind::NotFound => return Self::default(),
            Err(error) => {
                problems.push(format!("{}: {error}.", path.display()));
                return Self::default();
            }
        };
        toml::from_str(&text).unwrap_or_else(|error| {
            // Only the message: the excerpt that usually comes with it may hold a password.
            let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            problems.push(format!("{}:{line}: {}.", path.display(), error.message()));
            Self::default()
        })
    }
}
