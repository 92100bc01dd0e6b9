use app::{Action, Frame, ListFormat, OrganisationsRead};
use askama::Template;
use axum::extract::{Multipart, State};

use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    pages::requirement::save,
    parts::Flash,
    place::Place,
    shell::Shell,
    site::Site,
    upload,
    visitor::{Here, Visitor},
    words,
};

/// Brings in a list of organisations.
#[derive(Template)]
#[template(path = "pages/organisations/import.html")]
pub(crate) struct ImportPage {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    /// What is wrong with the file that was sent.
    pub(crate) wrong: Vec<String>,
    pub(crate) more: usize,
}

/// So many lines of problems are shown.
const MOST: usize = 100;

/// GET the form.
pub(crate) async fn import_form(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let frame = frame(&site, &visitor, &here).await?;
    Ok(show(&page(&visitor, &frame, &OrganisationsRead::default())))
}

/// POST the file.
pub(crate) async fn import(State(site): State<Site>, visitor: Visitor, here: Here, form: Multipart) -> Answer {
    let sent = match upload::read(&visitor, form).await {
        Ok(sent) => sent,
        Err(Failure::Problems(problems)) => {
            let frame = frame(&site, &visitor, &here).await?;
            let mut again = page(&visitor, &frame, &OrganisationsRead::default());
            again.shell = again.shell.with_problems(problems);
            return Ok(show_again(&again));
        }
        Err(failure) => return Err(failure),
    };
    let (actor, institution) = (visitor.actor.clone(), here.institution);
    let read = site.run(move |app| app.import_organisations(&actor, institution, &sent.file_name, &sent.bytes)).await?;
    if !read.problems.is_empty() {
        let frame = frame(&site, &visitor, &here).await?;
        return Ok(show_again(&page(&visitor, &frame, &read)));
    }
    let left = match read.left_out.len() {
        0 => String::new(),
        _ => format!(" Columns that were left out: {}.", words::list(&read.left_out)),
    };
    let flash = Flash::says(format!(
        "{} new, {} filled in, {} added.{left}",
        words::count_capital(read.added as usize, "organisation is", "organisations are"),
        words::count(read.filled as usize, "was", "were"),
        words::count(read.contacts as usize, "person was", "people were"),
    ));
    Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/organisations")))
}

async fn frame(site: &Site, visitor: &Visitor, here: &Here) -> Result<Frame, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    site.run(move |app| {
        let frame = app.frame(&actor, view)?;
        frame.ask(Action::Record)?;
        Ok(frame)
    })
    .await
}

fn page(visitor: &Visitor, frame: &Frame, read: &OrganisationsRead) -> ImportPage {
    let place = Place::new(frame, "organisations/import");
    ImportPage {
        shell: visitor
            .shell_at(frame, "organisations/import")
            .at("organisations")
            .titled("Bring in a list of organisations")
            .under(place.to("organisations"), "Organisations"),
        action: place.to("organisations/import"),
        wrong: read.problems.iter().take(MOST).cloned().collect(),
        more: read.problems.len().saturating_sub(MOST),
    }
}

/// GET the organisations as a file: `?format=xlsx`, or `csv`.
pub(crate) async fn export(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let format = if here.query.one("format") == "xlsx" { ListFormat::Xlsx } else { ListFormat::Csv };
    let (actor, institution) = (visitor.actor.clone(), here.institution);
    let file = site.run(move |app| app.export_organisations(&actor, institution, format)).await?;
    Ok(save(file))
}
