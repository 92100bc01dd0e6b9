//! What kind of file some bytes are, and the text in them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::problem::Code;

/// How the text of a file was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8, with or without a byte-order mark.
    Utf8,
    /// UTF-16, least significant byte first.
    Utf16Le,
    /// UTF-16, most significant byte first.
    Utf16Be,
    /// Windows-1252, the code page of older programs in western Europe.
    Windows1252,
}

impl Encoding {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16 (little-endian)",
            Self::Utf16Be => "UTF-16 (big-endian)",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

/// The text of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// Without its byte-order mark.
    pub text: Cow<'a, str>,
    /// How it was written.
    pub encoding: Encoding,
    /// What the person should know about it: read as Windows-1252, characters lost or dropped. Empty for sound UTF-8.
    pub notices: Vec<Code>,
}

/// Reads text: a byte-order mark decides; else UTF-16 if every other byte is nought; else UTF-8 if it is valid; else
/// Windows-1252, with a notice. NUL characters, with which some programs fill up their cells and which the database refuses,
/// are dropped with a notice. Never fails; see [`FileKind::of`] for what is no text at all.
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    let mut decoded = with_nuls(bytes);
    if decoded.text.contains('\0') {
        decoded.text = Cow::Owned(decoded.text.replace('\0', ""));
        decoded.notices.push(Code::NulsDropped);
    }
    decoded
}

fn with_nuls(bytes: &[u8]) -> Decoded<'_> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return utf8_or_windows(rest);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return utf16(rest, Encoding::Utf16Le);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return utf16(rest, Encoding::Utf16Be);
    }
    match unmarked_utf16(bytes) {
        Some(encoding) => utf16(bytes, encoding),
        None => utf8_or_windows(bytes),
    }
}

fn utf8_or_windows(bytes: &[u8]) -> Decoded<'_> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: Cow::Borrowed(text), encoding: Encoding::Utf8, notices: Vec::new() },
        Err(_) => Decoded {
            text: encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
            encoding: Encoding::Windows1252,
            notices: vec![Code::ReadAs { encoding: Encoding::Windows1252 }],
        },
    }
}

fn utf16(bytes: &[u8], encoding: Encoding) -> Decoded<'_> {
    let decoder = if encoding == Encoding::Utf16Le { encoding_rs::UTF_16LE } else { encoding_rs::UTF_16BE };
    let (text, lost) = decoder.decode_without_bom_handling(bytes);
    let mut notices = vec![Code::ReadAs { encoding }];
    if lost {
        notices.push(Code::CharactersLost);
    }
    Decoded { text: Cow::Owned(text.into_owned()), encoding, notices }
}

/// UTF-16 without a mark: in the first kilobyte, nearly every second byte is nought and nearly none of the others.
fn unmarked_utf16(bytes: &[u8]) -> Option<Encoding> {
    let head = &bytes[..bytes.len().min(1024) & !1];
    if head.len() < 4 {
        return None;
    }
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|&&b| b == 0).count();
    let (first, second, pairs) = (zeros(0), zeros(1), head.len() / 2);
    if second * 10 > pairs * 7 && first * 10 < pairs {
        Some(Encoding::Utf16Le)
    } else if first * 10 > pairs * 7 && second * 10 < pairs {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// What a file is, whatever its name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileKind {
    /// Lines of text, such as CSV.
    Text,
    /// An XML document.
    Xml,
    /// An Excel workbook of the present kind.
    Xlsx,
    /// An Excel workbook of the kind used until 2003, or an encrypted workbook.
    Xls,
    /// An OpenDocument spreadsheet.
    Ods,
    /// A zip archive of something else.
    Zip,
    /// A PDF document.
    Pdf,
    /// A web page, as some systems call a spreadsheet.
    Html,
    /// A picture.
    Picture,
    /// Compressed by gzip.
    Gzip,
    /// Something that is not text.
    Binary,
    /// Nothing: no byte, or white space only.
    Empty,
}

