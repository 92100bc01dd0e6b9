//! Documents as plain text, 78 characters wide, for an e-mail, a terminal or a reader who prefers it.

use domain::date;

use crate::{
    Block, ColumnKind, Document, Inline, ListKind, Prose, Section, Table,
    document::{CONTENTS, LISTED_LEVELS, heading, said},
};

const WIDTH: usize = 78;

/// The document as plain text. Lines end in `\n`; words longer than a line are left whole.
pub fn write(document: &Document) -> String {
    let mut page = Page::default();
    if let Some(institution) = said(&document.issued_by) {
        page.lines(institution, "", "");
    }
    page.heading(heading(&document.title), '=');
    if let Some(about) = &document.about {
        page.lines(&plain(about), "", "");
    }
    page.lines(&date::long(document.dated_on), "", "");
    page.gap();
    page.blocks(&document.opening);
    if document.has_contents && !document.sections.is_empty() {
        page.text.push('\n');
        page.heading(CONTENTS, '-');
        page.gap();
        page.contents(&document.sections, 1);
        page.gap();
    }
    page.sections(&document.sections, 2);
    let mut text = page.text.trim_end().to_owned();
    text.push('\n');
    text
}

#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn sections(&mut self, sections: &[Section], level: usize) {
        for section in sections {
            if level == 2 && !self.text.is_empty() {
                self.text.push('\n');
            }
            self.heading(heading(&section.heading), if level == 2 { '-' } else { '.' });
            self.gap();
            self.blocks(&section.blocks);
            self.sections(&section.sections, level + 1);
        }
    }

    fn contents(&mut self, sections: &[Section], level: usize) {
        for section in sections {
            let indent = "  ".repeat(level - 1);
            self.lines(&line(heading(&section.heading)), &indent, &format!("{indent}    "));
            if level < LISTED_LEVELS {
                self.contents(&section.sections, level + 1);
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(text) => self.lines(&plain(text), "", ""),
                Block::List(list) => {
                    let number_width = list.items.len().to_string().len();
                    for (index, item) in list.items.iter().enumerate() {
                        let sign = match list.kind {
                            ListKind::Bullets => "- ".to_owned(),
                            ListKind::Numbers => format!("{:>number_width$}. ", index + 1),
                        };
                        self.lines(&plain(item), &sign, &" ".repeat(sign.len()));
                    }
                }
                Block::Table(table) => self.table(table),
                Block::Terms(terms) => {
                    for term in terms {
                        self.lines(&format!("{}: {}", line(&term.term), plain(&term.value)), "", "    ");
                    }
                }
                Block::Figure(figure) => self.lines(&format!("Picture: {}", line(&figure.description)), "", ""),
                Block::Note(note) => {
                    for (index, paragraph) in note.paragraphs.iter().enumerate() {
                        let word = if index == 0 { format!("{}: ", note.kind.word()) } else { String::new() };
                        self.lines(&format!("{word}{}", plain(paragraph)), "| ", "| ");
                    }
                }
            }
            self.gap();
        }
    }

    /// Side by side if that fits, otherwise one row after the other, each cell with the heading of its column.
    fn table(&mut self, table: &Table) {
        if let Some(caption) = &table.caption {
            self.lines(&plain(caption), "", "");
            self.gap();
        }
        if table.rows().is_empty() {
            return self.lines(Table::NOTHING, "", "");
        }
        let headings: Vec<String> = table.columns().iter().map(|column| line(&column.heading)).collect();
        let rows: Vec<Vec<String>> = table.rows().iter().map(|row| row.iter().map(plain).collect()).collect();
        let widths: Vec<usize> = (0..headings.len())
            .map(|column| rows.iter().map(|row| length(&row[column])).max().unwrap_or(0).max(length(&headings[column])))
            .collect();
        let is_flat = rows.iter().flatten().all(|cell| !cell.contains('\n'));
        if is_flat && widths.iter().sum::<usize>() + 2 * (widths.len() - 1) <= WIDTH {
            self.side_by_side(table, &headings, &widths);
            self.side_by_side(table, &widths.iter().map(|width| "-".repeat(*width)).collect::<Vec<_>>(), &widths);
            rows.iter().for_each(|row| self.side_by_side(table, row, &widths));
        } else {
            for (index, row) in rows.iter().enumerate() {
                if index > 0 {
                    self.gap();
                }
                for (heading, cell) in headings.iter().zip(row) {
                    self.lines(&format!("{heading}: {cell}"), "", "    ");
                }
            }
        }
    }

    fn side_by_side(&mut self, table: &Table, cells: &[String], widths: &[usize]) {
        let mut row = String::new();
        for ((cell, width), column) in cells.iter().zip(widths).zip(table.columns()) {
            let space = " ".repeat(width - length(cell));
            match column.kind {
                ColumnKind::Figures => row.extend([&space, cell.as_str(), "  "]),
                ColumnKind::Words | ColumnKind::Short => row.extend([cell, space.as_str(), "  "]),
            }
        }
        self.text.push_str(row.trim_end());
        self.text.push('\n');
    }

    fn heading(&mut self, text: &str, underline: char) {
        let start = self.text.len();
        self.lines(&line(text), "", "");
        let longest = self.text[start..].lines().map(length).max().unwrap_or(0);
        self.text.extend(std::iter::repeat_n(underline, longest));
        self.text.push('\n');
    }

    /// Breaks `text` into lines of at most [`WIDTH`] characters: the first begins with `first`, those after it with `rest`.
    fn lines(&mut self, text: &str, first: &str, rest: &str) {
        let mut start = first;
        for line in text.lines().chain(text.is_empty().then_some("")) {
            let mut row = start.to_owned();
            let mut is_empty = true;
            for word in line.split_whitespace() {
                if !is_empty && length(&row) + 1 + length(word) > WIDTH {
                    self.row(&row);
                    row = rest.to_owned();
                    is_empty = true;
                }
                if !is_empty {
                    row.push(' ');
                }
                row.push_str(word);
                is_empty = false;
            }
            self.row(&row);
            start = rest;
        }
    }

    fn row(&mut self, row: &str) {
        self.text.push_str(row.trim_end());
        self.text.push('\n');
    }

    /// One empty line, however often it is asked for.
    fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }
}

fn plain(text: &Prose) -> String {
    let mut plain = String::new();
    for part in text.parts() {
        plain.push_str(&visible(part.words()));
        if let Inline::Link { text, address } = part {
            let shown = address.as_str();
            if text != shown {
                plain.push_str(&format!(" ({})", shown.strip_prefix("mailto:").unwrap_or(shown)));
            }
        }
    }
    plain
}

fn line(text: &str) -> String {
    text.split_whitespace().map(visible).collect::<Vec<_>>().join(" ")
}

/// Without control characters, which a terminal might obey; line breaks stay.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|c| *c == '\n' || !c.is_control()).collect()
}

fn length(text: &str) -> usize {
    text.chars().count()
}
