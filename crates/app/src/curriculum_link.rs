//! Where the lessons of a subject link to careers, written down by whoever leads it.

use domain::{
    Activity, ActivityId, ActivityState, Checks, CurriculumLinkId, Kind, Mode, ParticipationStatus, YearGroup,
};
use serde_json::json;
use store::{curriculum_link::CurriculumLink, participation::Entry};

use crate::{
    Action, ActivityForm, Actor, App, Error, Frame, Problems, Refusal, Result, View,
    audit::{Change, changes},
    curriculum_map::{Taught, Writes, takers},
};

/// A link as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CurriculumLinkForm {
    /// The subject.
    pub subject: String,
    /// The year group.
    pub year_group: String,
    /// The term, 1 to 3; may be blank.
    pub term: String,
    /// The topic or unit.
    pub topic: String,
    /// How it links to careers.
    pub about: String,
    /// Who teaches it; may be blank.
    pub teacher: String,
}

/// A link with its form.
#[derive(Debug, Clone)]
pub struct CurriculumLinkPage {
    /// Where it is.
    pub frame: Frame,
    /// The subject.
    pub subject: String,
    /// The year group.
    pub year_group: YearGroup,
    /// What it says.
    pub form: CurriculumLinkForm,
}

impl CurriculumLinkForm {
    fn of(link: &CurriculumLink) -> Self {
        Self {
            subject: link.subject.clone(),
            year_group: link.year_group.to_string(),
            term: link.term.map_or(String::new(), |term| term.to_string()),
            topic: link.topic.clone(),
            about: link.about.clone(),
            teacher: link.teacher.clone().unwrap_or_default(),
        }
    }

    fn fields(&self) -> [(&'static str, String); 6] {
        [
            ("subject", self.subject.clone()),
            ("year_group", self.year_group.clone()),
            ("term", self.term.clone()),
            ("topic", self.topic.clone()),
            ("about", self.about.clone()),
            ("teacher", self.teacher.clone()),
        ]
    }

    fn check(&self) -> Result<(Option<i16>, String, String, Option<String>)> {
        let mut problems = Problems::default();
        let topic = problems.required("topic", &self.topic, "the topic or unit");
        let about = problems.required("about", &self.about, "how it links to careers");
        for (field, text, most) in [("topic", &topic, 200), ("about", &about, 4_000)] {
            if text.chars().count() > most {
                problems.add(field, format!("This is too long. Keep it below {most} characters."));
            }
        }
        let term = match self.term.trim() {
            "" => None,
            text => problems.take(
                "term",
                text.parse::<i16>()
                    .ok()
                    .filter(|term| (1..=3).contains(term))
                    .ok_or_else(|| "Choose a term.".to_owned()),
            ),
        };
        let teacher = Some(self.teacher.trim().to_owned()).filter(|name| !name.is_empty());
        problems.check()?;
        Ok((term, topic, about, teacher))
    }
}

impl App {
    /// Writes down where a subject links to careers.
    ///
    /// # Errors
    /// If the actor may not write in this subject, the form has problems, or the year group does not take the subject.
    pub fn add_curriculum_link(
        &self,
        actor: &Actor,
        view: View,
        form: &CurriculumLinkForm,
    ) -> Result<CurriculumLinkId> {
        actor.ask(Action::Record, view.institution)?;
        let (term, topic, about, teacher) = form.check()?;
        let scene = self.scene(actor, view)?;
        let year_group: Option<YearGroup> = form.year_group.parse().ok();
        let taught = Taught::of(&scene);
        let subject = year_group.and_then(|year| taught.find(&form.subject, year));
        let (Some(year_group), Some(subject)) = (year_group, subject) else {
            return Err(Error::problem("subject", "This year group does not take such a subject."));
        };
        self.ask_to_write_links(actor, &scene, subject)?;
        let link = CurriculumLink {
            id: CurriculumLinkId(self.context().next_id()),
            academic_year: scene.frame.year,
            year_group,
            subject: subject.to_owned(),
            term,
            topic,
            about,
            teacher,
            account: actor.account(),
            activity: None,
            changed_at: self.context().now(),
        };
        let changed = changes([], CurriculumLinkForm::of(&link).fields());
        self.keep_link(actor, view, &link, "curriculum-link.added", &changed)?;
        Ok(link.id)
    }

    /// A link with its form.
    ///
    /// # Errors
    /// If there is no such link, or the actor may not write in its subject.
    pub fn curriculum_link(&self, actor: &Actor, view: View, id: CurriculumLinkId) -> Result<CurriculumLinkPage> {
        let (frame, link) = self.own_link(actor, view, id)?;
        let form = CurriculumLinkForm::of(&link);
        Ok(CurriculumLinkPage { frame, subject: link.subject, year_group: link.year_group, form })
    }

