//! What comes back by links: it is filed where it belongs, and never asked for twice.

use domain::{FeedbackId, InstitutionId, PlacementCheck, PlacementEntryId, PlacementStage, date, parse_yes_no};
use serde_json::json;
use store::{link::Link, placement::Entry, voice::Feedback};

use super::{EntryForm, LONGEST, PlacementForm, entry::EMPLOYER_RISKS, kept};
use crate::{
    App, Error, LinkPurpose, Problems, Result,
    audit::{Change, changes},
};

/// What an employer answers before a placement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EmployerAnswer {
    /// `yes` or `no`: whether they take the learner.
    pub agrees: String,
    /// What they know better than the school: supervisor, place, hours, tasks. Other fields are not read.
    pub details: PlacementForm,
    /// Number of the insurance.
    pub insurance_number: String,
    /// Its amount.
    pub insurance_amount: String,
    /// Its last day.
    pub insurance_expires: String,
    /// What could harm somebody young, and what is done about it.
    pub risks: String,
    /// Whether they know whom to tell if something worries them.
    pub knows_safeguarding: bool,
}

/// What a parent or carer answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParentAnswer {
    /// `yes` or `no`.
    pub agrees: String,
    /// Their name.
    pub name: String,
    /// Whom to ring.
    pub emergency_name: String,
    /// At which number.
    pub emergency_phone: String,
    /// What the employer may know to look after the learner.
    pub needs: String,
    /// How the learner gets there and back.
    pub travel: String,
}

/// What an employer thought of a placement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EmployerOpinion {
    /// Their name.
    pub name: String,
    /// 1 to 5.
    pub rating: String,
    /// What went well.
    pub went_well: String,
    /// What could be better.
    pub better: String,
    /// `yes`, `no` or blank: whether they would take a learner again.
    pub would_return: String,
}

/// What a learner writes into the journal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JournalEntry {
    /// The day; blank is today.
    pub held_on: String,
    /// How many hours.
    pub hours: String,
    /// What they did.
    pub text: String,
    /// Whether it is what they learnt from all of it.
    pub is_reflection: bool,
}

