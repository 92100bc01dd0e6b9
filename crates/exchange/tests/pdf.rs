//! PDF files: what they draw, as the paragraphs that a reader sees; what is none is refused; what goes round in circles ends.

use std::time::{Duration, Instant};

use exchange::{
    passage::{Passage, PassageKind},
    pdf::{self, Limits, Refused},
};

fn corpus(name: &str) -> Vec<u8> {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/pdf").join(name);
    std::fs::read(file).expect("a file of the corpus")
}

fn read(name: &str) -> Vec<Passage> {
    pdf::read(&corpus(name), &Limits::default()).expect("a file with text")
}

#[test]
fn lines_that_go_on_are_one_paragraph_and_what_stands_apart_is_not() {
    // Its typeface is not in the file: the reader has to bring one.
    let passages = read("plain.pdf");
    assert_eq!(
        passages,
        [
            Passage::new(PassageKind::Title, "Careers 😀"),
            Passage::new(PassageKind::Heading(1), "Careers at Saltwick"),
            Passage::new(PassageKind::Paragraph, "Careers leader: Mr Ned Osei, 01632 960703"),
            Passage::new(
                PassageKind::Paragraph,
                "All students take part in a planned programme of lessons, talks and visits, which follows the benchmarks."
            ),
            Passage::new(PassageKind::Item, "Year 7: visits"),
            Passage::new(PassageKind::Paragraph, "Year 8: talks"),
            Passage::new(PassageKind::Paragraph, "next"),
            Passage::new(PassageKind::Paragraph, "in a form"),
            Passage::new(PassageKind::Link { address: "https://saltwick.example/pal.pdf".into() }, ""),
        ]
    );
    assert_eq!(passages, read("packed.pdf"));
}

#[test]
fn what_is_no_readable_file_is_refused_with_the_reason() {
    let refused = |bytes: &[u8]| pdf::read(bytes, &Limits::default()).err();
    assert_eq!(refused(b""), Some(Refused::Malformed));
    assert_eq!(refused(b"<html>not found</html>"), Some(Refused::Malformed));
    let begun = Instant::now();
    assert_eq!(refused(&vec![b' '; 50 << 20]), Some(Refused::Bytes(10 << 20)));
    assert!(begun.elapsed() < Duration::from_secs(1));
    // A page without a letter, as a scanner makes them.
    let mut empty = corpus("plain.pdf");
    for (from, to) in [
        (&b" Tj"[..], &b"   "[..]),
        (b" TJ", b"   "),
        (b") '", b")  "),
        (b"/Title", b"/Other"),
        (b"/Annots", b"/Nothin"),
    ] {
        while let Some(at) = empty.windows(from.len()).position(|window| window == from) {
            empty.splice(at..at + from.len(), to.iter().copied());
        }
    }
    assert_eq!(refused(&empty), Some(Refused::NoText));
}

#[test]
fn no_more_letters_are_read_than_the_limit() {
    let limits = Limits { letters: 10, ..Limits::default() };
    let read = pdf::read(&corpus("plain.pdf"), &limits).expect("a file with text");
    let letters: usize =
        read.iter().filter(|one| one.kind != PassageKind::Title).map(|one| one.text.chars().count()).sum();
    assert!(letters <= 10, "{read:?}");
}

#[test]
fn what_goes_round_in_circles_ends() {
    for name in [
        "form-within-itself.pdf",
        "form-twice-within-itself.pdf",
        "pages-within-themselves.pdf",
        "letters-that-draw-themselves.pdf",
    ] {
        let begun = Instant::now();
        let _ = pdf::read(&corpus(name), &Limits::default());
        assert!(begun.elapsed() < Duration::from_secs(10), "{name}: {:?}", begun.elapsed());
    }
}
