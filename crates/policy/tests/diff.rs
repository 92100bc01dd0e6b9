//! Comparing texts word by word.

use policy::diff::{Change, LineKind, is_same, lines};
use proptest::prelude::*;

/// A comparison as one string: removed words in square brackets, added ones in braces, points with a dash.
fn compared(before: &str, after: &str) -> String {
    let lines = lines(before, after);
    let line = |line: &policy::diff::Line| {
        let begin = match line.kind {
            LineKind::Paragraph => "",
            LineKind::Heading => "# ",
            LineKind::Point => "- ",
            LineKind::Row => "| ",
        };
        let spans: Vec<String> = line
            .spans
            .iter()
            .map(|span| match span.change {
                Change::Same => span.words.clone(),
                Change::Removed => format!("[{}]", span.words),
                Change::Added => format!("{{{}}}", span.words),
            })
            .collect();
        format!("{begin}{}", spans.join(" "))
    };
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn words_that_changed_are_told_and_the_others_stand_once() {
    assert_eq!(
        compared(
            "Each pupil meets at least two providers by the end of Year 11.",
            "Each pupil meets at least three providers by the end of Year 10."
        ),
        "Each pupil meets at least [two] {three} providers by the end of Year [11.] {10.}"
    );
    assert!(is_same(&lines("The *same*  words.", "The same\nwords.")));
}

#[test]
fn a_point_that_is_new_and_a_paragraph_that_is_gone_are_lines_of_their_own() {
    assert_eq!(
        compared(
            "We ask that they:\n\n- come\n- tell\n\nThank you for coming.",
            "We ask that they:\n\n- come\n- bring learners\n- tell\n"
        ),
        "We ask that they:\n- come\n- {bring learners}\n- tell\n[Thank you for coming.]"
    );
}

#[test]
fn a_short_word_between_changes_goes_with_them() {
    assert_eq!(
        compared("We look in spring of every year at it.", "We look during autumn of each term at it."),
        "We look [in spring of every year] {during autumn of each term} at it."
    );
}

#[test]
fn where_a_link_leads_is_told_if_that_is_all_that_changed() {
    assert_eq!(
        compared("See [the form](https://a.example/one).", "See [the form](https://a.example/two)."),
        "See the form [(https://a.example/one).] {(https://a.example/two).}"
    );
}

#[test]
fn tables_are_compared_by_row_and_headings_as_such() {
    assert_eq!(
        compared(
            "### Times\n\n| Year | Term |\n| --- | --- |\n| 8 | autumn |",
            "### Hours\n\n| Year | Term |\n| --- | --- |\n| 8 | spring |\n| 9 | summer |"
        ),
        "# [Times] {Hours}\n| Year | Term\n| 8 | [autumn] {spring}\n| {9 | summer}"
    );
}

#[test]
fn very_long_texts_are_not_compared_but_shown_one_after_the_other() {
    let (old, new) = ("old ".repeat(9_000), "new ".repeat(9_000));
    let lines = lines(&old, &new);
    assert_eq!(lines.iter().map(|line| line.spans.len()).collect::<Vec<_>>(), [1, 1]);
    assert_eq!(lines[0].spans[0].change, Change::Removed);
    assert_eq!(lines[1].spans[0].change, Change::Added);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_word_of_either_text_is_lost(before in "([a-d]{1,2}[ \n]){0,30}", after in "([a-d]{1,2}[ \n]){0,30}") {
        let lines = lines(&before, &after);
        let of = |kept: Change| -> Vec<String> {
            let spans = lines.iter().flat_map(|line| &line.spans).filter(|span| span.change == Change::Same || span.change == kept);
            spans.flat_map(|span| span.words.split(' ').map(str::to_owned)).collect()
        };
        prop_assert_eq!(of(Change::Removed), before.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        prop_assert_eq!(of(Change::Added), after.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    }
}
