//! For tests only: what they need of the machine. A private PostgreSQL, a real browser, a mail server, an OpenID provider, Python,
//! certificates, websites.

use std::{fs, path::Path};

pub mod browser;
pub mod certificate;
pub mod mail;
pub mod openid;
pub mod postgres;
pub mod python;
pub mod website;

/// Files of a folder of the repository (`rulebook`, `wording`): path within it, and text.
///
/// # Panics
/// If one cannot be read.
pub fn files(folder: &str, names: &[&str]) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    names.iter().map(|name| ((*name).to_owned(), read(name))).collect()
}
