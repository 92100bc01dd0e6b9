//! Whatever type, years, facts and choices: nothing of another type, nothing of the machinery, nothing altered that the law says.

use std::{collections::BTreeSet, str::FromStr};

use domain::{Institution, InstitutionType, Sector};
use policy::{
    Check, CheckCode, CheckStanding, Choice, ChoiceKind, Composed, Fact, Facts, Paper, Provenance, Setting, Vocabulary,
    check, compose,
};
use proptest::{collection, option, prelude::*, sample::select};

use crate::{edition, foreign, sample};

/// An institution of any type, with any years that its sector teaches.
fn institutions() -> impl Strategy<Value = Institution> {
    (select(InstitutionType::ALL), 0_i8..8, 0_i8..8).prop_map(|(kind, one, other)| {
        let (first, last) = match kind.sector() {
            Sector::School => (7, 14),
            Sector::Post16 => (12, 14),
        };
        let within = |step: i8| first + step % (last - first + 1);
        sample::teaching(kind, within(one).min(within(other)), within(one).max(within(other)))
    })
}

/// Facts, each known or not.
fn facts(text: impl Strategy<Value = String> + Clone) -> impl Strategy<Value = Facts> {
    collection::vec(option::weighted(0.8, text), Fact::ALL.len())
        .prop_map(|texts| Fact::ALL.iter().zip(texts).filter_map(|(fact, text)| Some((*fact, text?))).collect())
}

/// Choices for some of the clauses, among them clauses that are not for the institution.
fn choices(own: impl Strategy<Value = String> + Clone) -> impl Strategy<Value = Vec<Choice>> {
    let keys: Vec<String> = edition().clauses().map(|clause| clause.key.clone()).collect();
    let kind = prop_oneof![
        Just(ChoiceKind::Confirmed),
        Just(ChoiceKind::Removed),
        own.clone().prop_map(ChoiceKind::Replaced),
        own.prop_map(ChoiceKind::Added),
    ];
    let of = |(clause, kind, is_old): (String, ChoiceKind, bool)| {
        let text = edition().clause(&clause).map(|clause| clause.text.clone()).unwrap_or_default();
        let beneath = if is_old { format!("Formerly: {text}") } else { text };
        Choice { clause, kind, beneath, at: jiff::Timestamp::UNIX_EPOCH }
    };
    collection::vec((select(keys), kind, any::<bool>()).prop_map(of), 0..60)
}

/// What somebody might write who means well, facts and slips of the pen among it.
fn own_words() -> impl Strategy<Value = String> + Clone {
    select(vec![
        "We meet every family in the autumn.",
        "Ask {careers-leader}, or look at {website-address}.",
        "- one thing\n- another thing",
        "We look back each July.\n\n{strengths}",
        "See {carers-leader}.",
        "Every Friday, in room 4 (TBC).",
        "   ",
    ])
    .prop_map(str::to_owned)
}

fn plain() -> impl Strategy<Value = String> + Clone {
    select(vec!["Odile Quillfeather", "on Tuesdays", "What we do is written here.", "careers@harbour.example"])
        .prop_map(str::to_owned)
}

/// What would do harm if it were read as more than words, and any other text.
fn hostile() -> impl Strategy<Value = String> + Clone {
    let known = select(vec![
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[press](javascript:alert(1))",
        "![](https://tracker.example/x.png)",
        "# A heading\n\nand more",
        "```\nnever ends",
        "<!-- never ends",
        "| a | b |\n| --- | --- |\n| c |",
        "{vision} {careers-leader} {",
        "text\n===\n\n> quoted\n>> deeper",
        "1. one\n   - two\n      - three",
        " - after a space",
        "\n2) after a line",
        "[1]: https://evil.example 'title'",
        "&lt;b&gt; &amp; &#60;i&#62;",
        "ends with a backslash \\",
        "*_`~~",
        "\u{202e}txet",
    ]);
    prop_oneof![3 => known.prop_map(str::to_owned), 1 => "[ -~\n\u{a0}-\u{ff}]{0,40}"]
}

fn composed(institution: &Institution, paper: Paper, facts: &Facts, choices: &[Choice]) -> Composed {
    compose(edition(), paper, Setting { institution, facts, choices })
}

