//! What a file says of how activities are to be held: times, places, who is in charge, what it costs, sessions.

use domain::{ActivityState, Date};
use serde::{Deserialize, Serialize};

use super::cells::Cells;
use crate::{
    mapping::{ActivityField, DateOrder, Target, read_date},
    problem::{Code, Problem},
};

/// The plan of an activity as it is kept in the plan of an import, and as it is written into files. Times are `HH:MM`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanDraft {
    /// Its last day, if it has several.
    pub ends_on: Option<Date>,
    /// When it begins.
    pub starts_at: Option<String>,
    /// When it ends.
    pub ends_at: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Who is in charge, in words.
    pub staff: Option<String>,
    /// What it is for.
    pub purpose: String,
    /// What is adjusted for learners with special educational needs.
    pub adjustments: String,
    /// What it costs, in pence.
    pub cost_pence: Option<i64>,
    /// Its sessions, if it has several.
    pub sessions: Vec<SessionDraft>,
}

/// One of several sessions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionDraft {
    /// Its day.
    pub held_on: Date,
    /// When it begins.
    pub starts_at: Option<String>,
    /// When it ends.
    pub ends_at: Option<String>,
}

/// What one row says of an activity's plan. `None`: nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanRow {
    /// How far it has come.
    pub state: Option<ActivityState>,
    /// Its last day.
    pub ends_on: Option<Date>,
    /// When it begins.
    pub starts_at: Option<String>,
    /// When it ends.
    pub ends_at: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Who is in charge.
    pub staff: Option<String>,
    /// What it is for.
    pub purpose: Option<String>,
    /// What is adjusted.
    pub adjustments: Option<String>,
    /// What it costs, in pence.
    pub cost_pence: Option<i64>,
    /// Its sessions.
    pub sessions: Option<Vec<SessionDraft>>,
}

/// Reads what a row says of the plan of an activity that begins on `date`.
pub(super) fn read(cells: &mut Cells<'_, '_>, order: DateOrder, date: Option<Date>) -> PlanRow {
    let at = Target::Activity;
    let day = |text: &str| read_date(text, order).map(|read| read.date);
    let row = PlanRow {
        state: cells.value(&at(ActivityField::State), state),
        ends_on: cells.value(&at(ActivityField::EndsOn), day),
        starts_at: cells.value(&at(ActivityField::StartsAt), time),
        ends_at: cells.value(&at(ActivityField::EndsAt), time),
        place: cells.text(&at(ActivityField::Place)),
        staff: cells.text(&at(ActivityField::Staff)),
        purpose: cells.text(&at(ActivityField::Purpose)),
        adjustments: cells.text(&at(ActivityField::Adjustments)),
        cost_pence: cells.value(&at(ActivityField::Cost), pence),
        sessions: cells.value(&at(ActivityField::Sessions), |text| sessions(text, order)),
    };
    if let (Some(first), Some(last)) = (date, row.ends_on)
        && last < first
    {
        let code = other("It ends before it begins.", "Write the last day, or leave this cell blank if it is one day.");
        let place = cells.place(&at(ActivityField::EndsOn));
        cells.problems.push(Problem::problem(place, code).value(&last.to_string()));
    }
    if let (Some(from), Some(to)) = (&row.starts_at, &row.ends_at)
        && to < from
        && row.ends_on.is_none_or(|last| Some(last) == date)
    {
        let code = other("It ends before it begins.", "Write a later time, or leave this cell blank.");
        let place = cells.place(&at(ActivityField::EndsAt));
        cells.problems.push(Problem::problem(place, code).value(to));
    }
    row
}

fn other(message: &str, remedy: &str) -> Code {
    Code::Other { message: message.to_owned(), remedy: remedy.to_owned() }
}

/// What is taken away stays so: a file cannot say it.
fn state(text: &str) -> Result<ActivityState, Code> {
    let states = [ActivityState::Draft, ActivityState::Planned, ActivityState::Delivered, ActivityState::Cancelled];
    let text = text.trim().to_lowercase();
    let said = match text.as_str() {
        "canceled" => "cancelled",
        "held" | "done" | "complete" | "completed" => "delivered",
        other => other,
    };
    let unknown = || Code::UnknownWord { allowed: states.map(|state| state.word().to_owned()).to_vec() };
    states.into_iter().find(|state| state.word() == said).ok_or_else(unknown)
}

