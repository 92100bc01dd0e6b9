use domain::{
    Date, DutyId, InstitutionId,
    duty::{DutyPost, FIELDS},
};
use serde_json::json;
use store::{Tx, duty::Duty};

use super::next;
use crate::{
    Action, Actor, App, Error, Problems, Result,
    audit::{Change, changes},
    programme::fingerprint,
};

const CHANGED: &str = "duty.changed";

/// A responsibility as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DutyForm {
    /// Whose it is, by the word of a post.
    pub post: String,
    /// Of a careers leader's: the field.
    pub field: String,
    /// What is done.
    pub title: String,
    /// Who does it; may be blank.
    pub owner: String,
    /// What shows it; may be blank.
    pub evidence: String,
    /// When it was last done; may be blank.
    pub last_done: String,
    /// How often, in months; may be blank.
    pub every_months: String,
    /// What the writer saw; blank asks no question.
    pub seen: String,
}

/// That it was done, as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DutyDone {
    /// What shows it; blank keeps what was there.
    pub evidence: String,
    /// When; blank is today.
    pub on: String,
}

impl DutyForm {
    pub(super) fn of(duty: &Duty) -> Self {
        let mut form = Self {
            post: duty.post.clone(),
            field: duty.field.clone().unwrap_or_default(),
            title: duty.title.clone(),
            owner: duty.owner.clone().unwrap_or_default(),
            evidence: duty.evidence.clone(),
            last_done: duty.last_done.map_or(String::new(), |day| day.to_string()),
            every_months: duty.every_months.map_or(String::new(), |months| months.to_string()),
            seen: String::new(),
        };
        let fields = form.fields();
        form.seen = fingerprint(&fields.each_ref().map(|(_, text)| text.as_str()));
        form
    }

    pub(super) fn fields(&self) -> [(&'static str, String); 7] {
        [
            ("post", self.post.clone()),
            ("field", self.field.clone()),
            ("title", self.title.clone()),
            ("owner", self.owner.clone()),
            ("evidence", self.evidence.clone()),
            ("last_done", self.last_done.clone()),
            ("every_months", self.every_months.clone()),
        ]
    }

    /// What the form makes of a responsibility.
    fn read(&self, before: &Duty, today: Date) -> Result<Duty> {
        let mut problems = Problems::default();
        let post = DutyPost::from_word(&self.post).map(DutyPost::word);
        let post = problems.take("post", post.ok_or_else(|| "Choose whose responsibility it is.".to_owned()));
        let title = problems.required("title", &self.title, "what is done");
        let field = match self.field.trim() {
            "" => None,
            _ if post != Some(DutyPost::CareersLeader.word()) => None,
            word => problems.take(
                "field",
                FIELDS.iter().find(|(known, _)| *known == word).ok_or_else(|| "Choose a field.".to_owned()),
            ),
        };
        let last_done = day(&self.last_done, "last_done", today, &mut problems);
        let every_months = match self.every_months.trim() {
            "" => None,
            text => problems.take(
                "every_months",
                text.parse::<i16>()
                    .ok()
                    .filter(|months| (1..=60).contains(months))
                    .ok_or_else(|| "Enter a number of months from 1 to 60, or leave it blank.".to_owned()),
            ),
        };
        for (name, text, most) in
            [("title", &self.title, 300), ("owner", &self.owner, 200), ("evidence", &self.evidence, 2_000)]
        {
            if text.chars().count() > most {
                problems.add(name, format!("This is too long. Keep it below {most} characters."));
            }
        }
        problems.check()?;
        Ok(Duty {
            post: post.unwrap_or_default().to_owned(),
            field: field.map(|(word, _)| (*word).to_owned()),
            title,
            owner: Some(self.owner.trim().to_owned()).filter(|owner| !owner.is_empty()),
            evidence: self.evidence.replace("\r\n", "\n").trim().to_owned(),
            last_done,
            every_months,
            next_due: next(last_done, every_months),
            ..before.clone()
        })
    }
}

fn day(text: &str, field: &'static str, today: Date, problems: &mut Problems) -> Option<Date> {
    match text.trim() {
        "" => None,
        text => problems.take(
            field,
            domain::date::parse(text)
                .filter(|day| *day <= today)
                .ok_or_else(|| "Enter a day such as 12/11/2026, not one to come.".to_owned()),
        ),
    }
}

impl App {
    /// Adds a responsibility of the institution's own.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or the form has problems.
    pub fn add_duty(&self, actor: &Actor, institution: InstitutionId, form: &DutyForm) -> Result<DutyId> {
        actor.ask_for_all(Action::Record, institution)?;
        let (today, now) = (self.context().today(), self.context().now());
        let id = DutyId(self.context().next_id());
        let blank = Duty {
            id,
            pack_key: None,
            post: String::new(),
            field: None,
            title: String::new(),
            owner: None,
            account: actor.account(),
            evidence: String::new(),
            last_done: None,
            every_months: None,
            next_due: None,
            position: 1_000,
            is_hidden: false,
            changed_at: now,
        };
        let duty = form.read(&blank, today)?;
        self.store().write(institution, |tx| {
            let event = self
                .event(actor, "duty.added", ("duty", Some(id.0)), json!({}))
                .with([self.detail(None, &changes([], DutyForm::of(&duty).fields()))]);
            store::duty::set(tx, institution, &duty)?;
            store::audit::record(tx, institution, &event)
        })?;
        Ok(id)
    }

