use domain::AccountId;
use serde_json::json;
use store::Within;

use crate::{Actor, App, Error, Problems, Result, password};

/// A person to be.
#[derive(Debug, Clone, Default)]
pub struct NewAccount {
    /// Full name.
    pub name: String,
    /// E-mail address, by which the person signs in.
    pub email: String,
    /// Password.
    pub password: String,
}

impl App {
    /// Sets a new password and ends the account's sessions. The person must know the present one.
    ///
    /// # Errors
    /// If the present password is wrong or the new one is weak.
    pub fn change_password(&self, actor: &Actor, present: &str, new: &str) -> Result<()> {
        let id = actor.account().ok_or(Error::NOT_FOUND)?;
        let account = self.store().read(Within::none(), |tx| store::account::find(tx, id))?.ok_or(Error::NOT_FOUND)?;
        self.0.throttle.try_once(&format!("password {id}"), self.context().now())?;
        let mut problems = Problems::default();
        if !password::verify(present, account.password_hash.as_deref(), self.0.password_cost) {
            problems.add("present", "This is not your present password.");
        }
        let institutions = self.institution_names(actor)?;
        password::check(new, &password::about(&account.name, &account.email, &institutions), &mut problems);
        problems.check()?;
        self.set_password(actor, account, new)
    }

    /// Sets a new password for an address: for the operator, when somebody is locked out.
    ///
    /// # Errors
    /// If the actor is not the operator, the address is unknown or the password weak.
    pub fn reset_password(&self, actor: &Actor, email: &str, new: &str) -> Result<()> {
        if !actor.is_operator() {
            return Err(crate::Refusal::NotAllowed.into());
        }
        let found = self.store().read(Within::none(), |tx| store::account::find_by_email(tx, email.trim()))?;
        let account = found.ok_or_else(|| Error::problem("email", "Nobody has this e-mail address."))?;
        let mut problems = Problems::default();
        password::check(new, &password::about(&account.name, &account.email, &[]), &mut problems);
        problems.check()?;
        self.set_password(actor, account, new)
    }

    fn set_password(&self, actor: &Actor, mut account: store::account::Account, new: &str) -> Result<()> {
        account.password_hash = Some(password::hash(new, self.0.password_cost, self.context())?);
        let event = self.event(actor, "password.changed", ("account", Some(account.id.0)), json!({}));
        self.store().write(Within::none(), |tx| {
            store::account::update(tx, &account)?;
            store::session::delete_of(tx, account.id)?;
            store::password_reset::delete_of(tx, account.id)?;
            store::audit::record(tx, Self::INSTALLATION, &event)
        })?;
        self.tell_of_password(&account);
        Ok(())
    }

    /// Adds a person who works in no institution yet: for those who look over a trust or a hub.
    ///
    /// # Errors
    /// If the actor is not the operator, the address is taken, or the form has problems.
    pub fn add_account(&self, actor: &Actor, new: &NewAccount) -> Result<AccountId> {
        if !actor.is_operator() {
            return Err(crate::Refusal::NotAllowed.into());
        }
        let account = self.account(new, false)?;
        let event = self.event(actor, "account.added", ("account", Some(account.id.0)), json!({}));
        self.store().write(Within::none(), |tx| {
            store::account::insert(tx, &account)?;
            store::audit::record(tx, Self::INSTALLATION, &event)
        })?;
        Ok(account.id)
    }

    /// An account from a form, checked, with its password hashed.
    pub(crate) fn account(&self, new: &NewAccount, administrator: bool) -> Result<store::account::Account> {
        Ok(store::account::Account { administrator, ..self.account_at(new, &[])? })
    }

    /// The same, of somebody who is to work in these institutions.
    pub(crate) fn account_at(&self, new: &NewAccount, institutions: &[String]) -> Result<store::account::Account> {
        let mut problems = Problems::default();
        let name = problems.required("name", &new.name, "a name");
        let email = check_email(&new.email, &mut problems);
        password::check(&new.password, &password::about(&new.name, &email, institutions), &mut problems);
        problems.check()?;
        let password_hash = password::hash(&new.password, self.0.password_cost, self.context())?;
        let account = self.account_without_password(&name, &email)?;
        Ok(store::account::Account { password_hash: Some(password_hash), ..account })
    }

    /// An account of somebody who does not sign in by a password.
    pub(crate) fn account_without_password(&self, name: &str, email: &str) -> Result<store::account::Account> {
        let mut problems = Problems::default();
        let name = problems.required("name", name, "a name");
        let email = check_email(email, &mut problems);
        problems.check()?;
        Ok(store::account::Account {
            id: AccountId(self.context().next_id()),
            email,
            name,
            password_hash: None,
            administrator: false,
            created_at: self.context().now(),
            closed_at: None,
        })
    }
}

/// An address, trimmed; noted as a problem when it cannot be one.
fn check_email(text: &str, problems: &mut Problems) -> String {
    let text = problems.required("email", text, "an e-mail address");
    check_address(&text, "email", problems);
    text
}

/// Notes a problem unless the text is blank or can be an e-mail address.
pub(crate) fn check_address(text: &str, field: &'static str, problems: &mut Problems) {
    let looks_right = text
        .split_once('@')
        .is_some_and(|(local, host)| !local.is_empty() && host.contains('.') && !text.contains(char::is_whitespace));
    if !text.is_empty() && !looks_right {
        problems.add(field, "Enter an e-mail address such as name@school.example.");
    }
}
