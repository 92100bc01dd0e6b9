//! The calendar for programs on phones and desks: feeds that whoever has the address may read, without the name of any learner.

use domain::{ActivityState, Institution, InstitutionId, LinkId, YearGroup};
use exchange::calendar::{Event, EventState, Moment};
use jiff::{Timestamp, ToSpan};
use store::link::Link;

use super::{CalendarEntry, CalendarThing, entry::Rows};
use crate::{
    Action, Actor, App, Error, Frame, LinkPurpose, Refusal, Result, Token, View, grant,
    link::NewLink,
    token::{digest, hex},
};

/// What a feed tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedScope {
    /// The whole calendar.
    All,
    /// What concerns one year group, and what concerns everybody.
    YearGroup(YearGroup),
    /// The activities that the feed's maker is in charge of.
    Own,
}

impl FeedScope {
    /// From the word of a form: `all`, `own`, `year:9`.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "all" => Some(Self::All),
            "own" => Some(Self::Own),
            year => year.strip_prefix("year:")?.parse().ok().map(Self::YearGroup),
        }
    }

    fn word(self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::Own => "own".to_owned(),
            Self::YearGroup(year) => format!("year:{year}"),
        }
    }
}

/// A feed that somebody made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Its link.
    pub id: LinkId,
    /// What it tells.
    pub scope: FeedScope,
    /// What for, in the words of whoever made it.
    pub label: String,
    /// Who made it.
    pub owner: String,
    /// Whether it is the reader's own.
    pub is_own: bool,
    /// When it was made.
    pub made_at: Timestamp,
    /// When a program last asked for it.
    pub used_at: Option<Timestamp>,
}

/// The feeds that are open.
#[derive(Debug, Clone)]
pub struct Feeds {
    /// Where it is.
    pub frame: Frame,
    /// The reader's own; everybody's for those who look after the institution.
    pub feeds: Vec<Feed>,
}

/// A feed just made: its address ends with this token, which is shown once.
#[derive(Debug, Clone)]
pub struct NewFeed {
    /// Its link.
    pub id: LinkId,
    /// What opens it.
    pub token: Token,
}

/// What a program gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarFeed {
    /// The file.
    pub text: String,
    /// Changes whenever the file does.
    pub tag: String,
}

/// How often it is noted that a feed was read: programs ask all day long.
const NOTED_EVERY: i64 = 3600;

impl App {
    /// The feeds of the calendar that are open.
    ///
    /// # Errors
    /// If the actor may not see the institution's totals.
    pub fn feeds(&self, actor: &Actor, view: View) -> Result<Feeds> {
        let (frame, _) = self.frame_of_totals(actor, view)?;
        let sees_all = actor.ask_for_all(Action::Administer, view.institution).is_ok();
        let feeds = self.store().read(view.institution, |tx| -> Result<_> {
            let links = store::link::list(tx, view.institution, LinkPurpose::Calendar.word(), None)?;
            let mut feeds = Vec::new();
            for link in links.into_iter().filter(|link| link.closed_at.is_none()) {
                let is_own = link.account == actor.account();
                if !is_own && !sees_all {
                    continue;
                }
                let owner = match link.account {
                    Some(account) => store::account::find(tx, account)?.map_or(String::new(), |owner| owner.name),
                    None => String::new(),
                };
                feeds.extend(scope_of(&link).map(|scope| Feed {
                    id: link.id,
                    scope,
                    label: link.label.clone().unwrap_or_default(),
                    owner,
                    is_own,
                    made_at: link.made_at,
                    used_at: link.used_at,
                }));
            }
            Ok(feeds)
        })?;
        Ok(Feeds { feeds, frame })
    }

    /// Makes a feed for a program of the actor's.
    ///
    /// # Errors
    /// If the actor may not see the institution's totals, or asks for a feed that there is not.
    pub fn make_feed(&self, actor: &Actor, institution: InstitutionId, about: &str, label: &str) -> Result<NewFeed> {
        actor.ask(LinkPurpose::Calendar.action(), institution)?;
        own_eyes(actor)?;
        let label = label.trim();
        self.store().write(institution, |tx| -> Result<_> {
            let (record, _) = store::institution::get(tx, institution)?;
            let scope = FeedScope::from_word(about).filter(|scope| match scope {
                FeedScope::YearGroup(year) => record.teaches(*year),
                FeedScope::All | FeedScope::Own => true,
            });
            let scope = scope.ok_or_else(|| Error::problem("about", "Choose what the calendar should show."))?;
            if label.chars().count() > 60 {
                return Err(Error::problem("label", "Use at most 60 characters."));
            }
            let new = NewLink {
                purpose: LinkPurpose::Calendar,
                subject: None,
                about: Some(scope.word()),
                label: (!label.is_empty()).then(|| label.to_owned()),
                lasts: None,
            };
            let (id, token) = self.make_link(tx, actor, institution, new)?;
            Ok(NewFeed { id, token })
        })
    }

