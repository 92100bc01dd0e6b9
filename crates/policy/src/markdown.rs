//! The little Markdown that clauses and people's own texts are written in: paragraphs, bullets, numbers, headings within a clause
//! (`###`), tables, links, emphasis. Everything else, HTML included, is read as the words that it is made of.

use documents::{Address, Block, Column, List, ListKind, Prose, Table};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A heading within the clause.
    Heading(String),
    /// What stands below.
    Block(Block),
}

/// A text's pieces, in order.
pub fn read(text: &str) -> Vec<Piece> {
    let mut reader = Reader::default();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        reader.take(event);
    }
    reader.pieces
}

/// Plain words as Markdown that says just that: what a person typed in a field of one line.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '+' | '|' | '~' | '&' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    // At the beginning of a line these would make a list.
    if out.starts_with(['-', '=']) {
        out.insert(0, '\\');
    } else if let Some(digits) = out.find(|c: char| !c.is_ascii_digit()).filter(|at| *at > 0)
        && out[digits..].starts_with(['.', ')'])
    {
        out.insert(digits, '\\');
    }
    out
}

/// A table as Markdown. Cells are Markdown of one line.
pub fn table(headings: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let headings: Vec<String> = headings.iter().map(|heading| escape(heading)).collect();
    let mut out = line(&headings);
    out.push_str(&format!("|{}\n", " --- |".repeat(headings.len())));
    rows.iter().for_each(|row| out.push_str(&line(row)));
    out
}

/// A list without order as Markdown. Items are Markdown of one line.
pub fn bullets<T: AsRef<str>>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|item| format!("- {}\n", item.as_ref())).collect()
}

#[derive(Default)]
struct Reader {
    pieces: Vec<Piece>,
    prose: Prose,
    /// Words gathered for an inline that has not ended.
    inline: Option<(Inline, String)>,
    lists: Vec<List>,
    table: Option<(Vec<Prose>, Vec<Vec<Prose>>, bool)>,
    row: Vec<Prose>,
}

enum Inline {
    Emphasis,
    Strong,
    Link(String),
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => self.say(&text),
            Event::SoftBreak => self.say(" "),
            Event::HardBreak => self.say("\n"),
            _ => {}
        }
    }

    fn say(&mut self, words: &str) {
        match &mut self.inline {
            Some((_, text)) => text.push_str(words),
            None => self.prose = std::mem::take(&mut self.prose).text(words),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.inline = self.inline.take().or(Some((Inline::Emphasis, String::new()))),
            Tag::Strong => self.inline = self.inline.take().or(Some((Inline::Strong, String::new()))),
            Tag::Link { dest_url, .. } => {
                self.end_inline();
                self.inline = Some((Inline::Link(dest_url.into_string()), String::new()));
            }
            Tag::List(first) => {
                self.end_item();
                let kind = if first.is_some() { ListKind::Numbers } else { ListKind::Bullets };
                self.lists.push(List { kind, items: Vec::new() });
            }
            Tag::Table(_) => self.table = Some((Vec::new(), Vec::new(), false)),
            Tag::TableHead => {
                if let Some((_, _, in_head)) = &mut self.table {
                    *in_head = true;
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link => self.end_inline(),
            TagEnd::Paragraph if self.lists.is_empty() => {
                let prose = std::mem::take(&mut self.prose);
                self.push(Block::Paragraph(prose));
            }
            // A list item may have several paragraphs: they run on.
            TagEnd::Paragraph => self.say("\n"),
            TagEnd::Heading(level) => {
                let prose = std::mem::take(&mut self.prose);
                let words: String = prose.parts().iter().map(documents::Inline::words).collect();
                match level {
                    HeadingLevel::H1 | HeadingLevel::H2 | HeadingLevel::H3 => self.pieces.push(Piece::Heading(words)),
                    _ => self.push(Block::Paragraph(Prose::new().strong(words))),
                }
            }
            TagEnd::Item => self.end_item(),
            TagEnd::List(_) => {
                if let Some(list) = self.lists.pop() {
                    match self.lists.last_mut() {
                        // Lists within lists are read as one: no policy needs more, and it reads well aloud.
                        Some(outer) => outer.items.extend(list.items),
                        None if !list.items.is_empty() => self.pieces.push(Piece::Block(Block::List(list))),
                        None => {}
                    }
                }
            }
            TagEnd::TableCell => {
                let prose = std::mem::take(&mut self.prose);
                self.row.push(prose);
            }
            TagEnd::TableHead => {
                let row = std::mem::take(&mut self.row);
                if let Some((head, _, in_head)) = &mut self.table {
                    (*head, *in_head) = (row, false);
                }
            }
            TagEnd::TableRow => {
                let row = std::mem::take(&mut self.row);
                if let Some((_, rows, _)) = &mut self.table {
                    rows.push(row);
                }
            }
            TagEnd::Table => {
                if let Some((head, rows, _)) = self.table.take().filter(|(head, ..)| !head.is_empty()) {
                    let words = |prose: &Prose| prose.parts().iter().map(documents::Inline::words).collect::<String>();
                    let mut table =
                        Table::new(head.iter().map(|prose| Column::words(words(prose)))).with_header_column();
                    for mut row in rows {
                        row.resize(head.len(), Prose::new());
                        table.row(row);
                    }
                    self.push(Block::Table(table));
                }
            }
            _ => {}
        }
    }

    fn end_inline(&mut self) {
        let Some((inline, words)) = self.inline.take() else { return };
        let prose = std::mem::take(&mut self.prose);
        self.prose = match inline {
            Inline::Emphasis => prose.emphasis(words),
            Inline::Strong => prose.strong(words),
            Inline::Link(address) => match Address::parse(&address) {
                Some(address) => prose.link(words, address),
                None => prose.text(words),
            },
        };
    }

    fn end_item(&mut self) {
        let prose = std::mem::take(&mut self.prose);
        match self.lists.last_mut() {
            Some(list) if !prose.is_blank() => list.items.push(prose),
            _ => self.prose = prose,
        }
    }

    fn push(&mut self, block: Block) {
        let blank = matches!(&block, Block::Paragraph(prose) if prose.is_blank());
        if !blank {
            self.pieces.push(Piece::Block(block));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_paragraphs_lists_tables_and_headings() {
        let pieces = read("One *two*.\n\n- a\n- b\n\n### Head\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n");
        assert_eq!(pieces.len(), 4, "{pieces:?}");
        assert_eq!(pieces[1], Piece::Block(Block::bullets(["a", "b"])));
        assert_eq!(pieces[2], Piece::Heading("Head".into()));
    }

    #[test]
    fn what_a_person_typed_says_just_that() {
        for typed in ["- no list", "1. not a number", "a * b * c", "<b>x</b>", "{careers-leader}", "| a |", "AT&amp;T"]
        {
            let words: String = match read(&escape(typed)).as_slice() {
                [Piece::Block(Block::Paragraph(prose))] => prose.parts().iter().map(|part| part.words()).collect(),
                other => panic!("{typed}: {other:?}"),
            };
            assert_eq!(words, typed);
        }
    }
}
