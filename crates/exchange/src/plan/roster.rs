use std::collections::{HashMap, HashSet};

use domain::YearGroup;

use super::{
    Choice, Existing, MatchedBy, Options, Plan, PlannedRow, Question, Skipped, Step,
    absence::absent,
    changes::Comparison,
    matching::{Found, Index},
};
use crate::roster::{Extent, Roster, RosterRow};

/// What taking a roster would do to the stored learners.
pub fn plan(existing: &[Existing], incoming: &Roster, options: &Options) -> Plan {
    let index = Index::new(existing);
    let comparison = Comparison::new(incoming, options);
    let mut seen: HashSet<usize> = HashSet::new();
    // Whom each matched row is about, and drafts by what identifies them: the second row about somebody is not taken too.
    let mut taken: HashMap<usize, &RosterRow> = HashMap::new();
    let mut drafted: HashMap<String, &RosterRow> = HashMap::new();
    let mut rows = Vec::with_capacity(incoming.rows.len());
    for row in &incoming.rows {
        let found = index.find(row);
        note_seen(&found, &mut seen);
        let step = match twice(row, &found, &taken, &drafted) {
            Some(first) => again(row, first),
            None => step(row, &found, existing, &index, &comparison, options),
        };
        let mut name = name_in(row);
        let about = match found {
            Found::One(at, _) => Some(&existing[at]),
            _ => None,
        };
        let academic_year = Some(comparison.year_of(row, about)).filter(|year| *year != comparison.academic_year);
        if let Found::One(at, _) = found {
            taken.entry(at).or_insert(row);
            if name.is_empty() {
                name = name_of(&existing[at]);
            }
        } else if found == Found::Nobody {
            for key in keys(row) {
                drafted.entry(key).or_insert(row);
            }
        }
        rows.push(PlannedRow { line: row.line, name, academic_year, step });
    }
    incoming.rejected.iter().for_each(|row| note_seen(&index.find(row), &mut seen));
    let (absent, confirm_each) = match incoming.extent {
        Extent::Bulk => absent(existing, &seen, options),
        Extent::Delta | Extent::Partial => (Vec::new(), false),
    };
    Plan {
        file: incoming.file.clone(),
        source: incoming.source,
        extent: incoming.extent,
        academic_year: comparison.academic_year,
        rows,
        absent,
        confirm_each,
    }
}

/// Whoever a row may be about is in the file.
fn note_seen(found: &Found, seen: &mut HashSet<usize>) {
    match found {
        Found::One(at, _) => drop(seen.insert(*at)),
        Found::Several(several) | Found::Suggested(several) => seen.extend(several),
        Found::Nobody => {}
    }
}

fn keys(row: &RosterRow) -> impl Iterator<Item = String> {
    let key = |kind: char, value: &Option<String>| value.as_ref().map(|value| format!("{kind}{value}"));
    [key('r', &row.reference), key('u', &row.upn), key('l', &row.uln)].into_iter().flatten()
}

fn twice<'r>(
    row: &RosterRow,
    found: &Found,
    taken: &HashMap<usize, &'r RosterRow>,
    drafted: &HashMap<String, &'r RosterRow>,
) -> Option<&'r RosterRow> {
    match found {
        Found::One(at, _) => taken.get(at).copied(),
        Found::Nobody => keys(row).find_map(|key| drafted.get(&key).copied()),
        Found::Several(_) | Found::Suggested(_) => None,
    }
}

fn again(row: &RosterRow, first: &RosterRow) -> Step {
    let mut like_first = row.clone();
    like_first.line = first.line;
    if like_first == *first {
        return Step::Skip { why: Skipped::TwiceInFile };
    }
    Step::Decide { question: Question::TwiceInFile { first_line: first.line }, choices: vec![Choice::Skip] }
}

fn step(
    row: &RosterRow,
    found: &Found,
    existing: &[Existing],
    index: &Index<'_>,
    comparison: &Comparison<'_>,
    options: &Options,
) -> Step {
    let choice = |at: usize| Choice::Existing {
        learner: existing[at].id,
        name: name_of(&existing[at]),
        changes: comparison.changes(row, &existing[at]),
    };
    let new = || Choice::New { draft: comparison.draft(row) };
    // A list that adds to what is known brings nobody new.
    let brings_learners = comparison.brings_learners();
    match found {
        Found::Several(several) => {
            let choices = several.iter().map(|&at| choice(at)).chain([Choice::Skip]).collect();
            Step::Decide { question: Question::SeveralMatch, choices }
        }
        _ if outside(row, options).is_some() => {
            Step::Skip { why: outside(row, options).unwrap_or(Skipped::OutsideYears) }
        }
        Found::One(at, _) if index.looks_different(*at, row) => {
            Step::Decide { question: Question::LooksDifferent, choices: vec![choice(*at), Choice::Skip] }
        }
        Found::One(at, by) => known(row, &existing[*at], *by, comparison),
        Found::Suggested(_) | Found::Nobody if row.removed || !brings_learners => Step::Skip { why: Skipped::NotKnown },
        Found::Suggested(suggested) => {
            let choices = suggested.iter().map(|&at| choice(at)).chain([new(), Choice::Skip]).collect();
            Step::Decide { question: Question::SameNameAndBirth, choices }
        }
        Found::Nobody => join(row, comparison),
    }
}

fn outside(row: &RosterRow, options: &Options) -> Option<Skipped> {
    let year = row.year_group?;
    if year < YearGroup::LOWEST {
        return Some(Skipped::BelowYearSeven);
    }
    (!(options.years.0..=options.years.1).contains(&year)).then_some(Skipped::OutsideYears)
}

fn known(row: &RosterRow, existing: &Existing, matched_by: MatchedBy, comparison: &Comparison<'_>) -> Step {
    let changes = comparison.changes(row, existing);
    // A year written as X is asked about only until the year has a recorded year group.
    if let Some(written) = &row.year_group_undecided
        && !existing.year_groups.contains_key(&comparison.year_of(row, Some(existing)))
    {
        let choice = Choice::Existing { learner: existing.id, name: name_of(existing), changes };
        let question = Question::YearGroup { written: written.clone() };
        return Step::Decide { question, choices: vec![choice, Choice::Skip] };
    }
    if changes.is_empty() {
        Step::Same { learner: existing.id, matched_by }
    } else {
        Step::Change { learner: existing.id, matched_by, changes }
    }
}

fn join(row: &RosterRow, comparison: &Comparison<'_>) -> Step {
    let draft = comparison.draft(row);
    if draft.missing.is_empty() {
        return Step::Join { draft };
    }
    let question = match &row.year_group_undecided {
        Some(written) if draft.missing == [crate::roster::Field::YearGroup] => {
            Question::YearGroup { written: written.clone() }
        }
        _ => Question::Missing { fields: draft.missing.clone() },
    };
    Step::Decide { question, choices: vec![Choice::New { draft }, Choice::Skip] }
}

fn name_in(row: &RosterRow) -> String {
    let parts: Vec<&str> = [&row.forename, &row.surname].into_iter().filter_map(|name| name.as_deref()).collect();
    parts.join(" ")
}

/// A stored learner's name and form.
pub(super) fn name_of(existing: &Existing) -> String {
    let learner = &existing.learner;
    match &learner.form {
        Some(form) => format!("{} {}, {form}", learner.forename, learner.surname),
        None => format!("{} {}", learner.forename, learner.surname),
    }
}
