//! Notes of guidance meetings. What was agreed is for the learner and for everybody who sees them; the private note is for
//! whoever wrote it and for those who may read notes.

use domain::{GuidanceNoteId, InstitutionId, LearnerId};
use jiff::Timestamp;
use serde_json::json;
use store::guidance_note::GuidanceNote;

use crate::{Action, Actor, App, Error, Frame, Problems, Result, View, frame::Scene};

/// A note as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuidanceNoteRow {
    /// Its id.
    pub id: GuidanceNoteId,
    /// The day of the meeting.
    pub held_on: domain::Date,
    /// What was agreed.
    pub agreed_actions: String,
    /// The private note, where it was asked for and may be read.
    pub private_note: Option<String>,
    /// Whether there is a private note that the reader may read.
    pub has_private_note: bool,
    /// Who wrote it; blank if nobody knows any more.
    pub author: String,
    /// When it was last written.
    pub written_at: Timestamp,
    /// Whether the reader may change it.
    pub may_change: bool,
}

/// Notes with their private parts.
#[derive(Debug, Clone)]
pub struct GuidanceNotes {
    /// Where it is.
    pub frame: Frame,
    /// Of whom: "Forename Surname".
    pub name: String,
    /// The latest meeting first.
    pub notes: Vec<GuidanceNoteRow>,
    /// Whether the reader may write one.
    pub may_write: bool,
}

/// A note as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GuidanceNoteForm {
    /// The day of the meeting; blank is today.
    pub held_on: String,
    /// What was agreed.
    pub agreed_actions: String,
    /// What is for the adviser alone; may be blank.
    pub private_note: String,
}

/// How long a note may be, in characters.
const LONGEST: usize = 10_000;

impl App {
    /// The notes of a learner with the private parts that the actor may read, which is noted in the audit trail as an event of
    /// its own.
    ///
    /// # Errors
    /// If the learner is not within reach, or the actor neither reads nor writes notes of theirs.
    pub fn guidance_notes(&self, actor: &Actor, view: View, learner: LearnerId) -> Result<GuidanceNotes> {
        let scene = self.scene(actor, view)?;
        let index = scene.learner_index(learner)?;
        let candidate = scene.candidate(index);
        let reads = actor.scope(Action::ReadNotes, view.institution).is_ok_and(|scope| scope.admits(&candidate));
        let may_write = actor.scope(Action::WriteNotes, view.institution).is_ok_and(|scope| scope.admits(&candidate));
        if !reads && !may_write {
            return Err(crate::Refusal::NotAllowed.into());
        }
        let person = scene.held.records.learner(index);
        let name = format!("{} {}", person.forename, person.surname);
        let notes = self.notes_of(actor, &scene, learner, true)?;
        let read = notes.iter().filter(|note| note.private_note.is_some()).count();
        if read > 0 {
            let action = if reads { Action::ReadNotes } else { Action::WriteNotes };
            let reach = actor.why(action, view.institution, &candidate);
            let event = self
                .event(actor, "guidance-notes.read", ("learner", Some(learner.0)), json!({"notes": read}))
                .because(reach);
            self.store().write(view.institution, |tx| store::audit::record(tx, view.institution, &event))?;
        }
        Ok(GuidanceNotes { name, notes, may_write, frame: scene.frame })
    }

    /// The notes of a learner whom the actor sees; the private parts only if asked for, and only those that the actor may read.
    pub(crate) fn notes_of(
        &self,
        actor: &Actor,
        scene: &Scene<'_>,
        learner: LearnerId,
        with_private: bool,
    ) -> Result<Vec<GuidanceNoteRow>> {
        let institution = scene.frame.institution.id;
        let index = scene.learner_index(learner)?;
        let candidate = scene.candidate(index);
        let may = |action| actor.scope(action, institution).is_ok_and(|scope| scope.admits(&candidate));
        let (reads, writes) = (may(Action::ReadNotes), may(Action::WriteNotes));
        self.store().read(institution, |tx| {
            let mut rows = Vec::new();
            for note in store::guidance_note::list(tx, institution, learner)? {
                let author = match note.account {
                    Some(account) => store::account::find(tx, account)?.map_or(String::new(), |account| account.name),
                    None => String::new(),
                };
                let own = note.account.is_some() && note.account == actor.account() && actor.viewing().is_none();
                let private_note = note.private_note.filter(|_| reads || own && writes);
                rows.push(GuidanceNoteRow {
                    id: note.id,
                    held_on: note.held_on,
                    agreed_actions: note.agreed_actions,
                    has_private_note: private_note.is_some(),
                    private_note: private_note.filter(|_| with_private),
                    author,
                    written_at: note.written_at,
                    may_change: own && writes,
                });
            }
            Ok(rows)
        })
    }

