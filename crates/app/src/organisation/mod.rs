//! Organisations that the institution works with, and their people.

mod contact;
mod file;
mod fill;
mod form;
mod list;
mod merge;
mod page;

use std::collections::HashMap;

use domain::{AccountId, Activity, ActivityId, InstitutionId, OrganisationId, same_name};
use store::{Tx, organisation::Organisation};

pub use self::{
    contact::{AskedAlready, ContactPersonForm, ContactRow, NoteForm, NoteRow},
    file::OrganisationsRead,
    form::OrganisationForm,
    list::{OrganisationFilter, OrganisationList, OrganisationRow},
    merge::{Duplicate, Merged},
    page::{OrganisationPage, OwnerChoice, Visit},
};
use crate::{App, Result};

/// Name of the setting: how many days pass before the same people are asked again without a warning.
const ASK_AGAIN: &str = "ask-again-days";
/// If nothing is set.
const ASK_AGAIN_USUALLY: i64 = 90;

/// How many days pass before the same people are asked again without a warning.
fn ask_again_days(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<i64> {
    let set = store::setting::find(tx, institution, ASK_AGAIN)?;
    Ok(set.and_then(|days| days.parse().ok()).unwrap_or(ASK_AGAIN_USUALLY))
}

/// Gives the activities that name an organisation its other name. Those that it changed.
fn rename_in_activities(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    from_key: &str,
    to: &str,
) -> Result<Vec<ActivityId>> {
    let is_named = |activity: &Activity| {
        let name = activity.organisation.as_deref();
        name.is_some_and(|name| same_name(name) == from_key && name != to)
    };
    let named: Vec<_> =
        store::activity::all(tx, institution)?.into_iter().filter(|(_, activity)| is_named(activity)).collect();
    let mut changed = Vec::new();
    for (id, mut activity) in named {
        activity.organisation = Some(to.to_owned());
        store::activity::update(tx, institution, id, &activity)?;
        changed.push(id);
    }
    Ok(changed)
}

/// The names of these people; whoever is gone is left out.
fn names(tx: &mut Tx<'_>, accounts: impl IntoIterator<Item = Option<AccountId>>) -> Result<HashMap<AccountId, String>> {
    let mut accounts: Vec<_> = accounts.into_iter().flatten().collect();
    accounts.sort_unstable();
    accounts.dedup();
    Ok(store::account::names(tx, &accounts)?.into_iter().collect())
}

/// Words separated by blanks, as the words of a list.
fn words<T: std::str::FromStr>(text: &str) -> Vec<T> {
    text.split_ascii_whitespace().filter_map(|word| word.parse().ok()).collect()
}

impl App {
    /// The organisation with this key, unless it was merged into another.
    fn organisation_record(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        id: OrganisationId,
    ) -> Result<Organisation> {
        let found = store::organisation::get(tx, institution, id)?;
        if found.merged_into.is_some() { Err(crate::Error::NOT_FOUND) } else { Ok(found) }
    }
}
