//! A register by a link, for somebody without an account.

use app::LinkedRegister;
use askama::Template;
use axum::{
    extract::{FromRequest, Path, Request, State},
    http::HeaderMap,
};
use domain::date;

use super::{
    conflicts::ConflictsPage,
    marks::{said, sent},
    register::{RegisterLine, counts, line},
};
use crate::{
    answer::{Answer, go_saying, show},
    linked::{institution_of, refused},
    pages::sign_in::{knock, with_visit},
    parts::Flash,
    shell::Shell,
    site::Site,
    visitor::Knocked,
    words,
};

/// The register of one activity, or of one form at it: names and forms.
#[derive(Template)]
#[template(path = "pages/registers/open.html")]
pub(crate) struct OpenRegisterPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) can_record: bool,
    pub(crate) save: String,
    pub(crate) kept_as: String,
    pub(crate) lines: Vec<RegisterLine>,
    pub(crate) counts: String,
    pub(crate) until: String,
}

/// GET the register.
pub(crate) async fn linked(
    State(site): State<Site>,
    Path((institution, token)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let id = institution_of(&institution)?;
    let path = format!("/register/{institution}/{token}");
    let register = match site.run(move |app| app.linked_register(id, &token)).await {
        Ok(register) => register,
        Err(failure) => return refused("register", failure),
    };
    let (shell, secret) = knock(&site, &headers);
    Ok(with_visit(&site, &secret, show(&page(&site, shell, path, &register))))
}

/// POST the marks that were changed.
pub(crate) async fn mark_linked(
    State(site): State<Site>,
    Path((institution, token)): Path<(String, String)>,
    request: Request,
) -> Answer {
    let id = institution_of(&institution)?;
    let path = format!("/register/{institution}/{token}");
    let Knocked { secret, fields } = Knocked::from_request(request, &site).await?;
    let marks = sent(&fields)?;
    let marked = match site.run(move |app| app.mark_by_link(id, &token, &marks)).await {
        Ok(marked) => marked,
        Err(failure) => return refused("register", failure),
    };
    if marked.conflicts.is_empty() {
        return Ok(go_saying(&site, &Flash::says(said(&marked)), &path));
    }
    let shell = Shell { csrf: secret, ..Shell::default() };
    Ok(ConflictsPage::new(&site, shell, path.clone(), path, &marked).answer())
}

fn page(site: &Site, shell: Shell, path: String, register: &LinkedRegister) -> OpenRegisterPage {
    let of = register.form.as_deref().map_or(String::new(), |form| format!(", {form}"));
    let lines: Vec<_> = register
        .rows
        .iter()
        .map(|row| line(row.id, &row.name, row.form.as_deref().unwrap_or("–"), row.status, String::new()))
        .collect();
    OpenRegisterPage {
        shell: shell.titled(format!("Register: {}{of}", register.title)),
        lead: format!(
            "{}, {}. {}.",
            register.institution,
            date::long(register.date),
            words::count_capital(lines.len(), "learner", "learners")
        ),
        can_record: true,
        save: path,
        kept_as: format!("link/{}", register.link),
        counts: counts(&lines),
        lines,
        until: register.until.map_or(String::new(), |until| site.when(until)),
    }
}
