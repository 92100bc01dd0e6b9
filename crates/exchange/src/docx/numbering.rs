//! Lists: which of them count, and which only have bullets.

use std::collections::HashMap;

use super::{
    Refused,
    markup::{Markup, Step},
};

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    abstract_of: HashMap<String, String>,
    /// The levels of an abstract list that count.
    counting: HashMap<String, Vec<u8>>,
}

impl Numbering {
    pub(super) fn read(part: &str) -> Result<Self, Refused> {
        let mut markup = Markup::new(part);
        let mut all = Self::default();
        let (mut list, mut level, mut number) = (String::new(), 0, String::new());
        loop {
            match markup.step()? {
                Step::Open(element) => match element.name.as_str() {
                    "abstractNum" => list = element.attribute("abstractNumId").unwrap_or_default().to_owned(),
                    "lvl" => level = element.attribute("ilvl").and_then(|level| level.parse().ok()).unwrap_or(0),
                    "numFmt" if !matches!(element.value(), Some("bullet" | "none") | None) => {
                        all.counting.entry(list.clone()).or_default().push(level);
                    }
                    "num" => number = element.attribute("numId").unwrap_or_default().to_owned(),
                    "abstractNumId" => {
                        let target = element.value().unwrap_or_default().to_owned();
                        all.abstract_of.insert(number.clone(), target);
                    }
                    _ => {}
                },
                Step::End => return Ok(all),
                Step::Close | Step::Text(_) => {}
            }
        }
    }

    /// Whether the items of this list have numbers or letters, at this level.
    pub(super) fn counts(&self, list: &str, level: u8) -> bool {
        let levels = self.abstract_of.get(list).and_then(|list| self.counting.get(list));
        levels.is_some_and(|levels| levels.contains(&level))
    }
}
