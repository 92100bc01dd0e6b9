use domain::{
    Industry, InstitutionId, Offer, OrganisationId, OrganisationSize, OrganisationSort, ProviderType, same_name,
};
use serde_json::json;
use store::organisation::Organisation;

use super::rename_in_activities;
use crate::{Action, Actor, App, Problems, Result, audit::changes};

/// An organisation as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrganisationForm {
    /// What it is called.
    pub name: String,
    /// What it is, by words.
    pub sorts: Vec<String>,
    /// Type of provider, by its word.
    pub provider_type: String,
    /// What it does, by its word.
    pub industry: String,
    /// A SIC or SOC code, or whatever else says what it does.
    pub code: String,
    /// How large it is, by its word.
    pub size: String,
    /// Where.
    pub address: String,
    /// Postcode.
    pub postcode: String,
    /// Website.
    pub website: String,
    /// What it offers, by words.
    pub offers: Vec<String>,
    /// Key of the account that looks after it.
    pub owner: String,
    /// What to mind when its people visit.
    pub safeguarding: String,
    /// Anything else.
    pub notes: String,
}

impl From<&Organisation> for OrganisationForm {
    fn from(one: &Organisation) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let list = |text: &str| text.split_ascii_whitespace().map(str::to_owned).collect();
        let sector = text(&one.sector);
        let (industry, code) = sector.split_once(' ').unwrap_or((&sector, ""));
        Self {
            name: one.name.clone(),
            sorts: list(&one.sorts),
            provider_type: text(&one.provider_type),
            industry: industry.to_owned(),
            code: code.to_owned(),
            size: text(&one.size),
            address: text(&one.address),
            postcode: text(&one.postcode),
            website: text(&one.website),
            offers: list(&one.offers),
            owner: one.owner.map_or(String::new(), |owner| owner.to_string()),
            safeguarding: one.safeguarding.clone(),
            notes: one.notes.clone(),
        }
    }
}

