//! Learning outcomes: what learners of a year group are to know, do and be.

use domain::{AcademicYear, ActivityId, Framework, OutcomeId, OutcomeSort, OutcomeStage, YearGroup, split_list};
use serde_json::json;
use store::outcome::Outcome;

use crate::{
    Action, Actor, App, Error, Frame, Problems, Result, Saved, View,
    audit::{Change, changes},
    programme::{fingerprint, moved_on},
};

/// An outcome as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeRow {
    /// Its id.
    pub id: OutcomeId,
    /// For whom.
    pub year_group: YearGroup,
    /// What it asks.
    pub sort: OutcomeSort,
    /// How far it is taken.
    pub stage: OutcomeStage,
    /// The name under which it goes through the years; may be blank.
    pub thread: String,
    /// The outcome itself.
    pub statement: String,
    /// Where it stands in the frameworks: each with what it is called now.
    pub tags: Vec<(Framework, String)>,
    /// The activities of the year that serve it.
    pub activities: Vec<(ActivityId, String)>,
}

/// One outcome with its form.
#[derive(Debug, Clone)]
pub struct OutcomePage {
    /// Where it is.
    pub frame: Frame,
    /// For whom.
    pub year_group: YearGroup,
    /// What it says.
    pub form: OutcomeForm,
}

/// An outcome, or several of the same sort, as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutcomeForm {
    /// The outcome; when several are added, one a line.
    pub statement: String,
    /// What it asks, by its word.
    pub sort: String,
    /// How far it is taken, by its word.
    pub stage: String,
    /// The name under which it goes through the years.
    pub thread: String,
    /// The ticked members of frameworks, by their words.
    pub tags: Vec<String>,
    /// The institution's own tags, separated by `;`.
    pub own: String,
    /// Which text the writer saw; blank asks no question.
    pub seen: String,
}

/// How many outcomes one paste may bring.
const MOST: usize = 200;
/// How long an outcome may be, in characters.
const LONGEST_STATEMENT: usize = 500;
/// How long the name of a thread or a tag may be.
const LONGEST_NAME: usize = 60;

impl OutcomeRow {
    pub(crate) fn of(outcome: &Outcome, activities: Vec<(ActivityId, String)>) -> Self {
        let mut tags: Vec<_> =
            outcome.tags.iter().map(|(framework, word)| (*framework, framework.name_of(word))).collect();
        tags.sort_by_key(|(framework, _)| *framework);
        Self {
            id: outcome.id,
            year_group: outcome.year_group,
            sort: outcome.sort,
            stage: outcome.stage,
            thread: outcome.thread.clone(),
            statement: outcome.statement.clone(),
            tags,
            activities,
        }
    }
}

impl OutcomeForm {
    pub(crate) fn of(outcome: &Outcome) -> Self {
        let words = |own: bool| {
            outcome
                .tags
                .iter()
                .filter(move |(framework, _)| (*framework == Framework::Own) == own)
                .map(|(_, tag)| tag.clone())
        };
        let mut form = Self {
            statement: outcome.statement.clone(),
            sort: outcome.sort.word().to_owned(),
            stage: outcome.stage.word().to_owned(),
            thread: outcome.thread.clone(),
            tags: words(false).collect(),
            own: words(true).collect::<Vec<_>>().join("; "),
            seen: String::new(),
        };
        form.seen = form.mark();
        form
    }

    fn mark(&self) -> String {
        fingerprint(&[&self.statement, &self.sort, &self.stage, &self.thread, &self.tags.join(";"), &self.own])
    }

