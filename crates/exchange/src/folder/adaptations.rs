use std::collections::BTreeMap;

use domain::{Adaptation, Adapted, LearnerIndex};

use super::{
    Known, cell,
    references::{LeftOut, References},
    table::{Heading, RowReader, Table, decode},
};
use crate::problem::{Code, Problem, Thing};

pub(super) const FILE: &str = "adaptations.csv";
pub(super) const COLUMNS: &[Heading] = &[
    ("learner", true),
    ("requirement", true),
    ("adaptation", true),
    ("count", false),
    ("reason", true),
    ("person", true),
];
const REQUIREMENT: usize = 1;
const ADAPTATION: usize = 2;
const COUNT: usize = 3;

/// Reads adaptations.csv.
pub(super) fn read(
    bytes: &[u8],
    references: &References,
    known: &Known<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<Adaptation> {
    let Some(text) = decode(FILE, bytes, problems) else { return Vec::new() };
    let Some(mut table) = Table::open(FILE, &text, COLUMNS, problems) else { return Vec::new() };
    // By learner and requirement: the line of the first row, and whether later ones agree with it.
    let mut taken: BTreeMap<(u32, String), (u64, Adaptation, bool)> = BTreeMap::new();
    let mut left_out = LeftOut::default();
    while table.advance(problems) {
        let line = table.line();
        let mut reader = table.reader(problems);
        let read = read_row(&mut reader, known);
        let learner = left_out.resolve(references, Thing::Learner, table.cell(0), || table.place(0), problems);
        let (Some(learner), Some(mut adaptation)) = (learner, read) else { continue };
        adaptation.learner = LearnerIndex(learner);
        let mut reader = table.reader(problems);
        if matches!(adaptation.adapted, Adapted::Count(_)) && !known.is_countable(&adaptation.requirement) {
            reader.finding(ADAPTATION, Code::CountNotAdaptable);
            continue;
        }
        match taken.get_mut(&(learner, adaptation.requirement.clone())) {
            None => drop(taken.insert((learner, adaptation.requirement.clone()), (line, adaptation, true))),
            Some((first_line, first, _)) if first.adapted == adaptation.adapted => {
                reader.finding(ADAPTATION, Code::SameAgain { first_line: *first_line });
            }
            Some((first_line, first, agree)) => {
                *agree = false;
                let first = match first.adapted {
                    Adapted::Out => "out".to_owned(),
                    Adapted::Count(count) => format!("count {count}"),
                };
                reader.problem(ADAPTATION, Code::Contradicts { first_line: *first_line, first });
            }
        }
    }
    left_out.tell(FILE, problems);
    taken.into_values().filter(|(_, _, agree)| *agree).map(|(_, adaptation, _)| adaptation).collect()
}

fn read_row(row: &mut RowReader<'_, '_>, known: &Known<'_>) -> Option<Adaptation> {
    let requirement = row.value(REQUIREMENT, |text| {
        let found = known.requirements.iter().find(|known| known.id.eq_ignore_ascii_case(text));
        found.map(|known| known.id.to_owned()).ok_or(Code::UnknownRequirement)
    });
    let counted = row.value(ADAPTATION, |text| match text.to_ascii_lowercase().as_str() {
        "out" => Ok(false),
        "count" => Ok(true),
        _ => Err(Code::UnknownWord { allowed: vec!["out".into(), "count".into()] }),
    });
    let count = row.value(COUNT, cell::count);
    let reason = row.text(4);
    let person = row.text(5);
    let adapted = match (counted, count) {
        (Some(true), None) if row.is_sound() => {
            row.problem(COUNT, Code::Missing);
            None
        }
        (Some(true), count) => count.map(Adapted::Count),
        (Some(false), _) => Some(Adapted::Out),
        (None, _) => None,
    };
    if !row.is_sound() {
        return None;
    }
    let learner = LearnerIndex(0);
    Some(Adaptation { learner, requirement: requirement?, adapted: adapted?, reason: reason?, person: person? })
}