/// A text as the database keeps it: none if blank.
pub(super) fn kept(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Longest of a line, and of a text.
const LINE: usize = 200;
const TEXT: usize = 5_000;

/// Notes each of these that is longer than it may be.
pub(super) fn too_long(problems: &mut Problems, lines: &[(&'static str, &str)], texts: &[(&'static str, &str)]) {
    for (most, fields) in [(LINE, lines), (TEXT, texts)] {
        for (field, text) in fields {
            if text.chars().count() > most {
                problems.add(field, format!("This is too long. Keep it to {most} characters."));
            }
        }
    }
}

fn listed<T: std::str::FromStr<Err = domain::UnknownWord> + Copy + Ord>(
    words: &[String],
    field: &'static str,
    problems: &mut Problems,
    word: fn(T) -> &'static str,
) -> String {
    let mut found: Vec<T> = Vec::new();
    for text in words.iter().filter(|text| !text.trim().is_empty()) {
        match text.parse() {
            Ok(one) => found.push(one),
            Err(unknown) => problems.add(field, format!("{unknown}.")),
        }
    }
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(word).collect::<Vec<_>>().join(" ")
}

fn one<T: std::str::FromStr<Err = domain::UnknownWord>>(
    text: &str,
    field: &'static str,
    problems: &mut Problems,
    word: fn(T) -> &'static str,
) -> Option<String> {
    if text.trim().is_empty() {
        return None;
    }
    problems.take(field, text.parse().map_err(|e: domain::UnknownWord| format!("{e}."))).map(|one| word(one).to_owned())
}

impl OrganisationForm {
    pub(super) fn fields(&self) -> [(&'static str, String); 13] {
        [
            ("name", self.name.clone()),
            ("sorts", self.sorts.join(";")),
            ("provider_type", self.provider_type.clone()),
            ("industry", self.industry.clone()),
            ("code", self.code.clone()),
            ("size", self.size.clone()),
            ("address", self.address.clone()),
            ("postcode", self.postcode.clone()),
            ("website", self.website.clone()),
            ("offers", self.offers.join(";")),
            ("owner", self.owner.clone()),
            ("safeguarding", self.safeguarding.clone()),
            ("notes", self.notes.clone()),
        ]
    }

    /// Puts what was typed into an organisation; notes every problem.
    pub(super) fn read(&self, into: &mut Organisation, problems: &mut Problems) {
        into.name = problems.required("name", &self.name, "what the organisation is called");
        into.name_key = same_name(&into.name);
        into.sorts = listed(&self.sorts, "sorts", problems, OrganisationSort::word);
        into.offers = listed(&self.offers, "offers", problems, Offer::word);
        into.provider_type = one(&self.provider_type, "provider_type", problems, ProviderType::word);
        let industry = one(&self.industry, "industry", problems, Industry::word);
        let code = kept(&self.code);
        into.sector = match (industry, code) {
            (None, None) => None,
            (industry, code) => {
                let industry = industry.unwrap_or_else(|| Industry::Other.word().to_owned());
                Some(format!("{industry} {}", code.unwrap_or_default()).trim().to_owned())
            }
        };
        into.size = one(&self.size, "size", problems, OrganisationSize::word);
        into.address = kept(&self.address);
        into.postcode = kept(&self.postcode).map(|text| text.to_uppercase());
        into.website = kept(&self.website);
        into.owner = self.owner.trim().parse().ok();
        if !self.owner.trim().is_empty() && into.owner.is_none() {
            problems.add("owner", "Choose who looks after it.");
        }
        into.safeguarding = self.safeguarding.trim().to_owned();
        into.notes = self.notes.trim().to_owned();
        let lines = [
            ("name", self.name.as_str()),
            ("code", &self.code),
            ("address", &self.address),
            ("postcode", &self.postcode),
            ("website", &self.website),
        ];
        too_long(problems, &lines, &[("safeguarding", &self.safeguarding), ("notes", &self.notes)]);
    }
}

impl App {
    pub(super) fn blank_organisation(&self) -> Organisation {
        Organisation {
            id: OrganisationId(self.context().next_id()),
            name: String::new(),
            name_key: String::new(),
            sorts: String::new(),
            provider_type: None,
            sector: None,
            size: None,
            address: None,
            postcode: None,
            website: None,
            offers: String::new(),
            owner: None,
            last_contacted_on: None,
            safeguarding: String::new(),
            notes: String::new(),
            merged_into: None,
            changed_at: self.context().now(),
        }
    }

    /// Adds an organisation.
    ///
    /// # Errors
    /// If the actor may not record here, the form has problems, or there is one with this name.
    pub fn add_organisation(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        form: &OrganisationForm,
    ) -> Result<OrganisationId> {
        actor.ask(Action::Record, institution)?;
        let mut new = self.blank_organisation();
        let mut problems = Problems::default();
        form.read(&mut new, &mut problems);
        let event = self
            .event(actor, "organisation.added", ("organisation", Some(new.id.0)), json!({}))
            .with([self.detail(None, &changes([], OrganisationForm::from(&new).fields()))]);
        self.store().write(institution, |tx| -> Result<()> {
            self.ask_for_owner(tx, institution, &new, &mut problems)?;
            if store::organisation::find_by_name(tx, institution, &new.name_key)?.is_some() {
                problems.add("name", ALREADY);
            }
            problems.check()?;
            store::organisation::put(tx, institution, &new)?;
            Ok(store::audit::record(tx, institution, &event)?)
        })?;
        Ok(new.id)
    }

    /// Changes an organisation. Activities that named it name it as it is called now.
    ///
    /// # Errors
    /// As [`App::add_organisation`]; another name needs recording for the whole institution, since it changes activities.
    pub fn change_organisation(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: OrganisationId,
        form: &OrganisationForm,
    ) -> Result<()> {
        actor.ask(Action::Record, institution)?;
        let mut problems = Problems::default();
        self.store().write(institution, |tx| -> Result<()> {
            let before = self.organisation_record(tx, institution, id)?;
            let mut after = before.clone();
            form.read(&mut after, &mut problems);
            after.changed_at = self.context().now();
            self.ask_for_owner(tx, institution, &after, &mut problems)?;
            let other = store::organisation::find_by_name(tx, institution, &after.name_key)?;
            if other.is_some_and(|other| other.id != id) {
                problems.add("name", ALREADY);
            }
            problems.check()?;
            let mut renamed = Vec::new();
            if after.name != before.name {
                actor.ask_for_all(Action::Record, institution)?;
                tx.advance(institution)?;
                renamed = rename_in_activities(tx, institution, &before.name_key, &after.name)?;
            }
            store::organisation::put(tx, institution, &after)?;
            let changed = changes(OrganisationForm::from(&before).fields(), OrganisationForm::from(&after).fields());
            let payload = json!({"fields": changed.names(), "activities": renamed.len()});
            let event = self
                .event(actor, "organisation.changed", ("organisation", Some(id.0)), payload)
                .with([self.detail(None, &changed)]);
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// Notes a problem if whoever is to look after it does not work here.
    fn ask_for_owner(
        &self,
        tx: &mut store::Tx<'_>,
        institution: InstitutionId,
        one: &Organisation,
        problems: &mut Problems,
    ) -> Result<()> {
        if let Some(owner) = one.owner {
            let works_here = store::membership::list(tx, institution)?.iter().any(|member| member.account == owner);
            if !works_here {
                problems.add("owner", "Choose somebody who works here.");
            }
        }
        Ok(())
    }
}

const ALREADY: &str = "There is an organisation with this name already. Change that one, or name this one otherwise.";
