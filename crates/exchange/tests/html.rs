//! Pages of websites: whatever bytes come, there is an answer; what a visitor can read is kept, in order; what was made to take all time
//! or memory is refused.

use std::time::{Duration, Instant};

use exchange::{
    html::{self, Limits, Refused},
    passage::{Passage, PassageKind},
};
use proptest::prelude::*;

fn read(page: &str) -> Vec<Passage> {
    html::read(page.as_bytes(), &Limits::default()).expect("a page within the limits")
}

/// The words of all passages but those that repeat others: links, which stand in their line too.
fn words(passages: &[Passage]) -> Vec<String> {
    passages
        .iter()
        .filter(|passage| !matches!(passage.kind, PassageKind::Link { .. }))
        .flat_map(|passage| passage.text.split(' ').map(ToOwned::to_owned).collect::<Vec<_>>())
        .collect()
}

#[test]
fn a_page_of_fifty_megabytes_is_refused_with_the_limit_before_it_is_read() {
    let page = "<p>careers</p>".repeat(50 * (1 << 20) / 14);
    let begun = Instant::now();
    assert_eq!(html::read(page.as_bytes(), &Limits::default()), Err(Refused::Bytes(5 << 20)));
    assert!(begun.elapsed() < Duration::from_millis(50), "{:?}", begun.elapsed());
}

#[test]
fn each_limit_holds_and_is_told() {
    let limits = Limits { bytes: 10_000, nodes: 100, depth: 20, attributes: 5 };
    let refused = |page: &str| html::read(page.as_bytes(), &limits).err();
    assert_eq!(refused(&"x".repeat(10_001)), Some(Refused::Bytes(10_000)));
    assert_eq!(refused(&"<br>".repeat(200)), Some(Refused::Nodes(100)));
    assert_eq!(refused(&"<div>".repeat(30)), Some(Refused::Depth(20)));
    assert_eq!(refused("<p a b c d e f>x</p>"), Some(Refused::Attributes(5)));
    assert_eq!(refused("<p a b c d e>x</p>"), None);
}

#[test]
fn pages_made_to_be_slow_end_soon() {
    let numbered = |before: &str| (0..400_000).map(|at| format!("{before}a{at}")).collect::<String>();
    let pages: [(&str, String); 11] = [
        ("attributes", format!("<p{}>x</p>", numbered(" "))),
        ("attributes parted by strokes", format!("<p{}>x</p>", numbered("/"))),
        ("attributes after a comment that ends early", format!("<!--> <a b=\"--><p{}>x</p>", numbered(" "))),
        ("attributes of an end", format!("<p></p{}>", numbered(" "))),
        ("formatting", "<b><p>".repeat(200_000)),
        ("formatting apart", "<b><i><u></b>".repeat(100_000)),
        ("links in tables", "<table><a>".repeat(200_000)),
        ("tables", "<table><tr><td>".repeat(200_000)),
        ("depth", "<div>".repeat(500_000)),
        ("text before tables", format!("<table>{}", "x<tr>".repeat(300_000))),
        ("entities", "&amp;&lt&notanentity;&#x110000;".repeat(100_000)),
    ];
    for (what, page) in pages {
        let begun = Instant::now();
        let _ = html::read(page.as_bytes(), &Limits::default());
        // Most of a second at worst, unoptimised; a parser without our limits takes minutes for the first.
        assert!(begun.elapsed() < Duration::from_secs(20), "{what}: {:?}", begun.elapsed());
    }
}

#[test]
fn a_panel_of_tabs_is_headed_by_its_tab() {
    let page = read(
        "<ul><li><a role=tab id=t1 href='#p1'>Parents</a></li><li><a role=tab id=t2 href='#p2'>Employers</a></li></ul>\
         <div role=tabpanel id=p1><p>Read it.</p></div><div role=tabpanel aria-labelledby=t2 hidden><p>Ring us.</p></div>",
    );
    let told: Vec<_> = page
        .iter()
        .filter(|passage| !matches!(passage.kind, PassageKind::Link { .. } | PassageKind::Item))
        .map(|passage| (matches!(passage.kind, PassageKind::Heading(_)), passage.text.as_str()))
        .collect();
    assert_eq!(told, [(true, "Parents"), (false, "Read it."), (true, "Employers"), (false, "Ring us.")]);
}

#[test]
fn words_that_only_styles_set_apart_do_not_run_together() {
    let text = |page: &str| read(page).first().map(|passage| passage.text.clone());
    assert_eq!(
        text("<p><span>March 2027</span><span>Year 9: options</span></p>").as_deref(),
        Some("March 2027 Year 9: options")
    );
    assert_eq!(
        text("<p><span>k.bhatt</span><span>@</span><span>priors.example</span></p>").as_deref(),
        Some("k.bhatt@priors.example")
    );
    assert_eq!(text("<p><span>Ca</span><span>reers</span></p>").as_deref(), Some("Careers"));
}

