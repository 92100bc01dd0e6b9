//! National dates as an institution's calendar shows them, and the days on which windows of requirements close.

use domain::{AcademicYear, Date, Institution, YearGroups};
use rules::{Area, Bound, DateKind, NationalDate, Window};
use store::calendar::CalendarDate;

use super::{CalendarEntry, CalendarThing, DateSort, entry::plain};
use crate::App;

/// A national date with its key, and what the institution made of it.
pub(super) struct Amended<'a> {
    pub(super) key: String,
    pub(super) date: &'a NationalDate,
    pub(super) own: Option<&'a CalendarDate>,
}

impl App {
    /// The national dates of an academic year that concern the institution, by day. A key says which of the year's dates it is
    /// by title, so that it stays when the pack corrects a day.
    pub(super) fn national<'a>(
        &'a self,
        institution: &Institution,
        year: AcademicYear,
        own: &'a [CalendarDate],
    ) -> Vec<Amended<'a>> {
        let all = self.rulebook().calendar().iter();
        let mut amended: Vec<Amended<'a>> = Vec::new();
        for date in all.filter(|date| institution.year_of(date.on) == year && date.is_for(institution)) {
            let slug = format!("{}-{}", year.start(), slug(&date.title));
            let before = amended.iter().filter(|other| other.date.title == date.title).count();
            let key = if before == 0 { slug } else { format!("{slug}-{}", before + 1) };
            let own = own.iter().find(|own| own.pack_key.as_deref() == Some(&key));
            amended.push(Amended { key, date, own });
        }
        amended
    }

    /// National dates, the institution's own, and deadlines, as lines.
    pub(super) fn date_entries(
        &self,
        institution: &Institution,
        year: AcademicYear,
        own: &[CalendarDate],
    ) -> Vec<CalendarEntry> {
        let national = self.national(institution, year, own);
        let closes = Date::new(year.start() + 1, 2, 28).ok();
        let pack_says = |date: &NationalDate| date.kind == DateKind::ProviderAccess && Some(date.on) == closes;
        let access_is_said = national.iter().any(|amended| pack_says(amended.date));
        let mut entries: Vec<_> = national.iter().filter_map(Amended::entry).collect();
        entries.extend(own.iter().filter_map(own_entry));
        entries.extend(self.deadlines(institution, year, access_is_said));
        entries
    }

    /// When windows of requirements close: 28 February for each that does, and the last day of the year for the others.
    fn deadlines(&self, institution: &Institution, year: AcademicYear, access_is_said: bool) -> Vec<CalendarEntry> {
        let last_day = institution.calendar.last_day(year);
        let pack = self.rulebook().framework(institution.kind, last_day);
        let mut entries = Vec::new();
        let mut at_the_end = 0;
        for requirement in &pack.requirements {
            // What is asked of learners with a plan is listed to those who may see who has one, on its own page.
            if requirement.area == Area::Ehcp {
                continue;
            }
            match requirement.window {
                Window::Years { first, last, closes, opened_from } if institution.teaches(last) => {
                    let years = i16::from(last.number()) - i16::from(first.number());
                    let opened = institution.calendar.first_day(AcademicYear::starting(year.start() - years));
                    if opened_from.is_some_and(|from| opened < from) {
                        continue;
                    }
                    if closes == Bound::EndOfYear {
                        at_the_end += 1;
                    } else if let Ok(on) = Date::new(year.start() + 1, 2, 28)
                        && !(access_is_said && requirement.area == Area::ProviderAccess)
                    {
                        let what = CalendarThing::Deadline { requirement: Some(requirement.id.clone()) };
                        entries.push(CalendarEntry {
                            title: format!("Closes: {}", requirement.wording.title),
                            year_groups: [last].into_iter().collect(),
                            ..plain(what, on)
                        });
                    }
                }
                Window::CurrentYear | Window::EachYearFrom(_) => at_the_end += 1,
                Window::Years { .. } | Window::Programme => {}
            }
        }
        if at_the_end > 0 {
            entries.push(CalendarEntry {
                title: "Last day for what the year asks".to_owned(),
                about: Some(format!("{at_the_end} requirements count what was done by this day.")),
                ..plain(CalendarThing::Deadline { requirement: None }, last_day)
            });
        }
        entries
    }
}

impl Amended<'_> {
    /// As a line, unless the institution hides it.
    fn entry(&self) -> Option<CalendarEntry> {
        let what = CalendarThing::National { key: self.key.clone() };
        match self.own {
            Some(own) => (!own.is_hidden).then(|| from_row(what, own)),
            None => Some(CalendarEntry {
                title: self.date.title.clone(),
                until: self.date.last_day(),
                ends_at: self.date.time.clone(),
                year_groups: self.date.year_groups.iter().copied().collect::<YearGroups>(),
                about: self.date.about.clone(),
                is_unconfirmed: self.date.unconfirmed,
                ..plain(what, self.date.on)
            }),
        }
    }
}

fn own_entry(own: &CalendarDate) -> Option<CalendarEntry> {
    let sort = DateSort::from_word(&own.sort)?;
    (own.pack_key.is_none() && !own.is_hidden).then(|| from_row(CalendarThing::Own { id: own.id, sort }, own))
}

fn from_row(what: CalendarThing, own: &CalendarDate) -> CalendarEntry {
    CalendarEntry {
        title: own.title.clone(),
        until: own.ends_on.unwrap_or(own.starts_on),
        ends_at: own.time.clone(),
        year_groups: own.year_groups,
        about: Some(own.about.clone()).filter(|about| !about.is_empty()),
        sequence: own.changed_at.as_second(),
        changed_at: Some(own.changed_at),
        ..plain(what, own.starts_on)
    }
}

/// The title as it may stand in an address: lower case letters, digits and single hyphens.
fn slug(title: &str) -> String {
    let words = title.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}
