use app::{FieldProblem, StaffTrainingForm};
use askama::Template;
use axum::extract::{Path, State};
use domain::{StaffTrainingId, date};

use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    parts::Flash,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// What staff learnt about careers in the year.
#[derive(Template)]
#[template(path = "pages/curriculum/training.html")]
pub(crate) struct TrainingPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) trainings: Vec<TrainingLine>,
    /// Where another is added, for those who may.
    pub(crate) add: Option<String>,
    /// Where it is confirmed with this as evidence, for those who may.
    pub(crate) confirm: Option<String>,
    pub(crate) form: StaffTrainingForm,
}

/// One occasion.
pub(crate) struct TrainingLine {
    pub(crate) title: String,
    pub(crate) date: String,
    pub(crate) audience: String,
    pub(crate) attended: String,
    pub(crate) hours: String,
    pub(crate) about: String,
    pub(crate) remove: Option<String>,
}

/// GET the list.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    Ok(show(&page(&site, &visitor, &here, StaffTrainingForm::default(), Vec::new()).await?))
}

/// POST another.
pub(crate) async fn add(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let text = |name: &str| posted.fields.text(name);
    let form = StaffTrainingForm {
        held_on: text("held_on"),
        title: text("title"),
        provider: text("provider"),
        audience: text("audience"),
        attended: text("attended"),
        hours: text("hours"),
        about: text("about"),
    };
    let (actor, institution, asked) = (posted.visitor.actor.clone(), here.institution, form.clone());
    match site.run(move |app| app.add_staff_training(&actor, institution, &asked)).await {
        Ok(_) => Ok(go_saying(&site, &Flash::says("It is recorded."), &address(&here))),
        Err(Failure::Problems(problems)) => Ok(show_again(&page(&site, &posted.visitor, &here, form, problems).await?)),
        Err(failure) => Err(failure),
    }
}

/// POST: one goes, and the next page offers to put it back.
pub(crate) async fn remove(
    State(site): State<Site>,
    here: Here,
    Path((_, training)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id: StaffTrainingId = training.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    let event = site.run(move |app| app.remove_staff_training(&actor, institution, id)).await?;
    let undo = format!("/institutions/{institution}/programme/training/{id}/restore/{event}");
    let flash = Flash::says("It is taken away.").undone_by(here.query.with(&undo, &[]));
    Ok(go_saying(&site, &flash, &address(&here)))
}

/// POST: it is back as it was.
pub(crate) async fn restore(
    State(site): State<Site>,
    here: Here,
    Path((_, training, event)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let id: StaffTrainingId = training.parse().map_err(|_| Failure::NOT_FOUND)?;
    let event = event.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.restore_staff_training(&actor, institution, id, event)).await?;
    Ok(go_saying(&site, &Flash::says("It is back as it was."), &address(&here)))
}

fn address(here: &Here) -> String {
    here.query.with(&format!("/institutions/{}/programme/training", here.institution), &[])
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    form: StaffTrainingForm,
    problems: Vec<FieldProblem>,
) -> Result<TrainingPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let found = site.run(move |app| app.staff_training(&actor, view)).await?;
    let place = Place::new(&found.frame, "programme/training");
    let came: u32 = found.trainings.iter().map(|one| one.attended).sum();
    Ok(TrainingPage {
        lead: match found.trainings.len() {
            0 => format!("Nothing is recorded for {} yet.", found.frame.year),
            some => format!(
                "{} in {}; {} counted over all of them.",
                words::count_capital(some, "occasion", "occasions"),
                found.frame.year,
                words::count(came as usize, "person was", "people were")
            ),
        },
        trainings: found
            .trainings
            .iter()
            .map(|one| TrainingLine {
                title: one.title.clone(),
                date: date::long(one.held_on),
                audience: match &one.provider {
                    Some(provider) => format!("{}, with {provider}", one.audience),
                    None => one.audience.clone(),
                },
                attended: words::figure(one.attended as usize),
                hours: one.hours.map_or(String::new(), |hours| hours.to_string()),
                about: one.about.clone(),
                remove: found.may_write.then(|| place.to(&format!("programme/training/{}/remove", one.id))),
            })
            .collect(),
        add: found.may_write.then(|| place.to("programme/training")),
        confirm: found.may_confirm.then(|| place.to("settings/asked/bm4.2")).filter(|_| !found.trainings.is_empty()),
        form,
        shell: visitor
            .shell_at(&found.frame, "programme/training")
            .at("programme")
            .titled("Staff development in careers")
            .under(place.to("programme"), "Programme")
            .under(place.to("programme/curriculum"), "Curriculum map")
            .with_problems(problems),
    })
}
