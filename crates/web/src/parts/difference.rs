use askama::Template;
use policy::diff::{Change, Line, LineKind};

use super::renders_itself;

/// Two texts compared word by word: what was removed and what was added, marked, and said in words for whoever does not see the marks.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/difference.html")]
pub(crate) struct Difference {
    /// Lines that belong together: points of one list, or one line of another kind.
    groups: Vec<Group>,
}

#[derive(Debug, Clone)]
struct Group {
    kind: LineKind,
    lines: Vec<Line>,
}

renders_itself!(Difference);

impl Difference {
    pub(crate) fn of(lines: Vec<Line>) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        for line in lines {
            match groups.last_mut().filter(|group| group.kind == line.kind && line.kind == LineKind::Point) {
                Some(group) => group.lines.push(line),
                None => groups.push(Group { kind: line.kind, lines: vec![line] }),
            }
        }
        Self { groups }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_said_in_words_too_and_what_people_wrote_is_escaped() {
        let lines = policy::diff::lines("We meet <b>two</b>.\n\n- one", "We meet <b>three</b>.\n\n- one\n- more");
        let html = Difference::of(lines).render().unwrap();
        assert!(html.contains("We meet <del>"), "{html}");
        assert!(html.contains("removed: </span>") && html.contains("added: </span>"), "{html}");
        assert!(html.contains("<ul><li>one</li><li><ins>"), "{html}");
        assert!(!html.contains("<b>"), "{html}");
    }
}
