//! The plan of an activity as a form has it.

use domain::{ActivityId, Date, LearnerId, LearnerIndex, OutcomeId, same_name};
use jiff::{Timestamp, ToSpan};
use rules::Grouping;
use serde::{Deserialize, Serialize};
use store::plan::{Group, Plan, Session};

use crate::{Error, Problems, Refusal, Result, frame::Scene};

/// What a form says of a plan, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanForm {
    /// The last day, if there are several.
    pub ends_on: String,
    /// When it begins.
    pub starts_at: String,
    /// When it ends.
    pub ends_at: String,
    /// Where.
    pub place: String,
    /// What it is for.
    pub purpose: String,
    /// Who is in charge.
    pub staff: String,
    /// `me` if the person who saves it is in charge; `other` leaves whoever it was.
    pub in_charge: String,
    /// What is adjusted for learners with special educational needs.
    pub adjustments: String,
    /// Of the risk assessment.
    pub risk_notes: String,
    /// Of visitors.
    pub visitor_notes: String,
    /// Anything else.
    pub notes: String,
    /// Pounds, such as `250` or `1,250.50`.
    pub cost: String,
    /// How many learners are expected.
    pub expects: String,
    /// Registration groups.
    pub forms: Vec<String>,
    /// Teaching groups: a year group and a subject, `9 History`.
    pub subjects: Vec<String>,
    /// Needs: `K`, `E`, `fsm`, `looked-after`.
    pub needs: Vec<String>,
    /// The year groups to which the needs are limited.
    pub need_years: Vec<String>,
    /// Learners by name or local id, one a line.
    pub learners: String,
    /// Whether the cohort is invited.
    pub invites: bool,
    /// `week`, `fortnight` or `month`; blank is once.
    pub repeat: String,
    /// The last day on which it may begin again.
    pub repeat_until: String,
    /// How many times in all.
    pub repeat_times: String,
    /// Its sessions, if it has several.
    pub sessions: Vec<SessionForm>,
    /// Keys of the learning outcomes.
    pub outcomes: Vec<String>,
    /// What asked of the institution as a whole it is evidence for, by requirement.
    pub shows: Vec<String>,
    /// The other organisations that come.
    pub attending: Vec<AttendingForm>,
    /// The activity whose parts it has as well, when one is done again.
    pub again: String,
    /// Stands for what was shown when the form was opened; blank writes over whatever is there.
    pub seen: String,
}

/// One session, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SessionForm {
    /// Its day.
    pub date: String,
    /// When it begins.
    pub starts_at: String,
    /// When it ends.
    pub ends_at: String,
    /// Where.
    pub place: String,
    /// How many it takes.
    pub capacity: String,
}

/// Another organisation, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AttendingForm {
    /// Its name.
    pub name: String,
    /// As what it comes.
    pub role: String,
}

/// A plan that can be written.
pub(crate) struct Checked {
    pub(crate) plan: Plan,
    pub(crate) sessions: Vec<Session>,
    pub(crate) groups: Vec<Group>,
    pub(crate) outcomes: Vec<OutcomeId>,
    pub(crate) attending: Vec<AttendingForm>,
    pub(crate) named: Vec<LearnerId>,
    /// The days of a series, the first one first; one if it is not repeated.
    pub(crate) days: Vec<Date>,
    pub(crate) again: Option<ActivityId>,
}

/// No more activities than this are made at once.
const LONGEST_SERIES: usize = 60;
/// Longest of a text, and of a line, in characters.
const LONGEST_TEXT: usize = 5_000;
const LONGEST_LINE: usize = 300;
/// Sessions, groups, outcomes, or other organisations of one activity.
const MOST_ROWS: usize = 60;
/// Learners that can be named at once.
const MOST_NAMED: usize = 2_000;

impl PlanForm {
    /// Every field by its name, as text.
    pub(crate) fn fields(&self) -> Vec<(&'static str, String)> {
        let sessions = self.sessions.iter().map(|session| {
            let SessionForm { date, starts_at, ends_at, place, capacity } = session;
            [date, starts_at, ends_at, place, capacity].map(String::as_str).join(" ")
        });
        let attending = self.attending.iter().map(|one| format!("{} ({})", one.name, one.role));
        vec![
            ("ends_on", self.ends_on.clone()),
            ("starts_at", self.starts_at.clone()),
            ("ends_at", self.ends_at.clone()),
            ("place", self.place.clone()),
            ("purpose", self.purpose.clone()),
            ("staff", self.staff.clone()),
            ("adjustments", self.adjustments.clone()),
            ("risk_notes", self.risk_notes.clone()),
            ("visitor_notes", self.visitor_notes.clone()),
            ("notes", self.notes.clone()),
            ("cost", self.cost.clone()),
            ("expects", self.expects.clone()),
            ("forms", self.forms.join(";")),
            ("subjects", self.subjects.join(";")),
            ("needs", self.needs.join(";")),
            ("outcomes", self.outcomes.join(";")),
            ("shows", self.shows.join(";")),
            ("sessions", sessions.collect::<Vec<_>>().join(";")),
            ("attending", attending.collect::<Vec<_>>().join(";")),
        ]
    }

