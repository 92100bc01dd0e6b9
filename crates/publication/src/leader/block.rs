//! Careers leaders in running text, lists and cards.

use super::{Claim, role};
use crate::{
    contact::{self, Found},
    outline::{Line, Outline},
    person,
    sentence::Words,
};

/// How many lines with addresses after a name may belong to it.
const FOLLOWING: usize = 5;

pub(super) fn claims(outline: &Outline<'_>) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (at, line) in outline.lines.iter().enumerate() {
        if line.row.is_some() {
            continue;
        }
        for mention in role::mentions(&line.text) {
            claims.push(claim(&outline.lines, at, &mention));
        }
    }
    claims
}

fn claim(lines: &[Line], at: usize, mention: &Found) -> Claim {
    let line = &lines[at];
    let names = person::names(&line.text);
    if let Some(name) = in_line(&line.text, &names, mention) {
        return with_contacts(lines, at, at, Some((name.start, mention)), &name);
    }
    if names.is_empty()
        && role::is_role_only(&line.text, &role::mentions(&line.text))
        && let Some((place, name)) = beside(lines, at)
    {
        return with_contacts(lines, at, place, None, &name);
    }
    Claim { said: vec![line.text.clone()], ..Claim::default() }
}

/// The name that a line gives for a role in it.
pub(super) fn in_line(text: &str, names: &[Found], mention: &Found) -> Option<Found> {
    let before = names.iter().rev().find(|name| name.end <= mention.start);
    let after = names.iter().find(|name| name.start >= mention.end);
    let before = before.filter(|name| role::connects(&text[name.end..mention.start]));
    let after = after.filter(|name| role::connects(&text[mention.end..name.start]));
    match (before, after) {
        (Some(before), Some(after)) => {
            // “Ann Lee, Careers Leader, Bo Day, Careers Adviser”: whose role is it? A colon or “is” says.
            let firm = |gap: &str| gap.contains(':') || gap.contains(" is ");
            match (firm(&text[before.end..mention.start]), firm(&text[mention.end..after.start])) {
                (true, false) => Some(before.clone()),
                (false, true) => Some(after.clone()),
                _ => None,
            }
        }
        (one, other) => one.or(other).cloned(),
    }
}

/// The name on the line above or below a line that is a role and nothing else.
fn beside(lines: &[Line], at: usize) -> Option<(usize, Found)> {
    let name_at = |place: usize| {
        lines
            .get(place)
            .filter(|line| line.row.is_none())
            .and_then(|line| person::only_name(&line.text))
            .map(|name| (place, name))
    };
    let above = at.checked_sub(1).and_then(name_at);
    let below = name_at(at + 1);
    match (above, below) {
        (Some(above), Some(below)) => {
            let level = |place: usize| lines[place].heading;
            match (level(above.0), level(at), level(below.0)) {
                // The heading of a card is its name, or its role.
                (Some(_), None, _) => Some(above),
                (None, Some(_), None) => Some(below),
                _ => None,
            }
        }
        (Some(above), None) => {
            // Under another role's heading the name is that one's.
            let taken = above.0.checked_sub(1).is_some_and(|before| role::is_some_role(&lines[before].text));
            (!taken || lines[above.0].heading.is_some()).then_some(above)
        }
        (None, below) => below,
    }
}

/// The address and number that follow: on the same line up to the next name, then on the lines after it that say nothing else.
fn with_contacts(lines: &[Line], at: usize, named: usize, same_line: Option<(usize, &Found)>, name: &Found) -> Claim {
    let mut claim = Claim { name: Some(name.text.clone()), ..Claim::default() };
    let first = at.min(named);
    let last = at.max(named);
    claim.said.extend(lines[first..=last].iter().map(|line| line.text.clone()));
    if let Some((start, mention)) = same_line {
        let text = &lines[at].text;
        let from = start.min(mention.start);
        let other = person::names(text)
            .into_iter()
            .find(|one| one.start > name.end.max(mention.end) && !person::is_same(&one.text, &name.text))
            .map_or(text.len(), |one| one.start);
        let office = office(&text[from..other]).map_or(other, |place| from + place);
        claim.take(&text[from..office.max(from)]);
    }
    let mut quiet = 0;
    for line in lines.iter().skip(last + 1).take(FOLLOWING) {
        let direct = !contact::emails(&line.text).is_empty() || !contact::telephones(&line.text).is_empty();
        let others = person::names(&line.text).iter().any(|one| !person::is_same(&one.text, &name.text));
        let label = is_label(line);
        if line.row.is_some() || others || (line.heading.is_some() && !direct && !label) || office(&line.text).is_some()
        {
            break;
        }
        if role::is_some_role(&line.text) && !direct && quiet > 0 {
            break;
        }
        if direct {
            if line.words.text().split_whitespace().count() > 45 {
                break;
            }
            claim.take(&line.text);
            claim.said.push(line.text.clone());
        } else if !label {
            quiet += 1;
            // A qualification or a second post may stand between; a paragraph is another matter.
            if quiet > 1 || line.text.chars().count() > 70 {
                break;
            }
        }
    }
    claim
}

/// Whether a line only says what the next one is: “Email:”.
fn is_label(line: &Line) -> bool {
    let words = line.words.text().split_whitespace().count();
    words <= 3
        && line.words.has_any(&[
            "email",
            "e mail",
            "tel",
            "telephone",
            "phone",
            "contact",
            "contact details",
            "call",
            "mobile",
        ])
}

/// Where a text turns to the school's office or to somebody else.
fn office(text: &str) -> Option<usize> {
    let lower = text.to_ascii_lowercase();
    let at = [
        "school office",
        "main office",
        "reception",
        "switchboard",
        "academy office",
        "college office",
        "main school",
        "the office",
        "school:",
        "school ·",
        "general enquir",
    ]
    .iter()
    .filter_map(|word| lower.find(word))
    .min();
    at.or_else(|| {
        let words = Words::of(text);
        // A line of the page's foot: the school, its address and number.
        let foot = words.has_any(&["school", "academy", "college", "trust"])
            && words.has_any(&["road", "lane", "street", "avenue", "postcode", "copyright", "head"]);
        (foot && role::mentions(text).is_empty()).then_some(0)
    })
}
