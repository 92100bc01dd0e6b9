use app::{Progress, import::ImportPage};
use askama::Template;

use crate::{place::Place, shell::Shell, visitor::Visitor, words};

/// Work under way: the page comes again by itself, with script or without.
#[derive(Template)]
#[template(path = "pages/imports/progress.html")]
pub(crate) struct ProgressPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) percent: u8,
    pub(crate) detail: String,
}

/// The page of an import that is being applied.
pub(super) fn page(visitor: &Visitor, import: &ImportPage, progress: Progress) -> ProgressPage {
    let under = format!("imports/{}", import.row.id);
    let place = Place::new(&import.frame, &under);
    let mut shell = visitor
        .shell_at(&import.frame, &under)
        .at("imports")
        .titled(format!("Bringing in {}", import.row.file_name))
        .under(place.to("imports"), "Imports");
    shell.refresh = Some(2);
    let percent = (progress.done * 100).checked_div(progress.total).unwrap_or(0).min(100);
    ProgressPage {
        shell,
        lead: "The changes are being made. Nothing shows until all of them are.".to_owned(),
        percent: u8::try_from(percent).unwrap_or(100),
        detail: match progress.total {
            0 | 1 => "Just begun.".to_owned(),
            total => {
                format!("{} of {}", words::figure(progress.done as usize), words::count(total as usize, "row", "rows"))
            }
        },
    }
}