/// `9:15`, `09.15`, `0915`, `9:15:00`, `1.30pm`.
fn time(text: &str) -> Result<String, Code> {
    let wrong = || other("This is not a time of day.", "Write it as 09:15.");
    let text = text.trim().to_lowercase();
    let (digits, is_after_noon) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(digits), _) => (digits, Some(false)),
        (_, Some(digits)) => (digits, Some(true)),
        _ => (text.as_str(), None),
    };
    let mut parts = digits.trim().split([':', '.']);
    let (hours, minutes) = (parts.next().unwrap_or_default(), parts.next());
    let (hours, minutes) = match minutes {
        Some(minutes) => (hours, minutes),
        None if is_after_noon.is_some() => (hours, "00"),
        None => hours.split_at_checked(2).filter(|_| hours.len() == 4).ok_or_else(wrong)?,
    };
    let number = |text: &str| text.parse::<u8>().map_err(|_| wrong());
    let (hour, minute) = (number(hours)?, number(minutes)?);
    let hour = match is_after_noon {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    if hour > 23 || minute > 59 || minutes.len() != 2 { Err(wrong()) } else { Ok(format!("{hour:02}:{minute:02}")) }
}

/// `120`, `£1,250.50`.
fn pence(text: &str) -> Result<i64, Code> {
    let wrong = || other("This is not an amount of money.", "Write it in pounds, such as 120 or 120.50.");
    let text: String = text.trim().chars().filter(|c| !matches!(c, '£' | ',' | ' ')).collect();
    let (pounds, rest) = text.split_once('.').unwrap_or((&text, ""));
    let pounds: u32 = pounds.parse().map_err(|_| wrong())?;
    let rest: i64 = match rest.len() {
        0 => 0,
        1 => rest.parse::<i64>().map_err(|_| wrong())? * 10,
        2 => rest.parse().map_err(|_| wrong())?,
        _ => return Err(wrong()),
    };
    Ok(i64::from(pounds) * 100 + rest)
}

/// `2026-11-03 09:15-10:00; 2026-11-10`.
fn sessions(text: &str, order: DateOrder) -> Result<Vec<SessionDraft>, Code> {
    let mut sessions = Vec::new();
    for part in text.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
        let (day, times) = part.split_once(' ').unwrap_or((part, ""));
        let held_on = read_date(day, order)?.date;
        let (from, to) = times.split_once(['-', '–']).unwrap_or((times, ""));
        let at = |text: &str| if text.trim().is_empty() { Ok(None) } else { time(text).map(Some) };
        sessions.push(SessionDraft { held_on, starts_at: at(from)?, ends_at: at(to)? });
    }
    Ok(sessions)
}

impl PlanDraft {
    /// Whether nothing is known.
    pub fn is_blank(&self) -> bool {
        *self == Self::default()
    }

    /// Its sessions as a cell of a file.
    pub fn sessions_cell(&self) -> String {
        let one = |session: &SessionDraft| match (&session.starts_at, &session.ends_at) {
            (Some(from), Some(to)) => format!("{} {from}-{to}", session.held_on),
            (Some(from), None) => format!("{} {from}", session.held_on),
            _ => session.held_on.to_string(),
        };
        self.sessions.iter().map(one).collect::<Vec<_>>().join("; ")
    }

    /// Its cost as a cell of a file, in pounds.
    pub fn cost_cell(&self) -> String {
        self.cost_pence.map_or(String::new(), |pence| format!("{}.{:02}", pence / 100, pence % 100))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_money_are_read_as_people_write_them() {
        for text in ["9:15", "09:15", "9.15", "0915", "9:15:00", "9.15am"] {
            assert_eq!(time(text).as_deref(), Ok("09:15"), "{text}");
        }
        assert_eq!(time("1.30pm").as_deref(), Ok("13:30"));
        assert_eq!(time("12am").as_deref(), Ok("00:00"));
        for text in ["25:00", "9:5", "soon", "915", ""] {
            assert!(time(text).is_err(), "{text}");
        }
        for (text, expected) in [("120", 12_000), ("£1,250.50", 125_050), ("0.5", 50)] {
            assert_eq!(pence(text), Ok(expected), "{text}");
        }
        for text in ["-3", "free", "1.234"] {
            assert!(pence(text).is_err(), "{text}");
        }
    }

    #[test]
    fn sessions_are_written_as_they_are_read() {
        let text = "2026-11-03 09:15-10:00; 2026-11-10 09:15; 2026-11-17";
        let plan = PlanDraft { sessions: sessions(text, DateOrder::DayFirst).unwrap(), ..PlanDraft::default() };
        assert_eq!(plan.sessions_cell(), text);
        assert!(sessions("someday", DateOrder::DayFirst).is_err());
    }
}
