//! Cells that a spreadsheet would run as a formula.
//!
//! A cell that starts with `=`, `+`, `-`, `@` (or their full-width forms), tab, line end or NUL is written with an apostrophe before it,
//! and so is one that starts with apostrophes followed by one of these. Reading our own files takes that one apostrophe away again, so
//! whatever was written comes back, apostrophes included.

use std::borrow::Cow;

/// What a spreadsheet may take for the start of a formula.
pub const STARTS: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];

/// The text as it is written to a cell.
pub fn neutralise(text: &str) -> Cow<'_, str> {
    if text.trim_start_matches('\'').starts_with(STARTS) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that was written by [`neutralise`].
pub fn restore(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(STARTS) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_neutralised_comes_back() {
        for text in ["=1+1", "'=1+1", "''@x", "-", "\n=1", "＝1+1", "O'Brien", "'Tis", "", "'", "+44", "a=b"] {
            let written = neutralise(text);
            assert!(!written.starts_with(STARTS), "{text}");
            assert_eq!(restore(&written), text);
        }
        assert_eq!(neutralise("'Tis"), "'Tis");
    }
}