fn lengths(problems: &mut Problems, fields: &[(&'static str, &str)]) {
    for (field, text) in fields {
        if text.chars().count() > LONGEST {
            problems.add(field, "This is too long. Keep it below 4,000 characters.");
        }
    }
}

/// What the school knew and what came from home, and whether they are two texts that somebody has to read together.
fn both(stored: &str, sent: &str) -> (String, bool) {
    match (stored.trim(), sent) {
        (stored, "") => (stored.to_owned(), false),
        (stored, sent) if sent.contains(stored) => (sent.to_owned(), false),
        (stored, sent) => (format!("{stored}\n\nFrom the parent or carer: {sent}"), true),
    }
}

fn yes_or_no(text: &str, problems: &mut Problems) -> Option<bool> {
    problems.take("agrees", parse_yes_no(text).ok_or_else(|| "Choose yes or no.".to_owned()))
}

impl App {
    /// Files what an employer answered: details, checks, and, if they agree, the stage.
    ///
    /// # Errors
    /// As [`App::employer_request`]; problems with the form.
    pub fn send_employer_answer(&self, institution: InstitutionId, token: &str, form: &EmployerAnswer) -> Result<()> {
        let today = self.context().today();
        let mut problems = Problems::default();
        let agrees = yes_or_no(&form.agrees, &mut problems);
        let expires = match form.insurance_expires.trim() {
            "" => None,
            text => problems.take(
                "insurance_expires",
                date::parse(text).filter(|day| *day >= today).ok_or_else(|| {
                    "Enter the last day of the insurance, such as 31/03/2028; not one that is past.".to_owned()
                }),
            ),
        };
        if agrees == Some(true) {
            for (field, text, what) in [
                ("supervisor", &form.details.supervisor, "who will look after the learner"),
                ("tasks", &form.details.tasks, "what the learner will do"),
                (
                    "risks",
                    &form.risks,
                    "what could harm somebody young and what is done about it; “nothing out of the ordinary” is an answer",
                ),
            ] {
                problems.required(field, text, what);
            }
            if kept(&form.insurance_number).is_some() && form.insurance_expires.trim().is_empty() {
                problems.add("insurance_expires", "Enter the last day of the insurance.");
            }
        }
        lengths(
            &mut problems,
            &[
                ("risks", &form.risks),
                ("insurance_number", &form.insurance_number),
                ("insurance_amount", &form.insurance_amount),
            ],
        );
        self.store().write(institution, |tx| -> Result<()> {
            let (link, before) = self.open_placement(tx, institution, LinkPurpose::PlacementEmployer, token)?;
            if !matches!(
                before.stage,
                PlacementStage::Searching | PlacementStage::Requested | PlacementStage::Agreed
            ) {
                return Err(Error::conflict(
                    "The school has gone on with this placement, so this form is closed. Ring the school if something changes.",
                ));
            }
            let mut one = before.clone();
            // The school's own words stay: dates, hours altogether, travel, needs.
            let own = PlacementForm::from(&before);
            let details = PlacementForm {
                employer: if own.employer.is_empty() { form.details.employer.clone() } else { own.employer },
                starts_on: own.starts_on,
                ends_on: own.ends_on,
                hours: own.hours,
                mode: own.mode,
                travel: own.travel,
                needs: None,
                ..form.details.clone()
            };
            if agrees == Some(true) {
                details.read(&mut one, &mut problems);
                one.hours = before.hours.or(one.hours);
            }
            problems.check()?;
            let by = (today, None);
            if agrees == Some(true) {
                let policy = [form.insurance_number.trim(), form.insurance_amount.trim()];
                let policy: Vec<_> = policy.into_iter().filter(|text| !text.is_empty()).collect();
                let contact =
                    [&form.details.supervisor, &form.details.supervisor_email, &form.details.supervisor_phone];
                let contact: Vec<_> =
                    contact.into_iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
                let mut seen = vec![
                    (PlacementCheck::EmployerContact, contact.join(", "), None),
                    (PlacementCheck::Supervisor, form.details.supervisor.clone(), None),
                    (PlacementCheck::Tasks, String::new(), None),
                    (PlacementCheck::Risk, form.risks.clone(), None),
                ];
                if !policy.is_empty() && expires.is_some() {
                    seen.push((PlacementCheck::Insurance, policy.join(", "), expires));
                }
                if form.knows_safeguarding {
                    seen.push((PlacementCheck::Safeguarding, "The employer knows whom to tell.".to_owned(), None));
                }
                for (check, note, expires_on) in seen {
                    self.see_check(tx, institution, &one, (check, &note, expires_on), by)?;
                }
                // Kept as it was written: staff may note something of their own at the check.
                let risks = Entry {
                    id: PlacementEntryId(self.context().next_id()),
                    placement: one.id,
                    learner: one.learner,
                    sort: EMPLOYER_RISKS.to_owned(),
                    held_on: today,
                    hours: None,
                    how: None,
                    by_whom: Some("The employer".to_owned()),
                    text: form.risks.trim().to_owned(),
                    account: None,
                    written_at: self.context().now(),
                };
                store::placement::insert_entry(tx, institution, &risks)?;
            }
            self.find_employer(tx, institution, &mut one)?;
            match agrees {
                Some(false) => {
                    let why = ("The employer said no.", None);
                    self.take_step(tx, institution, &mut one, PlacementStage::FellThrough, why)?;
                }
                _ if matches!(one.stage, PlacementStage::Searching | PlacementStage::Requested) => {
                    self.take_step(tx, institution, &mut one, PlacementStage::Agreed, ("", None))?;
                }
                _ => {
                    one.revision += 1;
                    one.changed_at = self.context().now();
                    store::placement::put(tx, institution, &one)?;
                }
            }
            let changed = changes(PlacementForm::from(&before).fields(), PlacementForm::from(&one).fields());
            self.file(tx, institution, &link, (&one, "placement.employer-answered"), &changed)
        })
    }

    /// Files what a parent or carer answered.
    ///
    /// # Errors
    /// As [`App::parent_request`]; problems with the form.
    pub fn send_parent_answer(&self, institution: InstitutionId, token: &str, form: &ParentAnswer) -> Result<()> {
        let today = self.context().today();
        let mut problems = Problems::default();
        let agrees = yes_or_no(&form.agrees, &mut problems);
        let name = problems.required("name", &form.name, "your name");
        if agrees == Some(true) {
            problems.required("emergency_name", &form.emergency_name, "whom we can ring");
            problems.required("emergency_phone", &form.emergency_phone, "the number");
            problems.required("travel", &form.travel, "how they get there and back");
        }
        lengths(
            &mut problems,
            &[
                ("name", &form.name),
                ("needs", &form.needs),
                ("travel", &form.travel),
                ("emergency_name", &form.emergency_name),
                ("emergency_phone", &form.emergency_phone),
            ],
        );
        self.store().write(institution, |tx| -> Result<()> {
            let (link, before) = self.open_placement(tx, institution, LinkPurpose::PlacementParent, token)?;
            problems.check()?;
            let mut one = before.clone();
            let by = (today, None);
            if agrees == Some(true) {
                one.travel = kept(&form.travel).unwrap_or_else(|| before.travel.clone());
                let (needs, are_both) = both(&before.needs, form.needs.trim());
                one.needs = needs;
                let ring = format!("{}, {}", form.emergency_name.trim(), form.emergency_phone.trim());
                for (check, note) in [
                    (PlacementCheck::ParentAgreement, format!("{name} agrees.")),
                    (PlacementCheck::EmergencyContact, ring),
                    (PlacementCheck::Needs, String::new()),
                    (PlacementCheck::Travel, String::new()),
                ] {
                    self.see_check(tx, institution, &one, (check, &note, None), by)?;
                }
                if are_both {
                    // Somebody here reads what the school knew and what came from home before it counts as seen.
                    let check = PlacementCheck::Needs;
                    let found = store::placement::checks(tx, institution, Some(one.id))?;
                    let seen = found.into_iter().find(|found| found.check == check);
                    let mut after = seen.unwrap_or_else(|| super::blank(&one, check));
                    (after.status, after.seen_on) = (domain::CheckStatus::Asked, None);
                    store::placement::put_check(tx, institution, &after)?;
                }
            } else {
                let found = store::placement::checks(tx, institution, Some(one.id))?;
                let check = PlacementCheck::ParentAgreement;
                let before = found.into_iter().find(|found| found.check == check);
                let mut after = before.unwrap_or_else(|| super::blank(&one, check));
                (after.status, after.note) = (domain::CheckStatus::Asked, format!("{name} does not agree."));
                store::placement::put_check(tx, institution, &after)?;
            }
            one.revision += 1;
            one.changed_at = self.context().now();
            store::placement::put(tx, institution, &one)?;
            let changed = changes(PlacementForm::from(&before).fields(), PlacementForm::from(&one).fields());
            self.file(tx, institution, &link, (&one, "placement.parent-answered"), &changed)
        })
    }

    /// Keeps what an employer thought of a placement. It does the check, and ticks the box of the activity that counts it.
    ///
    /// # Errors
    /// As [`App::employer_request`]; problems with the form.
    pub fn send_employer_opinion(&self, institution: InstitutionId, token: &str, form: &EmployerOpinion) -> Result<()> {
        let mut problems = Problems::default();
        let rating = match form.rating.trim() {
            "" => None,
            text => problems.take(
                "rating",
                text.parse::<i64>()
                    .ok()
                    .filter(|rating| (1..=5).contains(rating))
                    .ok_or_else(|| "Choose one of the five answers.".to_owned()),
            ),
        };
        let (went_well, better) = (form.went_well.trim(), form.better.trim());
        if went_well.is_empty() && better.is_empty() && rating.is_none() {
            problems.add("went_well", "Write what went well, or choose how it was.");
        }
        lengths(&mut problems, &[("went_well", went_well), ("better", better), ("name", &form.name)]);
        self.store().write(institution, |tx| -> Result<()> {
            let (link, one) = self.open_placement(tx, institution, LinkPurpose::PlacementEmployer, token)?;
            if !matches!(one.stage, PlacementStage::Live | PlacementStage::Complete) {
                return Err(Error::conflict("The placement has not begun, so there is nothing to say of it yet."));
            }
            problems.check()?;
            let opinion = Feedback {
                id: FeedbackId(self.context().next_id()),
                activity: one.activity,
                placement: Some(one.id),
                learner: Some(one.learner),
                organisation: one.organisation,
                name: kept(&form.name),
                rating,
                went_well: went_well.to_owned(),
                better: better.to_owned(),
                answers: String::new(),
                would_return: parse_yes_no(&form.would_return),
                written_at: self.context().now(),
            };
            store::voice::insert_feedback(tx, institution, &opinion)?;
            let by = (self.context().today(), None);
            self.see_check(tx, institution, &one, (PlacementCheck::EmployerFeedback, "", None), by)?;
            self.count_checks(tx, institution, &one)?;
            self.file(tx, institution, &link, (&one, "placement.employer-feedback"), &Change::default())
        })
    }

    /// Keeps what a learner wrote into the journal.
    ///
    /// # Errors
    /// As [`App::journal_request`]; problems with the form.
    pub fn send_journal_entry(&self, institution: InstitutionId, token: &str, form: &JournalEntry) -> Result<()> {
        let sort = if form.is_reflection { "reflection" } else { "journal" };
        let read = EntryForm {
            sort: sort.to_owned(),
            held_on: form.held_on.clone(),
            hours: form.hours.clone(),
            text: form.text.clone(),
        };
        let read = read.read(self.context().today());
        self.store().write(institution, |tx| -> Result<()> {
            let (link, one) = self.open_placement(tx, institution, LinkPurpose::PlacementJournal, token)?;
            let (sort, held_on, hours, text) = read?;
            let entry = Entry {
                id: PlacementEntryId(self.context().next_id()),
                placement: one.id,
                learner: one.learner,
                sort: sort.to_owned(),
                held_on,
                hours,
                how: None,
                by_whom: Some("The learner".to_owned()),
                text,
                account: None,
                written_at: self.context().now(),
            };
            store::placement::insert_entry(tx, institution, &entry)?;
            self.entry_checks(tx, institution, &one, sort, (held_on, None))?;
            self.file(tx, institution, &link, (&one, "placement.journal-written"), &Change::default())
        })
    }

    /// Notes that a link was used, and what came by it.
    fn file(
        &self,
        tx: &mut store::Tx<'_>,
        institution: InstitutionId,
        link: &Link,
        (one, action): (&store::placement::Placement, &str),
        changed: &Change,
    ) -> Result<()> {
        store::link::note_use(tx, institution, link.id, self.context().now())?;
        let payload = json!({"fields": changed.names()});
        let event = self
            .event_by_link(link, action, ("placement", Some(one.id.0)), payload)
            .with([self.detail(Some(one.learner), changed)]);
        Ok(store::audit::record(tx, institution, &event)?)
    }
}
