use super::{
    body::Body,
    xml::{Attributes, Xml},
};
use crate::{Inline, Prose};

const PRESERVED: Attributes<'static> = &[("xml:space", "preserve")];

/// Words with their marks and links.
pub(super) fn write(xml: &mut Xml, body: &mut Body, prose: &Prose) {
    for part in prose.parts() {
        match part {
            Inline::Text(text) => run(xml, None, text),
            Inline::Emphasis(text) => run(xml, Some("Emphasis"), text),
            Inline::Strong(text) => run(xml, Some("Strong"), text),
            Inline::Link { text, address } => {
                let id = body.link(address.as_str());
                xml.element("w:hyperlink", &[("r:id", &id), ("w:history", "1")], |xml| {
                    run(xml, Some("Hyperlink"), text);
                });
            }
        }
    }
}

/// Words in one style of characters. A line break in them stays one.
pub(super) fn run(xml: &mut Xml, style: Option<&str>, text: &str) {
    if text.is_empty() {
        return;
    }
    xml.element("w:r", &[], |xml| {
        if let Some(style) = style {
            xml.element("w:rPr", &[], |xml| xml.value("w:rStyle", style));
        }
        for (index, line) in text.lines().enumerate() {
            if index > 0 {
                xml.empty("w:br", &[]);
            }
            if !line.is_empty() {
                xml.leaf("w:t", PRESERVED, line);
            }
        }
    });
}

/// Something that the program which sets the pages works out. `shown` stands there until it has.
pub(super) fn field(xml: &mut Xml, instruction: &str, shown: &str) {
    field_begin(xml, instruction);
    run(xml, None, shown);
    field_end(xml);
}

/// The instruction of a field, up to where its result begins.
pub(super) fn field_begin(xml: &mut Xml, instruction: &str) {
    mark(xml, "begin");
    xml.element("w:r", &[], |xml| xml.leaf("w:instrText", PRESERVED, &format!(" {instruction} ")));
    mark(xml, "separate");
}

/// Where the result of a field ends.
pub(super) fn field_end(xml: &mut Xml) {
    mark(xml, "end");
}

fn mark(xml: &mut Xml, kind: &str) {
    xml.element("w:r", &[], |xml| xml.empty("w:fldChar", &[("w:fldCharType", kind)]));
}
