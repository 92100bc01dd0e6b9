//! Work experience: the season on one board, one placement, hours at workplaces, and the forms behind links.

mod board;
mod employer;
mod hours;
mod journal;
mod new;
mod page;
mod parent;
mod work;

use domain::PlacementId;

pub(crate) use board::{board, export, move_many, season, undo_many};
pub(crate) use employer::{answer as employer_answer, get as employer_form, opinion as employer_opinion};
pub(crate) use hours::hours;
pub(crate) use journal::{get as journal, write as write_journal};
pub(crate) use new::{add, new};
pub(crate) use page::get;
pub(crate) use parent::{answer as parent_answer, get as parent_form};
pub(crate) use work::{change, check, close_link, link, move_one, remove_entry, undo, write};
#[cfg(test)]
pub(crate) use {
    board::{BoardPage, CardLine, ColumnLine, WithoutLine},
    employer::EmployerPage,
    hours::{HoursLine, HoursPage},
    journal::JournalPage,
    new::NewPage,
    page::{CheckLine, EntryLine, LinkLine, OpinionLine, PlacementPage, StepLine},
    parent::ParentPage,
};

use crate::answer::Failure;

/// The placement that an address names.
fn id_of(text: &str) -> Result<PlacementId, Failure> {
    text.parse().map_err(|_| Failure::NOT_FOUND)
}

/// "5 to 16 July 2027", as far as it is known.
fn days(days: (Option<domain::Date>, Option<domain::Date>)) -> String {
    match days {
        (Some(first), Some(last)) if first == last => domain::date::long(first),
        (Some(first), Some(last)) => format!("{} to {}", domain::date::long(first), domain::date::long(last)),
        (Some(first), None) => format!("From {}", domain::date::long(first)),
        (None, _) => String::new(),
    }
}
