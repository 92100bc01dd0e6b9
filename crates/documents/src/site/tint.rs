use std::{fmt, str::FromStr};

/// A colour that a site is painted in, with what keeps it legible: contrasts are those of WCAG 2.2, where AA asks 4.5 to 1 for text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tint {
    red: u8,
    green: u8,
    blue: u8,
}

/// What AA asks for text.
const ENOUGH: f64 = 4.5;

const WHITE: Tint = Tint { red: 255, green: 255, blue: 255 };
/// The ground of the parts that are set apart.
const PALE: Tint = Tint { red: 0xf5, green: 0xf4, blue: 0xef };
/// Against any colour, white or black is far enough apart; a softer black would not be.
const BLACK: Tint = Tint { red: 0, green: 0, blue: 0 };

impl Tint {
    /// Waymark's own green.
    pub const USUAL: Self = Self { red: 0x1f, green: 0x4d, blue: 0x3a };

    /// The colour of text upon the tint: white or black, whichever is easier to read.
    pub fn text_upon(self) -> Self {
        if self.contrast(WHITE) >= self.contrast(BLACK) { WHITE } else { BLACK }
    }

    /// The tint for words and lines on white: itself, or darkened until it is legible there.
    pub fn as_ink(self) -> Self {
        let mut ink = self;
        // Black is the end: it contrasts with everything light.
        while ink.contrast(PALE) < ENOUGH {
            let darker = |part: u8| u8::try_from(u16::from(part) * 19 / 20).unwrap_or(0);
            ink = Self { red: darker(ink.red), green: darker(ink.green), blue: darker(ink.blue) };
        }
        ink
    }

    /// How far two colours are apart, from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// How far it is apart from white, from 1 to 21.
    pub fn contrast_with_white(self) -> f64 {
        self.contrast(WHITE)
    }

    fn luminance(self) -> f64 {
        let part = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(self.red) + 0.7152 * part(self.green) + 0.0722 * part(self.blue)
    }
}

impl fmt::Display for Tint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl FromStr for Tint {
    type Err = ();

    /// `#1f4d3a`, `1f4d3a` or `#abc`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim();
        let digits = text.strip_prefix('#').unwrap_or(text);
        let long = match digits.len() {
            3 => digits.chars().flat_map(|c| [c, c]).collect(),
            6 => digits.to_owned(),
            _ => return Err(()),
        };
        if !long.chars().all(|c| c.is_ascii_hexdigit()) {
            return Err(());
        }
        let part = |at: usize| u8::from_str_radix(&long[at..at + 2], 16).map_err(drop);
        Ok(Self { red: part(0)?, green: part(2)?, blue: part(4)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tint(text: &str) -> Tint {
        text.parse().unwrap()
    }

    #[test]
    fn a_colour_is_read_in_the_ways_in_which_people_write_it() {
        assert_eq!(tint("#1F4D3A").to_string(), "#1f4d3a");
        assert_eq!(tint(" abc ").to_string(), "#aabbcc");
        for wrong in ["", "#12", "green", "#12345g", "#1234567", "#ééé"] {
            assert_eq!(wrong.parse::<Tint>(), Err(()), "{wrong}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        assert!((tint("#000").contrast(tint("#fff")) - 21.0).abs() < 0.01);
        // The grey that everybody quotes as the lightest that passes on white.
        assert!((tint("#767676").contrast(tint("#fff")) - 4.54).abs() < 0.01);
    }

    #[test]
    fn whatever_the_tint_words_upon_it_and_words_of_it_are_legible() {
        for red in (0..=255).step_by(15) {
            for green in (0..=255).step_by(15) {
                for blue in (0..=255).step_by(15) {
                    let tint = Tint { red, green, blue };
                    assert!(tint.contrast(tint.text_upon()) >= ENOUGH, "{tint}");
                    assert!(
                        tint.as_ink().contrast(WHITE) >= ENOUGH && tint.as_ink().contrast(PALE) >= ENOUGH,
                        "{tint}"
                    );
                }
            }
        }
        assert_eq!(tint("#1f4d3a").as_ink(), tint("#1f4d3a"));
        assert_ne!(tint("#ffd700").as_ink(), tint("#ffd700"));
    }
}
