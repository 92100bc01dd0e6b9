//! Word documents: what somebody made with Word, LibreOffice or a program, read as passages; and what is no document, refused.

use std::{fs, io::Write as _, process::Command};

use exchange::{
    archive::{Limits, Unsafe},
    docx::{self, Refused},
    passage::{Passage, PassageKind},
    xml,
};
use proptest::prelude::*;
use zip::{ZipWriter, write::SimpleFileOptions};

const W: &str = r#"xmlns:w="w" xmlns:r="r" xmlns:wp="wp" xmlns:mc="mc" xmlns:wps="wps" xmlns:v="v" xmlns:a="a""#;

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a new entry");
        zip.write_all(text.as_bytes()).expect("memory takes it");
    }
    zip.finish().expect("memory takes it").into_inner()
}

/// A document with this between `<w:body>` and `</w:body>`, and some styles.
fn document(body: &str) -> Vec<u8> {
    let styles = format!(
        r#"<w:styles {W}>
        <w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
        <w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Standard"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/><w:basedOn w:val="berschrift1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="SchoolSection"><w:name w:val="School Section"/><w:basedOn w:val="berschrift2"/></w:style>
        <w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="Boxed"><w:name w:val="Boxed"/><w:basedOn w:val="berschrift1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
        <w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
        <w:style w:type="paragraph" w:styleId="Listenabsatz"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="Circle"><w:name w:val="Circle"/><w:basedOn w:val="Circle2"/></w:style>
        <w:style w:type="paragraph" w:styleId="Circle2"><w:name w:val="Circle2"/><w:basedOn w:val="Circle"/></w:style>
        </w:styles>"#
    );
    let numbering = format!(
        r#"<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
        <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>"#
    );
    zipped(&[
        (
            "_rels/.rels",
            r#"<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>"#,
        ),
        ("docProps/core.xml", "<c:core xmlns:c='c' xmlns:d='d'><d:title> Careers\n policy </d:title></c:core>"),
        ("word/document.xml", &format!("<w:document {W}><w:body>{body}</w:body></w:document>")),
        (
            "word/_rels/document.xml.rels",
            r#"<Relationships><Relationship Id="l1" Type="http://x/hyperlink" Target="https://larkfield.example/careers?a=1&amp;b=2" TargetMode="External"/></Relationships>"#,
        ),
        ("word/styles.xml", &styles),
        ("word/numbering.xml", &numbering),
    ])
}

fn read(body: &str) -> Vec<Passage> {
    docx::read(&document(body), &Limits::DOCUMENT).expect("a document")
}

/// Passages a line each, without the title.
fn told(body: &str) -> String {
    tell(&read(body)[1..])
}

fn tell(passages: &[Passage]) -> String {
    let kind = |kind: &PassageKind| match kind {
        PassageKind::Title => "title".to_owned(),
        PassageKind::Heading(level) => format!("h{level}"),
        PassageKind::Paragraph => "p".to_owned(),
        PassageKind::Item => "item".to_owned(),
        PassageKind::Cell { row, column } => format!("cell {row},{column}"),
        PassageKind::Link { address } => format!("link {address}"),
        PassageKind::Picture => "picture".to_owned(),
    };
    passages.iter().map(|passage| format!("{}: {}\n", kind(&passage.kind), passage.text)).collect()
}

fn p(style: &str, text: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>"#)
}

