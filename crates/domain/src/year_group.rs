use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A national curriculum year: 7 to 13, 14 for a third post-16 year. Numbers outside that occur when a learner's year is
/// counted on from a recorded one, and mean that the learner is outside every scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct YearGroup(i8);

impl YearGroup {
    /// The first year group that the product records.
    pub const LOWEST: Self = Self(7);
    /// The last year group that can be recorded.
    pub const HIGHEST: Self = Self(14);

    /// Year group `number`.
    pub const fn new(number: i8) -> Self {
        Self(number)
    }

    /// Its number.
    pub const fn number(self) -> i8 {
        self.0
    }

    /// The year group this many years on (or back), counted linearly.
    pub fn plus(self, years: i16) -> Self {
        Self((i16::from(self.0).saturating_add(years)).clamp(-100, 100) as i8)
    }

    /// The key stage it belongs to, if it is one of years 7 to 14.
    pub const fn key_stage(self) -> Option<KeyStage> {
        match self.0 {
            7..=9 => Some(KeyStage::Ks3),
            10..=11 => Some(KeyStage::Ks4),
            12..=14 => Some(KeyStage::Ks5),
            _ => None,
        }
    }
}

impl fmt::Display for YearGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for YearGroup {
    type Err = &'static str;

    /// Reads `9`, `09`, `Y9`, `Yr 9`, `Year 9` in any case, from 0 to 99; whoever needs a range checks it.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const SHAPE: &str = "a year group is written 9, 09, Y9, Yr 9 or Year 9";
        let lower = text.trim().to_ascii_lowercase();
        let number =
            ["year", "yr", "y"].iter().find_map(|word| lower.strip_prefix(word)).unwrap_or(&lower).trim_start();
        if number.is_empty() || number.len() > 2 || !number.bytes().all(|b| b.is_ascii_digit()) {
            return Err(SHAPE);
        }
        number.parse().map(Self).map_err(|_| SHAPE)
    }
}

/// A key stage of secondary education: years 7–9, 10–11, 12–14.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyStage {
    /// Years 7 to 9.
    Ks3,
    /// Years 10 and 11.
    Ks4,
    /// Years 12 to 14.
    Ks5,
}

impl KeyStage {
    /// First and last year group.
    pub const fn years(self) -> (YearGroup, YearGroup) {
        match self {
            Self::Ks3 => (YearGroup(7), YearGroup(9)),
            Self::Ks4 => (YearGroup(10), YearGroup(11)),
            Self::Ks5 => (YearGroup(12), YearGroup(14)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_read() {
        for text in ["9", "09", "Y9", "y 9", "Yr 9", "YR9", "Year 9", "Year  9", " year 09 "] {
            assert_eq!(text.parse(), Ok(YearGroup::new(9)), "{text}");
        }
        for text in ["", "Year", "nine", "9a", "-9", "X", "R", "119"] {
            assert!(text.parse::<YearGroup>().is_err(), "{text}");
        }
    }
}
