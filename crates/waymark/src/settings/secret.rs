//! Secrets among the settings: each is a setting of its own, or stands in a file that only Waymark's user may read.
//!
//! To add one called `x`: fields `x` ([`Text`], so that printing the settings file's structure shows nothing) and `x_file`
//! (`PathBuf`) in `file.rs`, the two names in the environment (`WAYMARK_X`, `WAYMARK_X_FILE`), and [`secret`] to choose between
//! them. Keep the result in an [`app::Secret`], which prints as redacted.

use std::path::PathBuf;

use app::Secret;
use serde::Deserialize;

use super::Setting;

/// A secret in the settings file.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub(super) struct Text(pub(super) String);

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Text(redacted)")
    }
}

/// The secret itself, or what its file holds; the one set closer to the command wins. `name` is the setting's, for problems.
pub(super) fn secret(
    name: &str,
    direct: Option<Setting<String>>,
    by_file: Option<Setting<PathBuf>>,
    problems: &mut Vec<String>,
) -> Option<Setting<Secret>> {
    let (direct, by_file) = match (direct, by_file) {
        (Some(direct), Some(by_file)) if direct.from == by_file.from => {
            problems.push(format!("{name} and {name}-file are both set ({}): keep one.", direct.from));
            (Some(direct), None)
        }
        (Some(direct), Some(by_file)) if direct.from < by_file.from => (None, Some(by_file)),
        (Some(direct), Some(_)) => (Some(direct), None),
        either => either,
    };
    if let Some(Setting { value: path, from }) = by_file {
        return match std::fs::read_to_string(&path) {
            Ok(text) if text.trim().is_empty() => {
                problems.push(format!("{name}-file = {} ({from}): the file is empty.", path.display()));
                None
            }
            Ok(text) => Some(Setting { value: Secret::new(text.trim()), from }),
            Err(error) => {
                problems.push(format!("{name}-file = {} ({from}): {error}.", path.display()));
                None
            }
        };
    }
    let direct = direct.filter(|direct| !direct.value.is_empty())?;
    Some(Setting { value: Secret::new(direct.value), from: direct.from })
}