    /// Ends a feed: of one's own, or of anybody's for those who look after the institution.
    ///
    /// # Errors
    /// If there is no such open feed, or it is somebody else's.
    pub fn end_feed(&self, actor: &Actor, institution: InstitutionId, id: LinkId) -> Result<()> {
        actor.ask(LinkPurpose::Calendar.action(), institution)?;
        own_eyes(actor)?;
        let link = self.store().read(institution, |tx| store::link::get(tx, institution, id))?;
        let is_own = link.account == actor.account();
        if !is_own && actor.ask_for_all(Action::Administer, institution).is_err() {
            return Err(Error::NOT_FOUND);
        }
        self.close_link(actor, institution, LinkPurpose::Calendar, id)
    }

    /// What a feed tells now: the academic year before this one, and everything from then on. It ends with the role of whoever
    /// made it.
    ///
    /// # Errors
    /// Not found for an address that is none of ours; a conflict for one that has ended.
    pub fn calendar_feed(&self, institution: InstitutionId, token: &str) -> Result<CalendarFeed> {
        let link = self.store().read(institution, |tx| -> Result<_> {
            let link = self.open_link(tx, institution, LinkPurpose::Calendar, token)?;
            if let Some(account) = link.account {
                let owner = store::account::find(tx, account)?.filter(|owner| owner.closed_at.is_none());
                let grants = grant::of_account(tx, account)?;
                let may = owner.is_some_and(|owner| {
                    Actor::person(owner.id, owner.name, grants).can(LinkPurpose::Calendar.action(), institution)
                });
                if !may {
                    return Err(Error::conflict("Whoever made this calendar no longer works there, so it has ended."));
                }
            }
            Ok(link)
        })?;
        let scope = scope_of(&link).ok_or(Error::NOT_FOUND)?;
        let now = self.context().now();
        let noted = link.used_at.is_some_and(|used| now.as_second() - used.as_second() < NOTED_EVERY);
        if !noted {
            self.store().write(institution, |tx| store::link::note_use(tx, institution, link.id, now))?;
        }
        let text = self.feed_text(institution, scope, &link)?;
        Ok(CalendarFeed { tag: hex(&digest(text.as_bytes())[..16]), text })
    }

    fn feed_text(&self, id: InstitutionId, scope: FeedScope, link: &Link) -> Result<String> {
        let today = self.context().today();
        let (institution, rows, changes, drafts, papers) = self.store().read(id, |tx| -> Result<_> {
            let (institution, _) = store::institution::get(tx, id)?;
            let this = institution.year_of(today);
            let mut rows = Vec::new();
            for year in [this.previous(), this, this.next()] {
                let (from, until) = (institution.calendar.first_day(year), institution.calendar.last_day(year));
                rows.push((year, Rows::read(tx, id, from, until, year)?));
            }
            let changes = store::calendar::last_changes(tx, id)?;
            let papers = (store::policy::list(tx, id)?, store::duty::list(tx, id)?);
            Ok((institution, rows, changes, store::calendar::deleted_drafts(tx, id)?, papers))
        })?;
        let mut events = Vec::new();
        for (year, rows) in &rows {
            for (planned, lines) in rows.feed(scope == FeedScope::Own) {
                // An activity that goes over the end of a year is told with the year in which it begins.
                if institution.year_of(planned.activity.date) != *year
                    // What nobody but its authors ever saw is not told of when it goes.
                    || planned.activity.state == ActivityState::Removed && drafts.binary_search(&planned.id).is_ok()
                    || scope == FeedScope::Own && (link.account.is_none() || planned.account != link.account)
                {
                    continue;
                }
                let at = changes.binary_search_by_key(&planned.id, |(activity, _)| *activity).ok();
                let noted = at.map(|at| changes[at].1).max(planned.changed_at);
                let changed = noted.unwrap_or_else(|| self.context().made_at(planned.id.0));
                let lines = lines.iter().filter(|line| scope.takes_in(line));
                events.extend(lines.map(|line| event(id, line, changed)));
            }
            if scope != FeedScope::Own {
                let first = institution.calendar.first_day(*year);
                let since =
                    self.context().zone().to_ambiguous_timestamp(first.to_datetime(jiff::civil::Time::midnight()));
                let since = since.compatible().unwrap_or(Timestamp::UNIX_EPOCH);
                let mut dates = self.date_entries(&institution, *year, &rows.dates);
                dates.extend(self.paper_entries(&institution, *year, (&papers.0, &papers.1)));
                let dates = dates.iter().filter(|line| scope.takes_in(line));
                events.extend(dates.map(|line| event(id, line, line.changed_at.unwrap_or(since))));
            }
        }
        Ok(exchange::calendar::write(&name(&institution, scope), &events))
    }
}

