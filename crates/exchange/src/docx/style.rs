//! Styles: which of them make a heading, an item of a list, an entry of the contents, or bold letters.

use std::collections::HashMap;

use super::{
    Refused,
    markup::{Markup, Step},
};

/// What matters here of a style.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Style {
    name: String,
    based_on: Option<String>,
    /// Level of the outline, from nought; nine is running text.
    outline: Option<u8>,
    /// The list that its paragraphs belong to, and how deep.
    pub(super) list: Option<(String, u8)>,
    pub(super) is_bold: Option<bool>,
    pub(super) is_hidden: Option<bool>,
    /// Half points.
    pub(super) size: Option<u32>,
}

/// What a style makes of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A heading of this level, 1 to 6.
    Heading(u8),
    /// The title of the document.
    Title,
    /// An entry of the contents, which repeats a heading.
    Contents,
    /// Nothing in particular.
    Text,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    default_paragraph: Option<String>,
}

/// A style based on another, and so on: more steps than this are a circle.
const STEPS: usize = 32;

impl Styles {
    pub(super) fn read(part: &str) -> Result<Self, Refused> {
        let mut markup = Markup::new(part);
        let mut all = Self::default();
        let mut current: Option<(String, Style)> = None;
        loop {
            match markup.step()? {
                Step::Open(element) => {
                    if element.name == "style" {
                        let id = element.attribute("styleId").unwrap_or_default().to_owned();
                        let is_default = matches!(element.attribute("default"), Some("1" | "true" | "on"));
                        if is_default && element.attribute("type") == Some("paragraph") {
                            all.default_paragraph = Some(id.clone());
                        }
                        current = Some((id, Style::default()));
                        continue;
                    }
                    // A table's style says how the first row looks, which makes none of it a heading.
                    if element.name == "tblStylePr" {
                        markup.skip()?;
                        continue;
                    }
                    let Some((_, style)) = &mut current else { continue };
                    match element.name.as_str() {
                        "name" => style.name = element.value().unwrap_or_default().to_lowercase(),
                        "basedOn" => style.based_on = element.value().map(str::to_owned),
                        "outlineLvl" => style.outline = element.value().and_then(|level| level.parse().ok()),
                        "numId" => {
                            let level = style.list.as_ref().map_or(0, |(_, level)| *level);
                            style.list = element.value().map(|id| (id.to_owned(), level));
                        }
                        "ilvl" => {
                            let level = element.value().and_then(|level| level.parse().ok()).unwrap_or(0);
                            let id = style.list.take().map_or_else(String::new, |(id, _)| id);
                            style.list = Some((id, level));
                        }
                        "b" => style.is_bold = Some(element.is_on()),
                        "vanish" => style.is_hidden = Some(element.is_on()),
                        "sz" => style.size = element.value().and_then(|size| size.parse().ok()),
                        _ => {}
                    }
                }
                Step::Close if markup.depth() == 1 => {
                    if let Some((id, style)) = current.take() {
                        all.styles.insert(id, style);
                    }
                }
                Step::End => return Ok(all),
                Step::Close | Step::Text(_) => {}
            }
        }
    }

    /// What a paragraph in this style is; without a style, it is in the default one.
    pub(super) fn role(&self, id: Option<&str>) -> Role {
        if self.chain(id).any(|style| is_contents(&style.name)) {
            return Role::Contents;
        }
        // The style itself decides before those that it is based on.
        for style in self.chain(id) {
            if matches!(style.name.as_str(), "title" | "titel" | "titre" | "título") {
                return Role::Title;
            }
            match style.outline {
                Some(level @ 0..=8) => return Role::Heading((level + 1).min(6)),
                Some(_) => return Role::Text,
                None => {}
            }
            if let Some(level) = heading_level(&style.name) {
                return Role::Heading(level);
            }
        }
        // Styles may be missing altogether, and only their ids left.
        match id {
            Some(id) if !self.styles.contains_key(id) => {
                heading_level(&id.to_lowercase()).map_or(Role::Text, Role::Heading)
            }
            _ => Role::Text,
        }
    }

    /// What this style, or the nearest that it is based on, says about something.
    pub(super) fn find<T>(&self, id: Option<&str>, get: impl Fn(&Style) -> Option<T>) -> Option<T> {
        self.chain(id).find_map(get)
    }

    fn chain<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = &'a Style> {
        let first = id.or(self.default_paragraph.as_deref()).and_then(|id| self.styles.get(id));
        std::iter::successors(first, |style| self.styles.get(style.based_on.as_deref()?)).take(STEPS)
    }
}

fn is_contents(name: &str) -> bool {
    let rest = name.strip_prefix("toc ").or_else(|| name.strip_prefix("contents "));
    name == "toc heading" || rest.is_some_and(|level| level.parse::<u8>().is_ok())
}

/// “heading 2”, whatever the program that wrote it calls a heading.
fn heading_level(name: &str) -> Option<u8> {
    const WORDS: [&str; 7] = ["heading", "überschrift", "berschrift", "titre", "título", "titolo", "kop"];
    let rest = WORDS.iter().find_map(|word| name.strip_prefix(word))?;
    rest.trim().parse().ok().filter(|level| (1..=9).contains(level)).map(|level: u8| level.min(6))
}
