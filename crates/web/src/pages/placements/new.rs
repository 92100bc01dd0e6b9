use app::{Action, FieldProblem, Frame, PlacementFilter, PlacementForm};
use askama::Template;
use axum::extract::State;

use super::page::{modes, typed};
use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    parts::{Choice, Flash},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

/// Adds a placement for one learner.
#[derive(Template)]
#[template(path = "pages/placements/new.html")]
pub(crate) struct NewPage {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) learners: Vec<Choice>,
    pub(crate) details: PlacementForm,
    pub(crate) modes: Vec<Choice>,
    pub(crate) back: String,
}

/// GET the form; `?learner=` chooses one by their key.
pub(crate) async fn new(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let chosen = here.query.text("learner");
    Ok(show(&page(&site, &visitor, &here, (&chosen, PlacementForm::default()), Vec::new()).await?))
}

/// POST a new placement.
pub(crate) async fn add(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let form = typed(&posted.fields);
    let learner = posted.fields.text("learner");
    let (actor, view, sent, whose) = (posted.visitor.actor.clone(), here.view(), form.clone(), learner.clone());
    match site.run(move |app| app.add_placement(&actor, view, &whose, &sent)).await {
        Ok(new) => {
            let to = format!("/institutions/{}/placements/{}", here.institution, new.id);
            Ok(go_saying(&site, &Flash::says("The placement is begun."), &to))
        }
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(&site, &posted.visitor, &here, (&learner, form), problems).await?))
        }
        Err(failure) => Err(failure),
    }
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    (learner, details): (&str, PlacementForm),
    problems: Vec<FieldProblem>,
) -> Result<NewPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let (frame, learners) = site
        .run(move |app| {
            let frame: Frame = app.frame(&actor, view)?;
            frame.ask(Action::Record)?;
            let mut learners = Vec::new();
            for year in app.placement_years(&actor, view)? {
                let filter = PlacementFilter { year_group: Some(year), form: None };
                let board = app.placements(&actor, view, &filter)?;
                learners.extend(board.without.into_iter().map(|one| (one.id, one.name, one.form.unwrap_or_default())));
            }
            Ok((frame, learners))
        })
        .await?;
    let place = Place::new(&frame, "placements/new");
    let choices = learners.iter().map(|(id, name, form)| {
        let id = id.to_string();
        let chosen = id == learner;
        Choice::new(id, format!("{name} ({form})"), chosen)
    });
    Ok(NewPage {
        shell: visitor
            .shell_at(&frame, "placements/new")
            .at("placements")
            .titled("Add a placement")
            .under(place.to("placements"), "Work experience")
            .with_problems(problems),
        action: place.to("placements/new"),
        learners: std::iter::once(Choice::new("", "Choose a learner without a placement", learner.is_empty()))
            .chain(choices)
            .collect(),
        modes: modes(&details),
        details,
        back: place.to("placements"),
    })
}
