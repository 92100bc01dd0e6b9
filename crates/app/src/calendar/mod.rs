//! The calendar of an academic year: what is planned and held, national dates, the institution's own, and when requirements
//! close. Only the year's rows are read, and nothing is worked out about learners, so that it opens at once.

mod clash;
mod date;
mod entry;
mod feed;
mod national;
mod paper;

use domain::{AcademicYear, ActivityId, CalendarDateId, Date, InstitutionId, Kind, PolicyId, YearGroup, YearGroups};
use jiff::Timestamp;

pub use clash::{Clash, ClashKind};
pub use date::{CalendarDateForm, CalendarDatePage, CalendarDates, NationalRow, OwnRow};
pub use feed::{CalendarFeed, Feed, FeedScope, Feeds, NewFeed};

use crate::{Action, Actor, App, Frame, Result, View};

/// What kind of date of its own an institution puts into its calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateSort {
    /// A term.
    Term,
    /// A holiday: learners are away.
    Holiday,
    /// A day for staff only.
    Inset,
    /// Anything that is to be seen beside the activities.
    Own,
    /// A day by which something is to be done.
    Deadline,
}

impl DateSort {
    /// Every sort, in the order in which forms offer them.
    pub const ALL: [Self; 5] = [Self::Term, Self::Holiday, Self::Inset, Self::Own, Self::Deadline];

    /// The word that is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Term => "term",
            Self::Holiday => "holiday",
            Self::Inset => "inset",
            Self::Own => "own",
            Self::Deadline => "deadline",
        }
    }

    /// The sort with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.word() == word)
    }

    /// Whether learners are away.
    pub const fn is_away(self) -> bool {
        matches!(self, Self::Holiday | Self::Inset)
    }
}

/// What a line of the calendar is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CalendarThing {
    /// An activity, or one of its sessions: the how manieth of how many.
    Activity {
        /// Its id.
        id: ActivityId,
        /// What it is.
        kind: Kind,
        /// Which session, if it has several.
        session: Option<(i32, i32)>,
    },
    /// Guidance meetings of one day. None is named: their titles may name a learner.
    Guidance {
        /// How many, if the reader may know.
        count: Option<u32>,
    },
    /// A date of the national calendar.
    National {
        /// Its key within the year.
        key: String,
    },
    /// A date of the institution's own.
    Own {
        /// Its id.
        id: CalendarDateId,
        /// What it is.
        sort: DateSort,
    },
    /// A day of a policy or statement.
    Paper {
        /// The version.
        id: PolicyId,
        /// Which of its days.
        day: PaperDay,
    },
    /// The day by which a responsibility of the register is due.
    Duty {
        /// How an address names it.
        key: String,
    },
    /// The day on which windows of requirements close.
    Deadline {
        /// The requirement, if it is one.
        requirement: Option<String>,
    },
}

/// The days of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperDay {
    /// Those who govern approved it.
    Approved,
    /// It is time to begin the next version.
    Begin,
    /// It is to be looked over by this day.
    Review,
}

impl PaperDay {
    /// The word that addresses of programs use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Begin => "begin",
            Self::Review => "review",
        }
    }
}

/// A line of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarEntry {
    /// What it is about.
    pub what: CalendarThing,
    /// A few words.
    pub title: String,
    /// Its first day.
    pub on: Date,
    /// Its last day: the first, if it lasts one.
    pub until: Date,
    /// When it begins: `09:15`.
    pub starts_at: Option<String>,
    /// When it ends.
    pub ends_at: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Whom it concerns; empty: everybody, or nobody in particular.
    pub year_groups: YearGroups,
    /// Whether it is for these year groups as a whole, and not for learners who were chosen.
    pub is_for_all: bool,
    /// What to know about it.
    pub about: Option<String>,
    /// Whether it is not decided yet.
    pub is_draft: bool,
    /// Whether it does not take place.
    pub is_cancelled: bool,
    /// Whether the day should be looked up before relying on it.
    pub is_unconfirmed: bool,
    /// A number that grows with each change.
    pub sequence: i64,
    /// When it was last changed, as far as that is known.
    pub changed_at: Option<Timestamp>,
}

/// Which lines of the calendar are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarShow {
    /// Activities of any kind.
    Activities,
    /// Activities of this kind.
    Kind(Kind),
    /// National dates, and when requirements close.
    National,
    /// The institution's own dates.
    Own,
}

