use std::collections::HashMap;

use domain::{AccountId, ContactId, ContactNoteId, Date, InstitutionId, OrganisationId, date};
use serde_json::json;
use store::contact::{Contact, ContactNote};

use super::{ASK_AGAIN, ask_again_days, form::kept, form::too_long, names};
use crate::{Action, Actor, App, Error, Problems, Result, audit::changes};

/// A person at an organisation as a page shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactRow {
    /// The contact.
    pub contact: Contact,
    /// Why they are not to be asked; none if they may be.
    pub not_to_be_asked: Option<&'static str>,
}

impl From<Contact> for ContactRow {
    fn from(contact: Contact) -> Self {
        Self { not_to_be_asked: why_not(&contact), contact }
    }
}

/// Why this person is not to be asked.
fn why_not(contact: &Contact) -> Option<&'static str> {
    if contact.asked_not_to {
        Some("Asked not to be contacted")
    } else if contact.is_alumnus && contact.consent_on.is_none() {
        Some("Has not agreed to be contacted as a former learner")
    } else {
        None
    }
}

/// What was said, as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteRow {
    /// Its key.
    pub id: ContactNoteId,
    /// When.
    pub contacted_on: Date,
    /// To whom of it.
    pub contact: Option<String>,
    /// How.
    pub how: String,
    /// About what.
    pub note: String,
    /// By whom of us.
    pub by: Option<String>,
}

impl NoteRow {
    pub(super) fn of(notes: &[ContactNote], contacts: &[Contact], accounts: &HashMap<AccountId, String>) -> Vec<Self> {
        let name = |id: ContactId| contacts.iter().find(|contact| contact.id == id).map(|contact| contact.name.clone());
        notes
            .iter()
            .map(|note| Self {
                id: note.id,
                contacted_on: note.contacted_on,
                contact: note.contact.and_then(name),
                how: note.how.clone(),
                note: note.note.clone(),
                by: note.account.and_then(|account| accounts.get(&account).cloned()),
            })
            .collect()
    }
}

/// A person as a form has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactPersonForm {
    /// Their name.
    pub name: String,
    /// What they are there.
    pub job: String,
    /// E-mail address.
    pub email: String,
    /// Telephone.
    pub phone: String,
    /// Anything else.
    pub notes: String,
    /// Whether they were a learner here.
    pub is_alumnus: bool,
    /// In which year they left.
    pub left_in: String,
    /// When they agreed to be asked.
    pub consent_on: String,
    /// To what.
    pub consent_about: String,
    /// Whether they asked not to be contacted.
    pub asked_not_to: bool,
}

impl From<&Contact> for ContactPersonForm {
    fn from(one: &Contact) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            name: one.name.clone(),
            job: text(&one.job),
            email: text(&one.email),
            phone: text(&one.phone),
            notes: one.notes.clone(),
            is_alumnus: one.is_alumnus,
            left_in: one.left_in.map_or(String::new(), |year| year.to_string()),
            consent_on: one.consent_on.map_or(String::new(), |day| day.to_string()),
            consent_about: text(&one.consent_about),
            asked_not_to: one.asked_not_to,
        }
    }
}

impl ContactPersonForm {
    fn fields(&self) -> [(&'static str, String); 10] {
        let yes = |yes: bool| if yes { "yes".to_owned() } else { String::new() };
        [
            ("name", self.name.clone()),
            ("job", self.job.clone()),
            ("email", self.email.clone()),
            ("phone", self.phone.clone()),
            ("notes", self.notes.clone()),
            ("is_alumnus", yes(self.is_alumnus)),
            ("left_in", self.left_in.clone()),
            ("consent_on", self.consent_on.clone()),
            ("consent_about", self.consent_about.clone()),
            ("asked_not_to", yes(self.asked_not_to)),
        ]
    }

    /// Puts what was typed into a contact; notes every problem.
    pub(super) fn read(&self, into: &mut Contact, today: Date, problems: &mut Problems) {
        into.name = problems.required("name", &self.name, "the person’s name");
        into.job = kept(&self.job);
        into.email = kept(&self.email);
        if into.email.as_deref().is_some_and(|email| !email.contains('@') || email.contains(char::is_whitespace)) {
            problems.add("email", "Enter an e-mail address such as name@company.example.");
        }
        into.phone = kept(&self.phone);
        into.notes = self.notes.trim().to_owned();
        into.is_alumnus = self.is_alumnus;
        into.left_in = match self.left_in.trim() {
            "" => None,
            text => problems.take(
                "left_in",
                text.parse::<i64>()
                    .ok()
                    .filter(|year| (1940..=i64::from(today.year())).contains(year))
                    .ok_or_else(|| "Enter the year in which they left, such as 2019.".to_owned()),
            ),
        };
        into.consent_on = match self.consent_on.trim() {
            "" => None,
            text => problems.take(
                "consent_on",
                date::parse(text).filter(|day| *day <= today).ok_or_else(|| {
                    "Enter the day on which they agreed, such as 12/11/2026; not one to come.".to_owned()
                }),
            ),
        };
        into.consent_about = kept(&self.consent_about);
        if into.consent_about.is_some() && self.consent_on.trim().is_empty() {
            problems.add("consent_on", "Enter the day on which they agreed.");
        }
        into.asked_not_to = self.asked_not_to;
        let lines = [
            ("name", self.name.as_str()),
            ("job", &self.job),
            ("email", &self.email),
            ("phone", &self.phone),
            ("consent_about", &self.consent_about),
        ];
        too_long(problems, &lines, &[("notes", &self.notes)]);
    }
}

/// What was said to an organisation, as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NoteForm {
    /// Key of the contact; blank is the organisation.
    pub contact: String,
    /// When; blank is today.
    pub contacted_on: String,
    /// How.
    pub how: String,
    /// About what.
    pub note: String,
    /// Whether to note it although somebody asked them a short time ago.
    pub again: bool,
}

