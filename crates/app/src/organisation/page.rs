use domain::{AccountId, ActivityId, Date, InstitutionId, Kind, OrganisationId, same_name};
use jiff::Timestamp;
use store::{organisation::Organisation, voice::Feedback};

use super::{
    OrganisationForm, ask_again_days,
    contact::{ContactRow, NoteRow},
    list::industry,
    merge::{Duplicate, of_one},
    names,
};
use crate::{Action, Actor, App, Frame, Result, View, activity::is_shown};

/// An activity in which an organisation had a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The activity.
    pub id: ActivityId,
    /// What it is called.
    pub title: String,
    /// Its day.
    pub date: Date,
    /// What it is.
    pub kind: Kind,
}

/// Somebody who may look after an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerChoice {
    /// Their account.
    pub id: AccountId,
    /// Their name.
    pub name: String,
}

/// One organisation with its people and its history.
#[derive(Debug, Clone)]
pub struct OrganisationPage {
    /// Where it is.
    pub frame: Frame,
    /// The organisation.
    pub organisation: Organisation,
    /// What it does, and the code beside it.
    pub industry: (Option<domain::Industry>, String),
    /// Who looks after it.
    pub owner: Option<String>,
    /// Its people.
    pub contacts: Vec<ContactRow>,
    /// What was said to them, the latest first.
    pub notes: Vec<NoteRow>,
    /// Activities with it, the latest first.
    pub visits: Vec<Visit>,
    /// What its people thought of activities and placements, the latest first.
    pub feedback: Vec<Feedback>,
    /// Organisations that look like this one.
    pub duplicates: Vec<Duplicate>,
    /// How many days pass before the same people are asked again without a warning.
    pub ask_again_days: i64,
    /// Those who may look after it.
    pub owners: Vec<OwnerChoice>,
}

impl OrganisationPage {
    /// The organisation as a form has it.
    pub fn form(&self) -> OrganisationForm {
        OrganisationForm::from(&self.organisation)
    }

    /// When the feedback was written, the latest first.
    pub fn feedback_days(&self) -> Vec<Timestamp> {
        self.feedback.iter().map(|one| one.written_at).collect()
    }
}

impl App {
    /// Those who may look after an organisation: everybody who works here, by name.
    ///
    /// # Errors
    /// If the actor may not record here.
    pub fn organisation_owners(&self, actor: &Actor, institution: InstitutionId) -> Result<Vec<OwnerChoice>> {
        actor.ask(Action::Record, institution)?;
        self.store().read(institution, |tx| owners(tx, institution))
    }

    /// One organisation with its people and its history. That it was looked at is noted: it names people.
    ///
    /// # Errors
    /// If the actor may not record here, or there is no such organisation.
    pub fn organisation(&self, actor: &Actor, view: View, id: OrganisationId) -> Result<OrganisationPage> {
        actor.ask(Action::Record, view.institution)?;
        let scene = self.scene(actor, view)?;
        let page = self.store().read(view.institution, |tx| -> Result<_> {
            let organisation = self.organisation_record(tx, view.institution, id)?;
            let parts: Vec<_> = store::organisation::parts(tx, view.institution)?
                .into_iter()
                .filter(|part| part.organisation == id)
                .map(|part| part.activity)
                .collect();
            let records = &scene.held.records;
            let mut visits: Vec<_> = (0..records.activities.len() as u32)
                .map(domain::ActivityIndex)
                .filter(|index| is_shown(&scene, *index))
                .map(|index| (scene.held.activity_id(index), records.activity(index)))
                .filter(|(activity, one)| {
                    let name = one.organisation.as_deref();
                    one.state.counts()
                        && (parts.contains(activity)
                            || name.is_some_and(|name| same_name(name) == organisation.name_key))
                })
                .map(|(id, one)| Visit { id, title: one.title.clone(), date: one.date, kind: one.kind })
                .collect();
            visits.sort_by_key(|visit| std::cmp::Reverse((visit.date, visit.id)));
            let contacts: Vec<_> = store::contact::all(tx, view.institution)?
                .into_iter()
                .filter(|contact| contact.organisation == Some(id))
                .collect();
            let notes = store::contact::notes(tx, view.institution, Some(id))?;
            let accounts = names(tx, notes.iter().map(|note| note.account).chain([organisation.owner]))?;
            let feedback = store::voice::feedback(tx, view.institution)?;
            let duplicates = of_one(&store::organisation::all(tx, view.institution)?, id);
            Ok(OrganisationPage {
                industry: industry(organisation.sector.as_deref()),
                owner: organisation.owner.and_then(|owner| accounts.get(&owner).cloned()),
                notes: NoteRow::of(&notes, &contacts, &accounts),
                contacts: contacts.into_iter().map(ContactRow::from).collect(),
                visits,
                // What an employer wrote of a placement is about one learner, and stands with it.
                feedback: feedback
                    .into_iter()
                    .filter(|one| one.organisation == Some(id) && one.learner.is_none())
                    .collect(),
                duplicates,
                ask_again_days: ask_again_days(tx, view.institution)?,
                owners: owners(tx, view.institution)?,
                organisation,
                frame: scene.frame,
            })
        })?;
        Ok(page)
    }
}

fn owners(tx: &mut store::Tx<'_>, institution: InstitutionId) -> Result<Vec<OwnerChoice>> {
    let members = store::membership::list(tx, institution)?;
    let found = names(tx, members.iter().filter(|one| one.role != "learner").map(|one| Some(one.account)))?;
    let mut owners: Vec<_> = found.into_iter().map(|(id, name)| OwnerChoice { id, name }).collect();
    owners.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    Ok(owners)
}
