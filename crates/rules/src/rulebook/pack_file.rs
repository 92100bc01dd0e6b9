//! From editions as written to packs: one for each span of days in which nothing changes.

use std::collections::BTreeMap;

use domain::{Date, Sector};
use jiff::ToSpan as _;

use super::{
    check,
    document::Documents,
    edition::{self, Edition, Entry, Level},
    entry::{self, Shared},
    fault::{Faults, Place},
    fields::Fields,
    node::{Node, Value},
};
use crate::pack::{Pack, Parameter, Settled};

/// The packs of every folder that holds a `pack.toml`, older first, schools before post-16.
pub(super) fn read(nodes: &BTreeMap<&str, Node>, documents: &Documents, faults: &Faults) -> Vec<Pack> {
    let editions = editions(nodes, faults);
    let mut packs: Vec<(Pack, &Node)> = Vec::new();
    for edition in &editions {
        let entries = edition::entries(edition.id, &editions, faults);
        if let Some(header) = Header::read(edition, &editions, faults) {
            packs.extend(spans(header, &entries, documents, faults).into_iter().map(|pack| (pack, edition.header)));
        }
    }
    packs.sort_by_key(|(pack, _)| (pack.sector == Sector::Post16, pack.from));
    check::whole(&packs, faults);
    packs.into_iter().map(|(pack, _)| pack).collect()
}

fn editions<'a>(nodes: &'a BTreeMap<&'a str, Node>, faults: &Faults) -> Vec<Edition<'a>> {
    let mut editions: BTreeMap<&str, BTreeMap<&str, &Node>> = BTreeMap::new();
    for (path, node) in nodes {
        match path.split_once('/') {
            Some((folder, file)) => {
                editions.entry(folder).or_default().insert(file, node);
            }
            None if matches!(*path, "documents.toml" | "calendar.toml") => {}
            None => faults.add(
                &Place { line: 0, ..node.place.clone() },
                "",
                "this file belongs to no edition",
                "Move it into the folder of an edition",
            ),
        }
    }
    let mut read = Vec::new();
    for (id, mut files) in editions {
        match files.remove("pack.toml") {
            Some(header) => read.push(Edition { id, header, files }),
            None => {
                let place = Place { file: format!("{id}/pack.toml").into(), line: 0 };
                faults.add(&place, "", "the file is missing", "Add it, with the title and the dates of the edition");
            }
        }
    }
    read
}

struct Header<'a> {
    pack: Pack,
    node: &'a Node,
}

impl<'a> Header<'a> {
    fn read(edition: &Edition<'a>, editions: &[Edition<'a>], faults: &Faults) -> Option<Self> {
        let header = Fields::of(edition.header, "", faults)?;
        let title = header.text("title");
        let sector = header.word("sector", &[("school", Sector::School), ("post-16", Sector::Post16)]);
        let (from, until) = (header.optional_date("from"), header.optional_date("until"));
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            header.fault("until", "the edition ends before it begins", "Write an until that is not before from");
        }
        header.optional_text("based-on");
        header.texts("without");
        let levels = ["learner", "institution"];
        for level in header.texts("inherits") {
            if !levels.contains(&level.as_str()) {
                header.fault(
                    "inherits",
                    format!("“{level}” is no level"),
                    "Write one or both of: learner, institution",
                );
            }
        }
        if header.node("files").is_some() {
            header.texts("files");
        }
        entry::own_force_for(&header);
        let parameters = parameters(&header, edition, editions);
        header.finish();
        let pack = Pack {
            id: edition.id.to_owned(),
            title: title?,
            sector: sector?,
            from,
            until,
            parameters,
            requirements: Vec::new(),
            institution_requirements: Vec::new(),
        };
        Some(Self { pack, node: edition.header })
    }
}

/// The header's own parameters, then those of the edition that it is based on.
fn parameters<'a>(header: &Fields<'a>, edition: &Edition<'a>, editions: &[Edition<'a>]) -> Vec<Parameter> {
    let mut parameters = own_parameters(header);
    let mut base = edition.header.text("based-on");
    for _ in 0..editions.len() {
        let Some(before) = base.and_then(|id| editions.iter().find(|edition| edition.id == id)) else { break };
        // Its faults are reported when the edition itself is read.
        let unheard = Faults::default();
        if let Some(header) = Fields::of(before.header, "", &unheard) {
            for parameter in own_parameters(&header) {
                if !parameters.iter().any(|known| known.name == parameter.name) {
                    parameters.push(parameter);
                }
            }
        }
        base = before.header.text("based-on");
    }
    parameters
}

fn own_parameters(header: &Fields<'_>) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    for item in header.list("parameter") {
        let Some(entry) = Fields::of(item, "parameter", header.faults()) else { continue };
        let (name, about) = (entry.text("name"), entry.text("about"));
        let default = match entry.node("default").map(|node| &node.value) {
            Some(Value::YesNo(yes)) => Some(Settled::YesNo(*yes)),
            Some(_) => entry.optional_number("default").map(Settled::Number),
            None => None,
        };
        if let Some(name) = name.as_deref().filter(|name| parameters.iter().any(|known| known.name == *name)) {
            entry.fault(
                "name",
                format!("a second parameter is called {name}"),
                "Give each parameter a name of its own",
            );
        }
        entry.finish();
        if let (Some(name), Some(default), Some(about)) = (name, default, about) {
            parameters.push(Parameter { name, default, about });
        }
    }
    parameters
}

/// One pack for each span of days within the edition's time in which no dated value changes.
fn spans(header: Header<'_>, entries: &[Entry], documents: &Documents, faults: &Faults) -> Vec<Pack> {
    let mut turns = Vec::new();
    entries.iter().for_each(|entry| edition::turning_days(&entry.node, &mut turns));
    turns.retain(|day| {
        header.pack.from.is_none_or(|from| *day > from) && header.pack.until.is_none_or(|until| *day <= until)
    });
    turns.sort_unstable();
    turns.dedup();
    let mut starts: Vec<Option<Date>> = vec![header.pack.from];
    starts.extend(turns.into_iter().map(Some));
    let ends: Vec<Option<Date>> = starts[1..]
        .iter()
        .map(|start| start.map(|day| day.saturating_sub(1.day())))
        .chain([header.pack.until])
        .collect();
    starts
        .into_iter()
        .zip(ends)
        .map(|(from, until)| {
            let mut pack = Pack { from, until, ..header.pack.clone() };
            fill(&mut pack, header.node, entries, documents, faults);
            pack
        })
        .collect()
}

fn fill(pack: &mut Pack, header: &Node, entries: &[Entry], documents: &Documents, faults: &Faults) {
    // What is wrong with an inherited entry is reported once, at the edition that wrote it: same place, same words.
    let force_for = Fields::of(header, "", faults).map(|header| entry::own_force_for(&header)).unwrap_or_default();
    let shared = Shared { force_for: &force_for, documents };
    for entry in entries {
        let path = format!("{} {}", entry.level.word(), entry.id);
        let node = edition::on_day(&entry.node, &path, pack.from, faults);
        let Some(fields) = Fields::of(&node, &path, faults) else { continue };
        match entry.level {
            Level::Learner => pack.requirements.extend(entry::learner(fields, &shared)),
            Level::Institution => pack.institution_requirements.extend(entry::institution(fields, &shared)),
        }
        check::entry(pack, entry, faults);
    }
    let all_read = pack.requirements.len() + pack.institution_requirements.len() == entries.len();
    check::prune_parameters(pack, header, all_read, faults);
}
