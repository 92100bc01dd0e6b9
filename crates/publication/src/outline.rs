//! A page as lines under headings.

use exchange::passage::{Passage, PassageKind};

use crate::{Page, contact, sentence::Words};

/// A line of a page: a heading, a paragraph, an item, or the row of a table.
#[derive(Debug)]
pub(crate) struct Line {
    /// As it stands, with the addresses that its links lead mail and calls to.
    pub(crate) text: String,
    pub(crate) words: Words,
    /// The level of a heading.
    pub(crate) heading: Option<u8>,
    /// The cells of a row, by column; empty otherwise.
    pub(crate) cells: Vec<(u32, String)>,
    /// The number of the table that the row is in, and of the row.
    pub(crate) row: Option<(usize, u32)>,
    /// Where in [`Outline::sections`] it belongs.
    pub(crate) section: usize,
    /// Whether it is an item of a list.
    is_item: bool,
    /// Whether it only says what will be there some day, or what ought to be.
    pub(crate) is_promise: bool,
}

/// A line that says so is a promise.
const PROMISES: [&str; 13] = [
    "coming soon",
    "under construction",
    "watch this space",
    "will be published here",
    "will be published shortly",
    "will be published soon",
    "will be added",
    "in due course",
    "being written",
    "being rewritten",
    "being updated",
    "being developed",
    "to be confirmed",
];
/// The list after a line that says so and ends in a colon is one.
const LISTED: [&str; 16] = [
    "will contain",
    "will include",
    "will publish",
    "will be publishing",
    "must publish",
    "must contain",
    "must include",
    "required to publish",
    "should publish",
    "should have",
    "should show",
    "should contain",
    "should include",
    "must have",
    "have to publish",
    "expected to publish",
];

/// What stands under one heading.
#[derive(Debug, Default)]
pub(crate) struct Section {
    /// The words of its heading and of those above it, but for the page's title.
    pub(crate) path: Vec<Words>,
}

impl Section {
    /// Whether a heading above says one of these.
    pub(crate) fn says(&self, phrases: &[&str]) -> bool {
        self.path.iter().any(|heading| heading.has_any(phrases))
    }
}

/// A page made ready for reading.
#[derive(Debug)]
pub(crate) struct Outline<'p> {
    pub(crate) page: &'p Page,
    pub(crate) lines: Vec<Line>,
    pub(crate) sections: Vec<Section>,
    /// Title and first heading.
    pub(crate) title: Words,
    /// Addresses and words of links.
    pub(crate) links: Vec<(String, String)>,
}

/// A cell with more than this is a page laid out as a table.
const LONG: usize = 400;

impl<'p> Outline<'p> {
    pub(crate) fn of(page: &'p Page) -> Self {
        let mut build = Build { lines: Vec::new(), cells: Vec::new(), row: None, tables: 0, links: Vec::new() };
        let mut title = String::new();
        let mut headed = false;
        for passage in &page.passages {
            match &passage.kind {
                PassageKind::Title => {
                    title.push_str(&passage.text);
                    title.push_str(" | ");
                }
                PassageKind::Heading(1) if !headed => {
                    headed = true;
                    title.push_str(&passage.text);
                    build.line(&passage.text, Some(1));
                }
                _ => build.take(passage),
            }
        }
        build.end_row();
        let mut outline = Self {
            page,
            lines: build.lines,
            sections: vec![Section::default()],
            title: Words::of(&title),
            links: build.links,
        };
        outline.divide();
        outline.mark_promises();
        outline
    }

    fn mark_promises(&mut self) {
        let mut listing = false;
        for line in &mut self.lines {
            listing = (listing && line.is_item)
                || (line.text.trim_end().ends_with(':') && line.words.has_any(&LISTED) && !line.words.has("programme"));
            line.is_promise = listing || line.words.has_any(&PROMISES);
        }
    }

