use app::{Action, CalendarFilter, CalendarShow, Clash, ClashKind};
use askama::Template;
use axum::extract::State;
use domain::{Date, Kind, YearGroup, date};

use super::{
    line::{SORTS, span},
    month::{self, MonthBox, WEEKDAYS},
};
use crate::{
    answer::{Answer, show},
    labels,
    parts::{Choice, Filter, Filters},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// The calendar of an academic year.
#[derive(Template)]
#[template(path = "pages/calendar/calendar.html")]
pub(crate) struct CalendarPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) views: Vec<ViewLink>,
    pub(crate) filters: Filters,
    pub(crate) layout: Layout,
    pub(crate) months: Vec<MonthBox>,
    /// The months before and after the one that is looked at.
    pub(crate) beside: Vec<ViewLink>,
    /// Where a list of the whole year is.
    pub(crate) earlier: Option<String>,
    pub(crate) weekdays: [&'static str; 7],
    pub(crate) legend: Vec<(&'static str, &'static str)>,
    pub(crate) clashes: Vec<ClashLine>,
    pub(crate) more_clashes: String,
    pub(crate) dates: String,
    pub(crate) feeds: String,
    pub(crate) new: Option<String>,
    /// Whether there is nothing but what every institution has.
    pub(crate) wants_terms: Option<String>,
}

/// How the calendar is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    Year,
    Month,
    List,
}

/// Another look at the same.
pub(crate) struct ViewLink {
    pub(crate) label: String,
    pub(crate) href: String,
    pub(crate) is_here: bool,
}

/// What does not go together.
pub(crate) struct ClashLine {
    pub(crate) day: String,
    pub(crate) title: String,
    pub(crate) href: String,
    /// How: "is at the same time as".
    pub(crate) how: &'static str,
    pub(crate) other: String,
    pub(crate) other_href: Option<String>,
    pub(crate) for_whom: String,
}

/// How many clashes are named; the rest are counted.
const NAMED: usize = 8;

/// GET the calendar.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let query = &here.query;
    let filter = CalendarFilter { year_group: query.read("year"), show: CalendarShow::from_word(query.one("show")) };
    let (actor, view) = (visitor.actor.clone(), here.view());
    let calendar = site.run(move |app| app.calendar(&actor, view, filter)).await?;
    Ok(show(&page(&visitor, &here, &calendar)))
}

fn page(visitor: &Visitor, here: &Here, calendar: &app::CalendarPage) -> CalendarPage {
    let frame = &calendar.frame;
    let query = &here.query;
    let place = Place::new(frame, "calendar");
    let path = format!("/institutions/{}/calendar", here.institution);
    let may_record = frame.may.has(Action::Record);
    let layout = match query.one("view") {
        "month" => Layout::Month,
        "list" => Layout::List,
        _ => Layout::Year,
    };
    let (first, last) = frame.year_span;
    let all = month::months(first, last);
    let wanted = query.one("month");
    let nearest = if (first..=last).contains(&frame.as_of) { frame.as_of.first_of_month() } else { first };
    let chosen = all.iter().copied().find(|one| month::word(*one) == wanted).unwrap_or(nearest);
    // A list begins with the month in which one is, unless the whole year is asked for.
    let earlier = all.iter().filter(|one| **one < nearest).count();
    let is_whole = query.one("when") == "all";
    let shown = match layout {
        Layout::Month => vec![chosen],
        Layout::List if !is_whole => all.iter().copied().skip(earlier).collect(),
        Layout::List | Layout::Year => all.clone(),
    };
    let is_month = layout == Layout::Month;
    let months: Vec<_> =
        shown.iter().map(|one| month::of(*one, &calendar.entries, frame.today, &place, may_record, layout)).collect();
    let view_link = |label: &str, word: &str, is_here| ViewLink {
        label: label.to_owned(),
        href: query.with(&path, &[("view", word), ("month", ""), ("when", "")]),
        is_here,
    };
    let at = all.iter().position(|one| *one == chosen).unwrap_or(0);
    let month_link = |one: Date| ViewLink {
        label: month::of(one, &[], frame.today, &place, false, Layout::List).name,
        href: query.with(&path, &[("month", &month::word(one))]),
        is_here: false,
    };
    let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
    let beside = beside.filter_map(|at| all.get(at).copied()).map(month_link);
    let for_whom = match query.read::<YearGroup>("year") {
        Some(year) => format!(" for Year {year}"),
        None => String::new(),
    };
    let has_own = calendar.entries.iter().any(|entry| matches!(entry.what, app::CalendarThing::Own { .. }));
    CalendarPage {
        shell: visitor.shell_at(frame, "calendar").at("calendar").titled(format!("Calendar {}{for_whom}", frame.year)),
        lead: lead(calendar),
        views: vec![
            view_link("Year", "", layout == Layout::Year),
            view_link("Month", "month", layout == Layout::Month),
            view_link("List", "list", layout == Layout::List),
        ],
        filters: filters(here, frame, &path, layout),
        beside: if is_month { beside.collect() } else { Vec::new() },
        layout,
        months,
        weekdays: WEEKDAYS,
        legend: SORTS.to_vec(),
        earlier: (layout == Layout::List && !is_whole && earlier > 0).then(|| query.with(&path, &[("when", "all")])),
        clashes: calendar.clashes.iter().take(NAMED).map(|clash| clash_line(clash, &place)).collect(),
        more_clashes: match calendar.clashes.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!("{} not shown here.", words::count_capital(more, "more is", "more are")),
        },
        dates: place.to("calendar/dates"),
        feeds: place.to("calendar/feeds"),
        new: may_record.then(|| place.to("activities/new")),
        wants_terms: (!has_own && may_record).then(|| place.to("calendar/dates/new")),
    }
}