impl CalendarShow {
    /// From the word of an address.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "activities" => Some(Self::Activities),
            "national" => Some(Self::National),
            "own" => Some(Self::Own),
            kind => kind.parse().ok().map(Self::Kind),
        }
    }
}

/// Which part of the calendar is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CalendarFilter {
    /// What concerns this year group, and what concerns everybody.
    pub year_group: Option<YearGroup>,
    /// Of this sort; terms and holidays are always shown.
    pub show: Option<CalendarShow>,
}

/// The calendar of an academic year.
#[derive(Debug, Clone)]
pub struct CalendarPage {
    /// Where it is; the year is that of its as-of date.
    pub frame: Frame,
    /// Its lines, by day.
    pub entries: Vec<CalendarEntry>,
    /// What does not go together, from the as-of date on.
    pub clashes: Vec<Clash>,
}

impl CalendarEntry {
    /// Whether it touches this day.
    pub fn covers(&self, day: Date) -> bool {
        (self.on..=self.until).contains(&day)
    }

    /// Whether it concerns this year group, or everybody.
    fn concerns(&self, year: YearGroup) -> bool {
        // Papers and responsibilities are the careers team's, and no year group's.
        if matches!(self.what, CalendarThing::Paper { .. } | CalendarThing::Duty { .. }) {
            return false;
        }
        self.year_groups.is_empty() || self.year_groups.contains(year)
    }

    fn is_shown_by(&self, show: CalendarShow) -> bool {
        match (&self.what, show) {
            // What the days are stays in view.
            (CalendarThing::Own { sort, .. }, _) if *sort == DateSort::Term || sort.is_away() => true,
            (CalendarThing::Activity { .. } | CalendarThing::Guidance { .. }, CalendarShow::Activities)
            | (
                CalendarThing::Own { .. } | CalendarThing::Paper { .. } | CalendarThing::Duty { .. },
                CalendarShow::Own,
            )
            | (CalendarThing::National { .. } | CalendarThing::Deadline { .. }, CalendarShow::National) => true,
            (CalendarThing::Activity { kind, .. }, CalendarShow::Kind(wanted)) => *kind == wanted,
            (CalendarThing::Guidance { .. }, CalendarShow::Kind(wanted)) => wanted == Kind::GuidanceMeeting,
            _ => false,
        }
    }
}

impl App {
    /// The calendar of the academic year of the view's day. Drafts are shown to those who may record.
    ///
    /// # Errors
    /// If the actor may not see the institution's totals.
    pub fn calendar(&self, actor: &Actor, view: View, filter: CalendarFilter) -> Result<CalendarPage> {
        let (frame, institution) = self.frame_of_totals(actor, view)?;
        let mut entries = self.calendar_entries(actor, view.institution, &institution, frame.year)?;
        let clashes = clash::clashes(&entries, frame.as_of, filter.year_group);
        entries.retain(|entry| {
            filter.year_group.is_none_or(|year| entry.concerns(year))
                && filter.show.is_none_or(|show| entry.is_shown_by(show))
        });
        Ok(CalendarPage { entries, clashes, frame })
    }

    /// Every line of an academic year that the actor may see, by day.
    fn calendar_entries(
        &self,
        actor: &Actor,
        id: InstitutionId,
        institution: &domain::Institution,
        year: AcademicYear,
    ) -> Result<Vec<CalendarEntry>> {
        let (from, until) = (institution.calendar.first_day(year), institution.calendar.last_day(year));
        let (rows, policies, duties) = self.store().read(id, |tx| -> Result<_> {
            let rows = entry::Rows::read(tx, id, from, until, year)?;
            Ok((rows, store::policy::list(tx, id)?, store::duty::list(tx, id)?))
        })?;
        let reader = entry::Reader {
            sees_drafts: actor.can(Action::Record, id),
            counts_meetings: actor.ask_for_all(Action::SeeLearners, id).is_ok(),
        };
        let mut entries = rows.activity_entries(reader);
        entries.extend(self.date_entries(institution, year, &rows.dates));
        entries.extend(self.paper_entries(institution, year, (&policies, &duties)));
        entries.retain(|entry| entry.until >= from && entry.on <= until);
        entries.sort_by(|a, b| {
            let key = |entry: &CalendarEntry| (entry.on, entry.starts_at.clone(), entry.title.clone());
            key(a).cmp(&key(b))
        });
        Ok(entries)
    }
}
