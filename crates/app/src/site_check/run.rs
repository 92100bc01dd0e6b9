use std::{collections::HashMap, sync::PoisonError, thread};

use domain::{InstitutionId, SiteCheckId};
use fetch::{Fetcher, Limits, Visit};
use jiff::SignedDuration;
use serde_json::json;
use store::{EngineName, site_check::SiteCheck};

use super::{Kept, SiteCheckState, known};
use crate::{Action, Actor, App, Error, Result};

/// How many checks an institution may begin within a quarter of an hour.
const MOST_OFTEN: usize = 8;
/// How many run on one node at once, whoever asked.
const AT_ONCE: usize = 6;
/// After this none of any node is still running: what `fetch` takes at most, and then some.
const LONGEST: SignedDuration = SignedDuration::from_mins(6);
/// How many saved files are read.
const MOST_FILES: usize = 20;

/// Checks under way on this node: how many pages were asked for and how many wait.
pub(crate) type Running = HashMap<SiteCheckId, (usize, usize)>;

/// A page or document that somebody saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedPage {
    /// The name of the file.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What a check reads.
enum Source {
    Address(String),
    Files(Vec<SavedPage>),
}

impl App {
    /// Begins to check the website at an address, on a thread of its own; the page of the check says how far it is.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, the address is none that is asked, or another check runs; there were many
    /// lately.
    pub fn start_website_check(&self, actor: &Actor, institution: InstitutionId, address: &str) -> Result<SiteCheckId> {
        actor.ask_for_all(Action::Record, institution)?;
        let address = address.trim();
        if address.is_empty() {
            return Err(Error::problem("address", "Enter the address of your careers page."));
        }
        fetch::start(address, self.0.website_guard).map_err(|reason| Error::problem("address", reason.sentence()))?;
        self.start_site_check(actor, institution, Source::Address(address.to_owned()))
    }

    /// Begins to check pages and documents that were saved, on a thread of its own.
    ///
    /// # Errors
    /// As [`App::start_website_check`]; and if there are no files or too many.
    pub fn start_check_of_saved_pages(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        files: Vec<SavedPage>,
    ) -> Result<SiteCheckId> {
        actor.ask_for_all(Action::Record, institution)?;
        self.start_site_check(actor, institution, Source::Files(few_enough(files)?))
    }

    /// Checks pages and documents that were saved, and comes back when that is done.
    ///
    /// # Errors
    /// As [`App::start_check_of_saved_pages`].
    pub fn check_saved_pages(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        files: Vec<SavedPage>,
    ) -> Result<SiteCheckId> {
        actor.ask_for_all(Action::Record, institution)?;
        let source = Source::Files(few_enough(files)?);
        let id = self.begin_site_check(actor, institution, &source)?;
        self.run_site_check(actor, institution, id, source)?;
        Ok(id)
    }

    fn start_site_check(&self, actor: &Actor, institution: InstitutionId, source: Source) -> Result<SiteCheckId> {
        let id = self.begin_site_check(actor, institution, &source)?;
        let under_way = UnderWay { app: self.clone(), id };
        let actor = actor.clone();
        let started = thread::Builder::new().name("site-check".into()).spawn(move || {
            let app = &under_way.app;
            if let Err(error) = app.run_site_check(&actor, institution, id, source) {
                tracing::error!(check = %id, %error, "a check of a website could not be kept");
            }
        });
        started.map_err(Error::fault)?;
        Ok(id)
    }

