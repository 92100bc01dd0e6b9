//! The attributes of a tag, counted before a page is parsed: the parser compares each with all before it, so that one tag of a megabyte
//! would take it an hour.

/// The states in which a tag is read, as the standard of HTML has them; those that differ in nothing here are one.
#[derive(Clone, Copy)]
enum State {
    /// In the name of the tag.
    Tag,
    /// Before the name of an attribute.
    Before,
    /// In the name of an attribute.
    Name,
    /// After it.
    After,
    /// After the sign of equality.
    Equals,
    /// In a value without quotes, with double ones, with single ones.
    Bare,
    Double,
    Single,
}

const STATES: [State; 8] =
    [State::Tag, State::Before, State::Name, State::After, State::Equals, State::Bare, State::Double, State::Single];

impl State {
    /// The state after a byte, and whether an attribute began with it; none after the end of the tag.
    const fn then(self, byte: u8) -> Option<(Self, bool)> {
        let space = matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0C);
        Some(match (self, byte) {
            (Self::Double, b'"') | (Self::Single, b'\'') => (Self::Before, false),
            (Self::Double | Self::Single, _) => (self, false),
            (_, b'>') => return None,
            (Self::Equals, b'"') => (Self::Double, false),
            (Self::Equals, b'\'') => (Self::Single, false),
            (Self::Equals, _) if space => (Self::Equals, false),
            (Self::Equals, _) => (Self::Bare, false),
            (Self::Bare, _) if space => (Self::Before, false),
            (Self::Bare, _) => (Self::Bare, false),
            (_, b'/') => (Self::Before, false),
            (Self::Name | Self::After, b'=') => (Self::Equals, false),
            (Self::Tag | Self::Before, _) if space => (Self::Before, false),
            (Self::Tag, _) => (Self::Tag, false),
            (Self::Before, _) => (Self::Name, true),
            (Self::Name | Self::After, _) if space => (Self::After, false),
            (Self::Name, _) => (Self::Name, false),
            (Self::After, _) => (Self::Name, true),
        })
    }
}

/// Whether some tag has more attributes than this. Where tags begin depends on scripts and comments, so every place that could begin
/// one is followed: as many at once as there are states, the fullest of each.
pub(super) fn have_more_attributes_than(most: usize, text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut open: [Option<usize>; STATES.len()] = [None; STATES.len()];
    let mut any = false;
    for (at, byte) in bytes.iter().enumerate() {
        if any {
            let mut next = [None; STATES.len()];
            for (state, count) in STATES.iter().zip(open) {
                if let (Some(count), Some((then, begins))) = (count, state.then(*byte)) {
                    let count = count + usize::from(begins);
                    if count > most {
                        return true;
                    }
                    let place = &mut next[then as usize];
                    *place = Some(place.map_or(count, |other: usize| other.max(count)));
                }
            }
            open = next;
            any = open.iter().any(Option::is_some);
        }
        // At the first letter of its name, after `<` or `</`.
        let before = |back: usize| at.checked_sub(back).and_then(|at| bytes.get(at));
        let opens = before(1) == Some(&b'<') || (before(1) == Some(&b'/') && before(2) == Some(&b'<'));
        if opens && byte.is_ascii_alphabetic() {
            open[State::Tag as usize].get_or_insert(0);
            any = true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn most(text: &str) -> usize {
        (0..).find(|most| !have_more_attributes_than(*most, text)).unwrap()
    }

    #[test]
    fn attributes_are_counted_as_the_parser_counts_them() {
        assert_eq!(most("<p>no attributes, only a < b = c d e f</p>"), 0);
        assert_eq!(most(r#"<a href="x y z" title='1 2 3' hidden data-x = bare>"#), 4);
        assert_eq!(most("<a/b/c=d/e>"), 2);
        assert_eq!(most("<a =\"b c d>"), 3);
        assert_eq!(most("</a b c>"), 2);
        // The parser takes none of this for a tag, or all of it: either way no attribute is hidden.
        assert_eq!(most("<!-- <a b=\"--><p a b c>"), 3);
        assert_eq!(most("<script>'<a b=\"'</script><p a b c>"), 3);
        assert_eq!(most(&format!("<path d=\"{}\">", "M0 0 L10 10 ".repeat(1_000))), 1);
    }
}
