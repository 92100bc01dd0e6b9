use domain::{Activity, ActivityId, InstitutionId, LearnerId, ParticipationStatus};
use serde_json::json;
use store::{audit::Detail, participation::Entry};

use crate::{Action, ActivityForm, Actor, App, Error, Problems, Result, activity::taken, audit::Change};

impl App {
    /// Takes an activity away with its register. Returns the event that [`App::restore_activity`] takes back.
    ///
    /// # Errors
    /// If the actor may not record here or there is no such activity.
    pub fn delete_activity(&self, actor: &Actor, institution: InstitutionId, id: ActivityId) -> Result<i64> {
        actor.ask(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<_> {
            tx.advance(institution)?;
            let activity = store::activity::get(tx, institution, id)?;
            let register = store::participation::register(tx, institution, id)?;
            self.ask_for_each(actor, Action::Record, institution, register.iter().map(|(learner, _)| *learner))?;
            for (learner, _) in &register {
                store::participation::delete(tx, institution, *learner, id)?;
            }
            store::activity::delete(tx, institution, id)?;
            let (fields, marks) = kept(&activity, &register);
            let event = self
                .event(actor, "activity.deleted", ("activity", Some(id.0)), json!({"marks": register.len()}))
                .with([self.detail(None, &fields)])
                .with(marks.iter().map(|(learner, mark)| self.detail(Some(*learner), mark)));
            store::audit::record(tx, institution, &event)?;
            Ok(event.id)
        })
    }

    /// Puts a deleted activity back as it was, under its id and reference, with its register. Learners who are gone since
    /// stay gone.
    ///
    /// # Errors
    /// If the actor may not record here, there is no such event, or the activity is back already or its reference taken.
    pub fn restore_activity(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: ActivityId,
        event: i64,
    ) -> Result<()> {
        actor.ask(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<_> {
            let event = store::audit::find(tx, institution, event)?
                .filter(|event| event.action == "activity.deleted" && event.subject_id == Some(id.0));
            let (activity, register) = event.as_ref().and_then(|event| read(&event.details)).ok_or(Error::NOT_FOUND)?;
            self.ask_for_each(actor, Action::Record, institution, register.iter().map(|(learner, _)| *learner))?;
            tx.advance(institution)?;
            if store::activity::find(tx, institution, id)?.is_some() {
                return Err(Error::conflict("The activity is back already. Nothing was changed."));
            }
            store::activity::insert(tx, institution, id, &activity).map_err(|error| match taken(error) {
                Error::Problems(_) => Error::conflict(
                    "Another activity has its reference meanwhile, so this one was not put back. Add it anew instead.",
                ),
                other => other,
            })?;
            let mut entries = Vec::with_capacity(register.len());
            for (learner, status) in register {
                if store::learner::find(tx, institution, learner)?.is_some() {
                    entries.push(Entry { learner, activity: id, status });
                }
            }
            store::participation::set_many(tx, institution, &entries)?;
            let marks = json!({"marks": entries.len()});
            let event = self.event(actor, "activity.restored", ("activity", Some(id.0)), marks);
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }
}

/// What the event keeps in its details: the activity field by field, and each learner's mark.
fn kept(activity: &Activity, register: &[(LearnerId, ParticipationStatus)]) -> (Change, Vec<(LearnerId, Change)>) {
    let fields = ActivityForm::from(activity).fields();
    let fields =
        fields.iter().fold(Change::default(), |change, (name, text)| change.with(name, Some(text.as_str()), None));
    let mark = |status: &ParticipationStatus| Change::default().with("mark", Some(status.word()), None);
    (fields, register.iter().map(|(learner, status)| (*learner, mark(status))).collect())
}

/// The activity and its register again, without the marks that were erased since; `None` for any other event, or where the
/// activity's own fields were erased.
fn read(details: &[Detail]) -> Option<(Activity, Vec<(LearnerId, ParticipationStatus)>)> {
    let fields = details.iter().find(|detail| detail.learner.is_none()).map(|detail| Change::parse(&detail.text))?;
    let text = |name: &str| Some(fields.before(name).unwrap_or_default().to_owned());
    let form = ActivityForm {
        reference: text("reference")?,
        title: text("title")?,
        date: text("date")?,
        kind: text("kind")?,
        provider_type: text("provider_type")?,
        organisation: text("organisation")?,
        mode: text("mode")?,
        subject: text("subject")?,
        hours: text("hours")?,
        year_groups: text("year_groups")?,
        checks: domain::split_list(&text("checks")?).map(str::to_owned).collect(),
        through: text("through")?,
        source: text("source")?,
    };
    let activity = form.read(form.reference.clone(), &mut Problems::default())?;
    let mark = |detail: &Detail| {
        let status = Change::parse(&detail.text).before("mark")?.parse().ok()?;
        detail.learner.map(|learner| (learner, status))
    };
    Some((activity, details.iter().filter_map(mark).collect()))
}

#[cfg(test)]
mod tests {
    use domain::{Check, Checks, Kind, Mode, ProviderType, Source, Through, YearGroup};

    use super::*;

    #[test]
    fn the_event_of_a_deletion_keeps_everything() {
        let activity = Activity {
            reference: "ACT-7; b".to_owned(),
            title: "Morning at “Ashdown”".to_owned(),
            date: jiff::civil::date(2026, 11, 12),
            kind: Kind::WorkplaceExperience,
            provider_type: Some(ProviderType::University),
            organisation: Some("Ashdown; Partners".to_owned()),
            mode: Mode::Virtual,
            subject: Some("Art".to_owned()),
            hours: Some("2.5".parse().unwrap()),
            year_groups: [YearGroup::new(9), YearGroup::new(12)].into_iter().collect(),
            checks: Checks::of(&[Check::PurposeShared, Check::TwoWay]),
            through: Some(Through::CurriculumArea),
            source: Some(Source::Transferred),
        };
        let register =
            vec![(LearnerId(7), ParticipationStatus::Excused), (LearnerId(9), ParticipationStatus::Attended)];
        assert_eq!(read(&details(&activity, &register)), Some((activity.clone(), register.clone())));
        // A learner who was erased since is not among the marks.
        assert_eq!(read(&details(&activity, &register)[..2]), Some((activity.clone(), register[..1].to_vec())));
        // What a file brought without the type of provider is put back without it.
        let bare = Activity { kind: Kind::ProviderEncounter, provider_type: None, hours: None, ..activity };
        assert_eq!(read(&details(&bare, &[])), Some((bare, Vec::new())));
        assert_eq!(read(&[]), None);
    }

    fn details(activity: &Activity, register: &[(LearnerId, ParticipationStatus)]) -> Vec<Detail> {
        let (fields, marks) = kept(activity, register);
        let detail = |learner, change: &Change| Detail { learner, salt: [0; 16], text: change.text() };
        let marks = marks.iter().map(|(learner, mark)| detail(Some(*learner), mark));
        std::iter::once(detail(None, &fields)).chain(marks).collect()
    }
}
