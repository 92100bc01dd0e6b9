//! Roles given to people and taken from them one by one, over whom they hold, and leaving.

use std::collections::BTreeSet;

use domain::{AccountId, InstitutionId, LearnerId, YearGroup};
use serde_json::{Value, json};
use store::{Tx, Within, audit::Detail, membership::Membership};

use crate::{
    Action, Actor, App, Error, Frame, Group, Holding, LearnerFilter, LearnerRow, Person, Reach, Result, Role, View,
    audit::Change, person::check_holdings,
};

/// The groups that a role can be limited to at an institution.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupChoices {
    /// Registration groups of those on roll today.
    pub forms: Vec<String>,
    /// Its year groups.
    pub year_groups: Vec<YearGroup>,
    /// Its subjects.
    pub subjects: Vec<String>,
}

/// The learners in somebody's care, and others who could be.
#[derive(Debug, Clone)]
pub struct Caseload {
    /// Where it is.
    pub frame: Frame,
    /// Whose.
    pub person: Person,
    /// Who is in their care, by name.
    pub learners: Vec<LearnerRow>,
    /// Who was looked for and is not, by name.
    pub found: Vec<LearnerRow>,
    /// How many were found, of whom a page is shown.
    pub matching: u32,
    /// The registration groups to choose from.
    pub forms: Vec<String>,
}

impl App {
    /// What a role can be limited to.
    ///
    /// # Errors
    /// If the actor may not say who works there.
    pub fn group_choices(&self, actor: &Actor, institution: InstitutionId) -> Result<GroupChoices> {
        actor.ask_for_all(Action::ManagePeople, institution)?;
        let held = self.held(institution)?;
        let records = &held.records;
        let today = self.context().today();
        let on_roll = || records.learners.iter().filter(|learner| learner.is_on_roll(today));
        let forms: BTreeSet<&String> = on_roll().filter_map(|learner| learner.form.as_ref()).collect();
        let of_years = records.institution.subjects.values().flatten();
        let subjects: BTreeSet<&String> = of_years.chain(on_roll().flat_map(|learner| &learner.subjects)).collect();
        let (lowest, highest) = (records.institution.lowest_year, records.institution.highest_year);
        Ok(GroupChoices {
            forms: forms.into_iter().cloned().collect(),
            year_groups: (lowest.number()..=highest.number()).map(YearGroup::new).collect(),
            subjects: subjects.into_iter().cloned().collect(),
        })
    }

    /// Somebody who works in the institution.
    ///
    /// # Errors
    /// If the actor may not say who works there, or the account does not.
    pub fn person(&self, actor: &Actor, institution: InstitutionId, account: AccountId) -> Result<Person> {
        let people = self.people(actor, institution)?;
        people.into_iter().find(|person| person.id == account).ok_or(Error::NOT_FOUND)
    }

    /// Gives somebody who works in an institution one more role there, or another reach in one that they have.
    ///
    /// # Errors
    /// If the actor may not say who works there, the account does not, the institution cannot give the role so, or nobody would
    /// administer it any more.
    pub fn give_role(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        account: AccountId,
        holding: &Holding,
    ) -> Result<()> {
        actor.ask_for_all(Action::ManagePeople, institution)?;
        self.ask_fresh_or_operator(actor)?;
        check_holdings(std::slice::from_ref(holding))?;
        self.store().write(institution, |tx| {
            let mut holdings = holdings_of(tx, institution, account)?;
            holdings.retain(|held| held.role != holding.role);
            holdings.push(holding.clone());
            self.replace_roles(tx, actor, institution, account, &holdings)
        })
    }

