use ::policy::{Fact, Facts, markdown::escape};
use store::institution::Contact;

use crate::{App, Result, frame::Scene, institution::CAREERS_LEADER};

impl App {
    /// What is known of the facts that policies and public pages are filled in with, on the as-of date of the scene. Nothing in it is
    /// about a single learner, and no figure is smaller than the institution shows to the public.
    pub(crate) fn facts(&self, scene: &Scene<'_>) -> Result<Facts> {
        let institution = scene.frame.institution.id;
        let (texts, contacts) = self.store().read(institution, |tx| -> Result<_> {
            let texts = store::institution_text::list(tx, institution)?;
            Ok((texts, store::institution::contacts(tx, institution)?.1))
        })?;
        let mut facts: Facts =
            texts.into_iter().filter_map(|text| text.name.parse::<Fact>().ok().zip(Some(text.text))).collect();
        for contact in &contacts {
            if contact.role == CAREERS_LEADER {
                facts.insert(Fact::CareersLeader, named(contact));
                let reached: Vec<_> =
                    [&contact.email, &contact.phone].into_iter().flatten().map(|at| escape(at)).collect();
                if !reached.is_empty() {
                    facts.insert(Fact::CareersLeaderContact, reached.join(", "));
                }
            }
        }
        Ok(facts)
    }
}

/// Name and title, as a sentence has them.
fn named(contact: &Contact) -> String {
    match &contact.title {
        Some(title) => format!("{}, {}", escape(&contact.name), escape(title)),
        None => escape(&contact.name),
    }
}
