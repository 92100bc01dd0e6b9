//! A register to be printed and filled in by hand.

use askama::Template;
use axum::extract::{Path, State};
use domain::date;

use super::marks::address;
use crate::{
    answer::{Answer, show},
    labels,
    pages::activities::id_of,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
};

/// Names and boxes.
#[derive(Template)]
#[template(path = "pages/registers/paper.html")]
pub(crate) struct PaperPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) back: String,
    /// Name, form, what is marked already.
    pub(crate) lines: Vec<(String, String, &'static str)>,
}

/// GET the register to be printed. With a form chosen, only it.
pub(crate) async fn paper(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
) -> Answer {
    let id = id_of(&activity)?;
    let (actor, view) = (visitor.actor.clone(), here.view());
    let register = site.run(move |app| app.register(&actor, view, id)).await?;
    let activity = &register.activity.activity;
    let chosen = here.query.one("form");
    let with = activity.organisation.as_deref().map_or(String::new(), |name| format!(" with {name}"));
    let rows = register.rows.iter().filter(|row| chosen.is_empty() || row.form.as_deref() == Some(chosen));
    Ok(show(&PaperPage {
        shell: super::shell(&visitor, &register.frame, id, &activity.title, "paper")
            .titled(format!("Register: {}", activity.title)),
        lead: format!("{} on {}{with}.", labels::kind(activity.kind), date::long(activity.date)),
        back: here.query.with(&address(&here, id), &[]),
        lines: rows
            .map(|row| {
                let form = row.form.clone().unwrap_or_else(|| "–".to_owned());
                (row.name.clone(), form, row.status.map_or("", labels::participation))
            })
            .collect(),
    }))
}
