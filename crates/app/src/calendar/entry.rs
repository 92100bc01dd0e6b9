use std::collections::BTreeMap;

use domain::{AcademicYear, ActivityId, ActivityState, Date, InstitutionId, Kind, LearnerId, YearGroup, YearGroups};
use store::{
    Tx,
    calendar::{CalendarDate, Planned, PlannedSession},
};

use super::{CalendarEntry, CalendarThing};

/// What is read for one academic year.
pub(super) struct Rows {
    activities: Vec<Planned>,
    sessions: Vec<PlannedSession>,
    groups: Vec<(ActivityId, String, String)>,
    /// Who is in the registers of activities for no whole year group, by activity.
    selected: Vec<(ActivityId, LearnerId)>,
    years: Vec<(LearnerId, YearGroup)>,
    pub(super) dates: Vec<CalendarDate>,
}

/// What whoever looks may see.
#[derive(Clone, Copy)]
pub(super) struct Reader {
    pub(super) sees_drafts: bool,
    /// Whether how many guidance meetings there are is for them.
    pub(super) counts_meetings: bool,
}

impl Rows {
    pub(super) fn read(
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        from: Date,
        until: Date,
        year: AcademicYear,
    ) -> Result<Self, store::Error> {
        Ok(Self {
            activities: store::calendar::activities(tx, institution, from, until)?,
            sessions: store::calendar::sessions(tx, institution, from, until)?,
            groups: store::calendar::groups(tx, institution, from, until)?,
            selected: store::calendar::selected(tx, institution, from, until)?,
            years: store::calendar::year_groups(tx, institution, year)?,
            dates: store::calendar::list(tx, institution, year)?,
        })
    }

    /// The activities as lines: each session one of its own, parts within what leads them, guidance meetings by the day.
    pub(super) fn activity_entries(&self, reader: Reader) -> Vec<CalendarEntry> {
        let mut entries = Vec::new();
        let mut meetings = BTreeMap::<Date, (u32, YearGroups)>::new();
        for planned in self.shown() {
            let state = planned.activity.state;
            let is_meeting = planned.activity.kind == Kind::GuidanceMeeting;
            if state == ActivityState::Draft && (is_meeting || !reader.sees_drafts) {
                continue;
            }
            if is_meeting {
                if state != ActivityState::Cancelled {
                    let day = meetings.entry(planned.activity.date).or_default();
                    day.0 += 1;
                    day.1 = day.1.iter().chain(self.year_groups(planned).iter()).collect();
                }
                continue;
            }
            entries.extend(self.lines(planned));
        }
        entries.extend(meetings.into_iter().map(|(on, (count, year_groups))| {
            let count = reader.counts_meetings.then_some(count);
            CalendarEntry {
                title: match count {
                    Some(1) => "Guidance meeting".to_owned(),
                    Some(count) => format!("{count} guidance meetings"),
                    None => "Guidance meetings".to_owned(),
                },
                year_groups,
                ..plain(CalendarThing::Guidance { count }, on)
            }
        }));
        entries
    }

    /// Every activity that is not taken away and not part of another.
    fn shown(&self) -> impl Iterator<Item = &Planned> {
        let kept = |planned: &&Planned| planned.activity.state != ActivityState::Removed;
        self.activities.iter().filter(kept).filter(|planned| planned.part_of.is_none())
    }

    /// What a feed tells: no draft, and no guidance meeting but in the feed of whoever holds it, for the day and the year group of
    /// one can be enough to know whose it is. Of what was taken away programs are told that it is off, and nothing else.
    pub(super) fn feed(&self, with_meetings: bool) -> impl Iterator<Item = (&Planned, Vec<CalendarEntry>)> {
        let told = self.activities.iter().filter(|planned| planned.part_of.is_none());
        let told = told.filter(|planned| planned.activity.state != ActivityState::Draft);
        let told = told.filter(move |planned| with_meetings || planned.activity.kind != Kind::GuidanceMeeting);
        told.map(|planned| {
            let mut lines = self.lines(planned);
            if planned.activity.state == ActivityState::Removed {
                for line in &mut lines {
                    (line.title, line.place) = ("Cancelled".to_owned(), None);
                }
            }
            (planned, lines)
        })
    }

