//! One paragraph: its words, whether it is a heading, an item or text, and what leads out of it.

use super::{
    Refused,
    flow::{Flow, Look, Piece},
    markup::{Element, Step},
    style::Role,
};
use crate::passage::PassageKind;

/// What is gathered of a paragraph.
#[derive(Default)]
struct Gathered {
    style: Option<String>,
    outline: Option<u8>,
    list: Option<(String, u8)>,
    text: String,
    /// Letters and figures that are bold, and those that are not.
    bold: usize,
    plain: usize,
    size: Option<u32>,
    links: Vec<(String, String)>,
    pictures: Vec<String>,
    /// What stands in text boxes that are anchored here.
    boxes: Vec<Piece>,
    fields: Vec<Field>,
    /// The link whose words are being read, and where in the text they begin.
    open_links: Vec<(String, usize, usize)>,
}

/// Something that Word works out: an instruction, then what it came to.
#[derive(Default)]
struct Field {
    instruction: String,
    is_result: bool,
    begins_at: usize,
}

impl Field {
    /// Page numbers are no words of the document.
    fn is_page(&self) -> bool {
        let name = self.instruction.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
        matches!(name.as_str(), "PAGE" | "NUMPAGES" | "SECTIONPAGES" | "PAGEREF")
    }

    /// Where `HYPERLINK "https://…"` leads.
    fn address(&self) -> Option<&str> {
        let rest = self.instruction.trim_start();
        let name = rest.get(..9)?;
        if !name.eq_ignore_ascii_case("HYPERLINK") {
            return None;
        }
        let quoted = rest[9..].split('"').nth(1)?;
        // `\l` leads to a place in the document itself.
        let before = rest[9..].split('"').next()?;
        (!before.contains("\\l") && !quoted.trim().is_empty()).then(|| quoted.trim())
    }
}

/// How the letters of a run look.
#[derive(Default, Clone, Copy)]
struct Letters {
    is_bold: bool,
    is_hidden: bool,
    size: Option<u32>,
}

/// Reads the paragraph that was just opened and adds what it says.
pub(super) fn read(flow: &mut Flow<'_>, pieces: &mut Vec<Piece>) -> Result<(), Refused> {
    let mut it = Gathered::default();
    let outside = flow.markup.depth() - 1;
    loop {
        match flow.markup.step()? {
            Step::Open(element) => open(flow, &mut it, &element)?,
            Step::Close => {
                let depth = flow.markup.depth();
                while it.open_links.last().is_some_and(|(_, _, inside)| *inside > depth) {
                    close_link(&mut it);
                }
                if depth <= outside {
                    break;
                }
            }
            Step::Text(_) => {}
            Step::End => return Err(Refused::Xml(crate::xml::Refused::CutShort)),
        }
    }
    while !it.open_links.is_empty() {
        close_link(&mut it);
    }
    finish(flow, it, pieces);
    Ok(())
}

fn open(flow: &mut Flow<'_>, it: &mut Gathered, element: &Element) -> Result<(), Refused> {
    match element.name.as_str() {
        "pPr" => properties(flow, it)?,
        "r" => run(flow, it)?,
        "hyperlink" => {
            if let Some(address) = element.attribute("id").and_then(|id| flow.links.get(id)) {
                it.open_links.push((address.clone(), it.text.len(), flow.markup.depth()));
            }
        }
        "fldSimple" => {
            let field =
                Field { instruction: element.attribute("instr").unwrap_or_default().to_owned(), ..Field::default() };
            if field.is_page() {
                flow.markup.skip()?;
            } else if let Some(address) = field.address() {
                it.open_links.push((address.to_owned(), it.text.len(), flow.markup.depth()));
            }
        }
        "del" | "moveFrom" | "Fallback" => flow.markup.skip()?,
        // Formulas have letters of their own.
        "t" => {
            let text = flow.markup.leaf()?;
            it.text.push_str(&text);
        }
        "txbxContent" => boxed(flow, it)?,
        _ => picture(it, element),
    }
    Ok(())
}

