use documents::{Block, Document, Section, html};
use jiff::civil::date;

use crate::sample::{HOSTILE, everything};

#[test]
fn a_document_is_a_page_with_headings_lists_and_tables() {
    insta::assert_snapshot!(html::fragment(&everything()));
}

#[test]
fn a_whole_page_is_complete_in_itself() {
    let page = html::write(&everything());
    for part in
        ["<!DOCTYPE html>", "<html lang=\"en-GB\">", "<title>Record of careers education</title>", "<h1>", "</html>"]
    {
        assert!(page.contains(part), "{part}");
    }
    for absent in ["src=", "<script", "<link", " style=", "url(", "@import"] {
        assert!(!page.contains(absent), "{absent}");
    }
    let head = page.split("</head>").next().unwrap_or_default();
    assert!(!head.contains("Ava"), "the head names no learner");
}

#[test]
fn what_people_type_is_never_read_as_markup() {
    let document = Document::new(HOSTILE, date(2027, 5, 1))
        .described(HOSTILE)
        .issued_by(HOSTILE)
        .about(HOSTILE)
        .block(Block::terms([(HOSTILE, HOSTILE)]))
        .section(Section::new(HOSTILE));
    let page = html::write(&document);
    assert!(!page.contains("<b onclick"));
    let kept = "&lt;b onclick=&quot;x&quot;&gt;&amp;amp;&lt;/b&gt;";
    assert_eq!(page.matches(kept).count(), 9, "{page}");
}

#[test]
fn headings_deeper_than_html_knows_say_their_level() {
    let mut deep = Section::new("Deepest");
    for level in 0..7 {
        deep = Section::new(format!("Level {level}")).section(deep);
    }
    let fragment = html::fragment(&Document::new("Deep", date(2027, 5, 1)).section(deep));
    assert!(fragment.contains("<h6 aria-level=\"9\">Deepest</h6>"), "{fragment}");
}
