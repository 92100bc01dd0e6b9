//! Who works in an institution, as what, and over whom.

use std::collections::BTreeMap;

use domain::{AccountId, InstitutionId, LearnerId};
use serde_json::json;
use store::{Tx, Within, membership::Membership};

use crate::{
    Action, Actor, App, Error, NewAccount, Problems, Reach, Result, Role,
    audit::Change,
    holding::{CASELOAD, IN_CARE},
};

/// A person who works in an institution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub id: AccountId,
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// What they are there, in the order of the grid.
    pub roles: Vec<Holding>,
}

/// A role that somebody holds, and over whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// The role.
    pub role: Role,
    /// Over whom. Who is in a caseload is kept beside it.
    pub reach: Reach,
}

impl From<Role> for Holding {
    /// The role over the whole institution.
    fn from(role: Role) -> Self {
        Self { role, reach: Reach::Institution }
    }
}

impl Holding {
    pub(crate) fn membership(&self, institution: InstitutionId, account: AccountId) -> Membership {
        let groups = match &self.reach {
            Reach::Groups(groups) => {
                groups.iter().map(crate::Group::words).map(|(sort, name)| (sort.to_owned(), name)).collect()
            }
            Reach::Institution | Reach::Caseload(_) => Vec::new(),
        };
        Membership {
            institution,
            account,
            role: self.role.word().to_owned(),
            reach: self.reach.word().to_owned(),
            groups,
        }
    }

    pub(crate) fn payload(&self) -> serde_json::Value {
        json!({"role": self.role.word(), "reach": self.reach.word(), "over": self.reach.label()})
    }
}

impl App {
    /// Adds a person to an institution, with an account if the address has none yet. An existing account keeps its name and
    /// password, and only gets the role.
    ///
    /// # Errors
    /// If the actor may not say who works there, the person works there already (the operator gives them the role
    /// besides), or the form has problems.
    pub fn add_person(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        new: &NewAccount,
        holding: impl Into<Holding>,
    ) -> Result<AccountId> {
        actor.ask_for_all(Action::ManagePeople, institution)?;
        self.ask_fresh_or_operator(actor)?;
        let holding = holding.into();
        check_holdings(std::slice::from_ref(&holding))?;
        let email = new.email.trim();
        if let Some(existing) = self.store().read(Within::none(), |tx| store::account::find_by_email(tx, email))? {
            let event = self.event(actor, "role.granted", ("account", Some(existing.id.0)), holding.payload());
            self.store().write(institution, |tx| -> Result<()> {
                let works_here =
                    store::membership::list(tx, institution)?.iter().any(|member| member.account == existing.id);
                // On the command line, adding is also how the operator gives somebody another role.
                if works_here && !actor.is_operator() {
                    return Err(Error::problem("email", "This person works here already. Change their role instead."));
                }
                // Whoever made that account may not be who the address says: an invitation reaches its owner.
                if !actor.is_operator() {
                    return Err(Error::problem(
                        "email",
                        "This person has an account already, so invite them: they take the role up when they sign in.",
                    ));
                }
                store::membership::set(tx, &holding.membership(institution, existing.id))?;
                Ok(store::audit::record(tx, institution, &event)?)
            })?;
            return Ok(existing.id);
        }
        let account = self.account(new, false)?;
        let id = account.id;
        let added = self.event(actor, "account.added", ("account", Some(id.0)), json!({}));
        let granted = self.event(actor, "role.granted", ("account", Some(id.0)), holding.payload());
        self.store().write(institution, |tx| {
            store::account::insert(tx, &account)?;
            store::membership::set(tx, &holding.membership(institution, id))?;
            store::audit::record(tx, Self::INSTALLATION, &added)?;
            store::audit::record(tx, institution, &granted)
        })?;
        Ok(id)
    }

    /// Gives somebody who works in an institution these roles there, in place of those they had. With none, they no longer
    /// work there; their account stays.
    ///
    /// # Errors
    /// If the actor may not say who works there, the account does not work there, or nobody would administer it any more.
    pub fn set_roles(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        account: AccountId,
        holdings: &[Holding],
    ) -> Result<()> {
        actor.ask_for_all(Action::ManagePeople, institution)?;
        self.ask_fresh_or_operator(actor)?;
        check_holdings(holdings)?;
        self.store().write(institution, |tx| self.replace_roles(tx, actor, institution, account, holdings))
    }

