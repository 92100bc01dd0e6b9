use app::Action;
use app::import::{ImportKind, ImportPage, State};
use askama::Template;

use super::list::did;
use crate::{
    place::Place,
    shell::{Crumb, Shell},
    site::Site,
    visitor::Visitor,
    words,
};

/// What an import did.
#[derive(Template)]
#[template(path = "pages/imports/result.html")]
pub(crate) struct ResultPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) numbers: Vec<(String, &'static str)>,
    pub(crate) facts: Vec<(&'static str, String)>,
    pub(crate) next: Vec<Crumb>,
    pub(crate) undo: Option<String>,
    pub(crate) cannot_undo: String,
}

/// The page of an import that has ended: applied, undone or given up.
pub(super) fn page(site: &Site, visitor: &Visitor, import: &ImportPage) -> ResultPage {
    let row = &import.row;
    let under = format!("imports/{}", row.id);
    let place = Place::new(&import.frame, &under);
    let summary = &row.summary;
    let (title, lead) = match row.state {
        State::Applied => (format!("{} is in", row.file_name), format!("What it did: {}.", did(row))),
        State::Undone => {
            (format!("{} was undone", row.file_name), "The records are as they were before it.".to_owned())
        }
        _ => (format!("{} was given up", row.file_name), "It changed nothing.".to_owned()),
    };
    let step = |page: &str, label: &str| Crumb { href: place.to(page), label: label.to_owned() };
    let next = match (row.state, row.kind) {
        (State::Applied, ImportKind::Learners) => vec![
            step("imports", "Bring in what they took part in"),
            step("learners", "Look at the learners"),
            step("", "See what to do next"),
        ],
        (State::Applied, _) => vec![step("", "See what to do next"), step("benchmarks", "Look at the benchmarks")],
        _ => vec![step("imports", "Bring in another file")],
    };
    ResultPage {
        shell: visitor
            .shell_at(&import.frame, &under)
            .at("imports")
            .titled(title)
            .under(place.to("imports"), "Imports"),
        lead,
        numbers: [
            (summary.new, "new"),
            (summary.changed, "changed"),
            (summary.same, "unchanged"),
            (summary.bad, "left out, with problems"),
        ]
        .into_iter()
        .filter(|(count, _)| row.state == State::Applied && *count > 0)
        .map(|(count, label)| (words::figure(count), label))
        .collect(),
        facts: vec![("Brought in", site.when(row.created_at)), ("By", row.by.clone())],
        next,
        undo: (row.state == State::Applied && import.frame.may.has(Action::Import))
            .then(|| place.to(&format!("{under}/undo"))),
        cannot_undo: String::new(),
    }
}
