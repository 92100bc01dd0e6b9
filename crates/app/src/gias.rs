use exchange::{gias, problem::Problem};
use serde_json::json;
use store::{
    Within,
    gias::{Establishment, Group, Link, Member},
};

use crate::{Actor, App, InstitutionForm, Refusal, Result};

/// What was read from files of the national register.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GiasCounts {
    /// Schools and colleges.
    pub establishments: usize,
    /// Links between predecessors and successors.
    pub links: usize,
    /// Trusts and other groups.
    pub groups: usize,
}

/// A school or college of the national register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EstablishmentFound {
    /// Its number.
    pub urn: String,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub town: Option<String>,
    /// Its type as the register writes it.
    pub type_name: Option<String>,
    /// Open, closed, proposed.
    pub status: Option<String>,
    /// The form to set it up with, as far as the register tells.
    pub form: InstitutionForm,
    /// URNs of what came before it.
    pub predecessors: Vec<String>,
}

impl App {
    /// Reads a file of the register ("Get information about schools"): establishments, links or groups, told apart by its
    /// headings. What it holds takes the place of what was read before.
    ///
    /// # Errors
    /// If the actor may not set up institutions. Problems of the file come back with the counts.
    pub fn read_register(&self, actor: &Actor, file_name: &str, bytes: &[u8]) -> Result<(GiasCounts, Vec<Problem>)> {
        if !actor.may_set_up() {
            return Err(Refusal::NotAllowed.into());
        }
        let mut counts = GiasCounts::default();
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_lowercase().replace([' ', '"'], "");
        let event = self.event(actor, "register.read", ("installation", None), json!({"bytes": bytes.len()}));
        let problems = if head.contains("linkurn") {
            let (links, problems) = gias::links(bytes, file_name);
            counts.links = links.len();
            let links: Vec<_> = links.into_iter().map(link).collect();
            self.store().write(Within::none(), |tx| {
                store::gias::replace_links(tx, &links)?;
                store::audit::record(tx, Self::INSTALLATION, &event)
            })?;
            problems
        } else if head.contains("groupuid") || head.contains("group_uid") {
            let (groups, problems) = gias::groups(bytes, file_name);
            counts.groups = groups.groups.len();
            let members: Vec<_> = groups.memberships.into_iter().map(member).collect();
            let groups: Vec<_> = groups.groups.into_iter().map(group).collect();
            self.store().write(Within::none(), |tx| {
                store::gias::replace_groups(tx, &groups, &members)?;
                store::audit::record(tx, Self::INSTALLATION, &event)
            })?;
            problems
        } else {
            let (establishments, problems) = gias::list_establishments(bytes, file_name);
            counts.establishments = establishments.len();
            let establishments: Vec<_> = establishments.into_iter().map(establishment).collect();
            if !establishments.is_empty() {
                self.store().write(Within::none(), |tx| {
                    store::gias::replace_establishments(tx, &establishments)?;
                    store::audit::record(tx, Self::INSTALLATION, &event)
                })?;
            }
            problems
        };
        Ok((counts, problems))
    }

    /// Schools and colleges of the register by URN or name.
    ///
    /// # Errors
    /// If the actor may not set up institutions.
    pub fn find_establishments(&self, actor: &Actor, text: &str) -> Result<Vec<EstablishmentFound>> {
        if !actor.may_set_up() {
            return Err(Refusal::NotAllowed.into());
        }
        self.store().read(Within::none(), |tx| -> Result<_> {
            let mut found = Vec::new();
            for establishment in store::gias::search(tx, text, 20)? {
                let links = store::gias::links(tx, &establishment.urn)?;
                let before = links.into_iter().filter(|link| link.link_type.starts_with("Predecessor"));
                let predecessors = before.map(|link| link.linked_urn).collect();
                found.push(EstablishmentFound {
                    urn: establishment.urn.clone(),
                    name: establishment.name.clone(),
                    town: establishment.town.clone(),
                    type_name: establishment.type_name.clone(),
                    status: establishment.status.clone(),
                    form: form(&establishment),
                    predecessors,
                });
            }
            Ok(found)
        })
    }
}

/// The form to set an establishment up with. What the register does not tell stays blank.
fn form(found: &Establishment) -> InstitutionForm {
    let kind = gias::institution_type(
        found.type_code.as_deref().unwrap_or_default(),
        found.type_name.as_deref().unwrap_or_default(),
        "",
    );
    let age = |age: Option<i16>| age.and_then(|age| u8::try_from(age).ok());
    let years = age(found.lowest_age).zip(age(found.highest_age)).and_then(|(low, high)| gias::years(low, high));
    InstitutionForm {
        name: found.name.clone(),
        kind: kind.map_or(String::new(), |kind| kind.word().to_owned()),
        urn: found.urn.clone(),
        ukprn: found.ukprn.clone().unwrap_or_default(),
        lowest_year: years.map_or(String::new(), |(lowest, _)| lowest.to_string()),
        highest_year: years.map_or(String::new(), |(_, highest)| highest.to_string()),
        ..InstitutionForm::default()
    }
}

fn establishment(read: gias::Establishment) -> Establishment {
    let (trust_uid, trust_name) = read.trust.map_or((None, None), |trust| (Some(trust.uid), Some(trust.name)));
    Establishment {
        urn: read.urn,
        ukprn: read.ukprn,
        name: read.name.unwrap_or_default(),
        authority_code: read.authority_code,
        authority_name: read.authority,
        establishment_number: read.number,
        type_code: read.type_code,
        type_name: read.type_name,
        status: read.status.map(|status| format!("{status:?}").to_lowercase()),
        phase: read.phase,
        opened_on: read.opened_on,
        closed_on: read.closed_on,
        lowest_age: read.low_age.map(i16::from),
        highest_age: read.high_age.map(i16::from),
        sixth_form: read.has_sixth_form.map(|has| if has { "yes" } else { "no" }.to_owned()),
        town: read.town,
        postcode: read.postcode,
        website: read.website,
        trust_uid,
        trust_name,
        ..Establishment::default()
    }
}

fn link(read: gias::Link) -> Link {
    Link { urn: read.urn, linked_urn: read.other, link_type: read.wording, established_on: read.established_on }
}

fn group(read: gias::Group) -> Group {
    Group {
        group_uid: read.uid,
        name: read.name.unwrap_or_default(),
        group_type: read.wording,
        status: Some(if read.is_open { "open" } else { "closed" }.to_owned()),
        opened_on: read.opened_on,
        closed_on: read.closed_on,
    }
}

fn member(read: gias::Membership) -> Member {
    Member { group_uid: read.group, urn: read.urn, joined_on: read.joined_on }
}
