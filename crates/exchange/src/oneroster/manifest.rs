use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{named::Named, problem::Problem};

/// The edition of OneRoster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Edition {
    /// 1.1: users carry their role.
    #[serde(rename = "1.1")]
    V1p1,
    /// 1.2: roles have a file.
    #[serde(rename = "1.2")]
    V1p2,
}

/// What the manifest says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// Not in the package.
    Absent,
    /// Everything there is: what is not in it is gone.
    Bulk,
    /// What changed.
    Delta,
}

impl Presence {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Bulk => "bulk",
            Self::Delta => "delta",
        }
    }
}

/// What the manifest says.
#[derive(Debug, Clone, Default)]
pub(super) struct Manifest {
    pub(super) edition: Option<Edition>,
    /// By the lower-case name of the file, without its ending.
    pub(super) files: BTreeMap<String, Presence>,
    pub(super) system: Option<String>,
}

impl Manifest {
    pub(super) fn read(mut table: Named<'_>, problems: &mut Vec<Problem>) -> Self {
        let mut manifest = Self::default();
        let (name, value) = (table.column(&["propertyName"]).or(Some(0)), table.column(&["value"]).or(Some(1)));
        while table.advance(problems) {
            let (name, value) = (table.cell(name).to_ascii_lowercase(), table.cell(value));
            match name.as_str() {
                "oneroster.version" if value.starts_with("1.1") => manifest.edition = Some(Edition::V1p1),
                "oneroster.version" if value.starts_with("1.2") => manifest.edition = Some(Edition::V1p2),
                "source.systemname" if !value.is_empty() => manifest.system = Some(value.to_owned()),
                _ => {
                    let Some(file) = name.strip_prefix("file.") else { continue };
                    let presence = match value.to_ascii_lowercase().as_str() {
                        "absent" => Presence::Absent,
                        "bulk" => Presence::Bulk,
                        "delta" => Presence::Delta,
                        _ => continue,
                    };
                    manifest.files.insert(file.to_owned(), presence);
                }
            }
        }
        manifest
    }
}
