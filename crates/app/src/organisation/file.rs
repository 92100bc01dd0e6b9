use std::collections::HashMap;

use domain::{Industry, InstitutionId, Offer, OrganisationSize, OrganisationSort, same_name, split_list};
use exchange::sheet;
use serde_json::json;
use store::{contact::Contact, organisation::Organisation};

use super::{ContactPersonForm, OrganisationForm, fill::fill, list::industry};
use crate::{Action, Actor, App, Error, ListFile, ListFormat, Problems, Result, export::Table};

/// What came of a file of organisations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrganisationsRead {
    /// How many organisations are new.
    pub added: u32,
    /// How many were known and had something filled in.
    pub filled: u32,
    /// How many people are new.
    pub contacts: u32,
    /// What is wrong, each with its line; nothing was written if there is any.
    pub problems: Vec<String>,
    /// Columns that are not known, and so were left out.
    pub left_out: Vec<String>,
}

/// Headings of our own file with the field of each, and what else people call them.
const COLUMNS: [(&str, &str, &[&str]); 19] = [
    ("Organisation", "name", &["name", "employer", "company", "provider", "organization", "organisation name"]),
    ("What it is", "sorts", &["sort", "type", "sorts"]),
    ("Type of provider", "provider_type", &["provider type"]),
    ("Sector", "industry", &["industry"]),
    ("Code", "code", &["sic", "soc", "sic code", "soc code"]),
    ("Size", "size", &["employees"]),
    ("Address", "address", &["location"]),
    ("Postcode", "postcode", &["post code"]),
    ("Website", "website", &["web", "url"]),
    ("Offers", "offers", &["offer"]),
    ("Safeguarding notes", "safeguarding", &["safeguarding"]),
    ("Notes", "notes", &["note", "comments"]),
    ("Contact", "contact", &["contact name", "contact person"]),
    ("Job", "job", &["job title", "role", "position"]),
    ("E-mail", "email", &["email", "email address", "e-mail address"]),
    ("Phone", "phone", &["telephone", "tel", "mobile"]),
    ("Alumni since", "left_in", &["alumni", "year left"]),
    ("Agreed on", "consent_on", &["consent", "consent date", "consent on"]),
    ("Asked not to be contacted", "asked_not_to", &["do not contact", "asked not to"]),
];

/// More rows are another list than a school's organisations.
const MOST: usize = 5_000;

fn field_of(heading: &str) -> Option<&'static str> {
    let key = same_name(heading);
    let is_it = |(own, _, others): &&(&str, &str, &[&str])| same_name(own) == key || others.contains(&key.as_str());
    COLUMNS.iter().find(is_it).map(|(_, field, _)| *field)
}

/// A word of a list by its word or by what people call it, as its word; anything else as it stands, to be refused.
fn word<T: Copy + 'static>(text: &str, all: &[T], label: fn(T) -> &'static str, word: fn(T) -> &'static str) -> String {
    let key = same_name(text);
    let found = all.iter().find(|one| same_name(label(**one)) == key || same_name(word(**one)) == key);
    found.map_or_else(|| text.trim().to_owned(), |one| word(*one).to_owned())
}

/// One row as forms.
struct Line {
    number: u64,
    organisation: OrganisationForm,
    contact: ContactPersonForm,
}