/// Something visible: words within elements that show them, as deep as it comes.
fn visible() -> impl Strategy<Value = (String, Vec<String>)> {
    let leaf =
        proptest::collection::vec("[a-z]{1,8}", 1..6).prop_map(|words| (format!("<p>{}</p>", words.join(" ")), words));
    leaf.prop_recursive(6, 60, 5, |inner| {
        let around = prop_oneof![
            Just(("<div class='elementor-widget'>", "</div>")),
            Just(("<section>", "</section>")),
            Just(("<details><summary>open</summary>", "</details>")),
            Just(("<ul><li>", "</li></ul>")),
            Just(("<table><tr><td>", "</td></tr></table>")),
            Just(("<dl><dt>term</dt><dd>", "</dd></dl>")),
            Just(("<blockquote>", "</blockquote>")),
            Just(("<div role=tabpanel hidden>", "</div>")),
            Just(("<script>var hidden = '<p>no</p>';</script><main>", "</main>")),
            Just(("<span hidden>no</span><article>", "</article>")),
            Just(("<style>p { color: red }</style><form>", "<select><option>no</select></form>")),
        ];
        (around, proptest::collection::vec(inner, 1..4)).prop_map(|((open, close), parts)| {
            let mut words: Vec<String> = match open {
                open if open.contains("summary") => vec!["open".to_owned()],
                open if open.contains("<dt>") => vec!["term".to_owned()],
                _ => Vec::new(),
            };
            let mut page = open.to_owned();
            for (part, said) in parts {
                page.push_str(&part);
                words.extend(said);
            }
            (page + close, words)
        })
    })
}

/// Markup without rhyme or reason.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        proptest::sample::select(vec![
            "<p>",
            "</p>",
            "<table>",
            "<tr>",
            "<td>",
            "</table>",
            "<b>",
            "</i>",
            "<a href='x'>",
            "</a>",
            "<li>",
            "<dt>",
            "<dd>",
            "<dl>",
            "<h1>",
            "</h2>",
            "<script>",
            "</script>",
            "<template>",
            "</template>",
            "<svg>",
            "<math><mi>",
            "<select>",
            "<option>",
            "<button aria-controls=a>",
            "<div id=a hidden>",
            "<div role=tabpanel aria-labelledby=b>",
            "<i role=tab id=b>",
            "<span data-cfemail='zz'>",
            "<span data-cfemail='5a3b'>",
            "<img alt='x'>",
            "<td colspan=99999999999>",
            "<nav>",
            "</nav>",
            "<!--",
            "-->",
            "<![CDATA[",
            "<frameset>",
            "<body hidden>",
            "<br>",
            "&#0;",
            "&nbsp;",
            "<form>",
            "<iframe src=y>",
            "</",
            "<",
        ])
        .prop_map(ToOwned::to_owned),
        "\\PC{0,12}",
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn whatever_bytes_come_there_is_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..4_000)) {
        let _ = html::read(&bytes, &Limits::default());
    }

    #[test]
    fn whatever_markup_comes_passages_are_sound(page in soup()) {
        for passage in read(&page) {
            let is_link = matches!(passage.kind, PassageKind::Link { .. });
            prop_assert!(is_link || !passage.text.is_empty());
            prop_assert_eq!(passage.text.split_whitespace().collect::<Vec<_>>().join(" "), passage.text.clone());
            if let PassageKind::Heading(level) = passage.kind {
                prop_assert!((1..=6).contains(&level));
            }
        }
    }

    #[test]
    fn what_a_visitor_can_read_is_kept_in_order_and_nothing_else((page, said) in visible()) {
        prop_assert_eq!(words(&read(&page)), said);
    }

    #[test]
    fn a_page_cut_anywhere_still_says_what_stood_before((page, _) in visible(), cut in any::<prop::sample::Index>()) {
        let at = page.floor_char_boundary(cut.index(page.len() + 1));
        let before = page[..at].rfind("</p>").map_or("", |end| &page[..end]);
        // What is left of a tag at the very end is text to browsers, and text between the parts of a table stands before it.
        let cut = page[..at].trim_end_matches(['<', '/']);
        let (whole, part) = (words(&read(cut)), words(&read(before)));
        prop_assert!(whole.starts_with(&part), "{whole:?} {part:?}");
    }

    #[test]
    fn no_page_is_larger_than_what_it_says(page in soup()) {
        let limits = Limits { nodes: 40, depth: 8, ..Limits::default() };
        if let Ok(passages) = html::read(page.as_bytes(), &limits) {
            let letters: usize = passages.iter().map(|passage| passage.text.len()).sum();
            // Each word at most in its line, in a link, and in the heading of a panel; “&nbsp;” and its kind only shrink.
            prop_assert!(letters <= 16 * page.len() + 64);
        }
    }
}
