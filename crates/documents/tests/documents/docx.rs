use std::io::Read as _;

use documents::{Address, Block, Document, Figure, Paper, Prose, Section, docx};
use jiff::civil::date;

use crate::{
    office, poppler,
    sample::{HOSTILE, activities, everything, policy},
};

/// One part of a file.
fn part(docx: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(docx)).expect("a zip");
    let mut text = String::new();
    zip.by_name(name).expect("the part").read_to_string(&mut text).expect("UTF-8");
    text
}

fn read(document: &Document) -> String {
    office::python(&["python-docx"], include_str!("read_docx.py"), &docx::write(document))
}

/// A line for each paragraph and row, so that a difference shows where it is.
fn one_a_line(xml: &str) -> String {
    ["<w:p>", "<w:tbl>", "<w:tr>", "<w:sdt>", "<w:sectPr>"]
        .iter()
        .fold(xml.to_owned(), |xml, start| xml.replace(start, &format!("\n{start}")))
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

fn picture() -> Figure {
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100" width="300" height="100"><rect width="300" height="100" fill="#1d4a38"/><text x="5" y="40" font-size="30" fill="#fff">Year 9</text></svg>"##;
    Figure { svg: svg.into(), width: 300, height: 100, description: "One branch of a way.".into() }
}

#[test]
fn every_block_becomes_what_it_is() {
    let document = everything().with_contents().section(Section::new("Appendix").on_new_page());
    insta::assert_snapshot!(one_a_line(&part(&docx::write(&document), "word/document.xml")));
}

#[test]
fn python_docx_reads_headings_lists_header_rows_links_and_properties() {
    insta::assert_snapshot!(read(&policy(1)));
}

#[test]
fn libreoffice_opens_it_and_shows_all_of_it_in_order() {
    let pdf = office::as_pdf(&docx::write(&policy(7)));
    let text = squeezed(&poppler::text(&pdf));
    let mut from = 0;
    let expected = [
        "LarkfieldAcademy",
        "Careerseducationpolicy",
        "1May2027",
        "Important",
        "Contents",
        "7.3Howwekeepit",
        "AppendixA:theprogramme",
        "Aboutyou",
        "Activities,earliestfirst",
        "1.1Howwekeepit",
        "Promise1.1.4:somebodyisinchargeofit",
        "1.Ask2.Listen3.Try",
        "Promise7.3.4:",
        "AppendixA:theprogramme",
        "Anemployerfromtheothersideoftheriver",
    ];
    for words in expected {
        let at = text[from..].find(words).unwrap_or_else(|| panic!("{words} is not after the words before it"));
        from += at + words.len();
    }
    assert!(text.contains("Careerseducationpolicy") && text.contains("Page2of"), "{text}");
    let info = poppler::info(&pdf, &[]);
    assert!(info.contains("Title:           Careers education policy"), "{info}");
    // Each numbered list begins at one.
    assert_eq!(text.matches("1.Ask").count(), 22);
}

#[test]
fn a_long_table_repeats_its_headings_and_pages_are_numbered() {
    let document =
        Document::new("A long list", date(2027, 5, 1)).section(Section::new("Activities").table(activities(120)));
    let text = poppler::text(&office::as_pdf(&docx::write(&document)));
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    assert!(pages.len() > 2, "{}", pages.len());
    for (index, page) in pages.iter().enumerate() {
        assert!(page.contains("With whom"), "page {}: {page}", index + 1);
        assert!(page.contains(&format!("Page {} of {}", index + 1, pages.len())), "{page}");
    }
}

#[test]
fn what_people_type_is_never_read_as_markup() {
    for typed in [HOSTILE, "]]>", "<w:p/>", "&amp;", "\"'", "_x0041_", "{ PAGE }"] {
        let prose = Prose::new().text(typed).strong(typed).emphasis(typed);
        let mut document = everything()
            .about(typed)
            .block(Block::paragraph(prose.clone()))
            .block(Block::terms([(typed, prose)]))
            .block(Block::important(typed))
            .section(Section::new(typed))
            .with_contents();
        document.title = typed.to_owned();
        document.description = Some(typed.to_owned());
        document.issued_by = Some(typed.to_owned());
        let said = read(&document);
        assert!(said.contains(&format!("Title: {typed}\n")), "{said}");
        assert!(said.contains(&format!("Heading 1: {typed}\n")), "{said}");
        assert!(said.contains(&format!("TOC1: {typed} found\n")), "{said}");
    }
}

#[test]
fn any_character_can_be_typed() {
    let strange =
        "Zoë Łódź \u{0}\u{7}\u{feff}\u{202e}x\u{200d}y tab\there 👩‍🎓 日本 العربية \u{fffe}\u{10ffff}\u{2028}\r\n✓";
    let address = Address::parse("https://example.org/a?b=c&d=\u{e9}").expect("an address");
    let document = Document::new(strange, date(2027, 5, 1))
        .described(strange)
        .issued_by(strange)
        .block(Block::paragraph(Prose::new().text(strange).link(strange, address)))
        .section(Section::new(strange));
    let said = read(&document);
    assert!(said.contains("Zoë Łódź") && said.contains("👩‍🎓 日本 العربية"), "{said}");
    for start in (0..0x1_1000u32).step_by(0x100) {
        let all: String = (start..start + 0x100).filter_map(char::from_u32).collect();
        let written = docx::write(&Document::new("Characters", date(2027, 5, 1)).block(Block::paragraph(all.as_str())));
        let text = part(&written, "word/document.xml");
        let mut reader = quick_xml::Reader::from_str(&text);
        while reader.read_event().expect("XML") != quick_xml::events::Event::Eof {}
    }
}

#[test]
fn a_figure_is_there_as_drawing_and_as_pixels_with_words() {
    let document = Document::new("A poster", date(2027, 5, 1)).on(Paper::A3).block(Block::Figure(picture()));
    let bytes = docx::write(&document);
    assert!(read(&document).contains("picture: One branch of a way. True"));
    assert!(part(&bytes, "word/media/figure1.svg").starts_with("<svg"));
    let pdf = office::as_pdf(&bytes);
    assert!(poppler::info(&pdf, &[]).contains("(A3)"));
    assert!(poppler::images(&pdf).lines().any(|line| line.contains("1600")), "{}", poppler::images(&pdf));
}

#[test]
fn a_figure_that_cannot_be_drawn_is_said_in_words() {
    let figure = Figure { svg: "<svg".into(), ..picture() };
    let document = Document::new("A poster", date(2027, 5, 1)).block(Block::Figure(figure));
    assert!(part(&docx::write(&document), "word/document.xml").contains("One branch of a way."));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = || policy(2).block(Block::Figure(picture()));
    assert!(docx::write(&document()) == docx::write(&document()));
}

#[test]
fn the_properties_name_no_learner() {
    let bytes = docx::write(&everything());
    for name in ["docProps/core.xml", "docProps/app.xml", "word/footer.xml", "word/settings.xml"] {
        assert!(!part(&bytes, name).contains("Ava"), "{name}");
    }
}

#[test]
fn nothing_and_far_too_much_are_documents_too() {
    let empty = Document::new("", date(2027, 5, 1))
        .block(Block::paragraph(""))
        .block(Block::bullets(Vec::<String>::new()))
        .block(Block::terms([("", "")]))
        .block(Block::note("\n"))
        .with_contents();
    assert!(read(&empty).contains("Title: Untitled"));
    let long = "word ".repeat(5_000) + &"x".repeat(500);
    let mut deep = Section::new("Deepest");
    for level in (0..30).rev() {
        deep = Section::new(format!("Level {level}")).section(deep);
    }
    let much = Document::new(long.as_str(), date(9999, 12, 31))
        .block(Block::terms([(long.as_str(), long.as_str())]))
        .section(deep)
        .with_contents();
    let said = read(&much);
    assert!(said.contains("Heading 9: Deepest"), "{said}");
    assert!(poppler::text(&office::as_pdf(&docx::write(&much))).contains("Deepest"));
}
