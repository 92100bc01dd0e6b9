//! PDF/UA-1 as another library finds it. veraPDF, which checks all of it, is in no package registry that builds use (the Java archive of its
//! makers alone); what a program can see without it is asked for here.

use documents::{Block, Document, Figure, Section, pdf};
use jiff::civil::date;

use crate::{
    office,
    sample::{everything, policy},
};

fn found(document: &Document) -> String {
    let bytes = pdf::write(document).unwrap_or_else(|fault| panic!("{fault}"));
    office::python(&["pikepdf"], include_str!("read_pdf.py"), &bytes)
}

#[test]
fn tags_language_title_headings_and_bookmarks_are_there_and_hang_together() {
    insta::assert_snapshot!(found(&policy(1)));
}

#[test]
fn a_long_document_with_a_figure_has_no_fault() {
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 30" width="100" height="30"><rect width="100" height="30" fill="#1d4a38"/><text x="5" y="20" fill="#fff">Year 9</text></svg>"##;
    let figure = Figure { svg: svg.into(), width: 100, height: 30, description: "One branch of a way.".into() };
    for document in [
        policy(12).block(Block::Figure(figure)),
        everything(),
        Document::new("Nothing", date(2027, 5, 1)).with_contents(),
        Document::new("One", date(2027, 5, 1)).with_contents().section(Section::new("Alone").on_new_page()),
    ] {
        let found = found(&document);
        assert!(found.starts_with("faults: []\n"), "{found}");
    }
}

#[test]
fn it_is_read_in_the_order_in_which_it_was_written() {
    let bytes = pdf::write(&policy(3)).unwrap_or_else(|fault| panic!("{fault}"));
    let text: String = office::python(&["pypdf"], include_str!("read_order.py"), &bytes).split_whitespace().collect();
    let mut from = 0;
    for words in [
        "LarkfieldAcademy",
        "Careerseducationpolicy",
        "1May2027",
        "Important",
        "Contents",
        "3.3Howwekeepit",
        "AppendixA:theprogramme",
        "Aboutyou",
        "Activities,earliestfirst",
        "1.1Howwekeepit",
        "Promise1.1.4:",
        "Promise3.3.4:",
        "AppendixA:theprogramme",
        "Employertalk30",
    ] {
        let at = text[from..].find(words).unwrap_or_else(|| panic!("{words} is not after the words before it"));
        from += at + words.len();
    }
}

#[test]
fn contents_name_pages_that_are_right() {
    let bytes = pdf::write(&policy(7)).unwrap_or_else(|fault| panic!("{fault}"));
    let text = crate::poppler::text(&bytes).replace('\u{2060}', "");
    let pages: Vec<&str> = text.split('\u{c}').collect();
    let entries = pages[0].lines().chain(pages[1].lines()).filter(|line| line.contains(" . ") || line.contains(".."));
    let mut checked = 0;
    for entry in entries {
        let (heading, page) = entry.trim().rsplit_once(' ').expect("a page");
        let heading = heading.trim_end_matches([' ', '.']);
        let page: usize = page.parse().unwrap_or_else(|_| panic!("{entry}"));
        assert!(pages[page - 1].contains(heading), "{heading} is not on page {page}");
        checked += 1;
    }
    assert!(checked > 25, "{checked} entries");
}
