//! What the check says of any website: an answer for every item, words that stand on the page, and “unclear” sooner than “found” where
//! the words are there and their sense is not.

use std::{fs, path::Path, sync::LazyLock};

use domain::{Date, InstitutionType};
use exchange::passage::{Passage, PassageKind};
use proptest::prelude::*;
use publication::{Finding, Item, Known, Leader, Note, Page, PageKind, Report, State};

const KNOWN: Known =
    Known { kind: InstitutionType::MaintainedSchool, leader: None, as_of: Date::constant(2026, 11, 24) };

fn check(pages: &[Page]) -> Report {
    publication::check(pages, Vec::new(), &KNOWN)
}

fn state(report: &Report, item: Item) -> State {
    report.findings.iter().find(|finding| finding.item == item).expect("every item").state
}

/// Sentences and pieces of them as websites have them, and what looks like them.
const SAID: [&str; 52] = [
    "Careers",
    "Careers Leader",
    "Careers leader: Ms Ivy Marlow",
    "Mr Ned Osei",
    "Our careers adviser is Mrs Heidi Lund",
    "i.marlow@school.example",
    "office@school.example",
    "01632 960100",
    "Tel: 01632 960101 | ext 4",
    "Summary of our careers programme: visits, talks and interviews for everybody from Year 7 to Year 13, lesson by lesson.",
    "Parents can find the programme in the planner.",
    "Employers may ask for information about the programme.",
    "Teachers: see the handbook.",
    "Pupils get their booklet in September.",
    "We measure the impact of our careers programme by surveys.",
    "Next review of this information: 1 September 2027",
    "Reviewed: 2019",
    "Date of next review",
    "Year 7: visits; Year 8: talks; Year 9: options; Year 10: work experience",
    "Provider access policy statement",
    "A provider wishing to request access should contact Ms Marlow on 01632 960100.",
    "We grant requests where they fit, and refuse them if exams are near.",
    "The hall is available from 9.00 to 12.00.",
    "Two encounters in Years 8 or 9, two in Years 10 or 11, two in Years 12 or 13, with providers.",
    "All students in Years 8 to 13 are entitled to hear about apprenticeships.",
    "Visitors must sign in, in line with our safeguarding policy.",
    "Complaints go through the complaints procedure.",
    "Approved by governors on 2 September 2026",
    "Strengths: guidance. Areas for development: more visits. From our Compass evaluation.",
    "Book an appointment for a guidance interview.",
    "Roadmap for parents: Year 9 options, Year 11 sixth form applications",
    "This page will contain:",
    "coming soon",
    "vacancies",
    "closing date",
    "Thornbury Mill School",
    "Ashmead School",
    "Blog",
    "[at] (dot) @ @@ x@y",
    "+44 (0) (0) (0)",
    "31 February 2027, 99/99/9999, 0000-00-00, 2026/27, 2026-2027",
    "“",
    "…",
    "İıſß ﬁ 𝔘 \u{202e}reversed\u{202c}",
    "ǅ ŉ ΐ",
    " is our careers leader: ",
    "Year 7 to",
    "y9 to y14 years 300",
    "careers leader's careers lead’s CAREERS LEADER",
    "for example",
    "A.B.C. Mr. Mrs. No. e.g. i.e. ; ! ? ;",
    "|",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => proptest::sample::select(SAID.to_vec()).prop_map(ToOwned::to_owned),
        2 => proptest::collection::vec(proptest::sample::select(SAID.to_vec()), 1..4).prop_map(|said| said.join(" ")),
        1 => "\\PC{0,40}",
    ]
}

fn passage() -> impl Strategy<Value = Passage> {
    let kind = prop_oneof![
        Just(PassageKind::Title),
        (1..=6_u8).prop_map(PassageKind::Heading),
        Just(PassageKind::Paragraph),
        Just(PassageKind::Paragraph),
        Just(PassageKind::Item),
        (0..4_u32, 0..4_u32).prop_map(|(row, column)| PassageKind::Cell { row, column }),
        prop_oneof![
            Just("mailto:I.Marlow@school.example?subject=x".to_owned()),
            Just("tel:+441632960100".to_owned()),
            Just("https://www.gov.uk/school-performance-tables".to_owned()),
            "\\PC{0,12}",
        ]
        .prop_map(|address| PassageKind::Link { address }),
        Just(PassageKind::Picture),
    ];
    (kind, text()).prop_map(|(kind, text)| Passage { kind, text })
}

