//! What else an occasion was: its form.

use app::{Action, ActivityForm, ActivityRow, CohortChoices, FieldProblem};
use askama::Template;
use axum::extract::{Path, State};
use domain::{ActivityId, YearGroup};

use super::{
    form::{FormChoices, typed},
    handler::id_of,
};
use crate::{
    answer::{Answer, Failure, go, go_saying, show, show_again},
    parts::Flash,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

/// Adds or changes a part of an occasion.
#[derive(Template)]
#[template(path = "pages/activities/part.html")]
pub(crate) struct PartPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) action: String,
    pub(crate) organisations: Vec<String>,
    pub(crate) form: ActivityForm,
    pub(crate) choices: FormChoices,
    pub(crate) is_new: bool,
    pub(crate) back: String,
}

/// GET the form for one more part.
pub(crate) async fn new(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
) -> Answer {
    let whole = id_of(&activity)?;
    Ok(show(&asked(&site, &visitor, &here, whole, ActivityForm::default(), Vec::new()).await?))
}

async fn asked(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    whole: ActivityId,
    form: ActivityForm,
    problems: Vec<FieldProblem>,
) -> Result<PartPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let (lead, choices) = site
        .run(move |app| {
            let page = app.activity(&actor, view, whole)?;
            page.frame.ask(Action::Record)?;
            Ok((page, app.cohort_choices(&actor, view)?))
        })
        .await?;
    Ok(page(visitor, &choices, (whole, &lead.row.activity.title), None, form, problems))
}

/// POST one more part.
pub(crate) async fn add(
    State(site): State<Site>,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let whole = id_of(&activity)?;
    let form = typed(&posted.fields);
    let (actor, institution, sent) = (posted.visitor.actor.clone(), here.institution, form.clone());
    match site.run(move |app| app.add_part(&actor, institution, whole, &sent)).await {
        Ok(_) if posted.fields.one("save") == "part" => {
            Ok(go(&here.query.with(&format!("/institutions/{institution}/activities/{whole}/parts/new"), &[])))
        }
        Ok(_) => Ok(back(
            &site,
            &here,
            whole,
            "It counts as this as well. Whoever is marked in the register is marked for both.",
        )),
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&asked(&site, &posted.visitor, &here, whole, form, problems).await?))
        }
        Err(failure) => Err(failure),
    }
}

/// POST the changes to a part.
pub(super) async fn change(
    site: &Site,
    here: &Here,
    posted: Posted,
    (whole, title): (ActivityId, String),
    before: &ActivityRow,
) -> Answer {
    let of_whole = ActivityForm::from(&before.activity);
    let ActivityForm { title: name, date, mode, year_groups, through, source, .. } = of_whole;
    let form = ActivityForm { title: name, date, mode, year_groups, through, source, ..typed(&posted.fields) };
    let (actor, view, id, sent) = (posted.visitor.actor.clone(), here.view(), before.id, form.clone());
    match site.run(move |app| app.change_activity(&actor, view.institution, id, &sent)).await {
        Ok(()) => Ok(back(site, here, whole, "The details are saved.")),
        Err(Failure::Problems(problems)) => {
            let actor = posted.visitor.actor.clone();
            let choices = site.run(move |app| app.cohort_choices(&actor, view)).await?;
            Ok(show_again(&page(&posted.visitor, &choices, (whole, &title), Some(id), form, problems)))
        }
        Err(failure) => Err(failure),
    }
}

fn back(site: &Site, here: &Here, whole: ActivityId, says: &str) -> axum::response::Response {
    let address = here.query.with(&format!("/institutions/{}/activities/{whole}", here.institution), &[]);
    go_saying(site, &Flash::says(says), &format!("{address}#parts"))
}

pub(super) fn page(
    visitor: &Visitor,
    choices: &CohortChoices,
    (whole, title): (ActivityId, &str),
    id: Option<ActivityId>,
    form: ActivityForm,
    problems: Vec<FieldProblem>,
) -> PartPage {
    let frame = &choices.frame;
    let under = match id {
        Some(id) => format!("activities/{id}/change"),
        None => format!("activities/{whole}/parts/new"),
    };
    let place = Place::new(frame, &under);
    let (first, last) = frame.institution.years.unwrap_or((YearGroup::LOWEST, YearGroup::HIGHEST));
    PartPage {
        lead: format!(
            "“{title}” was something else as well: say what, with its own checklist. The day, the learners and the register are the same."
        ),
        action: place.to(&under),
        organisations: choices.organisations.clone(),
        choices: FormChoices::of(&form, first.number()..=last.number(), false),
        form,
        is_new: id.is_none(),
        back: place.to(&format!("activities/{whole}#parts")),
        shell: visitor
            .shell_at(frame, &under)
            .at("activities")
            .titled(if id.is_some() { "Change what else it was" } else { "What else it was" })
            .under(place.to("activities"), "Activities")
            .under(place.to(&format!("activities/{whole}")), title.to_owned())
            .with_problems(problems),
    }
}
