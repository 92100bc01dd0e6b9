//! Marks that were not saved, because somebody else marked the same learner meanwhile.

use app::{Conflict, Marked};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::ParticipationStatus;

use super::marks::address;
use crate::{
    answer::show,
    labels,
    parts::Choice,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// Asks, learner by learner, whose mark is to stay.
#[derive(Template)]
#[template(path = "pages/registers/conflicts.html")]
pub(crate) struct ConflictsPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) save: String,
    pub(crate) back: String,
    pub(crate) lines: Vec<ConflictLine>,
}

/// A learner whom two people marked differently.
pub(crate) struct ConflictLine {
    pub(crate) name: String,
    pub(crate) form: String,
    /// "You said absent. Ms Example marked present at 10:42."
    pub(crate) story: String,
    pub(crate) field: String,
    pub(crate) choices: Vec<Choice>,
}

impl ConflictsPage {
    /// The page for somebody who is signed in.
    pub(crate) fn by_staff(
        site: &Site,
        visitor: &Visitor,
        here: &Here,
        page: &app::ActivityPage,
        marked: &Marked,
    ) -> Self {
        let under = format!("activities/{}", page.row.id);
        let place = Place::new(&page.frame, &under);
        let shell = visitor
            .shell_at(&page.frame, &format!("{under}/register"))
            .at("activities")
            .under(place.to("activities"), "Activities")
            .under(place.to(&under), page.row.activity.title.clone());
        let back = here.query.with(&address(here, page.row.id), &[]);
        Self::new(site, shell, back.clone(), back, marked)
    }

    pub(super) fn new(site: &Site, shell: Shell, save: String, back: String, marked: &Marked) -> Self {
        let saved = match marked.saved {
            0 => String::new(),
            count => format!("{} recorded. ", words::count_capital(count, "mark is", "marks are")),
        };
        let lead = format!(
            "{saved}{} not, because somebody else marked meanwhile. Say whose is right.",
            words::count_capital(marked.conflicts.len(), "mark is", "marks are")
        );
        Self {
            shell: shell.titled("Two people marked at once"),
            lead,
            save,
            back,
            lines: marked.conflicts.iter().map(|conflict| line(site, conflict)).collect(),
        }
    }

    /// The page, with the status that says that not everything was saved.
    pub(super) fn answer(&self) -> Response {
        (StatusCode::CONFLICT, show(self)).into_response()
    }
}

fn line(site: &Site, conflict: &Conflict) -> ConflictLine {
    let word = |status: Option<ParticipationStatus>| status.map_or("no mark", labels::participation).to_lowercase();
    let value = |status: Option<ParticipationStatus>| status.map_or("", ParticipationStatus::word);
    let by = conflict.by.as_deref().unwrap_or("Somebody else");
    let at = match conflict.at {
        Some(at) => {
            let wall = site.app.context().zone().to_datetime(at);
            let today = site.app.context().today();
            let time = format!("at {:02}:{:02}", wall.hour(), wall.minute());
            if wall.date() == today {
                format!(" {time}")
            } else {
                format!(" on {} {time}", domain::date::long(wall.date()))
            }
        }
        None => String::new(),
    };
    ConflictLine {
        name: conflict.name.clone(),
        form: conflict.form.clone().unwrap_or_else(|| "–".to_owned()),
        story: format!("You said {}. {} marked {}{at}.", word(conflict.said), words::capital(by), word(conflict.now)),
        field: format!("mark-{}-{}", conflict.learner, value(conflict.now)),
        choices: vec![
            Choice::new(value(conflict.now), format!("Keep theirs: {}", word(conflict.now)), true),
            Choice::new(value(conflict.said), format!("Use mine: {}", word(conflict.said)), false),
        ],
    }
}
