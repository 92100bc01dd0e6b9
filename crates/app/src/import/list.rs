use domain::{ImportId, InstitutionId};
use exchange::roster::Field;
use store::import::{Import, State};

use super::{ImportKind, ImportPage, ImportRow, Summary, Work};
use crate::{Action, Actor, App, Error, Frame, Result, View, export::ListFile};

/// The institution's imports, latest first.
#[derive(Debug, Clone)]
pub struct ImportList {
    /// Where it is.
    pub frame: Frame,
    /// A page of them.
    pub imports: Vec<ImportRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<ImportId>,
}

/// How many a page shows.
const PAGE: u32 = 25;

impl App {
    /// The institution's imports, latest first.
    ///
    /// # Errors
    /// If the actor may not import here.
    pub fn imports(&self, actor: &Actor, view: View, before: Option<ImportId>) -> Result<ImportList> {
        actor.ask_for_all(Action::Import, view.institution)?;
        let frame = self.frame(actor, view)?;
        let imports = self.store().read(view.institution, |tx| -> Result<_> {
            let mut rows = Vec::new();
            for import in store::import::list(tx, view.institution, before, PAGE + 1)? {
                rows.push(row(tx, import)?);
            }
            Ok(rows)
        })?;
        let more = imports.len() > PAGE as usize;
        let imports: Vec<_> = imports.into_iter().take(PAGE as usize).collect();
        let next = imports.last().filter(|_| more).map(|row| row.id);
        Ok(ImportList { imports, next, frame })
    }

    /// One import: its columns, problems and plan.
    ///
    /// # Errors
    /// If the actor may not import here, or there is no such import.
    pub fn import(&self, actor: &Actor, view: View, id: ImportId) -> Result<ImportPage> {
        actor.ask_for_all(Action::Import, view.institution)?;
        let frame = self.frame(actor, view)?;
        let institution = view.institution;
        // Before the records are read: applying that ends in between is shown as still going on, never as not begun.
        let (progress, failure) = self.applying(id);
        let (import, row, problems, plan, source, earlier) =
            self.store().read(view.institution, |tx| -> Result<_> {
                let import = get(tx, institution, id)?;
                let row = row(tx, import.clone())?;
                let is_open = matches!(import.state, State::Uploaded | State::Mapped | State::Planned);
                let problems = store::import::problems(tx, institution, id)?;
                let plan = store::import::plan(tx, institution, id)?;
                let source = if is_open { store::import::source(tx, institution, id)? } else { Vec::new() };
                let earlier = store::import::list(tx, institution, Some(id), 100)?;
                Ok((import, row, problems, plan, source, earlier))
            })?;
        let mapping = import.mapping.as_deref().and_then(|text| serde_json::from_str(text).ok());
        let sheet = if mapping.is_some() { exchange::sheet::read(&import.file_name, &source).ok() } else { None };
        let subject = row.kind.subject();
        let preview = sheet.as_ref().and_then(|sheet| exchange::mapping::preview(sheet, subject, 5));
        let ambiguous_dates = match (&sheet, &mapping, import.state) {
            (Some(sheet), Some(mapping), State::Uploaded) => exchange::mis::ambiguous_dates(sheet, mapping),
            _ => None,
        };
        let is_planned = import.state == State::Planned;
        let work: Option<Work> =
            if plan.is_empty() { None } else { Some(serde_json::from_slice(&plan).map_err(Error::fault)?) };
        let withheld: Vec<Field> = [(frame.sees_send, Field::Sen), (frame.sees_looked_after, Field::LookedAfter)]
            .into_iter()
            .filter_map(|(sees, field)| (!sees).then_some(field))
            .collect();
        Ok(ImportPage {
            has_moved: is_planned && import.base_revision != Some(self.held(institution)?.revision),
            seen_before: earlier
                .iter()
                .any(|other| other.state == State::Applied && other.file_digest == import.file_digest),
            problems: problems.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default(),
            work: work.map(|work| work.withholding(&withheld)),
            mapping,
            preview,
            ambiguous_dates,
            progress,
            failure,
            row,
            frame,
        })
    }

    /// The uploaded file back, with a column that says what is wrong in each row.
    ///
    /// # Errors
    /// If the actor may not import here, there is no such import, or its file is no spreadsheet.
    pub fn annotated_import(&self, actor: &Actor, institution: InstitutionId, id: ImportId) -> Result<ListFile> {
        actor.ask_for_all(Action::Import, institution)?;
        let (import, problems, source) = self.store().read(institution, |tx| -> Result<_> {
            Ok((
                get(tx, institution, id)?,
                store::import::problems(tx, institution, id)?,
                store::import::source(tx, institution, id)?,
            ))
        })?;
        let problems: Vec<_> = problems.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        let annotated = exchange::problem::annotate(&import.file_name, &source, &problems)
            .map_err(|_| Error::conflict("Only spreadsheets and CSV files can be given back with their problems."))?;
        let is_workbook = exchange::text::FileKind::of(&annotated) == exchange::text::FileKind::Xlsx;
        let stem = import.file_name.rsplit_once('.').map_or(import.file_name.as_str(), |(stem, _)| stem);
        let (extension, media_type) = if is_workbook {
            ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        } else {
            ("csv", "text/csv; charset=utf-8")
        };
        Ok(ListFile { name: format!("{stem} with problems.{extension}"), media_type, bytes: annotated })
    }
}

/// The import; "not found" if it is not this institution's.
pub(super) fn get(tx: &mut store::Tx<'_>, institution: InstitutionId, id: ImportId) -> Result<Import> {
    store::import::find(tx, institution, id)?.ok_or(Error::NOT_FOUND)
}

pub(super) fn kind(import: &Import) -> ImportKind {
    ImportKind::from_word(&import.kind).unwrap_or(ImportKind::Learners)
}

fn row(tx: &mut store::Tx<'_>, import: Import) -> Result<ImportRow> {
    let by = match import.account {
        Some(account) => store::account::find(tx, account)?.map_or(String::new(), |account| account.name),
        None => Actor::operator().name().to_owned(),
    };
    let summary: Option<Summary> = import.summary.as_deref().and_then(|text| serde_json::from_str(text).ok());
    Ok(ImportRow {
        id: import.id,
        kind: kind(&import),
        state: import.state,
        file_name: import.file_name,
        created_at: import.created_at,
        by,
        summary: summary.unwrap_or_default(),
    })
}