    /// The plan that the form says, for an activity that begins on `date`, beside what is wrong with it.
    ///
    /// # Errors
    /// If it is for a group that would tell what the actor may not see.
    pub(crate) fn check(
        &self,
        scene: &Scene<'_>,
        date: Option<Date>,
        now: Timestamp,
        problems: &mut Problems,
    ) -> Result<Checked> {
        let ends_on = day(&self.ends_on, "ends_on", problems);
        if let (Some(date), Some(ends_on)) = (date, ends_on)
            && ends_on < date
        {
            problems.add("ends_on", "The last day is before the first. Enter a later one, or leave it blank.");
        }
        let (starts_at, ends_at) =
            (time(&self.starts_at, "starts_at", problems), time(&self.ends_at, "ends_at", problems));
        if let (Some(starts), Some(ends)) = (&starts_at, &ends_at)
            && ends <= starts
            && (ends_on.is_none() || ends_on == date)
        {
            problems.add("ends_at", "It ends before it begins. Enter a later time.");
        }
        self.limits(problems);
        let plan = Plan {
            ends_on: ends_on.filter(|last| date.is_none_or(|first| *last > first)),
            starts_at,
            ends_at,
            place: text(&self.place),
            purpose: self.purpose.trim().to_owned(),
            staff: text(&self.staff),
            adjustments: self.adjustments.trim().to_owned(),
            risk_notes: self.risk_notes.trim().to_owned(),
            visitor_notes: self.visitor_notes.trim().to_owned(),
            notes: self.notes.trim().to_owned(),
            cost_pence: pence(&self.cost, "cost", problems),
            expects: number(&self.expects, "expects", "How many learners are expected?", problems),
            shows: self.shows(scene, problems),
            ..Plan::blank(now)
        };
        let again = match self.again.trim() {
            "" => None,
            text => Some(text.parse().map_err(|_| Error::NOT_FOUND)?),
        };
        Ok(Checked {
            sessions: self.sessions(date, ends_on, problems),
            groups: self.groups(scene)?,
            outcomes: self.outcomes.iter().filter_map(|id| id.parse().ok()).collect(),
            attending: self.attending.iter().filter(|one| !one.name.trim().is_empty()).cloned().collect(),
            named: date.map_or(Vec::new(), |date| named(scene, &self.learners, date, problems)),
            days: date.map_or(Vec::new(), |date| self.days(date, problems)),
            plan,
            again,
        })
    }

    fn shows(&self, scene: &Scene<'_>, problems: &mut Problems) -> String {
        let asked = &scene.pack.institution_requirements;
        if self.shows.iter().any(|id| !asked.iter().any(|requirement| requirement.id == *id)) {
            problems.add("shows", "Choose among what Benchmark 1 asks.");
        }
        self.shows.join(" ")
    }

    /// Notes what is longer, or more, than any plan.
    fn limits(&self, problems: &mut Problems) {
        let texts = [
            ("purpose", &self.purpose, LONGEST_TEXT),
            ("adjustments", &self.adjustments, LONGEST_TEXT),
            ("risk_notes", &self.risk_notes, LONGEST_TEXT),
            ("visitor_notes", &self.visitor_notes, LONGEST_TEXT),
            ("notes", &self.notes, LONGEST_TEXT),
            ("place", &self.place, LONGEST_LINE),
            ("staff", &self.staff, LONGEST_LINE),
        ];
        let places = self.sessions.iter().map(|session| ("sessions", &session.place, LONGEST_LINE));
        let others = self.attending.iter().flat_map(|one| [&one.name, &one.role]);
        let others = others.map(|text| ("attending", text, LONGEST_LINE));
        for (field, text, most) in texts.into_iter().chain(places).chain(others) {
            if text.chars().nth(most).is_some() {
                problems.add(field, format!("This is too long. Keep it to {most} characters."));
            }
        }
        for (field, number) in [
            ("sessions", self.sessions.len()),
            ("attending", self.attending.len()),
            ("forms", self.forms.len()),
            ("subjects", self.subjects.len()),
            ("outcomes", self.outcomes.len()),
        ] {
            if number > MOST_ROWS {
                problems.add(field, format!("There can be no more than {MOST_ROWS} of these."));
            }
        }
    }