fn page() -> impl Strategy<Value = Page> {
    let address =
        prop_oneof![Just("careers.html".to_owned()), Just("https://a.example/news/1".to_owned()), "\\PC{0,20}"];
    let kind = prop_oneof![Just(PageKind::Html), Just(PageKind::Pdf), Just(PageKind::Docx)];
    (address, kind, proptest::collection::vec(passage(), 0..25)).prop_map(|(address, kind, passages)| Page {
        address,
        kind,
        passages,
    })
}

/// Letters and digits of a text, in lower case, with hidden addresses written out or not: what stays when a reader writes them out.
fn bare(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>().replace("at", "").replace("dot", "")
}

/// The pieces of a quote, each of which stands somewhere on its page: lines that belong together are set side by side, so are the cells
/// of a row, and where a link leads mail and calls follows its words in brackets.
fn pieces(quote: &str) -> Vec<&str> {
    quote
        .trim_end_matches('…')
        .split(['|', '·', ',', '(', ')', '[', ']', '{', '}', '<', '>'])
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .collect()
}

fn stands_on(page: &Page, quote: &str) -> Result<(), String> {
    let mut whole = String::new();
    for passage in &page.passages {
        whole.push_str(&bare(&passage.text));
        if let PassageKind::Link { address } = &passage.kind {
            whole.push_str(&bare(&address.replace("%20", " ")));
        }
    }
    for piece in pieces(quote) {
        // The last of a quote cut short may be half a word.
        if !whole.contains(&bare(piece)) {
            return Err(format!("“{piece}” of “{quote}” does not stand on {}", page.address));
        }
    }
    Ok(())
}

/// A page about the canteen, uniforms and whatever: without one of the words that the check looks for.
fn unrelated() -> impl Strategy<Value = Page> {
    let word = proptest::sample::select(vec![
        "lunch",
        "menu",
        "fish",
        "uniform",
        "tie",
        "blazer",
        "bus",
        "route",
        "music",
        "choir",
        "rugby",
        "fixture",
        "library",
        "book",
        "form",
        "9.00",
        "12 March 2027",
        "01632 960555",
        "kitchen@canteen.example",
        "Mrs Ada Pole",
        "reviewed",
        "policy",
        "Year 7",
        "parents",
    ]);
    let line =
        proptest::collection::vec(word, 1..8).prop_map(|words| Passage::new(PassageKind::Paragraph, words.join(" ")));
    proptest::collection::vec(line, 1..12).prop_map(|mut passages| {
        passages.insert(0, Passage::new(PassageKind::Heading(1), "Daily life"));
        Page { address: "daily-life.html".into(), kind: PageKind::Html, passages }
    })
}

/// The sites of the labelled sets, each as its pages: read once.
fn labelled() -> Vec<Vec<Page>> {
    static SITES: LazyLock<Vec<Vec<Page>>> = LazyLock::new(read_labelled);
    SITES.clone()
}

