use askama::Template;
use axum::extract::{Path, State};
use domain::InformationRequestId;

use crate::{
    answer::{Answer, Failure, go_saying, show},
    parts::Flash,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// Questions from the public.
#[derive(Template)]
#[template(path = "pages/website/questions.html")]
pub(crate) struct QuestionsPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) waiting: Vec<QuestionLine>,
    pub(crate) answered: Vec<QuestionLine>,
}

/// One of them.
pub(crate) struct QuestionLine {
    pub(crate) reference: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) audience: &'static str,
    pub(crate) message: String,
    pub(crate) asked: String,
    pub(crate) answered: String,
    pub(crate) answer: String,
    /// Where it is answered, opened again, deleted.
    pub(crate) action: String,
}

/// GET the questions.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let page = site.run(move |app| app.questions(&actor, view)).await?;
    let place = Place::new(&page.frame, "website/questions");
    let line = |row: app::QuestionRow| QuestionLine {
        action: place.to(&format!("website/questions/{}", row.id)),
        reference: row.reference,
        name: row.name,
        email: row.email,
        audience: row.audience,
        message: row.message,
        asked: site.when(row.made_at),
        answered: row.answered_at.map_or(String::new(), |at| site.when(at)),
        answer: row.answer.unwrap_or_default(),
    };
    let (answered, waiting): (Vec<_>, Vec<_>) = page.rows.into_iter().partition(|row| row.answered_at.is_some());
    Ok(show(&QuestionsPage {
        lead: match waiting.len() {
            0 => "No question waits for an answer.".to_owned(),
            1 => "One question waits for an answer.".to_owned(),
            many => format!("{} questions wait for an answer.", words::figure(many)),
        },
        waiting: waiting.into_iter().map(&line).collect(),
        answered: answered.into_iter().map(&line).collect(),
        shell: visitor
            .shell_at(&page.frame, "website/questions")
            .at("website")
            .titled("Questions from the public")
            .under(place.to("website"), "Website"),
    }))
}

/// POST: it was answered.
pub(crate) async fn answer(
    State(site): State<Site>,
    here: Here,
    Path((_, id)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let said = posted.fields.text("answer");
    change(&site, &here, &id, posted, Some(said), "Noted as answered.").await
}

/// POST: it was not answered after all.
pub(crate) async fn open_again(
    State(site): State<Site>,
    here: Here,
    Path((_, id)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    change(&site, &here, &id, posted, None, "The question waits for an answer again.").await
}

async fn change(site: &Site, here: &Here, id: &str, posted: Posted, said: Option<String>, message: &str) -> Answer {
    let (actor, institution, id) = (posted.visitor.actor, here.institution, key(id)?);
    site.run(move |app| app.answer_question(&actor, institution, id, said.as_deref())).await?;
    back(site, here, message)
}

/// POST: it is deleted with the name and address of whoever asked.
pub(crate) async fn delete(
    State(site): State<Site>,
    here: Here,
    Path((_, id)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let (actor, institution, id) = (posted.visitor.actor, here.institution, key(&id)?);
    site.run(move |app| app.delete_question(&actor, institution, id)).await?;
    back(&site, &here, "The question is deleted with the name and address of whoever asked.")
}

fn key(id: &str) -> Result<InformationRequestId, Failure> {
    id.parse().map_err(|_| Failure::NOT_FOUND)
}

fn back(site: &Site, here: &Here, message: &str) -> Answer {
    Ok(go_saying(site, &Flash::says(message), &format!("/institutions/{}/website/questions", here.institution)))
}
