use app::{ParentAnswer, ParentRequest};
use askama::Template;
use axum::{
    extract::{FromRequest, Path, Request, State},
    http::HeaderMap,
};
use domain::date;

use super::days;
use crate::{
    answer::{Answer, Failure, show, show_again},
    linked::{institution_of, refused},
    pages::sign_in::{knock, with_visit},
    parts::Choice,
    shell::Shell,
    site::Site,
    visitor::Knocked,
};

/// What a parent or carer is told and asked.
#[derive(Template)]
#[template(path = "pages/placements/parent.html")]
pub(crate) struct ParentPage {
    pub(crate) shell: Shell,
    pub(crate) institution: String,
    pub(crate) learner: String,
    pub(crate) facts: Vec<(&'static str, String)>,
    pub(crate) action: String,
    pub(crate) form: ParentAnswer,
    pub(crate) agrees: Vec<Choice>,
    pub(crate) is_sent: bool,
}

async fn request(site: &Site, institution: &str, token: &str) -> Result<ParentRequest, Failure> {
    let (id, token) = (institution_of(institution)?, token.to_owned());
    site.run(move |app| app.parent_request(id, &token)).await
}

/// GET the form.
pub(crate) async fn get(
    State(site): State<Site>,
    Path((institution, token)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let asked = match request(&site, &institution, &token).await {
        Ok(asked) => asked,
        Err(failure) => return refused("form", failure),
    };
    let (shell, secret) = knock(&site, &headers);
    let path = format!("/placement/parent/{institution}/{token}");
    Ok(with_visit(&site, &secret, show(&page(shell, &asked, path, ParentAnswer::default(), false))))
}

/// POST the answers.
pub(crate) async fn answer(
    State(site): State<Site>,
    Path((institution, token)): Path<(String, String)>,
    request_: Request,
) -> Answer {
    let asked = match request(&site, &institution, &token).await {
        Ok(asked) => asked,
        Err(failure) => return refused("form", failure),
    };
    let Knocked { secret, fields } = Knocked::from_request(request_, &site).await?;
    let form = ParentAnswer {
        agrees: fields.text("agrees"),
        name: fields.text("name"),
        emergency_name: fields.text("emergency_name"),
        emergency_phone: fields.text("emergency_phone"),
        needs: fields.text("needs"),
        travel: fields.text("travel"),
    };
    let path = format!("/placement/parent/{institution}/{token}");
    let (id, sent) = (institution_of(&institution)?, form.clone());
    let shell = Shell { csrf: secret, ..Shell::default() };
    match site.run(move |app| app.send_parent_answer(id, &token, &sent)).await {
        Ok(()) => Ok(show(&page(shell, &asked, path, ParentAnswer::default(), true))),
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(shell.with_problems(problems), &asked, path, form, false)))
        }
        Err(failure) => refused("form", failure),
    }
}

fn page(shell: Shell, asked: &ParentRequest, action: String, form: ParentAnswer, is_sent: bool) -> ParentPage {
    let details = &asked.details;
    let facts = [
        ("Where", details.employer.clone()),
        ("Address", details.address.clone()),
        ("When", days((date::parse(&details.starts_on), date::parse(&details.ends_on)))),
        ("Hours a day", details.hours_a_day.clone()),
        ("Supervisor", details.supervisor.clone()),
        ("What they will do", details.tasks.clone()),
        ("What they are not to do", details.not_allowed.clone()),
        ("Risks, and what is done about them", asked.risks.clone()),
    ];
    let title = if is_sent { "Thank you".to_owned() } else { format!("Work experience of {}", asked.learner) };
    ParentPage {
        shell: shell.titled(title),
        institution: asked.institution.clone(),
        learner: asked.learner.clone(),
        facts: facts.into_iter().filter(|(_, text)| !text.is_empty()).collect(),
        action,
        agrees: [("yes", "Yes, I agree"), ("no", "No, I do not agree")]
            .into_iter()
            .map(|(value, label)| Choice::new(value, label, form.agrees == value))
            .collect(),
        form,
        is_sent,
    }
}
