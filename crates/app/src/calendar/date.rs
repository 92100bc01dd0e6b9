//! The institution's own dates, and what it changes of the national ones. Each change can be taken back.

use domain::{AcademicYear, CalendarDateId, Date, Institution, InstitutionId, YearGroup, YearGroups};
use jiff::Timestamp;
use serde_json::{Value, json};
use store::{Tx, calendar::CalendarDate};

use super::DateSort;
use crate::{
    Action, Actor, App, Error, Frame, Problems, Result, View,
    audit::{Change, changes},
};

/// A date as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CalendarDateForm {
    /// A few words.
    pub title: String,
    /// Its first day.
    pub starts_on: String,
    /// Its last day; blank if it lasts one.
    pub ends_on: String,
    /// The time by which; may be blank.
    pub time: String,
    /// What it is, by its word; of no account for a national date.
    pub sort: String,
    /// The year groups concerned, as numbers; none is everybody.
    pub year_groups: Vec<String>,
    /// What to know about it; may be blank.
    pub about: String,
}

/// The dates of an academic year's calendar.
#[derive(Debug, Clone)]
pub struct CalendarDates {
    /// Where it is.
    pub frame: Frame,
    /// The institution's own, by day.
    pub own: Vec<OwnRow>,
    /// The national ones, by day.
    pub national: Vec<NationalRow>,
}

/// One of the institution's own dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnRow {
    /// Its id.
    pub id: CalendarDateId,
    /// What it is.
    pub sort: DateSort,
    /// A few words.
    pub title: String,
    /// First and last day.
    pub days: (Date, Date),
    /// Whom it concerns; empty: everybody.
    pub year_groups: YearGroups,
}

/// A national date, and what the institution made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NationalRow {
    /// Its key.
    pub key: String,
    /// A few words, as the calendar shows them.
    pub title: String,
    /// First and last day, as the calendar shows them.
    pub days: (Date, Date),
    /// Who is concerned.
    pub concerns: String,
    /// Whether the institution leaves it out.
    pub is_hidden: bool,
    /// Whether the institution says something else than the pack.
    pub is_changed: bool,
    /// Whether the day should be looked up before relying on it.
    pub is_unconfirmed: bool,
}

/// A date with the form that changes it.
#[derive(Debug, Clone)]
pub struct CalendarDatePage {
    /// Where it is.
    pub frame: Frame,
    /// As it is.
    pub form: CalendarDateForm,
    /// What the pack says of a national date: first and last day.
    pub national: Option<(Date, Date)>,
    /// Whether what the pack says was changed.
    pub is_changed: bool,
}

/// Longest texts, in characters.
const TITLE: usize = 120;
const ABOUT: usize = 1000;

impl CalendarDateForm {
    fn read(&self, institution: &Institution, wants_sort: bool) -> Result<CalendarDate> {
        let mut problems = Problems::default();
        let title = problems.required("title", &self.title, "what it is");
        if title.chars().count() > TITLE {
            problems.add("title", "Use at most 120 characters; there is room for more further down.");
        }
        let day = |field, text: &str, problems: &mut Problems| {
            problems.take(field, domain::date::parse(text).ok_or_else(|| "Enter a day such as 12/02/2027.".to_owned()))
        };
        let starts_on = day("starts_on", &self.starts_on, &mut problems);
        let ends_on = match self.ends_on.trim() {
            "" => None,
            text => day("ends_on", text, &mut problems),
        };
        if let Some((from, to)) = starts_on.zip(ends_on) {
            if to < from {
                problems.add("ends_on", "It ends before it begins. Enter the last day, or leave this blank.");
            } else if institution.year_of(from) != institution.year_of(to) {
                let last = domain::date::long(institution.calendar.last_day(institution.year_of(from)));
                let message =
                    format!("The academic year ends on {last}. Enter the rest as a date of the next academic year.");
                problems.add("ends_on", message);
            }
        }
        let time = match self.time.trim() {
            "" => None,
            text => problems.take("time", clock(text).ok_or_else(|| "Enter a time such as 18:00.".to_owned())),
        };
        let sort = DateSort::from_word(&self.sort);
        if wants_sort && sort.is_none() {
            problems.add("sort", "Choose what it is.");
        }
        let years = self.year_groups.iter().filter_map(|text| text.parse::<YearGroup>().ok());
        let year_groups = years.filter(|year| institution.teaches(*year)).collect();
        if self.about.chars().count() > ABOUT {
            problems.add("about", "Use at most 1,000 characters.");
        }
        problems.check()?;
        let starts_on = starts_on.unwrap_or_default();
        Ok(CalendarDate {
            id: CalendarDateId(0),
            academic_year: institution.year_of(starts_on),
            pack_key: None,
            title,
            starts_on,
            ends_on: ends_on.filter(|end| *end != starts_on),
            time,
            sort: sort.map_or("national", DateSort::word).to_owned(),
            year_groups,
            is_hidden: false,
            about: self.about.trim().to_owned(),
            changed_at: Timestamp::UNIX_EPOCH,
        })
    }
}