    fn fields(&self) -> [(&'static str, String); 6] {
        [
            ("statement", self.statement.clone()),
            ("sort", self.sort.clone()),
            ("stage", self.stage.clone()),
            ("thread", self.thread.clone()),
            ("tags", self.tags.join("; ")),
            ("own", self.own.clone()),
        ]
    }

    /// The outcomes that the form stands for, without ids and places: one for each statement.
    pub(crate) fn read(
        &self,
        statements: &[String],
        year: AcademicYear,
        year_group: YearGroup,
        problems: &mut Problems,
    ) -> Vec<Outcome> {
        let sort = problems.take("sort", self.sort.parse().map_err(|_| "Choose what it asks of learners.".to_owned()));
        let stage = problems.take("stage", self.stage.parse().map_err(|_| "Choose how far it is taken.".to_owned()));
        let thread = self.thread.trim().to_owned();
        if thread.chars().count() > LONGEST_NAME {
            problems.add("thread", "A thread’s name is short: keep it below 60 characters.");
        }
        let mut tags = Vec::new();
        for text in self.tags.iter().map(String::as_str) {
            match Framework::of_text(text) {
                (Framework::Own, _) => problems.add("tags", format!("“{text}” is not in any of the frameworks.")),
                tag => tags.push(tag),
            }
        }
        for own in split_list(&self.own) {
            if own.chars().count() > LONGEST_NAME {
                problems.add("own", "A tag is short: keep each below 60 characters.");
            }
            tags.push((Framework::Own, own.to_owned()));
        }
        tags.sort();
        tags.dedup();
        if statements.is_empty() {
            problems.add("statement", "Enter what learners will know, do or be.");
        }
        if statements.len() > MOST {
            problems.add("statement", format!("These are {} outcomes. Add at most {MOST} at once.", statements.len()));
        }
        if let Some(long) = statements.iter().find(|text| text.chars().count() > LONGEST_STATEMENT) {
            let start: String = long.chars().take(40).collect();
            problems.add("statement", format!("“{start}…” is too long. Keep each outcome below 500 characters."));
        }
        let (Some(sort), Some(stage)) = (sort, stage) else { return Vec::new() };
        statements
            .iter()
            .map(|statement| Outcome {
                id: OutcomeId(0),
                academic_year: year,
                year_group,
                sort,
                stage,
                thread: thread.clone(),
                statement: statement.clone(),
                position: 0,
                tags: tags.clone(),
            })
            .collect()
    }
}

/// The lines of a paste, without the bullets and numbers that come along from documents.
fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(|line| {
            let line = line.trim().trim_start_matches(['•', '·', '–', '-', '*', '\u{f0b7}']).trim_start();
            let number = line.find(|c: char| !c.is_ascii_digit()).filter(|at| *at > 0 && *at <= 2);
            match number {
                Some(at) if line[at..].starts_with(['.', ')']) => line[at + 1..].trim().to_owned(),
                _ => line.to_owned(),
            }
        })
        .filter(|line| !line.is_empty())
        .collect()
}

impl App {
    /// Adds outcomes to a year group: one for each line.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, the year group is not taught, or the form has problems.
    pub fn add_outcomes(
        &self,
        actor: &Actor,
        view: View,
        year_group: YearGroup,
        form: &OutcomeForm,
    ) -> Result<Vec<OutcomeId>> {
        actor.ask_for_all(Action::Record, view.institution)?;
        let year = self.year_teaching(actor, view, year_group)?;
        let mut problems = Problems::default();
        let outcomes = form.read(&lines(&form.statement), year, year_group, &mut problems);
        problems.check()?;
        self.keep_outcomes(actor, view, outcomes)
    }

    /// Keeps new outcomes of a year, each after those of its year group.
    pub(crate) fn keep_outcomes(&self, actor: &Actor, view: View, outcomes: Vec<Outcome>) -> Result<Vec<OutcomeId>> {
        let year = self.frame(actor, view)?.year;
        let (institution, now) = (view.institution, self.context().now());
        self.store().write(institution, |tx| -> Result<_> {
            tx.wait_turn(institution)?;
            let mut last = std::collections::BTreeMap::new();
            for outcome in store::outcome::list(tx, institution, year)? {
                last.insert(outcome.year_group, outcome.position);
            }
            let mut ids = Vec::new();
            for outcome in &outcomes {
                let position = last.entry(outcome.year_group).or_insert(0);
                *position += 1;
                let id = OutcomeId(self.context().next_id());
                store::outcome::insert(tx, institution, &Outcome { id, position: *position, ..outcome.clone() })?;
                ids.push(id);
            }
            let stored = store::programme::find(tx, institution, year)?;
            store::programme::set(tx, institution, &moved_on(stored, year, now))?;
            let payload = json!({"year": year.to_string(), "outcomes": ids.len()});
            let event = self.event(actor, "outcomes.added", ("programme", None), payload);
            store::audit::record(tx, institution, &event)?;
            Ok(ids)
        })
    }

