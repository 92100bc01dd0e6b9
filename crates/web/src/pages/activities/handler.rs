//! The form that adds or changes an activity.

use app::{Action, ActivityForm, Beginning, CohortChoices, FieldProblem, PlanForm};
use axum::extract::{Path, State};
use domain::{ActivityId, Sector, YearGroup, date};

use super::{
    form::{ActivityFormPage, FormChoices, typed},
    part,
    plan_fields::{self, PlanFields},
};
use crate::{
    answer::{Answer, Failure, go, go_saying, show, show_again},
    parts::Flash,
    place::Place,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// The activity that an address names.
pub(crate) fn id_of(text: &str) -> Result<ActivityId, Failure> {
    text.parse().map_err(|_| Failure::NOT_FOUND)
}

/// From what the address asks to begin.
fn beginning(here: &Here) -> Beginning {
    let query = &here.query;
    match (query.read("again"), query.read("template"), query.one("like")) {
        (Some(id), _, _) => Beginning::Again(id),
        (_, Some(id), _) => Beginning::Template(id),
        (_, _, word) if !word.is_empty() => Beginning::Ours(word.to_owned()),
        _ => Beginning::Blank,
    }
}

/// GET the form for a new activity.
pub(crate) async fn new(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view, from) = (visitor.actor.clone(), here.view(), beginning(&here));
    let (choices, (form, plan)) = site
        .run(move |app| {
            let choices = app.cohort_choices(&actor, view)?;
            choices.frame.ask(Action::Record)?;
            Ok((choices, app.begin_activity(&actor, view, &from)?))
        })
        .await?;
    let mode = if form.mode.is_empty() { "in-person".to_owned() } else { form.mode };
    let kind = if form.kind.is_empty() { here.query.text("kind") } else { form.kind };
    let form = ActivityForm { mode, kind, date: here.query.text("date"), ..form };
    let plan = PlanForm { invites: true, ..plan };
    Ok(show(&form_page(&visitor, &choices, None, (form, plan), Vec::new())))
}

/// POST a new activity.
pub(crate) async fn add(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let save = posted.fields.text("save");
    let today = site.app.context().today();
    let is_over = date::parse(posted.fields.one("date")).is_some_and(|date| date < today);
    let state = match save.as_str() {
        "draft" => "draft",
        _ if is_over => "delivered",
        _ => "planned",
    };
    let form = ActivityForm { state: state.to_owned(), ..typed(&posted.fields) };
    let plan = plan_fields::typed(&posted.fields);
    let (actor, institution, sent) = (posted.visitor.actor.clone(), here.institution, (form.clone(), plan.clone()));
    let planned = match site.run(move |app| app.plan_activity(&actor, institution, &sent.0, &sent.1)).await {
        Ok(planned) => planned,
        Err(failure) => return again(&site, &posted.visitor, &here, None, (form, plan), failure).await,
    };
    let Some(id) = planned.activities.first() else { return Err(Failure::NOT_FOUND) };
    let address = format!("/institutions/{institution}/activities/{id}");
    if save == "part" {
        return Ok(go(&here.query.with(&format!("{address}/parts/new"), &CLEAN)));
    }
    let what = match planned.activities.len() {
        1 if state == "draft" => "The activity is saved as a draft.".to_owned(),
        1 => "The activity is saved.".to_owned(),
        many => format!(
            "{} are saved, each with a register of its own.",
            words::count_capital(many, "activity", "activities")
        ),
    };
    let flash = Flash::says(format!("{what}{}", invited_in_words(planned.invited)));
    Ok(go_saying(&site, &flash, &here.query.with(&address, &CLEAN)))
}

/// What an address of a new activity says that no other page needs.
const CLEAN: [(&str, &str); 5] = [("again", ""), ("template", ""), ("like", ""), ("kind", ""), ("date", "")];

/// " 181 learners are invited."
pub(super) fn invited_in_words(invited: u32) -> String {
    match invited {
        0 => String::new(),
        some => format!(" {} invited.", words::count_capital(some as usize, "learner is", "learners are")),
    }
}

