//! Links by which somebody without an account marks one register, or one form of it, for a day or two.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::{ActivityId, ActivityIndex, Date, InstitutionId, LinkId};
use jiff::{Timestamp, civil::Time};
use serde_json::json;
use store::Within;

use crate::{
    Action, ActivityRow, Actor, App, Error, Frame, LinkPurpose, Mark, Marked, Problems, RegisterRow, Result, Token,
    View,
    activity::{is_shown, row},
    activity_cohort::is_in_class,
    held::Held,
    link::NewLink,
    register::register_rows,
};

/// The longest that such a link works, in days after today.
const LONGEST: i64 = 14;
/// The longest label, in characters.
const LABEL: usize = 80;

/// A link to be made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegisterLinkForm {
    /// For whom, in words for oneself: "Ms Example, cover on Tuesday".
    pub label: String,
    /// The one registration group that it shows; blank is the whole register.
    pub form: String,
    /// How many days after today it ends, at midnight: 0 today, 1 tomorrow.
    pub days: String,
}

/// A link just made. Its token is shown this once.
#[derive(Debug)]
pub struct NewRegisterLink {
    /// Its key.
    pub id: LinkId,
    /// The secret in its address.
    pub token: Token,
    /// When it ends.
    pub until: Timestamp,
}

/// The links of a register that work.
#[derive(Debug, Clone)]
pub struct RegisterLinks {
    /// Where it is.
    pub frame: Frame,
    /// The activity.
    pub activity: ActivityRow,
    /// The registration groups on the register.
    pub forms: Vec<String>,
    /// The links, latest first.
    pub links: Vec<RegisterLinkRow>,
}

/// A link as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterLinkRow {
    /// Its key.
    pub id: LinkId,
    /// For whom it was made.
    pub label: Option<String>,
    /// The one form that it shows.
    pub form: Option<String>,
    /// Who made it.
    pub by: Option<String>,
    /// When it ends.
    pub until: Option<Timestamp>,
    /// When marks last came by it.
    pub used_at: Option<Timestamp>,
    /// How often marks came by it.
    pub uses: u32,
}

/// A register as a link shows it: names and forms, and nothing else of anybody.
#[derive(Debug, Clone)]
pub struct LinkedRegister {
    /// The link.
    pub link: LinkId,
    /// The institution's name.
    pub institution: String,
    /// The activity's title.
    pub title: String,
    /// Its day.
    pub date: Date,
    /// The one form that is shown.
    pub form: Option<String>,
    /// When the link ends.
    pub until: Option<Timestamp>,
    /// The learners.
    pub rows: Vec<RegisterRow>,
}

impl App {
    /// The links of a register that work.
    ///
    /// # Errors
    /// If the actor may not mark registers here, or there is no such activity.
    pub fn register_links(&self, actor: &Actor, view: View, activity: ActivityId) -> Result<RegisterLinks> {
        actor.ask(Action::MarkRegisters, view.institution)?;
        let scene = self.scene(actor, view)?;
        let index = scene.held.activity_index(activity).ok_or(Error::NOT_FOUND)?;
        if !is_shown(&scene, index) {
            return Err(Error::NOT_FOUND);
        }
        let now = self.context().now();
        let links: Vec<_> = self
            .store()
            .read(view.institution, |tx| {
                store::link::list(tx, view.institution, LinkPurpose::Register.word(), Some(activity.0))
            })?
            .into_iter()
            .filter(|link| link.closed_at.is_none() && link.expires_at.is_none_or(|end| end > now))
            .collect();
        let makers: Vec<_> = links.iter().filter_map(|link| link.account).collect();
        let names: HashMap<_, _> =
            self.store().read(Within::none(), |tx| store::account::names(tx, &makers))?.into_iter().collect();
        let rows = self.whole_register(view.institution, &scene.held, index)?;
        let forms: BTreeSet<_> = rows.into_iter().filter_map(|row| row.form).collect();
        Ok(RegisterLinks {
            activity: row(&scene, index),
            forms: forms.into_iter().collect(),
            links: links
                .into_iter()
                .map(|link| RegisterLinkRow {
                    id: link.id,
                    by: link.account.and_then(|account| names.get(&account).cloned()),
                    label: link.label,
                    form: link.about,
                    until: link.expires_at,
                    used_at: link.used_at,
                    uses: link.uses.unsigned_abs(),
                })
                .collect(),
            frame: scene.frame,
        })
    }