/// What is next, and how much.
fn lead(calendar: &app::CalendarPage) -> String {
    let as_of = calendar.frame.as_of;
    let is_activity =
        |entry: &&app::CalendarEntry| matches!(entry.what, app::CalendarThing::Activity { .. }) && !entry.is_cancelled;
    let mut ahead = calendar.entries.iter().filter(is_activity).filter(|entry| entry.on >= as_of);
    let Some(next) = ahead.next() else {
        return "Nothing more is planned for this academic year.".to_owned();
    };
    let count = ahead.count() + 1;
    let when = match next.on == as_of {
        true => "today".to_owned(),
        false => format!("on {}", words::with_distance(next.on, as_of)),
    };
    format!(
        "{} still to come this academic year. The next is “{}”, {when}.",
        words::count_capital(count, "activity or session is", "activities and sessions are"),
        next.title
    )
}

fn clash_line(clash: &Clash, place: &Place) -> ClashLine {
    let activity = |id| place.to(&format!("activities/{id}"));
    let (how, other, other_href, for_whom) = match &clash.with {
        ClashKind::Away { title } => ("falls in", title.clone(), None, String::new()),
        ClashKind::Activity { other, title, year_groups, same_time } => {
            let years: Vec<i8> = year_groups.iter().map(YearGroup::number).collect();
            let how = if *same_time { "is at the same time as" } else { "is on the same day as" };
            (how, title.clone(), Some(activity(*other)), format!("for {}", words::years(&years)))
        }
    };
    ClashLine {
        day: format!(
            "{} {}",
            span(clash.on, clash.on),
            date::long(clash.on).split(' ').skip(1).collect::<Vec<_>>().join(" ")
        ),
        title: clash.title.clone(),
        href: activity(clash.activity),
        how,
        other,
        other_href,
        for_whom,
    }
}

fn filters(here: &Here, frame: &app::Frame, path: &str, layout: Layout) -> Filters {
    let query = &here.query;
    let (first, last) = frame.institution.years.unwrap_or((YearGroup::LOWEST, YearGroup::HIGHEST));
    let years = (first.number()..=last.number()).map(|year| (year.to_string(), format!("Year {year}")));
    let groups = [("activities", "Activities"), ("national", "National dates"), ("own", "School dates")];
    let groups = groups.into_iter().map(|(word, label)| (word.to_owned(), label.to_owned()));
    let kinds = Kind::ALL.iter().map(|kind| (kind.word().to_owned(), labels::kind(*kind).to_owned()));
    let filter = |name: &'static str, label: &'static str, all: &str, values: Vec<(String, String)>| {
        let now = query.one(name);
        let values = values.into_iter().map(|(value, label)| Choice::new(&value, label, value == now));
        Filter { name, label, choices: std::iter::once(Choice::new("", all, now.is_empty())).chain(values).collect() }
    };
    let kept = |name: &'static str| Some((name, query.text(name))).filter(|(_, value)| !value.is_empty());
    let mut stays: Vec<_> = [kept("as-of"), kept("view")].into_iter().flatten().collect();
    if layout == Layout::Month {
        stays.extend(kept("month"));
    }
    Filters {
        filters: vec![
            filter("year", "Year group", "Whole school", years.collect()),
            filter("show", "Show", "Everything", groups.chain(kinds).collect()),
        ],
        clear: query.with(path, &[("year", ""), ("show", "")]),
        kept: stays,
    }
}
