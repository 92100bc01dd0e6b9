use std::collections::BTreeMap;

use domain::{AcademicYear, Calendar, Institution, InstitutionId, InstitutionType, YearGroup, identifier, split_list};
use rules::Settled;
use serde_json::json;
use store::Within;

use crate::{
    Action, Actor, App, ContactForm, Error, Frame, InstitutionName, InstitutionStanding, Problems, Refusal, Result,
    Role, View, audit::changes, person::Holding,
};

/// The contact whose name, address and number must be published.
pub(crate) const CAREERS_LEADER: &str = "careers-leader";

/// An institution as a form has it: everything as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InstitutionForm {
    /// Its name.
    pub name: String,
    /// What it is in law, by its word.
    pub kind: String,
    /// URN or blank.
    pub urn: String,
    /// UKPRN or blank.
    pub ukprn: String,
    /// First year group.
    pub lowest_year: String,
    /// Last year group.
    pub highest_year: String,
    /// For each year group with a list of its own: its subjects, separated by `;`.
    pub subjects: BTreeMap<String, String>,
    /// For each academic year that begins before 1 September: its first day.
    pub first_days: BTreeMap<String, String>,
    /// Values in place of the rulebook's.
    pub parameters: BTreeMap<String, String>,
}

/// What the institution's page shows.
#[derive(Debug, Clone)]
pub struct InstitutionPage {
    /// Where it is.
    pub frame: Frame,
    /// The institution as it is.
    pub form: InstitutionForm,
    /// The careers leader's contact.
    pub careers_leader: ContactForm,
    /// Every parameter of the edition: name, what holds otherwise, what it decides, what is set.
    pub parameters: Vec<(String, String, String, Option<String>)>,
    /// What is asked of the institution as a whole.
    pub standings: Vec<InstitutionStanding>,
    /// Whether its people need a second step of signing in.
    pub second_step_required: bool,
}

impl From<&Institution> for InstitutionForm {
    fn from(institution: &Institution) -> Self {
        let days = institution.calendar.first_days().iter();
        Self {
            name: institution.name.clone(),
            kind: institution.kind.word().to_owned(),
            urn: institution.urn.clone().unwrap_or_default(),
            ukprn: institution.ukprn.clone().unwrap_or_default(),
            lowest_year: institution.lowest_year.to_string(),
            highest_year: institution.highest_year.to_string(),
            subjects: institution.subjects.iter().map(|(year, list)| (year.to_string(), list.join("; "))).collect(),
            first_days: days.map(|(year, day)| (year.to_string(), day.to_string())).collect(),
            parameters: institution.parameters.clone(),
        }
    }
}

