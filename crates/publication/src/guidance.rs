//! Personal guidance.

use crate::{
    Note, careers,
    finding::Answer,
    outline::{Line, Outline},
    sentence::{Words, sentences},
};

/// Personal guidance and how to come by it, in one place.
pub(crate) fn how_to_get(outlines: &[Outline<'_>]) -> Answer {
    let mut best = Answer::nothing();
    for outline in outlines {
        let lines: Vec<&Line> = careers::lines(outline).collect();
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
            let how = near().any(|near| {
                let same = near.text == line.text || near.words.has_any(&MEETINGS);
                same && about_pupils(near) && says_how(&near.text)
            });
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

/// Whether a text tells a way, and does not deny it.
fn says_how(text: &str) -> bool {
    sentences(text).into_iter().map(Words::of).any(|words| words.has_any(&WAYS) && !words.denies())
}

/// What one asks for: booking a place at the open evening is another matter.
const MEETINGS: [&str; 14] = [
    "appointment*",
    "adviser*",
    "advisor*",
    "meeting*",
    "interview*",
    "guidance",
    "drop in",
    "one to one",
    "1 1",
    "1 to 1",
    "self refer",
    "slot*",
    "call in",
    "see them",
];

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
