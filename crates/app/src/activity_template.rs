//! What a new activity can begin from: another one, a template of the institution, or one that comes with the product.

use domain::{ActivityId, ActivityTemplateId, InstitutionId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::activity_template::ActivityTemplate;

use crate::{
    Action, ActivityForm, Actor, App, Error, Frame, PlanForm, Problems, Result, View, audit::Change,
    plan::without_marks,
};

/// From what a new activity begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beginning {
    /// Nothing.
    Blank,
    /// Another activity, done again.
    Again(ActivityId),
    /// A template of the institution.
    Template(ActivityTemplateId),
    /// One that comes with the product, by its word.
    Ours(String),
}

/// The templates to choose from.
#[derive(Debug, Clone)]
pub struct Beginnings {
    /// Where.
    pub frame: Frame,
    /// The institution's own: key and name.
    pub own: Vec<(ActivityTemplateId, String)>,
    /// Those that come with the product: word, name, and what it is in a sentence.
    pub ours: Vec<(&'static str, &'static str, &'static str)>,
}

/// A template that comes with the product.
struct Ours {
    word: &'static str,
    name: &'static str,
    about: &'static str,
    kind: &'static str,
    provider_type: &'static str,
    hours: &'static str,
    purpose: &'static str,
    visitor_notes: &'static str,
    risk_notes: &'static str,
}

const VISITORS: &str = "Visitors sign in, wear a badge and are never alone with learners. Tell them who the learners are and what they need.";
const OFF_SITE: &str =
    "Off-site visit: risk assessment, consent, travel, medicines and emergency contacts, who stays with the group.";

const OURS: [Ours; 7] = [
    Ours {
        word: "careers-fair",
        name: "Careers fair",
        about: "Employers and providers in the hall; add each sort of provider as a part.",
        kind: "employer-encounter",
        provider_type: "",
        hours: "",
        purpose: "Every learner speaks with at least two people about work or study that they had not thought of.",
        visitor_notes: VISITORS,
        risk_notes: "",
    },
    Ours {
        word: "college-visit",
        name: "College visit",
        about: "A provider encounter at the provider’s place.",
        kind: "provider-encounter",
        provider_type: "college",
        hours: "",
        purpose: "Learners see a college at work, speak with its learners, and can say what they could study there.",
        visitor_notes: "",
        risk_notes: OFF_SITE,
    },
    Ours {
        word: "employer-talk",
        name: "Employer talk",
        about: "Somebody from work speaks with a year group or a class.",
        kind: "employer-encounter",
        provider_type: "",
        hours: "",
        purpose: "Learners hear what work is like and ask their own questions.",
        visitor_notes: VISITORS,
        risk_notes: "",
    },
    Ours {
        word: "mock-interviews",
        name: "Mock interviews",
        about: "Employers interview each learner and say what went well.",
        kind: "employer-encounter",
        provider_type: "",
        hours: "",
        purpose: "Each learner prepares an application, is interviewed, and hears what to do next.",
        visitor_notes: VISITORS,
        risk_notes: "",
    },
    Ours {
        word: "guidance-day",
        name: "Day of guidance meetings",
        about: "An adviser meets learners one by one.",
        kind: "guidance-meeting",
        provider_type: "",
        hours: "",
        purpose: "Each learner leaves with a next step that they have chosen themselves.",
        visitor_notes: "",
        risk_notes: "",
    },
    Ours {
        word: "workplace-visit",
        name: "Visit to a workplace",
        about: "Learners see work where it is done.",
        kind: "workplace-experience",
        provider_type: "",
        hours: "5",
        purpose: "Learners see what people do at work, try something themselves, and meet different people there.",
        visitor_notes: "",
        risk_notes: OFF_SITE,
    },
    Ours {
        word: "subject-lesson",
        name: "Careers in a subject lesson",
        about: "A lesson that links its subject to work.",
        kind: "curriculum",
        provider_type: "",
        hours: "",
        purpose: "Learners can name work in which this topic is used.",
        visitor_notes: "",
        risk_notes: "",
    },
];

/// What a template keeps: the fields that are the same next time.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    title: String,
    kind: String,
    provider_type: String,
    organisation: String,
    mode: String,
    subject: String,
    hours: String,
    year_groups: String,
    checks: Vec<String>,
    through: String,
    plan: PlanForm,
}

impl Kept {
    fn of(form: ActivityForm, plan: PlanForm) -> Self {
        Self {
            title: form.title,
            kind: form.kind,
            provider_type: form.provider_type,
            organisation: form.organisation,
            mode: form.mode,
            subject: form.subject,
            hours: form.hours,
            year_groups: form.year_groups,
            checks: form.checks,
            through: form.through,
            plan: undated(plan),
        }
    }

    fn forms(self) -> (ActivityForm, PlanForm) {
        let form = ActivityForm {
            title: self.title,
            kind: self.kind,
            provider_type: self.provider_type,
            organisation: self.organisation,
            mode: self.mode,
            subject: self.subject,
            hours: self.hours,
            year_groups: self.year_groups,
            checks: self.checks,
            through: self.through,
            ..ActivityForm::default()
        };
        (form, self.plan)
    }
}

/// A plan for another day, without anything of this one.
fn undated(plan: PlanForm) -> PlanForm {
    PlanForm { ends_on: String::new(), sessions: Vec::new(), outcomes: Vec::new(), learners: String::new(), ..plan }
}

