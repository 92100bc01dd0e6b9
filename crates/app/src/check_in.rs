//! Learners who mark themselves present, with a code on the board and what they alone know of themselves.

use domain::{ActivityId, Date, InstitutionId, LinkId, ParticipationStatus, plain_words};
use jiff::{Span, Timestamp};
use serde_json::json;
use store::link::Link;

use crate::{
    Action, ActivityRow, Actor, App, Error, Frame, LinkPurpose, Mark, Origin, Refusal, RegisterRow, Result, View,
    activity::{is_shown, row},
    link::NewLink,
    mark::read_marks,
    throttle::FAILURES_FROM_ONE_PLACE,
};

/// Letters and digits that nobody takes for one another, on a board or said aloud.
const SIGNS: &[u8; 25] = b"ACDEFGHJKMNPQRTUVWXY34679";
/// How many of them a code has.
const LENGTH: usize = 6;
/// The shortest and the longest that a code works, in minutes.
const MINUTES: std::ops::RangeInclusive<i64> = 15..=60;
/// Said of whatever does not fit, so that no answer confirms that somebody is there.
const NO_MATCH: &str = "These do not go together. Check the code on the board, your name as school has it, and the day and month of your \
     birthday. If it still does not work, tell the member of staff.";

/// Checking in to an activity, as staff see it.
#[derive(Debug, Clone)]
pub struct CheckIn {
    /// Where it is.
    pub frame: Frame,
    /// The activity.
    pub activity: ActivityRow,
    /// The code that works now.
    pub open: Option<OpenCheckIn>,
    /// Who came by a code today, the latest first, as far as the actor sees them.
    pub came: Vec<Came>,
    /// How many are on the register.
    pub expected: usize,
}

/// A code that works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCheckIn {
    /// Its link.
    pub id: LinkId,
    /// The code as it is written on the board.
    pub code: String,
    /// When it ends.
    pub until: Timestamp,
}

/// A learner who came by the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Came {
    /// "Surname, Forename".
    pub name: String,
    /// Registration group.
    pub form: Option<String>,
    /// When they checked in.
    pub at: Timestamp,
}

/// What a learner types.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckInForm {
    /// The code on the board.
    pub code: String,
    /// Their forename.
    pub forename: String,
    /// Their surname.
    pub surname: String,
    /// Day of the month of their birthday.
    pub day: String,
    /// Month of their birthday, as a number.
    pub month: String,
}

/// To what a learner has checked in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedIn {
    /// The activity's title.
    pub title: String,
    /// Its day.
    pub date: Date,
}

impl App {
    /// Checking in to an activity: the code, if one works, and who came by it.
    ///
    /// # Errors
    /// If the actor may not mark registers here, or there is no such activity.
    pub fn check_in(&self, actor: &Actor, view: View, activity: ActivityId) -> Result<CheckIn> {
        let institution = view.institution;
        actor.ask(Action::MarkRegisters, institution)?;
        let scene = self.scene(actor, view)?;
        let index = scene.held.activity_index(activity).ok_or(Error::NOT_FOUND)?;
        if !is_shown(&scene, index) {
            return Err(Error::NOT_FOUND);
        }
        let now = self.context().now();
        let today = self.context().zone().to_datetime(now).date();
        let (links, events) = self.store().read(institution, |tx| -> Result<_> {
            let links = store::link::list(tx, institution, LinkPurpose::CheckIn.word(), Some(activity.0))?;
            let is_todays = |link: &&Link| self.context().zone().to_datetime(link.made_at).date() == today;
            let first = links.iter().filter(is_todays).map(|link| link.id.0).min();
            let events = match first {
                Some(first) => store::audit::register_marks(tx, institution, activity, first)?,
                None => Vec::new(),
            };
            Ok((links, events))
        })?;
        let open = links.into_iter().find_map(|link| {
            let until = link.expires_at.filter(|end| *end > now && link.closed_at.is_none())?;
            Some(OpenCheckIn { id: link.id, code: link.about?, until })
        });
        let came = events.iter().filter(|event| event.payload.contains("\"code\"")).flat_map(|event| {
            let marks = read_marks(event).unwrap_or_default();
            marks.into_iter().map(|(learner, _, _)| (learner, event.at)).collect::<Vec<_>>()
        });
        let came = came.filter_map(|(learner, at)| {
            let index = scene.held.learner_index(learner).filter(|index| scene.sees(*index))?;
            let record = scene.held.records.learner(index);
            let name = format!("{}, {}", record.surname, record.forename);
            Some(Came { name, form: record.form.clone(), at })
        });
        Ok(CheckIn {
            came: came.collect(),
            open,
            expected: self.whole_register(view.institution, &scene.held, index)?.len(),
            activity: row(&scene, index),
            frame: scene.frame,
        })
    }