    /// Notes that a check begins, if none is under way.
    fn begin_site_check(&self, actor: &Actor, institution: InstitutionId, source: &Source) -> Result<SiteCheckId> {
        let now = self.context().now();
        let id = SiteCheckId(self.context().next_id());
        let (address, from) = match source {
            Source::Address(address) => (address.clone(), "address"),
            Source::Files(_) => (String::new(), "files"),
        };
        let check = SiteCheck {
            id,
            address,
            state: SiteCheckState::Running.word().to_owned(),
            made_at: now,
            finished_at: None,
            content: None,
            account: actor.account(),
        };
        if self.site_checks_running(|running| running.len()) >= AT_ONCE {
            return Err(Error::conflict("Other websites are being checked at the moment. Try again in a few minutes."));
        }
        let event = self.event(actor, "site-check.begun", ("site-check", Some(id.0)), json!({"of": from}));
        self.store()
            .write(institution, |tx| -> Result<()> {
                let here = self.site_checks_here();
                let latest = store::site_check::list(tx, institution, 1)?.pop();
                if latest.is_some_and(|latest| self.state_of_site_check(&latest, &here) == SiteCheckState::Running) {
                    return Err(Error::conflict("A check is under way already. Wait until it is done."));
                }
                self.0.throttle.try_one_of(MOST_OFTEN, &format!("site check of {institution}"), now)?;
                store::site_check::insert(tx, institution, &check)?;
                // Known to run before anybody can see it.
                self.site_checks_running(|running| running.insert(id, (0, 0)));
                Ok(store::audit::record(tx, institution, &event)?)
            })
            .inspect_err(|_| {
                self.site_checks_running(|running| running.remove(&id));
            })?;
        Ok(id)
    }

    /// Reads, judges, and keeps what was found.
    fn run_site_check(&self, actor: &Actor, institution: InstitutionId, id: SiteCheckId, source: Source) -> Result<()> {
        let _under_way = UnderWay { app: self.clone(), id };
        let visit = self.visit_for_check(id, source);
        let as_of = self.context().today();
        let known = self.store().read(institution, |tx| known(tx, institution, as_of))?;
        let (state, kept) = if visit.pages.is_empty() {
            (SiteCheckState::Unread, Kept { report: None, unread: visit.unread, left: 0 })
        } else {
            let report = publication::check(&visit.pages, visit.unread, &known);
            (SiteCheckState::Finished, Kept { report: Some(report), unread: Vec::new(), left: visit.left })
        };
        let content = serde_json::to_string(&kept).map_err(Error::fault)?;
        let event = self.event(actor, "site-check.ended", ("site-check", Some(id.0)), json!({"state": state.word()}));
        self.store().write(institution, |tx| -> Result<()> {
            let now = self.context().now();
            store::site_check::finish(tx, institution, id, state.word(), now, Some(&content))?;
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    fn visit_for_check(&self, id: SiteCheckId, source: Source) -> Visit {
        let limits = Limits::default();
        match source {
            Source::Files(files) => fetch::files(files.into_iter().map(|file| (file.name, file.bytes)), &limits),
            Source::Address(address) => Fetcher::new(self.0.website_guard, limits).visit(&address, |step| {
                self.site_checks_running(|running| running.insert(id, (step.asked, step.waiting)));
            }),
        }
    }

    /// How a check stands. `here` are those under way on this node, taken down before the check was read: one that ended in between
    /// was still under way when it was read. What is under way nowhere was interrupted; on PostgreSQL another node may be at it, for as
    /// long as a check can take.
    pub(super) fn state_of_site_check(&self, check: &SiteCheck, here: &Running) -> SiteCheckState {
        let state = SiteCheckState::of(&check.state);
        if state != SiteCheckState::Running || here.contains_key(&check.id) {
            return state;
        }
        let is_young = self.context().now().duration_since(check.made_at) < LONGEST;
        if is_young && self.store().engine_name() == EngineName::Postgres {
            SiteCheckState::Running
        } else {
            SiteCheckState::Interrupted
        }
    }

    /// Checks under way on this node, at this moment.
    pub(super) fn site_checks_here(&self) -> Running {
        self.site_checks_running(|running| running.clone())
    }

    fn site_checks_running<T>(&self, use_it: impl FnOnce(&mut Running) -> T) -> T {
        use_it(&mut self.0.site_checks.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn few_enough(files: Vec<SavedPage>) -> Result<Vec<SavedPage>> {
    match files.len() {
        0 => Err(Error::problem("file", "Choose at least one saved page or document.")),
        count if count > MOST_FILES => Err(Error::problem(
            "file",
            format!("Choose at most {MOST_FILES} files: the careers page and what it links to."),
        )),
        _ => Ok(files),
    }
}

/// A check that runs here, until this is dropped: at its end, or when something goes wrong.
struct UnderWay {
    app: App,
    id: SiteCheckId,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.app.site_checks_running(|running| running.remove(&self.id));
    }
}