    /// Writes down what a guidance meeting came to.
    ///
    /// # Errors
    /// If the learner is not within reach, the actor may not write notes of theirs, or the form has problems.
    pub fn add_guidance_note(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        learner: LearnerId,
        form: &GuidanceNoteForm,
    ) -> Result<GuidanceNoteId> {
        self.ask_to_write_notes(actor, institution, learner)?;
        let id = GuidanceNoteId(self.context().next_id());
        let note = self.note(actor, learner, id, form)?;
        let payload = json!({"note": id.to_string(), "private": note.private_note.is_some()});
        let event = self.event(actor, "guidance-note.added", ("learner", Some(learner.0)), payload);
        self.store().write(institution, |tx| {
            store::guidance_note::insert(tx, institution, &note)?;
            store::audit::record(tx, institution, &event)
        })?;
        Ok(id)
    }

    /// Changes a note. Only its author may.
    ///
    /// # Errors
    /// As [`App::add_guidance_note`]; somebody else's note is not allowed, an unknown one not found.
    pub fn change_guidance_note(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        learner: LearnerId,
        id: GuidanceNoteId,
        form: &GuidanceNoteForm,
    ) -> Result<()> {
        self.ask_to_write_notes(actor, institution, learner)?;
        let after = self.note(actor, learner, id, form);
        self.store().write(institution, |tx| -> Result<()> {
            let before = store::guidance_note::find(tx, institution, learner, id)?.ok_or(Error::NOT_FOUND)?;
            if before.account.is_none() || before.account != actor.account() {
                return Err(crate::Refusal::NotAllowed.into());
            }
            let after = after?;
            let changed = [
                ("held_on", before.held_on != after.held_on),
                ("agreed_actions", before.agreed_actions != after.agreed_actions),
                ("private_note", before.private_note != after.private_note),
            ];
            let fields: Vec<_> = changed.into_iter().filter(|(_, changed)| *changed).map(|(name, _)| name).collect();
            if fields.is_empty() {
                return Ok(());
            }
            store::guidance_note::update(tx, institution, &after)?;
            // The words themselves are personal, and what was thought better of is nobody's business.
            let payload = json!({"note": id.to_string(), "fields": fields});
            let event = self.event(actor, "guidance-note.changed", ("learner", Some(learner.0)), payload);
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    fn ask_to_write_notes(&self, actor: &Actor, institution: InstitutionId, learner: LearnerId) -> Result<()> {
        actor.ask(Action::WriteNotes, institution)?;
        let scene = self.scene(actor, View { institution, as_of: None })?;
        let index = scene.learner_index(learner)?;
        if !actor.scope(Action::WriteNotes, institution)?.admits(&scene.candidate(index)) {
            return Err(crate::Refusal::NotAllowed.into());
        }
        Ok(())
    }

    /// The note that a form stands for.
    fn note(
        &self,
        actor: &Actor,
        learner: LearnerId,
        id: GuidanceNoteId,
        form: &GuidanceNoteForm,
    ) -> Result<GuidanceNote> {
        let today = self.context().today();
        let mut problems = Problems::default();
        let held_on = match form.held_on.trim() {
            "" => Some(today),
            text => problems.take(
                "held_on",
                domain::date::parse(text)
                    .filter(|date| *date <= today)
                    .ok_or_else(|| "Enter the day of the meeting, such as 12/11/2026; not one to come.".to_owned()),
            ),
        };
        let agreed_actions = problems.required("agreed_actions", &form.agreed_actions, "what was agreed");
        let private_note = form.private_note.trim();
        for (field, text) in [("agreed_actions", agreed_actions.as_str()), ("private_note", private_note)] {
            if text.chars().count() > LONGEST {
                problems.add(field, "This is too long to keep in one note. Keep it below 10,000 characters.");
            }
        }
        problems.check()?;
        Ok(GuidanceNote {
            id,
            learner,
            held_on: held_on.unwrap_or(today),
            agreed_actions,
            private_note: (!private_note.is_empty()).then(|| private_note.to_owned()),
            account: actor.account(),
            written_at: self.context().now(),
        })
    }
}
