use app::{AUDIENCES, QuestionForm};
use askama::Template;
use axum::{
    extract::{FromRequest, Path, Request, State},
    http::HeaderMap,
};

use crate::{
    answer::{Answer, Failure, show, show_again},
    pages::sign_in::{knock, origin, with_visit},
    parts::Choice,
    shell::Shell,
    site::Site,
    visitor::Knocked,
};

/// The form with which anybody asks a question.
#[derive(Template)]
#[template(path = "pages/website/ask.html")]
pub(crate) struct AskPage {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) back: String,
    pub(crate) form: QuestionForm,
    pub(crate) audiences: Vec<Choice>,
}

/// What whoever asked is told.
#[derive(Template)]
#[template(path = "pages/website/asked.html")]
pub(crate) struct AskedPage {
    pub(crate) shell: Shell,
    pub(crate) reference: String,
    pub(crate) back: String,
}

/// GET the form.
pub(crate) async fn form(State(site): State<Site>, Path(word): Path<String>, headers: HeaderMap) -> Answer {
    let asked = word.clone();
    site.run(move |app| app.public_site(&asked)).await?;
    let (shell, secret) = knock(&site, &headers);
    Ok(with_visit(&site, &secret, show(&page(shell, &word, QuestionForm::default()))))
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
        trap: fields.text("website"),
    };
    let (asked, at) = (form.clone(), word.clone());
    match site.run(move |app| app.ask_question(&at, &asked, &from)).await {
        Ok(reference) => {
            let shell = Shell::default().titled("Your question is sent");
            Ok(show(&AskedPage { shell, reference, back: format!("/{word}/") }))
        }
        Err(Failure::Problems(problems)) => {
            let shell = Shell { csrf: secret, ..Shell::default() }.with_problems(problems);
            Ok(show_again(&page(shell, &word, form)))
        }
        Err(failure) => Err(failure),
    }
}

fn page(shell: Shell, word: &str, form: QuestionForm) -> AskPage {
    AskPage {
        shell: shell.titled("Ask a question about careers").under(format!("/{word}/"), "Careers"),
        action: format!("/{word}/ask"),
        back: format!("/{word}/"),
        audiences: AUDIENCES.iter().map(|(word, label)| Choice::new(word, label, *word == form.audience)).collect(),
        form,
    }
}
