//! What staff learnt about careers: part of Benchmark 4, and evidence for it.

use domain::{Hours, InstitutionId, StaffTrainingId};
use serde_json::json;
use store::staff_training::StaffTraining;

use crate::{
    Action, Actor, App, Error, Frame, Problems, Result, View,
    audit::{Change, changes},
};

/// What staff learnt in a year.
#[derive(Debug, Clone)]
pub struct StaffTrainingPage {
    /// Where it is.
    pub frame: Frame,
    /// The latest first.
    pub trainings: Vec<StaffTraining>,
    /// Whether the reader may add to it.
    pub may_write: bool,
    /// Whether the reader may confirm that it is so, with this as evidence.
    pub may_confirm: bool,
}

/// Something that staff learnt, as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StaffTrainingForm {
    /// When.
    pub held_on: String,
    /// What it was about, in a few words.
    pub title: String,
    /// Who gave it; may be blank.
    pub provider: String,
    /// For whom it was.
    pub audience: String,
    /// How many came.
    pub attended: String,
    /// How many hours it took; may be blank.
    pub hours: String,
    /// What was learnt; may be blank.
    pub about: String,
}

impl StaffTrainingForm {
    fn of(training: &StaffTraining) -> Self {
        Self {
            held_on: training.held_on.to_string(),
            title: training.title.clone(),
            provider: training.provider.clone().unwrap_or_default(),
            audience: training.audience.clone(),
            attended: training.attended.to_string(),
            hours: training.hours.map_or(String::new(), |hours| hours.to_string()),
            about: training.about.clone(),
        }
    }

    fn fields(&self) -> [(&'static str, String); 7] {
        [
            ("held_on", self.held_on.clone()),
            ("title", self.title.clone()),
            ("provider", self.provider.clone()),
            ("audience", self.audience.clone()),
            ("attended", self.attended.clone()),
            ("hours", self.hours.clone()),
            ("about", self.about.clone()),
        ]
    }
}

impl App {
    /// What staff learnt about careers in the view's year.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn staff_training(&self, actor: &Actor, view: View) -> Result<StaffTrainingPage> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let frame = self.frame(actor, view)?;
        let trainings = self
            .store()
            .read(view.institution, |tx| store::staff_training::list(tx, view.institution, frame.year_span))?;
        Ok(StaffTrainingPage {
            trainings,
            may_write: actor.ask_for_all(Action::Record, view.institution).is_ok(),
            may_confirm: actor.ask_for_all(Action::Confirm, view.institution).is_ok(),
            frame,
        })
    }

    /// What the year's record of staff development says, as evidence for Benchmark 4; blank without any.
    ///
    /// # Errors
    /// As [`App::staff_training`].
    pub fn staff_training_evidence(&self, actor: &Actor, view: View) -> Result<String> {
        let page = self.staff_training(actor, view)?;
        let line = |one: &StaffTraining| {
            let on = domain::date::long(one.held_on);
            format!("{on}: {} ({}, {} came)", one.title, one.audience, one.attended)
        };
        Ok(page.trainings.iter().rev().map(line).collect::<Vec<_>>().join("\n"))
    }

    /// Records something that staff learnt.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or the form has problems.
    pub fn add_staff_training(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        form: &StaffTrainingForm,
    ) -> Result<StaffTrainingId> {
        actor.ask_for_all(Action::Record, institution)?;
        let id = StaffTrainingId(self.context().next_id());
        let training = self.training(id, form)?;
        self.keep_training(actor, institution, &training, "staff-training.added")?;
        Ok(id)
    }

