//! What a document says, piece by piece, to be looked through and to be compared.

use documents::{Block, Document, Inline, Prose, Section, Table};

/// A piece of what is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said {
    /// A heading, a paragraph, an item of a list.
    Text(String),
    /// A term and its value.
    Pair { of: String, is: String },
    /// A cell, with the headings of its row and of its column. Its row is a text too.
    Cell { of: String, is: String },
}

impl Said {
    /// As a line that people read.
    pub(crate) fn line(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Pair { of, is } | Self::Cell { of, is } if of.is_empty() => is.clone(),
            Self::Pair { of, is } | Self::Cell { of, is } => format!("{of}: {is}"),
        }
    }
}

/// Everything that a document says, in its order, with what travels in its metadata and what its pictures have as text; not its day.
pub(crate) fn pieces(document: &Document) -> Vec<Said> {
    let mut said = Vec::new();
    let metadata = [Some(&document.title), document.description.as_ref(), document.issued_by.as_ref()];
    said.extend(metadata.into_iter().flatten().map(|text| Said::Text(tidy(text))));
    said.extend(document.about.as_ref().map(|about| Said::Text(words(about))));
    blocks(&mut said, &document.opening);
    document.sections.iter().for_each(|section| self::section(&mut said, section));
    said.retain(|piece| !piece.line().is_empty());
    said
}

/// The lines that people read, each once in its order.
pub(crate) fn lines(document: &Document) -> Vec<String> {
    pieces(document).iter().filter(|piece| !matches!(piece, Said::Cell { .. })).map(Said::line).collect()
}

fn section(said: &mut Vec<Said>, section: &Section) {
    said.push(Said::Text(tidy(&section.heading)));
    blocks(said, &section.blocks);
    section.sections.iter().for_each(|one| self::section(said, one));
}

fn blocks(said: &mut Vec<Said>, blocks: &[Block]) {
    for block in blocks {
        match block {
            Block::Paragraph(text) => said.push(Said::Text(words(text))),
            Block::List(list) => said.extend(list.items.iter().map(|item| Said::Text(words(item)))),
            Block::Terms(terms) => {
                said.extend(terms.iter().map(|term| Said::Pair { of: tidy(&term.term), is: words(&term.value) }));
            }
            Block::Note(note) => said.extend(note.paragraphs.iter().map(|text| Said::Text(words(text)))),
            Block::Figure(figure) => {
                said.push(Said::Text(tidy(&figure.description)));
                // Its text lies between tags; what it says in words of the picture itself is said there too.
                said.push(Said::Text(tidy(&without_tags(&figure.svg))));
            }
            Block::Table(table) => self::table(said, table),
        }
    }
}

fn table(said: &mut Vec<Said>, table: &Table) {
    said.extend(table.caption.as_ref().map(|caption| Said::Text(words(caption))));
    said.extend(table.columns().iter().map(|column| Said::Text(tidy(&column.heading))));
    for row in table.rows() {
        let cells: Vec<String> = row.iter().map(words).collect();
        // The whole row as well: a name may stand in two cells.
        said.push(Said::Text(cells.join(" | ")));
        for (cell, column) in cells.iter().zip(table.columns()).skip(1) {
            let of = format!("{}, {}", cells[0], tidy(&column.heading));
            said.push(Said::Cell { of, is: cell.clone() });
        }
    }
}

fn words(prose: &Prose) -> String {
    let mut text = String::new();
    for part in prose.parts() {
        text.push_str(part.words());
        if let Inline::Link { address, .. } = part
            && address.as_str() != part.words()
        {
            text.push_str(&format!(" ({})", address.as_str()));
        }
    }
    tidy(&text)
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_tags(svg: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for letter in svg.chars() {
        match letter {
            '<' => is_tag = true,
            '>' => {
                is_tag = false;
                text.push(' ');
            }
            _ if !is_tag => text.push(letter),
            _ => {}
        }
    }
    ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"]
        .into_iter()
        .zip(["&", "<", ">", "\"", "'"])
        .fold(text, |text, (is, means)| text.replace(is, means))
}

#[cfg(test)]
mod tests {
    use documents::{Column, Figure};

    use super::*;

    #[test]
    fn every_part_of_a_document_is_said() {
        let mut table = Table::new([Column::words("Where to"), Column::figures("Leavers")]);
        table.row(["College".into(), "30".into()]);
        let figure = Figure {
            svg: "<svg><title>A &amp; B</title><text>In it</text></svg>".into(),
            width: 1,
            height: 1,
            description: "A picture".into(),
        };
        let document = Document::new("Title", jiff::civil::date(2026, 11, 23)).described("Description").section(
            Section::new("Heading")
                .paragraph("Words")
                .table(table)
                .block(Block::terms([("Term", "Value")]))
                .block(Block::Figure(figure)),
        );
        let lines: Vec<_> = pieces(&document).iter().map(Said::line).collect();
        assert_eq!(
            lines,
            [
                "Title",
                "Description",
                "Heading",
                "Words",
                "Where to",
                "Leavers",
                "College | 30",
                "College, Leavers: 30",
                "Term: Value",
                "A picture",
                "A & B In it"
            ]
        );
    }
}
