//! The careers policy: that it is there, approved, and reviewed within three years.

use domain::Date;

use crate::{
    Known, Note, approval, careers,
    finding::Answer,
    outline::{Line, Outline},
    sentence::{Words, sentences},
};

const CAREERS: [&str; 3] = ["career", "careers", "ceiag"];

fn is_its_name(words: &Words) -> bool {
    words.has_any(&CAREERS) && words.has("policy") && !words.has_any(&careers::ACCESS) && !words.has("provider")
}

pub(crate) fn answer(outlines: &[Outline<'_>], known: &Known) -> Answer {
    let mut best = Answer::nothing();
    for outline in outlines {
        let whole = is_its_name(&outline.title);
        let lines: Vec<&Line> = outline
            .lines
            .iter()
            .filter(|line| {
                let section = outline.section(line);
                !line.is_promise && (whole || section.path.iter().any(is_its_name)) && !section.says(&careers::ACCESS)
            })
            .collect();
        let length: usize = lines.iter().filter(|line| line.heading.is_none()).map(|line| line.text.len()).sum();
        if length >= 250 {
            best = best.or(approved(outline, &lines, known));
        }
        // A row of the list of policies.
        let row = outline.lines.iter().find(|line| {
            let first = line.cells.first().map(|(_, cell)| Words::of(cell));
            outline.title.has("policies")
                && first.is_some_and(|first| first.has_any(&CAREERS) && !first.has("provider"))
        });
        if let Some(row) = row {
            best = best.or(Answer::unclear(outline.page, &row.text, Note::OnlyMentioned));
        }
        let named = outline.lines.iter().find(|line| {
            line.words.has_any(&[
                "careers policy",
                "ceiag policy",
                "careers guidance policy",
                "careers education policy",
            ])
        });
        if let Some(line) = named.filter(|_| !whole) {
            best = best.or(Answer::unclear(outline.page, &line.text, Note::OnlyMentioned));
        }
        let linked = outline.links.iter().find(|(_, words)| is_its_name(&Words::of(words)));
        if let Some((address, words)) = linked {
            best = best.or(Answer::unclear(outline.page, &format!("{words} ({address})"), Note::OnlyMentioned));
        }
    }
    best
}

/// Its approval and review; without either it is there, and a person has to look.
fn approved(outline: &Outline<'_>, lines: &[&Line], known: &Known) -> Answer {
    let mut approved: Option<(Date, &str)> = None;
    let mut review: Option<(Date, &str)> = None;
    let mut undated = None;
    for line in lines.iter().filter(|line| line.heading.is_none()) {
        for sentence in sentences(&line.text) {
            undated.get_or_insert(sentence);
            let (found, next) = approval::approval_and_review(sentence);
            approved = approved.or(found.map(|date| (date, sentence)));
            review = review.or(next.map(|date| (date, sentence)));
        }
    }
    approval::dated(outline.page, approved, review, undated, known, 3)
}