    /// Changes a link. Its subject and year group stay.
    ///
    /// # Errors
    /// As [`App::curriculum_link`], and if the form has problems.
    pub fn change_curriculum_link(
        &self,
        actor: &Actor,
        view: View,
        id: CurriculumLinkId,
        form: &CurriculumLinkForm,
    ) -> Result<()> {
        let (_, before) = self.own_link(actor, view, id)?;
        let (term, topic, about, teacher) = form.check()?;
        let changed_at = self.context().now();
        let after = CurriculumLink { term, topic, about, teacher, changed_at, ..before.clone() };
        let changed = changes(CurriculumLinkForm::of(&before).fields(), CurriculumLinkForm::of(&after).fields());
        self.keep_link(actor, view, &after, "curriculum-link.changed", &changed)
    }

    /// Takes a link away; what was recorded for learners stays. Returns it, and the event that
    /// [`App::restore_curriculum_link`] takes back.
    ///
    /// # Errors
    /// As [`App::curriculum_link`].
    pub fn remove_curriculum_link(
        &self,
        actor: &Actor,
        view: View,
        id: CurriculumLinkId,
    ) -> Result<(CurriculumLink, i64)> {
        let (_, link) = self.own_link(actor, view, id)?;
        let gone = changes(CurriculumLinkForm::of(&link).fields(), []);
        let payload = json!({
            "year": link.academic_year.start(), "activity": link.activity.map(|activity| activity.to_string()),
        });
        let event = self
            .event(actor, "curriculum-link.removed", ("curriculum-link", Some(id.0)), payload)
            .with([self.detail(None, &gone)]);
        self.store().write(view.institution, |tx| -> Result<_> {
            store::curriculum_link::delete(tx, view.institution, id)?;
            Ok(store::audit::record(tx, view.institution, &event)?)
        })?;
        Ok((link, event.id))
    }

    /// Puts a link back as it was.
    ///
    /// # Errors
    /// If there is no such event, the actor may not write in its subject, or the link is back already.
    pub fn restore_curriculum_link(
        &self,
        actor: &Actor,
        view: View,
        id: CurriculumLinkId,
        event: i64,
    ) -> Result<CurriculumLink> {
        actor.ask(Action::Record, view.institution)?;
        let scene = self.scene(actor, view)?;
        let found = self.store().read(view.institution, |tx| -> Result<_> {
            let event = store::audit::find(tx, view.institution, event)?
                .filter(|event| event.action == "curriculum-link.removed" && event.subject_id == Some(id.0));
            let is_back = store::curriculum_link::find(tx, view.institution, id)?.is_some();
            Ok((event.ok_or(Error::NOT_FOUND)?, is_back))
        })?;
        let link = self.removed_link(actor, &found.0, id).ok_or(Error::NOT_FOUND)?;
        self.ask_to_write_links(actor, &scene, &link.subject)?;
        if found.1 {
            return Err(Error::conflict("It is back already. Nothing was changed."));
        }
        self.keep_link(actor, view, &link, "curriculum-link.restored", &Change::default())?;
        Ok(link)
    }