    /// Takes a record away. Returns the event that [`App::restore_staff_training`] takes back.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or there is no such record.
    pub fn remove_staff_training(&self, actor: &Actor, institution: InstitutionId, id: StaffTrainingId) -> Result<i64> {
        actor.ask_for_all(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<_> {
            let training = store::staff_training::find(tx, institution, id)?.ok_or(Error::NOT_FOUND)?;
            let gone = changes(StaffTrainingForm::of(&training).fields(), []);
            let event = self
                .event(actor, "staff-training.removed", ("staff-training", Some(id.0)), json!({}))
                .with([self.detail(None, &gone)]);
            store::staff_training::delete(tx, institution, id)?;
            store::audit::record(tx, institution, &event)?;
            Ok(event.id)
        })
    }

    /// Puts a record back as it was.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, there is no such event, or the record is back already.
    pub fn restore_staff_training(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: StaffTrainingId,
        event: i64,
    ) -> Result<()> {
        actor.ask_for_all(Action::Record, institution)?;
        let (event, is_back) = self.store().read(institution, |tx| -> Result<_> {
            let event = store::audit::find(tx, institution, event)?
                .filter(|event| event.action == "staff-training.removed" && event.subject_id == Some(id.0));
            Ok((event.ok_or(Error::NOT_FOUND)?, store::staff_training::find(tx, institution, id)?.is_some()))
        })?;
        if is_back {
            return Err(Error::conflict("It is back already. Nothing was changed."));
        }
        let change = event.details.first().map(|detail| Change::parse(&detail.text)).ok_or(Error::NOT_FOUND)?;
        let text = |field: &str| change.before(field).unwrap_or_default().to_owned();
        let form = StaffTrainingForm {
            held_on: text("held_on"),
            title: text("title"),
            provider: text("provider"),
            audience: text("audience"),
            attended: text("attended"),
            hours: text("hours"),
            about: text("about"),
        };
        let training = self.training(id, &form)?;
        self.keep_training(actor, institution, &training, "staff-training.restored")
    }

    fn keep_training(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        training: &StaffTraining,
        action: &str,
    ) -> Result<()> {
        let event = self
            .event(actor, action, ("staff-training", Some(training.id.0)), json!({"attended": training.attended}))
            .with([self.detail(None, &changes([], StaffTrainingForm::of(training).fields()))]);
        self.store().write(institution, |tx| -> Result<_> {
            store::staff_training::insert(tx, institution, training)?;
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    fn training(&self, id: StaffTrainingId, form: &StaffTrainingForm) -> Result<StaffTraining> {
        let today = self.context().today();
        let mut problems = Problems::default();
        let held_on = problems.take(
            "held_on",
            domain::date::parse(&form.held_on)
                .filter(|day| *day <= today)
                .ok_or_else(|| "Enter the day, such as 12/11/2026; not one to come.".to_owned()),
        );
        let title = problems.required("title", &form.title, "what it was about");
        let audience = problems.required("audience", &form.audience, "for whom it was");
        let attended = problems.take(
            "attended",
            form.attended
                .trim()
                .parse::<u32>()
                .ok()
                .filter(|number| *number <= 100_000)
                .ok_or_else(|| "Enter how many came, as a number.".to_owned()),
        );
        let hours = match form.hours.trim() {
            "" => None,
            text => problems.take(
                "hours",
                text.parse::<Hours>().map_err(|_| "Enter hours as a number such as 1 or 1.5.".to_owned()),
            ),
        };
        for (field, text, most) in [
            ("title", &form.title, 200),
            ("audience", &form.audience, 200),
            ("provider", &form.provider, 200),
            ("about", &form.about, 4_000),
        ] {
            if text.chars().count() > most {
                problems.add(field, format!("This is too long. Keep it below {most} characters."));
            }
        }
        problems.check()?;
        let provider = Some(form.provider.trim().to_owned()).filter(|name| !name.is_empty());
        Ok(StaffTraining {
            id,
            held_on: held_on.unwrap_or(today),
            title,
            provider,
            audience,
            attended: attended.unwrap_or(0),
            hours,
            about: form.about.replace("\r\n", "\n").trim().to_owned(),
            changed_at: self.context().now(),
        })
    }
}
