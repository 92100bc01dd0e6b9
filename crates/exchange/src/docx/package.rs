//! The parts of a DOCX that hold words, and how they refer to each other.

use std::collections::HashMap;

use super::{
    Refused,
    markup::{Markup, Step},
    numbering::Numbering,
    style::Styles,
};
use crate::{
    archive::{self, Limits},
    xml,
};

/// Where the links of a part lead, by their ids.
pub(super) type Links = HashMap<String, String>;

/// What is kept of a document while it is read.
pub(super) struct Package {
    parts: HashMap<String, String>,
    text: String,
    links: HashMap<String, Links>,
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
}

struct Relation {
    id: String,
    kind: String,
    target: String,
    is_external: bool,
}

impl Package {
    pub(super) fn open(bytes: &[u8], limits: &Limits) -> Result<Self, Refused> {
        if bytes.is_empty() {
            return Err(Refused::Empty);
        }
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(Refused::OldOrProtected);
        }
        if bytes.starts_with(b"%PDF") {
            return Err(Refused::Pdf);
        }
        if !archive::is_zip(bytes) {
            return Err(Refused::NotADocument);
        }
        let mut kept: HashMap<String, Vec<u8>> = HashMap::new();
        archive::walk(bytes, limits, |name, reader, allowed| {
            let mut part = Vec::new();
            let mut reader = std::io::Read::take(reader, allowed + 1);
            let is_kept = name.ends_with(".xml") || name.ends_with(".rels");
            let size = if is_kept {
                std::io::Read::read_to_end(&mut reader, &mut part).map(|size| size as u64)
            } else {
                // Counted all the same, so that no file of a bomb is passed on.
                std::io::copy(&mut reader, &mut std::io::sink())
            };
            if is_kept && matches!(size, Ok(size) if size <= allowed) {
                kept.insert(name.replace('\\', "/"), part);
            }
            size.map_err(|_| archive::Unsafe::Damaged)
        })?;
        let parts: HashMap<String, String> =
            kept.into_iter().map(|(name, bytes)| (name, xml::decode(&bytes).text.into_owned())).collect();

        let root = relations(&parts, "_rels/.rels")?;
        let text = root
            .iter()
            .find(|relation| relation.kind.ends_with("/officeDocument"))
            .map_or_else(|| "word/document.xml".to_owned(), |relation| within("", &relation.target));
        if !parts.contains_key(&text) || !is_word(&parts[&text])? {
            return Err(Refused::OtherFormat);
        }
        let mut links = HashMap::new();
        for name in parts.keys() {
            let Some(relations_of) = relations_part(name).filter(|part| parts.contains_key(part)) else { continue };
            let external = relations(&parts, &relations_of)?.into_iter().filter(|relation| relation.is_external);
            links.insert(name.clone(), external.map(|relation| (relation.id, relation.target)).collect());
        }
        let folder = text.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let beside = |name: &str| parts.get(&within(&folder, name)).map(String::as_str);
        let styles = beside("styles.xml").map(Styles::read).transpose()?.unwrap_or_default();
        let numbering = beside("numbering.xml").map(Numbering::read).transpose()?.unwrap_or_default();
        Ok(Self { parts, text, links, styles, numbering })
    }

    /// The text itself.
    pub(super) fn text(&self) -> &str {
        &self.parts[&self.text]
    }

    /// Where its links lead.
    pub(super) fn links(&self) -> &Links {
        self.links_of(&self.text)
    }

    /// Footnotes, then endnotes.
    pub(super) fn notes(&self) -> Vec<(&str, &Links)> {
        self.beside(&["footnotes", "endnotes"])
    }

    /// Headers, then footers.
    pub(super) fn margins(&self) -> Vec<(&str, &Links)> {
        self.beside(&["header", "footer"])
    }

    /// The title that programs show.
    pub(super) fn title(&self) -> Result<Option<String>, Refused> {
        let Some(core) = self.parts.get("docProps/core.xml") else { return Ok(None) };
        let mut markup = Markup::new(core);
        loop {
            match markup.step()? {
                Step::Open(element) if element.name == "title" => {
                    let title = markup.leaf()?.split_whitespace().collect::<Vec<_>>().join(" ");
                    return Ok(Some(title).filter(|title| !title.is_empty()));
                }
                Step::End => return Ok(None),
                Step::Open(_) | Step::Close | Step::Text(_) => {}
            }
        }
    }

    fn links_of(&self, part: &str) -> &Links {
        static NONE: std::sync::LazyLock<Links> = std::sync::LazyLock::new(HashMap::new);
        self.links.get(part).unwrap_or(&NONE)
    }

    /// Parts in the folder of the text whose names begin so, in the order of their names.
    fn beside(&self, beginnings: &[&str]) -> Vec<(&str, &Links)> {
        let folder = self.text.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let mut found = Vec::new();
        for beginning in beginnings {
            let mut names: Vec<&String> = self
                .parts
                .keys()
                .filter(|name| {
                    name.strip_prefix(&folder).is_some_and(|name| name.starts_with(beginning) && !name.contains('/'))
                })
                .collect();
            names.sort();
            found.extend(names.into_iter().map(|name| (self.parts[name].as_str(), self.links_of(name))));
        }
        found
    }
}

/// Whether the part is a text of Word, and not a sheet or slides.
fn is_word(part: &str) -> Result<bool, Refused> {
    let mut markup = Markup::new(part);
    loop {
        match markup.step()? {
            Step::Open(element) => return Ok(element.name == "document"),
            Step::End => return Ok(false),
            Step::Close | Step::Text(_) => {}
        }
    }
}

/// The part that holds the relations of this part.
fn relations_part(name: &str) -> Option<String> {
    let (folder, file) = name.rsplit_once('/')?;
    (!name.ends_with(".rels")).then(|| format!("{folder}/_rels/{file}.rels"))
}

fn relations(parts: &HashMap<String, String>, name: &str) -> Result<Vec<Relation>, Refused> {
    let Some(part) = parts.get(name) else { return Ok(Vec::new()) };
    let mut markup = Markup::new(part);
    let mut relations = Vec::new();
    loop {
        match markup.step()? {
            Step::Open(element) if element.name == "Relationship" => {
                let get = |name| element.attribute(name).unwrap_or_default().to_owned();
                let is_external = element.attribute("TargetMode") == Some("External");
                relations.push(Relation { id: get("Id"), kind: get("Type"), target: get("Target"), is_external });
            }
            Step::End => return Ok(relations),
            Step::Open(_) | Step::Close | Step::Text(_) => {}
        }
    }
}

/// The name of a part, from a target within this folder.
fn within(folder: &str, target: &str) -> String {
    match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None if folder.is_empty() => target.to_owned(),
        None => format!("{folder}/{target}"),
    }
}
