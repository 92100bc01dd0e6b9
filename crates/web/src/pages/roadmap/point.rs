use app::{FieldProblem, Refusal, RoadmapForm};
use askama::Template;
use axum::extract::{Path, State};
use domain::YearGroup;

use crate::{
    answer::{self, Answer, Failure, go_saying, show},
    fields::Fields,
    parts::{Choice, Flash},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

/// One decision, to be added or changed.
#[derive(Template)]
#[template(path = "pages/roadmap/point.html")]
pub(crate) struct PointPage {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) back: String,
    /// Where it is left out, or shown again, with the button, if it is one that is there.
    pub(crate) hide: Option<(String, &'static str)>,
    pub(crate) form: RoadmapForm,
    pub(crate) years: Vec<Choice>,
    pub(crate) terms: Vec<Choice>,
}

/// GET the form of a new decision.
pub(crate) async fn new(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    Ok(show(&page(&site, &visitor, &here, None, None, Vec::new()).await?))
}

/// POST a new decision.
pub(crate) async fn add(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let form = typed(&posted.fields);
    let (actor, view, asked) = (posted.visitor.actor.clone(), here.view(), form.clone());
    match site.run(move |app| app.add_roadmap_point(&actor, view, &asked)).await {
        Ok(_) => Ok(go_saying(&site, &Flash::says("The decision is on the roadmap."), &address(&here))),
        Err(Failure::Problems(problems)) => {
            Ok(answer::show_again(&page(&site, &posted.visitor, &here, None, Some(form), problems).await?))
        }
        Err(failure) => Err(failure),
    }
}

/// GET one decision to change it.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, point)): Path<(String, String)>,
) -> Answer {
    Ok(show(&page(&site, &visitor, &here, Some(point), None, Vec::new()).await?))
}

/// POST a changed decision.
pub(crate) async fn change(
    State(site): State<Site>,
    here: Here,
    Path((_, point)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let form = typed(&posted.fields);
    let (actor, view, asked, key) = (posted.visitor.actor.clone(), here.view(), form.clone(), point.clone());
    match site.run(move |app| app.change_roadmap_point(&actor, view, &key, &asked)).await {
        Ok(()) => Ok(go_saying(&site, &Flash::says("The decision is saved."), &address(&here))),
        Err(Failure::Problems(problems)) => {
            Ok(answer::show_again(&page(&site, &posted.visitor, &here, Some(point), Some(form), problems).await?))
        }
        Err(failure) => Err(failure),
    }
}

/// POST: the decision is left out.
pub(crate) async fn hide(
    State(site): State<Site>,
    here: Here,
    Path((_, point)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let undo = format!("/institutions/{}/programme/roadmap/points/{point}/show", here.institution);
    let (actor, view) = (posted.visitor.actor.clone(), here.view());
    site.run(move |app| app.hide_roadmap_point(&actor, view, &point, true)).await?;
    let flash = Flash::says("The decision is left out.").undone_by(here.query.with(&undo, &[]));
    Ok(go_saying(&site, &flash, &address(&here)))
}

/// POST: the decision is shown again.
pub(crate) async fn show_again(
    State(site): State<Site>,
    here: Here,
    Path((_, point)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let (actor, view) = (posted.visitor.actor.clone(), here.view());
    site.run(move |app| app.hide_roadmap_point(&actor, view, &point, false)).await?;
    Ok(go_saying(&site, &Flash::says("The decision is on the roadmap again."), &address(&here)))
}

fn address(here: &Here) -> String {
    here.query.with(&format!("/institutions/{}/programme/roadmap", here.institution), &[])
}

fn typed(fields: &Fields) -> RoadmapForm {
    let text = |name: &str| fields.text(name).split_whitespace().collect::<Vec<_>>().join(" ");
    RoadmapForm {
        year_group: text("year_group"),
        term: text("term"),
        held_on: text("held_on"),
        title: text("title"),
        about: text("about"),
        does: text("does"),
    }
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    point: Option<String>,
    typed: Option<RoadmapForm>,
    problems: Vec<FieldProblem>,
) -> Result<PointPage, Failure> {
    let (actor, view, key) = (visitor.actor.clone(), here.view(), point.clone());
    let (frame, stored, is_hidden) = match key {
        Some(key) => {
            let found = site.run(move |app| app.roadmap_point(&actor, view, &key)).await?;
            (found.frame, found.form, found.is_hidden)
        }
        None => {
            let roadmap = site.run(move |app| app.roadmap(&actor, view)).await?;
            if !roadmap.may_write {
                return Err(Failure::Refusal(Refusal::NotAllowed));
            }
            (roadmap.frame, RoadmapForm::default(), false)
        }
    };
    let under = format!("programme/roadmap/points/{}", point.as_deref().unwrap_or("new"));
    let place = Place::new(&frame, &under);
    let form = typed.unwrap_or(stored);
    let (first, last) = frame.institution.years.unwrap_or((YearGroup::LOWEST, YearGroup::HIGHEST));
    let years = (first.number()..=last.number())
        .map(|year| Choice::new(year, format!("Year {year}"), form.year_group == year.to_string()));
    let blank = Choice::new("", "Choose a year group", form.year_group.is_empty());
    let terms = [("1", "Autumn"), ("2", "Spring"), ("3", "Summer")];
    let (way, button) = if is_hidden { ("show", "Show it again") } else { ("hide", "Leave it out this year") };
    Ok(PointPage {
        action: place.to(&under),
        back: place.to("programme/roadmap"),
        hide: point.as_ref().map(|_| (place.to(&format!("{under}/{way}")), button)),
        years: std::iter::once(blank).chain(years).collect(),
        terms: terms.map(|(value, label)| Choice::new(value, label, form.term == value)).to_vec(),
        form,
        shell: visitor
            .shell_at(&frame, &under)
            .at("programme")
            .titled(if point.is_some() { "Change a decision" } else { "Add a decision" })
            .under(place.to("programme"), "Programme")
            .under(place.to("programme/roadmap"), "Roadmap for parents and carers")
            .with_problems(problems),
    })
}