    /// Changes a responsibility; a standard one becomes the institution's own. Returns the event that [`App::restore_duty`] takes
    /// back, or none if nothing changed.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, there is no such responsibility, the form has problems, or somebody
    /// else changed it meanwhile.
    pub fn change_duty(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        key: &str,
        form: &DutyForm,
    ) -> Result<Option<i64>> {
        let today = self.context().today();
        self.turn_duty(actor, institution, key, |before| {
            let after = form.read(before, today)?;
            if !form.seen.is_empty() && form.seen != DutyForm::of(before).seen && after != *before {
                return Err(Error::conflict(
                    "Somebody else changed this meanwhile, so nothing was saved. Go back to keep what you typed, and look at it again.",
                ));
            }
            Ok(after)
        })
    }

    /// Notes that a responsibility was done, with what shows it. Returns the event that [`App::restore_duty`] takes back.
    ///
    /// # Errors
    /// As [`App::change_duty`].
    pub fn mark_duty_done(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        key: &str,
        done: &DutyDone,
    ) -> Result<Option<i64>> {
        let today = self.context().today();
        let mut problems = Problems::default();
        let on = day(&done.on, "on", today, &mut problems).unwrap_or(today);
        if done.evidence.chars().count() > 2_000 {
            problems.add("evidence", "This is too long. Keep it below 2,000 characters.");
        }
        let problems = problems.check();
        self.turn_duty(actor, institution, key, |before| {
            problems?;
            let evidence = done.evidence.replace("\r\n", "\n").trim().to_owned();
            let evidence = if evidence.is_empty() { before.evidence.clone() } else { evidence };
            let next_due = next(Some(on), before.every_months);
            Ok(Duty { evidence, last_done: Some(on), next_due, ..before.clone() })
        })
    }

    /// Leaves a responsibility out, or shows it again. Returns the event that [`App::restore_duty`] takes back.
    ///
    /// # Errors
    /// As [`App::change_duty`].
    pub fn hide_duty(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        key: &str,
        is_hidden: bool,
    ) -> Result<Option<i64>> {
        self.turn_duty(actor, institution, key, |before| Ok(Duty { is_hidden, ..before.clone() }))
    }

    /// Takes a change of a responsibility back, as far as nothing of it was changed since.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, there is no such event, or it was changed since.
    pub fn restore_duty(&self, actor: &Actor, institution: InstitutionId, key: &str, event: i64) -> Result<()> {
        actor.ask_for_all(Action::Record, institution)?;
        let event = self.store().read(institution, |tx| store::audit::find(tx, institution, event))?;
        let event = event.filter(|event| event.action == CHANGED).ok_or(Error::NOT_FOUND)?;
        let payload: serde_json::Value = serde_json::from_str(&event.payload).map_err(Error::fault)?;
        if payload["key"] != key {
            return Err(Error::NOT_FOUND);
        }
        let change = event.details.first().map(|detail| Change::parse(&detail.text)).ok_or(Error::NOT_FOUND)?;
        self.turn_duty(actor, institution, key, |now| {
            let touched = |name: &str| change.names().contains(&name);
            let mut fields = DutyForm::of(now).fields().to_vec();
            fields.push(("shown", shown(now)));
            if fields.iter().any(|(name, value)| touched(name) && change.after(name).unwrap_or_default() != value) {
                return Err(Error::conflict("This was changed again since, so it stays as it is now."));
            }
            let was = |name: &str, now: Option<String>| match touched(name) {
                true => change.before(name).map(str::to_owned),
                false => now,
            };
            let text = |day: Option<Date>| day.map(|day| day.to_string());
            let last_done = was("last_done", text(now.last_done)).and_then(|day| day.parse().ok());
            let months = was("every_months", now.every_months.map(|months| months.to_string()));
            let every_months = months.and_then(|months| months.parse().ok());
            Ok(Duty {
                post: was("post", Some(now.post.clone())).unwrap_or_default(),
                field: was("field", now.field.clone()),
                title: was("title", Some(now.title.clone())).unwrap_or_default(),
                owner: was("owner", now.owner.clone()),
                evidence: was("evidence", Some(now.evidence.clone())).unwrap_or_default(),
                last_done,
                every_months,
                next_due: next(last_done, every_months),
                is_hidden: was("shown", Some(shown(now))).as_deref() == Some("left out"),
                ..now.clone()
            })
        })?;
        Ok(())
    }

    /// Makes another responsibility of one, and notes what changed.
    fn turn_duty(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        key: &str,
        turn: impl FnOnce(&Duty) -> Result<Duty>,
    ) -> Result<Option<i64>> {
        actor.ask_for_all(Action::Record, institution)?;
        self.store().write(institution, |tx: &mut Tx<'_>| {
            tx.wait_turn(institution)?;
            let (details, _) = store::institution::get(tx, institution)?;
            let kept = store::duty::list(tx, institution)?;
            let held = self.held_duties(details.kind, kept).into_iter().find(|one| one.key() == key);
            let held = held.ok_or(Error::NOT_FOUND)?;
            let after = turn(&held.duty)?;
            let fields = |duty: &Duty| DutyForm::of(duty).fields().into_iter().chain([("shown", shown(duty))]);
            let changed = changes(fields(&held.duty), fields(&after));
            if changed.names().is_empty() {
                return Ok(None);
            }
            let id = if held.is_kept { held.duty.id } else { DutyId(self.context().next_id()) };
            let after = Duty { id, account: actor.account(), changed_at: self.context().now(), ..after };
            let payload = json!({"key": key, "fields": changed.names()});
            let event = self.event(actor, CHANGED, ("duty", Some(id.0)), payload).with([self.detail(None, &changed)]);
            store::duty::set(tx, institution, &after)?;
            store::audit::record(tx, institution, &event)?;
            Ok(Some(event.id))
        })
    }
}

fn shown(duty: &Duty) -> String {
    if duty.is_hidden { "left out" } else { "shown" }.to_owned()
}
