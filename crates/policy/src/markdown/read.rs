use std::ops::Range;

use documents::{Block, Column, Inline, List, ListKind, Prose, Table};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::{Piece, words::Words};

/// A text's pieces, in order. No word of it is lost, whatever it is: what this Markdown does not know is read as its words.
pub fn read(text: &str) -> Vec<Piece> {
    // A definition of a link would vanish from the page, and nobody who writes “[1]: see the office” means one.
    let text = text.replace("]:", "]\\:");
    let mut reader =
        Reader { source: &text, pieces: Vec::new(), words: Words::default(), lists: Vec::new(), table: None };
    for (event, range) in Parser::new_ext(&text, Options::ENABLE_TABLES).into_offset_iter() {
        reader.take(event, range);
    }
    reader.end_block();
    reader.pieces
}

struct Reader<'a> {
    source: &'a str,
    pieces: Vec<Piece>,
    words: Words,
    lists: Vec<OpenList>,
    table: Option<OpenTable>,
}

/// A list that has not ended. One within another is read as lines of the item that holds it: a document's lists have one level.
struct OpenList {
    /// The number of the item that comes next, in a list with numbers.
    next: Option<u64>,
    /// Whether its numbers are those that a list shows by itself.
    counts_from_one: bool,
    items: Vec<Prose>,
}

#[derive(Default)]
struct OpenTable {
    head: Vec<Prose>,
    rows: Vec<Vec<Prose>>,
    row: Vec<Prose>,
    /// Where the last cell ended.
    cell_end: usize,
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.words.say(&text)
            }
            Event::SoftBreak => self.words.say(" "),
            Event::HardBreak => self.words.say("\n"),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.words.emphasis += 1,
            Tag::Strong => self.words.strong += 1,
            Tag::Link { dest_url, link_type, title, .. } => match link_type {
                LinkType::Email => self.words.start_link(&format!("mailto:{dest_url}"), &title, true),
                _ => self.words.start_link(&dest_url, &title, link_type == LinkType::Autolink),
            },
            Tag::Image { dest_url, title, .. } => self.words.start_picture(&dest_url, &title),
            Tag::CodeBlock(kind) => {
                self.end_block();
                if let CodeBlockKind::Fenced(info) = kind {
                    self.words.say(&info);
                    self.words.break_line();
                }
            }
            Tag::Paragraph | Tag::HtmlBlock => self.end_block(),
            Tag::Heading { .. } => self.leave_lists(),
            Tag::List(first) => {
                self.end_block();
                self.lists.push(OpenList { next: first, counts_from_one: first == Some(1), items: Vec::new() });
            }
            Tag::Item => self.start_item(),
            Tag::Table(_) => {
                self.leave_lists();
                self.table = Some(OpenTable::default());
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Emphasis => self.words.emphasis = self.words.emphasis.saturating_sub(1),
            TagEnd::Strong => self.words.strong = self.words.strong.saturating_sub(1),
            TagEnd::Link | TagEnd::Image => self.words.end_link(),
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock => self.end_block(),
            TagEnd::Heading(level) => {
                let heading = said(&self.words.take()).replace('\n', " ");
                match level {
                    _ if heading.is_empty() => {}
                    HeadingLevel::H1 | HeadingLevel::H2 | HeadingLevel::H3 => self.pieces.push(Piece::Heading(heading)),
                    _ => self.pieces.push(Piece::Block(Block::Paragraph(Prose::new().strong(heading)))),
                }
            }
            TagEnd::Item => self.end_item(),
            TagEnd::List(_) => {
                if self.lists.len() == 1 {
                    self.leave_lists();
                }
                self.lists.pop();
            }
            TagEnd::TableCell => {
                let cell = self.words.take();
                if let Some(table) = &mut self.table {
                    table.row.push(cell);
                    table.cell_end = range.end;
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => self.end_row(tag == TagEnd::TableHead, range.end),
            TagEnd::Table => self.end_table(),
            _ => {}
        }
    }

    /// Ends a paragraph; within a list, its line.
    fn end_block(&mut self) {
        if self.lists.is_empty() {
            let prose = self.words.take();
            if !prose.is_blank() {
                self.pieces.push(Piece::Block(Block::Paragraph(prose)));
            }
        } else {
            self.words.break_line();
        }
    }

    fn start_item(&mut self) {
        let is_within = self.lists.len() > 1;
        let Some(list) = self.lists.last_mut() else { return };
        let number = list.next;
        list.next = number.map(|number| number.saturating_add(1));
        match number {
            Some(number) if is_within || !list.counts_from_one => self.words.say(&format!("{number}. ")),
            None if is_within => self.words.say("– "),
            _ => {}
        }
    }

    fn end_item(&mut self) {
        if self.lists.len() > 1 {
            self.words.break_line();
        } else if let Some(list) = self.lists.last_mut() {
            let item = self.words.take();
            if !item.is_blank() {
                list.items.push(item);
            }
        }
    }

    /// Puts down what the open lists hold so far; what still belongs to them goes on below.
    fn leave_lists(&mut self) {
        let prose = self.words.take();
        let Some(list) = self.lists.first_mut() else {
            if !prose.is_blank() {
                self.pieces.push(Piece::Block(Block::Paragraph(prose)));
            }
            return;
        };
        let mut items = std::mem::take(&mut list.items);
        if !prose.is_blank() {
            items.push(prose);
        }
        if items.is_empty() {
            return;
        }
        match (list.next, list.counts_from_one) {
            (None, _) => self.pieces.push(Piece::Block(Block::List(List { kind: ListKind::Bullets, items }))),
            (Some(_), true) => self.pieces.push(Piece::Block(Block::List(List { kind: ListKind::Numbers, items }))),
            // The numbers are among the words: a list would show others.
            (Some(_), false) => self.pieces.extend(items.into_iter().map(|item| Piece::Block(Block::Paragraph(item)))),
        }
        list.counts_from_one = false;
    }

    fn end_row(&mut self, is_head: bool, end: usize) {
        let Some(table) = &mut self.table else { return };
        let mut row = std::mem::take(&mut table.row);
        // A row with more cells than the table has columns: their words go on in the last cell.
        let beyond = self.source.get(table.cell_end..end).unwrap_or_default().replace(['|', '\\'], " ");
        if let (Some(last), true) = (row.last_mut(), beyond.chars().any(|c| !c.is_whitespace())) {
            *last = std::mem::take(last).text(format!(" {}", beyond.trim()));
        }
        if is_head {
            table.head = row;
        } else {
            table.rows.push(row);
        }
    }

    fn end_table(&mut self) {
        let Some(open) = self.table.take().filter(|table| !table.head.is_empty()) else { return };
        let columns = open.head.iter().map(|prose| Column::words(said(prose)));
        let mut table = Table::new(columns).with_header_column();
        for mut row in open.rows {
            row.resize(open.head.len(), Prose::new());
            table.row(row);
        }
        self.pieces.push(Piece::Block(Block::Table(table)));
    }
}

fn said(prose: &Prose) -> String {
    prose.parts().iter().map(Inline::words).collect()
}