    /// One outcome with its form.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or there is no such outcome.
    pub fn outcome(&self, actor: &Actor, view: View, id: OutcomeId) -> Result<OutcomePage> {
        actor.ask_for_all(Action::Record, view.institution)?;
        let frame = self.frame(actor, view)?;
        let outcome = self.store().read(view.institution, |tx| store::outcome::find(tx, view.institution, id))?;
        let outcome = outcome.ok_or(Error::NOT_FOUND)?;
        Ok(OutcomePage { frame, year_group: outcome.year_group, form: OutcomeForm::of(&outcome) })
    }

    /// Changes an outcome.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, there is no such outcome, or the form has problems.
    pub fn change_outcome(
        &self,
        actor: &Actor,
        view: View,
        id: OutcomeId,
        form: &OutcomeForm,
    ) -> Result<Saved<OutcomeForm>> {
        actor.ask_for_all(Action::Record, view.institution)?;
        let (institution, now) = (view.institution, self.context().now());
        self.store().write(institution, |tx| -> Result<_> {
            tx.wait_turn(institution)?;
            let before = store::outcome::find(tx, institution, id)?.ok_or(Error::NOT_FOUND)?;
            let year = before.academic_year;
            let mut problems = Problems::default();
            let statement = form.statement.split_whitespace().collect::<Vec<_>>().join(" ");
            let statements: Vec<_> = Some(statement).filter(|text| !text.is_empty()).into_iter().collect();
            let read = form.read(&statements, year, before.year_group, &mut problems);
            problems.check()?;
            let Some(after) = read.into_iter().next() else { return Err(Error::NOT_FOUND) };
            let after = Outcome { id, position: before.position, ..after };
            let (was, is) = (OutcomeForm::of(&before), OutcomeForm::of(&after));
            if !form.seen.is_empty() && form.seen != was.seen && was.seen != is.seen {
                return Ok(Saved::Meanwhile(was));
            }
            let changed = changes(was.fields(), is.fields());
            if changed.names().is_empty() {
                return Ok(Saved::Done);
            }
            let event = self
                .event(actor, "outcome.changed", ("outcome", Some(id.0)), json!({"fields": changed.names()}))
                .with([self.detail(None, &changed)]);
            store::outcome::update(tx, institution, &after)?;
            let stored = store::programme::find(tx, institution, year)?;
            store::programme::set(tx, institution, &moved_on(stored, year, now))?;
            store::audit::record(tx, institution, &event)?;
            Ok(Saved::Done)
        })
    }

    /// Takes an outcome away. Returns its year group and the event that [`App::restore_outcome`] takes back.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or there is no such outcome.
    pub fn remove_outcome(&self, actor: &Actor, view: View, id: OutcomeId) -> Result<(YearGroup, i64)> {
        actor.ask_for_all(Action::Record, view.institution)?;
        let (institution, now) = (view.institution, self.context().now());
        self.store().write(institution, |tx| -> Result<_> {
            tx.wait_turn(institution)?;
            let outcome = store::outcome::find(tx, institution, id)?.ok_or(Error::NOT_FOUND)?;
            let year = outcome.academic_year;
            let served: Vec<_> = store::outcome::serving(tx, institution, year)?
                .into_iter()
                .filter(|(outcome, _)| *outcome == id)
                .map(|(_, activity)| activity.to_string())
                .collect();
            let payload = json!({
                "year": year.start(), "group": outcome.year_group.number(), "position": outcome.position,
                "activities": served,
            });
            let gone = changes(OutcomeForm::of(&outcome).fields(), []);
            let event =
                self.event(actor, "outcome.removed", ("outcome", Some(id.0)), payload).with([self.detail(None, &gone)]);
            store::outcome::delete(tx, institution, id)?;
            let stored = store::programme::find(tx, institution, year)?;
            store::programme::set(tx, institution, &moved_on(stored, year, now))?;
            store::audit::record(tx, institution, &event)?;
            Ok((outcome.year_group, event.id))
        })
    }

