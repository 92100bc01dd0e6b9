use app::{EmployerAnswer, EmployerOpinion, EmployerRequest, FieldProblem, PlacementForm};
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
    pages::{
        sign_in::{knock, with_visit},
        voices::RATINGS,
    },
    parts::Choice,
    shell::Shell,
    site::Site,
    visitor::Knocked,
};

/// What an employer is asked: before a placement if it can be, during and after it how it goes.
#[derive(Template)]
#[template(path = "pages/placements/employer.html")]
pub(crate) struct EmployerPage {
    pub(crate) shell: Shell,
    pub(crate) institution: String,
    pub(crate) learner: String,
    pub(crate) when: String,
    pub(crate) hours: String,
    pub(crate) action: String,
    pub(crate) is_opinion: bool,
    pub(crate) is_sent: bool,
    pub(crate) form: EmployerAnswer,
    pub(crate) agrees: Vec<Choice>,
    pub(crate) opinion: EmployerOpinion,
    pub(crate) ratings: Vec<Choice>,
    pub(crate) returns: Vec<Choice>,
}

async fn request(site: &Site, institution: &str, token: &str) -> Result<EmployerRequest, Failure> {
    let (id, token) = (institution_of(institution)?, token.to_owned());
    site.run(move |app| app.employer_request(id, &token)).await
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
    let form = EmployerAnswer { details: asked.details.clone(), ..EmployerAnswer::default() };
    let path = format!("/placement/employer/{institution}/{token}");
    Ok(with_visit(&site, &secret, show(&page(shell, &asked, path, (form, EmployerOpinion::default()), false))))
}

/// POST the answers before a placement.
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
    let form = EmployerAnswer {
        agrees: fields.text("agrees"),
        details: PlacementForm {
            employer: fields.text("employer"),
            supervisor: fields.text("supervisor"),
            supervisor_email: fields.text("supervisor_email"),
            supervisor_phone: fields.text("supervisor_phone"),
            address: fields.text("address"),
            hours_a_day: fields.text("hours_a_day"),
            tasks: fields.text("tasks"),
            not_allowed: fields.text("not_allowed"),
            ..PlacementForm::default()
        },
        insurance_number: fields.text("insurance_number"),
        insurance_amount: fields.text("insurance_amount"),
        insurance_expires: fields.text("insurance_expires"),
        risks: fields.text("risks"),
        knows_safeguarding: fields.one("knows_safeguarding") == "yes",
    };
    let path = format!("/placement/employer/{institution}/{token}");
    let (id, sent) = (institution_of(&institution)?, form.clone());
    let outcome = site.run(move |app| app.send_employer_answer(id, &token, &sent)).await;
    finish(&secret, &asked, path, (form, EmployerOpinion::default()), outcome)
}

/// POST how it went.
pub(crate) async fn opinion(
    State(site): State<Site>,
    Path((institution, token)): Path<(String, String)>,
    request_: Request,
) -> Answer {
    let asked = match request(&site, &institution, &token).await {
        Ok(asked) => asked,
        Err(failure) => return refused("form", failure),
    };
    let Knocked { secret, fields } = Knocked::from_request(request_, &site).await?;
    let form = EmployerOpinion {
        name: fields.text("name"),
        rating: fields.text("rating"),
        went_well: fields.text("went_well"),
        better: fields.text("better"),
        would_return: fields.text("would_return"),
    };
    let path = format!("/placement/employer/{institution}/{token}");
    let (id, sent) = (institution_of(&institution)?, form.clone());
    let outcome = site.run(move |app| app.send_employer_opinion(id, &token, &sent)).await;
    finish(&secret, &asked, path, (EmployerAnswer::default(), form), outcome)
}

fn finish(
    secret: &str,
    asked: &EmployerRequest,
    path: String,
    forms: (EmployerAnswer, EmployerOpinion),
    outcome: Result<(), Failure>,
) -> Answer {
    let shell =
        |problems: Vec<FieldProblem>| Shell { csrf: secret.to_owned(), ..Shell::default() }.with_problems(problems);
    match outcome {
        Ok(()) => Ok(show(&page(shell(Vec::new()), asked, path, Default::default(), true))),
        Err(Failure::Problems(problems)) => Ok(show_again(&page(shell(problems), asked, path, forms, false))),
        Err(failure) => refused("form", failure),
    }
}

fn page(
    shell: Shell,
    asked: &EmployerRequest,
    path: String,
    (form, opinion): (EmployerAnswer, EmployerOpinion),
    is_sent: bool,
) -> EmployerPage {
    let is_opinion = asked.asks_how_it_went;
    let title = match (is_sent, is_opinion) {
        (true, _) => "Thank you".to_owned(),
        (false, true) => "How did it go?".to_owned(),
        (false, false) => format!("Work experience for {}", asked.learner),
    };
    let yes_no = |yes: &str, no: &str, now: &str| {
        [("yes", yes), ("no", no)].map(|(value, label)| Choice::new(value, label, now == value)).to_vec()
    };
    EmployerPage {
        shell: shell.titled(title),
        institution: asked.institution.clone(),
        learner: asked.learner.clone(),
        when: days((date::parse(&asked.details.starts_on), date::parse(&asked.details.ends_on))),
        hours: asked.details.hours.clone(),
        action: if is_opinion { format!("{path}/opinion") } else { path },
        is_opinion,
        is_sent,
        agrees: yes_no("Yes, we take the learner", "No, we cannot", &form.agrees),
        form,
        ratings: RATINGS.iter().map(|(value, label)| Choice::new(value, label, opinion.rating == *value)).collect(),
        returns: yes_no("Yes", "No", &opinion.would_return),
        opinion,
    }
}
