//! The institution's own grid of roles and actions.

use std::collections::BTreeMap;

use domain::InstitutionId;
use serde_json::{Value, json};
use store::{Tx, permission::Permission};

use crate::{Action, Actions, Actor, App, Error, Result, Role, grant};

/// What each role may do at an institution, in the order of the grid: the columns, and the ticks in each.
pub type Grid = Vec<(Role, Actions)>;

impl App {
    /// What each role that the institution gives may do there, and the roles that come from outside.
    ///
    /// # Errors
    /// If the actor may not say who works there.
    pub fn grid(&self, actor: &Actor, institution: InstitutionId) -> Result<Grid> {
        actor.ask_for_all(Action::ManagePeople, institution)?;
        let own = self.store().read(institution, |tx| store::permission::list(tx, institution))?;
        Ok(grid_of(&own))
    }

    /// Sets what roles may do, for those given. Whatever a role must keep stays, and what it can never have is left out. Returns
    /// the event that [`App::undo_grid`] takes back; none if nothing changed.
    ///
    /// # Errors
    /// If the actor may not say who works there.
    pub fn set_grid(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        wanted: &[(Role, Actions)],
    ) -> Result<Option<i64>> {
        actor.ask_for_all(Action::ManagePeople, institution)?;
        self.ask_fresh_or_operator(actor)?;
        let wanted: BTreeMap<Role, Actions> = wanted.iter().copied().collect();
        self.store().write(institution, |tx| {
            self.change_grid(tx, actor, institution, |role, action, before| {
                wanted.get(&role).map_or(before, |actions| actions.has(action))
            })
        })
    }

    /// Lets every role do what is usual again. Returns as [`App::set_grid`].
    ///
    /// # Errors
    /// If the actor may not say who works there.
    pub fn reset_grid(&self, actor: &Actor, institution: InstitutionId) -> Result<Option<i64>> {
        actor.ask_for_all(Action::ManagePeople, institution)?;
        self.ask_fresh_or_operator(actor)?;
        self.store().write(institution, |tx| {
            self.change_grid(tx, actor, institution, |role, action, _| role.usual().has(action))
        })
    }

    /// Puts back what an event changed; what was changed again since stays.
    ///
    /// # Errors
    /// If the actor may not say who works there, or there is no such event.
    pub fn undo_grid(&self, actor: &Actor, institution: InstitutionId, event: i64) -> Result<Option<i64>> {
        actor.ask_for_all(Action::ManagePeople, institution)?;
        self.ask_fresh_or_operator(actor)?;
        self.store().write(institution, |tx| {
            let event = store::audit::find(tx, institution, event)?.filter(|event| event.action == CHANGED);
            let changed = event.as_ref().and_then(|event| read(&event.payload)).ok_or(Error::NOT_FOUND)?;
            self.change_grid(tx, actor, institution, |role, action, now| match changed.get(&(role, action)) {
                Some(after) if *after == now => !now,
                _ => now,
            })
        })
    }

    /// Changes the grid tick by tick; only what differs from the usual is kept.
    fn change_grid(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        institution: InstitutionId,
        tick: impl Fn(Role, Action, bool) -> bool,
    ) -> Result<Option<i64>> {
        let own = store::permission::list(tx, institution)?;
        let (mut kept, mut changes) = (Vec::new(), Vec::new());
        for (role, before) in grid_of(&own) {
            for action in Action::ALL {
                let (was, usual) = (before.has(action), role.usual().has(action));
                let now = is_open(role, action) && tick(role, action, was) || role.least().has(action);
                if now != usual {
                    kept.push(Permission {
                        role: role.word().to_owned(),
                        action: action.word().to_owned(),
                        allowed: now,
                    });
                }
                if now != was {
                    changes.push(json!({"role": role.word(), "action": action.word(), "before": was, "after": now}));
                }
            }
        }
        if changes.is_empty() {
            return Ok(None);
        }
        store::permission::replace(tx, institution, &kept)?;
        let event = self.event(actor, CHANGED, ("roles", None), json!({"changes": changes}));
        store::audit::record(tx, institution, &event)?;
        Ok(Some(event.id))
    }
}

const CHANGED: &str = "roles.changed";

/// Whether the institution may decide about this tick.
pub fn is_open(role: Role, action: Action) -> bool {
    role.most().has(action) && !role.least().has(action)
}

fn grid_of(own: &[Permission]) -> Grid {
    Role::ALL.into_iter().map(|role| (role, grant::allowed(role, own))).collect()
}

/// What an event changed, and to what.
fn read(payload: &str) -> Option<BTreeMap<(Role, Action), bool>> {
    let payload: Value = serde_json::from_str(payload).ok()?;
    let tick = |change: &Value| {
        let role = Role::from_word(change["role"].as_str()?)?;
        let action = Action::from_word(change["action"].as_str()?)?;
        Some(((role, action), change["after"].as_bool()?))
    };
    payload["changes"].as_array()?.iter().map(tick).collect()
}
