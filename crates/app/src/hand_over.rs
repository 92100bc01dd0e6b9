//! What somebody looks after at an institution, and passing it on to somebody else when they leave.

use domain::{AccountId, ApiKeyId, Date, InstitutionId, LearnerId};
use serde_json::{Value, json};
use store::Tx;

use crate::{
    Action, Actor, App, Error, Frame, Holding, Person, Problems, Result, Role, View,
    holding::{self, holdings_of},
    institution::CAREERS_LEADER,
};

/// What somebody looks after.
#[derive(Debug, Clone)]
pub struct Belongings {
    /// Where it is.
    pub frame: Frame,
    /// Who, with their roles and whom they have in their care.
    pub person: Person,
    /// What they look after of what is asked of the institution: titles.
    pub confirmations: Vec<String>,
    /// Whether they are named as the careers leader.
    pub is_careers_leader: bool,
    /// The names of the keys of programs that they answer for.
    pub keys: Vec<String>,
    /// How many notes of guidance meetings they wrote. These stay theirs.
    pub notes: u64,
    /// Who else works there.
    pub others: Vec<Person>,
}

/// What is passed on, and to whom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HandOver {
    /// To whom.
    pub to: Option<AccountId>,
    /// These roles, over the same learners; the person keeps theirs unless they leave.
    pub roles: Vec<Role>,
    /// The learners in their care.
    pub caseload: bool,
    /// What they look after of what is asked of the institution.
    pub confirmations: bool,
    /// Being named as the careers leader.
    pub careers_leader: bool,
    /// Answering for keys of programs.
    pub keys: bool,
    /// Whether they then no longer work there.
    pub leaves: bool,
}

const HANDED_OVER: &str = "work.handed-over";

impl App {
    /// What somebody looks after.
    ///
    /// # Errors
    /// If the actor may not say who works there, or the account does not.
    pub fn belongings(&self, actor: &Actor, view: View, account: AccountId) -> Result<Belongings> {
        actor.ask_for_all(Action::ManagePeople, view.institution)?;
        let institution = view.institution;
        let person = self.person(actor, institution, account)?;
        let scene = self.scene(actor, view)?;
        let (confirmed, is_careers_leader, keys, notes) = self.store().read(institution, |tx| -> Result<_> {
            Ok((
                confirmations(tx, institution, &person.name)?,
                is_careers_leader(tx, institution, &person.name, &person.email)?,
                keys_of(tx, institution, account)?.into_iter().map(|(_, name)| name).collect(),
                store::guidance_note::count_by(tx, institution, account)?,
            ))
        })?;
        let title = |id: &String| {
            let asked = scene.pack.institution_requirements.iter().find(|asked| asked.id == *id);
            asked.map_or_else(|| id.clone(), |asked| asked.wording.title.clone())
        };
        let is_staff = |other: &Person| other.roles.iter().any(|holding| holding.role != Role::Learner);
        let others = self.people(actor, institution)?;
        Ok(Belongings {
            confirmations: confirmed.iter().map(|attestation| title(&attestation.requirement)).collect(),
            is_careers_leader,
            keys,
            notes,
            others: others.into_iter().filter(|other| other.id != account && is_staff(other)).collect(),
            person,
            frame: scene.frame,
        })
    }

