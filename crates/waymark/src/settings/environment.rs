//! Settings of the environment that no option stands for: those of groups, such as `[smtp]`.

use std::path::PathBuf;

use super::{Origin, Setting};

/// What `WAYMARK_…` variables say.
#[derive(Debug, Clone)]
pub(super) struct Environment {
    /// What the names begin with, such as `WAYMARK_SMTP_`.
    prefix: String,
}

impl Environment {
    /// The variables of a group: `smtp`, or `openid-staff`.
    pub(super) fn of(group: &str) -> Self {
        Self { prefix: format!("WAYMARK_{}_", spelt(group)) }
    }

    /// The variable of a key, unless it is blank.
    pub(super) fn text(&self, key: &str) -> Option<Setting<String>> {
        read(&format!("{}{}", self.prefix, spelt(key)))
    }

    /// The same, as a path.
    pub(super) fn path(&self, key: &str) -> Option<Setting<PathBuf>> {
        self.text(key).map(|Setting { value, from }| Setting { value: value.into(), from })
    }
}

/// One variable by its whole name, unless it is blank.
pub(super) fn read(name: &str) -> Option<Setting<String>> {
    let value = std::env::var(name).ok().filter(|value| !value.trim().is_empty())?;
    Some(Setting { value, from: Origin::Environment })
}

/// A key as the environment spells it.
fn spelt(key: &str) -> String {
    key.to_ascii_uppercase().replace('-', "_")
}
