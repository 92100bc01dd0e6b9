//! What careers pages say in sentences: impact, review, guidance, strengths, performance data.

use domain::Date;

use crate::{
    Known, Note,
    finding::Answer,
    leader,
    outline::{Line, Outline},
    sentence::{Words, sentences},
    when,
};

const CAREERS: [&str; 4] = ["career*", "ceiag", "cei a g", "future pathways"];

/// Headings under which providers are spoken to, not pupils.
pub(crate) const ACCESS: [&str; 6] = [
    "provider access",
    "access policy",
    "access statement",
    "access for providers",
    "access by providers",
    "baker clause",
];

/// Whether a page is about working at the institution.
pub(crate) fn is_about_jobs(outline: &Outline<'_>) -> bool {
    let words = ["vacancies", "vacancy", "closing date", "job description", "applicants", "salary", "recruitment"];
    let said = outline.lines.iter().filter(|line| line.words.has_any(&words)).count();
    let about_jobs = outline.title.has_any(&[
        "vacancies",
        "vacancy",
        "recruitment",
        "work for us",
        "join our team",
        "careers with us",
    ]) || said >= 2;
    let about_pupils = outline.lines.iter().any(|line| {
        line.words.has_any(&["careers leader", "careers programme", "careers education", "careers guidance"])
    });
    about_jobs && !about_pupils
}

/// Whether a page is about careers education: its title says so, or somebody leads it there.
pub(crate) fn is_about_careers(outline: &Outline<'_>) -> bool {
    outline.title.has_any(&CAREERS) || Words::of(&outline.page.address).has_any(&CAREERS) || leader::names_one(outline)
}

/// Whether a page is the provider access statement as a whole.
pub(crate) fn is_access_page(outline: &Outline<'_>) -> bool {
    outline.title.has_any(&ACCESS)
}

/// Lines about careers that are not of the provider access statement.
pub(crate) fn lines<'o>(outline: &'o Outline<'_>) -> impl Iterator<Item = &'o Line> {
    let of_page = is_about_careers(outline) && !is_access_page(outline);
    outline.lines.iter().filter(move |line| {
        let section = outline.section(line);
        !line.is_promise && (of_page || section.says(&CAREERS)) && !section.says(&ACCESS)
    })
}

const METHODS: [&str; 22] = [
    "survey*",
    "questionnaire*",
    "feedback",
    "destination*",
    "compass",
    "gatsby",
    "focus group*",
    "student voice",
    "pupil voice",
    "learner voice",
    "data",
    "interviews",
    "future skills",
    "benchmarks",
    "case studies",
    "observation*",
    "evaluation*",
    "evaluating each",
    "neet",
    "assessments",
    "reports to governors",
    "self assessment",
];

