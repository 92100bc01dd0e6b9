use app::{FeedbackForm, LinkPurpose, VoiceRequest};
use askama::Template;
use axum::{
    extract::{FromRequest, Path, Request, State},
    http::HeaderMap,
};
use domain::date;

use super::RATINGS;
use crate::{
    answer::{Answer, Failure, show, show_again},
    linked::{institution_of, refused},
    pages::sign_in::{knock, with_visit},
    parts::Choice,
    shell::Shell,
    site::Site,
    visitor::Knocked,
};

/// An employer's or provider's short form.
#[derive(Template)]
#[template(path = "pages/voices/feedback.html")]
pub(crate) struct FeedbackPage {
    pub(crate) shell: Shell,
    pub(crate) institution: String,
    pub(crate) what: String,
    pub(crate) action: String,
    pub(crate) form: FeedbackForm,
    pub(crate) ratings: Vec<Choice>,
    pub(crate) returns: Vec<Choice>,
    pub(crate) boxes: Vec<Choice>,
    pub(crate) is_sent: bool,
}

async fn request(site: &Site, institution: &str, token: &str) -> Result<VoiceRequest, Failure> {
    let (id, token) = (institution_of(institution)?, token.to_owned());
    site.run(move |app| app.voice_request(id, LinkPurpose::Feedback, &token)).await
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
    let page = page(shell, &asked, &format!("/feedback/{institution}/{token}"), FeedbackForm::default(), false);
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
    let form = FeedbackForm {
        name: fields.text("name"),
        rating: fields.text("rating"),
        went_well: fields.text("went_well"),
        better: fields.text("better"),
        would_return: fields.text("would_return"),
        boxes: fields.all("boxes"),
    };
    let path = format!("/feedback/{institution}/{token}");
    let (id, sent) = (institution_of(&institution)?, form.clone());
    let shell = Shell { csrf: secret, ..Shell::default() };
    match site.run(move |app| app.send_feedback(id, &token, &sent)).await {
        Ok(()) => Ok(show(&page(shell, &asked, &path, FeedbackForm::default(), true))),
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(shell.with_problems(problems), &asked, &path, form, false)))
        }
        Err(failure) => refused("form", failure),
    }
}

fn page(shell: Shell, asked: &VoiceRequest, path: &str, form: FeedbackForm, is_sent: bool) -> FeedbackPage {
    FeedbackPage {
        shell: shell.titled(if is_sent { "Thank you" } else { "How did it go?" }),
        institution: asked.institution.clone(),
        what: format!("{}, {}", asked.title, date::long(asked.date)),
        action: path.to_owned(),
        ratings: RATINGS.iter().map(|(value, label)| Choice::new(value, label, form.rating == *value)).collect(),
        returns: [("yes", "Yes"), ("no", "No")]
            .into_iter()
            .map(|(value, label)| Choice::new(value, label, form.would_return == value))
            .collect(),
        boxes: asked
            .boxes
            .iter()
            .map(|(check, label)| Choice::new(check, label, form.boxes.iter().any(|word| word == check.word())))
            .collect(),
        form,
        is_sent,
    }
}
