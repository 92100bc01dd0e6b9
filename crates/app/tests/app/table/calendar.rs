use app::{Actor, App, Error, ListFormat, View};
use domain::{CalendarDateId, LinkId};

use super::Asked;

/// A national date of every year group's calendar.
const NATIONAL: &str = "2026-compass-results-are-taken-for-the-national-measure";

/// Asks an operation of this area; none if it is not of this area.
pub(super) fn perform(operation: &str, app: &App, actor: &Actor, asked: &Asked) -> Option<Result<(), Error>> {
    let institution = asked.institution;
    let view = View { institution, as_of: None };
    let form = Default::default();
    Some(match operation {
        "calendar" => app.calendar(actor, view, Default::default()).map(drop),
        "calendar_dates" => app.calendar_dates(actor, view).map(drop),
        "calendar_date" => app.calendar_date(actor, view, CalendarDateId(1)).map(drop),
        "add_calendar_date" => app.add_calendar_date(actor, institution, &form).map(drop),
        "change_calendar_date" => app.change_calendar_date(actor, institution, CalendarDateId(1), &form).map(drop),
        "remove_calendar_date" => app.remove_calendar_date(actor, institution, CalendarDateId(1)).map(drop),
        "undo_calendar_date" => app.undo_calendar_date(actor, institution, 1),
        "national_date" => app.national_date(actor, view, NATIONAL).map(drop),
        "amend_national_date" => app.amend_national_date(actor, institution, NATIONAL, &form).map(drop),
        "hide_national_date" => app.hide_national_date(actor, institution, NATIONAL).map(drop),
        "show_national_date" => app.show_national_date(actor, institution, NATIONAL).map(drop),
        "feeds" => app.feeds(actor, view).map(drop),
        "make_feed" => app.make_feed(actor, institution, "all", "").map(drop),
        "end_feed" => app.end_feed(actor, institution, LinkId(1)),
        "export_planned_activities" => app.export_planned_activities(actor, view, None, ListFormat::Csv).map(drop),
        "export_participation" => app.export_participation(actor, view, None, ListFormat::Csv).map(drop),
        _ => return None,
    })
}

/// Operations about something that is not there: to those who may, nothing is found.
pub(super) const NEEDS_SOMETHING: &[&str] =
    &["calendar_date", "change_calendar_date", "remove_calendar_date", "undo_calendar_date", "end_feed"];