    /// Passes on what somebody looks after, all of what is chosen or nothing. Returns the event that [`App::take_back_work`]
    /// takes back.
    ///
    /// # Errors
    /// If the actor may not say who works there, one of the two does not, the other could not have a caseload, or nobody would
    /// administer the institution any more.
    pub fn pass_on_work(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        from: AccountId,
        what: &HandOver,
    ) -> Result<i64> {
        actor.ask_for_all(Action::ManagePeople, institution)?;
        self.ask_fresh_or_operator(actor)?;
        let mut problems = Problems::default();
        let to = problems.take("to", what.to.filter(|to| *to != from).ok_or("Choose somebody else.".to_owned()));
        let something =
            !what.roles.is_empty() || what.caseload || what.confirmations || what.careers_leader || what.keys;
        if !something && !what.leaves {
            problems.add("what", "Choose at least one thing to pass on.");
        }
        problems.check()?;
        let to = to.ok_or(Error::NOT_FOUND)?;
        self.store().write(institution, |tx| {
            let (theirs, before) = (holdings_of(tx, institution, from)?, holdings_of(tx, institution, to)?);
            if theirs.is_empty() || before.is_empty() {
                return Err(Error::NOT_FOUND);
            }
            let (giver, taker) = (account(tx, from)?, account(tx, to)?);
            let given: Vec<Holding> = (theirs.iter())
                .filter(|held| what.roles.contains(&held.role) && !before.iter().any(|other| other.role == held.role))
                .cloned()
                .collect();
            self.give_all(tx, actor, institution, to, &given)?;
            let moved = if what.caseload { self.move_caseload(tx, actor, institution, from, to)? } else { Vec::new() };
            let confirmed =
                if what.confirmations { pass_on(tx, institution, &giver.name, &taker.name)? } else { Vec::new() };
            let leads = what.careers_leader && is_careers_leader(tx, institution, &giver.name, &giver.email)?;
            if leads {
                name_careers_leader(tx, institution, &taker)?;
            }
            let keys = if what.keys { keys_of(tx, institution, from)? } else { Vec::new() };
            if !keys.is_empty() {
                store::api_key::pass_on(tx, institution, from, to)?;
            }
            let payload = json!({
                "to": to.to_string(),
                "roles": given.iter().map(holding::words).collect::<Vec<_>>(),
                "confirmations": confirmed,
                "careers_leader": leads,
                "keys": keys.iter().map(|(id, _)| id.to_string()).collect::<Vec<_>>(),
                "left": if what.leaves { theirs.iter().map(holding::words).collect() } else { Vec::new() },
            });
            if what.leaves {
                self.replace_roles(tx, actor, institution, from, &[])?;
            }
            let event =
                self.event(actor, HANDED_OVER, ("account", Some(from.0)), payload).with(self.were_in_care(&moved));
            store::audit::record(tx, institution, &event)?;
            Ok(event.id)
        })
    }

