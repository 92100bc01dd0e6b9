use app::{AUDIENCES, QuestionForm};
use askama::Template;
use axum::{
    extract::{FromRequest, Path, Request, State},
    http::{HeaderMap, StatusCode},
};

use crate::{
    answer::{Answer, Failure},
    pages::{
        requests::TRAP,
        sign_in::{knock, origin, with_visit},
        website::within,
    },
    parts::Choice,
    shell::Shell,
    site::Site,
    visitor::Knocked,
};

/// The published page that stands for the form where there is no server.
const ASK: &str = "ask.html";

/// The form with which anybody asks a question.
#[derive(Template)]
#[template(path = "pages/website/ask.html")]
pub(crate) struct AskPage {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) form: QuestionForm,
    pub(crate) audiences: Vec<Choice>,
}

/// What whoever asked is told.
#[derive(Template)]
#[template(path = "pages/website/asked.html")]
pub(crate) struct AskedPage {
    pub(crate) reference: String,
    pub(crate) back: String,
}

/// GET the form.
pub(crate) async fn form(State(site): State<Site>, Path(word): Path<String>, headers: HeaderMap) -> Answer {
    let asked = word.clone();
    let found = site.run(move |app| app.public_site(&asked)).await?;
    let (shell, secret) = knock(&site, &headers);
    let page = within(&found, ASK, "", &page(shell, &word, QuestionForm::default()), true)?;
    Ok(with_visit(&site, &secret, page))
}

/// POST a question.
pub(crate) async fn send(State(site): State<Site>, Path(word): Path<String>, request: Request) -> Answer {
    let from = origin(&request);
    let Knocked { secret, fields } = Knocked::from_request(request, &site).await?;
    let form = QuestionForm {
        name: fields.text("name"),
        email: fields.text("email"),
        audience: fields.text("audience"),
        message: fields.text("message"),
        trap: fields.text(TRAP),
    };
    let (asked, at) = (form.clone(), word.clone());
    let answered = site.run(move |app| app.ask_question(&at, &asked, &from)).await;
    let at = word.clone();
    let found = site.run(move |app| app.public_site(&at)).await?;
    match answered {
        Ok(reference) => {
            let page = AskedPage { reference, back: format!("/{word}/") };
            within(&found, ASK, "Your question is sent", &page, false)
        }
        Err(Failure::Problems(problems)) => {
            let shell = Shell { csrf: secret, ..Shell::default() }.with_problems(problems);
            let mut again = within(&found, ASK, "Error: Ask us", &page(shell, &word, form), true)?;
            *again.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(again)
        }
        Err(failure) => Err(failure),
    }
}

fn page(shell: Shell, word: &str, form: QuestionForm) -> AskPage {
    AskPage {
        shell,
        action: format!("/{word}/ask"),
        audiences: AUDIENCES.iter().map(|(word, label)| Choice::new(word, label, *word == form.audience)).collect(),
        form,
    }
}
