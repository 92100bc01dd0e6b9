use super::{
    body::Body,
    picture, prose,
    xml::{Attributes, Xml},
};
use crate::{Block, ColumnKind, Figure, List, ListKind, Note, NoteKind, Prose, Table};

/// The entry of `numbering.xml` that bullets use; numbered lists follow, each its own.
const BULLETS: usize = 1;

impl Body {
    /// What stands under a heading.
    pub(super) fn blocks(&mut self, xml: &mut Xml, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(text) if text.is_blank() => {}
                Block::Paragraph(text) => self.paragraph(xml, "BodyText", text),
                Block::List(list) => self.list(xml, list),
                Block::Table(table) => self.table(xml, table),
                Block::Terms(terms) => {
                    for term in terms {
                        xml.element("w:p", &[], |xml| {
                            xml.element("w:pPr", &[], |xml| xml.value("w:pStyle", "Term"));
                            prose::run(xml, Some("TermName"), &term.term);
                            xml.element("w:r", &[], |xml| xml.empty("w:tab", &[]));
                            prose::write(xml, self, &term.value);
                        });
                    }
                }
                Block::Note(note) => self.note(xml, note),
                Block::Figure(figure) => self.figure(xml, figure),
            }
        }
    }

    fn list(&mut self, xml: &mut Xml, list: &List) {
        if list.items.is_empty() {
            return;
        }
        let (style, number) = match list.kind {
            ListKind::Bullets => ("ListBullet", BULLETS),
            ListKind::Numbers => {
                self.numbered_lists += 1;
                ("ListNumber", BULLETS + self.numbered_lists)
            }
        };
        for item in &list.items {
            xml.element("w:p", &[], |xml| {
                xml.element("w:pPr", &[], |xml| {
                    xml.value("w:pStyle", style);
                    xml.element("w:numPr", &[], |xml| {
                        xml.value("w:ilvl", "0");
                        xml.value("w:numId", &number.to_string());
                    });
                });
                prose::write(xml, self, item);
            });
        }
    }

    fn note(&mut self, xml: &mut Xml, note: &Note) {
        let style = match note.kind {
            NoteKind::Note => "Note",
            NoteKind::Important => "NoteImportant",
        };
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| {
                xml.value("w:pStyle", style);
                xml.empty("w:keepNext", &[]);
            });
            prose::run(xml, Some("Strong"), note.kind.word());
        });
        note.paragraphs.iter().for_each(|paragraph| self.paragraph(xml, style, paragraph));
    }

    fn figure(&mut self, xml: &mut Xml, figure: &Figure) {
        let Some(pixels) = picture::pixels(figure) else {
            // Whatever cannot be drawn has words.
            return self.paragraph(xml, "Caption", &figure.description.as_str().into());
        };
        let number = self.pictures.len() / 2 + 1;
        let names = [format!("media/figure{number}.png"), format!("media/figure{number}.svg")];
        let [png, svg] = [&names[0], &names[1]].map(|name| self.relate("image", name, false));
        self.pictures.extend(names.into_iter().zip([pixels, figure.svg.clone().into_bytes()]));
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| xml.value("w:pStyle", "Figure"));
            xml.element("w:r", &[], |xml| {
                picture::drawing(xml, figure, picture::Ids { number, png: &png, svg: &svg }, self.text_width());
            });
        });
    }

    fn table(&mut self, xml: &mut Xml, table: &Table) {
        if let Some(caption) = &table.caption {
            self.paragraph(xml, "Caption", caption);
        }
        if table.rows().is_empty() {
            return self.paragraph(xml, "Nothing", &Table::NOTHING.into());
        }
        let widths = widths(table, self.text_width());
        xml.element("w:tbl", &[], |xml| {
            xml.element("w:tblPr", &[], |xml| {
                xml.value("w:tblStyle", "WaymarkTable");
                // Fiftieths of a per cent: as wide as the page, whatever the page.
                xml.empty("w:tblW", &[("w:w", "5000"), ("w:type", "pct")]);
                xml.empty("w:tblLayout", &[("w:type", "fixed")]);
                let column = if table.has_header_column { "1" } else { "0" };
                xml.empty(
                    "w:tblLook",
                    &[
                        ("w:val", if table.has_header_column { "06A0" } else { "0620" }),
                        ("w:firstRow", "1"),
                        ("w:lastRow", "0"),
                        ("w:firstColumn", column),
                        ("w:lastColumn", "0"),
                        ("w:noHBand", "1"),
                        ("w:noVBand", "1"),
                    ],
                );
                if let Some(caption) = &table.caption {
                    let words: String = caption.parts().iter().map(|part| part.words()).collect();
                    xml.value("w:tblCaption", &words);
                }
            });
            xml.element("w:tblGrid", &[], |xml| {
                widths.iter().for_each(|width| xml.empty("w:gridCol", &[("w:w", &width.to_string())]));
            });
            let headings: Vec<Prose> = table.columns().iter().map(|column| column.heading.as_str().into()).collect();
            self.row(xml, table, &widths, &headings, true);
            table.rows().iter().for_each(|row| self.row(xml, table, &widths, row, false));
        });
        // Two tables in a row would become one.
        xml.element("w:p", &[], |xml| xml.element("w:pPr", &[], |xml| xml.value("w:pStyle", "AfterTable")));
    }

    fn row(&mut self, xml: &mut Xml, table: &Table, widths: &[u32], cells: &[Prose], is_header: bool) {
        let is_kept = cells.iter().all(|cell| length(cell) <= LONGEST_KEPT);
        xml.element("w:tr", &[], |xml| {
            xml.element("w:trPr", &[], |xml| {
                if is_kept {
                    xml.empty("w:cantSplit", &[]);
                }
                if is_header {
                    xml.empty("w:tblHeader", &[]);
                }
            });
            for ((cell, width), column) in cells.iter().zip(widths).zip(table.columns()) {
                xml.element("w:tc", &[], |xml| {
                    let width: &str = &width.to_string();
                    let attributes: Attributes<'_> = &[("w:w", width), ("w:type", "dxa")];
                    xml.element("w:tcPr", &[], |xml| xml.empty("w:tcW", attributes));
                    let style = if column.kind == ColumnKind::Figures { "TableFigures" } else { "TableText" };
                    self.paragraph(xml, style, cell);
                });
            }
        });
    }
}

/// A row whose cells are all shorter is kept on one page; a longer one might not fit on any.
const LONGEST_KEPT: usize = 600;

/// How wide the columns are, in twentieths of a point: as much as their entries are long, within reason.
fn widths(table: &Table, room: u32) -> Vec<u32> {
    let shares: Vec<u32> = table
        .columns()
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let cells = table.rows().iter().map(|row| length(&row[index]));
            let heading = column.heading.chars().count();
            let share = match column.kind {
                ColumnKind::Short | ColumnKind::Figures => cells.chain([heading]).max().unwrap_or(0).clamp(6, 24),
                ColumnKind::Words => (cells.sum::<usize>() / table.rows().len().max(1)).max(heading).clamp(14, 60),
            };
            // Three more for the space around an entry.
            u32::try_from(share + 3).unwrap_or(60)
        })
        .collect();
    let all: u32 = shares.iter().sum();
    shares.iter().map(|share| (room * share / all.max(1)).max(1)).collect()
}

fn length(text: &Prose) -> usize {
    text.parts().iter().map(|part| part.words().chars().count()).sum()
}
