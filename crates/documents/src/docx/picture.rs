//! Figures: the SVG for programs that draw it, and pixels for those that do not.

use std::sync::{Arc, LazyLock};

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb},
};

use super::xml::Xml;
use crate::{Figure, pdf};

/// The typefaces of documents and nothing from the machine: the same figure gives the same pixels everywhere.
static TYPEFACES: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut database = fontdb::Database::new();
    pdf::typefaces().for_each(|file| database.load_font_data(file.to_vec()));
    database.set_sans_serif_family("Atkinson Hyperlegible");
    database.set_serif_family("Atkinson Hyperlegible");
    Arc::new(database)
});

/// As wide as is sharp on paper, in pixels.
const WIDTH: u32 = 1_600;

/// Never higher than this, in pixels.
const HEIGHT: u32 = 3_200;

/// English Metric Units in a twentieth of a point, in which pictures are measured.
const EMU: u64 = 635;

/// The figure as PNG; none if its SVG cannot be drawn.
pub(super) fn pixels(figure: &Figure) -> Option<Vec<u8>> {
    let options = Options {
        fontdb: Arc::clone(&TYPEFACES),
        font_family: "Atkinson Hyperlegible".to_owned(),
        ..Options::default()
    };
    let tree = Tree::from_str(&figure.svg, &options).ok()?;
    let size = tree.size();
    let scale = (WIDTH as f32 / size.width()).min(HEIGHT as f32 / size.height());
    let side = |length: f32| (length * scale).round().max(1.0) as u32;
    let mut pixmap = Pixmap::new(side(size.width()), side(size.height()))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    pixmap.encode_png().ok()
}

/// Under which numbers a figure is known.
pub(super) struct Ids<'a> {
    /// Which figure of the document it is, from one.
    pub(super) number: usize,
    /// The relation to its pixels.
    pub(super) png: &'a str,
    /// The relation to its SVG.
    pub(super) svg: &'a str,
}

/// The figure where it stands, at most `room` wide, in twentieths of a point.
pub(super) fn drawing(xml: &mut Xml, figure: &Figure, ids: Ids<'_>, room: u32) {
    let ratio = f64::from(figure.height) / f64::from(figure.width.max(1));
    // Not higher than three quarters of its paper.
    let width = f64::from(room).min(f64::from(room) * 1.35 / ratio.max(0.01));
    let emu = |length: f64| (length.max(1.0) as u64 * EMU).to_string();
    let (width, height) = (emu(width), emu(width * ratio));
    let number = ids.number.to_string();
    let name = format!("Figure {number}");
    xml.element("w:drawing", &[], |xml| {
        xml.element("wp:inline", &[("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")], |xml| {
            xml.empty("wp:extent", &[("cx", &width), ("cy", &height)]);
            xml.empty("wp:docPr", &[("id", &number), ("name", &name), ("descr", &figure.description)]);
            xml.element("a:graphic", &[], |xml| {
                let picture = "http://schemas.openxmlformats.org/drawingml/2006/picture";
                xml.element("a:graphicData", &[("uri", picture)], |xml| {
                    xml.element("pic:pic", &[], |xml| {
                        xml.element("pic:nvPicPr", &[], |xml| {
                            xml.empty("pic:cNvPr", &[("id", &number), ("name", &name), ("descr", &figure.description)]);
                            xml.empty("pic:cNvPicPr", &[]);
                        });
                        xml.element("pic:blipFill", &[], |xml| {
                            xml.element("a:blip", &[("r:embed", ids.png)], |xml| {
                                xml.element("a:extLst", &[], |xml| {
                                    let extension = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}";
                                    xml.element("a:ext", &[("uri", extension)], |xml| {
                                        xml.empty("asvg:svgBlip", &[("r:embed", ids.svg)]);
                                    });
                                });
                            });
                            xml.element("a:stretch", &[], |xml| xml.empty("a:fillRect", &[]));
                        });
                        xml.element("pic:spPr", &[], |xml| {
                            xml.element("a:xfrm", &[], |xml| {
                                xml.empty("a:off", &[("x", "0"), ("y", "0")]);
                                xml.empty("a:ext", &[("cx", &width), ("cy", &height)]);
                            });
                            xml.element("a:prstGeom", &[("prst", "rect")], |xml| xml.empty("a:avLst", &[]));
                        });
                    });
                });
            });
        });
    });
}
