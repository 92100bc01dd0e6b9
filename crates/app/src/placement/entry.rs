use domain::{CheckStatus, Date, Hours, InstitutionId, PlacementCheck, PlacementEntryId, PlacementId, date};
use serde_json::json;
use store::{
    Tx,
    placement::{Check, Entry, Placement},
};

use super::{LONGEST, blank, kept};
use crate::{Actor, App, Problems, Result, audit::Change};

/// Something written about a placement, as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// Its key.
    pub id: PlacementEntryId,
    /// What it is: `journal`, `reflection`, `visit`, `call`, `note`.
    pub sort: String,
    /// The day.
    pub held_on: Date,
    /// How long.
    pub hours: Option<Hours>,
    /// By whom.
    pub by: Option<String>,
    /// What was written.
    pub text: String,
}

/// Something written about a placement, as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryForm {
    /// What it is: `journal`, `reflection`, `visit`, `call` or `note`.
    pub sort: String,
    /// The day; blank is today.
    pub held_on: String,
    /// How long; may be blank.
    pub hours: String,
    /// What was written.
    pub text: String,
}

/// What an employer wrote of risks, and what is done about them. Staff do not write it, and parents and carers see it.
pub(super) const EMPLOYER_RISKS: &str = "employer-risks";

/// What can be written about a placement, with what it is called.
pub(super) const SORTS: [(&str, &str); 5] = [
    ("journal", "A day of the journal"),
    ("reflection", "What the learner learnt"),
    ("visit", "A visit"),
    ("call", "A call"),
    ("note", "A note"),
];

impl EntryForm {
    /// What was typed, read; every problem at once.
    pub(super) fn read(&self, today: Date) -> Result<(&'static str, Date, Option<Hours>, String)> {
        let mut problems = Problems::default();
        let sort = SORTS.iter().find(|(word, _)| *word == self.sort.trim()).map(|(word, _)| *word);
        if sort.is_none() {
            problems.add("sort", "Choose what it is.");
        }
        let held_on = match self.held_on.trim() {
            "" => Some(today),
            text => problems.take(
                "held_on",
                date::parse(text)
                    .filter(|day| *day <= today)
                    .ok_or_else(|| "Enter the day, such as 12/07/2027; not one to come.".to_owned()),
            ),
        };
        let hours = match self.hours.trim() {
            "" => None,
            text => problems.take(
                "hours",
                text.parse::<Hours>()
                    .ok()
                    .filter(|hours| *hours <= Hours::whole(24))
                    .ok_or_else(|| "Enter the hours of the day as a number such as 5 or 2.5.".to_owned()),
            ),
        };
        let text = problems.required("text", &self.text, "what there is to write");
        if text.chars().count() > LONGEST {
            problems.add("text", "This is too long. Keep it below 4,000 characters.");
        }
        problems.check()?;
        Ok((sort.unwrap_or("note"), held_on.unwrap_or(today), hours, text))
    }
}

impl App {
    /// Writes something down about a placement: a day of the journal, a visit, a call. A visit or call, and what the learner
    /// learnt, does the check of that name.
    ///
    /// # Errors
    /// If the actor may not record for the learner, there is no such placement, or the form has problems.
    pub fn add_placement_entry(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: PlacementId,
        form: &EntryForm,
    ) -> Result<PlacementEntryId> {
        self.ask_for_placements(actor, institution)?;
        let read = form.read(self.context().today());
        self.store().write(institution, |tx| -> Result<_> {
            let one = self.placement_to_change(tx, actor, institution, id)?;
            let (sort, held_on, hours, text) = read?;
            let entry = Entry {
                id: PlacementEntryId(self.context().next_id()),
                placement: id,
                learner: one.learner,
                sort: sort.to_owned(),
                held_on,
                hours,
                how: None,
                by_whom: None,
                text,
                account: actor.account(),
                written_at: self.context().now(),
            };
            store::placement::insert_entry(tx, institution, &entry)?;
            self.entry_checks(tx, institution, &one, sort, (held_on, actor.account()))?;
            let payload = json!({"sort": sort, "entry": entry.id.to_string()});
            let event = self
                .event(actor, "placement.written", ("placement", Some(id.0)), payload)
                .with([self.detail(Some(one.learner), &Change::default().with("text", None, Some(&entry.text)))]);
            store::audit::record(tx, institution, &event)?;
            Ok(entry.id)
        })
    }

    /// Does the check that something written speaks for.
    pub(super) fn entry_checks(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        one: &Placement,
        sort: &str,
        by: (Date, Option<domain::AccountId>),
    ) -> Result<()> {
        let check = match sort {
            "visit" | "call" => PlacementCheck::Visit,
            "reflection" => PlacementCheck::Reflection,
            _ => return Ok(()),
        };
        self.see_check(tx, institution, one, (check, "", None), by)?;
        self.count_checks(tx, institution, one)
    }

    /// Marks a check as seen, with what was found; a blank note leaves what stands there. The caller records the event.
    pub(super) fn see_check(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        one: &Placement,
        (check, note, expires_on): (PlacementCheck, &str, Option<Date>),
        (on, account): (Date, Option<domain::AccountId>),
    ) -> Result<()> {
        let found = store::placement::checks(tx, institution, Some(one.id))?;
        let before = found.into_iter().find(|found| found.check == check).unwrap_or_else(|| blank(one, check));
        let after = Check {
            status: CheckStatus::Seen,
            seen_on: Some(on),
            expires_on: expires_on.or(before.expires_on),
            note: kept(note).unwrap_or_else(|| before.note.clone()),
            account,
            ..before
        };
        Ok(store::placement::put_check(tx, institution, &after)?)
    }

    /// Takes something written about a placement away.
    ///
    /// # Errors
    /// If the actor may not record for the learner, or there is no such placement or entry.
    pub fn delete_placement_entry(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: PlacementId,
        entry: PlacementEntryId,
    ) -> Result<()> {
        self.ask_for_placements(actor, institution)?;
        self.store().write(institution, |tx| -> Result<()> {
            self.placement_to_change(tx, actor, institution, id)?;
            store::placement::delete_entry(tx, institution, id, entry)?;
            let payload = json!({"entry": entry.to_string()});
            let event = self.event(actor, "placement.entry-deleted", ("placement", Some(id.0)), payload);
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }
}
