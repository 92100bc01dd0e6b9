//! Who works in an institution, and as what.

mod invitations;
mod invite;
mod link;
mod list;
mod person;

use app::{Person, Role};

use crate::{labels, parts::Choice};

#[cfg(test)]
pub(crate) use invitations::InvitationLine;
pub(crate) use invitations::{Invitations, again, restore, withdraw};
#[cfg(test)]
pub(crate) use invite::InvitePage;
pub(crate) use invite::{form, invite};
pub(crate) use link::{LinkPage, password_link};
#[cfg(test)]
pub(crate) use list::{NewPerson, PeoplePage, PersonLine};
pub(crate) use list::{add, list};
#[cfg(test)]
pub(crate) use person::PersonPage;
pub(crate) use person::{change, get};

/// The roles to choose from, with what each may do.
pub(crate) fn roles(chosen: Role) -> Vec<Choice> {
    let role = |role: Role| {
        Choice::new(role.word(), format!("{}: {}", labels::role(role), labels::role_means(role)), role == chosen)
    };
    Role::ALL.into_iter().filter(|role| role.is_of_institution() && *role != Role::Learner).map(role).collect()
}

/// What somebody is here: "Careers leader, Administrator".
fn roles_of(person: &Person) -> String {
    person.roles.iter().map(|holding| labels::role(holding.role)).collect::<Vec<_>>().join(", ")
}