/// What stands for a picture.
fn picture(it: &mut Gathered, element: &Element) {
    let words = match element.name.as_str() {
        // The title is what older programs called the description.
        "docPr" => element.attribute("descr").filter(|words| !words.trim().is_empty()).or(element.attribute("title")),
        "shape" => element.attribute("alt"),
        _ => None,
    };
    if let Some(words) = words.map(sentence).filter(|words| !words.is_empty()) {
        it.pictures.push(words);
    }
}

fn boxed(flow: &mut Flow<'_>, it: &mut Gathered) -> Result<(), Refused> {
    let outside = flow.markup.depth() - 1;
    flow.until(outside, &mut it.boxes)?;
    Ok(())
}

fn properties(flow: &mut Flow<'_>, it: &mut Gathered) -> Result<(), Refused> {
    let outside = flow.markup.depth() - 1;
    let (mut list, mut level) = (None, 0);
    loop {
        match flow.markup.step()? {
            Step::Open(element) => match element.name.as_str() {
                "pStyle" => it.style = element.value().map(str::to_owned),
                "outlineLvl" => it.outline = element.value().and_then(|level| level.parse().ok()),
                "numId" => list = element.value().map(str::to_owned),
                "ilvl" => level = element.value().and_then(|level| level.parse().ok()).unwrap_or(0),
                // How the mark at the end of the paragraph looks; and what it was before it was changed.
                "rPr" | "pPrChange" => flow.markup.skip()?,
                _ => {}
            },
            Step::Close if flow.markup.depth() <= outside => break,
            Step::Close | Step::Text(_) => {}
            Step::End => return Err(Refused::Xml(crate::xml::Refused::CutShort)),
        }
    }
    it.list = list.map(|list| (list, level));
    Ok(())
}

fn run(flow: &mut Flow<'_>, it: &mut Gathered) -> Result<(), Refused> {
    let outside = flow.markup.depth() - 1;
    let styles = &flow.package.styles;
    let style = it.style.as_deref();
    let mut letters = Letters {
        is_bold: styles.find(style, |style| style.is_bold).unwrap_or(false),
        is_hidden: styles.find(style, |style| style.is_hidden).unwrap_or(false),
        size: styles.find(style, |style| style.size),
    };
    loop {
        match flow.markup.step()? {
            Step::Open(element) => match element.name.as_str() {
                "rPr" => {
                    run_properties(flow, &mut letters)?;
                }
                "t" => {
                    let text = flow.markup.leaf()?;
                    say(it, &text, letters);
                }
                "tab" | "br" | "cr" | "ptab" => say(it, " ", letters),
                "noBreakHyphen" => say(it, "-", letters),
                "fldChar" => match element.attribute("fldCharType") {
                    Some("begin") if it.fields.len() < 64 => {
                        it.fields.push(Field { begins_at: it.text.len(), ..Field::default() });
                    }
                    Some("separate") => {
                        let begins_at = it.text.len();
                        if let Some(field) = it.fields.last_mut() {
                            field.is_result = true;
                            field.begins_at = begins_at;
                        }
                    }
                    Some("end") => {
                        if let Some(field) = it.fields.pop()
                            && let Some(address) = field.address()
                        {
                            let words = sentence(it.text.get(field.begins_at..).unwrap_or_default());
                            it.links.push((words, address.to_owned()));
                        }
                    }
                    _ => {}
                },
                "instrText" => {
                    let instruction = flow.markup.leaf()?;
                    if let Some(field) = it.fields.last_mut() {
                        field.instruction.push_str(&instruction);
                    }
                }
                "del" | "moveFrom" | "Fallback" | "delText" => flow.markup.skip()?,
                "txbxContent" => boxed(flow, it)?,
                _ => picture(it, &element),
            },
            Step::Close if flow.markup.depth() <= outside => return Ok(()),
            Step::Close | Step::Text(_) => {}
            Step::End => return Err(Refused::Xml(crate::xml::Refused::CutShort)),
        }
    }
}

