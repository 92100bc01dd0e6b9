//! Identifiers of other systems and their check characters. A wrong check character is a finding on a row, never a reason
//! to refuse it: published test data of the Department for Education mostly fails its own checks.

/// What can be said about an identifier without asking anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Graded {
    /// Right shape and right check character.
    Good,
    /// Right shape, wrong check character.
    WrongCheck,
    /// Not the shape of such an identifier.
    WrongShape,
    /// The value that stands for "none yet" and never identifies anybody.
    Placeholder,
}

// e-GIF "Unique Pupil Number": A to Z without I, O and S, numbered from 0.
const UPN_LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPQRTUVWXYZ";

/// Grades a unique pupil number: a check letter, then twelve digits, of which the last is a letter in a temporary number.
/// The check letter is the sum of value times position over positions 2 to 13, modulo 23.
pub fn upn(text: &str) -> Graded {
    let bytes = text.as_bytes();
    let letter = |byte: u8| UPN_LETTERS.iter().position(|&l| l == byte);
    if bytes.len() != 13 {
        return Graded::WrongShape;
    }
    let Some(check) = letter(bytes[0]) else { return Graded::WrongShape };
    let mut sum = 0;
    for (index, &byte) in bytes.iter().enumerate().skip(1) {
        let value = match byte {
            b'0'..=b'9' => usize::from(byte - b'0'),
            _ if index == 12 => match letter(byte) {
                Some(value) => value,
                None => return Graded::WrongShape,
            },
            _ => return Graded::WrongShape,
        };
        sum += value * (index + 1);
    }
    if sum % 23 == check { Graded::Good } else { Graded::WrongCheck }
}

/// Grades a unique learner number: ten digits, the last being ten less the remainder, by eleven, of the others weighted
/// 10 to 2; a remainder of nought is wrong. `9999999999` stands for "none yet".
pub fn uln(text: &str) -> Graded {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || !bytes.iter().all(u8::is_ascii_digit) || bytes[0] == b'0' {
        return Graded::WrongShape;
    }
    if text == "9999999999" {
        return Graded::Placeholder;
    }
    let sum: usize = bytes[..9].iter().zip((2..=10).rev()).map(|(b, weight)| usize::from(b - b'0') * weight).sum();
    let remainder = sum % 11;
    if remainder != 0 && usize::from(bytes[9] - b'0') == 10 - remainder { Graded::Good } else { Graded::WrongCheck }
}

/// Whether `text` has the shape of a URN: five or six digits, not starting with nought.
pub fn is_urn(text: &str) -> bool {
    (5..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0')
}

/// Whether `text` has the shape of a UKPRN: eight digits, not starting with nought.
pub fn is_ukprn(text: &str) -> bool {
    text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upn_check_letters() {
        for good in ["R201100018042", "T20110001804V", "R674123101121", "B801200005001"] {
            assert_eq!(upn(good), Graded::Good, "{good}");
        }
        // 266 leaves 13, the letter P; a help page in circulation has 267 and Q.
        assert_eq!(upn("P207000016049"), Graded::Good);
        assert_eq!(upn("Q207000016049"), Graded::WrongCheck);
        assert_eq!(upn("A801200005001"), Graded::WrongCheck);
        for shape in ["", "I801200005001", "R20110001804", "R2011000180421", "R20110001804S", "r201100018042"] {
            assert_eq!(upn(shape), Graded::WrongShape, "{shape}");
        }
    }

    #[test]
    fn uln_check_digits() {
        // 10·1 + 2 = 12 leaves 1, so the last digit is 9.
        assert_eq!(uln("1000000019"), Graded::Good);
        assert_eq!(uln("1000000018"), Graded::WrongCheck);
        assert_eq!(uln("9999999999"), Graded::Placeholder);
        assert_eq!(uln("0000000019"), Graded::WrongShape);
    }
}
