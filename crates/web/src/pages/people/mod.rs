//! Who works in an institution, and as what.

mod list;
mod person;

use app::Role;

use crate::{labels, parts::Choice};

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
    [Role::Viewer, Role::Editor, Role::Admin].map(role).to_vec()
}