/// GET the form that changes an activity.
pub(crate) async fn edit(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
) -> Answer {
    let id = id_of(&activity)?;
    let (actor, view) = (visitor.actor.clone(), here.view());
    let (page, choices, forms) = site
        .run(move |app| {
            let page = app.activity(&actor, view, id)?;
            page.frame.ask(Action::Record)?;
            Ok((page, app.cohort_choices(&actor, view)?, app.activity_forms(&actor, view, id)?))
        })
        .await?;
    if let Some((whole, title)) = &page.whole {
        let form = part::page(&visitor, &choices, (*whole, title), Some(id), forms.0, Vec::new());
        return Ok(show(&form));
    }
    Ok(show(&form_page(&visitor, &choices, Some(id), forms, Vec::new())))
}

/// POST the changes to an activity.
pub(crate) async fn change(
    State(site): State<Site>,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&activity)?;
    let (actor, view) = (posted.visitor.actor.clone(), here.view());
    let page = site.run(move |app| app.activity(&actor, view, id)).await?;
    if let Some((whole, title)) = page.whole {
        return part::change(&site, &here, posted, (whole, title), &page.row).await;
    }
    let (form, plan) = (typed(&posted.fields), plan_fields::typed(&posted.fields));
    let (actor, institution, sent) = (posted.visitor.actor.clone(), here.institution, (form.clone(), plan.clone()));
    match site.run(move |app| app.change_plan(&actor, institution, id, &sent.0, &sent.1)).await {
        Ok(invited) => {
            let flash = Flash::says(format!("The details are saved.{}", invited_in_words(invited)));
            let address = format!("/institutions/{institution}/activities/{id}");
            Ok(go_saying(&site, &flash, &here.query.with(&address, &[])))
        }
        Err(failure) => again(&site, &posted.visitor, &here, Some(id), (form, plan), failure).await,
    }
}

/// The form once more, with what is wrong at each field and everything that was typed.
async fn again(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    id: Option<ActivityId>,
    mut forms: (ActivityForm, PlanForm),
    failure: Failure,
) -> Answer {
    let Failure::Problems(problems) = failure else { return Err(failure) };
    let (actor, view) = (visitor.actor.clone(), here.view());
    // Told of what somebody else wrote, whoever sends the form once more means it.
    let meanwhile = id.filter(|_| problems.iter().any(|problem| problem.message == app::CHANGED_MEANWHILE));
    let (choices, seen) = site
        .run(move |app| {
            let seen = meanwhile.map(|id| app.activity_forms(&actor, view, id)).transpose()?;
            Ok((app.cohort_choices(&actor, view)?, seen.map(|(_, plan)| plan.seen)))
        })
        .await?;
    forms.1.seen = seen.unwrap_or(forms.1.seen);
    Ok(show_again(&form_page(visitor, &choices, id, forms, problems)))
}

fn form_page(
    visitor: &Visitor,
    choices: &CohortChoices,
    id: Option<ActivityId>,
    (form, plan): (ActivityForm, PlanForm),
    problems: Vec<FieldProblem>,
) -> ActivityFormPage {
    let frame = &choices.frame;
    let (under, title, button) = match id {
        Some(id) => (format!("activities/{id}/change"), "Change the details", "Save the details"),
        None => ("activities/new".to_owned(), "Add an activity", "Save the activity"),
    };
    let place = Place::new(frame, &under);
    let (first, last) = frame.institution.years.unwrap_or((YearGroup::LOWEST, YearGroup::HIGHEST));
    let is_college = frame.institution.kind.is_some_and(|kind| kind.sector() == Sector::Post16);
    let shell = visitor
        .shell_at(frame, &under)
        .at("activities")
        .titled(title)
        .under(place.to("activities"), "Activities")
        .with_problems(problems);
    ActivityFormPage {
        action: place.to(&under),
        lead: (!plan.again.is_empty()).then(|| {
            "Everything is as it was, but for the day, the learners and the files. Choose the new day.".to_owned()
        }),
        templates: id.is_none().then(|| place.to("activities/templates")),
        choices: FormChoices::of(&form, first.number()..=last.number(), is_college),
        fields: PlanFields::of(&form, &plan, choices, id.is_none(), &shell),
        form,
        plan,
        button,
        back: id.map_or_else(|| place.to("activities"), |id| place.to(&format!("activities/{id}"))),
        shell,
    }
}
