//! What careers pages say in sentences: impact, strengths, performance data.

use crate::{
    Note,
    finding::Answer,
    leader,
    outline::{Line, Outline},
    sentence::{Words, sentences},
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

/// Whether a page is news: it tells what was, and is gone from sight in a month.
pub(crate) fn is_news(outline: &Outline<'_>) -> bool {
    let path = outline.page.address.split_once("://").map_or(outline.page.address.as_str(), |(_, rest)| rest);
    let path = path.split_once('/').map_or(path, |(_, path)| path);
    outline.title.has_any(&["blog", "news", "newsletter", "newsletters", "bulletin"])
        || Words::of(path).has_any(&["blog", "news", "newsletter", "newsletters", "bulletin"])
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

const METHODS: [&str; 24] = [
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
    "scores",
    "stay in touch",
];

/// A sentence that says that the programme's effect is measured, in a place that says how.
pub(crate) fn impact(outlines: &[Outline<'_>]) -> Answer {
    let mut best = Answer::nothing();
    for outline in outlines {
        for line in lines(outline).filter(|line| line.heading.is_none()) {
            // What is measured and how are often two sentences of one paragraph.
            let pieces = if line.text.len() <= 600 { vec![line.text.as_str()] } else { sentences(&line.text) };
            for piece in pieces {
                let words = Words::of(piece);
                let headed =
                    outline.section(line).says(&["impact", "measur*", "evaluat*", "difference", "how do we know*"]);
                // “How impact is measured” is a title, until a colon or a full sentence follows.
                let titled = words.text().starts_with("how ") && !piece.contains([':', '?', '.']);
                if titled || words.has_any(&["should", "must", "for example by"]) {
                    continue;
                }
                let denied = sentences(piece).into_iter().map(Words::of).any(|words| {
                    words.denies() && words.has_any(&["measur*", "assess*", "evaluat*", "impact", "effect", "survey*"])
                });
                let effect = headed
                    || words.has_any(&[
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
                    "tells us", "show us", "shows us", "compare", "compared",
                ]);
                let about = headed
                    || words.has_any(&CAREERS)
                    || words.has_any(&["programme", "our work", "guidance"])
                    || words.has_any(&["on pupils", "on students", "on learners", "on our pupils", "on our students"]);
                if denied || !(effect && measured && about) {
                    continue;
                }
                let how = outline
                    .lines_of(line.section)
                    .filter(|near| near.heading.is_none())
                    .any(|near| near.words.has_any(&METHODS));
                let answer = if how {
                    Answer::found(outline.page, piece)
                } else {
                    Answer::unclear(outline.page, piece, Note::Missing { what: "how it is measured".to_owned() })
                };
                best = best.or(answer);
            }
        }
    }
    best
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
