//! The programme: its summary, what happens in each year group, and the decisions of families.

use domain::AcademicYear;

use crate::{
    Known, Note, State, careers,
    finding::{Answer, quote},
    outline::{Line, Outline},
    school_year,
    sentence::{Words, sentences},
};

/// What learners do in a careers programme.
const DOINGS: [&str; 40] = [
    "visit*",
    "talk*",
    "speaker*",
    "work experience",
    "placement*",
    "employer*",
    "lesson*",
    "interview*",
    "fair",
    "fairs",
    "workshop*",
    "taster*",
    "skills",
    "labour market",
    "cv",
    "cvs",
    "enterprise",
    "mock",
    "assembly",
    "assemblies",
    "guidance",
    "encounter*",
    "trip*",
    "dragons den",
    "options evening",
    "college applications",
    "introduction to careers",
    "workplace*",
    "work shadowing",
    "day",
    "week",
    "project*",
    "mentor*",
    "applications",
    "unifrog",
    "world of work",
    "tour*",
    "what is a career",
    "job",
    "industry",
];

const DECISIONS: [&str; 5] = ["roadmap", "decision*", "key dates", "choices", "timeline"];

/// The year groups that a text speaks of one by one; “Year 7 to Year 13” is none of them.
fn years(words: &Words) -> Vec<u8> {
    let list: Vec<&str> = words.text().split(' ').collect();
    let number =
        |word: Option<&&str>| word.and_then(|word| word.parse::<u8>().ok()).filter(|year| (7..=14).contains(year));
    let mut years = Vec::new();
    let mut at = 0;
    while at < list.len() {
        let short = list[at].strip_prefix('y').and_then(|rest| number(Some(&rest)));
        let year = if matches!(list[at], "year" | "years" | "yr") { number(list.get(at + 1)) } else { short };
        let Some(year) = year else {
            at += 1;
            continue;
        };
        at += if short.is_some() { 1 } else { 2 };
        // A range says that something goes on all the time.
        let to = list.get(at).is_some_and(|word| matches!(*word, "to" | "through" | "until"));
        let skip = usize::from(list.get(at + 1).is_some_and(|word| *word == "year"));
        if to && number(list.get(at + 1 + skip)).is_some() {
            at += 2 + skip;
            continue;
        }
        years.push(year);
        // “Years 10, 11 and 12”: commas are gone by now.
        loop {
            let joined = usize::from(list.get(at).is_some_and(|word| matches!(*word, "and" | "or")));
            let Some(next) = number(list.get(at + joined)) else { break };
            years.push(next);
            at += joined + 1;
        }
    }
    years
}

/// The year groups that the label of a row or a heading stands for: “Years 9 to 11” are three, “Years 7 to 13” is everybody.
fn labelled(words: &Words) -> Vec<u8> {
    let list: Vec<&str> = words.text().split(' ').collect();
    let number = |at: usize| list.get(at).and_then(|word| word.trim_start_matches('y').parse::<u8>().ok());
    let mut found = years(words);
    // “9 to 11” alone is a time of the day, or an age.
    let of_years = words.has_any(&["year", "years", "yr", "y7", "y8", "y9", "y10", "y11", "y12"]);
    for (at, _) in list.iter().enumerate().filter(|(_, word)| matches!(**word, "to" | "through")) {
        let after = if list.get(at + 1) == Some(&"year") { at + 2 } else { at + 1 };
        if let (Some(first), Some(last)) = (at.checked_sub(1).and_then(number), number(after))
            && of_years
            && (7..=14).contains(&first)
            && (first..=first + 2).contains(&last)
        {
            found.extend((first..=last).filter(|year| !found.contains(year)).collect::<Vec<_>>());
        }
    }
    found
}

/// How often a text says “year” and a number.
fn mentions(words: &Words) -> usize {
    let list: Vec<&str> = words.text().split(' ').collect();
    let number = |word: &str| word.parse::<u8>().is_ok_and(|year| (7..=14).contains(&year));
    list.iter()
        .enumerate()
        .filter(|(at, word)| match **word {
            "year" | "years" | "yr" => list.get(at + 1).is_some_and(|next| number(next)),
            other => other.strip_prefix('y').is_some_and(number),
        })
        .count()
}

