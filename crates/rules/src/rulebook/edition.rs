//! An edition as it is written: its header, its entries, and what it takes over from the edition that it is based on.

use std::collections::BTreeMap;

use domain::Date;

use super::{
    fault::{Faults, Place},
    fields::Fields,
    node::{Node, Value},
};

/// Files of one edition's folder.
pub(super) struct Edition<'a> {
    /// The folder, which is also the edition's id.
    pub(super) id: &'a str,
    /// Its `pack.toml`.
    pub(super) header: &'a Node,
    /// Its other files by name.
    pub(super) files: BTreeMap<&'a str, &'a Node>,
}

/// Whether an entry asks something of each learner or of the institution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Learner,
    Institution,
}

impl Level {
    /// The name of its tables.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Learner => "learner",
            Self::Institution => "institution",
        }
    }
}

/// A requirement before its values are read, with what later editions changed already put in.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) level: Level,
    pub(super) id: String,
    pub(super) node: Node,
    /// Whether this edition wrote it, rather than an edition before.
    pub(super) own: bool,
}

/// The entries of an edition: those of the one it is based on, minus, changed, plus its own.
pub(super) fn entries(id: &str, editions: &[Edition<'_>], faults: &Faults) -> Vec<Entry> {
    chain(id, editions, faults, &mut Vec::new())
}

fn chain<'a>(id: &'a str, editions: &'a [Edition<'a>], faults: &Faults, seen: &mut Vec<&'a str>) -> Vec<Entry> {
    let Some(edition) = editions.iter().find(|edition| edition.id == id) else { return Vec::new() };
    seen.push(id);
    let mut entries = Vec::new();
    if let Some(base) = edition.header.text("based-on") {
        let at = |what: String, mend: &str| faults.add(&key_place(edition.header, "based-on"), "based-on", what, mend);
        if seen.contains(&base) {
            at(format!("{base} is itself based on {id}"), "Base one edition on the other, not both ways");
        } else if !editions.iter().any(|edition| edition.id == base) {
            at(format!("there is no edition {base}"), "Name the folder of another edition");
        } else {
            entries = chain(base, editions, faults, seen);
        }
    }
    entries.iter_mut().for_each(|entry| entry.own = false);
    if let Some(Node { value: Value::List(levels), .. }) = edition.header.get("inherits") {
        entries.retain(|entry| levels.iter().any(|level| is_text(level, entry.level.word())));
    }
    without(edition, &mut entries, faults);
    for file in listed_files(edition, faults) {
        read_file(file, &mut entries, faults);
    }
    entries
}

/// Where a key is written, or its table if the key is absent.
pub(super) fn key_place(node: &Node, key: &str) -> Place {
    node.get(key).unwrap_or(node).place.clone()
}

fn is_text(node: &Node, wanted: &str) -> bool {
    matches!(&node.value, Value::Text(text) if text == wanted)
}

fn without(edition: &Edition<'_>, entries: &mut Vec<Entry>, faults: &Faults) {
    let Some(Node { value: Value::List(ids), .. }) = edition.header.get("without") else { return };
    for node in ids {
        let Value::Text(id) = &node.value else { continue };
        let before = entries.len();
        entries.retain(|entry| entry.id != *id);
        if entries.len() == before {
            faults.add(&node.place, "without", format!("there is no {id} to leave out"), "Remove it from the list");
        }
    }
}

/// The files that the header lists, in its order; it must list each file of the folder once.
fn listed_files<'a>(edition: &'a Edition<'a>, faults: &Faults) -> Vec<&'a Node> {
    let listed: &[Node] = match edition.header.get("files") {
        Some(Node { value: Value::List(items), .. }) => items,
        _ => &[],
    };
    let mut files = Vec::new();
    for node in listed {
        let Value::Text(name) = &node.value else { continue };
        match edition.files.get(name.as_str()) {
            Some(file) => files.push(*file),
            None => {
                faults.add(&node.place, "files", format!("there is no file {name}"), "Correct the name, or remove it")
            }
        }
    }
    for (name, file) in &edition.files {
        if !listed.iter().any(|node| is_text(node, name)) {
            faults.add(
                &Place { line: 0, ..file.place.clone() },
                "",
                "pack.toml does not list this file",
                format!("Add \"{name}\" to files"),
            );
        }
    }
    files
}

