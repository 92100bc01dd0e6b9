use domain::InstitutionId;
use serde_json::json;
use store::institution::Contact;

use super::{CareersPost, label};
use crate::{
    Action, Actor, App, Error, Problems, Result, Saved, account,
    audit::{Change, changes},
    programme::fingerprint,
};

/// Whoever holds a post, as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactForm {
    /// Name; all blank leaves the post with nobody.
    pub name: String,
    /// What they are there: “Assistant headteacher”.
    pub title: String,
    /// E-mail address that may be published.
    pub email: String,
    /// Telephone number that may be published.
    pub phone: String,
    /// What qualifies an adviser.
    pub qualification: String,
    /// Who employs them, if not the institution.
    pub employer: String,
    /// The last day on which they hold the post; may be blank.
    pub ends_on: String,
    /// What the writer saw; blank asks no question.
    pub seen: String,
}

const CHANGED: &str = "careers-post.changed";

impl ContactForm {
    pub(super) fn of(contact: Option<&Contact>) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let mut form = contact.map_or(Self::default(), |contact| Self {
            name: contact.name.clone(),
            title: text(&contact.title),
            email: text(&contact.email),
            phone: text(&contact.phone),
            qualification: text(&contact.qualification),
            employer: text(&contact.employer),
            ends_on: contact.ends_on.map_or(String::new(), |day| day.to_string()),
            seen: String::new(),
        });
        form.seen = fingerprint(&form.texts());
        form
    }

    fn texts(&self) -> [&str; 7] {
        [&self.name, &self.title, &self.email, &self.phone, &self.qualification, &self.employer, &self.ends_on]
    }

    fn fields(&self) -> [(&'static str, String); 7] {
        let names = ["name", "title", "email", "phone", "qualification", "employer", "ends_on"];
        let mut texts = self.texts().into_iter();
        names.map(|name| (name, texts.next().unwrap_or_default().to_owned()))
    }

    fn is_blank(&self) -> bool {
        self.texts().iter().all(|text| text.trim().is_empty())
    }

    /// Whoever holds the post; none where nobody does.
    fn read(&self, post: &str) -> Result<Option<Contact>> {
        if self.is_blank() && post != CareersPost::CareersLeader.word() {
            return Ok(None);
        }
        let mut problems = Problems::default();
        let name = problems.required("name", &self.name, "the name");
        account::check_address(self.email.trim(), "email", &mut problems);
        let ends_on = match self.ends_on.trim() {
            "" => None,
            text => problems.take(
                "ends_on",
                domain::date::parse(text)
                    .ok_or_else(|| "Enter a day such as 31/08/2027, or leave it blank.".to_owned()),
            ),
        };
        for (field, text) in [
            ("name", &self.name),
            ("title", &self.title),
            ("phone", &self.phone),
            ("qualification", &self.qualification),
            ("employer", &self.employer),
        ] {
            if text.chars().count() > 200 {
                problems.add(field, "This is too long. Keep it below 200 characters.");
            }
        }
        problems.check()?;
        let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Ok(Some(Contact {
            role: post.to_owned(),
            name,
            email: text(&self.email),
            phone: text(&self.phone),
            title: text(&self.title),
            qualification: text(&self.qualification),
            employer: text(&self.employer),
            ends_on,
        }))
    }
}

impl App {
    /// Says who holds a post of the careers programme, or that nobody does. Returns what somebody else saved meanwhile, or the event
    /// that [`App::restore_careers_post`] takes back.
    ///
    /// # Errors
    /// If the actor may not administer the institution, there is no such post, or the form has problems.
    pub fn set_careers_post(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        post: &str,
        form: &ContactForm,
    ) -> Result<(Saved<ContactForm>, Option<i64>)> {
        actor.ask_for_all(Action::Administer, institution)?;
        let contact = form.read(post)?;
        self.store().write(institution, |tx| -> Result<_> {
            tx.wait_turn(institution)?;
            let (website, mut contacts) = store::institution::contacts(tx, institution)?;
            let before = contacts.iter().find(|other| other.role == post);
            if before.is_none() && CareersPost::from_word(post).is_none() {
                return Err(Error::NOT_FOUND);
            }
            let (before, after) = (ContactForm::of(before), ContactForm::of(contact.as_ref()));
            if !form.seen.is_empty() && form.seen != before.seen && before.seen != after.seen {
                return Ok((Saved::Meanwhile(before), None));
            }
            let changed = changes(before.fields(), after.fields());
            if changed.names().is_empty() {
                return Ok((Saved::Done, None));
            }
            let payload = json!({"post": post, "fields": changed.names()});
            let event = self
                .event(actor, CHANGED, ("institution", Some(institution.0)), payload)
                .with([self.detail(None, &changed)]);
            contacts.retain(|other| other.role != post);
            contacts.extend(contact.clone());
            store::institution::set_contacts(tx, institution, website.as_deref(), &contacts)?;
            store::audit::record(tx, institution, &event)?;
            Ok((Saved::Done, Some(event.id)))
        })
    }

    /// Takes a change of a post back, as far as nothing of it was changed since.
    ///
    /// # Errors
    /// If the actor may not administer the institution, there is no such event, or the post was changed since.
    pub fn restore_careers_post(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        post: &str,
        event: i64,
    ) -> Result<()> {
        actor.ask_for_all(Action::Administer, institution)?;
        self.store().write(institution, |tx| -> Result<_> {
            tx.wait_turn(institution)?;
            let event = store::audit::find(tx, institution, event)?.filter(|event| event.action == CHANGED);
            let event = event.ok_or(Error::NOT_FOUND)?;
            let payload: serde_json::Value = serde_json::from_str(&event.payload).map_err(Error::fault)?;
            if payload["post"] != post {
                return Err(Error::NOT_FOUND);
            }
            let change = event.details.first().map(|detail| Change::parse(&detail.text)).ok_or(Error::NOT_FOUND)?;
            let (website, mut contacts) = store::institution::contacts(tx, institution)?;
            let now = ContactForm::of(contacts.iter().find(|other| other.role == post));
            let fields = now.fields();
            let touched = |name: &str| change.names().contains(&name);
            if fields.iter().any(|(name, value)| touched(name) && change.after(name).unwrap_or_default() != value) {
                return Err(Error::conflict("This was changed again since, so it stays as it is now."));
            }
            let [name, title, email, phone, qualification, employer, ends_on] =
                fields.map(
                    |(name, value)| {
                        if touched(name) { change.before(name).unwrap_or_default().to_owned() } else { value }
                    },
                );
            let form = ContactForm { name, title, email, phone, qualification, employer, ends_on, seen: String::new() };
            let contact = if form.is_blank() { None } else { form.read(post)? };
            let payload = json!({"post": post, "fields": change.names()});
            let event = self
                .event(actor, CHANGED, ("institution", Some(institution.0)), payload)
                .with([self.detail(None, &changes(now.fields(), form.fields()))]);
            contacts.retain(|other| other.role != post);
            contacts.extend(contact);
            store::institution::set_contacts(tx, institution, website.as_deref(), &contacts)?;
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }
}

/// What was changed, for the trail.
pub(crate) fn sentence(post: &str) -> String {
    format!("changed who is named as {}", label(post))
}
