//! The zip around the parts, and what says which part is what.

use std::io::{Cursor, Write as _};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::xml::Xml;
use crate::{
    Document,
    document::{heading, said},
};

/// What the prefixes of the parts stand for.
pub(super) const NAMESPACES: [(&str, &str); 6] = [
    ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
    ("xmlns:asvg", "http://schemas.microsoft.com/office/drawing/2016/SVG/main"),
];

const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// What core properties are to a package.
const CORE: &str = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";

/// From one part to another, or out of the package.
pub(super) struct Relation {
    /// Its id, which the text uses.
    pub(super) id: String,
    /// What it is.
    pub(super) kind: String,
    /// A part, beside the text; or an address.
    pub(super) target: String,
    /// Whether it leads out of the package.
    pub(super) is_external: bool,
}

/// Parts on their way into a zip.
pub(super) struct Package {
    parts: Vec<(String, Vec<u8>)>,
    relations: Vec<Relation>,
}

impl Package {
    pub(super) fn new() -> Self {
        Self { parts: Vec::new(), relations: Vec::new() }
    }

    /// The text uses this part; the relation is called as what it is.
    pub(super) fn relation(&mut self, word: &str, target: &str) {
        self.relations.push(relation(word, office(word), target));
    }

    /// The text refers to these.
    pub(super) fn relations(&mut self, more: Vec<Relation>) {
        self.relations.extend(more);
    }

    pub(super) fn part(&mut self, name: &str, bytes: Vec<u8>) {
        self.parts.push((name.to_owned(), bytes));
    }

    /// The whole file. Entries bear no time, so that the same document gives the same bytes.
    pub(super) fn finish(self, document: &Document) -> Vec<u8> {
        let package = [
            relation("document", office("officeDocument"), "word/document.xml"),
            relation("core", CORE.to_owned(), "docProps/core.xml"),
            relation("app", office("extended-properties"), "docProps/app.xml"),
        ];
        let leading = [
            ("[Content_Types].xml".to_owned(), content_types()),
            ("_rels/.rels".to_owned(), relations(&package)),
            ("docProps/core.xml".to_owned(), core(document)),
            ("docProps/app.xml".to_owned(), app()),
            ("word/_rels/document.xml.rels".to_owned(), relations(&self.relations)),
        ];
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in leading.iter().chain(&self.parts) {
            let method = if name.ends_with(".png") { CompressionMethod::Stored } else { CompressionMethod::Deflated };
            let options =
                SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::default());
            zip.start_file(name.as_str(), options).expect("names differ, and are short");
            zip.write_all(bytes).expect("memory takes whatever is written to it");
        }
        zip.finish().expect("memory takes whatever is written to it").into_inner()
    }
}

fn relation(id: &str, kind: String, target: &str) -> Relation {
    Relation { id: id.to_owned(), kind, target: target.to_owned(), is_external: false }
}

/// The type of a relation that Office knows by this word.
pub(super) fn office(word: &str) -> String {
    format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{word}")
}

fn relations(all: &[Relation]) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("Relationships", &[("xmlns", RELATIONS)], |xml| {
        for Relation { id, kind, target, is_external } in all {
            let mut attributes = vec![("Id", id.as_str()), ("Type", kind), ("Target", target)];
            attributes.extend(is_external.then_some(("TargetMode", "External")));
            xml.empty("Relationship", &attributes);
        }
    });
    xml.into_bytes()
}

fn content_types() -> Vec<u8> {
    let mut xml = Xml::new();
    let types = "http://schemas.openxmlformats.org/package/2006/content-types";
    xml.element("Types", &[("xmlns", types)], |xml| {
        for (ending, kind) in [
            ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            ("xml", "application/xml"),
            ("png", "image/png"),
            ("svg", "image/svg+xml"),
        ] {
            xml.empty("Default", &[("Extension", ending), ("ContentType", kind)]);
        }
        for (part, kind) in [
            ("word/document", format!("{WORD}.document.main+xml")),
            ("word/styles", format!("{WORD}.styles+xml")),
            ("word/settings", format!("{WORD}.settings+xml")),
            ("word/numbering", format!("{WORD}.numbering+xml")),
            ("word/fontTable", format!("{WORD}.fontTable+xml")),
            ("word/footer", format!("{WORD}.footer+xml")),
            ("docProps/core", "application/vnd.openxmlformats-package.core-properties+xml".to_owned()),
            ("docProps/app", "application/vnd.openxmlformats-officedocument.extended-properties+xml".to_owned()),
        ] {
            xml.empty("Override", &[("PartName", &format!("/{part}.xml")), ("ContentType", &kind)]);
        }
    });
    xml.into_bytes()
}

/// What the document is: names nobody, because titles travel.
fn core(document: &Document) -> Vec<u8> {
    let mut xml = Xml::new();
    let namespaces = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    xml.element("cp:coreProperties", &namespaces, |xml| {
        xml.leaf("dc:title", &[], heading(&document.title));
        if let Some(description) = said(&document.description) {
            xml.leaf("dc:description", &[], description);
        }
        if let Some(institution) = said(&document.issued_by) {
            xml.leaf("dc:creator", &[], institution);
            xml.leaf("cp:lastModifiedBy", &[], institution);
        }
        xml.leaf("dc:language", &[], document.language.tag());
        let instant = format!("{}T00:00:00Z", document.dated_on);
        for name in ["dcterms:created", "dcterms:modified"] {
            xml.leaf(name, &[("xsi:type", "dcterms:W3CDTF")], &instant);
        }
    });
    xml.into_bytes()
}

fn app() -> Vec<u8> {
    let mut xml = Xml::new();
    let namespace = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    xml.element("Properties", &[("xmlns", namespace)], |xml| xml.leaf("Application", &[], "Waymark"));
    xml.into_bytes()
}
