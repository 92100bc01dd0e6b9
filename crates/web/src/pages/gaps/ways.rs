use app::{Action, Frame};
use askama::Template;

use crate::{parts::renders_itself, place::Place};

/// The pages about what is missing, each leading to the others.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/gaps/ways.html")]
pub(crate) struct Ways {
    pub(crate) ways: Vec<Way>,
}

/// One of them.
#[derive(Debug, Clone)]
pub(crate) struct Way {
    pub(crate) href: String,
    pub(crate) label: &'static str,
    pub(crate) is_here: bool,
}

renders_itself!(Ways);

impl Ways {
    /// Those that the reader may open; `here` is the one that is shown.
    pub(crate) fn of(frame: &Frame, here: &str) -> Self {
        let place = Place::new(frame, here);
        let all = [
            ("gaps", "Who still needs what", Action::SeeTotals),
            ("catch-up", "Catch-up", Action::SeeTotals),
            ("slots", "Free places", Action::Record),
            ("proposal", "What would close the gaps", Action::Record),
        ];
        let open = all.into_iter().filter(|(_, _, action)| frame.may.has(*action));
        Self { ways: open.map(|(page, label, _)| Way { href: place.to(page), label, is_here: page == here }).collect() }
    }
}
