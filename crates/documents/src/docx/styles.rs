//! Parts that say how things look: the same for every document but for its language and width.

use super::{package::NAMESPACES, xml::Xml};
use crate::Language;

/// The styles. Arial, because everybody who edits the file has it or its twin: a typeface of ours would be replaced without a word.
pub(super) fn styles(language: Language, text_width: u32) -> Vec<u8> {
    let styles = include_str!("styles.xml").replace("LANGUAGE", language.tag());
    styles.replace("RIGHT", &text_width.to_string()).into_bytes()
}

/// The settings. They do not ask for fields to be brought up to date: Word would put a question to whoever opens the file.
pub(super) fn settings(language: Language) -> Vec<u8> {
    include_str!("settings.xml").replace("LANGUAGE", language.tag()).into_bytes()
}

/// What may stand in for a typeface that is missing.
pub(super) fn fonts() -> Vec<u8> {
    include_bytes!("fontTable.xml").to_vec()
}

/// Bullets, and `numbered` lists that each begin at one.
pub(super) fn numbering(numbered: usize) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("w:numbering", &NAMESPACES, |xml| {
        for (id, format, text) in [("0", "bullet", "\u{2022}"), ("1", "decimal", "%1.")] {
            xml.element("w:abstractNum", &[("w:abstractNumId", id)], |xml| {
                xml.value("w:multiLevelType", "singleLevel");
                xml.element("w:lvl", &[("w:ilvl", "0")], |xml| {
                    xml.value("w:start", "1");
                    xml.value("w:numFmt", format);
                    xml.value("w:lvlText", text);
                    xml.value("w:lvlJc", "left");
                    xml.element("w:pPr", &[], |xml| xml.empty("w:ind", &[("w:left", "454"), ("w:hanging", "340")]));
                });
            });
        }
        xml.element("w:num", &[("w:numId", "1")], |xml| xml.value("w:abstractNumId", "0"));
        for list in 0..numbered {
            xml.element("w:num", &[("w:numId", &(list + 2).to_string())], |xml| {
                xml.value("w:abstractNumId", "1");
                xml.element("w:lvlOverride", &[("w:ilvl", "0")], |xml| xml.value("w:startOverride", "1"));
            });
        }
    });
    xml.into_bytes()
}
