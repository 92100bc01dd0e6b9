//! The calendar: the year on one page, a month, a list; its dates; and feeds of it.

mod condense;
mod dates;
mod feed;
mod feeds;
mod form;
mod line;
mod month;
mod planner;

pub(crate) use dates::{dates, hide, remove, show_again, undo};
pub(crate) use feed::feed;
pub(crate) use feeds::{end_feed, feeds, make_feed};
pub(crate) use form::{add, amend, change, edit, national, new};
pub(crate) use planner::get;
#[cfg(test)]
pub(crate) use {
    dates::{DateLine, DatesPage, NationalLine},
    feeds::{FeedLine, FeedsPage},
    form::DatePage,
    line::Line,
    month::{Cell, DayBox, MonthBox},
    planner::{CalendarPage, ClashLine, Layout, ViewLink},
};
