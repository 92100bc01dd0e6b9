use std::{fmt, ops::Add, str::FromStr};

/// A length of time in hours, exact to nine decimal places, never negative.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hours(i64);

const UNIT: i64 = 1_000_000_000;

impl Hours {
    /// No time.
    pub const ZERO: Self = Self(0);

    /// Whole hours.
    pub const fn whole(hours: u32) -> Self {
        Self(hours as i64 * UNIT)
    }

    /// From billionths of an hour, as the database keeps it; `None` if negative.
    pub const fn from_billionths(billionths: i64) -> Option<Self> {
        if billionths < 0 { None } else { Some(Self(billionths)) }
    }

    /// In billionths of an hour.
    pub const fn billionths(self) -> i64 {
        self.0
    }

    /// What is left to reach `target`; zero if it is reached.
    pub fn short_of(self, target: Self) -> Self {
        Self((target.0 - self.0).max(0))
    }
}

impl Add for Hours {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl std::iter::Sum for Hours {
    fn sum<I: Iterator<Item = Self>>(hours: I) -> Self {
        hours.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / UNIT, self.0 % UNIT);
        if part == 0 {
            write!(f, "{whole}")
        } else {
            write!(f, "{whole}.{}", format!("{part:09}").trim_end_matches('0'))
        }
    }
}

/// Why a text is not a length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoursError {
    /// It is not a decimal number such as 5 or 2.5, or is too long.
    NotANumber,
    /// It is below zero.
    Negative,
}

impl FromStr for Hours {
    type Err = HoursError;

    fn from_str(text: &str) -> Result<Self, HoursError> {
        let text = text.trim();
        let (negative, number) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(part) || (whole.is_empty() && part.is_empty()) || whole.len() > 9 {
            return Err(HoursError::NotANumber);
        }
        let part = part.trim_end_matches('0');
        if part.len() > 9 {
            return Err(HoursError::NotANumber);
        }
        let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| HoursError::NotANumber)? };
        let part: i64 = format!("{part:0<9}").parse().map_err(|_| HoursError::NotANumber)?;
        let billionths = whole * UNIT + part;
        if negative && billionths > 0 {
            return Err(HoursError::Negative);
        }
        Ok(Self(billionths))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_exact_decimals() {
        let read = |text: &str| text.parse::<Hours>();
        assert_eq!(read("2.5"), Ok(Hours(2_500_000_000)));
        assert_eq!(read(".5"), Ok(Hours(500_000_000)));
        assert_eq!(read("5.").map(|h| h.to_string()), Ok("5".into()));
        assert_eq!(read("8.3333").unwrap() + read("8.3333").unwrap() + read("8.3334").unwrap(), Hours::whole(25));
        assert_eq!(read("2.50").unwrap().to_string(), "2.5");
        assert_eq!(read("-1"), Err(HoursError::Negative));
        assert_eq!(read("-0"), Ok(Hours::ZERO));
        for text in ["", ".", "five", "1e2", "1,5", "5h"] {
            assert_eq!(read(text), Err(HoursError::NotANumber), "{text}");
        }
    }
}
