//! What a person may do where: their roles, each with its reach and the institution's grid.

use std::collections::{BTreeMap, BTreeSet};

use domain::{AccountId, InstitutionId};
use store::{Tx, Within, permission::Permission};

use crate::{Action, Actions, Grant, Reach, Result, Role};

/// What a role may do at an institution with these ticks of its own.
pub(crate) fn allowed(role: Role, own: &[Permission]) -> Actions {
    let of_role = own.iter().filter(|permission| permission.role == role.word());
    let set = of_role.fold(role.usual(), |set, permission| match Action::from_word(&permission.action) {
        Some(action) => set.with(action, permission.allowed),
        None => set,
    });
    // A tick from before the limits changed counts for nothing.
    Action::ALL
        .into_iter()
        .fold(set.and(role.most()), |set, action| if role.least().has(action) { set.with(action, true) } else { set })
}

/// Every grant of a person. The transaction works for their institutions afterwards.
pub(crate) fn of_account(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<Grant>> {
    tx.enter(account)?;
    let memberships = store::membership::of_account(tx, account)?;
    let oversights = store::oversight::of_account(tx, account)?;
    // Only these need more than was read.
    let with_caseload: BTreeSet<InstitutionId> =
        memberships.iter().filter(|m| m.reach == "caseload").map(|m| m.institution).collect();
    let adjustable = |role: &str| Role::from_word(role).is_some_and(|role| role.least() != role.most());
    let with_grid: BTreeSet<InstitutionId> = (memberships.iter().map(|m| (m.institution, &m.role)))
        .chain(oversights.iter().map(|o| (o.institution, &o.role)))
        .filter(|(_, role)| adjustable(role))
        .map(|(institution, _)| institution)
        .collect();
    let mut caseloads = BTreeMap::new();
    let mut grids = BTreeMap::new();
    if !with_grid.is_empty() || !with_caseload.is_empty() {
        tx.enter(Within::each(with_grid.union(&with_caseload).copied()))?;
    }
    for institution in with_caseload {
        caseloads.insert(institution, store::membership::caseload(tx, institution, account)?);
    }
    for institution in with_grid {
        grids.insert(institution, store::permission::list(tx, institution)?);
    }
    let grid = |institution: InstitutionId| grids.get(&institution).map_or(&[][..], Vec::as_slice);
    let mut grants = Vec::new();
    for membership in memberships {
        let Some(role) = Role::from_word(&membership.role).filter(|role| role.is_of_institution()) else { continue };
        let institution = membership.institution;
        let caseload = caseloads.get(&institution).map_or(&[][..], Vec::as_slice);
        grants.push(Grant {
            institution,
            role,
            reach: Reach::from_words(&membership.reach, &membership.groups, caseload),
            allowed: allowed(role, grid(institution)),
        });
    }
    for oversight in oversights {
        let Some(role) = Role::from_word(&oversight.role).filter(|role| !role.is_of_institution()) else { continue };
        let institution = oversight.institution;
        grants.push(Grant { institution, role, reach: Reach::Institution, allowed: allowed(role, grid(institution)) });
    }
    Ok(grants)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tick(role: Role, action: Action, allowed: bool) -> Permission {
        Permission { role: role.word().to_owned(), action: action.word().to_owned(), allowed }
    }

    #[test]
    fn an_institution_adjusts_the_grid_within_its_limits() {
        let own = [
            tick(Role::Tutor, Action::Record, true),
            tick(Role::Tutor, Action::MarkRegisters, false),
            tick(Role::Governor, Action::SeeLearners, true),
            tick(Role::Administrator, Action::ManagePeople, false),
        ];
        let tutor = allowed(Role::Tutor, &own);
        assert!(tutor.has(Action::Record) && !tutor.has(Action::MarkRegisters));
        assert!(!allowed(Role::Governor, &own).has(Action::SeeLearners));
        assert!(allowed(Role::Administrator, &own).has(Action::ManagePeople));
        assert_eq!(allowed(Role::Senco, &own), Role::Senco.usual());
    }
}