/// Somebody asked the same people a short time ago.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedAlready {
    /// Who asked.
    pub by: Option<String>,
    /// When.
    pub on: Date,
    /// About what.
    pub note: String,
}

impl App {
    pub(super) fn blank_contact(&self, organisation: Option<OrganisationId>) -> Contact {
        Contact {
            id: ContactId(self.context().next_id()),
            organisation,
            name: String::new(),
            job: None,
            email: None,
            phone: None,
            notes: String::new(),
            is_alumnus: false,
            left_in: None,
            consent_on: None,
            consent_about: None,
            asked_not_to: false,
            last_contacted_on: None,
            changed_at: self.context().now(),
        }
    }

    /// Adds somebody to an organisation.
    ///
    /// # Errors
    /// If the actor may not record here, there is no such organisation, or the form has problems.
    pub fn add_contact(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        organisation: OrganisationId,
        form: &ContactPersonForm,
    ) -> Result<ContactId> {
        actor.ask(Action::Record, institution)?;
        let mut problems = Problems::default();
        let mut new = self.blank_contact(Some(organisation));
        form.read(&mut new, self.context().today(), &mut problems);
        self.store().write(institution, |tx| -> Result<_> {
            self.organisation_record(tx, institution, organisation)?;
            problems.check()?;
            store::contact::put(tx, institution, &new)?;
            let event = self
                .event(actor, "contact.added", ("contact", Some(new.id.0)), json!({"organisation": organisation.0}))
                .with([self.detail(None, &changes([], ContactPersonForm::from(&new).fields()))]);
            store::audit::record(tx, institution, &event)?;
            Ok(new.id)
        })
    }

    /// Somebody at an organisation, as a form has them.
    ///
    /// # Errors
    /// If the actor may not record here, or there is no such person.
    pub fn contact(&self, actor: &Actor, institution: InstitutionId, id: ContactId) -> Result<Contact> {
        actor.ask(Action::Record, institution)?;
        Ok(self.store().read(institution, |tx| store::contact::get(tx, institution, id))?)
    }