impl From<&CalendarDate> for CalendarDateForm {
    fn from(date: &CalendarDate) -> Self {
        Self {
            title: date.title.clone(),
            starts_on: date.starts_on.to_string(),
            ends_on: date.ends_on.map_or(String::new(), |end| end.to_string()),
            time: date.time.clone().unwrap_or_default(),
            sort: date.sort.clone(),
            year_groups: date.year_groups.iter().map(|year| year.number().to_string()).collect(),
            about: date.about.clone(),
        }
    }
}

/// `9:5` is no time; `9:05` is `09:05`.
fn clock(text: &str) -> Option<String> {
    let (hours, minutes) = text.split_once([':', '.'])?;
    let (hour, minute): (u8, u8) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours.len() <= 2 && minutes.len() == 2 && hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

impl App {
    /// The dates of the academic year of the view's day: the institution's own, and the national ones.
    ///
    /// # Errors
    /// If the actor may not see the institution's totals.
    pub fn calendar_dates(&self, actor: &Actor, view: View) -> Result<CalendarDates> {
        let (frame, institution) = self.frame_of_totals(actor, view)?;
        let rows = self.store().read(view.institution, |tx| store::calendar::list(tx, view.institution, frame.year))?;
        let days = |date: &CalendarDate| (date.starts_on, date.ends_on.unwrap_or(date.starts_on));
        let own = rows.iter().filter_map(|row| {
            let sort = DateSort::from_word(&row.sort).filter(|_| row.pack_key.is_none())?;
            let (title, year_groups) = (row.title.clone(), row.year_groups);
            Some(OwnRow { id: row.id, sort, title, days: days(row), year_groups })
        });
        let own = own.collect();
        let national = self.national(&institution, frame.year, &rows);
        let national = national.iter().map(|amended| NationalRow {
            key: amended.key.clone(),
            title: amended.own.map_or(&amended.date.title, |own| &own.title).clone(),
            days: amended.own.map_or((amended.date.on, amended.date.last_day()), days),
            concerns: amended.date.concerns.clone(),
            is_hidden: amended.own.is_some_and(|own| own.is_hidden),
            is_changed: amended.own.is_some_and(|own| !own.is_hidden),
            is_unconfirmed: amended.date.unconfirmed && amended.own.is_none(),
        });
        Ok(CalendarDates { national: national.collect(), own, frame })
    }

    /// One of the institution's own dates.
    ///
    /// # Errors
    /// If the actor may not record here, or there is no such date.
    pub fn calendar_date(&self, actor: &Actor, view: View, id: CalendarDateId) -> Result<CalendarDatePage> {
        actor.ask(Action::Record, view.institution)?;
        let (frame, _) = self.frame_of_totals(actor, view)?;
        let date = self.store().read(view.institution, |tx| store::calendar::get(tx, view.institution, id))?;
        if date.pack_key.is_some() {
            return Err(Error::NOT_FOUND);
        }
        Ok(CalendarDatePage { form: CalendarDateForm::from(&date), national: None, is_changed: false, frame })
    }

    /// A national date as the institution's calendar shows it.
    ///
    /// # Errors
    /// If the actor may not record here, or the year has no such date.
    pub fn national_date(&self, actor: &Actor, view: View, key: &str) -> Result<CalendarDatePage> {
        actor.ask(Action::Record, view.institution)?;
        let (frame, institution) = self.frame_of_totals(actor, view)?;
        let year = year_of_key(key)?;
        let rows = self.store().read(view.institution, |tx| store::calendar::list(tx, view.institution, year))?;
        let all = self.national(&institution, year, &rows);
        let amended = all.iter().find(|amended| amended.key == key).ok_or(Error::NOT_FOUND)?;
        let form = match amended.own {
            Some(own) => CalendarDateForm::from(own),
            None => CalendarDateForm::from(&pack_row(amended, year)),
        };
        let national = Some((amended.date.on, amended.date.last_day()));
        Ok(CalendarDatePage { form, national, is_changed: amended.own.is_some(), frame })
    }

    /// Puts a date into the calendar. Returns the event that [`App::undo_calendar_date`] takes back.
    ///
    /// # Errors
    /// If the actor may not record here, or the form has problems.
    pub fn add_calendar_date(&self, actor: &Actor, institution: InstitutionId, form: &CalendarDateForm) -> Result<i64> {
        actor.ask(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<_> {
            let (record, _) = store::institution::get(tx, institution)?;
            let date = CalendarDate { id: CalendarDateId(self.context().next_id()), ..form.read(&record, true)? };
            self.put_date(tx, actor, institution, "calendar-date.added", None, Some(date))
        })
    }

    /// Changes one of the institution's own dates. Returns the event that [`App::undo_calendar_date`] takes back.
    ///
    /// # Errors
    /// If the actor may not record here, there is no such date, or the form has problems.
    pub fn change_calendar_date(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: CalendarDateId,
        form: &CalendarDateForm,
    ) -> Result<i64> {
        actor.ask(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<_> {
            let before = own_date(tx, institution, id)?;
            let (record, _) = store::institution::get(tx, institution)?;
            let date = CalendarDate { id, ..form.read(&record, true)? };
            self.put_date(tx, actor, institution, "calendar-date.changed", Some(before), Some(date))
        })
    }

    /// Takes one of the institution's own dates out of the calendar. Returns the event that [`App::undo_calendar_date`] takes
    /// back.
    ///
    /// # Errors
    /// If the actor may not record here, or there is no such date.
    pub fn remove_calendar_date(&self, actor: &Actor, institution: InstitutionId, id: CalendarDateId) -> Result<i64> {
        actor.ask(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<_> {
            let before = own_date(tx, institution, id)?;
            self.put_date(tx, actor, institution, "calendar-date.removed", Some(before), None)
        })
    }

    /// Shows a national date in other words or on another day. Returns the event that [`App::undo_calendar_date`] takes back.
    ///
    /// # Errors
    /// If the actor may not record here, the year has no such date, or the form has problems.
    pub fn amend_national_date(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        key: &str,
        form: &CalendarDateForm,
    ) -> Result<i64> {
        self.amend(actor, institution, key, "national-date.changed", |record, _| Ok(Some(form.read(record, false)?)))
    }

    /// Leaves a national date out of the calendar. Returns the event that [`App::undo_calendar_date`] takes back.
    ///
    /// # Errors
    /// If the actor may not record here, or the year has no such date.
    pub fn hide_national_date(&self, actor: &Actor, institution: InstitutionId, key: &str) -> Result<i64> {
        self.amend(actor, institution, key, "national-date.hidden", |_, now| {
            Ok(Some(CalendarDate { is_hidden: true, ..now }))
        })
    }

    /// Shows a national date again as the pack has it. Returns the event that [`App::undo_calendar_date`] takes back.
    ///
    /// # Errors
    /// If the actor may not record here, or the year has no such date.
    pub fn show_national_date(&self, actor: &Actor, institution: InstitutionId, key: &str) -> Result<i64> {
        self.amend(actor, institution, key, "national-date.shown", |_, _| Ok(None))
    }

    fn amend(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        key: &str,
        action: &str,
        change: impl Fn(&Institution, CalendarDate) -> Result<Option<CalendarDate>>,
    ) -> Result<i64> {
        actor.ask(Action::Record, institution)?;
        let year = year_of_key(key)?;
        self.store().write(institution, |tx| -> Result<_> {
            let (record, _) = store::institution::get(tx, institution)?;
            let rows = store::calendar::list(tx, institution, year)?;
            let all = self.national(&record, year, &rows);
            let amended = all.iter().find(|amended| amended.key == key).ok_or(Error::NOT_FOUND)?;
            let before = amended.own.cloned();
            let now = before.clone().unwrap_or_else(|| pack_row(amended, year));
            let after = change(&record, now)?.map(|after| CalendarDate {
                id: before.as_ref().map_or_else(|| CalendarDateId(self.context().next_id()), |before| before.id),
                academic_year: year,
                pack_key: Some(key.to_owned()),
                sort: "national".to_owned(),
                ..after
            });
            self.put_date(tx, actor, institution, action, before, after)
        })
    }

    /// Takes back the last change to a date of the calendar.
    ///
    /// # Errors
    /// If the actor may not record here, there is no such change, or the date was changed again meanwhile.
    pub fn undo_calendar_date(&self, actor: &Actor, institution: InstitutionId, event: i64) -> Result<()> {
        actor.ask(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<_> {
            let event = store::audit::find(tx, institution, event)?;
            let event = event.filter(|event| event.subject_kind == "calendar-date").ok_or(Error::NOT_FOUND)?;
            let payload: Value = serde_json::from_str(&event.payload).unwrap_or_default();
            let (mut before, mut after) = (from_json(&payload["before"]), from_json(&payload["after"]));
            let id = before.as_ref().or(after.as_ref()).ok_or(Error::NOT_FOUND)?.id;
            let now = match store::calendar::get(tx, institution, id) {
                Err(store::Error::NotFound(_)) => None,
                found => Some(found?),
            };
            let words = event.details.first().map_or_else(Change::default, |detail| Change::parse(&detail.text));
            put_words(&mut before, &words, now.as_ref(), Change::before);
            put_words(&mut after, &words, now.as_ref(), Change::after);
            if before.as_ref().is_some_and(|before| before.title.is_empty()) {
                return Err(Error::conflict("What this date was called is not kept any more. Enter it anew."));
            }
            if now != after {
                return Err(Error::conflict("This date was changed again meanwhile. Nothing was taken back."));
            }
            self.put_date(tx, actor, institution, "calendar-date.put-back", after, before)?;
            Ok(())
        })
    }

    /// Writes a date, or takes it away, with an event that holds what was before. What people wrote stands in its detail: it
    /// can name somebody.
    fn put_date(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        institution: InstitutionId,
        action: &str,
        before: Option<CalendarDate>,
        after: Option<CalendarDate>,
    ) -> Result<i64> {
        // As the database keeps it, so that what is stored can be compared with what the event says.
        let now = Timestamp::from_microsecond(self.context().now().as_microsecond()).unwrap_or_default();
        let after = after.map(|after| CalendarDate { changed_at: now, ..after });
        let id = before.as_ref().or(after.as_ref()).map(|date| date.id);
        let payload = json!({"before": before.as_ref().map(to_json), "after": after.as_ref().map(to_json)});
        let words = |date: Option<&CalendarDate>| {
            date.map_or(Vec::new(), |date| vec![("title", date.title.clone()), ("about", date.about.clone())])
        };
        let words = changes(words(before.as_ref()), words(after.as_ref()));
        let event =
            self.event(actor, action, ("calendar-date", id.map(|id| id.0)), payload).with([self.detail(None, &words)]);
        match (&after, id) {
            (Some(after), _) => store::calendar::put(tx, institution, after)?,
            (None, Some(id)) if before.is_some() => store::calendar::delete(tx, institution, id)?,
            // A national date that was shown as it is stays so.
            (None, _) => {}
        }
        store::audit::record(tx, institution, &event)?;
        Ok(event.id)
    }
}

fn own_date(tx: &mut Tx<'_>, institution: InstitutionId, id: CalendarDateId) -> Result<CalendarDate> {
    let date = store::calendar::get(tx, institution, id)?;
    if date.pack_key.is_some() { Err(Error::NOT_FOUND) } else { Ok(date) }
}

/// A national date as a row would hold it.
fn pack_row(amended: &super::national::Amended<'_>, year: AcademicYear) -> CalendarDate {
    let date = amended.date;
    CalendarDate {
        id: CalendarDateId(0),
        academic_year: year,
        pack_key: Some(amended.key.clone()),
        title: date.title.clone(),
        starts_on: date.on,
        ends_on: date.until,
        time: date.time.clone(),
        sort: "national".to_owned(),
        year_groups: date.year_groups.iter().copied().collect(),
        is_hidden: false,
        about: date.about.clone().unwrap_or_default(),
        changed_at: Timestamp::UNIX_EPOCH,
    }
}

/// The academic year that a key of a national date begins with.
fn year_of_key(key: &str) -> Result<AcademicYear> {
    let year = key.split('-').next().and_then(|year| year.parse().ok()).filter(|year| (2000..2200).contains(year));
    Ok(AcademicYear::starting(year.ok_or(Error::NOT_FOUND)?))
}

fn to_json(date: &CalendarDate) -> Value {
    let years: Vec<_> = date.year_groups.iter().map(|year| year.number()).collect();
    json!({
        "id": date.id.to_string(), "year": date.academic_year.start(), "key": date.pack_key,
        "from": date.starts_on.to_string(), "to": date.ends_on.map(|end| end.to_string()), "time": date.time,
        "sort": date.sort, "years": years, "hidden": date.is_hidden,
        "at": date.changed_at.to_string(),
    })
}

/// Puts the words of one side of a change into a date. Those that did not change are as they are now.
fn put_words(
    date: &mut Option<CalendarDate>,
    words: &Change,
    now: Option<&CalendarDate>,
    side: for<'c> fn(&'c Change, &str) -> Option<&'c str>,
) {
    let Some(date) = date else { return };
    let word = |field: &str, now: Option<&String>| match words.names().contains(&field) {
        true => side(words, field).unwrap_or_default().to_owned(),
        false => now.cloned().unwrap_or_default(),
    };
    date.title = word("title", now.map(|now| &now.title));
    date.about = word("about", now.map(|now| &now.about));
}

fn from_json(value: &Value) -> Option<CalendarDate> {
    let text = |name: &str| value[name].as_str().map(str::to_owned);
    let day = |name: &str| value[name].as_str().and_then(|text| text.parse().ok());
    let years = value["years"].as_array()?.iter().filter_map(Value::as_i64);
    Some(CalendarDate {
        id: text("id")?.parse().ok()?,
        academic_year: AcademicYear::starting(i16::try_from(value["year"].as_i64()?).ok()?),
        pack_key: text("key"),
        title: String::new(),
        starts_on: day("from")?,
        ends_on: day("to"),
        time: text("time"),
        sort: text("sort")?,
        year_groups: years.filter_map(|year| i8::try_from(year).ok()).map(YearGroup::new).collect(),
        is_hidden: value["hidden"].as_bool()?,
        about: String::new(),
        changed_at: text("at")?.parse().ok()?,
    })
}
