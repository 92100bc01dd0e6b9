use documents::{Block, Column, Document, Figure, Paper, Prose, Section, Table, pdf};
use jiff::civil::date;

use crate::{
    poppler,
    sample::{HOSTILE, activities, everything},
};

fn written(document: &Document) -> Vec<u8> {
    pdf::write(document).unwrap_or_else(|fault| panic!("{fault}"))
}

/// Without the spaces and line breaks that setting pages adds.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn the_file_says_that_it_is_tagged_and_what_it_is() {
    let bytes = written(&everything());
    let info = poppler::info(&bytes, &[]);
    let line = |name: &str| info.lines().find_map(|line| line.strip_prefix(name)).map_or("", str::trim);
    assert_eq!(line("Tagged:"), "yes", "{info}");
    assert_eq!(line("Title:"), "Record of careers education");
    assert_eq!(line("Author:"), "Larkfield Academy");
    assert_eq!(line("Creator:"), "Waymark");
    assert_eq!(line("JavaScript:"), "no");
    assert!(line("Page size:").ends_with("(A4)"), "{info}");
    assert!(line("CreationDate:").contains("May  1") && line("CreationDate:").contains("2027"), "{info}");
    let metadata = poppler::info(&bytes, &["-meta"]);
    assert!(metadata.contains("<pdfuaid:part>1</pdfuaid:part>"), "{metadata}");
    assert!(metadata.contains("en-GB"), "{metadata}");
    let raw = String::from_utf8_lossy(&bytes);
    assert!(raw.contains("/Lang(en-GB)") || raw.contains("/Lang (en-GB)"), "the catalogue names the language");
    assert!(raw.contains("/Outlines"), "there are bookmarks");
    assert!(raw.contains("/DisplayDocTitle true"), "the title stands above the window");
}

#[test]
fn the_metadata_name_no_learner_and_no_folder() {
    let bytes = written(&everything());
    let said = poppler::info(&bytes, &[]) + &poppler::info(&bytes, &["-meta"]) + &String::from_utf8_lossy(&bytes);
    for private in ["Ava", "Example", env!("CARGO_MANIFEST_DIR"), "/home", "/tmp", ".typ", ".json"] {
        assert!(!said.contains(private), "{private}");
    }
}

#[test]
fn a_screen_reader_finds_headings_lists_and_named_table_cells() {
    let structure = poppler::info(&written(&everything()), &["-struct-text"]);
    // Where a thing stands on the page, and its number in the file, is no part of what is read.
    let read: Vec<_> =
        structure.lines().filter(|line| !line.contains("/BBox") && !line.trim().starts_with("Object ")).collect();
    insta::assert_snapshot!(read.join("\n"));
}

#[test]
fn a_long_table_repeats_its_headings_and_pages_are_numbered() {
    let document =
        Document::new("A long list", date(2027, 5, 1)).section(Section::new("Activities").table(activities(120)));
    let bytes = written(&document);
    let text = poppler::text(&bytes);
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    assert!(pages.len() > 2, "{}", pages.len());
    for (index, page) in pages.iter().enumerate() {
        assert!(page.contains("With whom"), "page {}: {page}", index + 1);
        assert!(page.contains(&format!("Page {} of {}", index + 1, pages.len())), "{page}");
    }
    // What repeats for the eye is said once to a screen reader.
    let structure = poppler::info(&bytes, &["-struct-text"]);
    assert_eq!(structure.matches("\"With whom\"").count(), 1);
    assert!(!structure.contains("Page 2"));
}

#[test]
fn what_people_type_is_never_read_as_markup() {
    for part in [
        HOSTILE,
        "#panic(\"x\")",
        "#include \"/document.json\"",
        "#sys.inputs",
        "= Heading",
        "- item",
        "$ integral $",
        "]#]",
        "\\u{41}",
        "\"",
        "#set page(width: 1pt)",
        "https://example.org/page",
        "@label <label>",
        "---",
        "~",
    ] {
        let prose = Prose::new().text(part).strong(part).emphasis(part);
        let mut document = everything()
            .about(part)
            .block(Block::paragraph(prose.clone()))
            .block(Block::terms([(part, prose)]))
            .block(Block::important(part))
            .section(Section::new(part));
        document.title = part.to_owned();
        document.description = Some(part.to_owned());
        document.issued_by = Some(part.to_owned());
        let text = squeezed(&poppler::text(&written(&document)));
        let times = text.matches(&squeezed(part)).count();
        assert!(times >= 6, "“{part}” was found {times} times in {text}");
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert!(written(&everything()) == written(&everything()));
    let mut later = everything();
    later.dated_on = date(2027, 5, 2);
    assert!(written(&everything()) != written(&later));
}

#[test]
fn documents_are_written_side_by_side_on_several_threads() {
    let expected = written(&everything());
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..4).map(|_| scope.spawn(|| written(&everything()))).collect();
        writers.into_iter().for_each(|writer| assert!(writer.join().expect("no panic") == expected));
    });
}