impl InstitutionForm {
    fn check(&self, app: &App) -> Result<Institution> {
        let mut problems = Problems::default();
        let name = problems.required("name", &self.name, "the institution's name");
        let kind = self.kind.parse::<InstitutionType>();
        let kind = problems.take("kind", kind.map_err(|_| "Choose what the institution is.".to_owned()));
        let urn = identifier(&self.urn, "urn", identifier::is_urn, "A URN has five or six digits.", &mut problems);
        let ukprn = identifier(&self.ukprn, "ukprn", identifier::is_ukprn, "A UKPRN has eight digits.", &mut problems);
        let lowest_year = year_group(&self.lowest_year, "lowest_year", &mut problems);
        let highest_year = year_group(&self.highest_year, "highest_year", &mut problems);
        if let (Some(lowest), Some(highest)) = (lowest_year, highest_year)
            && lowest > highest
        {
            problems.add("highest_year", "The last year group cannot be below the first.");
        }
        let mut subjects = domain::Subjects::new();
        for (year, list) in &self.subjects {
            if let Some(year) = year_group(year, "subjects", &mut problems) {
                let list: Vec<_> = split_list(list).map(str::to_owned).collect();
                if !list.is_empty() {
                    subjects.insert(year, list);
                }
            }
        }
        let mut first_days = BTreeMap::new();
        for (year, day) in self.first_days.iter().filter(|(_, day)| !day.trim().is_empty()) {
            match (year.parse::<AcademicYear>(), domain::date::parse(day)) {
                (Ok(year), Some(day)) if Calendar::accepts(year, day) => {
                    first_days.insert(year, day);
                }
                (Ok(year), _) => problems.add(
                    "first_days",
                    format!(
                        "The first day of {year} is a day of {} up to 1 September, such as 27/08/{}.",
                        year.start(),
                        year.start()
                    ),
                ),
                (Err(shape), _) => problems.add("first_days", format!("“{year}”: {shape}.")),
            }
        }
        let mut parameters = BTreeMap::new();
        for (name, value) in self.parameters.iter().filter(|(_, value)| !value.trim().is_empty()) {
            match app.rulebook().parameter(name).map(|parameter| parameter.default) {
                Some(Settled::Number(_)) if value.trim().parse::<u32>().is_ok_and(|n| n > 0) => {}
                Some(Settled::YesNo(_)) if matches!(value.trim(), "true" | "false") => {}
                Some(Settled::Number(_)) => problems.add("parameters", format!("“{name}” is a whole number from 1.")),
                Some(Settled::YesNo(_)) => problems.add("parameters", format!("“{name}” is true or false.")),
                None => problems.add("parameters", format!("There is no parameter “{name}”.")),
            }
            parameters.insert(name.clone(), value.trim().to_owned());
        }
        problems.check()?;
        let (Some(kind), Some(lowest_year), Some(highest_year)) = (kind, lowest_year, highest_year) else {
            return Err(Error::problem("kind", "Choose what the institution is."));
        };
        let calendar = Calendar::new(first_days);
        Ok(Institution { name, kind, urn, ukprn, lowest_year, highest_year, subjects, calendar, parameters })
    }
}

fn identifier(
    text: &str,
    field: &'static str,
    is: impl Fn(&str) -> bool,
    message: &str,
    problems: &mut Problems,
) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if !is(text) {
        problems.add(field, message);
    }
    Some(text.to_owned())
}

fn year_group(text: &str, field: &'static str, problems: &mut Problems) -> Option<YearGroup> {
    let year = text.parse::<YearGroup>().ok().filter(|y| (YearGroup::LOWEST..=YearGroup::HIGHEST).contains(y));
    problems.take(field, year.ok_or_else(|| "Enter a year group from 7 to 14.".to_owned()))
}

impl App {
    /// The institutions within the actor's reach, by name.
    ///
    /// # Errors
    /// Only faults.
    pub fn institutions(&self, actor: &Actor) -> Result<Vec<InstitutionName>> {
        let all = self.store().read(Within::none(), store::institution::list)?;
        Ok(all
            .into_iter()
            .filter(|institution| {
                actor.is_operator() || actor.grants().iter().any(|grant| grant.institution == institution.id)
            })
            .map(|institution| InstitutionName { id: institution.id, name: institution.name, kind: None, years: None })
            .collect())
    }

    /// Sets up an institution from a form. Whoever does it administers it.
    ///
    /// # Errors
    /// If the actor may not set up institutions, or the form has problems.
    pub fn add_institution(&self, actor: &Actor, form: &InstitutionForm) -> Result<InstitutionId> {
        if !actor.may_set_up() {
            return Err(Refusal::NotAllowed.into());
        }
        self.create_institution(actor, &form.check(self)?)
    }

    /// Sets up an institution as it is. Whoever does it administers it.
    ///
    /// # Errors
    /// If the actor may not set up institutions, or its URN is taken.
    pub fn create_institution(&self, actor: &Actor, institution: &Institution) -> Result<InstitutionId> {
        if !actor.may_set_up() {
            return Err(Refusal::NotAllowed.into());
        }
        let id = InstitutionId(self.context().next_id());
        self.store().write(id, |tx| self.insert_institution(tx, actor, id, institution))?;
        Ok(id)
    }