/// The year groups for which a page says what is done, and the words for the first of them.
fn laid_out<'o>(outline: &'o Outline<'_>) -> (Vec<u8>, Option<&'o Line>) {
    let mut found: Vec<u8> = Vec::new();
    let mut first = None;
    let mut headed: Vec<u8> = Vec::new();
    let mut header: Vec<(u32, Vec<u8>)> = Vec::new();
    let mut sayings = 0;
    for line in careers::lines(outline).filter(|line| !outline.section(line).says(&DECISIONS)) {
        let of_line = years(&line.words);
        if line.heading.is_some() {
            let of_heading = labelled(&line.words);
            headed = if of_heading.len() <= 3 { of_heading } else { Vec::new() };
            continue;
        }
        if line.row.is_some_and(|(_, row)| row == 0) {
            header = line.cells.iter().map(|(column, cell)| (*column, labelled(&Words::of(cell)))).collect();
        }
        let mut say = |years: &[u8]| {
            for year in years {
                if !found.contains(year) {
                    found.push(*year);
                    first.get_or_insert(line);
                }
            }
        };
        if let Some((_, row)) = line.row {
            // Years down the side, or along the top.
            let begins = line.cells.first().map(|(_, cell)| labelled(&Words::of(cell))).unwrap_or_default();
            if !begins.is_empty() && line.cells.iter().skip(1).any(|(_, cell)| Words::of(cell).has_any(&DOINGS)) {
                sayings += 1;
                say(&begins);
            } else if row > 0 {
                for (column, cell) in &line.cells {
                    if Words::of(cell).has_any(&DOINGS)
                        && let Some((_, years)) = header.iter().find(|(other, _)| other == column)
                    {
                        sayings += 1;
                        say(years);
                    }
                }
            }
            continue;
        }
        let mut spoken = false;
        for sentence in sentences(&line.text) {
            let words = Words::of(sentence);
            let of_sentence = years(&words);
            // “In Years 7, 9 and 11 pupils fill in a questionnaire” lays out nothing.
            let measures = words.has_any(&["impact", "measur*", "assess*", "questionnaire*", "survey*"]);
            let each = mentions(&words);
            if (1..=2 * each).contains(&of_sentence.len()) && words.has_any(&DOINGS) && !measures {
                sayings += each;
                say(&of_sentence);
                spoken = true;
            }
        }
        if !spoken && of_line.is_empty() && !headed.is_empty() && line.words.has_any(&DOINGS) {
            sayings += 1;
            say(&headed.clone());
        }
    }
    // Three year groups in one breath are no programme.
    if sayings < 2 {
        found.truncate(2);
    }
    (found, first)
}

/// The academic year that a page gives itself, if it is neither the present one nor the next.
fn other_year(outline: &Outline<'_>, known: &Known) -> Option<AcademicYear> {
    let present = school_year::of(known.as_of);
    let mut named = school_year::named(&outline.page.address.replace(['_', '%'], " "));
    for passage in &outline.page.passages {
        let heads =
            matches!(passage.kind, exchange::passage::PassageKind::Title | exchange::passage::PassageKind::Heading(_));
        if heads || Words::of(&passage.text).has_any(&["academic year", "programme for", "school year"]) {
            named.extend(school_year::named(&passage.text));
        }
    }
    let current = named.iter().any(|year| *year == present || *year == present.next());
    if current { None } else { named.into_iter().max() }
}

