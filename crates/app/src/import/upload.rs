use domain::{ImportId, InstitutionId};
use exchange::mapping::Mapping;
use serde::Serialize;
use serde_json::json;
use store::import::{Import, State};

use super::{Upload, read::Reading};
use crate::{Action, Actor, App, Error, Result, token::digest};

impl App {
    /// Takes a file in, reads it, and plans what taking it would do. Nothing of the records changes.
    ///
    /// # Errors
    /// If the actor may not import here. Whatever is wrong with the file is shown on the import's page.
    pub fn upload(&self, actor: &Actor, upload: &Upload<'_>) -> Result<ImportId> {
        actor.ask_for_all(Action::Import, upload.institution)?;
        if upload.file_name.trim().is_empty() {
            return Err(Error::problem("file", "Choose a file."));
        }
        let held = self.held(upload.institution)?;
        let reading = self.read_file(&held, upload.institution, upload.kind, upload.file_name, upload.bytes, None)?;
        let now = self.context().now();
        let mut import = Import {
            id: ImportId(self.context().next_id()),
            state: State::Uploaded,
            kind: upload.kind.word().to_owned(),
            file_name: upload.file_name.to_owned(),
            file_digest: digest(upload.bytes),
            file_size: upload.bytes.len() as u64,
            account: actor.account(),
            created_at: now,
            changed_at: now,
            base_revision: Some(held.revision),
            applied_revision: None,
            progress_done: 0,
            progress_total: 0,
            mapping: None,
            summary: None,
        };
        let kept = Kept::of(&mut import, &reading)?;
        let event = self.event(actor, "import.uploaded", ("import", Some(import.id.0)), json!({"kind": import.kind}));
        self.store().write(upload.institution, |tx| -> Result<()> {
            store::import::insert(tx, upload.institution, &import, upload.bytes)?;
            store::import::set_plan(tx, upload.institution, import.id, kept.plan.as_deref(), Some(&kept.problems))?;
            Ok(store::audit::record(tx, upload.institution, &event)?)
        })?;
        Ok(import.id)
    }

    /// Says what the columns mean (and which of day and month stands first), keeps that for the next file with the same
    /// headings, and plans anew.
    ///
    /// # Errors
    /// If the actor may not import here, or the import is past that.
    pub fn map_import(&self, actor: &Actor, institution: InstitutionId, id: ImportId, mapping: &Mapping) -> Result<()> {
        actor.ask_for_all(Action::Import, institution)?;
        self.plan_again(actor, institution, id, Some(mapping))
    }

    /// Reads the file again and plans for the records as they are now.
    ///
    /// # Errors
    /// If the actor may not import here, or the import is past that.
    pub fn replan_import(&self, actor: &Actor, institution: InstitutionId, id: ImportId) -> Result<()> {
        actor.ask_for_all(Action::Import, institution)?;
        self.plan_again(actor, institution, id, None)
    }

    fn plan_again(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: ImportId,
        mapping: Option<&Mapping>,
    ) -> Result<()> {
        let (mut import, source) = self.store().read(institution, |tx| -> Result<_> {
            Ok((super::list::get(tx, institution, id)?, store::import::source(tx, institution, id)?))
        })?;
        let kind = super::list::kind(&import);
        super::review::must_be_open(import.state)?;
        let from = import.state;
        let held = self.held(institution)?;
        let earlier = import.mapping.as_deref().and_then(|text| serde_json::from_str(text).ok());
        let wanted = mapping.cloned().or(earlier);
        let reading = self.read_file(&held, institution, kind, &import.file_name, &source, wanted)?;
        import.base_revision = Some(held.revision);
        import.changed_at = self.context().now();
        let kept = Kept::of(&mut import, &reading)?;
        let event = self.event(actor, "import.planned", ("import", Some(id.0)), json!({}));
        let now = self.context().now();
        self.store().write(institution, |tx| -> Result<()> {
            if let Some(mapping) = mapping {
                let text = serde_json::to_string(mapping).map_err(Error::fault)?;
                store::mapping::save(tx, institution, kind.word(), &mapping.fingerprint(), &text, now)?;
            }
            store::import::update(tx, institution, from, &import)?;
            store::import::set_plan(tx, institution, id, kept.plan.as_deref(), Some(&kept.problems))?;
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }
}

/// The large parts of an import as they are stored.
pub(super) struct Kept {
    pub(super) plan: Option<Vec<u8>>,
    pub(super) problems: String,
}

impl Kept {
    /// Puts what was read into the import, and gives the large parts to keep beside it.
    pub(super) fn of(import: &mut Import, reading: &Reading) -> Result<Self> {
        import.state = if reading.work.is_some() { State::Planned } else { State::Uploaded };
        import.mapping = reading.mapping.as_ref().map(text_of).transpose()?;
        import.summary = Some(text_of(&reading.summary)?);
        let plan = reading.work.as_ref().map(text_of).transpose()?;
        Ok(Self { plan: plan.map(String::into_bytes), problems: text_of(&reading.problems)? })
    }
}

fn text_of(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(Error::fault)
}
