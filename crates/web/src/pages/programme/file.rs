use app::{FieldProblem, ListFormat};
use askama::Template;
use axum::extract::{Multipart, State};

use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    pages::requirement,
    parts::Flash,
    place::Place,
    shell::Shell,
    site::Site,
    upload,
    visitor::{Here, Visitor},
    words,
};

/// Outcomes as a file, out and in.
#[derive(Template)]
#[template(path = "pages/programme/file.html")]
pub(crate) struct FilePage {
    pub(crate) shell: Shell,
    pub(crate) csv: String,
    pub(crate) xlsx: String,
    /// Where a file goes, for those who may bring one.
    pub(crate) bring: Option<String>,
    pub(crate) lines: Vec<String>,
}

/// GET the page.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    Ok(show(&page(&site, &visitor, &here, Vec::new()).await?))
}

/// GET the outcomes as a file.
pub(crate) async fn export(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let format = if here.query.one("format") == "xlsx" { ListFormat::Xlsx } else { ListFormat::Csv };
    let (actor, view) = (visitor.actor.clone(), here.view());
    Ok(requirement::save(site.run(move |app| app.export_outcomes(&actor, view, format)).await?))
}

/// POST a file with outcomes.
pub(crate) async fn bring(State(site): State<Site>, visitor: Visitor, here: Here, form: Multipart) -> Answer {
    let taken = match upload::read(&visitor, form).await {
        Ok(sent) => {
            let (actor, view) = (visitor.actor.clone(), here.view());
            site.run(move |app| app.import_outcomes(&actor, view, &sent.file_name, &sent.bytes)).await
        }
        Err(failure) => Err(failure),
    };
    match taken {
        Ok((added, known)) => {
            let known = match known {
                0 => String::new(),
                known => format!(" {} there already.", words::count_capital(known, "was", "were")),
            };
            let flash = Flash::says(format!(
                "{} added from the file.{known}",
                words::count_capital(added, "outcome is", "outcomes are")
            ));
            let to = format!("/institutions/{}/programme", here.institution);
            Ok(go_saying(&site, &flash, &here.query.with(&to, &[])))
        }
        Err(Failure::Problems(problems)) => Ok(show_again(&page(&site, &visitor, &here, problems).await?)),
        Err(failure) => Err(failure),
    }
}

async fn page(site: &Site, visitor: &Visitor, here: &Here, problems: Vec<FieldProblem>) -> Result<FilePage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let programme = site.run(move |app| app.programme(&actor, view)).await?;
    let place = Place::new(&programme.frame, "programme/outcomes");
    Ok(FilePage {
        csv: place.to("programme/outcomes/export?format=csv"),
        xlsx: place.to("programme/outcomes/export?format=xlsx"),
        bring: programme.may_write.then(|| place.to("programme/outcomes/imports")),
        lines: problems.iter().map(|problem| problem.message.clone()).collect(),
        shell: visitor
            .shell_at(&programme.frame, "programme/outcomes")
            .at("programme")
            .titled("Outcomes as a file")
            .under(place.to("programme"), "Programme")
            .with_problems(problems),
    })
}
