//! Letters with their places become lines.

use hayro_interpret::{
    BlendMode, ClipPath, Device, GlyphDrawMode, Image, Paint, PathDrawMode, SoftMask, font::Glyph, hayro_cmap::BfString,
};
use kurbo::{Affine, BezPath, Point};

use crate::passage::{Passage, PassageKind};

/// One line as it is drawn; a paragraph once lines that go on into each other are put together.
#[derive(Default)]
struct Line {
    text: String,
    size: f64,
    page: u32,
    /// Where its first letter stands, and where its last ends.
    left: f64,
    right: f64,
    baseline: f64,
}

impl Line {
    /// Whether this line goes on in the next: set alike and close below, and its text could only go on there, since the first word of
    /// the next did not fit, or begins in the middle of a sentence.
    fn goes_on_in(&self, next: &Self, margin: f64) -> bool {
        let size = self.size.max(1.0);
        let below = (self.baseline - next.baseline).abs();
        let alike = self.page == next.page
            && (self.size - next.size).abs() < size * 0.08
            && (self.left - next.left).abs() < size * 0.6
            && (size * 0.8..size * 1.8).contains(&below);
        let word = next.text.split(' ').next().unwrap_or_default();
        #[expect(clippy::cast_precision_loss, reason = "words are short")]
        let wide = (word.chars().count() + 1) as f64 * size * 0.5;
        let full = self.right + wide > margin;
        let within = word.starts_with(char::is_lowercase) && !self.text.ends_with(['.', ':', ';', '!', '?']);
        alike && !next.text.starts_with(BULLETS) && (full || within)
    }
}

/// What lists begin their items with.
const BULLETS: [char; 4] = ['•', '▪', '◦', '‣'];

/// More figures were drawn than the limit.
pub(super) struct Enough;

/// Gathers what is drawn.
pub(super) struct Lines {
    left: usize,
    /// How many more figures may be drawn, each counted as often as it lies within others.
    figures: usize,
    /// How many lie around what is being drawn.
    within: usize,
    lines: Vec<(Line, Option<String>)>,
    now: String,
    page: u32,
    /// Where the line began.
    start: f64,
    /// Baseline, end of the last letter, size of type.
    at: Option<(f64, f64, f64)>,
}

impl Lines {
    pub(super) fn new(letters: usize, figures: usize) -> Self {
        Self { left: letters, figures, within: 0, lines: Vec::new(), now: String::new(), page: 0, start: 0.0, at: None }
    }

    pub(super) fn end_page(&mut self) {
        self.end_line();
        self.page = self.page.saturating_add(1);
    }

    /// A link of the page that has just ended.
    pub(super) fn link(&mut self, address: String) {
        if self.lines.len() < 100_000 {
            self.lines.push((Line::default(), Some(address)));
        }
    }

    fn end_line(&mut self) {
        let text = crate::html::sentence(&self.now);
        self.now.clear();
        if let Some((baseline, right, size)) = self.at.take()
            && !text.is_empty()
        {
            let (page, left) = (self.page, self.start);
            self.lines.push((Line { text, size, page, left, right, baseline }, None));
        }
    }

    fn letter(&mut self, text: &str, start: Point, end: f64, size: f64) {
        if self.left == 0 {
            return;
        }
        self.left -= 1;
        if let Some((baseline, last, before)) = self.at {
            let height = size.max(before).max(1.0);
            let gap = start.x - last;
            let same_line = (start.y - baseline).abs() < height * 0.35;
            if !same_line || gap > height * 2.2 || gap < -height * 1.5 {
                self.end_line();
            } else if gap > height * 0.18 {
                self.now.push(' ');
            }
        }
        if self.at.is_none() {
            self.start = start.x;
        }
        self.now.push_str(text);
        let size = self.at.map_or(size, |(_, _, before)| before.max(size));
        self.at = Some((start.y, end, size));
    }

