//! The list of contents: a field that Word can write anew, already filled in with a link to each section.

use super::{body, prose, xml::Xml};
use crate::{
    Section,
    document::{CONTENTS, LISTED_LEVELS, heading},
};

/// Nothing, if there is nothing to list.
pub(super) fn write(xml: &mut Xml, sections: &[Section]) {
    let mut entries = Vec::new();
    let mut count = 0;
    collect(sections, 1, &mut count, &mut entries);
    if entries.is_empty() {
        return;
    }
    xml.element("w:sdt", &[], |xml| {
        xml.element("w:sdtPr", &[], |xml| {
            xml.element("w:docPartObj", &[], |xml| {
                xml.value("w:docPartGallery", "Table of Contents");
                xml.empty("w:docPartUnique", &[]);
            });
        });
        xml.element("w:sdtContent", &[], |xml| {
            xml.element("w:p", &[], |xml| {
                xml.element("w:pPr", &[], |xml| xml.value("w:pStyle", "TOCHeading"));
                prose::run(xml, None, CONTENTS);
            });
            for (index, entry) in entries.iter().enumerate() {
                self::entry(xml, entry, index == 0, index + 1 == entries.len());
            }
        });
    });
}

struct Entry<'a> {
    level: usize,
    bookmark: String,
    heading: &'a str,
}

/// Counts every section as [`super::body::Body`] does, and keeps those that are listed.
fn collect<'a>(sections: &'a [Section], level: usize, count: &mut usize, entries: &mut Vec<Entry<'a>>) {
    for section in sections {
        *count += 1;
        if level <= LISTED_LEVELS {
            entries.push(Entry { level, bookmark: body::bookmark(*count), heading: heading(&section.heading) });
        }
        collect(&section.sections, level + 1, count, entries);
    }
}

fn entry(xml: &mut Xml, entry: &Entry<'_>, is_first: bool, is_last: bool) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| xml.value("w:pStyle", &format!("TOC{}", entry.level)));
        if is_first {
            prose::field_begin(xml, &format!(r#"TOC \o "1-{LISTED_LEVELS}" \h \z \u"#));
        }
        xml.element("w:hyperlink", &[("w:anchor", &entry.bookmark), ("w:history", "1")], |xml| {
            prose::run(xml, None, entry.heading);
            xml.element("w:r", &[], |xml| xml.empty("w:tab", &[]));
            // Only who sets the pages knows the page; a number made up here would be believed.
            prose::field(xml, &format!(r"PAGEREF {} \h", entry.bookmark), "");
        });
        if is_last {
            prose::field_end(xml);
        }
    });
}
