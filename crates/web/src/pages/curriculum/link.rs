use app::{CurriculumLink, CurriculumLinkForm, FieldProblem};
use askama::Template;
use axum::extract::{Path, State};
use domain::CurriculumLinkId;

use super::cell;
use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    fields::{Fields, escape},
    parts::{Choice, Flash},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// One link, to be changed or taken away.
#[derive(Template)]
#[template(path = "pages/curriculum/link.html")]
pub(crate) struct LinkPage {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) remove: String,
    pub(crate) back: String,
    pub(crate) form: CurriculumLinkForm,
    pub(crate) terms: Vec<Choice>,
}

/// POST a new link.
pub(crate) async fn add(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let form = typed(&posted.fields);
    let (actor, view, asked) = (posted.visitor.actor.clone(), here.view(), form.clone());
    match site.run(move |app| app.add_curriculum_link(&actor, view, &asked)).await {
        Ok(_) => {
            let flash = Flash::says("The link is kept. Record its lesson when it has been taught, so that it counts.");
            Ok(go_saying(&site, &flash, &cell_of(&here, &form.subject, &form.year_group)))
        }
        Err(Failure::Problems(problems)) => {
            let Ok(year) = form.year_group.parse() else { return Err(Failure::Problems(problems)) };
            let subject = form.subject.clone();
            match cell::page(&site, &posted.visitor, &here, subject, year, form, problems.clone()).await {
                Ok(page) => Ok(show_again(&page)),
                Err(_) => Err(Failure::Problems(problems)),
            }
        }
        Err(failure) => Err(failure),
    }
}

/// GET one link to change it.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, link)): Path<(String, String)>,
) -> Answer {
    Ok(show(&page(&site, &visitor, &here, id(&link)?, None, Vec::new()).await?))
}

/// POST a changed link.
pub(crate) async fn change(
    State(site): State<Site>,
    here: Here,
    Path((_, link)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let (link, form) = (id(&link)?, typed(&posted.fields));
    let (actor, view, asked) = (posted.visitor.actor.clone(), here.view(), form.clone());
    match site.run(move |app| app.change_curriculum_link(&actor, view, link, &asked)).await {
        Ok(()) => {
            let to = cell_of(&here, &form.subject, &form.year_group);
            Ok(go_saying(&site, &Flash::says("The link is saved."), &to))
        }
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(&site, &posted.visitor, &here, link, Some(form), problems).await?))
        }
        Err(failure) => Err(failure),
    }
}

/// POST: the link goes, and the next page offers to put it back.
pub(crate) async fn remove(
    State(site): State<Site>,
    here: Here,
    Path((_, link)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let link = id(&link)?;
    let (actor, view) = (posted.visitor.actor.clone(), here.view());
    let (gone, event) = site.run(move |app| app.remove_curriculum_link(&actor, view, link)).await?;
    let undo = format!("/institutions/{}/programme/curriculum/links/{link}/restore/{event}", here.institution);
    let flash = Flash::says("The link is taken away. What was recorded for learners stays.")
        .undone_by(here.query.with(&undo, &[]));
    Ok(go_saying(&site, &flash, &cell_after(&here, &gone)))
}

/// POST: the link is back as it was.
pub(crate) async fn restore(
    State(site): State<Site>,
    here: Here,
    Path((_, link, event)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let (link, event) = (id(&link)?, event.parse().map_err(|_| Failure::NOT_FOUND)?);
    let (actor, view) = (posted.visitor.actor.clone(), here.view());
    let back = site.run(move |app| app.restore_curriculum_link(&actor, view, link, event)).await?;
    Ok(go_saying(&site, &Flash::says("The link is back as it was."), &cell_after(&here, &back)))
}

/// POST: the lesson of a link was taught, or will be, to the class.
pub(crate) async fn record(
    State(site): State<Site>,
    here: Here,
    Path((_, link)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let link = id(&link)?;
    let (actor, view, day) = (posted.visitor.actor.clone(), here.view(), posted.fields.text("held_on"));
    let (activity, learners) = site.run(move |app| app.record_curriculum_link(&actor, view, link, &day)).await?;
    let flash = Flash::says(format!(
        "The lesson is recorded for {}. Set who was absent.",
        words::count(learners, "learner", "learners")
    ));
    let to = format!("/institutions/{}/activities/{activity}", here.institution);
    Ok(go_saying(&site, &flash, &here.query.with(&to, &[])))
}

fn id(text: &str) -> Result<CurriculumLinkId, Failure> {
    text.parse().map_err(|_| Failure::NOT_FOUND)
}

fn cell_of(here: &Here, subject: &str, year: &str) -> String {
    let path = format!("/institutions/{}/programme/curriculum/cell", here.institution);
    here.query.with(&path, &[("subject", subject), ("year", year)])
}

/// After a link is gone, its cell may be too, if the subject is not taken any more: the map always is.
fn cell_after(here: &Here, link: &CurriculumLink) -> String {
    cell_of(here, &link.subject, &link.year_group.to_string())
}

fn typed(fields: &Fields) -> CurriculumLinkForm {
    let text = |name: &str| fields.text(name).replace("\r\n", "\n");
    CurriculumLinkForm {
        subject: text("subject"),
        year_group: text("year_group"),
        term: text("term"),
        topic: text("topic"),
        about: text("about"),
        teacher: text("teacher"),
    }
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    link: CurriculumLinkId,
    typed: Option<CurriculumLinkForm>,
    problems: Vec<FieldProblem>,
) -> Result<LinkPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let found = site.run(move |app| app.curriculum_link(&actor, view, link)).await?;
    let under = format!("programme/curriculum/links/{link}");
    let place = Place::new(&found.frame, &under);
    let form = typed.unwrap_or(found.form);
    let subject = escape(&found.subject);
    let cell = place.to(&format!("programme/curriculum/cell?subject={subject}&year={}", found.year_group));
    Ok(LinkPage {
        action: place.to(&under),
        remove: place.to(&format!("{under}/remove")),
        back: cell.clone(),
        terms: cell::terms(&form.term),
        form,
        shell: visitor
            .shell_at(&found.frame, &under)
            .at("programme")
            .titled("Change the link")
            .under(place.to("programme/curriculum"), "Curriculum map")
            .under(cell, format!("{} in Year {}", found.subject, found.year_group))
            .with_problems(problems),
    })
}