    /// The same within a transaction. The caller has asked, and checked the holdings.
    pub(crate) fn replace_roles(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        institution: InstitutionId,
        account: AccountId,
        holdings: &[Holding],
    ) -> Result<()> {
        let stays = holdings.iter().any(|holding| holding.role == Role::Administrator);
        let mut members = store::membership::list(tx, institution)?;
        let is_administrator =
            |member: &Membership| member.account == account && member.role == Role::Administrator.word();
        if !stays && members.iter().any(is_administrator) {
            // Two who end each other's roles at once queue here: the second sees what the first did.
            tx.advance(institution)?;
            members = store::membership::list(tx, institution)?;
        }
        let (theirs, others): (Vec<_>, Vec<_>) = members.iter().partition(|member| member.account == account);
        if theirs.is_empty() {
            return Err(Error::NOT_FOUND);
        }
        let administers = |member: &&Membership| member.role == Role::Administrator.word();
        let administered = theirs.iter().any(administers);
        // Somebody whose account is closed administers nothing.
        let mut remain = false;
        for other in others.iter().filter(|member| administers(member)) {
            remain |= store::account::find(tx, other.account)?.is_some_and(|account| account.closed_at.is_none());
        }
        if administered && !stays && !remain {
            return Err(Error::problem(
                "role",
                "Nobody else administers the institution. Make somebody else an administrator first.",
            ));
        }
        for member in &theirs {
            if !holdings.iter().any(|holding| holding.role.word() == member.role) {
                store::membership::delete(tx, institution, account, &member.role)?;
                let event = self.event(actor, "role.ended", ("account", Some(account.0)), json!({"role": member.role}));
                store::audit::record(tx, institution, &event)?;
            }
        }
        for holding in holdings {
            let membership = holding.membership(institution, account);
            if !theirs.contains(&&membership) {
                store::membership::set(tx, &membership)?;
                let event = self.event(actor, "role.granted", ("account", Some(account.0)), holding.payload());
                store::audit::record(tx, institution, &event)?;
            }
        }
        if !holdings.iter().any(|holding| matches!(holding.reach, Reach::Caseload(_))) {
            self.change_caseload(tx, actor, institution, account, &[])?;
        }
        Ok(())
    }

    /// Puts these learners, and no others, into somebody's care.
    ///
    /// # Errors
    /// If the actor may not say who works there, the account has no role there by caseload, or a learner is not there.
    pub fn set_caseload(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        account: AccountId,
        learners: &[LearnerId],
    ) -> Result<()> {
        actor.ask_for_all(Action::ManagePeople, institution)?;
        self.store().write(institution, |tx| {
            let members = store::membership::list(tx, institution)?;
            if !members.iter().any(|member| member.account == account && member.reach == "caseload") {
                return Err(Error::NOT_FOUND);
            }
            self.change_caseload(tx, actor, institution, account, learners).map(drop)
        })
    }

    pub(crate) fn change_caseload(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        institution: InstitutionId,
        account: AccountId,
        learners: &[LearnerId],
    ) -> Result<Option<i64>> {
        let before = store::membership::caseload(tx, institution, account)?;
        let added: Vec<_> = learners.iter().copied().filter(|learner| !before.contains(learner)).collect();
        let removed: Vec<_> = before.iter().copied().filter(|learner| !learners.contains(learner)).collect();
        if added.is_empty() && removed.is_empty() {
            return Ok(None);
        }
        for learner in &added {
            store::membership::add_to_caseload(tx, institution, account, *learner)?;
        }
        for learner in &removed {
            store::membership::remove_from_caseload(tx, institution, account, *learner)?;
        }
        let payload = json!({"added": added.len(), "removed": removed.len()});
        let taken = Change::default().with(CASELOAD, None, Some(IN_CARE));
        let left = Change::default().with(CASELOAD, Some(IN_CARE), None);
        let event = self
            .event(actor, "caseload.changed", ("account", Some(account.0)), payload)
            .with(added.iter().map(|learner| self.detail(Some(*learner), &taken)))
            .with(removed.iter().map(|learner| self.detail(Some(*learner), &left)));
        store::audit::record(tx, institution, &event)?;
        Ok(Some(event.id))
    }

    /// Who works in the institution, by name.
    ///
    /// # Errors
    /// If the actor may not say who works there.
    pub fn people(&self, actor: &Actor, institution: InstitutionId) -> Result<Vec<Person>> {
        actor.ask(Action::ManagePeople, institution)?;
        let mut people = self.store().read(institution, |tx| -> Result<_> {
            let mut people: BTreeMap<AccountId, Person> = BTreeMap::new();
            for member in store::membership::list(tx, institution)? {
                let Some(role) = Role::from_word(&member.role) else { continue };
                let caseload = match member.reach.as_str() {
                    "caseload" => store::membership::caseload(tx, institution, member.account)?,
                    _ => Vec::new(),
                };
                let holding = Holding { role, reach: Reach::from_words(&member.reach, &member.groups, &caseload) };
                if let Some(person) = people.get_mut(&member.account) {
                    person.roles.push(holding);
                } else if let Some(account) = store::account::find(tx, member.account)? {
                    let person =
                        Person { id: account.id, name: account.name, email: account.email, roles: vec![holding] };
                    people.insert(account.id, person);
                }
            }
            Ok(people.into_values().collect::<Vec<_>>())
        })?;
        for person in &mut people {
            person.roles.sort_by_key(|holding| holding.role);
        }
        people.sort_by_key(|person| (domain::same_name(&person.name), person.id));
        Ok(people)
    }
}

/// Passes if an institution can give these roles.
pub(crate) fn check_holdings(holdings: &[Holding]) -> Result<()> {
    let mut problems = Problems::default();
    note_problems(holdings, &mut problems);
    problems.check()
}

/// Notes why an institution cannot give these roles.
pub(crate) fn note_problems(holdings: &[Holding], problems: &mut Problems) {
    for holding in holdings {
        if !holding.role.is_of_institution() {
            problems.add("role", "This role comes with a trust or a Careers Hub, so a school cannot give it.");
        }
        if matches!(&holding.reach, Reach::Groups(groups) if groups.is_empty()) {
            problems.add("groups", "Choose at least one form, year group or subject.");
        }
        if holding.role == Role::Administrator && holding.reach != Reach::Institution {
            problems.add("reach", "An administrator is one for the whole institution.");
        }
        if holding.role == Role::Learner && !matches!(holding.reach, Reach::Caseload(_)) {
            problems.add("reach", "A learner sees their own record only.");
        }
    }
}
