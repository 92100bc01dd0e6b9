use app::{NewAccount, SetUp};
use askama::Template;
use axum::{
    extract::{FromRequest, Request, State},
    http::HeaderMap,
};

use crate::{
    answer::{Answer, Failure, go, show, show_again},
    pages::sign_in::{begin, knock, origin, with_visit},
    shell::Shell,
    site::Site,
    visitor::Knocked,
};

/// Makes the first administrator.
#[derive(Template)]
#[template(path = "pages/setup/person.html")]
pub(crate) struct SetupPage {
    pub(crate) shell: Shell,
    pub(crate) form: SetupForm,
}

/// What was typed.
#[derive(Clone, Default)]
pub(crate) struct SetupForm {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) email: String,
}

const TITLE: &str = "Welcome to Waymark";

/// GET the first form of a new installation.
pub(crate) async fn get(State(site): State<Site>, headers: HeaderMap) -> Answer {
    if site.run(app::App::set_up).await? == SetUp::Done {
        return Ok(go("/"));
    }
    let (shell, secret) = knock(&site, &headers);
    Ok(with_visit(&site, &secret, show(&SetupPage { shell: shell.titled(TITLE), form: SetupForm::default() })))
}

/// POST the code and who it is.
pub(crate) async fn post(State(site): State<Site>, request: Request) -> Answer {
    let from = origin(&request);
    let Knocked { secret, fields } = Knocked::from_request(request, &site).await?;
    let form = SetupForm { code: fields.text("code"), name: fields.text("name"), email: fields.text("email") };
    let new = NewAccount { name: form.name.clone(), email: form.email.clone(), password: fields.text("password") };
    let code = form.code.clone();
    match site.run(move |app| app.create_administrator(&code, &new, &from)).await {
        Ok(session) => Ok(begin(&site, session.token.reveal(), "/setup/institution")),
        Err(Failure::Problems(problems)) => {
            let shell = Shell { csrf: secret, ..Shell::default() }.titled(TITLE).with_problems(problems);
            Ok(show_again(&SetupPage { shell, form }))
        }
        Err(failure) => Err(failure),
    }
}
