//! Letting go of a person who worked here: their account is emptied. What they did stays in the trail, by a key that leads to
//! nobody.

use domain::{AccountId, InstitutionId};
use serde_json::json;
use store::{Tx, Within};

use crate::{Action, Actor, App, Error, Frame, Problems, Result, Role, View, data_register};

/// How an account that was erased is named where the trail leads to it.
pub(crate) const ERASED: &str = "Somebody who has left (erased)";

impl App {
    /// Erases the account of somebody who works (or worked) in the institution, for good: ways of signing in, roles and keys
    /// go, name and address are emptied.
    ///
    /// # Errors
    /// If the actor does not answer for data protection and people here, it is their own account, the person also works
    /// elsewhere (then only the operator may), nobody else would administer the institution, or the reason is missing.
    pub fn erase_account(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        account: AccountId,
        reason: &str,
    ) -> Result<()> {
        actor.ask_for_all(Action::ProtectData, institution)?;
        actor.ask_for_all(Action::ManagePeople, institution)?;
        self.ask_fresh_or_operator(actor)?;
        if actor.account() == Some(account) {
            return Err(Error::conflict("Nobody can erase their own account. Ask another administrator."));
        }
        let found = self.store().read(Within::none(), |tx| store::account::find(tx, account))?;
        let person = found.ok_or(Error::NOT_FOUND)?;
        let (at, beyond) = self.store().read(account, |tx| -> Result<_> {
            let mut beyond = 0;
            for table in ["trust_membership", "hub_membership"] {
                let table = store::catalogue::table(table).ok_or_else(|| Error::fault("no such table"))?;
                beyond += store::rows::count(tx, table, &[("account_id", account.0)])?;
            }
            Ok((store::erasure::institutions_of(tx, account)?, beyond))
        })?;
        if !actor.is_operator() {
            if !at.contains(&institution) {
                return Err(Error::NOT_FOUND);
            }
            if at.len() > 1 || beyond > 0 || person.administrator {
                return Err(Error::conflict(
                    "This person also has a role elsewhere, so whoever runs the server has to erase the account. You can end \
                     their roles here.",
                ));
            }
        }
        let mut problems = Problems::default();
        let reason = problems.required("reason", reason, "why it is erased");
        let named = [&person.name, &person.email];
        if named.iter().any(|name| domain::same_name(&reason).contains(&domain::same_name(name))) {
            problems.add("reason", "Say why without naming the person: the reason stays in the audit trail.");
        }
        problems.check()?;
        let all: Vec<InstitutionId> =
            self.store().read(Within::none(), store::institution::list)?.into_iter().map(|one| one.id).collect();
        let within: Vec<_> = all.into_iter().chain([Self::INSTALLATION]).collect();
        self.store().write(Within::each(within.iter().copied()), |tx| {
            for institution in &at {
                let members = store::membership::list(tx, *institution)?;
                let (theirs, others): (Vec<_>, Vec<_>) = members
                    .iter()
                    .filter(|member| member.role == Role::Administrator.word())
                    .partition(|member| member.account == account);
                if !theirs.is_empty() && others.is_empty() {
                    return Err(Error::conflict(
                        "Nobody else administers the institution. Make somebody else an administrator first.",
                    ));
                }
            }
            for institution in &at {
                self.blank_duties_of(tx, *institution, &person.name)?;
            }
            self.empty_account(tx, account, &within)?;
            let event = self.event(actor, "account.erased", ("account", Some(account.0)), json!({"reason": reason}));
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// The frame and the person's name, for the page that asks why.
    ///
    /// # Errors
    /// If the actor does not answer for data protection and people here, or the account does not work here.
    pub fn account_to_erase(&self, actor: &Actor, view: View, account: AccountId) -> Result<(Frame, String)> {
        actor.ask_for_all(Action::ProtectData, view.institution)?;
        let people = self.people(actor, view.institution)?;
        let person = people.into_iter().find(|person| person.id == account).ok_or(Error::NOT_FOUND)?;
        Ok((self.frame(actor, view)?, person.name))
    }

    /// Takes a name out of the register of responsibilities, where it was typed: each that was theirs has no owner then, and says so on its page.
    fn blank_duties_of(&self, tx: &mut Tx<'_>, institution: InstitutionId, name: &str) -> Result<()> {
        let theirs = |owner: &String| domain::same_name(owner) == domain::same_name(name);
        for duty in store::duty::list(tx, institution)? {
            if duty.owner.as_ref().is_some_and(theirs) {
                let duty = store::duty::Duty { owner: None, changed_at: self.context().now(), ..duty };
                store::duty::set(tx, institution, &duty)?;
            }
        }
        Ok(())
    }

    /// Removes what belongs to an account, as the register says, and empties it. The transaction works for `institutions`.
    pub(crate) fn empty_account(
        &self,
        tx: &mut Tx<'_>,
        account: AccountId,
        institutions: &[InstitutionId],
    ) -> Result<()> {
        for table in data_register().tables.iter().rev().filter(|table| table.name != "account") {
            if let Some(column) = &table.account {
                store::rows::delete(tx, table.catalogued(), &[(column, account.0)])?;
            }
        }
        for institution in institutions {
            store::erasure::erase_account_details(tx, *institution, account)?;
        }
        Ok(store::erasure::empty_account(tx, account, ERASED, self.context().now())?)
    }
}
