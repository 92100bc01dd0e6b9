use domain::{Activity, ActivityId, Check, Date, FeedbackId, InstitutionId, LearnerId, ReflectionId, same_name};
use rules::sentence;
use serde_json::json;
use store::{
    Tx,
    link::Link,
    voice::{Feedback, Reflection},
};

use crate::{Action, Actor, App, Error, LinkPurpose, Problems, Result, audit::Change};

/// What a page behind a link says: as little as it takes to know what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoiceRequest {
    /// The institution's name.
    pub institution: String,
    /// The activity's title.
    pub title: String,
    /// Its day.
    pub date: Date,
    /// Boxes that somebody who was there can confirm, with what each says.
    pub boxes: Vec<(Check, &'static str)>,
    /// The last day on which the link works.
    pub until: Option<Date>,
}

/// What a learner thought, as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReflectionForm {
    /// What they learnt.
    pub learnt: String,
    /// 1 to 5; blank is no answer.
    pub rating: String,
    /// What they will do next.
    pub next_step: String,
    /// Whether the easy-read form was used.
    pub is_easy_read: bool,
}

/// What an employer or provider thought, as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedbackForm {
    /// Their name and where they are from; may be blank.
    pub name: String,
    /// 1 to 5; blank is no answer.
    pub rating: String,
    /// What went well.
    pub went_well: String,
    /// What could be better.
    pub better: String,
    /// `yes`, `no` or blank.
    pub would_return: String,
    /// The boxes that they confirm, by their words.
    pub boxes: Vec<String>,
}

/// Longest answer, in characters.
const LONGEST: usize = 2_000;
/// A link is for one cohort; more answers than this are not those of learners who were there.
const MOST_ANSWERS: i32 = 500;

fn rating(text: &str, problems: &mut Problems) -> Option<i64> {
    match text.trim() {
        "" => None,
        text => problems.take(
            "rating",
            text.parse::<i64>()
                .ok()
                .filter(|rating| (1..=5).contains(rating))
                .ok_or_else(|| "Choose one of the five answers.".to_owned()),
        ),
    }
}

