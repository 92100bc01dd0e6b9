//! Files of activities.

use domain::{ActivityFileId, ActivityId, InstitutionId};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::activity_file::ActivityFile;

use crate::{Action, Actor, App, Error, ListFile, Result, View, activity::is_shown};

/// How large a file may be, in bytes.
pub const MOST_IN_A_FILE: usize = 10 << 20;
/// How many files an activity may have.
const MOST_FILES: u64 = 30;
/// How many days a file that was taken away can be put back.
const KEPT_DAYS: i64 = 30;

/// What may be kept, by the end of its name: documents and pictures that no browser runs.
const SORTS: [(&str, &str); 15] = [
    ("pdf", "application/pdf"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("doc", "application/msword"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("txt", "text/plain"),
    ("csv", "text/csv"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("webp", "image/webp"),
];

/// A file as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityFileRow {
    /// Its key.
    pub id: ActivityFileId,
    /// Its name.
    pub name: String,
    /// How many bytes it has.
    pub size: u64,
    /// The day on which it was added.
    pub added_on: domain::Date,
}

impl App {
    pub(crate) fn files_of(
        &self,
        tx: &mut store::Tx<'_>,
        institution: InstitutionId,
        activity: ActivityId,
    ) -> Result<Vec<ActivityFileRow>> {
        let row = |file: ActivityFile| ActivityFileRow {
            id: file.id,
            name: file.name,
            size: file.size.max(0).unsigned_abs(),
            added_on: self.context().day_of(file.added_at),
        };
        Ok(store::activity_file::list(tx, institution, activity)?.into_iter().map(row).collect())
    }

    /// That the actor sees the activity and may record of everybody on its register.
    fn ask_of_files(&self, actor: &Actor, view: View, activity: ActivityId) -> Result<()> {
        let institution = view.institution;
        actor.ask(Action::Record, institution)?;
        let scene = self.scene(actor, view)?;
        scene.held.activity_index(activity).filter(|index| is_shown(&scene, *index)).ok_or(Error::NOT_FOUND)?;
        let register =
            self.store().read(institution, |tx| store::participation::register(tx, institution, activity))?;
        self.ask_for_each(actor, Action::Record, institution, register.into_iter().map(|(learner, _)| learner))
    }

    /// Lets go of what was taken away so long ago that nobody puts it back. Needs an audit event.
    pub(crate) fn purge_files(&self, tx: &mut store::Tx<'_>, institution: InstitutionId) -> Result<()> {
        let limit = self.context().now() - jiff::SignedDuration::from_hours(24 * KEPT_DAYS);
        Ok(store::activity_file::purge(tx, institution, limit)?)
    }

    /// Adds a file to an activity. It is told apart by the end of its name, and never shown by the browser itself.
    ///
    /// # Errors
    /// If the actor may not record here, there is no such activity, or the file is too large or of another sort.
    pub fn add_activity_file(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        activity: ActivityId,
        name: &str,
        bytes: &[u8],
    ) -> Result<ActivityFileId> {
        self.ask_of_files(actor, View { institution, as_of: None }, activity)?;
        let name = file_name(name);
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        let sort = SORTS.iter().find(|(known, _)| *known == ending);
        let Some((_, media_type)) = sort else {
            return Err(Error::problem(
                "file",
                "Choose a PDF, a Word, Excel, PowerPoint or OpenDocument file, a text or a picture (PNG, JPEG, WebP).",
            ));
        };
        if bytes.is_empty() {
            return Err(Error::problem("file", "Choose a file that is not empty."));
        }
        if bytes.len() > MOST_IN_A_FILE {
            return Err(Error::problem(
                "file",
                "The file is larger than 10 MB. Make it smaller, or keep a link to it.",
            ));
        }
        let file = ActivityFile {
            id: ActivityFileId(self.context().next_id()),
            name,
            media_type: (*media_type).to_owned(),
            size: bytes.len() as i64,
            digest: Sha256::digest(bytes).to_vec(),
            account: actor.account(),
            added_at: self.context().now(),
            removed_at: None,
        };
        self.store().write(institution, |tx| -> Result<_> {
            tx.wait_turn(institution)?;
            store::activity::get(tx, institution, activity)?;
            self.purge_files(tx, institution)?;
            if store::activity_file::count(tx, institution, activity)? >= MOST_FILES {
                return Err(Error::problem(
                    "file",
                    format!(
                        "An activity has at most {MOST_FILES} files; those deleted within {KEPT_DAYS} days are among them."
                    ),
                ));
            }
            let payload = json!({"size": file.size, "sort": ending});
            let event = self.event(actor, "activity.file-added", ("activity", Some(activity.0)), payload);
            store::activity_file::insert(tx, institution, activity, &file, bytes)?;
            store::audit::record(tx, institution, &event)?;
            Ok(file.id)
        })
    }

    /// A file of an activity, to be saved.
    ///
    /// # Errors
    /// If the actor may not record here, or there is no such activity or file.
    pub fn activity_file(
        &self,
        actor: &Actor,
        view: View,
        activity: ActivityId,
        id: ActivityFileId,
    ) -> Result<ListFile> {
        self.ask_of_files(actor, view, activity)?;
        let institution = view.institution;
        self.store().read(institution, |tx| -> Result<_> {
            let file = store::activity_file::find(tx, institution, activity, id)?.ok_or(Error::NOT_FOUND)?;
            let bytes = store::activity_file::content(tx, institution, activity, id)?;
            let media_type = SORTS.iter().find(|(_, sort)| *sort == file.media_type);
            let media_type = media_type.map_or("application/octet-stream", |(_, sort)| *sort);
            Ok(ListFile { name: file.name, media_type, bytes })
        })
    }

    /// Takes a file away, or puts one back that was.
    ///
    /// # Errors
    /// If the actor may not record here, or there is no such file.
    pub fn remove_activity_file(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        activity: ActivityId,
        id: ActivityFileId,
    ) -> Result<()> {
        self.keep_activity_file(actor, institution, activity, id, false)
    }

    /// Puts a file back that was taken away.
    ///
    /// # Errors
    /// If the actor may not record here, or there is no such file.
    pub fn restore_activity_file(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        activity: ActivityId,
        id: ActivityFileId,
    ) -> Result<()> {
        self.keep_activity_file(actor, institution, activity, id, true)
    }

    fn keep_activity_file(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        activity: ActivityId,
        id: ActivityFileId,
        keeps: bool,
    ) -> Result<()> {
        self.ask_of_files(actor, View { institution, as_of: None }, activity)?;
        let action = if keeps { "activity.file-restored" } else { "activity.file-removed" };
        self.store().write(institution, |tx| -> Result<_> {
            store::activity::get(tx, institution, activity)?;
            let event = self.event(actor, action, ("activity", Some(activity.0)), json!({"file": id.0}));
            let removed_at = (!keeps).then(|| self.context().now());
            self.purge_files(tx, institution)?;
            store::activity_file::set_removed(tx, institution, activity, id, removed_at)?;
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }
}

/// The name without folders and without what a file system or a header would stumble over; not too long.
fn file_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = name.chars().filter(|c| !c.is_control() && *c != '"').collect();
    let clean = clean.trim().trim_start_matches('.');
    let from = clean.char_indices().rev().nth(119).map_or(0, |(at, _)| at);
    clean[from..].to_owned()
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_name_of_a_file_has_no_folders_and_is_not_too_long() {
        assert_eq!(file_name(r"C:\papers\risk.pdf"), "risk.pdf");
        assert_eq!(file_name("../../\"x\".pdf"), "x.pdf");
        let long = format!("{}.pdf", "é".repeat(300));
        assert_eq!(file_name(&long).chars().count(), 120);
        assert!(file_name(&long).ends_with(".pdf"));
    }
}
