use domain::{Activity, ActivityId, InstitutionId, LearnerId, ParticipationStatus};
use serde_json::{Value, json};
use store::participation::Entry;

use crate::{Action, ActivityForm, Actor, App, Error, Problems, Result, activity::taken};

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
            for (learner, _) in &register {
                store::participation::delete(tx, institution, *learner, id)?;
            }
            store::activity::delete(tx, institution, id)?;
            let event = self.event(actor, "activity.deleted", ("activity", Some(id.0)), payload(&activity, &register));
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
            let (activity, register) = event.as_ref().and_then(|event| read(&event.payload)).ok_or(Error::NOT_FOUND)?;
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

/// What the event keeps: the activity field by field, and the register by learners' ids.
fn payload(activity: &Activity, register: &[(LearnerId, ParticipationStatus)]) -> Value {
    let fields = ActivityForm::from(activity).fields();
    let fields: serde_json::Map<_, _> = fields.into_iter().map(|(name, text)| (name.to_owned(), text.into())).collect();
    let register: Vec<_> =
        register.iter().map(|(learner, status)| json!([learner.to_string(), status.word()])).collect();
    json!({"activity": fields, "register": register})
}

/// The activity and its register again; `None` for any other event.
fn read(payload: &str) -> Option<(Activity, Vec<(LearnerId, ParticipationStatus)>)> {
    let payload: Value = serde_json::from_str(payload).ok()?;
    let text = |name: &str| payload["activity"][name].as_str().map(str::to_owned);
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
    let mark = |pair: &Value| Some((pair[0].as_str()?.parse().ok()?, pair[1].as_str()?.parse().ok()?));
    let register = payload["register"].as_array()?.iter().map(mark).collect::<Option<_>>()?;
    Some((activity, register))
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
        let text = payload(&activity, &register).to_string();
        assert_eq!(read(&text), Some((activity.clone(), register)));
        // What a file brought without the type of provider is put back without it.
        let bare = Activity { kind: Kind::ProviderEncounter, provider_type: None, hours: None, ..activity };
        assert_eq!(read(&payload(&bare, &[]).to_string()), Some((bare, Vec::new())));
        assert_eq!(read("{}"), None);
    }
}