    pub(crate) fn insert_institution(
        &self,
        tx: &mut store::Tx<'_>,
        actor: &Actor,
        id: InstitutionId,
        institution: &Institution,
    ) -> Result<()> {
        let event =
            self.event(actor, "institution.added", ("institution", Some(id.0)), json!({"name": institution.name}));
        store::institution::insert(tx, id, institution, self.context().now()).map_err(taken)?;
        if let Some(account) = actor.account() {
            // In most schools the careers leader is the one who sets it up.
            for role in [Role::Administrator, Role::CareersLeader] {
                store::membership::set(tx, &Holding::from(role).membership(id, account))?;
            }
        }
        Ok(store::audit::record(tx, id, &event)?)
    }

    /// The institution's page.
    ///
    /// # Errors
    /// If it is not within the actor's reach.
    pub fn institution(&self, actor: &Actor, view: View) -> Result<InstitutionPage> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let scene = self.scene(actor, view)?;
        let ((_, contacts), second_step_required) = self.store().read(view.institution, |tx| -> Result<_> {
            let contacts = store::institution::contacts(tx, view.institution)?;
            Ok((contacts, Self::requires_second_step(tx, view.institution)?))
        })?;
        let careers_leader = contacts.into_iter().find(|contact| contact.role == CAREERS_LEADER);
        let institution = &scene.held.records.institution;
        let parameters = scene.pack.parameters.iter().map(|parameter| {
            let default = match parameter.default {
                Settled::Number(number) => number.to_string(),
                Settled::YesNo(yes) => yes.to_string(),
            };
            let set = institution.parameters.get(&parameter.name).cloned();
            (parameter.name.clone(), default, parameter.about.clone(), set)
        });
        Ok(InstitutionPage {
            form: InstitutionForm::from(institution),
            careers_leader: careers_leader.map_or(ContactForm::default(), |contact| ContactForm {
                name: contact.name,
                email: contact.email.unwrap_or_default(),
                phone: contact.phone.unwrap_or_default(),
                ..ContactForm::default()
            }),
            parameters: parameters.collect(),
            standings: self.institution_standings(&scene)?,
            second_step_required,
            frame: scene.frame,
        })
    }

    /// Changes the institution.
    ///
    /// # Errors
    /// If the actor may not administer it, or the form has problems.
    pub fn change_institution(&self, actor: &Actor, id: InstitutionId, form: &InstitutionForm) -> Result<()> {
        actor.ask_for_all(Action::Administer, id)?;
        let after = form.check(self)?;
        self.store().write(id, |tx| self.update_institution(tx, actor, id, &after))
    }

    pub(crate) fn update_institution(
        &self,
        tx: &mut store::Tx<'_>,
        actor: &Actor,
        id: InstitutionId,
        after: &Institution,
    ) -> Result<()> {
        tx.advance(id)?;
        let (before, _) = store::institution::get(tx, id)?;
        let changed = changes(fields(&before), fields(after));
        let event = self
            .event(actor, "institution.changed", ("institution", Some(id.0)), json!({"fields": changed.names()}))
            .with([self.detail(None, &changed)]);
        store::institution::update(tx, id, after).map_err(taken)?;
        Ok(store::audit::record(tx, id, &event)?)
    }
}

/// An institution's settings field by field, as its audit trail has them.
fn fields(institution: &Institution) -> Vec<(&'static str, String)> {
    let form = InstitutionForm::from(institution);
    let list = |of: &BTreeMap<String, String>| {
        of.iter().map(|(name, text)| format!("{name}: {text}")).collect::<Vec<_>>().join(", ")
    };
    vec![
        ("name", form.name.clone()),
        ("kind", form.kind.clone()),
        ("urn", form.urn.clone()),
        ("ukprn", form.ukprn.clone()),
        ("lowest_year", form.lowest_year.clone()),
        ("highest_year", form.highest_year.clone()),
        ("subjects", list(&form.subjects)),
        ("first_days", list(&form.first_days)),
        ("parameters", list(&form.parameters)),
    ]
}

fn taken(error: store::Error) -> Error {
    match error {
        store::Error::Duplicate { .. } => Error::problem("urn", "Another institution has this URN already."),
        other => other.into(),
    }
}
