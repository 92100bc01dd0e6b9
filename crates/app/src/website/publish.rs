use domain::{InstitutionId, PublicationId};
use jiff::Timestamp;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::publication::{Publication, PublicationFile};

use crate::{Action, Actor, App, Error, ListFile, Result, View, website::look};

/// The sort of publication that the careers site is.
pub(crate) const SITE: &str = "site";

/// A file of the public site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebsiteFile {
    /// Its media type.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl App {
    /// Publishes the careers site as the record has it now. What was public before stays kept.
    ///
    /// # Errors
    /// If the actor may not confirm what the institution is asked, or a page would say something about a single learner.
    pub fn publish_website(&self, actor: &Actor, institution: InstitutionId, note: &str) -> Result<PublicationId> {
        actor.ask_for_all(Action::Confirm, institution)?;
        let (basis, files) = self.render_website(institution)?;
        let now = self.context().now();
        let publication = Publication {
            id: PublicationId(self.context().next_id()),
            what: SITE.to_owned(),
            made_at: now,
            ended_at: None,
            note: note.trim().chars().take(500).collect(),
            content: serde_json::to_string(&basis).map_err(Error::fault)?,
            digest: digest(&files),
            account: actor.account(),
        };
        let event = self.event(
            actor,
            "website.published",
            ("publication", Some(publication.id.0)),
            json!({"files": files.len()}),
        );
        self.store().write(institution, |tx| -> Result<()> {
            tx.wait_turn(institution)?;
            let before = store::publication::latest(tx, institution, SITE)?;
            if let Some(before) = before.filter(|before| before.ended_at.is_none()) {
                store::publication::set_ended(tx, institution, before.id, Some(now))?;
            }
            store::publication::insert(tx, institution, &publication, &files)?;
            let site = store::website::find(tx, institution)?.unwrap_or_else(|| look::usual(now));
            store::website::set(tx, institution, &store::website::Website { is_open: true, ..site })?;
            Ok(store::audit::record(tx, institution, &event)?)
        })?;
        self.forget_websites();
        Ok(publication.id)
    }

    /// Takes the careers site back: the public sees nothing until it is shown again or published anew.
    ///
    /// # Errors
    /// If the actor may not confirm what the institution is asked, or nothing is public.
    pub fn withdraw_website(&self, actor: &Actor, institution: InstitutionId) -> Result<()> {
        self.end_website(actor, institution, Some(self.context().now()), "website.withdrawn")
    }

    /// Shows what was public last again, as it was.
    ///
    /// # Errors
    /// If the actor may not confirm what the institution is asked, or nothing was withdrawn.
    pub fn show_website_again(&self, actor: &Actor, institution: InstitutionId) -> Result<()> {
        self.end_website(actor, institution, None, "website.shown-again")
    }

    fn end_website(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        end: Option<Timestamp>,
        action: &str,
    ) -> Result<()> {
        actor.ask_for_all(Action::Confirm, institution)?;
        let now = self.context().now();
        self.store().write(institution, |tx| -> Result<()> {
            tx.wait_turn(institution)?;
            let latest = store::publication::latest(tx, institution, SITE)?.ok_or(Error::NOT_FOUND)?;
            if latest.ended_at.is_none() == end.is_none() {
                return Err(Error::conflict(match end {
                    Some(_) => "The public pages are withdrawn already.",
                    None => "The public pages are shown already.",
                }));
            }
            store::publication::set_ended(tx, institution, latest.id, end)?;
            let site = store::website::find(tx, institution)?.unwrap_or_else(|| look::usual(now));
            store::website::set(tx, institution, &store::website::Website { is_open: end.is_none(), ..site })?;
            let event = self.event(actor, action, ("publication", Some(latest.id.0)), json!({}));
            Ok(store::audit::record(tx, institution, &event)?)
        })?;
        self.forget_websites();
        Ok(())
    }

    /// A file of the site as it would be published now, for those who write it.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, there is no such file, or a page would say something about a single learner.
    pub fn preview_website(&self, actor: &Actor, view: View, path: &str) -> Result<WebsiteFile> {
        actor.ask_for_all(Action::Record, view.institution)?;
        let (_, files) = self.render_website(view.institution)?;
        one(files, path)
    }

    /// A file of the site as it was published once. For people of the institution: an earlier page may name somebody who has left.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach, or there is no such publication or file.
    pub fn published_file(&self, actor: &Actor, view: View, id: PublicationId, path: &str) -> Result<WebsiteFile> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let files = self.store().read(view.institution, |tx| store::publication::files(tx, view.institution, id))?;
        one(files, path)
    }

    /// A publication as files in an archive, to be put on any server or opened from a disk; the latest if none is named.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach, or there is no such publication.
    pub fn export_website(&self, actor: &Actor, view: View, id: Option<PublicationId>) -> Result<ListFile> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let (made_at, files) = self.store().read(view.institution, |tx| -> Result<_> {
            let found = match id {
                Some(id) => store::publication::find(tx, view.institution, id)?,
                None => store::publication::latest(tx, view.institution, SITE)?,
            };
            let found = found.filter(|found| found.what == SITE).ok_or(Error::NOT_FOUND)?;
            Ok((found.made_at, store::publication::files(tx, view.institution, found.id)?))
        })?;
        let bytes = exchange::pack::zip(files.iter().map(|file| (file.path.as_str(), file.content.as_slice())))
            .map_err(Error::fault)?;
        let day = self.context().day_of(made_at);
        Ok(ListFile { name: format!("careers-site-{day}.zip"), media_type: "application/zip", bytes })
    }
}

fn one(files: Vec<PublicationFile>, path: &str) -> Result<WebsiteFile> {
    let path = if path.is_empty() { super::pages::START } else { path };
    let file = files.into_iter().find(|file| file.path == path).ok_or(Error::NOT_FOUND)?;
    Ok(WebsiteFile { media_type: file.media_type, bytes: file.content })
}

/// A digest over every file.
fn digest(files: &[PublicationFile]) -> Vec<u8> {
    let mut digest = Sha256::new();
    for file in files {
        digest.update(file.path.as_bytes());
        digest.update(&file.digest);
    }
    digest.finalize().to_vec()
}
