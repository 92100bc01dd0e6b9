//! Looking at an institution as somebody with another role would.

use domain::InstitutionId;
use serde_json::json;
use store::{Within, session::Viewing};

use crate::{Action, Actor, App, Error, Grant, Reach, Result, Role, token::digest};

impl App {
    /// From here on, a session looks at the institution as somebody with this role would: over everybody, or over one form. Both
    /// what it sees and that it changes nothing is up to [`Actor`].
    ///
    /// # Errors
    /// If the actor may not say who works there, looks as somebody else already, or nobody can look so.
    pub fn view_as(
        &self,
        actor: &Actor,
        token: &str,
        institution: InstitutionId,
        role: Role,
        form: Option<&str>,
    ) -> Result<()> {
        actor.ask_for_all(Action::ManagePeople, institution)?;
        if role == Role::Learner {
            return Err(Error::problem("role", "A learner sees their own record only. Open the learner instead."));
        }
        let form = form.map(str::trim).filter(|form| !form.is_empty());
        let viewing = Viewing { institution, role: role.word().to_owned(), group: form.map(str::to_owned) };
        let event = self.event(actor, "viewing.began", ("role", None), json!({"role": role.word(), "form": form}));
        Ok(self.store().write(Within::from(institution), |tx| {
            store::session::view_as(tx, &digest(token.as_bytes()), Some(&viewing))?;
            store::audit::record(tx, institution, &event)
        })?)
    }

    /// From here on, a session sees as its person again. Returns where it looked; none if it looked as nobody else.
    ///
    /// # Errors
    /// Only faults.
    pub fn stop_viewing(&self, actor: &Actor, token: &str) -> Result<Option<InstitutionId>> {
        let Some(institution) = actor.viewing().map(|viewing| viewing.institution) else { return Ok(None) };
        let event = self.event(actor, "viewing.ended", ("role", None), json!({}));
        self.store().write(Within::from(institution), |tx| {
            store::session::view_as(tx, &digest(token.as_bytes()), None)?;
            store::audit::record(tx, institution, &event)
        })?;
        Ok(Some(institution))
    }
}

impl Grant {
    /// Over whom, if not over everybody: "9A".
    pub fn over(&self) -> Option<String> {
        (self.reach != Reach::Institution).then(|| self.reach.label())
    }
}
