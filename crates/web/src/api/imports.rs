use app::import::{ImportKind, ImportRow, Upload};
use axum::{
    Json,
    body::Bytes,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
};
use domain::ImportId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    Answer, Caller, Details, Trouble,
    caller::{AsOf, Thing, Where, id},
};
use crate::{answer::Failure, site::Site};

/// An import.
#[derive(Serialize, ToSchema)]
pub(super) struct Import {
    id: String,
    /// `learners`, `activities`, `participation` or `folder`.
    kind: &'static str,
    /// `uploaded`, `mapped`, `planned`, `applied`, `undone` or `cancelled`.
    state: &'static str,
    file_name: String,
    created_at: String,
    good: usize,
    /// Rows with problems.
    bad: usize,
    new: usize,
    changed: usize,
    same: usize,
    /// Rows that somebody must decide about.
    decide: usize,
    /// On roll and not in the file.
    absent: usize,
}

/// An import with its problems.
#[derive(Serialize, ToSchema)]
pub(super) struct ImportPage {
    import: Import,
    /// Whether it can be applied as it is.
    ready: bool,
    problems: Vec<CellProblem>,
}

/// Something about a cell.
#[derive(Serialize, ToSchema)]
pub(super) struct CellProblem {
    /// `problem`, `finding` or `note`.
    severity: String,
    line: Option<u64>,
    column: Option<String>,
    value: Option<String>,
    message: String,
    remedy: String,
}

/// The id of what was taken in.
#[derive(Serialize, ToSchema)]
pub(super) struct Taken {
    id: String,
}

/// What is sent.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct What {
    /// `learners`, `activities` or `participation`.
    kind: String,
    /// The file's name, such as `roster.csv`.
    #[serde(rename = "file-name")]
    #[param(rename = "file-name")]
    file_name: String,
}

/// How to apply.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub(super) struct How {
    /// Leave out the rows with problems; otherwise there must be none.
    good_rows_alone: bool,
}

fn import_of(row: &ImportRow) -> Import {
    let summary = &row.summary;
    Import {
        id: row.id.to_string(),
        kind: row.kind.word(),
        state: row.state.word(),
        file_name: row.file_name.clone(),
        created_at: row.created_at.to_string(),
        good: summary.good,
        bad: summary.bad,
        new: summary.new,
        changed: summary.changed,
        same: summary.same,
        decide: summary.decide,
        absent: summary.absent,
    }
}

/// Imports, latest first.
#[utoipa::path(get, path = "/institutions/{institution}/imports", tag = "imports", operation_id = "listImports",
    params(("institution" = String, Path)),
    responses((status = OK, body = Vec<Import>), (status = NOT_FOUND, body = Details)))]
pub(super) async fn list(State(site): State<Site>, caller: Caller, Where(view): Where) -> Answer<Vec<Import>> {
    let list = site.run(move |app| app.imports(&caller.actor, view, None)).await?;
    Ok(Json(list.imports.iter().map(import_of).collect()))
}

/// Takes a file in and plans what it would change. Nothing changes yet.
#[utoipa::path(post, path = "/institutions/{institution}/imports", tag = "imports", operation_id = "uploadFile",
    params(("institution" = String, Path), What), request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = CREATED, body = Taken), (status = UNPROCESSABLE_ENTITY, body = Details)))]
pub(super) async fn upload(
    State(site): State<Site>,
    caller: Caller,
    Where(view): Where,
    Query(what): Query<What>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<(StatusCode, Json<Taken>), Trouble> {
    // A type that a form of another site cannot send.
    if headers.get(header::CONTENT_TYPE).is_none_or(|kind| kind != "application/octet-stream") {
        return Err(Failure::problem("Send the file as application/octet-stream.").into());
    }
    let Some(kind) = ImportKind::from_word(&what.kind) else {
        let message = format!("“{}” is not one of: learners, activities, participation.", what.kind);
        return Err(Failure::Problems(vec![app::FieldProblem { field: "kind", message }]).into());
    };
    let id = site
        .run(move |app| {
            let upload = Upload { institution: view.institution, kind, file_name: &what.file_name, bytes: &bytes };
            app.upload(&caller.actor, &upload)
        })
        .await?;
    Ok((StatusCode::CREATED, Json(Taken { id: id.to_string() })))
}

/// One import with its problems.
#[utoipa::path(get, path = "/institutions/{institution}/imports/{import}", tag = "imports", operation_id = "getImport",
    params(("institution" = String, Path), ("import" = String, Path), AsOf),
    responses((status = OK, body = ImportPage), (status = NOT_FOUND, body = Details)))]
pub(super) async fn get(
    State(site): State<Site>,
    caller: Caller,
    Where(view): Where,
    Thing(import): Thing,
) -> Answer<ImportPage> {
    let wanted: ImportId = id(&import)?;
    let page = site.run(move |app| app.import(&caller.actor, view, wanted)).await?;
    let problems = page.problems.iter().map(|problem| CellProblem {
        severity: format!("{:?}", problem.severity).to_lowercase(),
        line: problem.place.line,
        column: problem.place.column.clone(),
        value: problem.value.clone(),
        message: problem.message(),
        remedy: problem.remedy(),
    });
    Ok(Json(ImportPage { import: import_of(&page.row), ready: page.is_ready(), problems: problems.collect() }))
}

/// Applies an import in one transaction.
#[utoipa::path(post, path = "/institutions/{institution}/imports/{import}/apply", tag = "imports",
    operation_id = "applyImport", params(("institution" = String, Path), ("import" = String, Path)), request_body = How,
    responses((status = NO_CONTENT), (status = CONFLICT, body = Details), (status = NOT_FOUND, body = Details)))]
pub(super) async fn apply(
    State(site): State<Site>,
    caller: Caller,
    Where(view): Where,
    Thing(import): Thing,
    Json(how): Json<How>,
) -> Result<StatusCode, Trouble> {
    let wanted: ImportId = id(&import)?;
    site.run(move |app| app.apply_import(&caller.actor, view.institution, wanted, how.good_rows_alone)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes back everything that an import did.
#[utoipa::path(post, path = "/institutions/{institution}/imports/{import}/undo", tag = "imports",
    operation_id = "undoImport", params(("institution" = String, Path), ("import" = String, Path)),
    responses((status = NO_CONTENT), (status = CONFLICT, body = Details), (status = NOT_FOUND, body = Details)))]
pub(super) async fn undo(
    State(site): State<Site>,
    caller: Caller,
    Where(view): Where,
    Thing(import): Thing,
) -> Result<StatusCode, Trouble> {
    let wanted: ImportId = id(&import)?;
    site.run(move |app| app.undo_import(&caller.actor, view.institution, wanted)).await?;
    Ok(StatusCode::NO_CONTENT)
}
