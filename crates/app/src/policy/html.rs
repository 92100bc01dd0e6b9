use ::policy::markdown::{Piece, read};
use documents::{Document, Section};
use domain::Date;

/// A text in the little Markdown of policies, as HTML for a page: headings begin at `h2`.
pub(crate) fn html(text: &str, today: Date) -> String {
    let mut document = Document::new("", today);
    let mut section: Option<Section> = None;
    for piece in read(text) {
        match piece {
            Piece::Heading(heading) => {
                if let Some(done) = section.replace(Section::new(heading)) {
                    document = document.section(done);
                }
            }
            Piece::Block(block) => match section.take() {
                Some(open) => section = Some(open.block(block)),
                None => document = document.block(block),
            },
        }
    }
    if let Some(done) = section {
        document = document.section(done);
    }
    documents::html::fragment(&document)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_typed_is_shown_and_never_run() {
        let html = html(
            "One *two* <script>x</script>.\n\n### Head\n\n- [a](javascript:x)\n- [b](https://a.example)",
            jiff::civil::date(2026, 11, 23),
        );
        assert!(html.contains("<h2>Head</h2>") && html.contains("https://a.example"), "{html}");
        assert!(!html.contains("<script") && !html.contains("=\"javascript:"), "{html}");
    }
}
