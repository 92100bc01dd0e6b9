use domain::date;
use serde_json::{Value, json};

use super::{
    characters::{Characters, Room, UNKNOWN},
    fonts,
};
use crate::{
    Block, ColumnKind, Document, Inline, ListKind, Note, NoteKind, Paper, Prose, Section, Table,
    document::{CONTENTS, LISTED_LEVELS, heading, said},
};

/// The document as the template reads it, in JSON.
pub(super) fn of(document: &Document) -> Vec<u8> {
    let mut c = Characters::default();
    let (language, region) = document.language.tag().split_once('-').unwrap_or((document.language.tag(), ""));
    let mut data = json!({
        "title": c.line(heading(&document.title), Room::Line),
        "language": language,
        "region": region,
        "description": said(&document.description).map(|text| c.line(text, Room::Line)),
        "issued_by": said(&document.issued_by).map(|text| c.line(text, Room::Line)),
        "about": document.about.as_ref().map(|about| prose(about, &mut c, Room::Line)),
        "date": {
            "year": document.dated_on.year(),
            "month": document.dated_on.month(),
            "day": document.dated_on.day(),
            "words": date::long(document.dated_on),
        },
        "paper": match document.paper {
            Paper::A4 => "a4",
            Paper::A3 => "a3",
        },
        "contents": (document.has_contents && !document.sections.is_empty()).then(|| json!({
            "heading": CONTENTS,
            // The title is the first level.
            "depth": LISTED_LEVELS + 1,
        })),
        "opening": blocks(&document.opening, &mut c),
        "sections": sections(&document.sections, &mut c),
    });
    data["closing"] = closing(c.replaced).into();
    data.to_string().into_bytes()
}

/// What has to be said at the end: that a reader does not see all that was written.
fn closing(replaced: usize) -> Option<String> {
    match replaced {
        0 => None,
        1 => Some(format!(
            "One character of this document cannot be shown in its typeface and stands here as {UNKNOWN}."
        )),
        n => Some(format!(
            "{n} characters of this document cannot be shown in its typeface and stand here as {UNKNOWN}."
        )),
    }
}

fn sections(sections: &[Section], c: &mut Characters) -> Vec<Value> {
    sections
        .iter()
        .map(|section| {
            json!({
                "heading": c.line(heading(&section.heading), Room::Cell),
                "blocks": blocks(&section.blocks, c),
                "on_new_page": section.is_on_new_page,
                "sections": self::sections(&section.sections, c),
            })
        })
        .collect()
}

fn blocks(blocks: &[Block], c: &mut Characters) -> Vec<Value> {
    blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(text) => json!({ "kind": "paragraph", "text": prose(text, c, Room::Line) }),
            Block::List(list) => {
                let kind = match list.kind {
                    ListKind::Bullets => "bullets",
                    ListKind::Numbers => "numbers",
                };
                json!({ "kind": kind, "items": all(&list.items, c, Room::Line) })
            }
            Block::Table(table) => self::table(table, c),
            Block::Terms(terms) => {
                let pairs: Vec<_> =
                    terms.iter().map(|term| json!({ "term": c.line(&term.term, Room::Cell), "value": prose(&term.value, c, Room::Line) })).collect();
                json!({ "kind": "terms", "terms": pairs })
            }
            Block::Figure(figure) => json!({
                "kind": "figure",
                // A letter that no typeface has would be drawn as nothing.
                "svg": figure.svg.chars().map(|each| if each.is_whitespace() || fonts::can_show(each) { each } else { UNKNOWN }).collect::<String>(),
                "ratio": f64::from(figure.height) / f64::from(figure.width.max(1)),
                "description": c.line(&figure.description, Room::Line),
            }),
            Block::Note(Note { kind, paragraphs }) => {
                json!({ "kind": "note", "word": kind.word(), "important": *kind == NoteKind::Important, "paragraphs": all(paragraphs, c, Room::Line) })
            }
        })
        .collect()
}

fn table(table: &Table, c: &mut Characters) -> Value {
    let columns: Vec<_> = table
        .columns()
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let keeps_width = table.rows().iter().all(|row| length(&row[index]) <= LONGEST_SHORT);
            let kind = match column.kind {
                ColumnKind::Short if keeps_width => "short",
                ColumnKind::Figures if keeps_width => "figures",
                _ => "words",
            };
            json!({ "heading": c.line(&column.heading, Room::Cell), "kind": kind, "share": share(table, index) })
        })
        .collect();
    json!({
        "kind": "table",
        "nothing": Table::NOTHING,
        "caption": table.caption.as_ref().map(|caption| prose(caption, c, Room::Line)),
        "breaks_rows": table.rows().iter().flatten().any(|cell| length(cell) > LONGEST_KEPT),
        "header_column": table.has_header_column,
        "columns": columns,
        "rows": table.rows().iter().map(|row| all(row, c, Room::Cell)).collect::<Vec<_>>(),
    })
}

/// A row whose cells are all shorter is kept on one page; a longer one might not fit on any.
const LONGEST_KEPT: usize = 600;

/// A column meant for short entries that has a longer one is set as words, or it would take the width of all others.
const LONGEST_SHORT: usize = 24;

/// How much of the width a column of words asks for: as much as its cells are long, within reason.
fn share(table: &Table, column: usize) -> usize {
    let cells: usize = table.rows().iter().map(|row| length(&row[column])).sum();
    let average = cells.checked_div(table.rows().len()).unwrap_or(0);
    average.max(table.columns()[column].heading.chars().count()).clamp(12, 48)
}

fn length(text: &Prose) -> usize {
    text.parts().iter().map(|part| part.words().chars().count()).sum()
}

fn all(texts: &[Prose], c: &mut Characters, room: Room) -> Vec<Value> {
    texts.iter().map(|text| prose(text, c, room)).collect()
}

fn prose(text: &Prose, c: &mut Characters, room: Room) -> Value {
    let parts = text.parts().iter().map(|part| {
        let lines = c.lines(part.words(), room);
        match part {
            Inline::Text(_) => json!({ "kind": "text", "lines": lines }),
            Inline::Emphasis(_) => json!({ "kind": "emphasis", "lines": lines }),
            Inline::Strong(_) => json!({ "kind": "strong", "lines": lines }),
            Inline::Link { address, .. } => json!({ "kind": "link", "lines": lines, "address": address.as_str() }),
        }
    });
    parts.collect()
}