    /// Opens checking in for so many minutes, in place of a code that works already.
    ///
    /// # Errors
    /// A problem at `minutes`; if the actor may not mark registers here, or there is no such activity.
    pub fn open_check_in(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        activity: ActivityId,
        minutes: &str,
    ) -> Result<LinkId> {
        // Whoever marks some learners only may open it too: learners speak for themselves.
        actor.ask(Action::MarkRegisters, institution)?;
        let minutes = minutes.trim().parse::<i64>().ok().filter(|minutes| MINUTES.contains(minutes));
        let minutes = minutes.ok_or_else(|| {
            Error::problem("minutes", format!("A code works from {} to {} minutes.", MINUTES.start(), MINUTES.end()))
        })?;
        self.held(institution)?.activity_index(activity).ok_or(Error::NOT_FOUND)?;
        let code = self.code();
        let now = self.context().now();
        self.store().write(institution, |tx| -> Result<_> {
            store::activity::get(tx, institution, activity)?;
            for link in store::link::list(tx, institution, LinkPurpose::CheckIn.word(), Some(activity.0))? {
                if link.closed_at.is_none() && link.expires_at.is_some_and(|end| end > now) {
                    store::link::close(tx, institution, link.id, now)?;
                    let payload = json!({"purpose": link.purpose, "subject": link.subject});
                    let event = self.event(actor, "link.closed", ("link", Some(link.id.0)), payload);
                    store::audit::record(tx, institution, &event)?;
                }
            }
            let new = NewLink {
                purpose: LinkPurpose::CheckIn,
                subject: Some(activity.0),
                // The code itself: it stands on a board, and its page must show it again.
                about: Some(code.clone()),
                label: None,
                lasts: Some(Span::new().minutes(minutes)),
            };
            self.make_link_with(tx, actor, institution, new, &code)
        })
    }

    /// A code of signs that nobody takes for one another.
    fn code(&self) -> String {
        let bytes: [u8; 32] = self.context().random_bytes();
        // 250 is the largest multiple of 25 that a byte holds: what is above would favour some signs.
        let fair = bytes.iter().filter(|byte| **byte < 250);
        fair.take(LENGTH).map(|byte| char::from(SIGNS[usize::from(byte % 25)])).collect()
    }

    /// Marks a learner present who has the code on the board, and says their name and birthday as they are recorded. What does not
    /// fit is answered in one way, whatever it is.
    ///
    /// # Errors
    /// A problem at `code` if exactly one learner of the register does not fit; a conflict if staff marked the learner otherwise;
    /// [`Refusal::TooMany`] after too many tries.
    pub fn check_in_by_code(&self, institution: InstitutionId, form: &CheckInForm, from: &Origin) -> Result<CheckedIn> {
        let now = self.context().now();
        let key = format!("check-in {institution} {}", from.address);
        // A whole school may stand behind one address: only what fails is counted, so that nobody guesses for long.
        self.0.throttle.try_one_of(FAILURES_FROM_ONE_PLACE, &key, now)?;
        // As it is compared below, so that writing a name otherwise gives no further tries.
        let (forename, surname) = (plain_words(&form.forename), plain_words(&form.surname));
        let forename = forename.first().map_or("", String::as_str);
        let whose = format!("check-in {institution} {} {forename} {}", from.address, surname.join(" "));
        self.0.throttle.try_once(&whose, now)?;
        let no_match = || Error::problem("code", NO_MATCH);
        let code: String = form.code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
        let opened = self.store().read(institution, |tx| self.open_link(tx, institution, LinkPurpose::CheckIn, &code));
        let link = match opened {
            Ok(link) => link,
            Err(Error::Refusal(Refusal::Conflict(_))) => {
                return Err(Error::problem(
                    "code",
                    "This code has ended. Ask the member of staff for the one on the board now.",
                ));
            }
            Err(Error::Refusal(_)) => return Err(no_match()),
            Err(other) => return Err(other),
        };
        let held = self.held(institution)?;
        let activity = link.subject.map(ActivityId).ok_or_else(no_match)?;
        let index = held.activity_index(activity).ok_or_else(no_match)?;
        let rows = self.whole_register(institution, &held, index)?;
        let fits = |row: &&RegisterRow| {
            let record = held.learner_index(row.id).map(|index| held.records.learner(index));
            record.is_some_and(|record| {
                is_birthday(record.date_of_birth, form)
                    && plain_words(&record.surname) == plain_words(&form.surname)
                    && is_forename(&record.forename, &form.forename)
            })
        };
        let found: Vec<_> = rows.iter().filter(fits).collect();
        let [row] = found[..] else { return Err(no_match()) };
        use ParticipationStatus::{Attended, Invited};
        if row.status.is_some_and(|status| !matches!(status, Attended | Invited)) {
            return Err(Error::conflict("A member of staff has marked you already. Speak to them."));
        }
        let mark = Mark::over(row.id, row.status, Some(Attended));
        let marked = self.save_marks(institution, activity, &[mark], |mut payload| {
            payload["how"] = "code".into();
            self.event_by_link(&link, "register.marked", ("activity", Some(activity.0)), payload)
        })?;
        if !marked.conflicts.is_empty() {
            return Err(Error::conflict("A member of staff has marked you just now. Speak to them."));
        }
        self.store().write(institution, |tx| store::link::note_use(tx, institution, link.id, now))?;
        self.0.throttle.take_back(&key);
        self.0.throttle.take_back(&whose);
        let activity = held.records.activity(index);
        Ok(CheckedIn { title: activity.title.clone(), date: activity.date })
    }
}

fn is_birthday(born: Date, form: &CheckInForm) -> bool {
    form.day.trim().parse() == Ok(born.day()) && form.month.trim().parse() == Ok(born.month())
}

/// The recorded forename, or the first of several.
fn is_forename(recorded: &str, typed: &str) -> bool {
    let (recorded, typed) = (plain_words(recorded), plain_words(typed));
    !typed.is_empty() && (recorded == typed || typed.len() == 1 && recorded.first() == typed.first())
}
