//! How two texts differ, word by word: what a newer edition changes in a clause, what one version of a paper says otherwise than another.

use std::ops::Range;

use documents::{Block, Inline, Prose};
use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};

use crate::markdown::{self, Piece};

/// Beyond so many words the old text is shown as gone and the new one as added: comparing would take longer than reading.
const MOST_WORDS: usize = 8_000;

/// A line of a comparison: a paragraph, a heading, a point of a list or a row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is, in the newer text if it is in both.
    pub kind: LineKind,
    /// Its words in reading order; what was removed stands before what was added in its place.
    pub spans: Vec<Span>,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineKind {
    /// A paragraph.
    Paragraph,
    /// A heading within a clause.
    Heading,
    /// A point of a list.
    Point,
    /// A row of a table.
    Row,
}

/// Words in a row to which the same happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// What happened to them.
    pub change: Change,
    /// The words, with single spaces between them and none around them.
    pub words: String,
}

/// What happened to words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// They are in both texts.
    Same,
    /// Only the earlier text has them.
    Removed,
    /// Only the later one has them.
    Added,
}

/// A word, or the beginning of a line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Token {
    Begins(LineKind),
    Word(String),
}

/// Compares two texts in the Markdown of clauses. The lines together hold every word of both.
pub fn lines(before: &str, after: &str) -> Vec<Line> {
    let (old, new) = (tokens(before), tokens(after));
    let mut lines = Lines::default();
    for (change, tokens) in changes(&old, &new) {
        tokens.iter().for_each(|token| lines.take(change, token));
    }
    lines.done.retain(|line| !line.spans.is_empty());
    lines.done
}

/// Whether anything was changed in these lines.
pub fn is_same(lines: &[Line]) -> bool {
    lines.iter().flat_map(|line| &line.spans).all(|span| span.change == Change::Same)
}

fn changes<'a>(old: &'a [Token], new: &'a [Token]) -> Vec<(Change, &'a [Token])> {
    if old.len().max(new.len()) > MOST_WORDS && old != new {
        return vec![(Change::Removed, old), (Change::Added, new)];
    }
    let ops = capture_diff_slices(Algorithm::Myers, old, new);
    let mut changes: Vec<(Change, &[Token])> = Vec::new();
    let (mut removed, mut added) = (0..0, 0..0);
    for (at, op) in ops.iter().enumerate() {
        if op.tag() == DiffTag::Equal && !is_lost_between(&ops, at, old, new) {
            flush(&mut changes, &old[take(&mut removed)], &new[take(&mut added)]);
            changes.push((Change::Same, &new[op.new_range()]));
        } else {
            join(&mut removed, op.old_range());
            join(&mut added, op.new_range());
        }
    }
    flush(&mut changes, &old[removed], &new[added]);
    changes
}

/// One short word that stayed within a sentence that was rewritten around it makes the change harder to read than it helps.
fn is_lost_between(ops: &[DiffOp], at: usize, old: &[Token], new: &[Token]) -> bool {
    let words = |tokens: &[Token]| tokens.iter().all(|token| matches!(token, Token::Word(_)));
    let is_rewritten = |op: Option<&DiffOp>| {
        op.is_some_and(|op| op.tag() == DiffTag::Replace && words(&old[op.old_range()]) && words(&new[op.new_range()]))
    };
    matches!(&old[ops[at].old_range()], [Token::Word(word)] if word.chars().count() <= 4)
        && is_rewritten(at.checked_sub(1).and_then(|before| ops.get(before)))
        && is_rewritten(ops.get(at + 1))
}

/// Lengthens a range by what follows it. Where nothing follows, an operation does not say truly where that is.
fn join(range: &mut Range<usize>, more: Range<usize>) {
    if range.start == range.end {
        *range = more;
    } else if more.start < more.end {
        range.end = more.end;
    }
}

fn take(range: &mut Range<usize>) -> Range<usize> {
    std::mem::replace(range, 0..0)
}

fn flush<'a>(changes: &mut Vec<(Change, &'a [Token])>, removed: &'a [Token], added: &'a [Token]) {
    changes.push((Change::Removed, removed));
    changes.push((Change::Added, added));
}

#[derive(Default)]
struct Lines {
    done: Vec<Line>,
}

impl Lines {
    fn take(&mut self, change: Change, token: &Token) {
        match token {
            Token::Begins(kind) => self.done.push(Line { kind: *kind, spans: Vec::new() }),
            Token::Word(word) => {
                let Some(line) = self.done.last_mut() else { return };
                match line.spans.last_mut().filter(|span| span.change == change) {
                    Some(span) => {
                        span.words.push(' ');
                        span.words.push_str(word);
                    }
                    None => line.spans.push(Span { change, words: word.clone() }),
                }
            }
        }
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    for piece in markdown::read(text) {
        match piece {
            Piece::Heading(words) => line(&mut tokens, LineKind::Heading, &words),
            Piece::Block(Block::Paragraph(prose)) => line(&mut tokens, LineKind::Paragraph, &plain(&prose)),
            Piece::Block(Block::List(list)) => {
                list.items.iter().for_each(|item| line(&mut tokens, LineKind::Point, &plain(item)));
            }
            Piece::Block(Block::Table(table)) => {
                let headings: Vec<&str> = table.columns().iter().map(|column| column.heading.as_str()).collect();
                line(&mut tokens, LineKind::Row, &headings.join(" | "));
                for row in table.rows() {
                    let cells: Vec<String> = row.iter().map(plain).collect();
                    line(&mut tokens, LineKind::Row, &cells.join(" | "));
                }
            }
            Piece::Block(_) => {}
        }
    }
    tokens
}

fn line(tokens: &mut Vec<Token>, kind: LineKind, words: &str) {
    tokens.push(Token::Begins(kind));
    tokens.extend(words.split_whitespace().map(|word| Token::Word(word.to_owned())));
}

/// Running text as words; where a link leads is said, because that may be all that changed.
fn plain(prose: &Prose) -> String {
    let said = |part: &Inline| match part {
        Inline::Text(text) | Inline::Emphasis(text) | Inline::Strong(text) => text.clone(),
        Inline::Link { text, address } if address.as_str().ends_with(text.as_str()) => text.clone(),
        Inline::Link { text, address } => format!("{text} ({})", address.as_str()),
    };
    prose.parts().iter().map(said).collect()
}
