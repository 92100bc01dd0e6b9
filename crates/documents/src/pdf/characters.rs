use super::fonts;

/// Stands for a character that no typeface of ours has. Noto Sans has this one.
pub(super) const UNKNOWN: char = '\u{fffd}';

/// As many letters without a place to break are too wide for a narrow column.
const LONGEST_WORD: usize = 24;

/// Makes text fit for a page: what has no shape is replaced, what is not a character is dropped.
#[derive(Default)]
pub(super) struct Characters {
    /// How many characters were replaced so far.
    pub(super) replaced: usize,
}

impl Characters {
    /// The lines of `text`, fit for a page.
    pub(super) fn lines(&mut self, text: &str) -> Vec<String> {
        text.lines().map(|line| self.line(line)).collect()
    }

    /// `text` on one line, fit for a page.
    pub(super) fn line(&mut self, text: &str) -> String {
        let mut fit = String::with_capacity(text.len());
        let mut run = 0;
        for c in text.chars() {
            let c = match c {
                c if c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}' => ' ',
                c if is_invisible(c) => continue,
                c if is_simple(c) && fonts::can_show(c) => c,
                _ => {
                    self.replaced += 1;
                    UNKNOWN
                }
            };
            run = if c.is_alphanumeric() { run + 1 } else { 0 };
            if run > LONGEST_WORD {
                fit.push('\u{200b}');
                run = 1;
            }
            fit.push(c);
        }
        fit
    }
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