fn bold(text: &str, size: u32) -> String {
    format!(r#"<w:p><w:r><w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr><w:t>{text}</w:t></w:r></w:p>"#)
}

fn plain(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn the_title_is_that_of_the_properties() {
    assert_eq!(read(&plain("x"))[0], Passage::new(PassageKind::Title, "Careers policy"));
}

#[test]
fn headings_are_known_by_their_level_whatever_their_style_is_called() {
    let body = p("Titel", "Policy")
        + &p("berschrift1", "Aims")
        + &p("SchoolSection", "Who")
        + &p("Own", "Why")
        + &p("Boxed", "Note")
        + r#"<w:p><w:pPr><w:outlineLvl w:val="3"/></w:pPr><w:r><w:t>Direct</w:t></w:r></w:p>"#
        + &p("Heading4", "Style missing")
        + &p("Circle", "Round");
    assert_eq!(
        told(&body),
        "h1: Policy\nh1: Aims\nh2: Who\nh3: Why\np: Note\nh4: Direct\nh4: Style missing\np: Round\n"
    );
}

#[test]
fn a_bold_line_above_text_is_a_heading_and_bold_words_are_not() {
    let body = bold("Careers policy", 36)
        + &bold("1. Aims", 28)
        + &plain("We aim high.")
        + "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Each</w:t></w:r><w:r><w:t> learner counts.</w:t></w:r></w:p>"
        + &bold("This whole sentence is said loudly.", 24)
        + &bold("1.1 Details", 28)
        + &plain("More.")
        + &bold("Signed", 24);
    assert_eq!(
        told(&body),
        "h1: Careers policy\nh1: 1. Aims\np: We aim high.\np: Each learner counts.\np: This whole sentence is said loudly.\nh2: 1.1 Details\np: More.\np: Signed\n"
    );
}

#[test]
fn among_headings_a_bold_line_is_one_beneath_them() {
    let body = p("berschrift1", "Aims")
        + &bold("For parents", 22)
        + &plain("Text.")
        + &p("berschrift2", "How")
        + &bold("Then", 22)
        + &plain("Text.");
    assert_eq!(told(&body), "h1: Aims\nh2: For parents\np: Text.\nh2: How\nh3: Then\np: Text.\n");
}

#[test]
fn items_are_known_by_their_list_their_style_or_the_bullet_that_was_typed() {
    let item = |list: u32, text: &str| {
        format!(
            r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{list}"/></w:numPr></w:pPr><w:r>{text}</w:r></w:p>"#
        )
    };
    let body = item(2, "<w:t>one</w:t>")
        + &p("Listenabsatz", "two")
        + &plain("•\u{a0}three")
        + &item(2, "<w:rPr><w:b/></w:rPr><w:t>four</w:t>")
        + &item(1, "<w:rPr><w:b/></w:rPr><w:t>Aims</w:t>")
        + &item(0, "<w:t>five</w:t>");
    assert_eq!(told(&body), "item: one\nitem: two\nitem: three\nitem: four\nh1: Aims\np: five\n");
}

#[test]
fn cells_say_where_they_stand_and_a_table_of_one_column_is_a_frame() {
    let tc = |inner: &str| format!("<w:tc>{inner}</w:tc>");
    let body = format!(
        r#"<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/><w:gridCol/></w:tblGrid><w:tr>{}{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>
        <w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{}</w:tr></w:tbl>"#,
        tc(&plain("Year")),
        tc(&plain("When")),
        tc(&plain("What")),
        tc(&format!("<w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>{}{}", plain("Year 8"), plain("autumn"))),
        tc(&format!("{}<w:tbl><w:tr>{}{}</w:tr></w:tbl>", plain("Talk"), tc(&plain("a")), tc(&plain("b")))),
        tc(&(p("berschrift1", "Framed") + &plain("Words."))),
    );
    assert_eq!(
        told(&body),
        "cell 0,0: Year\ncell 0,1: When\ncell 0,2: What\ncell 1,0: Year 8 autumn\ncell 1,2: Talk a b\nh1: Framed\np: Words.\n"
    );
}

#[test]
fn links_of_both_kinds_follow_their_paragraph() {
    let body = r#"<w:p><w:r><w:t xml:space="preserve">See </w:t></w:r><w:hyperlink r:id="l1"><w:r><w:t>our page</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r></w:p>
        <w:p><w:r><w:t xml:space="preserve">Ask </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "mailto:careers@larkfield.example" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Ms Alder</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>
        <w:p><w:hyperlink w:anchor="x"><w:r><w:t>Below</w:t></w:r></w:hyperlink></w:p>"#;
    assert_eq!(
        told(body),
        "p: See our page.\nlink https://larkfield.example/careers?a=1&b=2: our page\np: Ask Ms Alder\nlink mailto:careers@larkfield.example: Ms Alder\np: Below\n"
    );
}

#[test]
fn what_is_not_read_aloud_is_left_out() {
    let body = String::from(
        r#"<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>"#,
    ) + &plain("Aims 3")
        + "</w:sdtContent></w:sdt>"
        + &p("TOC1", "Aims 3")
        + r#"<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>"#
        + "<w:sdt><w:sdtContent>"
        + &plain("kept")
        + "</w:sdtContent></w:sdt><w:p/>"
        + "<w:p><w:r><w:t>soft\u{ad}ly</w:t><w:tab/><w:t>said</w:t><w:br/><w:t>here</w:t></w:r></w:p>";
    assert_eq!(told(&body), "p: new\np: kept\np: softly said here\n");
}

#[test]
fn a_text_box_is_read_once_and_a_picture_by_its_words() {
    let boxed = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", plain(text));
    let body = format!(
        r#"<w:p><w:r><w:t>Anchor</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:docPr descr="Two people talk"/><wps:txbx>{}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>{}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>
        <w:p><w:r><w:pict><v:shape alt="A logo"/></w:pict></w:r></w:p>"#,
        boxed("In the box"),
        boxed("In the box")
    );
    assert_eq!(told(&body), "p: Anchor\npicture: Two people talk\np: In the box\npicture: A logo\n");
}

#[test]
fn notes_headers_and_footers_stand_at_the_end() {
    let body = plain("Text.");
    let mut bytes = std::io::Cursor::new(document(&body));
    let mut zip = ZipWriter::new_append(&mut bytes).expect("a zip");
    for (name, root, inner) in [
        ("word/footnotes.xml", "footnotes", format!("<w:footnote w:type=\"separator\">{}</w:footnote><w:footnote>{}</w:footnote>", plain("-"), plain("A note."))),
        ("word/header1.xml", "hdr", bold("Larkfield Academy", 20)),
        ("word/header2.xml", "hdr", bold("Larkfield Academy", 20)),
        ("word/footer1.xml", "ftr", "<w:p><w:r><w:t>Page </w:t></w:r><w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>".to_owned() + &plain("Next review: July 2027")),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).expect("a new entry");
        zip.write_all(format!("<w:{root} {W}>{inner}</w:{root}>").as_bytes()).expect("memory takes it");
    }
    zip.finish().expect("memory takes it");
    let passages = docx::read(bytes.get_ref(), &Limits::DOCUMENT).expect("a document");
    assert_eq!(tell(&passages[1..]), "p: Text.\np: A note.\np: Larkfield Academy\np: Next review: July 2027\n");
}

#[test]
fn what_is_no_word_document_is_refused_with_what_to_do() {
    let refused = |bytes: &[u8]| docx::read(bytes, &Limits::DOCUMENT).expect_err("refused");
    assert_eq!(refused(b""), Refused::Empty);
    assert_eq!(refused(b"Careers policy"), Refused::NotADocument);
    assert_eq!(refused(b"%PDF-1.7"), Refused::Pdf);
    assert_eq!(refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Refused::OldOrProtected);
    assert_eq!(refused(&zipped(&[("xl/workbook.xml", "<workbook/>")])), Refused::OtherFormat);
    assert_eq!(refused(&zipped(&[("word/document.xml", "<html/>")])), Refused::OtherFormat);
    let whole = document(&plain("x"));
    assert_eq!(refused(&whole[..whole.len() / 2]), Refused::Zip(Unsafe::Damaged));
    let with = |part: &str| refused(&zipped(&[("word/document.xml", part)]));
    assert_eq!(
        with("<!DOCTYPE d [<!ENTITY a 'b'>]><w:document><w:t>&a;</w:t></w:document>"),
        Refused::Xml(xml::Refused::DocumentType)
    );
    assert_eq!(
        with("<w:document><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:document>"),
        Refused::Xml(xml::Refused::Entity)
    );
    assert_eq!(with("<w:document a='&a;'/>"), Refused::Xml(xml::Refused::Entity));
    assert_eq!(with("<w:document><w:body>"), Refused::Xml(xml::Refused::CutShort));
    assert!(matches!(with(&"<w:document>".repeat(1_000)), Refused::Xml(xml::Refused::Depth(_))));
    for refusal in [Refused::Empty, Refused::Pdf, Refused::OtherFormat, Refused::Zip(Unsafe::Overlapping)] {
        assert!(refusal.message().ends_with('.'));
    }
}

#[test]
fn a_document_that_unpacks_without_end_is_refused() {
    let mut bytes = document(&plain("x"));
    let bomb = " ".repeat(70_000_000);
    for name in ["word/media/image1.png", "word/comments.xml"] {
        let mut cursor = std::io::Cursor::new(bytes.clone());
        let mut zip = ZipWriter::new_append(&mut cursor).expect("a zip");
        zip.start_file(name, SimpleFileOptions::default()).expect("a new entry");
        zip.write_all(bomb.as_bytes()).expect("memory takes it");
        zip.finish().expect("memory takes it");
        let refused = docx::read(cursor.get_ref(), &Limits::DOCUMENT).expect_err("refused");
        assert!(matches!(refused, Refused::Zip(Unsafe::Ratio(..) | Unsafe::Entry(..))), "{refused:?}");
    }
    bytes.resize(40_000_000, 0);
    assert_eq!(docx::read(&bytes, &Limits::DOCUMENT), Err(Refused::Zip(Unsafe::Packed(32_000_000))));
}

#[test]
fn a_document_made_by_python_docx_is_read_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("policy.docx");
    let program = r#"
import sys
from docx import Document
d = Document()
d.core_properties.title = "Careers policy"
d.add_heading("Careers policy", 0)
d.add_heading("1. Aims", 1)
d.add_paragraph("We aim high.")
d.add_paragraph("every learner", style="List Bullet")
d.add_paragraph("every year", style="List Number")
d.add_heading("Who does what", 2)
t = d.add_table(rows=2, cols=2)
for r in range(2):
    for c in range(2):
        t.cell(r, c).text = f"{r}{c}"
p = d.add_paragraph()
p.add_run("Monitoring").bold = True
d.add_paragraph("Governors read it.")
d.sections[0].footer.paragraphs[0].text = "Review: July 2027"
d.save(sys.argv[1])
"#;
    let made = Command::new(testkit::python::with(&["python-docx"]))
        .args(["-c", program])
        .arg(&path)
        .output()
        .expect("Python runs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let passages = docx::read(&fs::read(path).expect("made"), &Limits::DOCUMENT).expect("a document");
    assert_eq!(
        tell(&passages),
        "title: Careers policy\nh1: Careers policy\nh1: 1. Aims\np: We aim high.\nitem: every learner\nitem: every year\nh2: Who does what\n\
         cell 0,0: 00\ncell 0,1: 01\ncell 1,0: 10\ncell 1,1: 11\nh3: Monitoring\np: Governors read it.\np: Review: July 2027\n"
    );
}

#[test]
fn a_document_saved_by_libreoffice_is_read_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("policy.html");
    fs::write(
        &page,
        "<html><head><title>Careers policy</title></head><body><h1>Careers policy</h1><h2>Aims</h2><p>We aim <a href=\"https://larkfield.example/\">high</a>.</p><ul><li>every learner</li></ul><ol><li>every year</li></ol><table><tr><th>Year</th><th>What</th></tr><tr><td>8</td><td>Talk</td></tr></table><h2>Review</h2><p>Each July.</p></body></html>",
    )
    .expect("written");
    let output = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.path().join("profile").display()))
        .args([
            "--headless",
            "--norestore",
            "--infilter=HTML (StarWriter)",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
        ])
        .arg(folder.path())
        .arg(&page)
        .output()
        .unwrap_or_else(|error| panic!("soffice: {error}. `cargo xtask setup` installs LibreOffice."));
    let bytes = fs::read(folder.path().join("policy.docx"))
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    let passages = docx::read(&bytes, &Limits::DOCUMENT).expect("a document");
    assert_eq!(
        tell(&passages),
        "title: Careers policy\nh1: Careers policy\nh2: Aims\np: We aim high.\nlink https://larkfield.example/: high\nitem: every learner\nitem: every year\n\
         cell 0,0: Year\ncell 0,1: What\ncell 1,0: 8\ncell 1,1: Talk\nh2: Review\np: Each July.\n"
    );
}