fn read_file(file: &Node, entries: &mut Vec<Entry>, faults: &Faults) {
    let Some(root) = Fields::of(file, "", faults) else { return };
    for node in root.list("change") {
        let Some(id) = id_of(node, "change", faults) else { continue };
        match entries.iter_mut().find(|entry| entry.id == id && !entry.own) {
            Some(entry) => change(&mut entry.node, node),
            None => faults.add(
                &key_place(node, "id"),
                &format!("change {id}"),
                "there is no such requirement to change",
                "Correct the id, or write it as a requirement of its own",
            ),
        }
    }
    for level in [Level::Learner, Level::Institution] {
        for node in root.list(level.word()) {
            let Some(id) = id_of(node, level.word(), faults) else { continue };
            if entries.iter().any(|entry| entry.id == id) {
                faults.add(
                    &key_place(node, "id"),
                    &format!("{} {id}", level.word()),
                    "another requirement has this id",
                    "Give each requirement an id of its own; to alter one of the edition before, write it as a change",
                );
                continue;
            }
            entries.push(Entry { level, id, node: node.clone(), own: true });
        }
    }
    root.finish();
}

fn id_of(node: &Node, what: &str, faults: &Faults) -> Option<String> {
    let id = Fields::of(node, what, faults)?.text("id")?;
    let sound = id.split('.').all(|part| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    });
    if !sound {
        faults.add(
            &key_place(node, "id"),
            &format!("{what} {id}"),
            "this is no id",
            "Write small letters, digits and hyphens in parts joined by full stops: bm5.1",
        );
    }
    sound.then_some(id)
}

/// Puts the keys of `change` in the place of those of `entry`.
fn change(entry: &mut Node, change: &Node) {
    let (Value::Table(old), Value::Table(new)) = (&mut entry.value, &change.value) else { return };
    for (key, node) in new {
        match old.iter_mut().find(|(name, _)| name == key) {
            Some((_, value)) => *value = node.clone(),
            None => old.push((key.clone(), node.clone())),
        }
    }
}

/// The days on which a dated value anywhere in `node` changes.
pub(super) fn turning_days(node: &Node, days: &mut Vec<Date>) {
    match &node.value {
        Value::List(items) if is_dated(items) => {
            days.extend(items.iter().filter_map(from_of));
            items.iter().for_each(|item| turning_days(item, days));
        }
        Value::List(items) => items.iter().for_each(|item| turning_days(item, days)),
        Value::Table(table) => table.iter().for_each(|(_, node)| turning_days(node, days)),
        _ => {}
    }
}

fn is_dated(items: &[Node]) -> bool {
    !items.is_empty() && items.iter().all(|item| item.get("value").is_some())
}

fn from_of(item: &Node) -> Option<Date> {
    match item.get("from")?.value {
        Value::Date(date) => Some(date),
        _ => None,
    }
}

/// `node` as it stands on a day (`None`: before every day): of each list of dated values, the one that holds then.
pub(super) fn on_day(node: &Node, path: &str, day: Option<Date>, faults: &Faults) -> Node {
    let value = match &node.value {
        Value::List(items) if is_dated(items) => return held(node, items, path, day, faults),
        Value::List(items) => Value::List(items.iter().map(|item| on_day(item, path, day, faults)).collect()),
        Value::Table(table) => Value::Table(
            table
                .iter()
                .map(|(key, node)| (key.clone(), on_day(node, &format!("{path} > {key}"), day, faults)))
                .collect(),
        ),
        other => other.clone(),
    };
    Node { place: node.place.clone(), value }
}

fn held(node: &Node, items: &[Node], path: &str, day: Option<Date>, faults: &Faults) -> Node {
    for item in items {
        if let Some(fields) = Fields::of(item, path, faults) {
            fields.optional("value");
            fields.optional_date("from");
            fields.finish();
        }
    }
    if items
        .windows(2)
        .any(|pair| from_of(&pair[1]).is_none_or(|later| from_of(&pair[0]).is_some_and(|from| from >= later)))
    {
        faults.add(
            &node.place,
            path,
            "the dates of these values overlap or stand out of order",
            "Give every value after the first a from that is later than the one before",
        );
    }
    let holds = items.iter().rev().find(|item| from_of(item).is_none_or(|from| day.is_some_and(|day| from <= day)));
    if holds.is_none() {
        faults.add(
            &node.place,
            path,
            "no value holds at the beginning of the edition's time",
            "Leave the from of the first value out",
        );
    }
    let value = holds.unwrap_or(&items[0]).get("value").unwrap_or(node);
    on_day(value, path, day, faults)
}