/// A sentence that says that the programme's effect is measured, in a place that says how.
pub(crate) fn impact(outlines: &[Outline<'_>]) -> Answer {
    let mut best = Answer::nothing();
    for outline in outlines {
        for line in lines(outline).filter(|line| line.heading.is_none()) {
            for sentence in sentences(&line.text) {
                let words = Words::of(sentence);
                let effect = words.has_any(&[
                    "impact",
                    "effect",
                    "effects",
                    "effectiveness",
                    "difference",
                    "outcomes",
                    "affects",
                ]);
                let measured = words.has_any(&[
                    "measur*", "assess", "assessed", "assesses", "evaluat*", "monitor*", "track*", "gauge*", "tell us",
                    "tells us", "show us", "shows us",
                ]);
                let about = words.has_any(&CAREERS)
                    || words.has_any(&["programme", "our work", "guidance"])
                    || words.has_any(&["on pupils", "on students", "on learners", "on our pupils", "on our students"])
                    || outline.section(line).says(&["impact", "measur*", "evaluat*", "difference", "how do we know*"]);
                if !(effect && measured && about) {
                    continue;
                }
                let how = outline
                    .lines_of(line.section)
                    .filter(|near| near.heading.is_none())
                    .any(|near| near.words.has_any(&METHODS));
                let answer = if how {
                    Answer::found(outline.page, sentence)
                } else {
                    Answer::unclear(outline.page, sentence, Note::Missing { what: "how it is measured".to_owned() })
                };
                best = best.or(answer);
            }
        }
    }
    best
}

/// Words of a review that is to come.
const REVIEW: [&str; 12] = [
    "next review",
    "next reviewed",
    "review date",
    "reviewed by",
    "be reviewed",
    "due for review",
    "date of review",
    "review due",
    "reviewed again",
    "next reviewing",
    "reviewed in",
    "reviewed on",
];

/// The day of the next review in a text, and whether the words tell of one.
pub(crate) fn review_in(sentence: &str) -> Option<Option<Date>> {
    let words = Words::of(sentence);
    let past = words.has_any(&["was reviewed", "last reviewed", "were reviewed", "been reviewed", "last review"]);
    if !words.has_any(&REVIEW) || (past && !words.has_any(&["next review*", "be reviewed", "reviewed again"])) {
        return None;
    }
    // “Reviewed September 2026, next review September 2027”: the day after the words about the next one.
    let lower = sentence.to_lowercase();
    let from = ["next review", "be reviewed", "review date", "due for review", "reviewed again"]
        .iter()
        .filter_map(|word| lower.find(word))
        .min()
        .unwrap_or(0);
    let rest = sentence.get(from..).unwrap_or(sentence);
    Some(when::dates(rest).into_iter().next())
}

/// Whether a sentence speaks of the review of the information itself: it names that, or nothing at all before the words of review.
/// “The fair will be reviewed before the next one” speaks of the fair.
fn is_of_information(words: &Words) -> bool {
    const NOTHING: [&str; 25] = [
        "date",
        "of",
        "the",
        "next",
        "last",
        "updated",
        "reviewed",
        "on",
        "in",
        "published",
        "and",
        "will",
        "it",
        "this",
        "to",
        "be",
        "is",
        "due",
        "for",
        "our",
        "we",
        "by",
        "was",
        "checked",
        "written",
    ];
    if words.has_any(&[
        "information",
        "page",
        "pages",
        "webpage",
        "website",
        "careers programme",
        "this programme",
        "our programme",
        "the programme",
        "careers provision",
    ]) {
        return true;
    }
    let Some(first) = REVIEW.iter().filter_map(|phrase| words.at(phrase)).min() else { return false };
    words
        .before(first)
        .split_whitespace()
        .all(|word| NOTHING.contains(&word) || word.starts_with(|c: char| c.is_ascii_digit()) || when::is_month(word))
}

/// When the careers information is next reviewed. The reviews of policies are theirs.
pub(crate) fn next_review(outlines: &[Outline<'_>], known: &Known) -> Answer {
    let mut best = Answer::nothing();
    for outline in outlines {
        let of_policy = outline.title.has_any(&["policy"]);
        for line in lines(outline).filter(|line| line.heading.is_none_or(|level| level > 1)) {
            for sentence in sentences(&line.text) {
                let Some(date) = review_in(sentence) else { continue };
                let words = Words::of(sentence);
                let elsewhere = of_policy
                    || words.has_any(&["policy", "policies", "statement", "risk assessment"])
                    || outline.section(line).says(&["policy", "policies", "approval"]);
                let answer = match date {
                    Some(date) if !elsewhere && is_of_information(&words) => {
                        let mut answer = Answer::found(outline.page, sentence);
                        if date < known.as_of {
                            answer.notes.push(Note::DatePassed { date });
                        }
                        answer
                    }
                    Some(_) => {
                        let what = "whether this date is for the careers information on the website".to_owned();
                        Answer::unclear(outline.page, sentence, Note::Missing { what })
                    }
                    None => Answer::unclear(outline.page, sentence, Note::Missing { what: "a date".to_owned() }),
                };
                best = best.or(answer);
            }
        }
    }
    best
}

/// Personal guidance and how to come by it, in one place.
pub(crate) fn guidance(outlines: &[Outline<'_>]) -> Answer {
    let mut best = Answer::nothing();
    for outline in outlines {
        let lines: Vec<&Line> = lines(outline).collect();
        for line in &lines {
            let what = line.words.has_any(&[
                "personal guidance",
                "careers guidance",
                "career guidance",
                "guidance interview*",
                "guidance meeting*",
                "guidance appointment*",
                "careers interview*",
                "career interview*",
                "careers appointment*",
                "careers adviser*",
                "careers advisor*",
                "career adviser*",
                "one to one guidance",
                "1 1 guidance",
                "1 to 1 guidance",
                "careers meeting*",
                "careers discussion*",
                "careers conversation*",
                "guidance adviser",
            ]);
            if !what || line.words.has_any(&["policy", "statutory guidance"]) {
                continue;
            }
            let near = || lines.iter().filter(|near| near.section == line.section && near.row.is_none());
            let how = near().any(|near| near.words.has_any(&WAYS) && about_pupils(near));
            let answer = if how {
                Answer::found(outline.page, &line.text)
            } else {
                Answer::unclear(
                    outline.page,
                    &line.text,
                    Note::Missing { what: "how a learner asks for it".to_owned() },
                )
            };
            best = best.or(answer);
        }
        let linked = outline.links.iter().find(|(_, words)| {
            Words::of(words).has_any(&[
                "careers guidance",
                "careers advice",
                "careers advice and guidance",
                "personal guidance",
                "careers appointment*",
            ])
        });
        if let Some((address, words)) = linked {
            best = best.or(Answer::unclear(outline.page, &format!("{words} ({address})"), Note::OnlyMentioned));
        }
    }
    best
}

/// Ways to a meeting.
const WAYS: [&str; 28] = [
    "book",
    "booked",
    "booking",
    "make an appointment",
    "arrange an appointment",
    "arrange a meeting",
    "request an appointment",
    "request a meeting",
    "drop in",
    "drop ins",
    "call in",
    "pop in",
    "ask at",
    "ask your",
    "ask their",
    "speak to your",
    "see your",
    "sign up",
    "self refer",
    "refer themselves",
    "referred by",
    "ask for an appointment",
    "ask for a meeting",
    "ask to see",
    "book one",
    "can ask for",
    "ask for one",
    "for one at any time",
];

/// Whether a line speaks to learners and families, not to employers or applicants.
fn about_pupils(line: &Line) -> bool {
    !line.words.has_any(&["employers", "providers", "a provider", "stand", "vacancy", "stall"])
}

/// Strengths and what is being worked on, from an evaluation, in one place.
pub(crate) fn strengths(outlines: &[Outline<'_>]) -> Answer {
    let mut best = Answer::nothing();
    for outline in outlines {
        for line in lines(outline) {
            // What is being worked on often stands under the next heading.
            let section: Vec<&Line> =
                outline.lines_of(line.section).chain(outline.lines_of(line.section + 1)).collect();
            let has = |phrases: &[&str]| {
                section.iter().any(|near| near.words.has_any(phrases)) || outline.section(line).says(phrases)
            };
            if !line.words.has_any(&[
                "strength",
                "strengths",
                "what we do well",
                "strong in",
                "strongest",
                "going well",
            ]) {
                continue;
            }
            let weak = has(&[
                "areas for development",
                "area for development",
                "development areas",
                "areas to develop",
                "areas for improvement",
                "to improve",
                "want to improve",
                "next steps",
                "working on",
                "working to",
                "priorities",
                "even better if",
                "development points",
            ]);
            const EVALUATIONS: [&str; 9] = [
                "evaluation",
                "evaluations",
                "compass",
                "benchmark",
                "benchmarks",
                "review",
                "audit",
                "self assessment",
                "quality in careers",
            ];
            let opening = outline.lines.iter().take(6).any(|line| line.words.has_any(&["evaluat*", "compass"]));
            let from = has(&EVALUATIONS) || (outline.title.has_any(&CAREERS) && opening);
            let said = section.iter().find(|near| near.heading.is_none()).map_or(&line.text, |near| &near.text);
            let answer = if weak && from {
                Answer::found(outline.page, said)
            } else if weak {
                Answer::unclear(outline.page, said, Note::Missing { what: "what evaluation it comes from".to_owned() })
            } else {
                continue;
            };
            best = best.or(answer);
        }
    }
    best
}

/// A link to the government's performance tables, wherever it stands.
pub(crate) fn performance(outlines: &[Outline<'_>]) -> Answer {
    let mut best = Answer::nothing();
    for outline in outlines {
        for (address, words) in &outline.links {
            let lower = address.to_ascii_lowercase();
            let host = lower.split("://").nth(1).unwrap_or_default().split('/').next().unwrap_or_default();
            let there = [
                "compare-school-performance.service.gov.uk",
                "find-school-performance-data.service.gov.uk",
                "find-school-performance.service.gov.uk",
            ]
            .iter()
            .any(|known| host == *known || host.strip_prefix("www.") == Some(known))
                || (host == "www.gov.uk" || host == "gov.uk") && lower.contains("performance-tables");
            if there {
                return Answer::found(outline.page, format!("{words} ({address})").trim());
            }
        }
        for line in &outline.lines {
            let government = line.words.has_any(&["department for education", "dfe", "government"]);
            if government && line.words.has_any(&["performance tables", "performance data", "league tables"]) {
                best = best.or(Answer::unclear(outline.page, &line.text, Note::OnlyMentioned));
            }
        }
    }
    best
}
