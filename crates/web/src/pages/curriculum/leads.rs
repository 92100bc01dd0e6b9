use app::{FieldProblem, Refusal};
use askama::Template;
use axum::extract::State;

use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    parts::Flash,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// Who leads which subject.
#[derive(Template)]
#[template(path = "pages/curriculum/leads.html")]
pub(crate) struct LeadsPage {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) back: String,
    /// The field's number, the subject, and who leads it.
    pub(crate) subjects: Vec<(usize, String, String)>,
}

/// GET the list.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    Ok(show(&page(&site, &visitor, &here, Vec::new()).await?))
}

/// POST the list.
pub(crate) async fn save(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let subjects = posted.fields.all("subject").into_iter().zip(posted.fields.all("name")).collect::<Vec<_>>();
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    match site.run(move |app| app.set_subject_leads(&actor, institution, &subjects)).await {
        Ok(changed) => {
            let flash = Flash::says(match changed {
                0 => "Nothing was changed.".to_owned(),
                some => format!("Saved: {} changed.", words::count(some, "subject was", "subjects were")),
            });
            let to = format!("/institutions/{institution}/programme/curriculum");
            Ok(go_saying(&site, &flash, &here.query.with(&to, &[])))
        }
        Err(Failure::Problems(problems)) => Ok(show_again(&page(&site, &posted.visitor, &here, problems).await?)),
        Err(failure) => Err(failure),
    }
}

async fn page(site: &Site, visitor: &Visitor, here: &Here, problems: Vec<FieldProblem>) -> Result<LeadsPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let map = site.run(move |app| app.curriculum_map(&actor, view)).await?;
    if !map.may_lead {
        return Err(Failure::Refusal(Refusal::NotAllowed));
    }
    let place = Place::new(&map.frame, "programme/curriculum/leads");
    Ok(LeadsPage {
        action: place.to("programme/curriculum/leads"),
        back: place.to("programme/curriculum"),
        subjects: map
            .subjects
            .into_iter()
            .enumerate()
            .map(|(number, row)| (number + 1, row.subject, row.lead.unwrap_or_default()))
            .collect(),
        shell: visitor
            .shell_at(&map.frame, "programme/curriculum/leads")
            .at("programme")
            .titled("Who leads which subject")
            .under(place.to("programme"), "Programme")
            .under(place.to("programme/curriculum"), "Curriculum map")
            .with_problems(problems),
    })
}
