use std::collections::BTreeMap;

use domain::Date;
use policy::Paper;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{content::Content, pages::Page, render::hex, said};

/// What a publication rests on, to be compared with the record later.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Basis {
    /// What must be right, by what it is called.
    pub(crate) facts: BTreeMap<String, String>,
    /// Each page: what it is called, and a digest of what it says.
    pub(crate) pages: BTreeMap<String, (String, String)>,
    /// Each page: what it says, line by line. Earlier publications do not have it.
    #[serde(default)]
    pub(crate) said: BTreeMap<String, Vec<String>>,
    /// The papers that are shown, by their words: which version, and when it is looked over next.
    #[serde(default)]
    pub(crate) papers: BTreeMap<String, (u32, Option<Date>)>,
}

/// Something that the public sees otherwise than the record has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebsiteDifference {
    /// What differs, in a sentence.
    pub sentence: String,
    /// Lines that are public, and that the record no longer says.
    pub was: Vec<String>,
    /// Lines that the record says, and that are not public.
    pub is: Vec<String>,
}

impl WebsiteDifference {
    fn of(sentence: String) -> Self {
        Self { sentence, was: Vec::new(), is: Vec::new() }
    }
}

const LEADER: &str = "careers leader";
const LOOK: &str = "look";

impl Basis {
    pub(crate) fn of(content: &Content, pages: &[Page]) -> Self {
        let leader = content.careers_leader.as_ref();
        let or_none = |text: Option<&String>| text.cloned().unwrap_or_else(|| "nobody".to_owned());
        let mut facts = BTreeMap::from([
            (LEADER.to_owned(), or_none(leader.map(|leader| &leader.name))),
            ("name of the institution".to_owned(), content.institution.clone()),
        ]);
        let of_leader = [
            ("careers leader’s e-mail address", leader.and_then(|leader| leader.email.clone())),
            ("careers leader’s telephone number", leader.and_then(|leader| leader.phone.clone())),
            ("next review", content.review_on().map(domain::date::long)),
        ];
        for (name, value) in of_leader {
            facts.insert(name.to_owned(), value.unwrap_or_else(|| "none".to_owned()));
        }
        let logo = content
            .logo
            .as_ref()
            .map_or("none".to_owned(), |logo| format!("{} {}", hex(&Sha256::digest(&logo.content)), logo.alt));
        let look = (LOOK.to_owned(), ("The colour or the logo".to_owned(), format!("{} {logo}", content.tint)));
        let said: BTreeMap<_, _> =
            pages.iter().map(|page| (page.path.to_owned(), said::lines(&page.document))).collect();
        let pages = pages.iter().map(|page| {
            let digest = hex(&Sha256::digest(said[page.path].join("\n")));
            (page.path.to_owned(), (format!("The page “{}”", page.label), digest))
        });
        let papers =
            content.papers.iter().map(|paper| (paper.paper.word().to_owned(), (paper.number, paper.review_on)));
        Self { facts, pages: pages.chain([look]).collect(), said, papers: papers.collect() }
    }

    /// What is not right about the papers that are public, when these are in force.
    pub(crate) fn of_papers(&self, in_force: &BTreeMap<String, (u32, Option<Date>)>, today: Date) -> Vec<String> {
        // Publications from before papers were noted say nothing of them.
        if self.said.is_empty() {
            return Vec::new();
        }
        let sentence = |paper: Paper| {
            let what = title(paper);
            let of = |papers: &BTreeMap<String, (u32, Option<Date>)>| papers.get(paper.word()).copied();
            Some(match (of(&self.papers), of(in_force)) {
                (Some((was, _)), Some((is, _))) if was != is => {
                    format!("The public sees version {was} of the {what}; version {is} applies now.")
                }
                (Some((was, _)), None) => format!("The public sees version {was} of the {what}, and none applies."),
                (None, Some(_)) => format!("The {what} is not public yet."),
                (Some((_, Some(review))), Some(_)) if review < today => {
                    format!("The {what} that is public was to be reviewed by {}.", domain::date::long(review))
                }
                _ => return None,
            })
        };
        Paper::ALL.into_iter().filter_map(sentence).collect()
    }

    /// Everything that is otherwise in what is so now. A line that differs only by a fact that is told of already is not told again, and
    /// what differs alike on several pages is told once.
    pub(crate) fn differences(&self, now: &Self, today: Date) -> Vec<WebsiteDifference> {
        let changed: Vec<(&str, &str, &str)> = now
            .facts
            .iter()
            .filter_map(|(name, is)| Some((name.as_str(), self.facts.get(name)?.as_str(), is.as_str())))
            .filter(|(_, was, is)| was != is)
            .collect();
        let facts = changed.iter().map(|(name, was, is)| match *name {
            LEADER => {
                format!("The public page still names “{was}” as the careers leader; the record names “{is}”.")
            }
            _ => format!("Of the {name}, the public page says “{was}” and the record “{is}”."),
        });
        let papers = self.of_papers(&now.papers, today);
        let mut found: Vec<_> = papers.into_iter().chain(facts).map(WebsiteDifference::of).collect();
        let mut alike: Vec<(Lines, Vec<&str>)> = Vec::new();
        for (path, (label, is)) in &now.pages {
            let Some((_, was)) = self.pages.get(path) else {
                found.push(WebsiteDifference::of(format!("{label} is new: the public does not see it yet.")));
                continue;
            };
            if was == is {
                continue;
            }
            let Some((before, after)) = self.said.get(path).zip(now.said.get(path)) else {
                found.push(WebsiteDifference::of(match path == LOOK {
                    true => format!("{label} is not as it is set now."),
                    false => format!("{label} says something else than the record now."),
                }));
                continue;
            };
            match Lines::between(before, after, &changed) {
                // The facts that are told of say it all.
                None => {}
                Some(lines) => match alike.iter_mut().find(|(known, _)| *known == lines) {
                    Some((_, labels)) => labels.push(label),
                    None => alike.push((lines, vec![label])),
                },
            }
        }
        found.extend(alike.into_iter().map(|(lines, labels)| lines.told(&labels)));
        for (path, (label, _)) in &self.pages {
            if !now.pages.contains_key(path) {
                found.push(WebsiteDifference::of(format!(
                    "{label} is still public; the record has nothing for it any more."
                )));
            }
        }
        found
    }
}

