//! XML read defensively and one element at a time. No document type is accepted, so no entity can be declared; the five
//! entities of XML itself and character references are all there is. Nothing outside the bytes is ever asked for.

use std::{borrow::Cow, fmt};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use quick_xml::{Reader, events::Event};

use crate::problem::{Code, Limit, Problem};

/// What an XML document may be at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Its length in bytes.
    pub bytes: usize,
    /// How deep elements may be nested.
    pub depth: usize,
    /// How long one element's own text may be, in bytes.
    pub text: usize,
    /// How long one element's attributes may be together, in bytes.
    pub attributes: usize,
}

impl Default for Limits {
    /// A transfer file of a large school is about ten megabytes and nine elements deep.
    fn default() -> Self {
        Self { bytes: 128_000_000, depth: 32, text: 64 << 10, attributes: 16 << 10 }
    }
}

/// A place in the document as people count: both from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Place {
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

/// Why a document is not read (any further).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Longer than this many bytes.
    Bytes(usize),
    /// Elements nested deeper than this.
    Depth(usize),
    /// An element with more text than this many bytes.
    Text(usize),
    /// An element with longer attributes than this many bytes.
    Attributes(usize),
    /// A document type declaration.
    DocumentType,
    /// A reference to an entity that XML itself does not have.
    Entity,
    /// Not well-formed XML.
    Malformed,
    /// The document ends within an element.
    CutShort,
    /// There is no element.
    Empty,
}

impl Refused {
    /// The same as a problem of this file, at this place; line 0 stands for the file as a whole.
    pub fn problem(self, file: &str, place: Place) -> Problem {
        let code = match self {
            Self::Bytes(most) => Code::TooMuch { limit: Limit::Bytes, most: most as u64 },
            Self::Depth(most) => Code::TooMuch { limit: Limit::Depth, most: most as u64 },
            Self::Text(most) | Self::Attributes(most) => Code::TooMuch { limit: Limit::Cell, most: most as u64 },
            Self::DocumentType | Self::Entity => Code::XmlEntity,
            Self::Malformed => {
                Code::Damaged { detail: format!("it is not well-formed XML at column {}", place.column) }
            }
            Self::CutShort => Code::Damaged { detail: "it ends in the middle and was probably cut short".into() },
            Self::Empty => Code::Damaged { detail: "it holds no XML".into() },
        };
        let line = (place.line > 0).then_some(u64::from(place.line));
        Problem::problem(crate::problem::Place { line, ..crate::problem::Place::file(file) }, code)
    }
}

/// The text of a document, and whether its encoding had to be guessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// Without byte-order mark.
    pub text: Cow<'a, str>,
    /// The encoding in which it was read.
    pub encoding: &'static str,
    /// The document says (or, saying nothing, means) UTF-8 but is not; it was read as Windows-1252.
    pub guessed: bool,
}

/// Decodes a document: by byte-order mark, else as it declares itself, else UTF-8, else Windows-1252.
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[mark..]);
    }
    if bytes.starts_with(b"<\0?\0") || bytes.starts_with(b"<\0C\0") {
        return with(UTF_16LE, bytes);
    }
    if bytes.starts_with(b"\0<\0?") || bytes.starts_with(b"\0<\0C") {
        return with(UTF_16BE, bytes);
    }
    match declared_encoding(bytes) {
        // Bytes that could be searched for a declaration are not UTF-16, whatever it says.
        Some(encoding) if encoding != UTF_16LE && encoding != UTF_16BE => with(encoding, bytes),
        _ => with(UTF_8, bytes),
    }
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    if encoding == UTF_8 {
        return match std::str::from_utf8(bytes) {
            Ok(text) => Decoded { text: Cow::Borrowed(text), encoding: "UTF-8", guessed: false },
            Err(_) => {
                let text = WINDOWS_1252.decode_without_bom_handling(bytes).0;
                Decoded { text, encoding: "windows-1252", guessed: true }
            }
        };
    }
    Decoded { text: encoding.decode_without_bom_handling(bytes).0, encoding: encoding.name(), guessed: false }
}

fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.trim_ascii_start().strip_prefix(b"<?xml")?;
    let head = &head[..head.len().min(200)];
    let declaration = &head[..head.windows(2).position(|w| w == b"?>")?];
    let at = declaration.windows(8).position(|w| w == b"encoding")?;
    let value = declaration[at + 8..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (quote, rest) = value.split_first()?;
    Encoding::for_label(&rest[..rest.iter().position(|byte| byte == quote)?])
}

/// What comes next in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step<'a> {
    /// An element begins.
    Open {
        /// Its name without prefix.
        name: &'a str,
        /// Where its `<` stands.
        place: Place,
    },
    /// The innermost open element ends.
    Close {
        /// Its own text since its last child, or since it began, trimmed; for an element without children, all of it.
        text: String,
    },
    /// The document ends.
    End,
}

/// Reads a document step by step, see [`Step`]. After a refusal, or the end, there is nothing more to read.
pub struct Xml<'a> {
    source: &'a str,
    reader: Reader<&'a [u8]>,
    limits: Limits,
    depth: usize,
    roots: usize,
    text: String,
    // The reader says `<a/>` once; it is handed on as two steps.
    empty_pending: bool,
    counted: usize,
    place: Place,
}

impl fmt::Debug for Xml<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The text is personal data.
        f.debug_struct("Xml").field("depth", &self.depth).field("place", &self.place).finish_non_exhaustive()
    }
}

