//! Registers: the page that marks one, what becomes of marks that two people made at once, and the other ways to fill it: a list, a
//! workbook, a link for somebody without an account, a code on the board.

mod check_in;
mod conflicts;
mod links;
mod list;
mod marks;
mod open;
mod paper;
mod register;
mod sheet;

use domain::ActivityId;

#[cfg(test)]
pub(crate) use {
    check_in::{ArrivePage, Board, BoardPage, CheckInPage},
    conflicts::{ConflictLine, ConflictsPage},
    links::{LinkLine, LinkMadePage, LinksPage},
    list::{FoundLine, ListCheckPage, ListPage, SeveralLine},
    open::OpenRegisterPage,
    paper::PaperPage,
    register::{RegisterLine, RegisterPage},
    sheet::{SheetChangeLine, SheetCheckPage, SheetPage},
};
pub(crate) use {
    check_in::{arrive, arrived, board, check_in, end_check_in, open_check_in},
    links::{end_link, links, make_link},
    list::{check_list, list},
    marks::{everybody, save, undo},
    open::{linked, mark_linked},
    paper::paper,
    register::get,
    sheet::{check_sheet, sheet, sheet_file},
};

use crate::{place::Place, shell::Shell, visitor::Visitor};

/// The frame of a page under a register.
fn shell(visitor: &Visitor, frame: &app::Frame, activity: ActivityId, title: &str, page: &str) -> Shell {
    let under = format!("activities/{activity}");
    let page = format!("{under}/register/{page}");
    let place = Place::new(frame, &page);
    visitor
        .shell_at(frame, &page)
        .at("activities")
        .under(place.to("activities"), "Activities")
        .under(place.to(&under), title.to_owned())
        .under(place.to(&format!("{under}/register")), "Register")
}