/// What happens in each year group, for at least three.
pub(crate) fn by_year(outlines: &[Outline<'_>], known: &Known) -> Answer {
    let mut best = Answer::nothing();
    for outline in outlines {
        let (years, first) = laid_out(outline);
        if let Some(line) = first {
            let mut answer = if years.len() >= 3 {
                Answer::found(outline.page, &line.text)
            } else {
                Answer::unclear(
                    outline.page,
                    &line.text,
                    Note::Missing { what: "what happens in the other year groups".to_owned() },
                )
            };
            answer.notes.extend(other_year(outline, known).map(|year| Note::OtherYear { year }));
            best = best.or(answer);
        }
        if !careers::is_about_jobs(outline) {
            for (address, text) in &outline.links {
                let words = Words::of(text);
                if words.has_any(&[
                    "careers programme",
                    "careers curriculum",
                    "programme overview",
                    "careers overview",
                    "careers plan",
                ]) {
                    best = best.or(Answer::unclear(outline.page, &format!("{text} ({address})"), Note::OnlyMentioned));
                }
            }
        }
    }
    best
}

const AUDIENCES: [(&str, &[&str]); 4] = [
    ("pupils", &["pupils", "students", "learners", "pupil", "student", "young people"]),
    ("parents", &["parents", "parent", "carers", "families"]),
    ("teachers and staff", &["teachers", "staff", "tutors", "teacher", "colleagues"]),
    ("employers", &["employers", "employer", "businesses", "business"]),
];

/// What there is to find out about.
const INFORMATION: [&str; 20] = [
    "information",
    "programme",
    "overview",
    "summary",
    "guide",
    "pack",
    "booklet",
    "handbook",
    "folder",
    "noticeboard",
    "planner",
    "scheme of work",
    "newsletter",
    "website",
    "schemes of work",
    "plan",
    "leaflet",
    "what is planned",
    "what is coming up",
    "calendar",
];
/// How one finds out.
const FINDING: [&str; 33] = [
    "find",
    "read",
    "see",
    "receive",
    "ask",
    "call",
    "download",
    "use",
    "given",
    "in the",
    "sent",
    "contact",
    "e mail",
    "email",
    "access",
    "obtain",
    "get",
    "available",
    "request",
    "look",
    "view",
    "on the",
    "shared",
    "can be found",
    "visit",
    "emailed",
    "e mailing",
    "emailing",
    "be had",
    "write",
    "send",
    "has your",
    "tell*",
];

/// A summary of the programme, and how each of four audiences finds out about it.
pub(crate) fn summary(outlines: &[Outline<'_>], known: &Known) -> Answer {
    let mut best = Answer::nothing();
    for outline in outlines {
        let lines: Vec<&Line> = careers::lines(outline).filter(|line| line.heading.is_none()).collect();
        let (years, laid) = laid_out(outline);
        let named = lines.iter().find(|line| {
            let tells = line.words.has_any(&["programme", "careers curriculum", "careers education"]);
            // A sentence about the programme says what is in it; one about who may ask for it does not.
            tells && line.words.count(&DOINGS) >= 2 && line.text.chars().count() >= 100
        });
        let Some(told) = named.copied().or(laid.filter(|_| years.len() >= 3)) else { continue };
        let missing: Vec<&str> = AUDIENCES
            .iter()
            .filter(|(_, names)| !is_addressed(outline, &lines, names))
            .map(|(audience, _)| *audience)
            .collect();
        let mut answer = if missing.is_empty() {
            Answer::found(outline.page, &told.text)
        } else {
            let what = format!("how {} get information about it", missing.join(", "));
            Answer::unclear(outline.page, &told.text, Note::Missing { what })
        };
        let for_employers = |line: &&&Line| {
            line.words.has("employers") && line.words.has_any(&INFORMATION) && line.words.has_any(&FINDING)
        };
        if let Some(line) = lines.iter().find(for_employers)
            && answer.state == State::Found
            && line.text != told.text
        {
            answer.quotes.push(quote(outline.page, &line.text));
        }
        answer.notes.extend(other_year(outline, known).map(|year| Note::OtherYear { year }));
        best = best.or(answer);
    }
    best
}

/// Whether a page says how this audience finds out about the programme.
fn is_addressed(outline: &Outline<'_>, lines: &[&Line], names: &[&str]) -> bool {
    lines.iter().any(|line| {
        let under = outline
            .section(line)
            .path
            .last()
            .is_some_and(|heading| heading.has_any(names) && heading.text().split_whitespace().count() <= 5);
        let mut before = false;
        sentences(&line.text).into_iter().any(|sentence| {
            let words = Words::of(sentence);
            // “Pupils get their plan from their tutor; parents receive it at each review.”
            let what = words.has_any(&INFORMATION) || (before && words.has("it"));
            before = what;
            what && words.has_any(&FINDING) && (under || words.has_any(names))
        })
    })
}

/// The decisions that families meet, with when they do.
pub(crate) fn roadmap(outlines: &[Outline<'_>]) -> Answer {
    let mut best = Answer::nothing();
    for outline in outlines {
        for line in careers::lines(outline) {
            let section = outline.section(line);
            let heads = section.path.last().is_some_and(|heading| heading.has_any(&DECISIONS))
                || line.words.has_any(&["roadmap", "decision points"]);
            if !heads {
                continue;
            }
            let lines: Vec<&Line> = outline.lines_of(line.section).collect();
            let all = lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(". ");
            let words = Words::of(&all);
            let families = words.has_any(&["parents", "parent", "carers", "families", "your child", "your son"])
                || section.says(&["parents", "parent", "carers", "families"]);
            let decisions = words.count(&[
                "options",
                "sixth form",
                "apprenticeship*",
                "ucas",
                "post 16",
                "post 18",
                "university",
                "universities",
                "gcse",
                "college*",
                "sixth forms",
            ]);
            let when = years(&words).len() + usize::from(!crate::when::dates(&all).is_empty());
            if !families {
                continue;
            }
            let head = |near: &&&Line| near.heading.is_none() && near.row.is_none_or(|(_, row)| row > 0);
            let said = lines.iter().find(head).map_or(&line.text, |near| &near.text);
            let answer = if decisions >= 2 && when >= 2 {
                Answer::found(outline.page, said)
            } else {
                Answer::unclear(
                    outline.page,
                    said,
                    Note::Missing { what: "the decisions and when they fall".to_owned() },
                )
            };
            best = best.or(answer);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn year_groups_are_counted_one_by_one() {
        let of = |text: &str| years(&Words::of(text));
        assert_eq!(of("In Year 8 … Years 10, 11 and 12; Y9"), [8, 10, 11, 12, 9]);
        assert_eq!(of("from Year 7 to Year 13, years 7–11, Year 10"), [10]);
        assert_eq!(of("Years 7 to 11, year 2026"), []);
    }
}