fn lines(sheet: &sheet::Sheet<'_>, read: &mut OrganisationsRead) -> Vec<Line> {
    let Some((header, rows)) = sheet.rows.split_first() else {
        read.problems.push("There is nothing in the file.".to_owned());
        return Vec::new();
    };
    let fields: Vec<_> = (0..header.width()).map(|at| field_of(header.cell(at))).collect();
    read.left_out = (0..header.width())
        .filter(|at| fields[*at].is_none() && !header.cell(*at).trim().is_empty())
        .map(|at| header.cell(at).trim().to_owned())
        .collect();
    if !fields.contains(&Some("name")) {
        read.problems.push("The first line names no column “Organisation”, so nothing can be read.".to_owned());
        return Vec::new();
    }
    if rows.len() > MOST {
        read.problems.push(format!("The file has more than {MOST} rows. Send it in parts."));
        return Vec::new();
    }
    rows.iter()
        .map(|row| {
            let cell = |field: &str| {
                let at = fields.iter().position(|found| *found == Some(field));
                at.map_or(String::new(), |at| sheet::restore(row.cell(at).trim()).to_owned())
            };
            let list = |text: String, each: fn(&str) -> String| split_list(&text).map(each).collect::<Vec<_>>();
            let organisation = OrganisationForm {
                name: cell("name"),
                sorts: list(cell("sorts"), |one| {
                    word(one, OrganisationSort::ALL, OrganisationSort::label, OrganisationSort::word)
                }),
                provider_type: cell("provider_type"),
                industry: word(&cell("industry"), Industry::ALL, Industry::label, Industry::word),
                code: cell("code"),
                size: word(&cell("size"), OrganisationSize::ALL, OrganisationSize::label, OrganisationSize::word),
                address: cell("address"),
                postcode: cell("postcode"),
                website: cell("website"),
                offers: list(cell("offers"), |one| word(one, Offer::ALL, Offer::label, Offer::word)),
                safeguarding: cell("safeguarding"),
                notes: cell("notes"),
                ..OrganisationForm::default()
            };
            let left_in = cell("left_in");
            let contact = ContactPersonForm {
                name: cell("contact"),
                job: cell("job"),
                email: cell("email"),
                phone: cell("phone"),
                is_alumnus: !left_in.is_empty(),
                left_in,
                consent_on: cell("consent_on"),
                asked_not_to: domain::parse_yes_no(&cell("asked_not_to")) == Some(true),
                ..ContactPersonForm::default()
            };
            Line { number: row.line, organisation, contact }
        })
        .collect()
}

impl App {
    /// Takes organisations and their people out of a file: all of it, or nothing if anything is wrong. Known organisations are
    /// found by name; what is blank of them is filled in, what stands there stays.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution. What is wrong with the file is part of the answer.
    pub fn import_organisations(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        file_name: &str,
        bytes: &[u8],
    ) -> Result<OrganisationsRead> {
        actor.ask_for_all(Action::Record, institution)?;
        let mut read = OrganisationsRead::default();
        let sheet = match sheet::read(file_name, bytes) {
            Ok(sheet) => sheet,
            Err(problems) => {
                let sentence = |problem: exchange::problem::Problem| {
                    format!("{} {}", problem.message(), problem.remedy()).trim().to_owned()
                };
                read.problems = problems.into_iter().map(sentence).collect();
                return Ok(read);
            }
        };
        let lines = lines(&sheet, &mut read);
        let today = self.context().today();
        self.store().write(institution, |tx| -> Result<_> {
            let known = store::organisation::all(tx, institution)?;
            let people = store::contact::all(tx, institution)?;
            let mut organisations: HashMap<String, (Organisation, bool)> =
                known.into_iter().map(|one| (one.name_key.clone(), (one, false))).collect();
            let mut changed = Vec::new();
            let mut contacts: Vec<Contact> = Vec::new();
            for line in &lines {
                let mut problems = Problems::default();
                let mut found = self.blank_organisation();
                line.organisation.read(&mut found, &mut problems);
                let mut person = None;
                let has_person =
                    [&line.contact.name, &line.contact.email, &line.contact.phone].iter().any(|t| !t.is_empty());
                if has_person {
                    let mut contact = self.blank_contact(None);
                    line.contact.read(&mut contact, today, &mut problems);
                    person = Some(contact);
                }
                if let Err(Error::Problems(problems)) = problems.check() {
                    let sentences =
                        problems.into_iter().map(|problem| format!("Line {}: {}", line.number, problem.message));
                    read.problems.extend(sentences);
                    continue;
                }
                let key = found.name_key.clone();
                let id = match organisations.get_mut(&key) {
                    Some((one, is_touched)) => {
                        if !fill(one, found).is_empty() && !*is_touched {
                            *is_touched = true;
                            read.filled += 1;
                            changed.push(key);
                        }
                        one.id
                    }
                    None => {
                        let id = found.id;
                        read.added += 1;
                        organisations.insert(key.clone(), (found, true));
                        changed.push(key);
                        id
                    }
                };
                if let Some(mut contact) = person {
                    contact.organisation = Some(id);
                    let is_same = |other: &Contact| {
                        other.organisation == Some(id)
                            && (same_name(&other.name) == same_name(&contact.name)
                                || other.email.is_some() && other.email == contact.email)
                    };
                    if !people.iter().chain(&contacts).any(is_same) {
                        contacts.push(contact);
                    }
                }
            }
            if !read.problems.is_empty() {
                return Ok(OrganisationsRead { added: 0, filled: 0, contacts: 0, ..read });
            }
            for key in &changed {
                if let Some((one, _)) = organisations.get(key) {
                    store::organisation::put(tx, institution, one)?;
                }
            }
            for contact in &contacts {
                store::contact::put(tx, institution, contact)?;
            }
            read.contacts = contacts.len() as u32;
            let payload = json!({"added": read.added, "filled": read.filled, "contacts": read.contacts});
            let event = self.event(actor, "organisations.imported", ("organisation", None), payload);
            store::audit::record(tx, institution, &event)?;
            Ok(read)
        })
    }