    fn sessions(&self, date: Option<Date>, ends_on: Option<Date>, problems: &mut Problems) -> Vec<Session> {
        let typed = self.sessions.iter().filter(|session| **session != SessionForm::default());
        let mut sessions = Vec::new();
        for session in typed {
            let held_on = problems.take(
                "sessions",
                domain::date::parse(&session.date)
                    .ok_or_else(|| "Enter the day of each session, such as 12/11/2026.".to_owned()),
            );
            let (starts_at, ends_at) =
                (time(&session.starts_at, "sessions", problems), time(&session.ends_at, "sessions", problems));
            if starts_at.is_some() && ends_at.is_some() && ends_at <= starts_at {
                problems.add("sessions", "A session ends before it begins. Enter a later time.");
            }
            if let (Some(date), Some(held_on)) = (date, held_on)
                && held_on < date
            {
                problems.add("sessions", "A session is before the first day of the activity.");
            }
            if let (Some(last), Some(held_on)) = (ends_on, held_on)
                && held_on > last
            {
                problems.add("sessions", "A session is after the last day of the activity.");
            }
            let capacity = number(&session.capacity, "sessions", "How many does a session take?", problems);
            let place = text(&session.place);
            sessions.extend(held_on.map(|held_on| Session { held_on, starts_at, ends_at, place, capacity }));
        }
        sessions.sort_by(|a, b| (a.held_on, &a.starts_at).cmp(&(b.held_on, &b.starts_at)));
        sessions
    }

    fn groups(&self, scene: &Scene<'_>) -> Result<Vec<Group>> {
        let may = |need: &str| match need {
            "K" | "E" => scene.may_group(Grouping::Sen),
            "looked-after" => scene.may_group(Grouping::LookedAfter),
            "fsm" => true,
            _ => false,
        };
        if self.needs.iter().any(|need| !may(need)) {
            return Err(Refusal::NotAllowed.into());
        }
        let years: Vec<&str> = self.need_years.iter().map(String::as_str).collect();
        let needs = self.needs.iter().map(|need| ("need", [&[need.as_str()], years.as_slice()].concat().join(" ")));
        let named = |sort: &'static str, names: &[String]| {
            names.iter().map(|name| name.trim().to_owned()).map(|name| (sort, name)).collect::<Vec<_>>()
        };
        let groups = named("form", &self.forms).into_iter().chain(named("subject", &self.subjects)).chain(needs);
        let mut groups: Vec<_> = groups
            .filter(|(_, name)| !name.is_empty())
            .map(|(sort, name)| Group { sort: sort.to_owned(), name })
            .collect();
        groups.sort();
        groups.dedup();
        Ok(groups)
    }

    fn days(&self, first: Date, problems: &mut Problems) -> Vec<Date> {
        let span = match self.repeat.trim() {
            "week" => 1.week(),
            "fortnight" => 2.weeks(),
            "month" => 1.month(),
            _ => return vec![first],
        };
        let until = day(&self.repeat_until, "repeat_until", problems);
        let times = number(&self.repeat_times, "repeat_times", "How many times?", problems);
        if self.repeat_until.trim().is_empty() && self.repeat_times.trim().is_empty() {
            problems.add("repeat_times", "Enter how many times in all, or until when.");
            return vec![first];
        }
        if until.is_some_and(|until| until < first) {
            problems.add("repeat_until", "This is before the first day.");
        }
        let most = usize::try_from(times.unwrap_or(i32::MAX)).unwrap_or_default();
        let days: Vec<_> = (0..=LONGEST_SERIES as i64)
            .map_while(|at| first.checked_add(span * at).ok())
            .take_while(|day| until.is_none_or(|until| *day <= until))
            .take(most)
            .collect();
        if days.len() > LONGEST_SERIES {
            let field = if until.is_some() { "repeat_until" } else { "repeat_times" };
            problems.add(field, format!("No more than {LONGEST_SERIES} activities can be planned at once."));
        }
        days
    }
}

