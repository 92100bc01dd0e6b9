use app::{CalendarEntry, CalendarThing};
use domain::Date;
use jiff::ToSpan;

use super::{
    condense::condensed,
    line::{Line, month_name, style},
    planner::Layout,
};
use crate::{place::Place, words};

/// One month of the year planner, or the month that is looked at.
#[derive(Debug, Clone)]
pub(crate) struct MonthBox {
    /// "September 2026".
    pub(crate) name: String,
    /// "2026-09": what an address calls it.
    pub(crate) word: String,
    pub(crate) href: String,
    /// Its days in a row, for the eye: what each is.
    pub(crate) strip: Vec<Cell>,
    /// What is in it, by day.
    pub(crate) lines: Vec<Line>,
    /// What is only counted, with where it is told.
    pub(crate) counted: Vec<(String, String)>,
    /// The same by weeks, each of seven days; none for the days of other months.
    pub(crate) weeks: Vec<Vec<Option<DayBox>>>,
}

/// A day in the row of a month.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub(crate) number: i8,
    /// `away`, `weekend`, `busy`, `today`; several, with spaces.
    pub(crate) style: String,
}

/// A day of the month that is looked at.
#[derive(Debug, Clone)]
pub(crate) struct DayBox {
    pub(crate) number: i8,
    /// "Thursday 3 September".
    pub(crate) name: String,
    pub(crate) style: String,
    pub(crate) lines: Vec<Line>,
}

/// The twelve months from the first day of the year on.
pub(super) fn months(first: Date, last: Date) -> Vec<Date> {
    let mut months = Vec::new();
    let mut month = first.first_of_month();
    while month <= last && months.len() < 13 {
        months.push(month);
        month = month.saturating_add(1.month());
    }
    months
}

/// "2026-09".
pub(super) fn word(month: Date) -> String {
    month.strftime("%Y-%m").to_string()
}

/// What a month shows of these entries: in few lines for the year, by weeks if it is looked at alone.
pub(super) fn of(
    month: Date,
    entries: &[CalendarEntry],
    today: Date,
    place: &Place,
    may_record: bool,
    layout: Layout,
) -> MonthBox {
    let end = month.last_of_month();
    let within: Vec<_> = entries.iter().filter(|entry| entry.on <= end && entry.until >= month).collect();
    let days = (0..month.days_in_month()).map(|offset| month.saturating_add(i32::from(offset).days()));
    let look = |day: Date| {
        let there = || within.iter().filter(move |entry| entry.covers(day));
        let away = there().any(|entry| matches!(entry.what, CalendarThing::Own { sort, .. } if sort.is_away()));
        let live = |entry: &&&CalendarEntry| style(&entry.what) == "activity" && !entry.is_cancelled;
        let weekend = day.weekday().to_monday_zero_offset() > 4;
        let marks = [
            (away, "away"),
            (weekend, "weekend"),
            (there().any(|entry| live(&entry)), "busy"),
            (there().any(|entry| matches!(style(&entry.what), "national" | "deadline")), "dated"),
            (day == today, "today"),
        ];
        let marks: Vec<_> = marks.iter().filter(|(is, _)| *is).map(|(_, mark)| *mark).collect();
        marks.join(" ")
    };
    let line = |entry: &&CalendarEntry, from: Date| Line::of(entry, from, place, may_record);
    let mut weeks: Vec<Vec<Option<DayBox>>> = Vec::new();
    if layout == Layout::Month {
        for day in days.clone() {
            let column = day.weekday().to_monday_zero_offset().unsigned_abs() as usize;
            if weeks.is_empty() || column == 0 {
                weeks.push(vec![None; 7]);
            }
            // What lasts long is told on its first day of each week.
            let shown =
                within.iter().filter(|entry| entry.covers(day) && (entry.on == day || day.day() == 1 || column == 0));
            let lines = shown.map(|entry| line(entry, day)).collect();
            let name = format!("{} {} {}", weekday_long(column), day.day(), month_name(day));
            if let Some(week) = weeks.last_mut() {
                week[column] = Some(DayBox { number: day.day(), name, style: look(day), lines });
            }
        }
    }
    let (lines, counted) = match layout {
        Layout::Year => {
            // A term is told where it begins.
            let is_old_term = |entry: &&&CalendarEntry| style(&entry.what) == "term" && entry.on < month;
            let few = condensed(within.iter().filter(|entry| !is_old_term(entry)).copied());
            let to = |show: &str| place.to(&format!("calendar?view=month&month={}{show}", word(month)));
            let mut counted = Vec::new();
            if few.lessons > 0 {
                let text = words::count_capital(few.lessons, "lesson with careers", "lessons with careers");
                counted.push((text, to("&show=curriculum")));
            }
            match few.meetings {
                (0, _) => {}
                (_, Some(count)) => {
                    let text = words::count_capital(count as usize, "guidance meeting", "guidance meetings");
                    counted.push((text, to("&show=guidance-meeting")));
                }
                (days, None) => {
                    let text = format!("Guidance meetings on {}", words::count(days, "day", "days"));
                    counted.push((text, to("&show=guidance-meeting")));
                }
            }
            if few.duties > 0 {
                let text = words::count_capital(few.duties, "responsibility is due", "responsibilities are due");
                counted.push((text, place.to("duties")));
            }
            if few.more > 0 {
                counted.push((format!("{} more", few.more), to("")));
            }
            (few.entries.iter().map(|entry| line(&entry, month)).collect(), counted)
        }
        Layout::List => (within.iter().map(|entry| line(entry, month)).collect(), Vec::new()),
        Layout::Month => (Vec::new(), Vec::new()),
    };
    MonthBox {
        lines,
        counted,
        name: format!("{} {}", month_name(month), month.year()),
        word: word(month),
        href: place.to(&format!("calendar?view=month&month={}", word(month))),
        strip: days.map(|day| Cell { number: day.day(), style: look(day) }).collect(),
        weeks,
    }
}

pub(super) const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

fn weekday_long(column: usize) -> &'static str {
    WEEKDAYS[column.min(6)]
}