fn run_properties(flow: &mut Flow<'_>, letters: &mut Letters) -> Result<(), Refused> {
    let outside = flow.markup.depth() - 1;
    let styles = &flow.package.styles;
    loop {
        match flow.markup.step()? {
            Step::Open(element) => match element.name.as_str() {
                "rStyle" => {
                    let style = element.value();
                    letters.is_bold = styles.find(style, |style| style.is_bold).unwrap_or(letters.is_bold);
                    letters.is_hidden = styles.find(style, |style| style.is_hidden).unwrap_or(letters.is_hidden);
                    letters.size = styles.find(style, |style| style.size).or(letters.size);
                }
                "b" => letters.is_bold = element.is_on(),
                "vanish" => letters.is_hidden = element.is_on(),
                "sz" => letters.size = element.value().and_then(|size| size.parse().ok()).or(letters.size),
                "rPrChange" => flow.markup.skip()?,
                _ => {}
            },
            Step::Close if flow.markup.depth() <= outside => return Ok(()),
            Step::Close | Step::Text(_) => {}
            Step::End => return Err(Refused::Xml(crate::xml::Refused::CutShort)),
        }
    }
}

fn say(it: &mut Gathered, text: &str, letters: Letters) {
    if letters.is_hidden || it.fields.iter().any(|field| !field.is_result || field.is_page()) {
        return;
    }
    let heard = text.chars().filter(|c| c.is_alphanumeric()).count();
    if letters.is_bold {
        it.bold += heard;
    } else {
        it.plain += heard;
    }
    it.size = it.size.max(letters.size);
    it.text.push_str(text);
}

fn close_link(it: &mut Gathered) {
    if let Some((address, from, _)) = it.open_links.pop() {
        let words = sentence(it.text.get(from..).unwrap_or_default());
        it.links.push((words, address));
    }
}

/// The longest line that may be a heading for its looks alone, in characters.
const LONGEST_HEADING: usize = 120;

/// Bullets that people type, or that a font of symbols draws.
const BULLETS: [char; 9] = ['•', '▪', '●', '◦', '■', '‣', '\u{f0b7}', '\u{f0a7}', '\u{b7}'];

fn finish(flow: &Flow<'_>, it: Gathered, pieces: &mut Vec<Piece>) {
    let styles = &flow.package.styles;
    let style = it.style.as_deref();
    let mut text = sentence(&it.text);
    let role = match it.outline {
        Some(level @ 0..=8) => Role::Heading((level + 1).min(6)),
        _ => styles.role(style),
    };
    let list = it
        .list
        .or_else(|| styles.find(style, |style| style.list.clone()))
        .filter(|(id, _)| id != "0" && !id.is_empty());
    let counts = list.as_ref().is_some_and(|(id, level)| flow.package.numbering.counts(id, *level));
    let is_bold = it.bold > 0 && it.plain == 0;
    if !text.is_empty() && role != Role::Contents {
        let typed = text.strip_prefix(BULLETS).map(|rest| rest.trim_start().to_owned());
        let is_typed_item = typed.is_some();
        if let Some(rest) = typed {
            text = rest;
        }
        let kind = match role {
            Role::Heading(level) => PassageKind::Heading(level),
            Role::Title => PassageKind::Heading(1),
            Role::Contents | Role::Text if list.is_some() || is_typed_item => PassageKind::Item,
            Role::Contents | Role::Text => PassageKind::Paragraph,
        };
        // A bold line of a list with bullets is a bold item.
        let may_be_heading = matches!(kind, PassageKind::Paragraph) || (matches!(kind, PassageKind::Item) && counts);
        let ends_a_sentence = text.ends_with(['.', ';', ',']);
        let is_short = text.chars().count() <= LONGEST_HEADING;
        let look = (is_bold && may_be_heading && is_short && !ends_a_sentence).then_some(Look { size: it.size });
        if !text.is_empty() {
            pieces.push(Piece { kind, text, look });
        }
    }
    if role != Role::Contents {
        let link = |(words, address)| Piece::new(PassageKind::Link { address }, words);
        pieces.extend(it.links.into_iter().map(link));
    }
    pieces.extend(it.pictures.into_iter().map(|words| Piece::new(PassageKind::Picture, words)));
    pieces.extend(it.boxes);
}

/// White space as in a sentence, and without what is not seen.
fn sentence(text: &str) -> String {
    let seen: String = text.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\0')).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}
