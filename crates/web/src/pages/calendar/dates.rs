use app::{Action, DateSort};
use askama::Template;
use axum::extract::{Path, State};
use domain::{CalendarDateId, Date, YearGroup, date};

use super::line::date_sort;
use crate::{
    answer::{Answer, Failure, go_saying, show},
    parts::Flash,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// The dates of a year's calendar that are no activities.
#[derive(Template)]
#[template(path = "pages/calendar/dates.html")]
pub(crate) struct DatesPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) new: Option<String>,
    pub(crate) own: Vec<DateLine>,
    pub(crate) national: Vec<NationalLine>,
}

/// One of the institution's own.
pub(crate) struct DateLine {
    pub(crate) title: String,
    pub(crate) days: String,
    pub(crate) sort: &'static str,
    pub(crate) years: String,
    pub(crate) change: Option<String>,
    pub(crate) remove: Option<String>,
}

/// A national one.
pub(crate) struct NationalLine {
    pub(crate) title: String,
    pub(crate) days: String,
    pub(crate) concerns: String,
    pub(crate) note: &'static str,
    pub(crate) is_hidden: bool,
    pub(crate) change: Option<String>,
    pub(crate) hide: Option<String>,
    pub(crate) show: Option<String>,
}

/// "28 February 2027", or "26 October 2026 to 30 October 2026".
pub(super) fn days(first: Date, last: Date) -> String {
    match first == last {
        true => date::long(first),
        false => format!("{} to {}", date::long(first), date::long(last)),
    }
}

/// GET the dates.
pub(crate) async fn dates(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let dates = site.run(move |app| app.calendar_dates(&actor, view)).await?;
    let frame = &dates.frame;
    let place = Place::new(frame, "calendar/dates");
    let may_record = frame.may.has(Action::Record);
    let to = |may: bool, page: String| (may && may_record).then(|| place.to(&page));
    let own = dates.own.iter().map(|row| {
        let years: Vec<i8> = row.year_groups.iter().map(YearGroup::number).collect();
        DateLine {
            title: row.title.clone(),
            days: days(row.days.0, row.days.1),
            sort: date_sort(row.sort),
            years: if years.is_empty() { "Everybody".to_owned() } else { words::capital(&words::years(&years)) },
            change: to(true, format!("calendar/dates/{}", row.id)),
            remove: to(true, format!("calendar/dates/{}/remove", row.id)),
        }
    });
    let national = dates.national.iter().map(|row| NationalLine {
        title: row.title.clone(),
        days: days(row.days.0, row.days.1),
        concerns: row.concerns.clone(),
        note: match () {
            () if row.is_hidden => "Not shown",
            () if row.is_changed => "Changed here",
            () if row.is_unconfirmed => "Unconfirmed: look it up",
            () => "",
        },
        is_hidden: row.is_hidden,
        change: to(!row.is_hidden, format!("calendar/national/{}", row.key)),
        hide: to(!row.is_hidden, format!("calendar/national/{}/hide", row.key)),
        show: to(row.is_hidden || row.is_changed, format!("calendar/national/{}/show", row.key)),
    });
    let terms = dates.own.iter().filter(|row| row.sort == DateSort::Term).count();
    let away = dates.own.iter().filter(|row| row.sort.is_away()).count();
    Ok(show(&DatesPage {
        lead: match dates.own.is_empty() {
            true => {
                "Terms, holidays and INSET days are not in the calendar yet. With them, activities that fall on a day \
                     without learners are pointed out."
                    .to_owned()
            }
            false => format!(
                "{} and {} in the calendar, {}.",
                words::count_capital(terms, "term", "terms"),
                words::count(away, "holiday or INSET day is", "holidays and INSET days are"),
                words::count(dates.own.len() - terms - away, "other date of your own", "other dates of your own")
            ),
        },
        own: own.collect(),
        national: national.collect(),
        new: to(true, "calendar/dates/new".to_owned()),
        shell: visitor
            .shell_at(frame, "calendar/dates")
            .at("calendar")
            .titled(format!("Dates of {}", frame.year))
            .under(place.to("calendar"), "Calendar"),
    }))
}

pub(super) fn id_of(text: &str) -> Result<CalendarDateId, Failure> {
    text.parse().map_err(|_| Failure::NOT_FOUND)
}

/// Back to the dates, saying what was done, with a way to take it back.
pub(super) fn done(site: &Site, here: &Here, message: &str, event: i64) -> Answer {
    let list = format!("/institutions/{}/calendar/dates", here.institution);
    let flash = Flash::says(message).undone_by(here.query.with(&format!("{list}/undo/{event}"), &[]));
    Ok(go_saying(site, &flash, &here.query.with(&list, &[])))
}

/// POST: one of the institution's own goes.
pub(crate) async fn remove(
    State(site): State<Site>,
    here: Here,
    Path((_, id)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&id)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    let event = site.run(move |app| app.remove_calendar_date(&actor, institution, id)).await?;
    done(&site, &here, "The date is taken out of the calendar.", event)
}

/// POST: a national one is left out.
pub(crate) async fn hide(
    State(site): State<Site>,
    here: Here,
    Path((_, key)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    let event = site.run(move |app| app.hide_national_date(&actor, institution, &key)).await?;
    done(&site, &here, "The date is not shown any more.", event)
}

/// POST: a national one is shown as it is.
pub(crate) async fn show_again(
    State(site): State<Site>,
    here: Here,
    Path((_, key)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    let event = site.run(move |app| app.show_national_date(&actor, institution, &key)).await?;
    done(&site, &here, "The date is shown as the national calendar has it.", event)
}

/// POST: the last change is taken back.
pub(crate) async fn undo(
    State(site): State<Site>,
    here: Here,
    Path((_, event)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let event = event.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.undo_calendar_date(&actor, institution, event)).await?;
    let list = format!("/institutions/{institution}/calendar/dates");
    Ok(go_saying(&site, &Flash::says("The calendar is as it was."), &here.query.with(&list, &[])))
}
