use super::fonts;

/// Stands for a character that no typeface of ours has. Noto Sans has this one.
pub(super) const UNKNOWN: char = '\u{fffd}';

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    /// Across the page: an address stays whole, so that it can be copied.
    Line,
    /// Into a cell of a table or a heading, which has room for few letters.
    Cell,
}

impl Room {
    /// As many characters without a place to break are too wide. Hardly any word of English is as long.
    fn longest_run(self) -> usize {
        match self {
            Self::Line => 60,
            Self::Cell => 24,
        }
    }

    /// Longer addresses and codes may break where one part of them ends.
    fn longest_code(self) -> usize {
        match self {
            Self::Line => usize::MAX,
            Self::Cell => 16,
        }
    }
}

/// Makes text fit for a page: what has no shape is replaced, what is not a character is dropped.
#[derive(Default)]
pub(super) struct Characters {
    /// How many characters were replaced so far.
    pub(super) replaced: usize,
}

impl Characters {
    /// The lines of `text`, fit for a page.
    pub(super) fn lines(&mut self, text: &str, room: Room) -> Vec<String> {
        text.lines().map(|line| self.line(line, room)).collect()
    }

    /// `text` on one line, fit for a page.
    pub(super) fn line(&mut self, text: &str, room: Room) -> String {
        let mut fit = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                c if c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}' => fit.push(' '),
                c if is_invisible(c) => {}
                c if is_simple(c) && fonts::can_show(c) => fit.push(c),
                _ => {
                    self.replaced += 1;
                    fit.push(UNKNOWN);
                }
            }
        }
        fit.split(' ').map(|word| breakable(word, room)).collect::<Vec<_>>().join(" ")
    }
}

/// The word with places where a line may end, if it is too long to do without.
fn breakable(word: &str, room: Room) -> String {
    let length = word.chars().count();
    let mut broken = String::with_capacity(word.len());
    let mut run = 0;
    for (index, c) in word.chars().enumerate() {
        broken.push(c);
        run += 1;
        let part_ends = length > room.longest_code() && run > 3 && "@._/:-+=&?".contains(c);
        // No line for the last few characters alone.
        if index + 4 < length && (part_ends || run == room.longest_run()) {
            broken.push('\u{200b}');
            run = 0;
        }
    }
    broken
}

/// Controls, marks of direction and joiners: they have no shape, and PDF/UA forbids some of them.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Scripts whose letters stand side by side. Of the others, a compliant PDF cannot be promised.
fn is_simple(c: char) -> bool {
    !matches!(c, '\u{590}'..='\u{10ff}' | '\u{1780}'..='\u{1cff}' | '\u{a800}'..='\u{abff}' | '\u{e000}'..='\u{f8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{ffff}' | '\u{f0000}'..)
}