    /// Changes somebody at an organisation.
    ///
    /// # Errors
    /// If the actor may not record here, there is no such person, or the form has problems.
    pub fn change_contact(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: ContactId,
        form: &ContactPersonForm,
    ) -> Result<()> {
        actor.ask(Action::Record, institution)?;
        let mut problems = Problems::default();
        self.store().write(institution, |tx| -> Result<()> {
            let before = store::contact::get(tx, institution, id)?;
            let mut after = before.clone();
            form.read(&mut after, self.context().today(), &mut problems);
            after.changed_at = self.context().now();
            problems.check()?;
            store::contact::put(tx, institution, &after)?;
            let changed = changes(ContactPersonForm::from(&before).fields(), ContactPersonForm::from(&after).fields());
            let event = self
                .event(actor, "contact.changed", ("contact", Some(id.0)), json!({"fields": changed.names()}))
                .with([self.detail(None, &changed)]);
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// Erases somebody at an organisation; what was said stays without their name.
    ///
    /// # Errors
    /// If the actor may not record here, or there is no such person.
    pub fn erase_contact(&self, actor: &Actor, institution: InstitutionId, id: ContactId) -> Result<()> {
        actor.ask(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<()> {
            store::contact::delete(tx, institution, id)?;
            // Their name, address and number stand in the trail too.
            store::erasure::erase_contact_details(tx, institution, id)?;
            let event = self.event(actor, "contact.erased", ("contact", Some(id.0)), json!({}));
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// Whether somebody asked the same people within the time in which they are not to be asked again: the person, or anybody
    /// of the organisation if no person is named.
    ///
    /// # Errors
    /// If the actor may not record here, or there is no such organisation.
    pub fn asked_already(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        organisation: OrganisationId,
        contact: Option<ContactId>,
        on: Date,
    ) -> Result<Option<AskedAlready>> {
        actor.ask(Action::Record, institution)?;
        self.store().read(institution, |tx| {
            self.organisation_record(tx, institution, organisation)?;
            asked(tx, institution, organisation, contact, on)
        })
    }

    /// Notes that an organisation was contacted.
    ///
    /// # Errors
    /// If the actor may not record here or there is no such organisation or person. A problem if the person is not to be
    /// contacted; or, unless it is to be done all the same, if somebody asked the same people a short time ago.
    pub fn note_contact(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        organisation: OrganisationId,
        form: &NoteForm,
    ) -> Result<ContactNoteId> {
        actor.ask(Action::Record, institution)?;
        let today = self.context().today();
        let mut problems = Problems::default();
        let on = match form.contacted_on.trim() {
            "" => Some(today),
            text => problems.take(
                "contacted_on",
                date::parse(text)
                    .filter(|day| *day <= today)
                    .ok_or_else(|| "Enter the day, such as 12/11/2026; not one to come.".to_owned()),
            ),
        };
        let text = problems.required("note", &form.note, "what it was about");
        too_long(&mut problems, &[("how", &form.how)], &[("note", &form.note)]);
        let id = ContactNoteId(self.context().next_id());
        self.store().write(institution, |tx| -> Result<_> {
            let mut whole = self.organisation_record(tx, institution, organisation)?;
            let mut person = match form.contact.trim() {
                "" => None,
                key => {
                    let key = key.parse().map_err(|_| Error::NOT_FOUND)?;
                    let person = store::contact::get(tx, institution, key)?;
                    Some(person).filter(|person| person.organisation == Some(organisation))
                }
            };
            if let Some(why) = person.as_ref().and_then(why_not) {
                problems.add("contact", format!("{why}, so nothing was noted. Ask somebody else."));
            }
            let day = on.unwrap_or(today);
            let already = asked(tx, institution, organisation, person.as_ref().map(|person| person.id), day)?;
            if let (Some(already), false) = (already, form.again) {
                let by = already.by.as_deref().unwrap_or("Somebody");
                problems.add(
                    "again",
                    format!(
                        "{by} contacted them on {}. Tick “all the same” if it has to be now, or wait.",
                        date::long(already.on)
                    ),
                );
            }
            std::mem::take(&mut problems).check()?;
            let note = ContactNote {
                id,
                organisation,
                contact: person.as_ref().map(|person| person.id),
                contacted_on: day,
                how: form.how.trim().to_owned(),
                note: text.clone(),
                account: actor.account(),
                written_at: self.context().now(),
            };
            store::contact::insert_note(tx, institution, &note)?;
            whole.last_contacted_on = whole.last_contacted_on.max(Some(day));
            store::organisation::put(tx, institution, &whole)?;
            if let Some(person) = &mut person {
                person.last_contacted_on = person.last_contacted_on.max(Some(day));
                store::contact::put(tx, institution, person)?;
            }
            let event = self.event(
                actor,
                "contact.noted",
                ("organisation", Some(organisation.0)),
                json!({"note": id.to_string(), "again": form.again}),
            );
            store::audit::record(tx, institution, &event)?;
            Ok(id)
        })
    }

    /// Takes a note of what was said away.
    ///
    /// # Errors
    /// If the actor may not record here, or there is no such note.
    pub fn delete_contact_note(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        organisation: OrganisationId,
        note: ContactNoteId,
    ) -> Result<()> {
        actor.ask(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<()> {
            let mut whole = self.organisation_record(tx, institution, organisation)?;
            store::contact::delete_note(tx, institution, organisation, note)?;
            let left = store::contact::notes(tx, institution, Some(organisation))?;
            whole.last_contacted_on = left.first().map(|note| note.contacted_on);
            store::organisation::put(tx, institution, &whole)?;
            let payload = json!({"note": note.to_string()});
            let event = self.event(actor, "contact.note-deleted", ("organisation", Some(organisation.0)), payload);
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// Sets how many days pass before the same people are asked again without a warning.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or it is no number from 0 to 730.
    pub fn set_ask_again(&self, actor: &Actor, institution: InstitutionId, days: &str) -> Result<()> {
        actor.ask_for_all(Action::Record, institution)?;
        let days: u32 = days
            .trim()
            .parse()
            .ok()
            .filter(|days| *days <= 730)
            .ok_or_else(|| Error::problem("days", "Enter a number of days from 0 to 730."))?;
        self.store().write(institution, |tx| -> Result<()> {
            store::setting::set(tx, institution, ASK_AGAIN, &days.to_string())?;
            let event = self.event(actor, "contact.ask-again-set", ("setting", None), json!({"days": days}));
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }
}

fn asked(
    tx: &mut store::Tx<'_>,
    institution: InstitutionId,
    organisation: OrganisationId,
    contact: Option<ContactId>,
    on: Date,
) -> Result<Option<AskedAlready>> {
    let days = ask_again_days(tx, institution)?;
    let notes = store::contact::notes(tx, institution, Some(organisation))?;
    let is_same = |note: &&ContactNote| contact.is_none() || note.contact.is_none() || note.contact == contact;
    let is_recent = |note: &&ContactNote| i64::from(date::days_between(note.contacted_on, on).abs()) < days;
    let Some(note) = notes.iter().filter(is_same).find(is_recent) else { return Ok(None) };
    let by = names(tx, [note.account])?;
    Ok(Some(AskedAlready {
        by: note.account.and_then(|account| by.get(&account).cloned()),
        on: note.contacted_on,
        note: note.note.clone(),
    }))
}