#[test]
fn any_character_can_be_typed_and_what_cannot_be_shown_is_owned_up_to() {
    let strange = "Zoë Łódź Ngọc Ελένη Наталья Ștefan e\u{301} \u{0}\u{7}\u{feff}\u{202e}x\u{200d}y\u{ad} tab\there 👩‍🎓 日本 العربية שלום हिन्दी \u{e000}\u{fffe}\u{10ffff} \u{2028} ✓ →";
    let document =
        Document::new(strange, date(2027, 5, 1)).block(Block::paragraph(strange)).section(Section::new(strange));
    let text = poppler::text(&written(&document));
    for shown in ["Zoë", "Łódź", "Ngọc", "Ελένη", "Наталья", "Ștefan", "xy", "tab here"] {
        assert!(text.contains(shown), "{shown}: {text}");
    }
    assert!(text.contains("cannot be shown in its typeface"), "{text}");
    // Every character of the planes in use, a paragraph for every 256.
    for start in (0..0x1_1000u32).step_by(0x1000) {
        let mut document = Document::new("Characters", date(2027, 5, 1));
        for block in (start..start + 0x1000).step_by(0x100) {
            document =
                document.block(Block::paragraph((block..block + 0x100).filter_map(char::from_u32).collect::<String>()));
        }
        written(&document);
    }
}

#[test]
fn nothing_and_far_too_much_are_documents_too() {
    let empty = Document::new("", date(2027, 5, 1))
        .described("")
        .issued_by("")
        .about("")
        .block(Block::paragraph(""))
        .block(Block::bullets(Vec::<String>::new()))
        .block(Block::numbers([""]))
        .block(Block::terms(Vec::<(String, String)>::new()))
        .block(Block::terms([("", "")]))
        .block(Block::note("\n"))
        .section(Section::new(" ").section(Section::new("")));
    assert!(poppler::text(&written(&empty)).contains("Untitled"));

    let long = "word ".repeat(5_000) + &"x".repeat(500);
    let mut table = activities(1);
    table.row([long.as_str().into(), long.as_str().into(), long.as_str().into(), long.as_str().into()]);
    let mut deep = Section::new("Deepest");
    for level in (0..30).rev() {
        deep = Section::new(format!("Level {level}")).section(deep);
    }
    let much = Document::new(long.as_str(), date(9999, 12, 31))
        .block(Block::terms([(long.as_str(), long.as_str())]))
        .section(Section::new("Table").table(table))
        .section(deep);
    assert!(poppler::text(&written(&much)).contains("Deepest"));
}

#[test]
fn a_long_address_breaks_in_a_cell_and_stays_whole_in_a_line() {
    let address = "somebody.with_a_long_name@careers.larkfield-academy.example";
    let mut table = Table::new(["A", "B", "C", "D"].map(Column::short));
    table.row(["1", address, "2", &"x".repeat(90)].map(Prose::from));
    let document =
        Document::new("Addresses", date(2027, 5, 1)).block(Block::paragraph(address)).block(Block::Table(table));
    let text = poppler::text(&written(&document));
    assert_eq!(text.matches(address).count(), 1, "{text}");
    assert!(!text.contains(&"x".repeat(25)), "{text}");
}

#[test]
fn only_what_may_be_embedded_is_embedded_and_only_the_letters_used() {
    let bytes = written(&everything());
    let fonts = poppler::fonts(&bytes);
    for font in fonts.lines().skip(2) {
        assert!(font.contains("AtkinsonHyperlegible") || font.contains("NotoSans"), "{font}");
        assert!(font.contains("yes yes yes"), "embedded, a subset, with Unicode: {font}");
    }
    assert!(bytes.len() < 150_000, "{} bytes", bytes.len());
}

#[test]
fn a_picture_stands_on_its_paper_with_words_for_whoever_does_not_see_it() {
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 300" width="100" height="300"><rect width="100" height="300" fill="#1d4a38"/><text x="5" y="20" fill="#fff">Year 9 ∎</text></svg>"##;
    let figure = Figure { svg: svg.into(), width: 100, height: 300, description: "One branch of a way.".into() };
    let document = Document::new("A poster", date(2027, 5, 1)).on(Paper::A3).block(Block::Figure(figure));
    let bytes = written(&document);
    let info = poppler::info(&bytes, &[]);
    assert!(info.lines().any(|line| line.starts_with("Page size:") && line.ends_with("(A3)")), "{info}");
    assert!(info.lines().any(|line| line.starts_with("Pages:") && line.ends_with(" 1")), "{info}");
    let structure = poppler::info(&bytes, &["-struct-text"]);
    assert!(structure.contains("Figure"), "{structure}");
    // Poppler does not print the words that stand for a picture.
    assert!(String::from_utf8_lossy(&bytes).contains("/Alt(One branch of a way.)"), "the picture has words");
    let metadata = poppler::info(&bytes, &["-meta"]);
    assert!(metadata.contains("<pdfuaid:part>1</pdfuaid:part>"), "{metadata}");
    assert!(documents::text::write(&document).contains("Picture: One branch of a way."));
    assert!(documents::html::write(&document).contains("<figcaption>One branch of a way.</figcaption>"));
}