    /// An activity's lines: one, or one for each of its sessions.
    fn lines(&self, planned: &Planned) -> Vec<CalendarEntry> {
        let activity = &planned.activity;
        let line = |session| CalendarEntry {
            title: match activity.kind {
                Kind::GuidanceMeeting => "Guidance meeting".to_owned(),
                _ => activity.title.clone(),
            },
            until: planned.ends_on.map_or(activity.date, |end| end.max(activity.date)),
            starts_at: planned.starts_at.clone(),
            ends_at: planned.ends_at.clone(),
            place: planned.place.clone(),
            year_groups: self.year_groups(planned),
            is_for_all: !activity.year_groups.is_empty(),
            is_draft: activity.state == ActivityState::Draft,
            is_cancelled: matches!(activity.state, ActivityState::Cancelled | ActivityState::Removed),
            sequence: planned.revision,
            changed_at: planned.changed_at,
            ..plain(CalendarThing::Activity { id: planned.id, kind: activity.kind, session }, activity.date)
        };
        let first = self.sessions.partition_point(|session| session.activity < planned.id);
        let sessions = self.sessions[first..].iter().take_while(|session| session.activity == planned.id);
        let sessions: Vec<_> = sessions.collect();
        if sessions.len() < 2 {
            let line = line(None);
            return match sessions.first() {
                Some(one) => vec![at(line, one)],
                None => vec![line],
            };
        }
        let of = sessions.len() as i32;
        let numbered = (1..).zip(&sessions);
        numbered.map(|(number, session)| at(line(Some((number, of))), session)).collect()
    }

    /// For whom an activity is: whole year groups, else those that its groups name, else those of the learners who were chosen.
    fn year_groups(&self, planned: &Planned) -> YearGroups {
        let parts = self.activities.iter().filter(|part| part.part_of == Some(planned.id));
        let whole: YearGroups = planned
            .activity
            .year_groups
            .iter()
            .chain(parts.flat_map(|part| part.activity.year_groups.iter()))
            .collect();
        if !whole.is_empty() {
            return whole;
        }
        let first = self.groups.partition_point(|(id, ..)| *id < planned.id);
        let groups = self.groups[first..].iter().take_while(|(id, ..)| *id == planned.id);
        let named: YearGroups = groups.filter_map(|(_, _, name)| year_of(name)).collect();
        if !named.is_empty() {
            return named;
        }
        let first = self.selected.partition_point(|(id, _)| *id < planned.id);
        let learners = self.selected[first..].iter().take_while(|(id, _)| *id == planned.id);
        let of_learner = |learner: &LearnerId| {
            let at = self.years.binary_search_by_key(learner, |(id, _)| *id).ok()?;
            Some(self.years[at].1)
        };
        learners.filter_map(|(_, learner)| of_learner(learner)).collect()
    }
}

/// The year group that a group's name begins with: `9A`, `10 Maths`, `Year 11`.
fn year_of(name: &str) -> Option<YearGroup> {
    let digits: String = name
        .trim_start_matches(|letter: char| letter.is_alphabetic() || letter == ' ')
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    let year = YearGroup::new(digits.parse().ok()?);
    (YearGroup::LOWEST..=YearGroup::HIGHEST).contains(&year).then_some(year)
}

/// The line on the day and at the time of a session.
fn at(line: CalendarEntry, session: &PlannedSession) -> CalendarEntry {
    CalendarEntry {
        on: session.held_on,
        until: session.held_on,
        starts_at: session.starts_at.clone().or(line.starts_at),
        ends_at: session.ends_at.clone().or(line.ends_at),
        place: session.place.clone().or(line.place),
        ..line
    }
}

/// A line of one day about which nothing else is known.
pub(super) fn plain(what: CalendarThing, on: Date) -> CalendarEntry {
    CalendarEntry {
        what,
        title: String::new(),
        on,
        until: on,
        starts_at: None,
        ends_at: None,
        place: None,
        year_groups: YearGroups::default(),
        is_for_all: true,
        about: None,
        is_draft: false,
        is_cancelled: false,
        is_unconfirmed: false,
        sequence: 0,
        changed_at: None,
    }
}
