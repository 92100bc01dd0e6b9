//! Documents as DOCX (Office Open XML, ISO/IEC 29500), to be opened, read aloud and edited in Word or LibreOffice.
//!
//! Headings, lists, tables and their header rows are what they say they are, in styles that a person can change; language,
//! title and issuer stand where programs look for them. Nothing is fetched, no field asks to be brought up to date when the file is
//! opened, there are no macros. The same document gives the same bytes.

mod blocks;
mod body;
mod contents;
mod package;
mod picture;
mod prose;
mod styles;
mod xml;

use domain::date;

use crate::{
    Document,
    document::{heading, said},
};
use body::Body;
use package::Package;
use xml::Xml;

/// The document as DOCX.
///
/// A list of contents is filled in with links; Word adds page numbers to it when its fields are brought up to date, because only the program
/// that sets the pages knows them. A figure is there as SVG and as pixels, with its description as alternative text; one that cannot be drawn is
/// written as its description.
pub fn write(document: &Document) -> Vec<u8> {
    let mut body = Body::new(document.paper);
    let part = document_part(document, &mut body);
    let text_width = body.text_width();
    let mut package = Package::new();
    package.relation("styles", "styles.xml");
    package.relation("settings", "settings.xml");
    package.relation("numbering", "numbering.xml");
    package.relation("fontTable", "fontTable.xml");
    package.relation("footer", "footer.xml");
    package.relations(body.relations);
    package.part("word/document.xml", part);
    package.part("word/styles.xml", styles::styles(document.language, text_width));
    package.part("word/settings.xml", styles::settings(document.language));
    package.part("word/numbering.xml", styles::numbering(body.numbered_lists));
    package.part("word/fontTable.xml", styles::fonts());
    package.part("word/footer.xml", footer(document));
    for (name, bytes) in body.pictures {
        package.part(&format!("word/{name}"), bytes);
    }
    package.finish(document)
}

/// The text itself.
fn document_part(document: &Document, body: &mut Body) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("w:document", &package::NAMESPACES, |xml| {
        xml.element("w:body", &[], |xml| {
            if let Some(institution) = said(&document.issued_by) {
                body.paragraph(xml, "Issuer", &institution.into());
            }
            body.paragraph(xml, "Title", &heading(&document.title).into());
            if let Some(about) = &document.about {
                body.paragraph(xml, "Subtitle", about);
            }
            body.paragraph(xml, "Date", &date::long(document.dated_on).into());
            body.blocks(xml, &document.opening);
            if document.has_contents {
                contents::write(xml, &document.sections);
            }
            body.sections(xml, &document.sections, 1);
            body.page(xml);
        });
    });
    xml.into_bytes()
}

/// Title and page at the foot of each page.
fn footer(document: &Document) -> Vec<u8> {
    let mut xml = Xml::new();
    let right = Body::new(document.paper).text_width().to_string();
    xml.element("w:ftr", &package::NAMESPACES, |xml| {
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| {
                xml.value("w:pStyle", "Footer");
                xml.element("w:tabs", &[], |xml| xml.empty("w:tab", &[("w:val", "right"), ("w:pos", &right)]));
            });
            prose::run(xml, None, heading(&document.title));
            xml.element("w:r", &[], |xml| xml.empty("w:tab", &[]));
            prose::run(xml, None, "Page ");
            prose::field(xml, "PAGE", "1");
            prose::run(xml, None, " of ");
            prose::field(xml, "NUMPAGES", "1");
        });
    });
    xml.into_bytes()
}
