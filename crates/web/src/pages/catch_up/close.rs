use app::{CatchUpFilter, CatchUpForm, CatchUpWord, FieldProblem};
use askama::Template;
use axum::extract::{Path, State};
use domain::{ActivityId, LearnerId, date};

use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    parts::{Choice, Flash},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

/// Says by hand that a learner need not make up for an activity.
#[derive(Template)]
#[template(path = "pages/catch_up/close.html")]
pub(crate) struct ClosePage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) action: String,
    pub(crate) activities: Vec<Choice>,
    pub(crate) reason: String,
    pub(crate) back: String,
}

type Pair = (String, String, String);

fn pair((_, missed, absent): &Pair) -> Result<(ActivityId, LearnerId), Failure> {
    let missed = missed.parse().map_err(|_| Failure::NOT_FOUND)?;
    Ok((missed, absent.parse().map_err(|_| Failure::NOT_FOUND)?))
}

/// GET the form.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here, Path(path): Path<Pair>) -> Answer {
    let (missed, learner) = pair(&path)?;
    Ok(show(&page(&site, &visitor, &here, (missed, learner), CatchUpForm::default(), Vec::new()).await?))
}

/// POST what makes up for it, or why it is not needed.
pub(crate) async fn post(State(site): State<Site>, here: Here, Path(path): Path<Pair>, posted: Posted) -> Answer {
    let (missed, learner) = pair(&path)?;
    let form = CatchUpForm {
        activity: posted.fields.text("activity"),
        reason: posted.fields.text("reason").replace("\r\n", "\n"),
    };
    let (actor, institution, sent) = (posted.visitor.actor.clone(), here.institution, form.clone());
    match site.run(move |app| app.close_catch_up(&actor, institution, missed, learner, &sent)).await {
        Ok(()) => {
            let list = format!("/institutions/{institution}/catch-up");
            let flash = Flash::says("It need not be made up for any more.")
                .undone_by(format!("{list}/{missed}/{learner}/restore"));
            Ok(go_saying(&site, &flash, &format!("{list}?activity={missed}")))
        }
        Err(Failure::Problems(problems)) => {
            let page = page(&site, &posted.visitor, &here, (missed, learner), form, problems).await?;
            Ok(show_again(&page))
        }
        Err(failure) => Err(failure),
    }
}

/// POST: it is to be made up for again.
pub(crate) async fn reopen(State(site): State<Site>, here: Here, Path(path): Path<Pair>, posted: Posted) -> Answer {
    let (missed, learner) = pair(&path)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.reopen_catch_up(&actor, institution, missed, learner)).await?;
    let flash = Flash::says("It is on the list again.");
    Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/catch-up?activity={missed}")))
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    (missed, learner): (ActivityId, LearnerId),
    form: CatchUpForm,
    problems: Vec<FieldProblem>,
) -> Result<ClosePage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let filter = CatchUpFilter {
        activity: Some(missed),
        learner: Some(learner),
        standing: CatchUpWord::Any,
        ..CatchUpFilter::default()
    };
    let all = site
        .run(move |app| {
            let all = app.catch_ups(&actor, view, &filter)?;
            all.frame.ask(app::Action::Record)?;
            Ok(all)
        })
        .await?;
    let row = all.rows.first().ok_or(Failure::NOT_FOUND)?;
    let under = format!("catch-up/{missed}/{learner}");
    let place = Place::new(&all.frame, &under);
    let back = place.to(&format!("catch-up?activity={missed}"));
    let none = Choice::new("", "None of these", form.activity.is_empty());
    let others = all.others.iter().map(|other| {
        let label = format!("{}, {}", other.title, date::long(other.date));
        Choice::new(other.id, label, other.id.to_string() == form.activity)
    });
    Ok(ClosePage {
        lead: format!(
            "{} missed “{}” on {}.",
            all.learner.clone().unwrap_or_default(),
            row.title,
            date::long(row.date)
        ),
        action: place.to(&under),
        activities: std::iter::once(none).chain(others).collect(),
        reason: form.reason,
        shell: visitor
            .shell_at(&all.frame, &under)
            .at("programme")
            .titled("Close a catch-up by hand")
            .under(place.to("catch-up"), "Catch-up")
            .under(back.clone(), row.title.clone())
            .with_problems(problems),
        back,
    })
}
