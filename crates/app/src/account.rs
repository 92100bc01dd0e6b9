use domain::{AccountId, InstitutionId};
use serde_json::json;

use crate::{Action, Actor, App, Error, Problems, Result, Role, password};

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

/// A person who works in an institution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub id: AccountId,
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// What they are there.
    pub role: Role,
}

impl App {
    /// Adds a person to an institution, with an account if the address has none yet. An existing account keeps its name and
    /// password, and only gets the role.
    ///
    /// # Errors
    /// If the actor may not administer the institution, the person works there already (the operator changes their role
    /// so), or the form has problems.
    pub fn add_person(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        new: &NewAccount,
        role: Role,
    ) -> Result<AccountId> {
        actor.ask(Action::Administer, institution)?;
        let email = new.email.trim();
        if let Some(existing) = self.store().read(|tx| store::account::find_by_email(tx, email))? {
            let event =
                self.event(actor, "role.granted", ("account", Some(existing.id.0)), json!({"role": role.word()}));
            self.store().write(|tx| -> Result<()> {
                let works_here =
                    store::membership::list(tx, institution)?.iter().any(|member| member.account == existing.id);
                // On the command line, adding is also how the operator changes a role.
                if works_here && !actor.is_operator() {
                    return Err(Error::problem("email", "This person works here already. Change their role instead."));
                }
                store::membership::set(tx, institution, existing.id, role.word())?;
                Ok(store::audit::record(tx, institution, &event)?)
            })?;
            return Ok(existing.id);
        }
        let account = self.account(new, false)?;
        let id = account.id;
        let added = self.event(actor, "account.added", ("account", Some(id.0)), json!({}));
        let granted = self.event(actor, "role.granted", ("account", Some(id.0)), json!({"role": role.word()}));
        self.store().write(|tx| {
            store::account::insert(tx, &account)?;
            store::membership::set(tx, institution, id, role.word())?;
            store::audit::record(tx, Self::INSTALLATION, &added)?;
            store::audit::record(tx, institution, &granted)
        })?;
        Ok(id)
    }

    /// Gives somebody who works in an institution another role there.
    ///
    /// # Errors
    /// If the actor may not administer the institution, the account does not work there, or nobody would administer it
    /// any more.
    pub fn grant(&self, actor: &Actor, institution: InstitutionId, account: AccountId, role: Role) -> Result<()> {
        actor.ask(Action::Administer, institution)?;
        let event = self.event(actor, "role.granted", ("account", Some(account.0)), json!({"role": role.word()}));
        self.store().write(|tx| {
            let members = store::membership::list(tx, institution)?;
            if members.iter().all(|member| member.account != account) {
                return Err(Error::NOT_FOUND);
            }
            let mut admins =
                members.iter().filter(|member| member.role == Role::Admin.word()).map(|admin| admin.account);
            if role != Role::Admin && admins.next() == Some(account) && admins.next().is_none() {
                return Err(Error::problem(
                    "role",
                    "Nobody else administers the institution. Make somebody else an administrator first.",
                ));
            }
            store::membership::set(tx, institution, account, role.word())?;
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// Who works in the institution, by name.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn people(&self, actor: &Actor, institution: InstitutionId) -> Result<Vec<Person>> {
        actor.ask(Action::Administer, institution)?;
        let mut people = self.store().read(|tx| -> Result<_> {
            let mut people = Vec::new();
            for member in store::membership::list(tx, institution)? {
                let Some(role) = Role::from_word(&member.role) else { continue };
                if let Some(account) = store::account::find(tx, member.account)? {
                    people.push(Person { id: account.id, name: account.name, email: account.email, role });
                }
            }
            Ok(people)
        })?;
        people.sort_by_key(|person| (domain::same_name(&person.name), person.id));
        Ok(people)
    }

    /// Sets a new password and ends the account's sessions. The person must know the present one.
    ///
    /// # Errors
    /// If the present password is wrong or the new one is weak.
    pub fn change_password(&self, actor: &Actor, present: &str, new: &str) -> Result<()> {
        let id = actor.account().ok_or(Error::NOT_FOUND)?;
        let account = self.store().read(|tx| store::account::find(tx, id))?.ok_or(Error::NOT_FOUND)?;
        self.0.throttle.try_once(&format!("password {id}"), self.context().now())?;
        let mut problems = Problems::default();
        if !password::verify(present, account.password_hash.as_deref(), self.0.password_cost) {
            problems.add("present", "This is not your present password.");
        }
        password::check(new, &account.email, &mut problems);
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
        let found = self.store().read(|tx| store::account::find_by_email(tx, email.trim()))?;
        let account = found.ok_or_else(|| Error::problem("email", "Nobody has this e-mail address."))?;
        let mut problems = Problems::default();
        password::check(new, &account.email, &mut problems);
        problems.check()?;
        self.set_password(actor, account, new)
    }

    fn set_password(&self, actor: &Actor, mut account: store::account::Account, new: &str) -> Result<()> {
        account.password_hash = Some(password::hash(new, self.0.password_cost, self.context())?);
        let event = self.event(actor, "password.changed", ("account", Some(account.id.0)), json!({}));
        self.store().write(|tx| {
            store::account::update(tx, &account)?;
            store::session::delete_of(tx, account.id)?;
            store::audit::record(tx, Self::INSTALLATION, &event)
        })?;
        Ok(())
    }

    /// An account from a form, checked, with its password hashed.
    pub(crate) fn account(&self, new: &NewAccount, administrator: bool) -> Result<store::account::Account> {
        let mut problems = Problems::default();
        let name = problems.required("name", &new.name, "a name");
        let email = check_email(&new.email, &mut problems);
        password::check(&new.password, &email, &mut problems);
        problems.check()?;
        Ok(store::account::Account {
            id: AccountId(self.context().next_id()),
            email,
            name,
            password_hash: Some(password::hash(&new.password, self.0.password_cost, self.context())?),
            administrator,
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
