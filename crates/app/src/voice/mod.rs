//! What learners, employers and providers thought of an activity: asked for by a link, read with the activity.

mod page;
mod sent;

use domain::{ActivityId, Check, InstitutionId, Kind, LinkId};
use jiff::ToSpan;
use serde_json::json;

pub use self::{
    page::{FeedbackRow, ReflectionRow, Suggestion, VoiceLink, VoicesPage},
    sent::{FeedbackForm, ReflectionForm, VoiceRequest},
};
use crate::{
    Action, ActivityForm, Actor, App, Error, LinkPurpose, Result, Token, View, activity::is_shown, audit::changes,
    link::NewLink,
};

/// How many days a link to a learners' form works.
const REFLECTION_DAYS: i64 = 21;
/// How many days a link to an employer's or provider's form works.
const FEEDBACK_DAYS: i64 = 60;

impl App {
    /// Makes a link with which learners (`Reflection`) or an employer or provider (`Feedback`) say what they thought.
    ///
    /// # Errors
    /// If the actor may not record here, there is no such activity, or the purpose is another.
    pub fn make_voice_link(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        activity: ActivityId,
        purpose: LinkPurpose,
        label: &str,
    ) -> Result<(LinkId, Token)> {
        actor.ask(Action::Record, institution)?;
        let days = match purpose {
            LinkPurpose::Reflection => REFLECTION_DAYS,
            LinkPurpose::Feedback => FEEDBACK_DAYS,
            _ => return Err(Error::NOT_FOUND),
        };
        let scene = self.scene(actor, View { institution, as_of: None })?;
        let index = scene.held.activity_index(activity).filter(|index| is_shown(&scene, *index));
        let index = index.ok_or(Error::NOT_FOUND)?;
        if scene.held.records.activity(index).kind == Kind::GuidanceMeeting {
            return Err(Error::conflict(
                "A guidance meeting is between a learner and an adviser: nobody is asked about it by a link.",
            ));
        }
        self.store().write(institution, |tx| {
            store::activity::get(tx, institution, activity)?;
            let label = Some(label.trim().chars().take(100).collect::<String>()).filter(|label| !label.is_empty());
            let new = NewLink { purpose, subject: Some(activity.0), about: None, label, lasts: Some(days.days()) };
            self.make_link(tx, actor, institution, new)
        })
    }

    /// Ticks a box of an activity's checklist, or takes the tick away.
    ///
    /// # Errors
    /// If the actor may not record here, there is no such activity, or its checklist has no such box.
    pub fn tick_box(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        activity: ActivityId,
        check: Check,
        ticked: bool,
    ) -> Result<()> {
        actor.ask(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<()> {
            tx.wait_turn(institution)?;
            let before = store::activity::get(tx, institution, activity)?;
            let register = store::participation::register(tx, institution, activity)?;
            self.ask_for_each(actor, Action::Record, institution, register.into_iter().map(|(learner, _)| learner))?;
            if !before.kind.checklist().contains(&check) {
                return Err(Error::NOT_FOUND);
            }
            let mut after = before.clone();
            after.checks = match ticked {
                true => before.checks.with(check),
                false => domain::Checks::of(&before.checks.iter().filter(|one| *one != check).collect::<Vec<_>>()),
            };
            if after.checks == before.checks {
                return Ok(());
            }
            tx.advance(institution)?;
            store::activity::update(tx, institution, activity, &after)?;
            let changed = changes(ActivityForm::from(&before).fields(), ActivityForm::from(&after).fields());
            let event = self
                .event(actor, "activity.changed", ("activity", Some(activity.0)), json!({"fields": changed.names()}))
                .with([self.detail(None, &changed)]);
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }
}