    /// Puts an outcome back as it was, with the activities that served it. Returns its year group.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, there is no such event, or the outcome is back already.
    pub fn restore_outcome(&self, actor: &Actor, view: View, id: OutcomeId, event: i64) -> Result<YearGroup> {
        actor.ask_for_all(Action::Record, view.institution)?;
        let (institution, now) = (view.institution, self.context().now());
        self.store().write(institution, |tx| -> Result<_> {
            tx.wait_turn(institution)?;
            let event = store::audit::find(tx, institution, event)?
                .filter(|event| event.action == "outcome.removed" && event.subject_id == Some(id.0));
            let event = event.ok_or(Error::NOT_FOUND)?;
            let (outcome, activities) = removed(&event, id).ok_or(Error::NOT_FOUND)?;
            if store::outcome::find(tx, institution, id)?.is_some() {
                return Err(Error::conflict("The outcome is back already. Nothing was changed."));
            }
            let year = outcome.academic_year;
            store::outcome::insert(tx, institution, &outcome)?;
            for activity in activities {
                if store::activity::find(tx, institution, activity)?.is_some() {
                    store::outcome::serve(tx, institution, id, activity)?;
                }
            }
            let stored = store::programme::find(tx, institution, year)?;
            store::programme::set(tx, institution, &moved_on(stored, year, now))?;
            let event = self.event(actor, "outcome.restored", ("outcome", Some(id.0)), json!({}));
            store::audit::record(tx, institution, &event)?;
            Ok(outcome.year_group)
        })
    }
}

/// The outcome that an event took away, and the activities that served it.
fn removed(event: &store::audit::Event, id: OutcomeId) -> Option<(Outcome, Vec<ActivityId>)> {
    let payload: serde_json::Value = serde_json::from_str(&event.payload).ok()?;
    let change = Change::parse(&event.details.first()?.text);
    let text = |field: &str| change.before(field).unwrap_or_default().to_owned();
    let form = OutcomeForm {
        statement: text("statement"),
        sort: text("sort"),
        stage: text("stage"),
        thread: text("thread"),
        tags: split_list(&text("tags")).map(str::to_owned).collect(),
        own: text("own"),
        seen: String::new(),
    };
    let number = |name: &str| payload[name].as_i64();
    let year = AcademicYear::starting(i16::try_from(number("year")?).ok()?);
    let group = YearGroup::new(i8::try_from(number("group")?).ok()?);
    let mut problems = Problems::default();
    let outcome = form.read(std::slice::from_ref(&form.statement), year, group, &mut problems).into_iter().next()?;
    let position = i32::try_from(number("position")?).ok()?;
    let activities = payload["activities"].as_array()?;
    let activities = activities.iter().filter_map(|id| id.as_str()?.parse().ok()).collect();
    Some((Outcome { id, position, ..outcome }, activities))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_and_numbers_of_a_pasted_list_are_left_behind() {
        let pasted =
            "• Name three sectors\r\n2. Compare two routes\n- 16 to 19 study\n\n  12) Write a CV\n2026 in numbers";
        assert_eq!(
            lines(pasted),
            ["Name three sectors", "Compare two routes", "16 to 19 study", "Write a CV", "2026 in numbers"]
        );
    }
}
