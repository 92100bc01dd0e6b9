use serde_json::json;
use store::{EngineName, Within};

use crate::{Actor, App, Refusal, Result};

/// What the doctor tells of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseState {
    /// The engine.
    pub engine: EngineName,
    /// The schema's version.
    pub schema: i64,
    /// How many institutions it holds.
    pub institutions: usize,
    /// How many accounts.
    pub accounts: u64,
}

/// How far long work has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Steps done.
    pub done: u64,
    /// Steps in all; nought while unknown.
    pub total: u64,
}

impl App {
    /// What the database holds, in numbers.
    ///
    /// # Errors
    /// If the actor is not the operator.
    pub fn database_state(&self, actor: &Actor) -> Result<DatabaseState> {
        if !actor.is_operator() {
            return Err(Refusal::NotAllowed.into());
        }
        let (institutions, accounts) = self.store().read(Within::none(), |tx| -> Result<_> {
            Ok((store::institution::list(tx)?.len(), store::account::count(tx)?))
        })?;
        let schema = self.store().schema_version().map_err(crate::Error::fault)?;
        Ok(DatabaseState { engine: self.store().engine_name(), schema, institutions, accounts })
    }

    /// Notes in the audit trail that a backup was taken.
    ///
    /// # Errors
    /// If the actor is not the operator.
    pub fn note_backup(&self, actor: &Actor) -> Result<()> {
        if !actor.is_operator() {
            return Err(Refusal::NotAllowed.into());
        }
        let event = self.event(actor, "backed-up", ("installation", None), json!({}));
        Ok(self.store().write(Within::none(), |tx| store::audit::record(tx, Self::INSTALLATION, &event))?)
    }
}