fn read_labelled() -> Vec<Vec<Page>> {
    #[derive(serde::Deserialize)]
    struct Labels {
        site: Vec<Site>,
    }
    #[derive(serde::Deserialize)]
    struct Site {
        files: Vec<String>,
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let read = |file: &Path| {
        let bytes = fs::read(file).expect("a page");
        let (kind, passages) = match file.extension().and_then(|extension| extension.to_str()) {
            Some("pdf") => {
                (PageKind::Pdf, exchange::pdf::read(&bytes, &exchange::pdf::Limits::default()).expect("a PDF"))
            }
            Some("docx") => (
                PageKind::Docx,
                exchange::docx::read(&bytes, &exchange::archive::Limits::DOCUMENT).expect("a document"),
            ),
            _ => (PageKind::Html, exchange::html::read(&bytes, &exchange::html::Limits::default()).expect("a page")),
        };
        Page { address: file.file_name().expect("a name").to_string_lossy().into_owned(), kind, passages }
    };
    ["first", "held_out", "after_mending", "fresh"]
        .into_iter()
        .flat_map(|set| {
            let labels = fs::read_to_string(folder.join(set).join("labels.toml")).expect("labels");
            let labels: Labels = toml::from_str(&labels).expect("sound labels");
            let folder = folder.join(set);
            labels
                .site
                .into_iter()
                .map(|site| site.files.iter().map(|file| read(&folder.join(file))).collect())
                .collect::<Vec<Vec<Page>>>()
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(384))]

    #[test]
    fn there_is_an_answer_for_every_item_whatever_the_pages_say(pages in proptest::collection::vec(page(), 0..4)) {
        let report = check(&pages);
        let items: Vec<Item> = report.findings.iter().map(|finding| finding.item).collect();
        prop_assert_eq!(items, Item::ALL);
        for Finding { state, quotes, notes, item, .. } in &report.findings {
            prop_assert_eq!(quotes.is_empty(), *state == State::NotFound, "{:?}", item);
            prop_assert!(quotes.len() <= 3);
            prop_assert!(*state != State::Unclear || !notes.is_empty(), "{:?} is unclear for no reason", item);
            let lacks = notes.iter().any(|note| matches!(note, Note::Missing { .. } | Note::OnlyMentioned));
            prop_assert!(*state != State::Found || !lacks, "{:?} is found and lacks something", item);
            for note in notes {
                prop_assert!(!note.sentence().is_empty());
            }
        }
        prop_assert_eq!(&report, &check(&pages), "the same pages have the same answer");
    }

    #[test]
    fn a_quote_stands_on_the_page_that_it_is_said_to_stand_on(pages in proptest::collection::vec(page(), 1..4)) {
        // Addresses must tell the pages apart for this.
        let pages: Vec<Page> =
            pages.into_iter().enumerate().map(|(at, page)| Page { address: format!("{at}.html"), ..page }).collect();
        for finding in check(&pages).findings {
            for quote in finding.quotes {
                let page = pages.iter().find(|page| page.address == quote.address).expect("a page that was read");
                if let Err(why) = stands_on(page, &quote.text) {
                    prop_assert!(false, "{:?}: {}", finding.item, why);
                }
            }
        }
    }

    #[test]
    fn a_page_without_a_word_on_careers_or_providers_is_silent(page in unrelated()) {
        let report = check(&[page]);
        prop_assert_eq!(report.count(State::NotFound), Item::ALL.len(), "{:?}", report.findings);
    }

    #[test]
    fn no_address_of_somebody_else_makes_a_careers_leader(
        others in proptest::collection::vec(("[A-Z][a-z]{3,8}", "[A-Z][a-z]{4,9}", 100..999_u32, prop_oneof![
            Just("Careers Adviser"), Just("Head of Year 9"), Just("Link Governor"), Just("SENCO"), Just("Headteacher"),
        ]), 1..5),
        as_table in any::<bool>(),
        before in any::<bool>(),
    ) {
        // The careers leader has a name and nothing else; everybody else has an address and a number.
        let mut passages = vec![Passage::new(PassageKind::Heading(1), "Our careers team")];
        let mut rows: Vec<[String; 3]> = others
            .iter()
            .map(|(first, last, number, role)| {
                let contact = format!("{}.{}@school.example, 01632 960{number}", first.to_lowercase(), last.to_lowercase());
                [format!("Mr {first} {last}"), (*role).to_owned(), contact]
            })
            .collect();
        let leader = ["Mrs Xanthe Quillfeather".to_owned(), "Careers Leader".to_owned(), String::new()];
        if before { rows.insert(0, leader) } else { rows.push(leader) }
        for (row, cells) in (0_u32..).zip(&rows) {
            for (column, cell) in (0_u32..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                let kind = match (as_table, column) {
                    (true, _) => PassageKind::Cell { row, column },
                    (false, 0) => PassageKind::Heading(3),
                    (false, _) => PassageKind::Paragraph,
                };
                passages.push(Passage::new(kind, cell.as_str()));
            }
        }
        let page = Page { address: "team.html".into(), kind: PageKind::Html, passages };
        prop_assert_ne!(state(&check(&[page]), Item::CareersLeader), State::Found);
    }
}

#[test]
fn a_page_that_has_nothing_to_do_with_it_takes_nothing_from_what_was_found() {
    use proptest::{strategy::ValueTree as _, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    for site in labelled() {
        let before = check(&site);
        for first in [true, false] {
            let other = unrelated().new_tree(&mut runner).expect("a page").current();
            let mut pages = site.clone();
            if first {
                pages.insert(0, other)
            } else {
                pages.push(other)
            }
            let after = check(&pages);
            for (before, after) in before.findings.iter().zip(&after.findings) {
                assert_eq!(
                    (before.state, &before.quotes),
                    (after.state, &after.quotes),
                    "{} {:?}",
                    site[0].address,
                    before.item
                );
            }
        }
    }
}

#[test]
fn a_second_careers_leader_elsewhere_makes_the_first_unclear_unless_the_record_knows() {
    let page = |address: &str, name: &str, email: &str| Page {
        address: address.into(),
        kind: PageKind::Html,
        passages: vec![
            Passage::new(PassageKind::Heading(1), "Careers"),
            Passage::new(PassageKind::Paragraph, format!("Careers leader: {name}, {email}, 01632 960100")),
        ],
    };
    // The one case in which another page takes “found” away: it contradicts the first.
    let pages =
        [page("a.html", "Ivy Marlow", "i.marlow@a.example"), page("b.html", "Ned Sandford", "n.sandford@a.example")];
    assert_eq!(state(&check(&pages[..1]), Item::CareersLeader), State::Found);
    assert_eq!(state(&check(&pages), Item::CareersLeader), State::Unclear);
    let leader = Leader { name: "Ned Sandford".into(), ..Leader::default() };
    let report = publication::check(&pages, Vec::new(), &Known { leader: Some(leader), ..KNOWN });
    assert_eq!(state(&report, Item::CareersLeader), State::Found);
    assert!(report.findings[0].quotes.iter().all(|quote| quote.text.contains("Sandford")));
}

/// The sites of the labelled sets with something taken out of every text and address.
fn without(take: impl Fn(&str) -> String) -> impl Iterator<Item = (String, Report)> {
    labelled().into_iter().map(move |mut site| {
        for passage in site.iter_mut().flat_map(|page| &mut page.passages) {
            passage.text = take(&passage.text);
            if let PassageKind::Link { address } = &mut passage.kind {
                *address = take(address);
            }
        }
        (site[0].address.clone(), check(&site))
    })
}

#[track_caller]
fn never_found(items: &[Item], take: impl Fn(&str) -> String) {
    for (site, report) in without(take) {
        for item in items {
            assert_ne!(state(&report, *item), State::Found, "{site} {item:?}");
        }
    }
}

/// A text without these words, whatever their case.
fn drop_words(text: &str, words: &[&str]) -> String {
    text.split_inclusive(|c: char| !c.is_alphanumeric())
        .filter(|word| {
            let word = word.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            !words.iter().any(|one| word.starts_with(one))
        })
        .collect()
}

#[test]
fn without_one_part_of_what_must_be_there_nothing_is_found() {
    let leader = [Item::CareersLeader];
    never_found(&leader, |text| text.replace('@', " ").replace("at]", "]").replace("(at)", " "));
    never_found(&leader, |text| text.replace(|c: char| c.is_ascii_digit(), ""));
    never_found(&leader, |text| drop_words(text, &["leader", "lead"]));
    never_found(&leader, str::to_lowercase);
    let dated = [Item::NextReview, Item::Policy, Item::Review];
    never_found(&dated, |text| text.replace("20", "").replace("/27", ""));
    never_found(&dated, |text| drop_words(text, &["review", "again", "looked", "check"]));
    never_found(&[Item::Impact], |text| {
        drop_words(text, &["impact", "effect", "difference", "outcome", "affect", "measur", "evaluat", "know"])
    });
    never_found(&[Item::Summary], |text| drop_words(text, &["employer", "business"]));
    never_found(&[Item::Summary], |text| drop_words(text, &["parent", "carer", "famil"]));
    never_found(&[Item::Programme, Item::Opportunities], |text| {
        drop_words(text, &["year", "y7", "y8", "y9", "y10", "y11"])
    });
    never_found(&[Item::Grounds], |text| {
        drop_words(text, &["refus", "declin", "turn", "reject", "no", "unable", "not"])
    });
    never_found(&[Item::Premises], |text| {
        drop_words(
            text,
            &[
                "hall",
                "room",
                "classroom",
                "librar",
                "theatre",
                "facilit",
                "premises",
                "equipment",
                "projector",
                "space",
                "studio",
                "suite",
            ],
        )
    });
    never_found(&[Item::Encounters], |text| drop_words(text, &["two", "twice", "six", "four", "2"]));
    never_found(&[Item::Complaints], |text| drop_words(text, &["complain"]));
    never_found(&[Item::Performance], |text| text.replace("gov.uk", "example"));
    never_found(&[Item::Strengths], |text| drop_words(text, &["strength", "strong", "well"]));
}

#[test]
fn what_is_denied_is_not_found() {
    let careers = |line: &str| Page {
        address: "careers.html".into(),
        kind: PageKind::Html,
        passages: vec![
            Passage::new(PassageKind::Title, "Careers"),
            Passage::new(PassageKind::Heading(1), "Careers"),
            Passage::new(PassageKind::Paragraph, line),
        ],
    };
    for line in [
        "We do not yet measure the impact of our careers programme on pupils by surveys.",
        "Careers guidance interviews are not offered this year; do not book an appointment.",
        "We don’t evaluate the effect of careers education on pupils; there is no survey.",
        "This page will not be reviewed on 1 September 2027.",
        "We have no careers leader: ring Ivy Marlow, i.marlow@a.example, 01632 960100.",
        "Our careers leader is not Ivy Marlow, i.marlow@a.example, 01632 960100.",
    ] {
        let report = check(&[careers(line)]);
        assert_eq!(report.count(State::Found), 0, "{line}: {:?}", report.findings);
    }
}
