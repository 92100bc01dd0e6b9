//! The file of an existing policy: a Word document, a saved web page or a PDF.

use ::policy::read_in::{Piece, PieceKind};
use exchange::{
    archive::Limits,
    docx, html,
    passage::{Passage, PassageKind},
    pdf,
};

/// The pieces of a file in reading order.
///
/// # Errors
/// Why it is not read and what to do, in words for whoever chose it.
pub(super) fn read(file: &[u8]) -> Result<Vec<Piece>, &'static str> {
    let passages = if is_pdf(file) {
        paragraphs(pdf::read(file, &pdf::Limits::default()).map_err(of_pdf)?)
    } else if is_html(file) {
        html::read(file, &html::Limits::default()).map_err(of_html)?
    } else {
        docx::read(file, &Limits::DOCUMENT).map_err(|refused| match refused {
            docx::Refused::NotADocument => {
                "This is not a Word document, a web page or a PDF. Choose a file that ends in .docx, .html or .pdf."
            }
            other => other.message(),
        })?
    };
    Ok(passages.into_iter().filter_map(piece).collect())
}

fn is_pdf(file: &[u8]) -> bool {
    file.starts_with(b"%PDF-")
}

/// Whether it begins as web pages do. Browsers would take any text for one; here a text without a sign of it was chosen by mistake.
fn is_html(file: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&file[..file.len().min(2_000)]).to_lowercase();
    let start = start.trim_start_matches('\u{feff}').trim_start();
    start.starts_with('<') && ["<!doctype html", "<html", "<head", "<body"].iter().any(|sign| start.contains(sign))
}

fn of_html(refused: html::Refused) -> &'static str {
    match refused {
        html::Refused::Bytes(_) => {
            "This web page is too large to read: 5 MB are the most. Copy its text into a Word document (.docx) and choose that."
        }
        html::Refused::Nodes(_) | html::Refused::Depth(_) | html::Refused::Attributes(_) => {
            "This web page is too long or too deeply nested to read. Copy its text into a Word document (.docx) and choose that."
        }
    }
}

fn of_pdf(refused: pdf::Refused) -> &'static str {
    match refused {
        pdf::Refused::Bytes(_) => {
            "This PDF is too large to read: 10 MB are the most. Choose the Word document (.docx) that it was made from."
        }
        pdf::Refused::Malformed => "This PDF is damaged, or was cut short. Save it again, and choose it again.",
        pdf::Refused::Locked => "This PDF has a password. Take it off, and save it again.",
        pdf::Refused::NoText => {
            "There is no text in this PDF: it is a picture of a document. Choose the Word document (.docx) that it was made from."
        }
    }
}

/// A PDF tells lines. One that does not end a sentence goes on in the next.
fn paragraphs(lines: Vec<Passage>) -> Vec<Passage> {
    let mut out: Vec<Passage> = Vec::new();
    for line in lines {
        let trimmed = line.text.trim_start();
        if let Some(item) = line_item(&line.kind, trimmed) {
            out.push(Passage::new(PassageKind::Item, item));
            continue;
        }
        match out.last_mut() {
            Some(last) if line.kind == PassageKind::Paragraph && goes_on(last, trimmed) => {
                last.text = format!("{} {trimmed}", last.text.trim_end());
            }
            _ => out.push(line),
        }
    }
    out
}

fn line_item(kind: &PassageKind, text: &str) -> Option<String> {
    let item = text.strip_prefix(['•', '▪', '◦', '●', '‣', '–', '\u{f0b7}'])?.trim();
    (*kind == PassageKind::Paragraph && !item.is_empty()).then(|| item.to_owned())
}

fn goes_on(last: &Passage, next: &str) -> bool {
    let is_running = matches!(last.kind, PassageKind::Paragraph | PassageKind::Item);
    let is_open = !last.text.trim_end().ends_with(['.', '!', '?', ':', ';', '”', '"']);
    // An item goes on only where the next line cannot begin anything.
    let begins_small = next.chars().next().is_some_and(char::is_lowercase);
    is_running && is_open && (begins_small || last.kind == PassageKind::Paragraph && last.text.chars().count() > 60)
}

/// What the reader of a file yields, as the matching takes it. The title that programs show is no part of the text.
fn piece(passage: Passage) -> Option<Piece> {
    let kind = match passage.kind {
        PassageKind::Title => return None,
        PassageKind::Heading(level) => PieceKind::Heading(level),
        PassageKind::Paragraph => PieceKind::Paragraph,
        PassageKind::Item => PieceKind::Item,
        PassageKind::Cell { row, column } => PieceKind::Cell { row, column },
        PassageKind::Link { address } => PieceKind::Link { address },
        PassageKind::Picture => PieceKind::Picture,
    };
    Some(Piece { kind, text: passage.text })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Passage {
        Passage::new(PassageKind::Paragraph, text.to_owned())
    }

    #[test]
    fn lines_of_a_pdf_become_paragraphs_and_items() {
        let lines =
            ["We help every learner to", "find a way.", "• Talks", "• Visits to employers", "and colleges", "Then"];
        let read = paragraphs(lines.map(line).into());
        let told: Vec<_> = read.iter().map(|one| (one.kind == PassageKind::Item, one.text.as_str())).collect();
        assert_eq!(
            told,
            [
                (false, "We help every learner to find a way."),
                (true, "Talks"),
                (true, "Visits to employers and colleges"),
                (false, "Then")
            ]
        );
    }

    #[test]
    fn what_a_file_is_shows_in_its_bytes_not_in_its_name() {
        assert!(is_html(b"\xef\xbb\xbf\n<!DOCTYPE html><html><body>"));
        assert!(!is_html(b"Words < words") && !is_html(b"<w:document>"));
        assert!(is_pdf(b"%PDF-1.7") && !is_pdf(b"PK"));
        assert!(read(b"Only words").is_err_and(|why| why.contains(".docx")));
    }
}
