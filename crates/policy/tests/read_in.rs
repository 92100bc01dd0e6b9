//! An existing policy, read in: its parts, and where they would go.

use policy::{
    Composed, ComposedClause, ComposedSection, Paper, Provenance, markdown,
    read_in::{Part, Piece, PieceKind, parts, suggest},
};
use proptest::prelude::*;

fn piece(kind: PieceKind, text: &str) -> Piece {
    Piece { kind, text: text.into() }
}

fn heading(level: u8, text: &str) -> Piece {
    piece(PieceKind::Heading(level), text)
}

fn paragraph(text: &str) -> Piece {
    piece(PieceKind::Paragraph, text)
}

fn part(heading: Option<&str>, text: &str) -> Part {
    Part { heading: heading.map(str::to_owned), text: text.into() }
}

#[test]
fn a_part_is_a_heading_with_what_stands_beneath() {
    let pieces = [
        paragraph("Approved in July."),
        heading(1, "Aims"),
        paragraph("We aim high."),
        piece(PieceKind::Item, "for everybody"),
        piece(PieceKind::Item, "all year"),
        paragraph("And further."),
        heading(1, "Provision"),
        heading(2, "Year 8"),
        paragraph("A visit."),
        heading(2, "Year 9"),
        heading(1, "Review"),
    ];
    assert_eq!(
        parts(&pieces),
        [
            part(None, "Approved in July."),
            part(Some("Aims"), "We aim high.\n\n- for everybody\n- all year\n\nAnd further."),
            part(Some("Provision › Year 8"), "A visit."),
            part(None, "Year 9"),
            part(None, "Review"),
        ]
    );
}

#[test]
fn tables_and_links_stay_what_they_are() {
    let cell = |row, column, text| piece(PieceKind::Cell { row, column }, text);
    let link = |words, address: &str| piece(PieceKind::Link { address: address.into() }, words);
    let pieces = [
        paragraph("See our page."),
        link("our page", "https://larkfield.example/a_(b)"),
        link("a place in the file", "#below"),
        cell(0, 0, "Year"),
        cell(0, 1, "What | when"),
        cell(1, 1, "Talk"),
        link("Talk", "mailto:careers@larkfield.example"),
        paragraph("1. not a list"),
        piece(PieceKind::Picture, "A path"),
    ];
    let all = parts(&pieces);
    assert_eq!(
        all[0].text,
        "See [our page](https://larkfield.example/a_%28b%29).\n\n| Year | What \\| when |\n| --- | --- |\n|  | [Talk](mailto:careers@larkfield.example) |\n\n1\\. not a list\n\n(Picture: A path)"
    );
    let read = markdown::read(&all[0].text);
    assert_eq!(read.len(), 4, "{read:?}");
}

#[test]
fn a_part_of_many_pages_is_cut_between_paragraphs() {
    let mut pieces = vec![heading(1, "Programme")];
    pieces.extend((0..40).map(|n| paragraph(&format!("Paragraph {n}. {}", "Every year has its own. ".repeat(20)))));
    let all = parts(&pieces);
    assert!(all.len() > 2 && all.iter().all(|part| part.text.len() < 7_000));
    assert!(all.iter().all(|part| part.heading.as_deref() == Some("Programme")));
}