/// Whoever looks at the institution as somebody else makes and ends nothing: an address would outlast the looking.
fn own_eyes(actor: &Actor) -> Result<()> {
    if actor.viewing().is_some() { Err(Refusal::Viewing.into()) } else { Ok(()) }
}

impl FeedScope {
    fn takes_in(self, line: &CalendarEntry) -> bool {
        match self {
            Self::All | Self::Own => true,
            Self::YearGroup(year) => line.concerns(year),
        }
    }
}

fn scope_of(link: &Link) -> Option<FeedScope> {
    FeedScope::from_word(link.about.as_deref()?)
}

/// What programs call the calendar.
fn name(institution: &Institution, scope: FeedScope) -> String {
    match scope {
        FeedScope::All => format!("Careers: {}", institution.name),
        FeedScope::YearGroup(year) => format!("Careers, Year {year}: {}", institution.name),
        FeedScope::Own => format!("My careers activities: {}", institution.name),
    }
}

/// A line as programs take it. What names it stays the same whatever else changes.
fn event(institution: InstitutionId, line: &CalendarEntry, changed_at: Timestamp) -> Event {
    let what = match &line.what {
        CalendarThing::Activity { id, session: None, .. } => format!("activity-{id}"),
        CalendarThing::Activity { id, session: Some((number, _)), .. } => format!("activity-{id}-session-{number}"),
        CalendarThing::Guidance { .. } => format!("guidance-{}", line.on),
        CalendarThing::National { key } => format!("national-{key}"),
        CalendarThing::Own { id, .. } => format!("date-{id}"),
        CalendarThing::Paper { id, day } => format!("policy-{id}-{}", day.word()),
        CalendarThing::Duty { key } => format!("duty-{key}"),
        CalendarThing::Deadline { requirement } => {
            format!("deadline-{}-{}", line.on, requirement.as_deref().unwrap_or("year"))
        }
    };
    let mut about = Vec::new();
    if let CalendarThing::Activity { session: Some((number, of)), .. } = line.what {
        about.push(format!("Session {number} of {of}"));
    }
    let years: Vec<_> = line.year_groups.iter().map(|year| format!("Year {year}")).collect();
    if !years.is_empty() {
        about.push(years.join(", "));
    }
    about.extend(line.about.clone());
    if line.is_unconfirmed {
        about.push("The day is not confirmed: look it up before relying on it.".to_owned());
    }
    Event {
        uid: format!("{what}.institution-{institution}@calendar.waymark"),
        title: line.title.clone(),
        about: about.join("\n"),
        place: line.place.clone(),
        when: moment(line),
        state: match (line.is_cancelled, line.is_unconfirmed) {
            (true, _) => EventState::Cancelled,
            (_, true) => EventState::Tentative,
            _ => EventState::Confirmed,
        },
        is_busy: matches!(line.what, CalendarThing::Activity { .. }),
        sequence: u32::try_from(line.sequence.max(0)).unwrap_or(u32::MAX),
        changed_at,
    }
}

/// When a line is: at its time, else the whole of its days. A time by which something is due is its end.
fn moment(line: &CalendarEntry) -> Moment {
    let days = Moment::Days { first: line.on, last: line.until };
    let at = |time: &Option<String>| {
        let (hour, minute) = time.as_deref()?.split_once(':')?;
        let time = jiff::civil::Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()?;
        Some(line.on.to_datetime(time))
    };
    // What goes on for several days is not told by the hour.
    if line.until > line.on {
        return days;
    }
    match (at(&line.starts_at), at(&line.ends_at)) {
        (Some(start), Some(end)) if end > start => Moment::Hours { start, end },
        (Some(start), _) => Moment::Hours { start, end: start.saturating_add(1.hour()) },
        (None, Some(end)) if !matches!(line.what, CalendarThing::Activity { .. }) => Moment::Hours { start: end, end },
        _ => days,
    }
}