    /// What was gathered: lines larger than the commonest size of type are headings; lines that go on into each other are one passage.
    pub(super) fn passages(self) -> Vec<Passage> {
        let body = commonest(self.lines.iter().filter(|(_, link)| link.is_none()).map(|(line, _)| line));
        joined(self.lines)
            .into_iter()
            .map(|(line, link)| match link {
                Some(address) => Passage::new(PassageKind::Link { address }, ""),
                None => {
                    let kind = match line.size / body.max(1.0) {
                        large if large >= 1.6 => PassageKind::Heading(1),
                        large if large >= 1.3 => PassageKind::Heading(2),
                        large if large >= 1.12 => PassageKind::Heading(3),
                        _ if line.text.starts_with(BULLETS) => PassageKind::Item,
                        _ => PassageKind::Paragraph,
                    };
                    Passage::new(kind, line.text.trim_start_matches(['•', '▪', '◦', '‣', ' ']).to_owned())
                }
            })
            .filter(|passage| !passage.text.is_empty() || matches!(passage.kind, PassageKind::Link { .. }))
            .collect()
    }
}

/// Puts lines together that go on into each other. The margin of a page is where its furthest line ends.
fn joined(lines: Vec<(Line, Option<String>)>) -> Vec<(Line, Option<String>)> {
    let mut margins = std::collections::BTreeMap::<u32, f64>::new();
    for (line, _) in &lines {
        let margin = margins.entry(line.page).or_insert(0.0);
        *margin = margin.max(line.right);
    }
    let mut out: Vec<(Line, Option<String>)> = Vec::with_capacity(lines.len());
    for (line, link) in lines {
        let margin = margins.get(&line.page).copied().unwrap_or_default();
        match out.last_mut() {
            Some((before, None)) if link.is_none() && before.goes_on_in(&line, margin) => {
                before.text.push(' ');
                before.text.push_str(&line.text);
                before.right = line.right;
                before.baseline = line.baseline;
            }
            _ => out.push((line, link)),
        }
    }
    out
}

/// The size of type that most letters have, in steps of half a point.
fn commonest<'l>(lines: impl Iterator<Item = &'l Line>) -> f64 {
    let mut sizes = std::collections::BTreeMap::<i64, usize>::new();
    for line in lines {
        #[expect(clippy::cast_possible_truncation, reason = "sizes of type are small, and the cast saturates")]
        let step = (line.size * 2.0).round() as i64;
        *sizes.entry(step).or_default() += line.text.len();
    }
    #[expect(clippy::cast_precision_loss, reason = "sizes of type are small")]
    sizes.into_iter().max_by_key(|(_, letters)| *letters).map_or(0.0, |(step, _)| step as f64 / 2.0)
}

impl<'a> Device<'a> for Lines {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {
        self.within += 1;
        match self.figures.checked_sub(self.within) {
            Some(left) => self.figures = left,
            None => std::panic::resume_unwind(Box::new(Enough)),
        }
    }
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_glyph(&mut self, glyph: &Glyph<'a>, page: Affine, own: Affine, _: &Paint<'a>, _: &GlyphDrawMode) {
        let Some(said) = glyph.as_unicode() else { return };
        let place = page * own;
        let start = place * Point::ZERO;
        let wide = match glyph {
            Glyph::Outline(outline) => outline.advance_width().map_or(500.0, f64::from),
            Glyph::Type3(_) => 500.0,
        };
        let end = place * Point::new(wide, 0.0);
        let size = (place * Point::new(0.0, 1000.0)).distance(start);
        if !(start.x.is_finite() && start.y.is_finite() && end.x.is_finite() && size.is_finite()) {
            return;
        }
        match said {
            BfString::Char(letter) => self.letter(letter.encode_utf8(&mut [0; 4]), start, end.x, size),
            BfString::String(text) => self.letter(&text, start, end.x, size),
        }
    }
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {
        self.within = self.within.saturating_sub(1);
    }
    fn pop_transparency_group(&mut self) {}
}