/// What a paper is called in a sentence.
fn title(paper: Paper) -> &'static str {
    match paper {
        Paper::CareersPolicy => "careers policy",
        Paper::ProviderAccess => "provider access policy statement",
    }
}

/// What one page says and the other does not.
#[derive(Debug, PartialEq, Eq)]
struct Lines {
    was: Vec<String>,
    is: Vec<String>,
}

impl Lines {
    /// None where everything is explained by facts that changed.
    fn between(before: &[String], after: &[String], changed: &[(&str, &str, &str)]) -> Option<Self> {
        let mut was = left_over(before, after);
        let mut is = left_over(after, before);
        if was.is_empty() && is.is_empty() {
            // The same lines in another order.
            return Some(Self { was, is });
        }
        was.retain(|line| {
            let said_now = changed.iter().fold(line.clone(), |line, (_, was, is)| line.replace(was, is));
            match is.iter().position(|other| *other == said_now) {
                Some(at) => {
                    is.remove(at);
                    false
                }
                None => true,
            }
        });
        (!was.is_empty() || !is.is_empty()).then_some(Self { was, is })
    }

    fn told(self, labels: &[&str]) -> WebsiteDifference {
        let what = match labels {
            [one] => (*one).to_owned(),
            [first, others @ ..] => {
                let names: Vec<&str> = others.iter().map(|label| label.trim_start_matches("The page ")).collect();
                let (last, middle) = names.split_last().map_or(("", &[][..]), |(last, middle)| (*last, middle));
                let first = first.replacen("The page", "The pages", 1);
                match middle {
                    [] => format!("{first} and {last}"),
                    _ => format!("{first}, {} and {last}", middle.join(", ")),
                }
            }
            [] => String::new(),
        };
        let verb = if labels.len() == 1 { "says" } else { "say" };
        let sentence = match self.was.is_empty() && self.is.is_empty() {
            true => format!("{what} {verb} the same in another order than the record now."),
            false => format!("{what} {verb} something else than the record now."),
        };
        WebsiteDifference { sentence, was: self.was, is: self.is }
    }
}

/// The lines that `other` does not have, each as often as it lacks it.
fn left_over(lines: &[String], other: &[String]) -> Vec<String> {
    let mut there: BTreeMap<&str, usize> = BTreeMap::new();
    for line in other {
        *there.entry(line).or_default() += 1;
    }
    let mut left = Vec::new();
    for line in lines {
        match there.get_mut(line.as_str()) {
            Some(count) if *count > 0 => *count -= 1,
            _ => left.push(line.clone()),
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Date = Date::constant(2026, 11, 23);

    fn basis(leader: &str, pages: &[(&str, &[&str])]) -> Basis {
        let said: BTreeMap<String, Vec<String>> = pages
            .iter()
            .map(|(path, lines)| ((*path).to_owned(), lines.iter().map(|line| (*line).to_owned()).collect()))
            .collect();
        let pages = said.iter().map(|(path, lines)| (path.clone(), (format!("The page “{path}”"), lines.join("\n"))));
        Basis {
            facts: BTreeMap::from([(LEADER.to_owned(), leader.to_owned())]),
            pages: pages.collect(),
            said,
            papers: BTreeMap::new(),
        }
    }

    #[test]
    fn a_changed_fact_hides_no_other_change() {
        let was = basis("Ash", &[("a", &["Leader: Ash", "Old"]), ("b", &["Leader: Ash"]), ("c", &["Old", "Same"])]);
        let now = basis("Sam", &[("a", &["Leader: Sam", "New"]), ("b", &["Leader: Sam"]), ("c", &["New", "Same"])]);
        let found = was.differences(&now, DAY);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].sentence.contains("still names “Ash”"));
        assert_eq!(found[1].sentence, "The pages “a” and “c” say something else than the record now.");
        assert_eq!((&found[1].was[..], &found[1].is[..]), (&["Old".to_owned()][..], &["New".to_owned()][..]));
    }

    #[test]
    fn pages_that_came_and_went_are_told_and_what_is_the_same_is_not() {
        let was = basis("Ash", &[("gone", &["x"]), ("stays", &["y"]), ("turned", &["1", "2"])]);
        let now = basis("Ash", &[("new", &["x"]), ("stays", &["y"]), ("turned", &["2", "1"])]);
        let told: Vec<_> = was.differences(&now, DAY).into_iter().map(|one| one.sentence).collect();
        assert_eq!(
            told,
            [
                "The page “new” is new: the public does not see it yet.",
                "The page “turned” says the same in another order than the record now.",
                "The page “gone” is still public; the record has nothing for it any more."
            ]
        );
        assert!(was.differences(&was, DAY).is_empty());
    }

    #[test]
    fn an_earlier_publication_without_lines_still_tells_which_page_differs() {
        let mut was = basis("Ash", &[("a", &["Old"])]);
        was.said.clear();
        let found = was.differences(&basis("Sam", &[("a", &["New"])]), DAY);
        assert_eq!(found.len(), 2, "{found:?}");
    }
}
