//! A register as a workbook: out, and back with what it would change.

use app::{FieldProblem, SheetCheck};
use askama::Template;
use axum::{
    extract::{Multipart, Path, State},
    http::header,
    response::IntoResponse,
};
use domain::{ActivityId, ParticipationStatus};

use super::marks::address;
use crate::{
    answer::{Answer, Failure, show, show_again},
    labels,
    pages::activities::id_of,
    shell::Shell,
    site::Site,
    upload,
    visitor::{Here, Visitor},
    words,
};

/// Gives the workbook out and takes it back.
#[derive(Template)]
#[template(path = "pages/registers/sheet.html")]
pub(crate) struct SheetPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    /// Where the workbook is; none for those who may not take lists away.
    pub(crate) file: Option<String>,
    pub(crate) action: String,
    pub(crate) problem: Option<String>,
    pub(crate) back: String,
}

/// What a workbook would change, and what is wrong with it.
#[derive(Template)]
#[template(path = "pages/registers/sheet_check.html")]
pub(crate) struct SheetCheckPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) save: String,
    pub(crate) again: String,
    /// Cell, what is written there, what is wrong.
    pub(crate) problems: Vec<(String, String, String)>,
    pub(crate) changes: Vec<SheetChangeLine>,
    pub(crate) button: String,
}

/// A mark that would change.
pub(crate) struct SheetChangeLine {
    pub(crate) name: String,
    pub(crate) form: String,
    pub(crate) was: &'static str,
    pub(crate) now: &'static str,
    pub(crate) field: String,
    pub(crate) value: &'static str,
}

/// GET the page.
pub(crate) async fn sheet(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
) -> Answer {
    let id = id_of(&activity)?;
    Ok(show(&page(&site, &visitor, &here, id, Vec::new()).await?))
}

/// GET the workbook.
pub(crate) async fn sheet_file(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
) -> Answer {
    let id = id_of(&activity)?;
    let (actor, view) = (visitor.actor.clone(), here.view());
    let file = site.run(move |app| app.register_sheet(&actor, view, id)).await?;
    let disposition = format!("attachment; filename=\"{}\"", file.name);
    Ok(([(header::CONTENT_TYPE, file.media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)], file.bytes)
        .into_response())
}

/// POST the workbook that came back, to be checked.
pub(crate) async fn check_sheet(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
    form: Multipart,
) -> Answer {
    let id = id_of(&activity)?;
    let (actor, view) = (visitor.actor.clone(), here.view());
    let checked = match upload::read(&visitor, form).await {
        Ok(sent) => site.run(move |app| app.check_register_sheet(&actor, view, id, &sent.file_name, &sent.bytes)).await,
        Err(failure) => Err(failure),
    };
    match checked {
        Ok(check) => Ok(show(&checked_page(&visitor, &here, id, &check))),
        Err(Failure::Problems(problems)) => Ok(show_again(&page(&site, &visitor, &here, id, problems).await?)),
        Err(failure) => Err(failure),
    }
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    id: ActivityId,
    problems: Vec<FieldProblem>,
) -> Result<SheetPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let links = site.run(move |app| app.register_links(&actor, view, id)).await?;
    let shell = super::shell(visitor, &links.frame, id, &links.activity.activity.title, "sheet")
        .titled("The register as a spreadsheet")
        .with_problems(problems);
    Ok(SheetPage {
        lead: format!(
            "Send “{}” out as a file or on paper, and bring the file back when it is filled in.",
            links.activity.activity.title
        ),
        file: links.frame.may.has(app::Action::Export).then(|| format!("{}/sheet/file", address(here, id))),
        action: format!("{}/sheet", address(here, id)),
        back: here.query.with(&address(here, id), &[]),
        problem: shell.problems.of("file").map(str::to_owned),
        shell,
    })
}

fn checked_page(visitor: &Visitor, here: &Here, id: ActivityId, check: &SheetCheck) -> SheetCheckPage {
    let label = |status: Option<ParticipationStatus>| status.map_or("No mark", labels::participation);
    let changes = check.changes.iter().map(|change| SheetChangeLine {
        name: change.learner.name.clone(),
        form: change.learner.form.clone().unwrap_or_else(|| "–".to_owned()),
        was: label(change.seen),
        now: label(Some(change.status)),
        field: format!("mark-{}-{}", change.learner.id, change.seen.map_or("", ParticipationStatus::word)),
        value: change.status.word(),
    });
    let problems = match check.problems.len() {
        0 => String::new(),
        count => format!(" {} to be corrected.", words::count_capital(count, "cell has", "cells have")),
    };
    let unchanged = match check.unchanged {
        0 => String::new(),
        rows => format!(" {} as recorded, or blank.", words::count_capital(rows, "row is", "rows are")),
    };
    let count = check.changes.len();
    SheetCheckPage {
        shell: super::shell(visitor, &check.frame, id, &check.activity.activity.title, "sheet")
            .titled("Check the register that came back"),
        lead: format!(
            "{}.{unchanged}{problems} Nothing is marked yet.",
            words::count_capital(count, "mark is new or different", "marks are new or different"),
        ),
        save: here.query.with(&address(here, id), &[]),
        again: format!("{}/sheet", address(here, id)),
        problems: check
            .problems
            .iter()
            .map(|problem| (problem.cell.clone(), problem.value.clone(), problem.message.clone()))
            .collect(),
        changes: changes.collect(),
        button: match count {
            0 => String::new(),
            count if check.problems.is_empty() => format!("Record {}", words::count(count, "mark", "marks")),
            1 => "Record this mark without the rows above".to_owned(),
            count => format!("Record these {} without the rows above", words::count(count, "mark", "marks")),
        },
    }
}