    /// Takes a hand-over back: what was passed on belongs to the person again.
    ///
    /// # Errors
    /// If the actor may not say who works there, or there is no such event.
    pub fn take_back_work(&self, actor: &Actor, institution: InstitutionId, from: AccountId, event: i64) -> Result<()> {
        actor.ask_for_all(Action::ManagePeople, institution)?;
        self.ask_fresh_or_operator(actor)?;
        self.store().write(institution, |tx| {
            let event = store::audit::find(tx, institution, event)?
                .filter(|event| event.action == HANDED_OVER && event.subject_id == Some(from.0));
            let event = event.ok_or(Error::NOT_FOUND)?;
            let payload: Value = serde_json::from_str(&event.payload).map_err(Error::fault)?;
            let to: AccountId = payload["to"].as_str().and_then(|id| id.parse().ok()).ok_or(Error::NOT_FOUND)?;
            let (giver, taker) = (account(tx, from)?, account(tx, to)?);
            self.give_all(tx, actor, institution, from, &holding::read_roles(&payload["left"]))?;
            let (_, moved) = holding::care(&event.details);
            if !moved.is_empty() {
                let mut again = store::membership::caseload(tx, institution, from)?;
                let mut rest = store::membership::caseload(tx, institution, to)?;
                rest.retain(|learner| !moved.contains(learner));
                again.extend(moved.iter().copied().filter(|learner| !again.contains(learner)).collect::<Vec<_>>());
                self.change_caseload(tx, actor, institution, to, &rest)?;
                self.change_caseload(tx, actor, institution, from, &again)?;
            }
            let given = holding::read_roles(&payload["roles"]);
            if !given.is_empty() {
                let mut theirs = holdings_of(tx, institution, to)?;
                theirs.retain(|held| !given.contains(held));
                self.replace_roles(tx, actor, institution, to, &theirs)?;
            }
            for (requirement, on) in pairs(&payload["confirmations"]) {
                let all = store::attestation::list(tx, institution)?;
                let found = all.into_iter().find(|held| held.requirement == requirement && held.attested_on == on);
                if let Some(held) = found.filter(|held| held.owner == taker.name) {
                    let again = store::attestation::Attestation { owner: giver.name.clone(), ..held };
                    store::attestation::set(tx, institution, &again)?;
                }
            }
            if payload["careers_leader"] == true && is_careers_leader(tx, institution, &taker.name, &taker.email)? {
                name_careers_leader(tx, institution, &giver)?;
            }
            let keys: Vec<ApiKeyId> = payload["keys"]
                .as_array()
                .map_or(Vec::new(), |keys| keys.iter().filter_map(|key| key.as_str()?.parse().ok()).collect());
            for key in keys {
                store::api_key::give(tx, institution, key, from)?;
            }
            let event =
                self.event(actor, "work.taken-back", ("account", Some(from.0)), json!({"from": to.to_string()}));
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// Moves whom somebody has in their care. Returns those whom the other had not had.
    fn move_caseload(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        institution: InstitutionId,
        from: AccountId,
        to: AccountId,
    ) -> Result<Vec<LearnerId>> {
        let leaving = store::membership::caseload(tx, institution, from)?;
        if leaving.is_empty() {
            return Ok(leaving);
        }
        let members = store::membership::list(tx, institution)?;
        if !members.iter().any(|member| member.account == to && member.reach == "caseload") {
            return Err(Error::problem(
                "what",
                "To take over these learners, they need a role over their own caseload. Pass that role on as well, or give it to them first.",
            ));
        }
        let mut theirs = store::membership::caseload(tx, institution, to)?;
        let moved: Vec<_> = leaving.into_iter().filter(|learner| !theirs.contains(learner)).collect();
        theirs.extend(&moved);
        self.change_caseload(tx, actor, institution, to, &theirs)?;
        self.change_caseload(tx, actor, institution, from, &[])?;
        Ok(moved)
    }
}

fn account(tx: &mut Tx<'_>, id: AccountId) -> Result<store::account::Account> {
    store::account::find(tx, id)?.ok_or(Error::NOT_FOUND)
}

/// The latest confirmation of each requirement, of those that somebody of this name looks after.
fn confirmations(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    name: &str,
) -> Result<Vec<store::attestation::Attestation>> {
    let mut latest: Vec<store::attestation::Attestation> = Vec::new();
    // By requirement, then day.
    for attestation in store::attestation::list(tx, institution)? {
        latest.retain(|other| other.requirement != attestation.requirement);
        latest.push(attestation);
    }
    latest.retain(|attestation| domain::same_name(&attestation.owner) == domain::same_name(name));
    Ok(latest)
}

/// Passes on what is looked after. The evidence and its day stay.
fn pass_on(tx: &mut Tx<'_>, institution: InstitutionId, from: &str, to: &str) -> Result<Vec<(String, Date)>> {
    let mut passed = Vec::new();
    for attestation in confirmations(tx, institution, from)? {
        passed.push((attestation.requirement.clone(), attestation.attested_on));
        let after = store::attestation::Attestation { owner: to.to_owned(), ..attestation };
        store::attestation::set(tx, institution, &after)?;
    }
    Ok(passed)
}

fn pairs(list: &Value) -> Vec<(String, Date)> {
    let pair = |pair: &Value| Some((pair[0].as_str()?.to_owned(), pair[1].as_str()?.parse().ok()?));
    list.as_array().map_or(Vec::new(), |list| list.iter().filter_map(pair).collect())
}

fn is_careers_leader(tx: &mut Tx<'_>, institution: InstitutionId, name: &str, email: &str) -> Result<bool> {
    let (_, contacts) = store::institution::contacts(tx, institution)?;
    Ok(contacts.iter().filter(|contact| contact.role == CAREERS_LEADER).any(|contact| {
        domain::same_name(&contact.name) == domain::same_name(name)
            || contact.email.as_deref().is_some_and(|other| other.eq_ignore_ascii_case(email))
    }))
}

fn name_careers_leader(tx: &mut Tx<'_>, institution: InstitutionId, person: &store::account::Account) -> Result<()> {
    let (website, mut contacts) = store::institution::contacts(tx, institution)?;
    for contact in contacts.iter_mut().filter(|contact| contact.role == CAREERS_LEADER) {
        // The school's number stays.
        *contact = store::institution::Contact {
            role: contact.role.clone(),
            name: person.name.clone(),
            email: Some(person.email.clone()),
            phone: contact.phone.take(),
            ..Default::default()
        };
    }
    Ok(store::institution::set_contacts(tx, institution, website.as_deref(), &contacts)?)
}

/// The keys that somebody answers for and that have not been taken back, by name.
fn keys_of(tx: &mut Tx<'_>, institution: InstitutionId, owner: AccountId) -> Result<Vec<(ApiKeyId, String)>> {
    let keys = store::api_key::list(tx, institution)?.into_iter();
    let theirs = keys.filter(|key| key.account == owner && key.revoked_at.is_none());
    Ok(theirs.map(|key| (key.id, key.name)).collect())
}
