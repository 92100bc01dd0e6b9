use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::people::is_gone;
use crate::{named::Named, problem::Problem};

/// An organisation as the package names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Its id in the package.
    pub sourced_id: String,
    /// Its name.
    pub name: String,
    /// Department, school, district, local, state or national, as written.
    pub kind: String,
    /// Another identifier, which may be a URN or a local authority and establishment number.
    pub identifier: Option<String>,
    /// The organisation that it belongs to.
    pub parent: Option<String>,
}

impl Organisation {
    /// Local authority and establishment number, if that is what the identifier is.
    pub(super) fn laestab(&self) -> Option<String> {
        let digits = self.identifier.as_deref()?.replace('/', "");
        (digits.len() == 7 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct Organisations {
    by_id: BTreeMap<String, Organisation>,
}

impl Organisations {
    pub(super) fn read(mut table: Named<'_>, problems: &mut Vec<Problem>) -> Self {
        let id = table.column(&["sourcedId"]);
        let (status, name, kind) = (table.column(&["status"]), table.column(&["name"]), table.column(&["type"]));
        let (identifier, parent) = (table.column(&["identifier"]), table.column(&["parentSourcedId"]));
        let mut by_id = BTreeMap::new();
        while table.advance(problems) {
            if is_gone(table.cell(status)) || table.cell(id).is_empty() {
                continue;
            }
            let organisation = Organisation {
                sourced_id: table.cell(id).to_owned(),
                name: table.cell(name).to_owned(),
                kind: table.cell(kind).to_owned(),
                identifier: table.filled(identifier),
                parent: table.filled(parent),
            };
            by_id.insert(organisation.sourced_id.clone(), organisation);
        }
        Self { by_id }
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Organisation> {
        self.by_id.values()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    pub(super) fn contains(&self, id: &str) -> bool {
        self.by_id.contains_key(id)
    }

    /// The one that goes by this id, identifier or name.
    pub(super) fn find(&self, wanted: &str) -> Option<&Organisation> {
        let wanted = wanted.trim();
        self.by_id
            .get(wanted)
            .or_else(|| self.all().find(|o| o.identifier.as_deref() == Some(wanted)))
            .or_else(|| self.all().find(|o| domain::same_name(&o.name) == domain::same_name(wanted)))
    }

    /// The institution that an organisation belongs to: itself, unless it is a department of one.
    pub(super) fn institution_of<'s>(&'s self, id: &'s str) -> &'s str {
        let mut id = id;
        let mut seen = BTreeSet::new();
        while seen.insert(id) {
            match self.by_id.get(id) {
                Some(Organisation { kind, parent: Some(parent), .. })
                    if kind.eq_ignore_ascii_case("department") && self.by_id.contains_key(parent) =>
                {
                    id = parent;
                }
                _ => break,
            }
        }
        id
    }

    /// Whether an organisation is another, or lies anywhere below it.
    pub(super) fn is_within(&self, id: &str, whole: &str) -> bool {
        let mut id = id;
        let mut seen = BTreeSet::new();
        while seen.insert(id) {
            if id == whole {
                return true;
            }
            match self.by_id.get(id).and_then(|o| o.parent.as_deref()) {
                Some(parent) => id = parent,
                None => return false,
            }
        }
        false
    }
}