    /// Makes a link by which somebody without an account marks this register. Whoever marks some learners only makes links for a
    /// form whose learners are all theirs.
    ///
    /// # Errors
    /// Problems at `label`, `form` and `days`; if the actor may not mark registers here, or there is no such activity.
    pub fn make_register_link(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        activity: ActivityId,
        form: &RegisterLinkForm,
    ) -> Result<NewRegisterLink> {
        actor.ask(Action::MarkRegisters, institution)?;
        let held = self.held(institution)?;
        let index = held.activity_index(activity).ok_or(Error::NOT_FOUND)?;
        let group = Some(form.form.trim()).filter(|form| !form.is_empty());
        let rows = of_form(self.whole_register(institution, &held, index)?, group);
        let mut problems = Problems::default();
        let label = form.label.trim();
        if label.chars().count() > LABEL {
            problems.add("label", format!("Use at most {LABEL} characters."));
        }
        let days = match form.days.trim() {
            "" => Some(1),
            text => text.parse::<i64>().ok().filter(|days| (0..=LONGEST).contains(days)),
        };
        if days.is_none() {
            problems.add("days", format!("A link works for {LONGEST} days at most. Choose how long it is needed."));
        }
        let is_limited = actor.ask_for_all(Action::MarkRegisters, institution).is_err();
        let all = rows.iter().map(|row| row.id);
        if group.is_some() && rows.is_empty() {
            problems.add("form", "Nobody of this form is on the register.".to_owned());
        } else if is_limited
            && (group.is_none() || self.ask_for_each(actor, Action::MarkRegisters, institution, all).is_err())
        {
            problems.add("form", "You mark some learners only: choose a form whose learners are all yours.".to_owned());
        }
        problems.check()?;
        let wall = self.context().zone().to_datetime(self.context().now());
        let end =
            wall.date().saturating_add(jiff::Span::new().days(days.unwrap_or(1) + 1)).to_datetime(Time::midnight());
        let lasts = wall.until(end).map_err(Error::fault)?;
        let new = NewLink {
            purpose: LinkPurpose::Register,
            subject: Some(activity.0),
            about: group.map(str::to_owned),
            label: Some(label.to_owned()).filter(|label| !label.is_empty()),
            lasts: Some(lasts),
        };
        let (link, token) = self.store().write(institution, |tx| -> Result<_> {
            store::activity::get(tx, institution, activity)?;
            let (id, token) = self.make_link(tx, actor, institution, new)?;
            Ok((store::link::get(tx, institution, id)?, token))
        })?;
        Ok(NewRegisterLink { id: link.id, token, until: link.expires_at.unwrap_or(self.context().now()) })
    }

    /// The register that a link opens.
    ///
    /// # Errors
    /// Not found for an unknown link; a conflict that says why for one that has ended.
    pub fn linked_register(&self, institution: InstitutionId, token: &str) -> Result<LinkedRegister> {
        let link =
            self.store().read(institution, |tx| self.open_link(tx, institution, LinkPurpose::Register, token))?;
        let held = self.held(institution)?;
        let index = link.subject.and_then(|id| held.activity_index(ActivityId(id))).ok_or(Error::NOT_FOUND)?;
        let activity = held.records.activity(index);
        let rows = of_form(self.whole_register(institution, &held, index)?, link.about.as_deref());
        let event = self.event_by_link(
            &link,
            "learners.listed",
            ("list", None),
            json!({"what": "register", "rows": rows.len()}),
        );
        self.store().write(institution, |tx| store::audit::record(tx, institution, &event))?;
        Ok(LinkedRegister {
            link: link.id,
            institution: held.records.institution.name.clone(),
            title: activity.title.clone(),
            date: activity.date,
            form: link.about,
            until: link.expires_at,
            rows,
        })
    }

    /// Saves marks by a link, as [`App::mark`] does: of learners whom the link shows, and of nobody else.
    ///
    /// # Errors
    /// As [`App::linked_register`]; not found if a mark is for anybody else: then nothing is saved.
    pub fn mark_by_link(&self, institution: InstitutionId, token: &str, marks: &[Mark]) -> Result<Marked> {
        let link =
            self.store().read(institution, |tx| self.open_link(tx, institution, LinkPurpose::Register, token))?;
        let held = self.held(institution)?;
        let activity = link.subject.map(ActivityId).ok_or(Error::NOT_FOUND)?;
        let index = held.activity_index(activity).ok_or(Error::NOT_FOUND)?;
        let rows = of_form(self.whole_register(institution, &held, index)?, link.about.as_deref());
        let shown: HashSet<_> = rows.iter().map(|row| row.id).collect();
        if marks.iter().any(|mark| !shown.contains(&mark.learner)) {
            return Err(Error::NOT_FOUND);
        }
        let now = self.context().now();
        self.store().write(institution, |tx| store::link::note_use(tx, institution, link.id, now))?;
        self.save_marks(institution, activity, marks, |payload| {
            self.event_by_link(&link, "register.marked", ("activity", Some(activity.0)), payload)
        })
    }

    /// Every line of a register, whoever asks: the caller decided that. Whoever is in a group by need and is not invited has
    /// none, since a link would tell of the need.
    pub(crate) fn whole_register(
        &self,
        institution: InstitutionId,
        held: &Held,
        index: ActivityIndex,
    ) -> Result<Vec<RegisterRow>> {
        let records = &held.records;
        let id = held.activity_id(index);
        let groups = self.store().read(institution, |tx| store::plan::groups(tx, institution, id))?;
        let date = records.activity(index).date;
        let day = held.day(self.rulebook().framework(records.institution.kind, date), date);
        let learners = day.evaluation.learners.iter().copied();
        let in_class = learners.filter(|learner| {
            let year = Held::year_group(&day.evaluation, *learner);
            groups.iter().any(|group| is_in_class(records, group, *learner, year))
        });
        let cohort: Vec<_> = in_class.collect();
        Ok(register_rows(held, &day, index, &cohort, |_| true))
    }
}

fn of_form(mut rows: Vec<RegisterRow>, form: Option<&str>) -> Vec<RegisterRow> {
    rows.retain(|row| form.is_none() || row.form.as_deref() == form);
    rows
}
