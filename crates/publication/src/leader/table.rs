//! Careers leaders in tables and lists of terms.

use super::{Claim, block, role};
use crate::{
    contact,
    outline::{Line, Outline},
    person,
    sentence::Words,
};

pub(super) fn claims(outline: &Outline<'_>) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (at, line) in outline.lines.iter().enumerate() {
        let Some((table, row)) = line.row else { continue };
        for (column, cell) in &line.cells {
            let mentions = role::mentions(cell);
            let Some(mention) = mentions.first() else { continue };
            // A cell that says it all.
            if let Some(name) = block::in_line(cell, &person::names(cell), mention) {
                claims.push(of_row(outline, at, &name.text));
            } else if role::is_role_only(cell, &mentions) {
                let rows: Vec<&Line> = outline
                    .lines
                    .iter()
                    .filter(|line| line.row.is_some_and(|(other, below)| other == table && below > row))
                    .collect();
                let own = name_in_row(line, *column);
                match own {
                    Some(name) => claims.push(of_row(outline, at, &name)),
                    None if row == 0 && line.cells.len() > 1 => claims.extend(below(&rows, *column)),
                    None => claims.push(Claim { said: vec![line.text.clone()], ..Claim::default() }),
                }
            } else {
                claims.push(Claim { said: vec![cell.clone()], ..Claim::default() });
            }
        }
    }
    claims
}

/// The one name in the other cells of a row.
fn name_in_row(line: &Line, column: u32) -> Option<String> {
    let mut names = line.cells.iter().filter(|(other, _)| *other != column).filter_map(|(_, cell)| {
        let names = person::names(cell);
        // “Samuel Ekwueme, s.ekwueme@…” or a bare name; never a sentence about people.
        (names.len() == 1 && names[0].start <= 1 && !Words::of(cell).has_any(&role::OTHERS))
            .then(|| names[0].text.clone())
    });
    names.next().filter(|_| names.next().is_none())
}

/// A claim from the row itself and, in a list of terms, the rows after it that hold an address.
fn of_row(outline: &Outline<'_>, at: usize, name: &str) -> Claim {
    let line = &outline.lines[at];
    let mut claim = Claim { name: Some(name.to_owned()), said: vec![line.text.clone()], ..Claim::default() };
    let other =
        line.cells.iter().any(|(_, cell)| person::names(cell).iter().any(|one| !person::is_same(&one.text, name)));
    if !other {
        claim.take(&line.text);
    }
    if line.cells.len() == 2 {
        for next in outline.lines.iter().skip(at + 1).take(4) {
            let label = next.cells.first().map(|(_, label)| Words::of(label));
            let of_contact = next.row.map(|(table, _)| table) == line.row.map(|(table, _)| table)
                && next.cells.len() == 2
                && label.is_some_and(|label| {
                    label.has_any(&["email", "e mail", "tel", "telephone", "phone", "contact", "mobile", "number"])
                        && !label.has_any(&["school", "office", "head", "adviser", "governor"])
                });
            if !of_contact {
                break;
            }
            claim.take(&next.text);
            claim.said.push(next.text.clone());
        }
    }
    claim
}

/// The claims of a column headed by the role: a person in each row, or one person described downwards.
fn below(rows: &[&Line], column: u32) -> Vec<Claim> {
    let cell = |line: &Line| line.cells.iter().find(|(other, _)| *other == column).map(|(_, cell)| cell.clone());
    let named: Vec<(&Line, String)> = rows
        .iter()
        .filter_map(|line| {
            let cell = cell(line)?;
            let name = person::only_name(&cell)
                .or_else(|| person::names(&cell).into_iter().next().filter(|name| name.start == 0))?;
            Some((*line, name.text))
        })
        .collect();
    if let [(line, name)] = named.as_slice()
        && rows.len() > 1
    {
        let mut claim = Claim { name: Some(name.clone()), said: vec![line.text.clone()], ..Claim::default() };
        for text in rows.iter().filter_map(|line| cell(line)) {
            if !contact::emails(&text).is_empty() || !contact::telephones(&text).is_empty() {
                claim.take(&text);
                claim.said.push(text);
            }
        }
        // Rows that are themselves people have their own addresses.
        let one_each = line.cells.iter().any(|(other, text)| *other != column && !contact::emails(text).is_empty());
        if one_each {
            claim.take(&line.text);
        }
        return vec![claim];
    }
    named
        .into_iter()
        .map(|(line, name)| {
            let mut claim = Claim { name: Some(name.clone()), said: vec![line.text.clone()], ..Claim::default() };
            let alone = line
                .cells
                .iter()
                .all(|(_, cell)| person::names(cell).iter().all(|one| person::is_same(&one.text, &name)));
            if alone {
                claim.take(&line.text);
            }
            claim
        })
        .collect()
}
