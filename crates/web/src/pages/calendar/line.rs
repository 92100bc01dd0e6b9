use app::{CalendarEntry, CalendarThing, DateSort};
use domain::{Date, date};

use crate::{labels, place::Place, words};

/// A line of the calendar as a page shows it.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// "Thu 3", or "Mon 26 to Fri 30 October".
    pub(crate) day: String,
    pub(crate) title: String,
    pub(crate) href: Option<String>,
    /// For whom, when and where, in a few words.
    pub(crate) detail: String,
    /// What it is, in words.
    pub(crate) sort: &'static str,
    /// The same as a style.
    pub(crate) style: &'static str,
    pub(crate) is_draft: bool,
    pub(crate) is_cancelled: bool,
    pub(crate) is_unconfirmed: bool,
}

/// What each sort of line is called, with its style: what the legend shows.
pub(super) const SORTS: [(&str, &str); 7] = [
    ("activity", "Activity"),
    ("national", "National date"),
    ("own", "School date"),
    ("deadline", "Deadline"),
    ("holiday", "Holiday"),
    ("inset", "INSET day"),
    ("term", "Term"),
];

pub(super) fn style(what: &CalendarThing) -> &'static str {
    match what {
        CalendarThing::Activity { .. } | CalendarThing::Guidance { .. } => "activity",
        CalendarThing::National { .. } => "national",
        CalendarThing::Deadline { .. } | CalendarThing::Duty { .. } => "deadline",
        CalendarThing::Paper { .. } => "own",
        CalendarThing::Own { sort, .. } => sort.word(),
    }
}

pub(super) fn sort(what: &CalendarThing) -> &'static str {
    match what {
        CalendarThing::Activity { kind, .. } => labels::kind(*kind),
        CalendarThing::Guidance { .. } => "Personal guidance",
        CalendarThing::Paper { .. } => "Policy",
        CalendarThing::Duty { .. } => "Responsibility",
        other => {
            let style = style(other);
            SORTS.iter().find(|(word, _)| *word == style).map_or("", |(_, label)| label)
        }
    }
}

pub(super) const fn date_sort(sort: DateSort) -> &'static str {
    match sort {
        DateSort::Term => "Term",
        DateSort::Holiday => "Holiday",
        DateSort::Inset => "INSET day (staff only)",
        DateSort::Own => "School date",
        DateSort::Deadline => "Deadline",
    }
}

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// "Thu".
pub(super) fn weekday(day: Date) -> &'static str {
    DAYS[usize::from(day.weekday().to_monday_zero_offset().unsigned_abs()).min(6)]
}

/// "Thu 3", or "Mon 26 to Fri 30"; with the month where it is another.
pub(super) fn span(on: Date, until: Date) -> String {
    let first = format!("{} {}", weekday(on), on.day());
    if until == on {
        return first;
    }
    let last = format!("{} {}", weekday(until), until.day());
    if (on.year(), on.month()) == (until.year(), until.month()) {
        format!("{first} to {last}")
    } else {
        format!("{first} to {last} {}", month_name(until))
    }
}

/// "October".
pub(super) fn month_name(day: Date) -> String {
    let long = date::long(day);
    long.split(' ').nth(1).unwrap_or_default().to_owned()
}

/// "09:15 to 10:00".
pub(super) fn time(entry: &CalendarEntry) -> String {
    match (&entry.starts_at, &entry.ends_at) {
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => from.clone(),
        (None, Some(by)) => format!("by {by}"),
        (None, None) => String::new(),
    }
}

impl Line {
    /// The line of an entry, from this day of it on.
    pub(super) fn of(entry: &CalendarEntry, from: Date, place: &Place, may_record: bool) -> Self {
        let years: Vec<i8> = entry.year_groups.iter().map(domain::YearGroup::number).collect();
        let years = match &years[..] {
            [] => String::new(),
            years => words::capital(&words::years(years)),
        };
        let session = match entry.what {
            CalendarThing::Activity { session: Some((number, of)), .. } => format!("session {number} of {of}"),
            _ => String::new(),
        };
        let mut detail: Vec<String> = vec![years, time(entry), session, entry.place.clone().unwrap_or_default()];
        detail.retain(|part| !part.is_empty());
        Self {
            day: span(entry.on.max(from), entry.until),
            title: entry.title.clone(),
            href: href(entry, place, may_record),
            detail: detail.join(" · "),
            sort: sort(&entry.what),
            style: style(&entry.what),
            is_draft: entry.is_draft,
            is_cancelled: entry.is_cancelled,
            is_unconfirmed: entry.is_unconfirmed,
        }
    }
}

/// Where a line leads.
fn href(entry: &CalendarEntry, place: &Place, may_record: bool) -> Option<String> {
    match &entry.what {
        CalendarThing::Activity { id, .. } => Some(place.to(&format!("activities/{id}"))),
        CalendarThing::Guidance { .. } => Some(place.to("activities?when=all&kind=guidance-meeting")),
        CalendarThing::Deadline { requirement: Some(id) } => Some(place.to(&format!("requirements/{id}"))),
        CalendarThing::Deadline { requirement: None } => Some(place.to("benchmarks")),
        CalendarThing::Paper { id, .. } => Some(place.to(&format!("policy/{id}"))),
        CalendarThing::Duty { key } if may_record => Some(place.to(&format!("duties/{key}"))),
        CalendarThing::Duty { .. } => Some(place.to("duties")),
        CalendarThing::Own { id, .. } => may_record.then(|| place.to(&format!("calendar/dates/{id}"))),
        CalendarThing::National { key } => may_record.then(|| place.to(&format!("calendar/national/{key}"))),
    }
}