impl FileKind {
    /// What people call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Text => "a text file",
            Self::Xml => "an XML file",
            Self::Xlsx => "an Excel workbook",
            Self::Xls => "an Excel workbook of the old kind, or one with a password",
            Self::Ods => "an OpenDocument spreadsheet",
            Self::Zip => "a zip archive",
            Self::Pdf => "a PDF document",
            Self::Html => "a web page",
            Self::Picture => "a picture",
            Self::Gzip => "a gzip archive",
            Self::Binary => "not text",
            Self::Empty => "empty",
        }
    }

    /// Looks at the first bytes (of a zip archive, at the names in it).
    pub fn of(bytes: &[u8]) -> Self {
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            return Self::of_zip(bytes);
        }
        if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
            return Self::Xls;
        }
        if bytes.starts_with(b"%PDF") {
            return Self::Pdf;
        }
        if bytes.starts_with(b"\x1F\x8B") {
            return Self::Gzip;
        }
        if [&b"\x89PNG"[..], b"\xFF\xD8\xFF", b"GIF8"].iter().any(|magic| bytes.starts_with(magic)) {
            return Self::Picture;
        }
        let decoded = decode(&bytes[..bytes.len().min(4096)]);
        let text = decoded.text.trim_start();
        if text.is_empty() {
            return if bytes.len() <= 4096 { Self::Empty } else { Self::Text };
        }
        if text.bytes().any(|b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1A)) {
            return Self::Binary;
        }
        let start = text.get(..text.len().min(200)).unwrap_or(text).to_ascii_lowercase();
        if start.starts_with("<!doctype html") || start.starts_with("<html") {
            Self::Html
        } else if start.starts_with("<?xml") || start.starts_with("<ctfile") || start.starts_with("<atfile") {
            Self::Xml
        } else {
            Self::Text
        }
    }

    fn of_zip(bytes: &[u8]) -> Self {
        // Names stand uncompressed in the archive's directory at its end, and in front of each file.
        let contains = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
        if contains(b"xl/workbook") {
            Self::Xlsx
        } else if contains(b"application/vnd.oasis.opendocument.spreadsheet") {
            Self::Ods
        } else {
            Self::Zip
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_decides() {
        assert_eq!(decode(b"\xEF\xBB\xBFZo\xC3\xAB").text, "Zoë");
        assert_eq!(decode(b"\xFF\xFEZ\0\xEB\0").text, "Zë");
        assert_eq!(decode(b"\xFE\xFF\0Z\0\xEB").text, "Zë");
    }

    #[test]
    fn utf_16_without_a_mark_is_recognised() {
        let bytes: Vec<u8> = "learner,surname\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!((decode(&bytes).text.as_ref(), decode(&bytes).encoding), ("learner,surname\r\n", Encoding::Utf16Le));
    }

    #[test]
    fn what_is_not_utf_8_is_windows_1252_and_says_so() {
        let decoded = decode(b"Zo\xEB \x96 caf\xE9");
        assert_eq!(decoded.text, "Zoë – café");
        assert_eq!(decoded.notices, [Code::ReadAs { encoding: Encoding::Windows1252 }]);
        assert!(decode("Zoë".as_bytes()).notices.is_empty());
    }

    #[test]
    fn nul_characters_are_dropped_and_said_so() {
        let decoded = decode(b"learner,surname\r\nL1,Wren\0\0\r\n");
        assert_eq!(decoded.text, "learner,surname\r\nL1,Wren\r\n");
        assert_eq!((decoded.encoding, decoded.notices), (Encoding::Utf8, vec![Code::NulsDropped]));
        assert_eq!(FileKind::of(b"learner,surname\r\nL1,Wren\0\0\r\n"), FileKind::Text);
        assert_eq!(decode(b"\xFF\xFEZ\0\0\0\xEB\0").text, "Zë");
        assert_eq!(FileKind::of(&[0; 64]), FileKind::Empty);
    }

    #[test]
    fn files_are_known_by_their_bytes() {
        assert_eq!(FileKind::of(b"learner,upn\r\n"), FileKind::Text);
        assert_eq!(FileKind::of(b""), FileKind::Empty);
        assert_eq!(FileKind::of(b" \r\n"), FileKind::Empty);
        assert_eq!(FileKind::of(b"PK\x03\x04....xl/workbook.xml"), FileKind::Xlsx);
        assert_eq!(FileKind::of(b"PK\x03\x04....users.csv"), FileKind::Zip);
        assert_eq!(FileKind::of(b"%PDF-1.7"), FileKind::Pdf);
        assert_eq!(FileKind::of(b"<?xml version=\"1.0\"?><CTfile/>"), FileKind::Xml);
        assert_eq!(FileKind::of(b"<!DOCTYPE html><table>"), FileKind::Html);
        assert_eq!(FileKind::of(b"ab\0\x01\x02"), FileKind::Binary);
    }
}