impl<'a> Xml<'a> {
    /// A reader at the beginning of a decoded document.
    pub fn new(source: &'a str, limits: Limits) -> Self {
        Self {
            source,
            reader: Reader::from_str(source),
            limits,
            depth: 0,
            roots: 0,
            text: String::new(),
            empty_pending: false,
            counted: 0,
            place: Place { line: 1, column: 1 },
        }
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Where the last step, or the refusal, stands.
    pub fn place(&self) -> Place {
        self.place
    }

    /// The next step.
    ///
    /// # Errors
    /// Why the document is read no further; [`Xml::place`] says where.
    pub fn step(&mut self) -> Result<Step<'a>, Refused> {
        if self.source.len() > self.limits.bytes {
            return Err(Refused::Bytes(self.limits.bytes));
        }
        if self.empty_pending {
            self.empty_pending = false;
            return Ok(self.close());
        }
        loop {
            let start = self.reader.buffer_position() as usize;
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    self.move_to(self.reader.error_position() as usize);
                    return Err(match error {
                        quick_xml::Error::Syntax(_) => Refused::CutShort,
                        _ => Refused::Malformed,
                    });
                }
            };
            match event {
                Event::Start(element) | Event::Empty(element)
                    if element.attributes_raw().len() > self.limits.attributes =>
                {
                    self.move_to(start);
                    return Err(Refused::Attributes(self.limits.attributes));
                }
                Event::Start(element) => return self.open(start, &element),
                Event::Empty(element) => {
                    let step = self.open(start, &element)?;
                    self.empty_pending = true;
                    return Ok(step);
                }
                Event::End(_) => {
                    self.move_to(start);
                    return Ok(self.close());
                }
                Event::Text(text) => self.push(start, &text)?,
                Event::CData(text) => self.push(start, &text)?,
                Event::GeneralRef(reference) => {
                    let resolved = if reference.is_char_ref() {
                        reference.resolve_char_ref().ok().flatten()
                    } else {
                        match &*reference {
                            "amp" => Some('&'),
                            "lt" => Some('<'),
                            "gt" => Some('>'),
                            "apos" => Some('\''),
                            "quot" => Some('"'),
                            _ => None,
                        }
                    };
                    let Some(character) = resolved else {
                        self.move_to(start);
                        return Err(Refused::Entity);
                    };
                    self.push(start, character.encode_utf8(&mut [0; 4]))?;
                }
                Event::DocType(_) => {
                    self.move_to(start);
                    return Err(Refused::DocumentType);
                }
                Event::Eof => {
                    self.move_to(self.source.len());
                    return match (self.depth, self.roots) {
                        (0, 0) => Err(Refused::Empty),
                        (0, _) => Ok(Step::End),
                        _ => Err(Refused::CutShort),
                    };
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    /// Passes over the rest of the element that was opened last, whatever it holds, without keeping any of it.
    ///
    /// # Errors
    /// As [`Xml::step`].
    pub fn skip(&mut self) -> Result<(), Refused> {
        let outside = self.depth - 1;
        while self.depth > outside {
            self.step()?;
        }
        Ok(())
    }

    /// The text of the element that was opened last, which has no children; children are passed over.
    ///
    /// # Errors
    /// As [`Xml::step`].
    pub fn leaf(&mut self) -> Result<String, Refused> {
        loop {
            match self.step()? {
                Step::Close { text } => return Ok(text),
                Step::Open { .. } => self.skip()?,
                Step::End => return Err(Refused::CutShort),
            }
        }
    }

    fn open(&mut self, start: usize, element: &quick_xml::events::BytesStart<'_>) -> Result<Step<'a>, Refused> {
        self.move_to(start);
        if self.depth >= self.limits.depth {
            return Err(Refused::Depth(self.limits.depth));
        }
        let length = element.name().as_ref().len();
        let name = self.source.get(start + 1..start + 1 + length).ok_or(Refused::Malformed)?;
        let name = name.rsplit(':').next().unwrap_or(name);
        if self.depth == 0 {
            self.roots += 1;
        }
        self.depth += 1;
        self.text.clear();
        Ok(Step::Open { name, place: self.place })
    }

    fn close(&mut self) -> Step<'a> {
        self.depth -= 1;
        let text = self.text.trim().to_owned();
        self.text.clear();
        Step::Close { text }
    }

    fn push(&mut self, start: usize, text: &str) -> Result<(), Refused> {
        if text.contains('\0') {
            // No XML document may hold one, and the database keeps none.
            self.move_to(start);
            return Err(Refused::Malformed);
        }
        if self.depth == 0 {
            if text.trim().is_empty() {
                return Ok(());
            }
            self.move_to(start);
            return Err(if self.roots == 0 { Refused::Empty } else { Refused::Malformed });
        }
        if self.text.len() + text.len() > self.limits.text {
            self.move_to(start);
            return Err(Refused::Text(self.limits.text));
        }
        self.text.push_str(text);
        Ok(())
    }

    /// Counts lines and columns on to this byte. Each byte is counted once, however long the lines are.
    fn move_to(&mut self, offset: usize) {
        let offset = offset.min(self.source.len());
        if offset <= self.counted {
            return;
        }
        for &byte in &self.source.as_bytes()[self.counted..offset] {
            if byte == b'\n' {
                self.place.line += 1;
                self.place.column = 1;
            } else if byte & 0xc0 != 0x80 {
                self.place.column += 1;
            }
        }
        self.counted = offset;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(source: &str, limits: Limits) -> Result<Vec<String>, (Refused, Place)> {
        let mut xml = Xml::new(source, limits);
        let mut seen = Vec::new();
        loop {
            match xml.step().map_err(|refused| (refused, xml.place()))? {
                Step::Open { name, place } => seen.push(format!("{name} {}:{}", place.line, place.column)),
                Step::Close { text } => seen.push(format!("/{text}")),
                Step::End => return Ok(seen),
            }
        }
    }

    fn refused(source: &str) -> (Refused, u32, u32) {
        let limits = Limits { bytes: 2_000, depth: 4, text: 20, attributes: 30 };
        let (refused, place) = walk(source, limits).expect_err("refused");
        (refused, place.line, place.column)
    }

    #[test]
    fn nul_characters_are_refused() {
        for text in ["<a>Wr\0en</a>", "<a>Wr&#0;en</a>", "<a><![CDATA[\0]]></a>"] {
            let mut xml = Xml::new(text, Limits::default());
            assert!((0..3).any(|_| xml.step().is_err()), "{text:?}");
        }
    }

    #[test]
    fn elements_come_in_order_with_their_place_and_text() {
        let source =
            "<?xml version='1.0'?>\n<!-- é --><a>\n  <x:b k='v'>T&#233;a &amp; <![CDATA[<cake>]]></x:b><c/>\n</a>\n";
        let seen = walk(source, Limits::default()).expect("well-formed");
        assert_eq!(seen, ["a 2:11", "b 3:3", "/Téa & <cake>", "c 3:53", "/", "/"]);
    }

    #[test]
    fn document_types_and_entities_are_refused_where_they_stand() {
        let bomb = "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY b \"lol\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>";
        assert_eq!(refused(bomb), (Refused::DocumentType, 2, 1));
        assert_eq!(refused("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"), (Refused::DocumentType, 1, 1));
        assert_eq!(refused("<a>\n &file;</a>"), (Refused::Entity, 2, 2));
        assert_eq!(refused("<a>&#0;</a>").0, Refused::Entity);
    }

    #[test]
    fn depth_length_text_and_attributes_are_limited() {
        assert_eq!(refused("<a><a><a><a><a/></a></a></a></a>"), (Refused::Depth(4), 1, 13));
        assert_eq!(refused(&format!("<a>{}</a>", "x".repeat(21))).0, Refused::Text(20));
        assert_eq!(refused(&format!("<a b='{}'/>", "x".repeat(40))).0, Refused::Attributes(30));
        assert_eq!(refused(&" ".repeat(2_001)).0, Refused::Bytes(2_000));
    }

    #[test]
    fn what_is_not_well_formed_says_where() {
        assert_eq!(refused("<a>\n<b>\n</a>"), (Refused::Malformed, 3, 1));
        assert_eq!(refused("<a>\n<b>").0, Refused::CutShort);
        assert_eq!(refused("<a>\n<b").0, Refused::CutShort);
        assert_eq!(refused("").0, Refused::Empty);
        assert_eq!(refused("learner,upn\r\n").0, Refused::Empty);
        assert_eq!(refused("</a>").0, Refused::Malformed);
        assert_eq!(refused("<a/>trailing").0, Refused::Malformed);
    }

    #[test]
    fn one_element_can_be_passed_over_or_read_as_text() {
        let mut xml = Xml::new("<a><b><c>1</c></b><d>2<e>3</e></d><f> 4 </f></a>", Limits::default());
        let open = |xml: &mut Xml<'_>| matches!(xml.step(), Ok(Step::Open { .. }));
        assert!(open(&mut xml) && open(&mut xml));
        xml.skip().expect("b ends");
        assert!(open(&mut xml));
        assert_eq!(xml.leaf(), Ok(String::new()));
        assert!(open(&mut xml));
        assert_eq!(xml.leaf(), Ok("4".to_owned()));
        assert_eq!(xml.step(), Ok(Step::Close { text: String::new() }));
        assert_eq!(xml.step(), Ok(Step::End));
    }

    #[test]
    fn encodings_are_told_by_mark_by_declaration_and_by_trying() {
        let read = |bytes: &[u8]| {
            let decoded = decode(bytes);
            (
                decoded.text.trim_end_matches('>').rsplit('>').next().unwrap_or("").to_owned(),
                decoded.encoding,
                decoded.guessed,
            )
        };
        assert_eq!(read("\u{feff}<a>Zoë".as_bytes()), ("Zoë".to_owned(), "UTF-8", false));
        let utf16: Vec<u8> = "\u{feff}<a>Zoë".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&utf16), ("Zoë".to_owned(), "UTF-16LE", false));
        let unmarked: Vec<u8> = "<?xml version='1.0'?><a>Zoë".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&unmarked), ("Zoë".to_owned(), "UTF-16BE", false));
        assert_eq!(
            read(b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>Zo\xeb"),
            ("Zoë".to_owned(), "windows-1252", false)
        );
        assert_eq!(
            read(b"<?xml version=\"1.0\" encoding=\"utf-8\"?><a>Zo\xeb"),
            ("Zoë".to_owned(), "windows-1252", true)
        );
        assert_eq!(
            read("<?xml version='1.0' encoding='UTF-16'?><a>Zoë".as_bytes()),
            ("Zoë".to_owned(), "UTF-8", false)
        );
    }
}
