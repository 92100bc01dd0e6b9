use app::{Action, ActivityForm, FieldProblem, Frame};
use axum::extract::{Path, State};
use domain::{ActivityId, Sector, YearGroup, date};

use super::{
    activity::{ActivityPage, CheckLine},
    form::{ActivityFormPage, FormChoices, typed},
    list::counts,
};
use crate::{
    answer::{Answer, Failure, go, show, show_again},
    labels,
    parts::{Sign, Tag},
    place::Place,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// The activity that an address names.
pub(crate) fn id_of(text: &str) -> Result<ActivityId, Failure> {
    text.parse().map_err(|_| Failure::NOT_FOUND)
}

/// GET an activity.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
) -> Answer {
    let id = id_of(&activity)?;
    let (actor, view) = (visitor.actor.clone(), here.view());
    let page = site.run(move |app| app.activity(&actor, view, id)).await?;
    Ok(show(&view_of(&visitor, &page)))
}

fn view_of(visitor: &Visitor, page: &app::ActivityPage) -> ActivityPage {
    let frame = &page.frame;
    let activity = &page.row.activity;
    let under = format!("activities/{}", page.row.id);
    let place = Place::new(frame, &under);
    let with = activity.organisation.as_deref().map_or(String::new(), |name| format!(" with {name}"));
    let present = match page.row.is_withheld {
        true => "Fewer than five learners were".to_owned(),
        false => words::count_capital(page.row.attended as usize, "learner was", "learners were"),
    };
    let served: Vec<_> = page.serves.iter().map(|(_, title)| title.clone()).collect();
    ActivityPage {
        shell: visitor
            .shell_at(frame, &under)
            .at("activities")
            .titled(activity.title.clone())
            .under(place.to("activities"), "Activities"),
        lead: if page.row.is_ahead {
            format!(
                "{} on {}{with}. {} invited.",
                labels::kind(activity.kind),
                date::long(activity.date),
                words::count_capital(page.row.invited as usize, "learner is", "learners are")
            )
        } else {
            format!("{} on {}{with}. {present} present.", labels::kind(activity.kind), date::long(activity.date))
        },
        edit: frame.may.has(Action::Record).then(|| place.to(&format!("{under}/change"))),
        delete: frame.may.has(Action::Record).then(|| place.to(&format!("{under}/delete"))),
        facts: facts(page),
        checklist: page
            .checklist
            .iter()
            .map(|(_, label, ticked)| CheckLine {
                tag: if *ticked { Tag::new(Sign::Met, "Yes") } else { Tag::new(Sign::Due, "Open") },
                label,
            })
            .collect(),
        numbers: vec![
            (page.row.attended as usize, "present"),
            (page.row.missed as usize, "absent or excused"),
            (page.row.invited as usize, "invited"),
        ],
        register: place.to(&format!("{under}/register")),
        register_button: if frame.may.has(Action::MarkRegisters) { "Mark the register" } else { "See the register" },
        origin: if served.is_empty() {
            "It is part of each learner’s story; nothing that is asked counts activities of this kind.".to_owned()
        } else {
            format!("An activity of this kind can count for: {}.", served.join("; "))
        },
        counts: counts(&page.row),
    }
}

fn facts(page: &app::ActivityPage) -> Vec<(&'static str, String)> {
    let activity = &page.row.activity;
    let years: Vec<_> = activity.year_groups.iter().map(|year| format!("Year {year}")).collect();
    let facts = [
        ("Held", Some(labels::mode(activity.mode).to_owned())),
        ("With", activity.organisation.clone()),
        ("Type of provider", activity.provider_type.map(|kind| labels::provider_type(kind).to_owned())),
        ("Subject", activity.subject.clone()),
        ("Hours", activity.hours.map(|hours| hours.to_string())),
        ("For the whole of", (!years.is_empty()).then(|| words::list(&years))),
        ("Part of", activity.through.map(|_| "the learners’ curriculum area".to_owned())),
        ("Record", activity.source.map(|_| "brought from a previous school".to_owned())),
        ("Reference", Some(activity.reference.clone())),
    ];
    facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// GET the form for a new activity.
pub(crate) async fn new(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let frame = site
        .run(move |app| {
            let frame = app.frame(&actor, view)?;
            frame.ask(Action::Record)?;
            Ok(frame)
        })
        .await?;
    let form = ActivityForm { mode: "in-person".to_owned(), ..ActivityForm::default() };
    Ok(show(&form_page(&visitor, &frame, None, form, Vec::new())))
}

/// POST a new activity.
pub(crate) async fn add(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let form = typed(&posted.fields);
    let (actor, institution, sent) = (posted.visitor.actor.clone(), here.institution, form.clone());
    match site.run(move |app| app.add_activity(&actor, institution, &sent)).await {
        Ok(id) => Ok(go(&format!("/institutions/{institution}/activities/{id}"))),
        Err(failure) => again(&site, &posted.visitor, &here, None, form, failure).await,
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
    let page = site
        .run(move |app| {
            let page = app.activity(&actor, view, id)?;
            page.frame.ask(Action::Record)?;
            Ok(page)
        })
        .await?;
    let form = ActivityForm::from(&page.row.activity);
    Ok(show(&form_page(&visitor, &page.frame, Some(id), form, Vec::new())))
}

/// POST the changes to an activity.
pub(crate) async fn change(
    State(site): State<Site>,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&activity)?;
    let form = typed(&posted.fields);
    let (actor, institution, sent) = (posted.visitor.actor.clone(), here.institution, form.clone());
    match site.run(move |app| app.change_activity(&actor, institution, id, &sent)).await {
        Ok(()) => Ok(go(&format!("/institutions/{institution}/activities/{id}"))),
        Err(failure) => again(&site, &posted.visitor, &here, Some(id), form, failure).await,
    }
}

/// The form once more, with what is wrong at each field and everything that was typed.
async fn again(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    id: Option<ActivityId>,
    form: ActivityForm,
    failure: Failure,
) -> Answer {
    let Failure::Problems(problems) = failure else { return Err(failure) };
    let (actor, view) = (visitor.actor.clone(), here.view());
    let frame = site.run(move |app| app.frame(&actor, view)).await?;
    Ok(show_again(&form_page(visitor, &frame, id, form, problems)))
}

fn form_page(
    visitor: &Visitor,
    frame: &Frame,
    id: Option<ActivityId>,
    form: ActivityForm,
    problems: Vec<FieldProblem>,
) -> ActivityFormPage {
    let (under, title, button) = match id {
        Some(id) => (format!("activities/{id}/change"), "Change the details", "Save the details"),
        None => ("activities/new".to_owned(), "Add an activity", "Add the activity"),
    };
    let place = Place::new(frame, &under);
    let (first, last) = frame.institution.years.unwrap_or((YearGroup::LOWEST, YearGroup::HIGHEST));
    let is_college = frame.institution.kind.is_some_and(|kind| kind.sector() == Sector::Post16);
    ActivityFormPage {
        shell: visitor
            .shell_at(frame, &under)
            .at("activities")
            .titled(title)
            .under(place.to("activities"), "Activities")
            .with_problems(problems),
        action: place.to(&under),
        choices: FormChoices::of(&form, first.number()..=last.number(), is_college),
        form,
        button,
        back: id.map_or_else(|| place.to("activities"), |id| place.to(&format!("activities/{id}"))),
    }
}
