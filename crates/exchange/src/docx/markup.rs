//! The parts' XML, one element at a time, with attributes and with white space as it stands.

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

use crate::xml::Refused;

/// Elements nested deeper are refused. A table in a text box in a table is about forty deep.
const DEPTH: usize = 160;

/// The longest attributes of one element, in bytes: the words that stand for a picture may be long.
const ATTRIBUTES: usize = 64 << 10;

/// An element that begins.
#[derive(Debug)]
pub(super) struct Element {
    /// Its name without prefix.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    /// An attribute by its name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The attribute that most of Word's elements have.
    pub(super) fn value(&self) -> Option<&str> {
        self.attribute("val")
    }

    /// Whether a switch is on: it is by being there, unless it says otherwise.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.value(), Some("0" | "false" | "off"))
    }
}

/// What comes next.
#[derive(Debug)]
pub(super) enum Step {
    /// An element begins.
    Open(Element),
    /// The innermost open element ends.
    Close,
    /// Characters.
    Text(String),
    /// The part ends.
    End,
}

/// Reads a part step by step.
pub(super) struct Markup<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
    // The reader says `<a/>` once; it is handed on as two steps.
    is_empty_pending: bool,
}

impl<'a> Markup<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { reader: Reader::from_str(text), depth: 0, is_empty_pending: false }
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    pub(super) fn step(&mut self) -> Result<Step, Refused> {
        if self.is_empty_pending {
            self.is_empty_pending = false;
            self.depth -= 1;
            return Ok(Step::Close);
        }
        loop {
            let event = self.reader.read_event().map_err(|error| match error {
                quick_xml::Error::Syntax(_) => Refused::CutShort,
                _ => Refused::Malformed,
            })?;
            return Ok(match event {
                Event::Start(start) => Step::Open(self.open(&start)?),
                Event::Empty(start) => {
                    let element = self.open(&start)?;
                    self.is_empty_pending = true;
                    Step::Open(element)
                }
                Event::End(_) => {
                    self.depth = self.depth.checked_sub(1).ok_or(Refused::Malformed)?;
                    Step::Close
                }
                Event::Text(text) => Step::Text(text.into_inner().into_owned()),
                Event::CData(text) => Step::Text(text.into_inner().into_owned()),
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
                    Step::Text(resolved.ok_or(Refused::Entity)?.into())
                }
                Event::DocType(_) => return Err(Refused::DocumentType),
                Event::Eof if self.depth > 0 => return Err(Refused::CutShort),
                Event::Eof => Step::End,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            });
        }
    }

    /// Passes over the rest of the element that was opened last.
    pub(super) fn skip(&mut self) -> Result<(), Refused> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if matches!(self.step()?, Step::End) {
                return Err(Refused::CutShort);
            }
        }
        Ok(())
    }

    /// The characters of the element that was opened last.
    pub(super) fn leaf(&mut self) -> Result<String, Refused> {
        let outside = self.depth.saturating_sub(1);
        let mut text = String::new();
        while self.depth > outside {
            match self.step()? {
                Step::Text(more) => text.push_str(&more),
                Step::End => return Err(Refused::CutShort),
                Step::Open(_) | Step::Close => {}
            }
        }
        Ok(text)
    }

    fn open(&mut self, start: &BytesStart<'_>) -> Result<Element, Refused> {
        if self.depth >= DEPTH {
            return Err(Refused::Depth(DEPTH));
        }
        if start.attributes_raw().len() > ATTRIBUTES {
            return Err(Refused::Attributes(ATTRIBUTES));
        }
        self.depth += 1;
        let mut attributes = Vec::new();
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| Refused::Malformed)?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Refused::Entity)?;
            attributes.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned()));
        }
        Ok(Element { name: start.local_name().as_ref().to_owned(), attributes })
    }
}