/// A paper with one clause a section.
fn paper() -> Composed {
    let clause = |key: &str, provenance, wording: &str| ComposedClause {
        key: key.into(),
        provenance,
        wording: wording.into(),
        template: wording.into(),
        choice: None,
        outdated: None,
        text: Some(wording.into()),
        advice: None,
        sources: Vec::new(),
        missing: Vec::new(),
        promises: Vec::new(),
        unknown: Vec::new(),
        covers: Vec::new(),
    };
    let sections = [
        (
            "vision",
            "1. Vision and intent",
            "Every learner leaves knowing what they could do next and how to get there.",
        ),
        (
            "law",
            "2. The law that this policy follows",
            "Section 42A asks for independent guidance; section 42B for provider access.",
        ),
        (
            "roles.leader",
            "3.1 The careers leader",
            "The careers leader plans and reports on the programme, and trains colleagues.",
        ),
        ("roles.governors", "3.2 Governors", "The governing board approves this policy and hears a report every year."),
        (
            "send",
            "4.1 Learners with special educational needs",
            "Support is adapted, with the local offer and supported internships in view.",
        ),
        (
            "access",
            "5. Provider access",
            "Training providers and colleges may speak to learners about apprenticeships and technical qualifications; requests go to the careers leader.",
        ),
        (
            "review",
            "6. Monitoring and review",
            "Destinations, surveys and benchmark results are gathered, and the policy is reviewed.",
        ),
    ];
    Composed {
        paper: Paper::CareersPolicy,
        edition: "2025-09".into(),
        title: "Careers policy".into(),
        institution: "Larkfield Academy".into(),
        sections: sections
            .into_iter()
            .map(|(key, heading, text)| ComposedSection {
                key: key.into(),
                heading: heading.into(),
                level: 1,
                advice: None,
                clauses: vec![clause(key, Provenance::Recommended, text)],
            })
            .collect(),
    }
}

#[test]
fn parts_go_where_headings_and_words_are_alike_and_nowhere_else() {
    let cases = [
        (Some("1. Aims and purpose"), "We want every young person to know what they could do next.", Some("vision")),
        (
            Some("Legal framework"),
            "We meet our statutory duties under section 42A of the Education Act 1997.",
            Some("law"),
        ),
        (Some("The role of the Careers Leader"), "She plans the programme and trains staff.", Some("roles.leader")),
        (Some("Governing Body"), "A link governor hears a report each year.", Some("roles.governors")),
        (Some("SEND"), "We adapt support and visit supported internships.", Some("send")),
        (Some("Baker clause"), "Colleges and training providers may talk about apprenticeships.", Some("access")),
        (Some("Monitoring and evaluation"), "We look at destinations and surveys.", Some("review")),
        (None, "Training providers may speak about apprenticeships and technical qualifications.", Some("access")),
        (Some("Parking"), "Visitors leave their cars behind the gym.", None),
        (Some("History"), "Larkfield was founded in 1962.", None),
        (None, "Signed by the headteacher in July.", None),
    ];
    let parts: Vec<Part> = cases.iter().map(|(heading, text, _)| part(*heading, text)).collect();
    let found = suggest(&paper(), &parts);
    for ((heading, text, expected), found) in cases.iter().zip(found) {
        assert_eq!(found.as_ref().map(|found| found.clause.as_str()), *expected, "{heading:?} {text}: {found:?}");
    }
}

fn any_piece() -> impl Strategy<Value = Piece> {
    let kind = prop_oneof![
        (1..=6_u8).prop_map(PieceKind::Heading),
        Just(PieceKind::Paragraph),
        Just(PieceKind::Item),
        (0..4_u32, 0..4_u32).prop_map(|(row, column)| PieceKind::Cell { row, column }),
        Just(PieceKind::Picture),
    ];
    (kind, "[a-z]{1,8}( [*_|#>-]?[a-z]{1,8}){0,4}").prop_map(|(kind, text)| Piece { kind, text })
}

/// Letters alone, in order.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

proptest! {
    #[test]
    fn no_word_is_lost(pieces in proptest::collection::vec(any_piece(), 0..40)) {
        let all = parts(&pieces);
        let part = |part: &Part| letters(part.heading.as_deref().unwrap_or_default()) + &letters(&part.text);
        let said: String = all.iter().map(part).collect();
        let words = |piece: &Piece| match piece.kind {
            PieceKind::Picture => "Picture".to_owned() + &letters(&piece.text),
            _ => letters(&piece.text),
        };
        let expected: String = pieces.iter().map(words).collect();
        prop_assert_eq!(said, expected);
        prop_assert_eq!(suggest(&paper(), &all).len(), all.len());
    }
}
