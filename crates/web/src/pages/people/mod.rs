//! Who works in an institution, as what, and over whom.

mod caseload;
mod hand_over;
mod invitations;
mod invite;
mod link;
mod list;
mod person;

use app::{Holding, Person, Reach, Role};
use domain::AccountId;

use crate::{answer::Failure, labels, parts::Choice, words};

#[cfg(test)]
pub(crate) use caseload::{CaseloadPage, TickRow};
pub(crate) use caseload::{caseload, change_caseload, find_caseload, undo_caseload};
#[cfg(test)]
pub(crate) use hand_over::HandOverPage;
pub(crate) use hand_over::{hand_over, pass_on, take_back};
#[cfg(test)]
pub(crate) use invitations::InvitationLine;
pub(crate) use invitations::{Invitations, again, restore, withdraw};
#[cfg(test)]
pub(crate) use invite::InvitePage;
pub(crate) use invite::{form, invite};
pub(crate) use link::{LinkPage, password_link};
pub(crate) use list::list;
#[cfg(test)]
pub(crate) use list::{PeoplePage, PersonLine};
#[cfg(test)]
pub(crate) use person::{HoldingLine, PersonPage};
pub(crate) use person::{end_role, get, give, give_back, leave};

/// The roles to choose from, with what each may do.
pub(crate) fn roles(chosen: Option<Role>) -> Vec<Choice> {
    let role = |role: Role| {
        Choice::new(role.word(), format!("{}: {}", labels::role(role), labels::role_means(role)), Some(role) == chosen)
    };
    Role::ALL.into_iter().filter(|role| role.is_of_institution() && *role != Role::Learner).map(role).collect()
}

/// What somebody is here: "Careers leader; Tutor or teacher, 9A".
pub(crate) fn roles_of(person: &Person) -> String {
    person.roles.iter().map(holding).collect::<Vec<_>>().join("; ")
}

/// A role with over whom it holds, unless that is everybody.
fn holding(holding: &Holding) -> String {
    match &holding.reach {
        Reach::Institution => labels::role(holding.role).to_owned(),
        _ => format!("{}, {}", labels::role(holding.role), over(&holding.reach)),
    }
}

/// Over whom a role holds.
fn over(reach: &Reach) -> String {
    match reach {
        Reach::Institution => "everybody".to_owned(),
        Reach::Groups(_) => reach.label(),
        Reach::Caseload(learners) => {
            format!("own caseload ({})", words::count(learners.len(), "learner", "learners"))
        }
    }
}

/// What the page asks while there is only one administrator.
fn notice(people: &[Person]) -> Option<&'static str> {
    let administers = |person: &&Person| person.roles.iter().any(|holding| holding.role == Role::Administrator);
    (people.iter().filter(administers).count() < 2)
        .then_some("Ask a second person to be administrator, so that you are not locked out when somebody leaves.")
}

fn id_of(text: &str) -> Result<AccountId, Failure> {
    text.parse().map_err(|_| Failure::NOT_FOUND)
}