    /// Records the lesson of a link for those of the year group who take the subject, as far as the actor may mark them: a
    /// curriculum activity on this day, attended if the day has come, invited if not. Returns the activity and how many
    /// learners it is for.
    ///
    /// # Errors
    /// As [`App::curriculum_link`]; a conflict if it is recorded already; a problem if there is no such day in the year, or
    /// nobody takes the subject.
    pub fn record_curriculum_link(
        &self,
        actor: &Actor,
        view: View,
        id: CurriculumLinkId,
        held_on: &str,
    ) -> Result<(ActivityId, usize)> {
        let (frame, link) = self.own_link(actor, view, id)?;
        actor.ask(Action::MarkRegisters, view.institution)?;
        let scene = self.scene(actor, view)?;
        if link.activity.is_some_and(|activity| scene.held.activity_index(activity).is_some()) {
            return Err(Error::conflict("This lesson is recorded already. Open its register to change who was there."));
        }
        let (first, last) = frame.year_span;
        let day = domain::date::parse(held_on).filter(|day| (first..=last).contains(day));
        let Some(day) = day else {
            let span = format!("from {} to {}", domain::date::long(first), domain::date::long(last));
            return Err(Error::problem("held_on", format!("Enter the day of the lesson, {span}.")));
        };
        let scope = actor.scope(Action::MarkRegisters, view.institution)?;
        // Those who were on roll and took it on the day of the lesson, whenever it is written down.
        let on_day = self.scene(actor, View { as_of: Some(day), ..view })?;
        let all = takers(&on_day, &link.subject, link.year_group);
        let learners: Vec<_> = all.into_iter().filter(|learner| scope.admits(&scene.candidate(*learner))).collect();
        if learners.is_empty() {
            return Err(Error::problem("held_on", "Nobody whom you may mark takes this subject in this year group."));
        }
        let status = match day <= frame.today {
            true => ParticipationStatus::Attended,
            false => ParticipationStatus::Invited,
        };
        let activity = ActivityId(self.context().next_id());
        let lesson = Activity {
            reference: format!("A{activity}"),
            title: format!("{}: {}", link.subject, link.topic),
            date: day,
            kind: Kind::Curriculum,
            provider_type: None,
            organisation: None,
            mode: Mode::InPerson,
            subject: Some(link.subject.clone()),
            hours: None,
            year_groups: Default::default(),
            checks: Checks::NONE,
            through: None,
            source: None,
            state: ActivityState::Planned,
        };
        let entries: Vec<_> =
            learners.iter().map(|index| Entry { learner: scene.held.learner_id(*index), activity, status }).collect();
        let changed: Vec<_> = entries.iter().map(|entry| (entry.learner, None, Some(status))).collect();
        let added = self
            .event(actor, "activity.added", ("activity", Some(activity.0)), json!({"kind": Kind::Curriculum.word()}))
            .with([self.detail(None, &changes([], ActivityForm::from(&lesson).fields()))]);
        let marked = self
            .event(actor, "register.marked", ("activity", Some(activity.0)), json!({"marks": entries.len()}))
            .with(self.mark_details(&changed));
        let payload = json!({"learners": entries.len(), "activity": activity.to_string()});
        let recorded = self.event(actor, "curriculum-link.recorded", ("curriculum-link", Some(id.0)), payload);
        self.store().write(view.institution, |tx| -> Result<_> {
            tx.advance(view.institution)?;
            // Two clicks make one lesson.
            let now = store::curriculum_link::find(tx, view.institution, id)?.ok_or(Error::NOT_FOUND)?;
            if now.activity != link.activity {
                return Err(Error::conflict(
                    "This lesson is recorded already. Open its register to change who was there.",
                ));
            }
            store::activity::insert(tx, view.institution, activity, &lesson)?;
            store::participation::set_many(tx, view.institution, &entries)?;
            let link = CurriculumLink { activity: Some(activity), changed_at: self.context().now(), ..now };
            store::curriculum_link::set(tx, view.institution, &link)?;
            for event in [&added, &marked, &recorded] {
                store::audit::record(tx, view.institution, event)?;
            }
            Ok(())
        })?;
        Ok((activity, entries.len()))
    }

    /// A link in whose subject the actor may write.
    fn own_link(&self, actor: &Actor, view: View, id: CurriculumLinkId) -> Result<(Frame, CurriculumLink)> {
        actor.ask(Action::Record, view.institution)?;
        let scene = self.scene(actor, view)?;
        let link = self.store().read(view.institution, |tx| store::curriculum_link::find(tx, view.institution, id))?;
        let link = link.ok_or(Error::NOT_FOUND)?;
        self.ask_to_write_links(actor, &scene, &link.subject)?;
        Ok((scene.frame, link))
    }

    fn ask_to_write_links(&self, actor: &Actor, scene: &crate::frame::Scene<'_>, subject: &str) -> Result<()> {
        let (_, leads) = self.links_and_leads(scene)?;
        let may = Writes::of(actor, scene.frame.institution.id, &leads)?.has(subject);
        if may { Ok(()) } else { Err(Refusal::NotAllowed.into()) }
    }

    fn keep_link(
        &self,
        actor: &Actor,
        view: View,
        link: &CurriculumLink,
        action: &str,
        changed: &Change,
    ) -> Result<()> {
        let payload = json!({"fields": changed.names()});
        let event =
            self.event(actor, action, ("curriculum-link", Some(link.id.0)), payload).with([self.detail(None, changed)]);
        self.store().write(view.institution, |tx| -> Result<_> {
            store::curriculum_link::set(tx, view.institution, link)?;
            Ok(store::audit::record(tx, view.institution, &event)?)
        })
    }

    /// The link that an event took away.
    fn removed_link(&self, actor: &Actor, event: &store::audit::Event, id: CurriculumLinkId) -> Option<CurriculumLink> {
        let payload: serde_json::Value = serde_json::from_str(&event.payload).ok()?;
        let change = Change::parse(&event.details.first()?.text);
        let text = |field: &str| change.before(field).unwrap_or_default().to_owned();
        let year = i16::try_from(payload["year"].as_i64()?).ok()?;
        Some(CurriculumLink {
            id,
            academic_year: domain::AcademicYear::starting(year),
            year_group: text("year_group").parse().ok()?,
            subject: text("subject"),
            term: text("term").parse().ok(),
            topic: text("topic"),
            about: text("about"),
            teacher: Some(text("teacher")).filter(|name| !name.is_empty()),
            account: actor.account(),
            activity: payload["activity"].as_str().and_then(|id| id.parse().ok()),
            changed_at: self.context().now(),
        })
    }
}