    /// Makes somebody an administrator again, whom nobody else there can: for the operator of the server, when the only
    /// administrator has left. The account is opened again if it was closed.
    ///
    /// # Errors
    /// If the actor is not the operator, or nobody has this address.
    pub fn restore_access(&self, actor: &Actor, institution: InstitutionId, email: &str) -> Result<()> {
        if !actor.is_operator() {
            return Err(crate::Refusal::NotAllowed.into());
        }
        let found = self.store().read(Within::none(), |tx| store::account::find_by_email(tx, email.trim()))?;
        let mut account = found.ok_or_else(|| Error::problem("email", "Nobody has this e-mail address."))?;
        let was_closed = account.closed_at.take().is_some();
        let subject = ("account", Some(account.id.0));
        let event = self.event(actor, "access.restored", subject, json!({"role": Role::Administrator.word()}));
        let opened = self.event(actor, "account.opened", subject, json!({}));
        self.store().write(Within::each([institution, Self::INSTALLATION]), |tx| -> Result<()> {
            if was_closed {
                store::account::update(tx, &account)?;
                store::audit::record(tx, Self::INSTALLATION, &opened)?;
            }
            let holding = Holding::from(Role::Administrator);
            store::membership::set(tx, &holding.membership(institution, account.id))?;
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// Takes one role away from somebody. With the last one, they no longer work there. Returns the event that
    /// [`App::give_back`] takes back.
    ///
    /// # Errors
    /// If the actor may not say who works there, the account has no such role, or nobody would administer the institution any
    /// more.
    pub fn end_role(&self, actor: &Actor, institution: InstitutionId, account: AccountId, role: Role) -> Result<i64> {
        self.end(actor, institution, account, Some(role))
    }

    /// Notes that somebody no longer works there: every role of theirs ends, and whom they had in their care. Their account stays.
    /// Returns the event that [`App::give_back`] takes back.
    ///
    /// # Errors
    /// If the actor may not say who works there, the account does not, or nobody would administer the institution any more.
    pub fn leave(&self, actor: &Actor, institution: InstitutionId, account: AccountId) -> Result<i64> {
        self.end(actor, institution, account, None)
    }

    fn end(&self, actor: &Actor, institution: InstitutionId, account: AccountId, role: Option<Role>) -> Result<i64> {
        actor.ask_for_all(Action::ManagePeople, institution)?;
        self.ask_fresh_or_operator(actor)?;
        self.store().write(institution, |tx| {
            let held = holdings_of(tx, institution, account)?;
            let is_ending = |holding: &&Holding| role.is_none_or(|role| holding.role == role);
            let ending: Vec<&Holding> = held.iter().filter(is_ending).collect();
            if ending.is_empty() {
                return Err(Error::NOT_FOUND);
            }
            let caseload = store::membership::caseload(tx, institution, account)?;
            let payload = json!({"roles": ending.iter().map(|holding| words(holding)).collect::<Vec<_>>()});
            let staying: Vec<Holding> = held.iter().filter(|holding| !is_ending(holding)).cloned().collect();
            self.replace_roles(tx, actor, institution, account, &staying)?;
            let event =
                self.event(actor, ENDED, ("account", Some(account.0)), payload).with(self.were_in_care(&caseload));
            store::audit::record(tx, institution, &event)?;
            Ok(event.id)
        })
    }

    /// Gives back what an event took: roles, over whom they held, and who was in the person's care.
    ///
    /// # Errors
    /// If the actor may not say who works there, or there is no such event.
    pub fn give_back(&self, actor: &Actor, institution: InstitutionId, account: AccountId, event: i64) -> Result<()> {
        actor.ask_for_all(Action::ManagePeople, institution)?;
        self.ask_fresh_or_operator(actor)?;
        self.store().write(institution, |tx| {
            let event = store::audit::find(tx, institution, event)?
                .filter(|event| event.action == ENDED && event.subject_id == Some(account.0));
            let event = event.ok_or(Error::NOT_FOUND)?;
            let roles = read(&event.payload).ok_or(Error::NOT_FOUND)?;
            let (_, caseload) = care(&event.details);
            self.give_all(tx, actor, institution, account, &roles)?;
            let mut now = store::membership::caseload(tx, institution, account)?;
            for learner in caseload {
                // Who is gone since stays gone.
                if !now.contains(&learner) && store::learner::find(tx, institution, learner)?.is_some() {
                    now.push(learner);
                }
            }
            self.change_caseload(tx, actor, institution, account, &now)?;
            Ok(())
        })
    }

    /// What an event keeps of learners who no longer are in somebody's care.
    pub(crate) fn were_in_care(&self, learners: &[LearnerId]) -> Vec<Detail> {
        let left = Change::default().with(CASELOAD, Some(IN_CARE), None);
        learners.iter().map(|learner| self.detail(Some(*learner), &left)).collect()
    }

    /// Gives somebody these roles besides those they have, whether they work there or not; a role that they have stays as it is.
    pub(crate) fn give_all(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        institution: InstitutionId,
        account: AccountId,
        roles: &[Holding],
    ) -> Result<()> {
        let held = holdings_of(tx, institution, account)?;
        for holding in roles.iter().filter(|holding| !held.iter().any(|other| other.role == holding.role)) {
            store::membership::set(tx, &holding.membership(institution, account))?;
            let event = self.event(actor, "role.granted", ("account", Some(account.0)), words(holding));
            store::audit::record(tx, institution, &event)?;
        }
        Ok(())
    }

    /// Who is in somebody's care, and whom a filter finds besides.
    ///
    /// # Errors
    /// If the actor may not say who works there or sees no learners, or the account does not work there.
    pub fn caseload(&self, actor: &Actor, view: View, account: AccountId, find: &LearnerFilter) -> Result<Caseload> {
        actor.ask_for_all(Action::ManagePeople, view.institution)?;
        let person = self.person(actor, view.institution, account)?;
        let learners = person.caseload().unwrap_or_default();
        let scene = self.scene(actor, view)?;
        scene.ask_for_learners()?;
        let mut theirs: Vec<_> = learners.iter().filter_map(|learner| scene.held.learner_index(*learner)).collect();
        crate::cohort::by_name(&scene.held.records, &mut theirs);
        let list = self.learners(actor, view, find)?;
        Ok(Caseload {
            learners: theirs.into_iter().map(|learner| crate::learner::row(&scene, learner)).collect(),
            found: list.learners.into_iter().filter(|row| !learners.contains(&row.id)).collect(),
            matching: list.matching,
            forms: list.forms,
            person,
            frame: scene.frame,
        })
    }

    /// Puts the ticked ones of those shown into somebody's care and takes the others of them out. Returns the event that
    /// [`App::undo_caseload`] takes back; none if nothing changed.
    ///
    /// # Errors
    /// If the actor may not say who works there, the account has no role there by caseload, or a learner is not there.
    pub fn tick_caseload(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        account: AccountId,
        shown: &[LearnerId],
        ticked: &[LearnerId],
    ) -> Result<Option<i64>> {
        actor.ask_for_all(Action::ManagePeople, institution)?;
        let held = self.held(institution)?;
        if ticked.iter().any(|learner| held.learner_index(*learner).is_none()) {
            return Err(Error::NOT_FOUND);
        }
        self.store().write(institution, |tx| {
            must_have_caseload(tx, institution, account)?;
            let mut learners = store::membership::caseload(tx, institution, account)?;
            learners.retain(|learner| !shown.contains(learner));
            learners.extend(ticked.iter().copied().collect::<BTreeSet<_>>());
            self.change_caseload(tx, actor, institution, account, &learners)
        })
    }

    /// Takes a change of a caseload back.
    ///
    /// # Errors
    /// If the actor may not say who works there, or there is no such event.
    pub fn undo_caseload(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        account: AccountId,
        event: i64,
    ) -> Result<Option<i64>> {
        actor.ask_for_all(Action::ManagePeople, institution)?;
        self.store().write(institution, |tx| {
            must_have_caseload(tx, institution, account)?;
            let event = store::audit::find(tx, institution, event)?
                .filter(|event| event.action == "caseload.changed" && event.subject_id == Some(account.0));
            let (added, removed) = care(&event.ok_or(Error::NOT_FOUND)?.details);
            let mut learners = store::membership::caseload(tx, institution, account)?;
            learners.retain(|learner| !added.contains(learner));
            for learner in removed {
                if !learners.contains(&learner) && store::learner::find(tx, institution, learner)?.is_some() {
                    learners.push(learner);
                }
            }
            self.change_caseload(tx, actor, institution, account, &learners)
        })
    }
}

impl Person {
    /// Whom they have in their care; none if no role of theirs is by caseload.
    pub fn caseload(&self) -> Option<&[LearnerId]> {
        self.roles.iter().find_map(|holding| match &holding.reach {
            Reach::Caseload(learners) if holding.role != Role::Learner => Some(learners.as_slice()),
            _ => None,
        })
    }
}

const ENDED: &str = "roles.ended";
/// How details of events call that a learner is in somebody's care.
pub(crate) const CASELOAD: &str = "caseload";
pub(crate) const IN_CARE: &str = "in their care";

fn must_have_caseload(tx: &mut Tx<'_>, institution: InstitutionId, account: AccountId) -> Result<()> {
    let members = store::membership::list(tx, institution)?;
    // A learner's own record is no caseload that somebody could add to.
    let has = |member: &Membership| {
        member.account == account && member.reach == "caseload" && member.role != Role::Learner.word()
    };
    if members.iter().any(has) {
        return Ok(());
    }
    Err(Error::conflict("They have no role over their own caseload, so nothing was changed. Give them one first."))
}

/// What somebody is at the institution.
pub(crate) fn holdings_of(tx: &mut Tx<'_>, institution: InstitutionId, account: AccountId) -> Result<Vec<Holding>> {
    let members = store::membership::list(tx, institution)?;
    let theirs = members.iter().filter(|member| member.account == account);
    Ok(theirs
        .filter_map(|member| {
            let role = Role::from_word(&member.role)?;
            Some(Holding { role, reach: Reach::from_words(&member.reach, &member.groups, &[]) })
        })
        .collect())
}

/// A role as an event keeps it, so that it can be given back.
pub(crate) fn words(holding: &Holding) -> Value {
    let groups: Vec<_> = match &holding.reach {
        Reach::Groups(groups) => groups.iter().map(|group| json!([group.words().0, group.words().1])).collect(),
        Reach::Institution | Reach::Caseload(_) => Vec::new(),
    };
    json!({"role": holding.role.word(), "reach": holding.reach.word(), "groups": groups})
}

/// What an event took.
fn read(payload: &str) -> Option<Vec<Holding>> {
    let payload: Value = serde_json::from_str(payload).ok()?;
    payload["roles"].as_array()?;
    Some(read_roles(&payload["roles"]))
}

/// Whom an event put into somebody's care, and whom it took out, as far as that was not erased.
pub(crate) fn care(details: &[Detail]) -> (Vec<LearnerId>, Vec<LearnerId>) {
    let (mut added, mut removed) = (Vec::new(), Vec::new());
    for detail in details {
        if let Some(learner) = detail.learner {
            let was = Change::parse(&detail.text).before(CASELOAD).is_some();
            if was { removed.push(learner) } else { added.push(learner) }
        }
    }
    (added, removed)
}

/// Roles as events keep them; what is none is passed over.
pub(crate) fn read_roles(list: &Value) -> Vec<Holding> {
    let holding = |role: &Value| {
        let groups = role["groups"].as_array()?.iter();
        let groups = groups.filter_map(|pair| Group::from_words(pair[0].as_str()?, pair[1].as_str()?)).collect();
        let reach = match role["reach"].as_str()? {
            "institution" => Reach::Institution,
            "caseload" => Reach::Caseload(Vec::new()),
            _ => Reach::Groups(groups),
        };
        Some(Holding { role: Role::from_word(role["role"].as_str()?)?, reach })
    };
    list.as_array().map_or(Vec::new(), |list| list.iter().filter_map(holding).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_gives_back_what_it_took() {
        let roles = vec![
            Holding {
                role: Role::Tutor,
                reach: Reach::Groups(vec![Group::Form("9A".into()), Group::YearGroup(YearGroup::new(9))]),
            },
            Holding { role: Role::CareersAdviser, reach: Reach::Caseload(Vec::new()) },
            Holding::from(Role::Senco),
        ];
        let payload = json!({"roles": roles.iter().map(words).collect::<Vec<_>>()});
        assert_eq!(read(&payload.to_string()), Some(roles));
        assert_eq!(read("{}"), None);
        let detail = |id, change: Change| Detail { learner: Some(LearnerId(id)), salt: [0; 16], text: change.text() };
        let details = [
            detail(7, Change::default().with(CASELOAD, None, Some(IN_CARE))),
            detail(9, Change::default().with(CASELOAD, Some(IN_CARE), None)),
        ];
        assert_eq!(care(&details), (vec![LearnerId(7)], vec![LearnerId(9)]));
    }
}