impl App {
    /// The templates that a new activity can begin from.
    ///
    /// # Errors
    /// If the actor may not record here.
    pub fn beginnings(&self, actor: &Actor, view: View) -> Result<Beginnings> {
        actor.ask(Action::Record, view.institution)?;
        let own = self.store().read(view.institution, |tx| store::activity_template::list(tx, view.institution))?;
        Ok(Beginnings {
            frame: self.frame(actor, view)?,
            own: own.into_iter().map(|template| (template.id, template.name)).collect(),
            ours: OURS.iter().map(|ours| (ours.word, ours.name, ours.about)).collect(),
        })
    }

    /// The forms that a new activity begins with.
    ///
    /// # Errors
    /// If the actor may not record here, or there is nothing such to begin from.
    pub fn begin_activity(&self, actor: &Actor, view: View, from: &Beginning) -> Result<(ActivityForm, PlanForm)> {
        actor.ask(Action::Record, view.institution)?;
        let institution = view.institution;
        match from {
            Beginning::Blank => Ok((ActivityForm::default(), PlanForm::default())),
            Beginning::Ours(word) => {
                let ours = OURS.iter().find(|ours| ours.word == word).ok_or(Error::NOT_FOUND)?;
                let form = ActivityForm {
                    title: ours.name.to_owned(),
                    kind: ours.kind.to_owned(),
                    provider_type: ours.provider_type.to_owned(),
                    hours: ours.hours.to_owned(),
                    ..ActivityForm::default()
                };
                let plan = PlanForm {
                    purpose: ours.purpose.to_owned(),
                    visitor_notes: ours.visitor_notes.to_owned(),
                    risk_notes: ours.risk_notes.to_owned(),
                    ..PlanForm::default()
                };
                Ok((form, plan))
            }
            Beginning::Template(id) => {
                let found =
                    self.store().read(institution, |tx| store::activity_template::find(tx, institution, *id))?;
                let kept: Kept = serde_json::from_str(&found.ok_or(Error::NOT_FOUND)?.content).unwrap_or_default();
                Ok(kept.forms())
            }
            Beginning::Again(id) => {
                let (form, plan) = self.activity_forms(actor, view, *id)?;
                let activity = self.activity(actor, view, *id)?.row.activity;
                let again = ActivityForm::from(&without_marks(activity));
                let form = ActivityForm {
                    checks: again.checks,
                    date: String::new(),
                    reference: String::new(),
                    state: String::new(),
                    source: String::new(),
                    ..form
                };
                Ok((form, PlanForm { again: id.to_string(), outcomes: plan.outcomes.clone(), ..undated(plan) }))
            }
        }
    }

    /// Saves an activity as a template of the institution: everything but its days, learners and files.
    ///
    /// # Errors
    /// If the actor may not record here, there is no such activity, or the template has no name.
    pub fn save_template(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        activity: ActivityId,
        name: &str,
    ) -> Result<ActivityTemplateId> {
        actor.ask(Action::Record, institution)?;
        let view = View { institution, as_of: None };
        let (form, plan) = self.begin_activity(actor, view, &Beginning::Again(activity))?;
        let mut problems = Problems::default();
        let name = problems.required("name", name, "what the template is called");
        problems.check()?;
        let plan = PlanForm { again: String::new(), in_charge: String::new(), ..plan };
        let template = ActivityTemplate {
            id: ActivityTemplateId(self.context().next_id()),
            name,
            content: serde_json::to_string(&Kept::of(form, plan)).map_err(Error::fault)?,
            changed_at: self.context().now(),
        };
        self.store().write(institution, |tx| -> Result<_> {
            let event = self.event(actor, "template.saved", ("template", Some(template.id.0)), json!({}));
            store::activity_template::insert(tx, institution, &template)?;
            store::audit::record(tx, institution, &event)?;
            Ok(template.id)
        })
    }

    /// Deletes a template of the institution. Returns the event that [`App::restore_template`] takes back.
    ///
    /// # Errors
    /// If the actor may not record here, or there is no such template.
    pub fn delete_template(&self, actor: &Actor, institution: InstitutionId, id: ActivityTemplateId) -> Result<i64> {
        actor.ask(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<_> {
            let template = store::activity_template::find(tx, institution, id)?.ok_or(Error::NOT_FOUND)?;
            let change = Change::default().with("name", Some(&template.name), None);
            let change = change.with("content", Some(&template.content), None);
            let event = self
                .event(actor, "template.deleted", ("template", Some(id.0)), json!({}))
                .with([self.detail(None, &change)]);
            store::activity_template::delete(tx, institution, id)?;
            store::audit::record(tx, institution, &event)?;
            Ok(event.id)
        })
    }

    /// Puts a deleted template back.
    ///
    /// # Errors
    /// If the actor may not record here, there is no such event, or it is back already.
    pub fn restore_template(&self, actor: &Actor, institution: InstitutionId, event: i64) -> Result<()> {
        actor.ask(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<_> {
            let event = store::audit::find(tx, institution, event)?
                .filter(|event| event.action == "template.deleted")
                .ok_or(Error::NOT_FOUND)?;
            let id = ActivityTemplateId(event.subject_id.ok_or(Error::NOT_FOUND)?);
            let change = event.details.first().map(|detail| Change::parse(&detail.text)).unwrap_or_default();
            let field = |name: &str| change.before(name).map(str::to_owned).ok_or(Error::NOT_FOUND);
            if store::activity_template::find(tx, institution, id)?.is_some() {
                return Err(Error::conflict("The template is back already. Nothing was changed."));
            }
            let (name, content) = (field("name")?, field("content")?);
            let template = ActivityTemplate { id, name, content, changed_at: self.context().now() };
            store::activity_template::insert(tx, institution, &template)?;
            let event = self.event(actor, "template.restored", ("template", Some(id.0)), json!({}));
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }
}
