use std::collections::BTreeMap;

use app::{Actor, App, CalendarDateForm, View};
use domain::InstitutionId;

/// What parameters of this area's addresses stand for; `known` is what those of all pages do.
pub(super) fn names(
    app: &App,
    institution: InstitutionId,
    _known: &BTreeMap<&'static str, String>,
) -> Vec<(&'static str, String)> {
    let operator = Actor::operator();
    let form = CalendarDateForm {
        title: "Half term".into(),
        starts_on: "2026-10-26".into(),
        sort: "holiday".into(),
        ..CalendarDateForm::default()
    };
    app.add_calendar_date(&operator, institution, &form).expect("a date is added");
    let dates = app.calendar_dates(&operator, View { institution, as_of: None }).expect("dates are listed");
    let feed = app.make_feed(&operator, institution, "all", "").expect("a feed is made");
    vec![
        ("calendar_date", dates.own[0].id.to_string()),
        ("national_date", dates.national[0].key.clone()),
        ("calendar_feed", feed.id.to_string()),
        ("feed_file", format!("{}.ics", feed.token.reveal())),
    ]
}

/// Fields without which a form of this area could not be read at all, beginning with `&`.
pub(super) fn form(_path: &str, _names: &BTreeMap<&'static str, String>) -> Option<String> {
    None
}