fn short(problems: &mut Problems, fields: &[(&'static str, &str)]) {
    for (field, text) in fields {
        if text.chars().count() > LONGEST {
            problems.add(field, "This is too long. Keep it below 2,000 characters.");
        }
    }
}

impl ReflectionForm {
    fn read(&self) -> Result<(String, Option<i64>, String)> {
        let mut problems = Problems::default();
        let rating = rating(&self.rating, &mut problems);
        let (learnt, next) = (self.learnt.trim().to_owned(), self.next_step.trim().to_owned());
        if learnt.is_empty() && rating.is_none() {
            problems.add("learnt", "Write what you learnt, or choose how it was.");
        }
        short(&mut problems, &[("learnt", &learnt), ("next_step", &next)]);
        problems.check()?;
        Ok((learnt, rating, next))
    }
}

impl App {
    /// What a link to a form about an activity is about.
    ///
    /// # Errors
    /// Not found for a link that is none of ours; a conflict that says why for one that has ended.
    pub fn voice_request(&self, institution: InstitutionId, purpose: LinkPurpose, token: &str) -> Result<VoiceRequest> {
        self.store().read(institution, |tx| {
            let (link, _, activity) = self.open_voice(tx, institution, purpose, token)?;
            let confirms = |check: &&Check| {
                purpose == LinkPurpose::Feedback && !matches!(check, Check::Reflection | Check::Feedback)
            };
            let boxes = activity.kind.checklist().iter().filter(confirms);
            Ok(VoiceRequest {
                institution: store::institution::get(tx, institution)?.0.name,
                title: activity.title,
                date: activity.date,
                boxes: boxes.map(|check| (*check, sentence::check_label(*check))).collect(),
                until: link.expires_at.map(|end| self.context().zone().to_datetime(end).date()),
            })
        })
    }

    fn open_voice(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        purpose: LinkPurpose,
        token: &str,
    ) -> Result<(Link, ActivityId, Activity)> {
        let link = self.open_link(tx, institution, purpose, token)?;
        if link.uses >= MOST_ANSWERS {
            return Err(Error::conflict("This link was used as often as it can be. Ask the school for another."));
        }
        let id = link.subject.map(ActivityId).ok_or(Error::NOT_FOUND)?;
        let activity = store::activity::find(tx, institution, id)?
            .ok_or_else(|| Error::conflict("The activity that this link was about is no longer recorded."))?;
        Ok((link, id, activity))
    }

    /// Keeps what a learner thought, sent by link and so without a name.
    ///
    /// # Errors
    /// As [`App::voice_request`]; problems with the form.
    pub fn send_reflection(&self, institution: InstitutionId, token: &str, form: &ReflectionForm) -> Result<()> {
        let read = form.read();
        self.store().write(institution, |tx| -> Result<()> {
            let (link, activity, _) = self.open_voice(tx, institution, LinkPurpose::Reflection, token)?;
            let (learnt, rating, next_step) = read?;
            let one = Reflection {
                id: ReflectionId(self.context().next_id()),
                activity,
                learner: None,
                learnt,
                rating,
                next_step,
                answers: String::new(),
                is_easy_read: form.is_easy_read,
                written_at: self.context().now(),
            };
            store::voice::insert_reflection(tx, institution, &one)?;
            store::link::note_use(tx, institution, link.id, self.context().now())?;
            let event = self.event_by_link(&link, "reflection.sent", ("activity", Some(activity.0)), json!({}));
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// Enters what a learner thought, for them.
    ///
    /// # Errors
    /// If the actor may not record for this learner, there is no such activity, or the form has problems.
    pub fn add_reflection(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        activity: ActivityId,
        learner: LearnerId,
        form: &ReflectionForm,
    ) -> Result<ReflectionId> {
        actor.ask(Action::Record, institution)?;
        self.ask_for_each(actor, Action::Record, institution, [learner])?;
        let read = form.read();
        self.store().write(institution, |tx| -> Result<_> {
            store::activity::get(tx, institution, activity)?;
            let (learnt, rating, next_step) = read?;
            let one = Reflection {
                id: ReflectionId(self.context().next_id()),
                activity,
                learner: Some(learner),
                learnt,
                rating,
                next_step,
                answers: String::new(),
                is_easy_read: form.is_easy_read,
                written_at: self.context().now(),
            };
            store::voice::insert_reflection(tx, institution, &one).map_err(|error| match error {
                store::Error::Depends { .. } => Error::NOT_FOUND,
                other => other.into(),
            })?;
            let payload = json!({"activity": activity.to_string()});
            let event = self.event(actor, "reflection.added", ("learner", Some(learner.0)), payload);
            store::audit::record(tx, institution, &event)?;
            Ok(one.id)
        })
    }

    /// Takes an answer of a learner away, such as one that names somebody.
    ///
    /// # Errors
    /// If the actor may not record here or for the learner who wrote it, or there is no such answer.
    pub fn delete_reflection(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        activity: ActivityId,
        id: ReflectionId,
    ) -> Result<()> {
        actor.ask(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<()> {
            let found = store::voice::reflections(tx, institution, activity)?.into_iter().find(|one| one.id == id);
            let found = found.ok_or(Error::NOT_FOUND)?;
            // Whose it is nobody knows if it has no name: anybody's of the register.
            let register = store::participation::register(tx, institution, activity)?;
            let register = register.into_iter().map(|(learner, _)| learner).filter(|_| found.learner.is_none());
            self.ask_for_each(actor, Action::Record, institution, register.chain(found.learner))?;
            store::voice::delete_reflection(tx, institution, activity, id)?;
            let rating = found.rating.map(|rating| rating.to_string());
            let gone = Change::default()
                .with("learnt", Some(&found.learnt), None)
                .with("rating", rating.as_deref(), None)
                .with("next_step", Some(&found.next_step), None);
            let event = self
                .event(actor, "reflection.deleted", ("activity", Some(activity.0)), json!({"reflection": id.0}))
                .with([self.detail(found.learner, &gone)]);
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// Keeps what an employer or provider thought, sent by link.
    ///
    /// # Errors
    /// As [`App::voice_request`]; problems with the form.
    pub fn send_feedback(&self, institution: InstitutionId, token: &str, form: &FeedbackForm) -> Result<()> {
        let mut problems = Problems::default();
        let rating = rating(&form.rating, &mut problems);
        let (went_well, better) = (form.went_well.trim(), form.better.trim());
        if went_well.is_empty() && better.is_empty() && rating.is_none() {
            problems.add("went_well", "Write what went well, or choose how it was.");
        }
        short(&mut problems, &[("went_well", went_well), ("better", better), ("name", &form.name)]);
        self.store().write(institution, |tx| -> Result<()> {
            let (link, id, activity) = self.open_voice(tx, institution, LinkPurpose::Feedback, token)?;
            problems.check()?;
            let organisation = match &activity.organisation {
                Some(name) => store::organisation::find_by_name(tx, institution, &same_name(name))?.map(|one| one.id),
                None => None,
            };
            let boxes: Vec<Check> = form.boxes.iter().filter_map(|word| word.parse().ok()).collect();
            let confirmed = activity.kind.checklist().iter().filter(|check| boxes.contains(check));
            let name = Some(form.name.trim().chars().take(200).collect::<String>()).filter(|name| !name.is_empty());
            let one = Feedback {
                id: FeedbackId(self.context().next_id()),
                activity: Some(id),
                placement: None,
                learner: None,
                organisation,
                name: name.or_else(|| link.label.clone()),
                rating,
                went_well: went_well.to_owned(),
                better: better.to_owned(),
                answers: confirmed.map(|check| check.word()).collect::<Vec<_>>().join(" "),
                would_return: domain::parse_yes_no(&form.would_return),
                written_at: self.context().now(),
            };
            store::voice::insert_feedback(tx, institution, &one)?;
            store::link::note_use(tx, institution, link.id, self.context().now())?;
            let event = self.event_by_link(&link, "feedback.sent", ("activity", Some(id.0)), json!({}));
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }
}