    /// Every organisation with its people, one line for each of them, as a file.
    ///
    /// # Errors
    /// If the actor may not record and take lists away here.
    pub fn export_organisations(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        format: ListFormat,
    ) -> Result<ListFile> {
        actor.ask(Action::Record, institution)?;
        actor.ask(Action::Export, institution)?;
        self.store().write(institution, |tx| {
            let contacts = store::contact::all(tx, institution)?;
            let mut rows = Vec::new();
            for one in store::organisation::all(tx, institution)? {
                let mut people: Vec<_> = contacts.iter().filter(|c| c.organisation == Some(one.id)).map(Some).collect();
                if people.is_empty() {
                    people.push(None);
                }
                rows.extend(people.into_iter().map(|contact| row(&one, contact)));
            }
            let payload = json!({"rows": rows.len()});
            let event = self.event(actor, "organisations.exported", ("organisation", None), payload);
            store::audit::record(tx, institution, &event)?;
            let headings = COLUMNS.iter().map(|(heading, ..)| (*heading).to_owned()).collect();
            Table { headings, rows }.write("organisations", format)
        })
    }
}

fn row(one: &Organisation, contact: Option<&Contact>) -> Vec<String> {
    let form = OrganisationForm::from(one);
    let person = contact.map(ContactPersonForm::from).unwrap_or_default();
    let (industry, code) = industry(one.sector.as_deref());
    let labels = |words: &[String], label: &dyn Fn(&str) -> Option<&'static str>| {
        words.iter().filter_map(|word| label(word)).collect::<Vec<_>>().join("; ")
    };
    vec![
        form.name.clone(),
        labels(&form.sorts, &|word| word.parse().ok().map(OrganisationSort::label)),
        form.provider_type,
        industry.map_or(String::new(), |one| one.label().to_owned()),
        code,
        form.size.parse().ok().map_or(String::new(), |size: OrganisationSize| size.label().to_owned()),
        form.address,
        form.postcode,
        form.website,
        labels(&form.offers, &|word| word.parse().ok().map(Offer::label)),
        form.safeguarding,
        form.notes,
        person.name,
        person.job,
        person.email,
        person.phone,
        if person.is_alumnus { person.left_in } else { String::new() },
        person.consent_on,
        if person.asked_not_to { "yes".to_owned() } else { String::new() },
    ]
}
