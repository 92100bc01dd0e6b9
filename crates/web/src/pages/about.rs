use askama::Template;
use axum::extract::State;

use crate::{
    answer::{Answer, show},
    shell::Shell,
    site::Site,
    visitor::Visitor,
};

/// A page of plain text: about Waymark, accessibility.
#[derive(Template)]
#[template(path = "pages/about/about.html")]
pub(crate) struct AboutPage {
    pub(crate) shell: Shell,
    pub(crate) lead: &'static str,
    pub(crate) paragraphs: Vec<&'static str>,
}

/// The frame for somebody who may or may not be signed in.
fn shell(visitor: Option<&Visitor>) -> Shell {
    visitor.map_or_else(Shell::default, Visitor::shell)
}

/// GET `/about`.
pub(crate) async fn get(State(_): State<Site>, visitor: Result<Visitor, crate::answer::Failure>) -> Answer {
    Ok(show(&AboutPage {
        shell: shell(visitor.ok().as_ref()).titled("About Waymark"),
        lead: "Waymark keeps one record of who did what in a careers programme, and answers from it what law, guidance and benchmarks ask.",
        paragraphs: vec![
            "Every number leads to the learners and activities behind it, and every requirement to the paragraph that it rests on, in the edition that was in force on the day you look at.",
            "It stands beside Compass: schools and colleges go on submitting there, and no longer work out the answers by hand.",
            "Waymark is free software under the Apache License 2.0 or the MIT licence. The typeface is Atkinson Hyperlegible under the SIL Open Font License; components are from GOV.UK Frontend under the MIT licence.",
        ],
    }))
}

/// GET `/accessibility`.
pub(crate) async fn accessibility(State(_): State<Site>, visitor: Result<Visitor, crate::answer::Failure>) -> Answer {
    Ok(show(&AboutPage {
        shell: shell(visitor.ok().as_ref()).titled("Accessibility"),
        lead: "Waymark should work for everybody who works with it. It aims at WCAG 2.2, level AA.",
        paragraphs: vec![
            "Every page works with the keyboard alone, without script, at 200% zoom, on a narrow screen, in forced colours and on paper. No status relies on colour: each has a sign and a word.",
            "Every picture has a title, a description and the same figures as a table.",
            "If something does not work for you, tell whoever runs Waymark for you, or write to the project: it is a fault, and will be treated as one.",
        ],
    }))
}
