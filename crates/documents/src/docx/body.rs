use super::{
    package::{Relation, office},
    prose,
    xml::Xml,
};
use crate::{Paper, Prose, Section, document::heading};

/// Width and height of a page and its margins, in twentieths of a point.
struct Measures {
    width: u32,
    height: u32,
}

/// 23 mm at either side, as in the PDF.
const SIDE: u32 = 1_304;

/// What is gathered while the text is written.
pub(super) struct Body {
    paper: Paper,
    sections: usize,
    /// What the text refers to outside itself.
    pub(super) relations: Vec<Relation>,
    /// Parts with pictures: name within `word/`, bytes.
    pub(super) pictures: Vec<(String, Vec<u8>)>,
    /// How many lists count, each from one.
    pub(super) numbered_lists: usize,
}

impl Body {
    pub(super) fn new(paper: Paper) -> Self {
        Self { paper, sections: 0, relations: Vec::new(), pictures: Vec::new(), numbered_lists: 0 }
    }

    /// The room between the margins, in twentieths of a point.
    pub(super) fn text_width(&self) -> u32 {
        self.measures().width - 2 * SIDE
    }

    fn measures(&self) -> Measures {
        match self.paper {
            Paper::A4 => Measures { width: 11_906, height: 16_838 },
            Paper::A3 => Measures { width: 16_838, height: 23_811 },
        }
    }

    /// The id of a relation to this address.
    pub(super) fn link(&mut self, address: &str) -> String {
        let known = self.relations.iter().find(|relation| relation.is_external && relation.target == address);
        if let Some(relation) = known {
            return relation.id.clone();
        }
        self.relate("hyperlink", address, true)
    }

    /// The id of a new relation.
    pub(super) fn relate(&mut self, word: &str, target: &str, is_external: bool) -> String {
        let id = format!("rLink{}", self.relations.len() + 1);
        self.relations.push(Relation { id: id.clone(), kind: office(word), target: target.to_owned(), is_external });
        id
    }

    /// One paragraph in this style.
    pub(super) fn paragraph(&mut self, xml: &mut Xml, style: &str, text: &Prose) {
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| xml.value("w:pStyle", style));
            prose::write(xml, self, text);
        });
    }

    /// Headings of this level and deeper, and what stands under them. Word has nine levels; deeper ones share the last.
    pub(super) fn sections(&mut self, xml: &mut Xml, sections: &[Section], level: usize) {
        for section in sections {
            self.sections += 1;
            let name = bookmark(self.sections);
            let id = self.sections.to_string();
            xml.element("w:p", &[], |xml| {
                xml.element("w:pPr", &[], |xml| {
                    xml.value("w:pStyle", &format!("Heading{}", level.min(9)));
                    if section.is_on_new_page {
                        xml.empty("w:pageBreakBefore", &[]);
                    }
                });
                xml.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &name)]);
                prose::run(xml, None, heading(&section.heading));
                xml.empty("w:bookmarkEnd", &[("w:id", &id)]);
            });
            self.blocks(xml, &section.blocks);
            self.sections(xml, &section.sections, level + 1);
        }
    }

    /// What every page is like; stands at the end of the text.
    pub(super) fn page(&self, xml: &mut Xml) {
        let Measures { width, height } = self.measures();
        let side = SIDE.to_string();
        xml.element("w:sectPr", &[], |xml| {
            xml.empty("w:footerReference", &[("w:type", "default"), ("r:id", "footer")]);
            xml.empty("w:pgSz", &[("w:w", &width.to_string()), ("w:h", &height.to_string())]);
            xml.empty(
                "w:pgMar",
                &[
                    ("w:top", "1247"),
                    ("w:right", &side),
                    ("w:bottom", "1417"),
                    ("w:left", &side),
                    ("w:header", "709"),
                    ("w:footer", "709"),
                    ("w:gutter", "0"),
                ],
            );
        });
    }
}

/// The bookmark at the heading of the section with this number, counted through the document from one.
pub(super) fn bookmark(section: usize) -> String {
    format!("_Toc{section:06}")
}
