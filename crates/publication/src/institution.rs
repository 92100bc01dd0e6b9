//! Whose page it is: websites carry papers of other institutions, and those say nothing about this one.

use exchange::passage::PassageKind;

use crate::outline::Outline;

/// Words that end the name of an institution.
const KINDS: [&str; 5] = ["School", "Academy", "College", "UTC", "Schools"];
/// Words of such names that tell nobody apart.
const COMMON: [&str; 36] = [
    "The",
    "Our",
    "This",
    "At",
    "A",
    "An",
    "Each",
    "Every",
    "High",
    "Community",
    "Catholic",
    "Primary",
    "Secondary",
    "Special",
    "Sixth",
    "Form",
    "Church",
    "England",
    "Grammar",
    "Technical",
    "University",
    "Junior",
    "Upper",
    "Lower",
    "Middle",
    "Welcome",
    "To",
    "Local",
    "State",
    "Careers",
    "In",
    "For",
    "Free",
    "Studio",
    "Further",
    "Education",
];

/// The words by which the institutions that a text names are told apart, in lower case; each as often as it is named.
fn names(text: &str) -> Vec<Vec<String>> {
    let words: Vec<&str> = text
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')))
        .map(|word| word.strip_suffix("’s").or_else(|| word.strip_suffix("'s")).unwrap_or(word))
        .filter(|word| !word.is_empty())
        .collect();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if !KINDS.contains(word) {
            continue;
        }
        let mut name: Vec<String> = words[..at]
            .iter()
            .rev()
            .take(4)
            .take_while(|word| word.starts_with(char::is_uppercase) && !KINDS.contains(word))
            .filter(|word| !COMMON.contains(word))
            .map(|word| word.to_lowercase())
            .collect();
        name.reverse();
        if !name.is_empty() {
            found.push(name);
        }
    }
    found
}

/// What a page calls itself: its title and its first-level headings.
fn heads(outline: &Outline<'_>) -> Vec<Vec<String>> {
    let heads =
        outline.page.passages.iter().filter(|one| matches!(one.kind, PassageKind::Title | PassageKind::Heading(1)));
    heads.flat_map(|one| names(&one.text)).collect()
}

/// For each page, whether it is a paper of another institution than the one whose website this is: most pages that call
/// themselves by a name agree on one, this paper calls itself by another, or speaks of it again and again, and never names the first.
pub(crate) fn strangers(outlines: &[Outline<'_>]) -> Vec<bool> {
    // One name for each page that calls itself by any.
    let site: Vec<Vec<String>> = outlines
        .iter()
        .filter(|outline| outline.page.kind == crate::PageKind::Html)
        .filter_map(|outline| commonest(&heads(outline)))
        .collect();
    let own = commonest(&site).filter(|own| site.iter().filter(|other| *other == own).count() * 2 > site.len());
    let Some(own) = own else { return vec![false; outlines.len()] };
    outlines
        .iter()
        .map(|outline| {
            let said =
                |word: &String| outline.page.passages.iter().any(|one| one.text.to_lowercase().contains(word.as_str()));
            if own.iter().all(said) {
                return false;
            }
            let all: Vec<Vec<String>> = outline.page.passages.iter().flat_map(|one| names(&one.text)).collect();
            let heads = heads(outline);
            let again = commonest(&all).filter(|name| all.iter().filter(|other| *other == name).count() >= 3);
            heads.into_iter().chain(again).any(|name| !name.iter().any(|word| own.contains(word)))
        })
        .collect()
}

/// The name that is there most often; the first of those.
fn commonest(names: &[Vec<String>]) -> Option<Vec<String>> {
    let count = |name: &Vec<String>| names.iter().filter(|other| *other == name).count();
    names.iter().rev().max_by_key(|name| count(name)).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn institutions_are_told_apart_by_the_words_that_only_they_have() {
        assert_eq!(names("Careers at Ashmead School"), [["ashmead"]]);
        assert_eq!(names("Thornbury Mill School’s policy; our School; The Community College"), [["thornbury", "mill"]]);
        assert_eq!(names("St Oswin’s Catholic High School"), [["st", "oswin"]]);
    }
}