    /// Gives each line its section.
    fn divide(&mut self) {
        let mut above: Vec<(u8, Words)> = Vec::new();
        for line in &mut self.lines {
            if let Some(level) = line.heading {
                above.retain(|(higher, _)| *higher < level);
                above.push((level, line.words.clone()));
                self.sections.push(Section { path: above.iter().map(|(_, words)| words.clone()).collect() });
            }
            line.section = self.sections.len() - 1;
        }
    }

    /// The sections whose headings say one of these, each with its lines.
    pub(crate) fn lines_of(&self, section: usize) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.section == section)
    }

    pub(crate) fn section(&self, line: &Line) -> &Section {
        &self.sections[line.section]
    }
}

struct Build {
    lines: Vec<Line>,
    cells: Vec<(u32, String)>,
    row: Option<u32>,
    tables: usize,
    links: Vec<(String, String)>,
}

impl Build {
    fn take(&mut self, passage: &Passage) {
        match &passage.kind {
            PassageKind::Cell { row, column } => self.cell(*row, *column, &passage.text),
            PassageKind::Link { address } => self.link(address, &passage.text),
            kind => {
                if !self.cells.is_empty() && *kind != PassageKind::Picture {
                    self.end_row();
                    self.row = None;
                }
                let heading = if let PassageKind::Heading(level) = kind { Some(*level) } else { None };
                self.line(&passage.text, heading);
                if let Some(line) = self.lines.last_mut() {
                    line.is_item = *kind == PassageKind::Item;
                }
            }
        }
    }

    fn line(&mut self, text: &str, heading: Option<u8>) {
        self.lines.push(Line {
            text: contact::plain(text),
            words: Words::of(text),
            heading,
            cells: Vec::new(),
            row: None,
            section: 0,
            is_item: false,
            is_promise: false,
        });
    }

    fn cell(&mut self, row: u32, column: u32, text: &str) {
        if self.row != Some(row) {
            self.end_row();
            if self.row.is_none_or(|before| row < before) {
                self.tables += 1;
            }
            self.row = Some(row);
        }
        match self.cells.last_mut().filter(|(last, _)| *last == column) {
            Some((_, cell)) => {
                cell.push_str(", ");
                cell.push_str(text);
            }
            None => self.cells.push((column, text.to_owned())),
        }
    }

    fn end_row(&mut self) {
        let cells: Vec<(u32, String)> =
            std::mem::take(&mut self.cells).into_iter().map(|(column, text)| (column, contact::plain(&text))).collect();
        if cells.is_empty() {
            return;
        }
        if cells.len() == 1 || cells.iter().any(|(_, text)| text.len() > LONG) {
            for (_, text) in &cells {
                self.line(text, None);
            }
            return;
        }
        let text = cells.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" | ");
        self.line(&text, None);
        if let Some(line) = self.lines.last_mut() {
            line.cells = cells;
            line.row = Some((self.tables, self.row.unwrap_or(0)));
        }
    }

    /// Where a link leads mail and calls belongs to the line that it stands in.
    fn link(&mut self, address: &str, text: &str) {
        let lower = address.to_ascii_lowercase();
        let direct = lower.strip_prefix("mailto:").or_else(|| lower.strip_prefix("tel:"));
        let Some(direct) = direct else {
            self.links.push((address.to_owned(), text.to_owned()));
            return;
        };
        let direct = direct.split('?').next().unwrap_or_default().replace("%20", " ");
        let told = |line: &str| {
            let line = line.to_lowercase();
            line.contains(&direct)
                || contact::telephones(&line).iter().any(|number| number.text == contact::normal(&direct))
        };
        let added = format!(" ({direct})");
        if let Some((_, cell)) = self.cells.last_mut() {
            if !told(cell) {
                cell.push_str(&added);
            }
        } else if let Some(line) = self.lines.last_mut()
            && !told(&line.text)
        {
            line.text.push_str(&added);
        }
    }
}