/// The words in braces of a text that nobody has escaped.
fn placeholders(text: &str) -> BTreeSet<Fact> {
    Fact::ALL.iter().copied().filter(|fact| text.contains(&format!("{{{fact}}}"))).collect()
}

fn has(checks: &[Check], code: CheckCode, clause: &str, fact: Option<Fact>) -> bool {
    checks.iter().any(|check| {
        let stops = check.standing == CheckStanding::Stop;
        check.code == code && check.clause.as_deref() == Some(clause) && check.fact == fact && stops
    })
}

/// How a document is made: its headings, and of what kind its blocks are, with how many items or cells.
fn shape(composed: &Composed) -> Vec<String> {
    fn of(section: &documents::Section, shape: &mut Vec<String>) {
        shape.push(format!("# {}", section.heading));
        for block in &section.blocks {
            shape.push(match block {
                documents::Block::Paragraph(_) => "paragraph".to_owned(),
                documents::Block::List(list) => format!("{:?} of {}", list.kind, list.items.len()),
                documents::Block::Table(table) => format!("table of {}", table.rows().len()),
                other => format!("{other:?}"),
            });
        }
        section.sections.iter().for_each(|section| of(section, shape));
    }
    let mut shape = Vec::new();
    composed.document(jiff::civil::date(2026, 11, 23)).sections.iter().for_each(|section| of(section, &mut shape));
    shape
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_output_holds_what_is_not_meant_for_it(
        institution in institutions(), facts in facts(plain()), choices in choices(own_words()), paper in select(&Paper::ALL[..]),
    ) {
        let made = composed(&institution, paper, &facts, &choices);
        let document = made.document(jiff::civil::date(2026, 11, 23));
        let text = documents::text::write(&document).split_whitespace().collect::<Vec<_>>().join(" ");
        foreign::nothing_of_others(&institution, &text)?;
        // Placeholders of ours: the slip “{carers-leader}” is the writer's, and stays to be seen.
        for word in Vocabulary::WORDS.iter().copied().chain(Fact::ALL.iter().map(|fact| fact.word())) {
            prop_assert!(!text.contains(&format!("{{{word}}}")), "{word}");
        }
        for section in edition().sections(paper) {
            let advice = section.clauses.iter().filter_map(|clause| clause.advice.as_ref()).chain(&section.advice);
            for sentence in advice.flat_map(|advice| advice.split_inclusive(['.', '?'])) {
                prop_assert!(!text.contains(sentence.trim()), "{sentence}");
            }
        }
    }

    #[test]
    fn statutory_wording_is_added_to_and_never_altered(
        institution in institutions(), facts in facts(plain()), choices in choices(own_words()), paper in select(&Paper::ALL[..]),
    ) {
        let made = composed(&institution, paper, &facts, &choices);
        let untouched = composed(&institution, paper, &facts, &[]);
        prop_assert!(made.clauses().map(|(_, clause)| &clause.key).eq(untouched.clauses().map(|(_, clause)| &clause.key)));
        for (_, clause) in made.clauses() {
            prop_assert_eq!(&clause.wording, &untouched.clause(&clause.key).expect("the clause").wording);
            if clause.provenance == Provenance::Statutory {
                let text = clause.text.as_deref().expect("a text");
                let rest = text.strip_prefix(clause.wording.as_str()).expect("our wording");
                prop_assert!(rest.is_empty() || rest.starts_with("\n\n"), "{}: {rest}", clause.key);
            }
        }
    }

    #[test]
    fn the_check_names_every_open_example_and_every_missing_fact(
        institution in institutions(), facts in facts(plain()), choices in choices(own_words()), paper in select(&Paper::ALL[..]),
    ) {
        let made = composed(&institution, paper, &facts, &choices);
        let checks = check(&made, &[], None, jiff::civil::date(2026, 11, 23));
        for clause in edition().clauses().filter(|clause| clause.is_for(&institution)) {
            let Some(now) = made.clause(&clause.key) else { continue };
            let choice = choices.iter().rfind(|choice| choice.clause == clause.key).map(|choice| &choice.kind);
            let binds = clause.provenance_for(institution.kind);
            let is_open = binds == Provenance::Example && matches!(choice, None | Some(ChoiceKind::Added(_)));
            prop_assert_eq!(has(&checks, CheckCode::ExampleOpen, &clause.key, None), is_open, "{}", &clause.key);
            // What the paper is to say, before anything is filled in.
            let says = match choice {
                Some(ChoiceKind::Removed) if binds != Provenance::Statutory => String::new(),
                Some(ChoiceKind::Replaced(own)) if binds != Provenance::Statutory => own.clone(),
                Some(ChoiceKind::Replaced(own) | ChoiceKind::Added(own)) => format!("{}\n\n{own}", clause.text),
                _ => clause.text.clone(),
            };
            for fact in Fact::ALL {
                // The review date is the paper's own, and asked for once by a finding of its own.
                let is_asked = *fact != Fact::ReviewDate;
                let is_missing = is_asked && placeholders(&says).contains(fact) && !facts.contains_key(fact);
                let is_told = has(&checks, CheckCode::FactMissing, &clause.key, Some(*fact));
                prop_assert_eq!(is_told, is_missing, "{}: {}", &clause.key, fact);
            }
            for slip in ["{carers-leader}", "TBC"].into_iter().filter(|slip| says.contains(slip)) {
                prop_assert!(has(&checks, CheckCode::LeftOver, &clause.key, None), "{}: {slip}", &clause.key);
            }
            let is_outdated = choices.iter().rfind(|choice| choice.clause == clause.key).is_some_and(|choice| choice.beneath != clause.text);
            prop_assert_eq!(now.outdated.is_some(), is_outdated);
        }
    }

    #[test]
    fn composing_twice_gives_the_same_and_keeping_it_loses_nothing(
        institution in institutions(), facts in facts(hostile()), choices in choices(hostile()), paper in select(&Paper::ALL[..]),
    ) {
        let made = composed(&institution, paper, &facts, &choices);
        prop_assert_eq!(&made, &composed(&institution, paper, &facts, &choices));
        let kept = serde_json::to_string(&made).expect("JSON");
        prop_assert_eq!(&made, &serde_json::from_str::<Composed>(&kept).expect("what was kept"));
    }

    #[test]
    fn what_people_typed_stays_words_and_stays_in_its_place(
        institution in institutions(), typed in facts(hostile()), paper in select(&Paper::ALL[..]),
    ) {
        // Raw within sentences, where only words, links and emphasis may come in; escaped where a block stands for itself.
        let hostile: Facts = typed
            .iter()
            .map(|(fact, text)| (*fact, if fact.is_block() { policy::markdown::escape(text) } else { text.clone() }))
            .filter(|(_, text)| text.chars().any(char::is_alphanumeric))
            .collect();
        let mild: Facts = hostile.keys().map(|fact| (*fact, "words".to_owned())).collect();
        let made = composed(&institution, paper, &hostile, &[]);
        prop_assert_eq!(shape(&made), shape(&composed(&institution, paper, &mild, &[])));
        harmless(&made)?;
    }

    #[test]
    fn own_words_can_do_no_harm_either(
        institution in institutions(), facts in facts(hostile()), choices in choices(hostile()), paper in select(&Paper::ALL[..]),
    ) {
        harmless(&composed(&institution, paper, &facts, &choices))?;
    }
}

/// Nothing that a browser would run or fetch.
fn harmless(made: &Composed) -> Result<(), TestCaseError> {
    let html = documents::html::fragment(&made.document(jiff::civil::date(2026, 11, 23)));
    for tag in ["<script", "<img", "<iframe", "<!--", "href=\"javascript", "onerror=\""] {
        prop_assert!(!html.contains(tag), "{tag}");
    }
    Ok(())
}

#[test]
fn every_clause_reaches_somebody() {
    // Otherwise the property tests would look at less than there is.
    for clause in edition().clauses() {
        let reaches = InstitutionType::ALL.iter().any(|kind| {
            [(7, 11), (7, 13), (12, 14)]
                .into_iter()
                .any(|(lowest, highest)| clause.is_for(&sample::teaching(*kind, lowest, highest)))
        });
        assert!(reaches, "{}", clause.key);
    }
    assert_eq!(Fact::from_str("vision"), Ok(Fact::Vision));
}
