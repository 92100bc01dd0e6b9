use documents::{Block, Inline, ListKind, Prose};

use super::Piece;

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
    // At the beginning of a line these would make a list, also after spaces.
    let begin = out.len() - out.trim_start().len();
    if out[begin..].starts_with(['-', '=', ':']) {
        out.insert(begin, '\\');
    } else if let Some(digits) = out[begin..].find(|c: char| !c.is_ascii_digit()).filter(|at| *at > 0)
        && out[begin + digits..].starts_with(['.', ')'])
    {
        out.insert(begin + digits, '\\');
    }
    out
}

/// Pieces as Markdown that is read as the same pieces.
pub fn write(pieces: &[Piece]) -> String {
    let mut out = String::new();
    let mut is_after_list = false;
    for piece in pieces {
        if !out.is_empty() {
            out.push('\n');
        }
        // A list right below another goes on with it, unless its marks are others.
        is_after_list = !is_after_list && matches!(piece, Piece::Block(Block::List(_)));
        match piece {
            Piece::Heading(words) => out.push_str(&format!("### {}\n", escape(words))),
            Piece::Block(Block::Paragraph(prose)) => out.push_str(&format!("{}\n", lines(prose, ""))),
            Piece::Block(Block::List(list)) => {
                for (at, item) in list.items.iter().enumerate() {
                    let begin = match list.kind {
                        ListKind::Bullets => if is_after_list { "- " } else { "* " }.to_owned(),
                        ListKind::Numbers => format!("{}{} ", at + 1, if is_after_list { '.' } else { ')' }),
                    };
                    let indent = " ".repeat(begin.len());
                    out.push_str(&format!("{begin}{}\n", lines(item, &indent)));
                }
            }
            Piece::Block(Block::Table(table)) => {
                let headings: Vec<_> = table.columns().iter().map(|column| column.heading.as_str()).collect();
                let rows: Vec<Vec<String>> = table.rows().iter().map(|row| row.iter().map(line).collect()).collect();
                out.push_str(&super::table(&headings, &rows));
            }
            Piece::Block(_) => {}
        }
    }
    out
}

/// Prose on one line.
pub(super) fn line(prose: &Prose) -> String {
    lines(prose, "").replace("\\\n", " ").replace('\n', " ")
}

/// Prose with its line breaks, every line after the first indented.
fn lines(prose: &Prose, indent: &str) -> String {
    let mut out = String::new();
    // Two marks side by side would run into one.
    let mut after_mark = false;
    for part in prose.parts() {
        let is_markable =
            part.words().starts_with(char::is_alphanumeric) && part.words().ends_with(char::is_alphanumeric);
        let words = escape_lines(part.words(), out.is_empty() || out.ends_with('\n'), indent);
        let mark = match part {
            Inline::Emphasis(_) if is_markable && !after_mark => "*",
            Inline::Strong(_) if is_markable && !after_mark => "**",
            _ => "",
        };
        match part {
            Inline::Link { address, .. } => {
                out.push_str(&format!("[{words}](<{}>)", address.as_str().replace('&', "\\&")));
            }
            _ => out.push_str(&format!("{mark}{words}{mark}")),
        }
        after_mark = !mark.is_empty();
    }
    out
}

fn escape_lines(words: &str, begins_line: bool, indent: &str) -> String {
    let mut out = String::new();
    for (at, line) in words.split('\n').enumerate() {
        if at > 0 {
            out.push_str("\\\n");
            out.push_str(indent);
        }
        let escaped = escape(line);
        // Within a line nothing but the marks has a meaning.
        out.push_str(if at > 0 || begins_line { escaped.trim_start() } else { &escaped });
    }
    out
}