/// Pieces that a document is made of, in any order.
const PIECES: [&str; 26] = [
    "<w:p>",
    "</w:p>",
    "<w:r>",
    "</w:r>",
    "<w:t>",
    "</w:t>",
    "<w:tbl>",
    "</w:tbl>",
    "<w:tr>",
    "</w:tr>",
    "<w:tc>",
    "</w:tc>",
    "<w:pPr>",
    "</w:pPr>",
    "<w:pStyle w:val=\"Circle\"/>",
    "<w:b/>",
    "<w:txbxContent>",
    "</w:txbxContent>",
    "<w:sdt>",
    "<w:sdtContent>",
    "<w:fldChar w:fldCharType=\"begin\"/>",
    "<w:instrText>HYPERLINK \"é",
    "<w:fldChar w:fldCharType=\"end\"/>",
    "<w:hyperlink r:id=\"l1\">",
    "Wörter •",
    "<w:gridSpan w:val=\"99999999999\"/>",
];

proptest! {
    #[test]
    fn any_bytes_come_to_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = docx::read(&bytes, &Limits::DOCUMENT);
    }

    #[test]
    fn any_text_of_a_document_comes_to_an_answer(pieces in proptest::collection::vec(0..PIECES.len(), 0..60)) {
        let body: String = pieces.into_iter().map(|piece| PIECES[piece]).collect();
        if let Ok(passages) = docx::read(&document(&body), &Limits::DOCUMENT) {
            for passage in passages {
                let may_be_empty = matches!(passage.kind, PassageKind::Link { .. });
                prop_assert!(may_be_empty || !passage.text.is_empty());
            }
        }
    }

    /// Well formed, whatever stands in what.
    #[test]
    fn any_tree_of_elements_comes_to_an_answer(names in proptest::collection::vec(0..14_usize, 0..40)) {
        const NAMES: [&str; 14] = ["p", "r", "t", "tbl", "tr", "tc", "pPr", "rPr", "txbxContent", "sdt", "sdtContent", "hyperlink", "del", "drawing"];
        let open: String = names.iter().map(|&name| format!("<w:{}>a ", NAMES[name])).collect();
        let close: String = names.iter().rev().map(|&name| format!("</w:{}>", NAMES[name])).collect();
        prop_assert!(docx::read(&document(&(open + &close)), &Limits::DOCUMENT).is_ok());
    }
}
