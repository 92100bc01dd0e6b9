//! The documents that requirements cite, each named once.

use super::{fault::Faults, fields::Fields, node::Node};
use crate::pack::Source;

/// `documents.toml`.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Documents(Vec<Document>);

#[derive(Debug, Clone, PartialEq)]
struct Document {
    id: String,
    title: String,
    url: Option<String>,
}

impl Documents {
    /// Reads `[[document]]` entries.
    pub(super) fn read(file: &Node, faults: &Faults) -> Self {
        let mut documents = Self::default();
        let Some(root) = Fields::of(file, "", faults) else { return documents };
        for item in root.list("document") {
            let Some(entry) = Fields::of(item, "document", faults) else { continue };
            let (id, title, url) = (entry.text("id"), entry.text("title"), entry.optional_text("url"));
            if let Some(id) = id.as_deref().filter(|id| documents.find(id).is_some()) {
                entry.fault("id", format!("a second document has the id {id}"), "Give each document an id of its own");
            }
            if url.as_deref().is_some_and(|url| !url.starts_with("https://")) {
                entry.fault(
                    "url",
                    "this is no address that a browser can open safely",
                    "Write an address that begins with https://",
                );
            }
            entry.finish();
            if let Some((id, title)) = id.zip(title) {
                documents.0.push(Document { id, title, url });
            }
        }
        root.finish();
        documents
    }

    fn find(&self, id: &str) -> Option<&Document> {
        self.0.iter().find(|document| document.id == id)
    }

    /// What a document is called, and where it can be read.
    pub(super) fn called(&self, id: &str) -> Option<(&str, Option<&str>)> {
        self.find(id).map(|document| (document.title.as_str(), document.url.as_deref()))
    }

    /// `{ document = "education-act-1997", paragraph = "section 42B(2A)(a)", evidence = "V" }`.
    pub(super) fn source(&self, entry: Fields<'_>) -> Option<Source> {
        let id = entry.text("document");
        let paragraph = entry.optional_text("paragraph");
        let evidence =
            entry.word("evidence", &[("V", 'V'), ("V*", 'V'), ("S", 'S'), ("S-", 'S'), ("K", 'K'), ("I", 'I')]);
        let document = id.as_deref().and_then(|id| self.find(id));
        if let (Some(id), None) = (&id, document) {
            entry.fault("document", format!("documents.toml has no {id}"), "Add the document there, or correct its id");
        }
        entry.finish();
        let document = document?;
        let title = match paragraph {
            Some(paragraph) => format!("{}, {paragraph}", document.title),
            None => document.title.clone(),
        };
        Some(Source { title, url: document.url.clone(), evidence: evidence? })
    }
}
