//! What must agree between entries, and between editions.

use domain::Sector;
use jiff::ToSpan as _;

use super::{
    edition::{Entry, key_place},
    fault::{Faults, Place},
    node::{Node, Value},
};
use crate::pack::{Amount, Pack, Requirement, Settled, Shape, Virtual};

/// The parameter that lets virtual activities count alone; every rule on virtual activities reads it.
const VIRTUAL_ALONE: &str = "virtual-alone-counts";

/// The requirement just read from `entry`, against its pack: what it names must exist there.
pub(super) fn entry(pack: &Pack, entry: &Entry, faults: &Faults) {
    let Some(requirement) = pack.requirements.last().filter(|requirement| requirement.id == entry.id) else { return };
    let met = entry.node.get("met-when").unwrap_or(&entry.node);
    let key = |key: &str| format!("learner {} > met-when > {key}", entry.id);
    let place = |name: &str| met.get(name).unwrap_or(met).place.clone();
    if let Some(Amount::Parameter(name)) = amount_of(requirement) {
        match pack.parameters.iter().find(|parameter| parameter.name == *name).map(|parameter| parameter.default) {
            Some(Settled::Number(_)) => {}
            Some(Settled::YesNo(_)) => faults.add(
                &place("at-least"),
                &key("at-least"),
                format!("the parameter {name} is yes or no"),
                "Name a parameter that is a number",
            ),
            None => faults.add(
                &place("at-least"),
                &key("at-least"),
                format!("no parameter {name} is declared"),
                "Declare it in pack.toml, or write a number",
            ),
        }
    }
    if asks_in_person(requirement) && !pack.parameters.iter().any(|parameter| parameter.name == VIRTUAL_ALONE) {
        faults.add(
            &place("virtual"),
            &key("virtual"),
            format!("the rule on virtual activities needs the parameter {VIRTUAL_ALONE}"),
            "Declare it in pack.toml as true or false",
        );
    }
    if let Shape::EveryYear { of } = &requirement.shape {
        let target = pack.requirements.iter().find(|other| other.id == *of && other.id != entry.id);
        if !target.is_some_and(|target| !matches!(target.shape, Shape::EveryYear { .. })) {
            faults.add(
                &place("of"),
                &key("of"),
                format!("no requirement {of} stands before this one"),
                "Name a requirement of the same edition that stands earlier and asks about one year",
            );
        }
    }
}

fn amount_of(requirement: &Requirement) -> Option<&Amount> {
    match &requirement.shape {
        Shape::Count { at_least, .. } | Shape::ProviderTypes { at_least, .. } | Shape::Hours { at_least, .. } => {
            Some(at_least)
        }
        _ => None,
    }
}

fn asks_in_person(requirement: &Requirement) -> bool {
    match &requirement.shape {
        Shape::Count { virtual_rule, .. } | Shape::ProviderTypes { virtual_rule, .. } => {
            *virtual_rule != Virtual::Counts
        }
        _ => false,
    }
}

/// Leaves only the parameters that the edition reads. One that it declares itself and never reads is a fault, which can be
/// said only if all its requirements could be read.
pub(super) fn prune_parameters(pack: &mut Pack, header: &Node, all_read: bool, faults: &Faults) {
    let read = |name: &str| {
        pack.requirements.iter().any(|requirement| {
            matches!(amount_of(requirement), Some(Amount::Parameter(of)) if of == name)
                || (name == VIRTUAL_ALONE && asks_in_person(requirement))
        })
    };
    let (kept, unread): (Vec<_>, Vec<_>) = pack.parameters.drain(..).partition(|parameter| read(&parameter.name));
    pack.parameters = kept;
    let Some(Node { value: Value::List(own), .. }) = header.get("parameter").filter(|_| all_read) else { return };
    for node in own {
        if let Some(name) = node.text("name").filter(|name| unread.iter().any(|parameter| parameter.name == *name)) {
            faults.add(
                &node.place,
                &format!("parameter {name}"),
                "no requirement reads this parameter",
                "Remove it, or name it in a requirement",
            );
        }
    }
}

/// The packs of each sector, in order: every day must have exactly one.
pub(super) fn whole(packs: &[(Pack, &Node)], faults: &Faults) {
    for (sector, name) in [(Sector::School, "schools"), (Sector::Post16, "colleges and training providers")] {
        let of: Vec<&(Pack, &Node)> = packs.iter().filter(|(pack, _)| pack.sector == sector).collect();
        let (Some(first), Some(last)) = (of.first(), of.last()) else {
            let place = Place { file: "rulebook".into(), line: 0 };
            faults.add(&place, "", format!("there is no edition for {name}"), "Add a folder with a pack.toml");
            continue;
        };
        if first.0.from.is_some() {
            faults.add(
                &key_place(first.1, "from"),
                "from",
                "nothing serves the days before this edition",
                "Leave from out of the oldest edition",
            );
        }
        if last.0.until.is_some() {
            faults.add(
                &key_place(last.1, "until"),
                "until",
                "nothing serves the days after this edition",
                "Leave until out of the newest edition",
            );
        }
        for pair in of.windows(2) {
            let ((before, _), (after, header)) = (pair[0], pair[1]);
            let place = &key_place(header, "from");
            let expected = before.until.and_then(|until| until.checked_add(1.day()).ok());
            match (after.from, expected) {
                (Some(from), Some(expected)) if from == expected => {}
                (Some(from), Some(expected)) if from > expected => faults.add(
                    place,
                    "from",
                    format!("no edition serves the days between {} and {}", before.id, after.id),
                    format!("Let it begin on {expected}, or the one before end later"),
                ),
                _ => faults.add(
                    place,
                    "from",
                    format!("{} and {} overlap", before.id, after.id),
                    "Let each edition begin on the day after the one before ends",
                ),
            }
        }
    }
}
