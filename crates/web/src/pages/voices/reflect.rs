use app::{LinkPurpose, ReflectionForm, VoiceRequest};
use askama::Template;
use axum::{
    extract::{FromRequest, Path, Query, Request, State},
    http::HeaderMap,
};
use domain::date;

use super::RATINGS;
use crate::{
    answer::{Answer, Failure, show, show_again},
    fields::Fields,
    linked::{institution_of, refused},
    pages::sign_in::{knock, with_visit},
    parts::Choice,
    shell::Shell,
    site::Site,
    visitor::Knocked,
};

/// A learner's short form.
#[derive(Template)]
#[template(path = "pages/voices/reflect.html")]
pub(crate) struct ReflectionPage {
    pub(crate) shell: Shell,
    pub(crate) institution: String,
    pub(crate) what: String,
    pub(crate) action: String,
    pub(crate) form: ReflectionForm,
    pub(crate) ratings: Vec<Choice>,
    /// The other way of asking.
    pub(crate) other: String,
    pub(crate) is_sent: bool,
}

async fn request(site: &Site, institution: &str, token: &str) -> Result<VoiceRequest, Failure> {
    let (id, token) = (institution_of(institution)?, token.to_owned());
    site.run(move |app| app.voice_request(id, LinkPurpose::Reflection, &token)).await
}

/// GET the form.
pub(crate) async fn get(
    State(site): State<Site>,
    Path((institution, token)): Path<(String, String)>,
    Query(query): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Answer {
    let asked = match request(&site, &institution, &token).await {
        Ok(asked) => asked,
        Err(failure) => return refused("form", failure),
    };
    let (shell, secret) = knock(&site, &headers);
    let is_easy_read = Fields(query).one("easy") == "yes";
    let form = ReflectionForm { is_easy_read, ..ReflectionForm::default() };
    let page = page(shell, &asked, &format!("/reflect/{institution}/{token}"), form, false);
    Ok(with_visit(&site, &secret, show(&page)))
}

/// POST the answers.
pub(crate) async fn post(
    State(site): State<Site>,
    Path((institution, token)): Path<(String, String)>,
    request_: Request,
) -> Answer {
    let asked = match request(&site, &institution, &token).await {
        Ok(asked) => asked,
        Err(failure) => return refused("form", failure),
    };
    let Knocked { secret, fields } = Knocked::from_request(request_, &site).await?;
    let form = ReflectionForm {
        learnt: [fields.text("learnt")]
            .into_iter()
            .chain(fields.all("learnt_word"))
            .filter(|t| !t.trim().is_empty())
            .collect::<Vec<_>>()
            .join("; "),
        rating: fields.text("rating"),
        next_step: [fields.text("next_step")]
            .into_iter()
            .chain(fields.all("next_word"))
            .filter(|t| !t.trim().is_empty())
            .collect::<Vec<_>>()
            .join("; "),
        is_easy_read: fields.one("easy") == "yes",
    };
    let path = format!("/reflect/{institution}/{token}");
    let (id, sent) = (institution_of(&institution)?, form.clone());
    let shell = Shell { csrf: secret, ..Shell::default() };
    match site.run(move |app| app.send_reflection(id, &token, &sent)).await {
        Ok(()) => Ok(show(&page(
            shell,
            &asked,
            &path,
            ReflectionForm { is_easy_read: form.is_easy_read, ..ReflectionForm::default() },
            true,
        ))),
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(shell.with_problems(problems), &asked, &path, form, false)))
        }
        Err(failure) => refused("form", failure),
    }
}

fn page(shell: Shell, asked: &VoiceRequest, path: &str, form: ReflectionForm, is_sent: bool) -> ReflectionPage {
    let title = match (is_sent, form.is_easy_read) {
        (true, _) => "Thank you",
        (false, true) => "Tell us",
        (false, false) => "What did you think?",
    };
    ReflectionPage {
        shell: shell.titled(title),
        institution: asked.institution.clone(),
        what: format!("{}, {}", asked.title, date::long(asked.date)),
        action: path.to_owned(),
        ratings: RATINGS.iter().map(|(value, label)| Choice::new(value, label, form.rating == *value)).collect(),
        other: if form.is_easy_read { path.to_owned() } else { format!("{path}?easy=yes") },
        form,
        is_sent,
    }
}
