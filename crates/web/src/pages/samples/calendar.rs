use super::{render, shell};
use crate::{pages::calendar::*, parts::*};

fn line(style: &'static str, sort: &'static str, title: &str) -> Line {
    Line {
        day: "Thu 3".into(),
        title: title.into(),
        href: Some("#".into()),
        detail: "Year 9 · 09:15 to 10:00 · Hall".into(),
        sort,
        style,
        is_draft: false,
        is_cancelled: false,
        is_unconfirmed: false,
    }
}

fn month(with_weeks: bool) -> MonthBox {
    let lines = vec![
        line("activity", "Employer encounter", "Mock interviews"),
        Line { is_draft: true, ..line("activity", "Provider encounter", "College visit") },
        Line { is_cancelled: true, ..line("activity", "Other part of the programme", "Assembly") },
        Line { is_unconfirmed: true, ..line("national", "National date", "National Careers Week") },
        line("holiday", "Holiday", "Half term"),
    ];
    let day = |number: i8| {
        Some(DayBox {
            number,
            name: format!("Thursday {number} September"),
            style: if number == 3 { "today".into() } else { String::new() },
            lines: if number == 3 { lines.clone() } else { Vec::new() },
        })
    };
    let cell = |number| Cell { number, style: if number % 7 > 4 { "weekend".into() } else { String::new() } };
    MonthBox {
        name: "September 2026".into(),
        word: "2026-09".into(),
        href: "#".into(),
        counted: vec![("12 lessons with careers".into(), "#".into())],
        strip: (1..=30).map(cell).collect(),
        weeks: if with_weeks { vec![vec![None, day(1), day(2), day(3), day(4), day(5), day(6)]] } else { Vec::new() },
        lines,
    }
}

fn calendar(layout: Layout) -> CalendarPage {
    let link = |label: &str, is_here| ViewLink { label: label.into(), href: "#".into(), is_here };
    let choices = vec![Choice::new("", "Whole school", true), Choice::new("9", "Year 9", false)];
    CalendarPage {
        shell: shell("Calendar 2026/27", "calendar"),
        lead: "12 entries are still to come this academic year.".into(),
        views: vec![
            link("Year", layout == Layout::Year),
            link("Month", layout == Layout::Month),
            link("List", layout == Layout::List),
        ],
        filters: Filters {
            filters: vec![Filter { name: "year", label: "Year group", choices }],
            kept: Vec::new(),
            clear: "#".into(),
        },
        months: vec![month(layout == Layout::Month)],
        beside: vec![link("October 2026", false)],
        earlier: (layout == Layout::List).then(|| "#".into()),
        weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        legend: vec![("activity", "Activity"), ("national", "National date")],
        clashes: vec![ClashLine {
            day: "Thu 3 September 2026".into(),
            title: "Mock interviews".into(),
            href: "#".into(),
            how: "is at the same time as",
            other: "College visit".into(),
            other_href: Some("#".into()),
            for_whom: "for year 9".into(),
        }],
        more_clashes: String::new(),
        dates: "#".into(),
        feeds: "#".into(),
        new: Some("#".into()),
        wants_terms: None,
        layout,
    }
}

fn dates() -> DatesPage {
    DatesPage {
        shell: shell("Dates of 2026/27", "calendar"),
        lead: "Three terms are in the calendar.".into(),
        new: Some("#".into()),
        own: vec![DateLine {
            title: "Half term".into(),
            days: "26 October 2026 to 30 October 2026".into(),
            sort: "Holiday",
            years: "Everybody".into(),
            change: Some("#".into()),
            remove: Some("#".into()),
        }],
        national: vec![NationalLine {
            title: "National Careers Week".into(),
            days: "1 March 2027 to 6 March 2027".into(),
            concerns: "Everybody".into(),
            note: "Unconfirmed: look it up",
            is_hidden: false,
            change: Some("#".into()),
            hide: Some("#".into()),
            show: None,
        }],
    }
}

fn date() -> DatePage {
    DatePage {
        shell: shell("Add a date", "calendar"),
        lead: String::new(),
        action: "#".into(),
        form: app::CalendarDateForm::default(),
        sorts: vec![Choice::new("term", "Term", true), Choice::new("holiday", "Holiday", false)],
        year_groups: vec![Choice::new("9", "Year 9", false)],
        button: "Add the date",
        back: "#".into(),
    }
}

fn feeds() -> FeedsPage {
    FeedsPage {
        shell: shell("The calendar on your phone", "calendar"),
        lead: "One address takes the calendar to a program.".into(),
        made: Some("https://waymark.example/calendar/feed/7/sample.ics".into()),
        feeds: vec![FeedLine {
            what: "Year 9".into(),
            label: "My phone".into(),
            owner: "You".into(),
            made: "today".into(),
            used: "never".into(),
            end: "#".into(),
        }],
        action: "#".into(),
        scopes: vec![Choice::new("all", "Everything", true)],
        label: String::new(),
    }
}

/// Pages of this area from invented values.
pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("calendar-year", render(&calendar(Layout::Year))),
        ("calendar-month", render(&calendar(Layout::Month))),
        ("calendar-list", render(&calendar(Layout::List))),
        ("calendar-dates", render(&dates())),
        ("calendar-date", render(&date())),
        ("calendar-feeds", render(&feeds())),
    ]
}