/// The learners that a text names, one a line, each by name or local id.
fn named(scene: &Scene<'_>, text: &str, date: Date, problems: &mut Problems) -> Vec<LearnerId> {
    let lines: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.len() > MOST_NAMED {
        problems.add("learners", format!("Name no more than {MOST_NAMED} learners at once."));
        return Vec::new();
    }
    let records = &scene.held.records;
    let mut known = std::collections::HashMap::<String, Vec<LearnerIndex>>::new();
    if !lines.is_empty() {
        for index in (0..records.learners.len() as u32).map(LearnerIndex).filter(|index| scene.sees(*index)) {
            let learner = records.learner(index);
            let (forename, surname) = (&learner.forename, &learner.surname);
            for name in [format!("{forename} {surname}"), format!("{surname}, {forename}"), learner.reference.clone()] {
                known.entry(same_name(&name)).or_default().push(index);
            }
        }
    }
    let mut named = Vec::new();
    for line in lines {
        let found = known.get(&same_name(line)).map_or(&[][..], Vec::as_slice);
        let here: Vec<_> = found.iter().filter(|index| records.learner(**index).is_on_roll(date)).collect();
        match (here.as_slice(), found) {
            ([one], _) => named.push(scene.held.learner_id(**one)),
            ([], []) => problems.add(
                "learners",
                format!("“{line}” is nobody in the records. Write the name as “Forename Surname”, or the local id."),
            ),
            ([], [gone, ..]) => match records.learner(*gone).left {
                Some(left) => problems
                    .add("learners", format!("“{line}” left on {}, so cannot be invited.", domain::date::long(left))),
                None => problems.add("learners", format!("“{line}” is not on roll on that day.")),
            },
            _ => problems.add("learners", format!("“{line}” is the name of several learners. Use the local id.")),
        }
    }
    named.sort_unstable();
    named.dedup();
    named
}

fn text(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn day(text: &str, field: &'static str, problems: &mut Problems) -> Option<Date> {
    if text.trim().is_empty() {
        return None;
    }
    problems.take(field, domain::date::parse(text).ok_or_else(|| "Enter a day such as 12/11/2026.".to_owned()))
}

/// A time of day as `HH:MM`, from `9:30`, `09.30` or `9`.
fn time(text: &str, field: &'static str, problems: &mut Problems) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let (hour, minute) = text.split_once([':', '.']).unwrap_or((text, "00"));
    let part = |text: &str, most: u8| text.parse::<u8>().ok().filter(|number| *number <= most && text.len() <= 2);
    let time = part(hour, 23).zip(part(minute, 59)).map(|(hour, minute)| format!("{hour:02}:{minute:02}"));
    problems.take(field, time.ok_or_else(|| format!("“{text}” is not a time. Enter one such as 09:30 or 14:15.")))
}

fn number(text: &str, field: &'static str, question: &str, problems: &mut Problems) -> Option<i32> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let number = text.parse::<i32>().ok().filter(|number| (1..=10_000).contains(number));
    problems.take(field, number.ok_or_else(|| format!("{question} Enter a whole number such as 30.")))
}

/// An amount in pence, from pounds as people write them.
pub(crate) fn pence(text: &str, field: &'static str, problems: &mut Problems) -> Option<i64> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != ',' && *c != '£').collect();
    if text.is_empty() {
        return None;
    }
    let (pounds, pence) = text.split_once('.').unwrap_or((&text, "00"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let amount = (digits(pounds) && pounds.len() <= 8 && digits(pence) && pence.len() <= 2).then(|| {
        let pence = format!("{pence:0<2}");
        pounds.parse::<i64>().unwrap_or_default() * 100 + pence.parse::<i64>().unwrap_or_default()
    });
    problems.take(field, amount.ok_or_else(|| "Enter pounds such as 250 or 1,250.50.".to_owned()))
}

/// An amount in pence as it stands in a field.
pub(crate) fn pounds(pence: i64) -> String {
    if pence % 100 == 0 { (pence / 100).to_string() } else { format!("{}.{:02}", pence / 100, pence % 100) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        let read = |text| {
            let mut problems = Problems::default();
            let amount = pence(text, "cost", &mut problems);
            (amount, problems.check().is_ok())
        };
        assert_eq!(read("250"), (Some(25_000), true));
        assert_eq!(read("£1,250.5"), (Some(125_050), true));
        assert_eq!(read(" "), (None, true));
        for wrong in ["-3", "a", "1.234", "999999999", "1.2.3"] {
            assert_eq!(read(wrong), (None, false), "{wrong}");
        }
        assert_eq!((pounds(25_000), pounds(125_050)), ("250".to_owned(), "1250.50".to_owned()));
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        let read = |text| time(text, "starts_at", &mut Problems::default());
        assert_eq!(read("9:30").as_deref(), Some("09:30"));
        assert_eq!(read("14.05").as_deref(), Some("14:05"));
        assert_eq!(read("9").as_deref(), Some("09:00"));
        assert_eq!((read("24:00"), read("9:75"), read("soon")), (None, None, None));
    }
}
