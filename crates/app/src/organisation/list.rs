use std::collections::HashMap;

use domain::{Date, Industry, InstitutionId, Offer, OrganisationId, OrganisationSort, same_name};
use store::organisation::Organisation;

use super::{ask_again_days, merge::duplicates, names, words};
use crate::{Action, Actor, App, Frame, Result, View};

/// One organisation of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationRow {
    /// Its key.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub sorts: Vec<OrganisationSort>,
    /// What it does.
    pub industry: Option<Industry>,
    /// Postcode.
    pub postcode: Option<String>,
    /// What it offers.
    pub offers: Vec<Offer>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// When somebody last spoke with it.
    pub last_contacted_on: Option<Date>,
    /// How many of its people are known.
    pub contacts: u32,
    /// In how many activities it had a part.
    pub activities: u32,
}

/// What a list of organisations is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrganisationFilter {
    /// Being this.
    pub sort: Option<OrganisationSort>,
    /// Doing this.
    pub industry: Option<Industry>,
    /// Offering this.
    pub offer: Option<Offer>,
    /// Whose name or postcode has this in it.
    pub text: String,
    /// With whom nobody has spoken within the time after which they may be asked again.
    pub may_be_asked: bool,
}

/// Organisations, by name.
#[derive(Debug, Clone)]
pub struct OrganisationList {
    /// Where it is.
    pub frame: Frame,
    /// Those that the filter lets through.
    pub organisations: Vec<OrganisationRow>,
    /// How many there are at all.
    pub all: u32,
    /// How many pairs look like one.
    pub duplicates: u32,
    /// Names that activities have and no organisation bears, with how often, most often first.
    pub unknown: Vec<(String, u32)>,
    /// How many days pass before the same people are asked again without a warning.
    pub ask_again_days: i64,
}

/// What a sector as it is kept says: the industry and the code beside it.
pub(super) fn industry(sector: Option<&str>) -> (Option<Industry>, String) {
    let (industry, code) = sector.map_or(("", ""), |text| text.split_once(' ').unwrap_or((text, "")));
    (industry.parse().ok(), code.to_owned())
}

impl App {
    /// Organisations, by name.
    ///
    /// # Errors
    /// If the actor may not record here: the list is of outsiders and who of them is known.
    pub fn organisations(&self, actor: &Actor, view: View, filter: &OrganisationFilter) -> Result<OrganisationList> {
        actor.ask(Action::Record, view.institution)?;
        let frame = self.frame(actor, view)?;
        let held = self.held(view.institution)?;
        let mut named = HashMap::<String, (String, u32)>::new();
        for activity in held.records.activities.iter().filter(|activity| activity.state.counts()) {
            if let Some(name) = &activity.organisation {
                named.entry(same_name(name)).or_insert_with(|| (name.clone(), 0)).1 += 1;
            }
        }
        self.store().read(view.institution, |tx| {
            let organisations = store::organisation::all(tx, view.institution)?;
            let contacts = store::contact::all(tx, view.institution)?;
            let owners = names(tx, organisations.iter().map(|one| one.owner))?;
            let days = ask_again_days(tx, view.institution)?;
            let mut unknown: Vec<_> = named
                .iter()
                .filter(|(key, _)| !organisations.iter().any(|one| one.name_key == **key))
                .map(|(_, found)| found.clone())
                .collect();
            unknown.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            let rows = organisations.iter().map(|one| OrganisationRow {
                id: one.id,
                name: one.name.clone(),
                sorts: words(&one.sorts),
                industry: industry(one.sector.as_deref()).0,
                postcode: one.postcode.clone(),
                offers: words(&one.offers),
                owner: one.owner.and_then(|owner| owners.get(&owner).cloned()),
                last_contacted_on: one.last_contacted_on,
                contacts: contacts.iter().filter(|contact| contact.organisation == Some(one.id)).count() as u32,
                activities: named.get(&one.name_key).map_or(0, |found| found.1),
            });
            let earliest = frame.today;
            let admits = |row: &OrganisationRow| {
                let text = same_name(&filter.text);
                filter.sort.is_none_or(|sort| row.sorts.contains(&sort))
                    && filter.industry.is_none_or(|industry| row.industry == Some(industry))
                    && filter.offer.is_none_or(|offer| row.offers.contains(&offer))
                    && (text.is_empty()
                        || same_name(&row.name).contains(&text)
                        || row.postcode.as_deref().is_some_and(|postcode| same_name(postcode).contains(&text)))
                    && (!filter.may_be_asked
                        || row
                            .last_contacted_on
                            .is_none_or(|on| i64::from(domain::date::days_between(on, earliest)) >= days))
            };
            Ok(OrganisationList {
                organisations: rows.filter(admits).collect(),
                all: organisations.len() as u32,
                duplicates: duplicates(&organisations).len() as u32,
                unknown,
                ask_again_days: days,
                frame,
            })
        })
    }

    /// Adds an organisation for every name that activities have and no organisation bears. How many.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution.
    pub fn add_organisations_of_activities(&self, actor: &Actor, institution: InstitutionId) -> Result<u32> {
        actor.ask_for_all(Action::Record, institution)?;
        let view = View { institution, as_of: None };
        let unknown = self.organisations(actor, view, &OrganisationFilter::default())?.unknown;
        if unknown.is_empty() {
            return Ok(0);
        }
        let held = self.held(institution)?;
        self.store().write(institution, |tx| {
            let mut added = 0;
            for (name, _) in unknown {
                let key = same_name(&name);
                if store::organisation::find_by_name(tx, institution, &key)?.is_some() {
                    continue;
                }
                let activities = || {
                    let named = |activity: &&domain::Activity| {
                        activity.organisation.as_deref().is_some_and(|name| same_name(name) == key)
                    };
                    held.records.activities.iter().filter(named)
                };
                let provider = activities().find_map(|activity| activity.provider_type);
                let sort = match provider {
                    Some(_) => OrganisationSort::Provider,
                    None if activities().any(|activity| {
                        matches!(activity.kind, domain::Kind::EmployerEncounter | domain::Kind::WorkplaceExperience)
                    }) =>
                    {
                        OrganisationSort::Employer
                    }
                    None => OrganisationSort::Other,
                };
                let new = Organisation {
                    name,
                    name_key: key.clone(),
                    sorts: sort.word().to_owned(),
                    provider_type: provider.map(|provider| provider.word().to_owned()),
                    ..self.blank_organisation()
                };
                store::organisation::put(tx, institution, &new)?;
                added += 1;
            }
            let event = self.event(
                actor,
                "organisation.taken-from-activities",
                ("organisation", None),
                serde_json::json!({"organisations": added}),
            );
            store::audit::record(tx, institution, &event)?;
            Ok(added)
        })
    }
}
