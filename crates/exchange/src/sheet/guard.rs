//! A workbook is looked through before a spreadsheet reader sees it: that reader keeps in memory what is not a sheet, and believes
//! what the list of texts says of its own length.

use std::io::{Read, Write};

use crate::archive::{self, Limits, Unsafe};

/// Most bytes of a part that is kept whole: texts, styles, relations. A roster of 100,000 learners has some 20 MB of texts.
const PART: u64 = 64_000_000;
/// The shortest text of the list takes so many bytes: `<si/>`.
const SHORTEST_TEXT: u64 = 5;

/// Unpacks every part once, counts, and throws it away.
pub(super) fn check(bytes: &[u8]) -> Result<(), Unsafe> {
    archive::walk(bytes, &Limits::WORKBOOK, |name, reader, allowed| {
        let lower = name.to_lowercase().replace('\\', "/");
        let file = lower.rsplit('/').next().unwrap_or_default();
        let is_texts = file == "sharedstrings.xml";
        // Sheets are read row by row.
        let is_sheet = lower.contains("worksheets/") && !is_texts && !matches!(file, "styles.xml" | "workbook.xml");
        let most = if is_sheet { allowed } else { allowed.min(PART) };
        let mut claims = Claims::default();
        let read = std::io::copy(&mut reader.take(most + 1), &mut claims).map_err(|_| Unsafe::Damaged)?;
        if read > most && !is_sheet && most == PART {
            return Err(Unsafe::Entry(name.to_owned(), PART));
        }
        if is_texts && claims.most > read / SHORTEST_TEXT + 1 {
            return Err(Unsafe::Claims(name.to_owned()));
        }
        Ok(read)
    })
}

/// Looks for `uniqueCount="…"` in what is written to it, wherever it stands, and keeps the largest number.
#[derive(Default)]
struct Claims {
    most: u64,
    tail: Vec<u8>,
}

const WORD: &[u8] = b"uniqueCount";
/// How much after the word is looked at: an equals sign, quotes, white space and twenty digits.
const AFTER: usize = 64;

impl Write for Claims {
    fn write(&mut self, chunk: &[u8]) -> std::io::Result<usize> {
        self.tail.extend_from_slice(chunk);
        let mut from = 0;
        while let Some(found) = find(&self.tail[from..]) {
            let number = from + found + WORD.len();
            self.most = self.most.max(number_at(&self.tail[number..]));
            from = number;
        }
        // What begins at the end goes on in the next chunk.
        let kept = self.tail.len().saturating_sub(WORD.len() + AFTER);
        self.tail.drain(..kept);
        Ok(chunk.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn find(bytes: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + bytes[from..].iter().position(|&byte| byte == WORD[0])?;
        if bytes[at..].starts_with(WORD) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// The number of an attribute whose name has just ended; one that does not fit is as large as can be.
fn number_at(bytes: &[u8]) -> u64 {
    let head = &bytes[..bytes.len().min(AFTER)];
    let digits: String = head
        .iter()
        .skip_while(|byte| !byte.is_ascii_digit())
        .take_while(|byte| byte.is_ascii_digit())
        .map(|&byte| char::from(byte))
        .collect();
    if digits.is_empty() { 0 } else { digits.parse().unwrap_or(u64::MAX) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_is_found_wherever_it_stands() {
        let claim = |text: &str, chunk: usize| {
            let mut claims = Claims::default();
            for part in text.as_bytes().chunks(chunk) {
                claims.write_all(part).unwrap();
            }
            claims.most
        };
        for chunk in [1, 3, 7, 1_000] {
            assert_eq!(claim("<!-- u uniq --><sst count='9' uniqueCount=\"120\"><si/></sst>", chunk), 120);
            assert_eq!(claim("<x:sst uniqueCount = '99999999999999999999999'>", chunk), u64::MAX);
            assert_eq!(claim("<sst uniqueCount='1' uniqueCount='12'>", chunk), 12);
            assert_eq!(claim("<sst count='77'>", chunk), 0);
        }
    }
}
