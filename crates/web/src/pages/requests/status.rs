use app::{LinkedRequest, RequestContactForm};
use askama::Template;
use axum::{
    extract::{FromRequest, Path, Request, State},
    http::HeaderMap,
    response::Response,
};
use domain::date;

use crate::linked::unusable;
use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    pages::sign_in::{knock, with_visit},
    parts::Flash,
    public::public_institution,
    shell::Shell,
    site::Site,
    visitor::Knocked,
};

/// A request as its provider sees it.
#[derive(Template)]
#[template(path = "pages/requests/status.html")]
pub(crate) struct StatusPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) found: LinkedRequest,
    /// Who, when, what was written.
    pub(crate) steps: Vec<(String, String, String)>,
    pub(crate) action: String,
    pub(crate) contact: RequestContactForm,
    pub(crate) text: String,
    pub(crate) reason: String,
    pub(crate) is_open: bool,
}

/// The page, where `when` writes instants.
pub(crate) fn page(
    shell: Shell,
    when: &dyn Fn(jiff::Timestamp) -> String,
    path: &str,
    found: LinkedRequest,
) -> StatusPage {
    use domain::ProviderRequestState as State;
    let one = &found.request;
    let due = date::long(one.due_on);
    let lead = match one.state {
        State::Received if found.is_late => {
            format!("Received. An answer was due by {due}; you can write to the careers leader.")
        }
        State::Received => format!("Received. You will have an answer by {due}."),
        State::Reviewing if found.is_late => {
            format!("Under review. An answer was due by {due}; you can write to the careers leader.")
        }
        State::Reviewing => format!("Under review. You will have an answer by {due}."),
        State::MoreInformation => "You were asked something. Your answer is needed to go on.".to_owned(),
        State::Granted => "Granted. This is agreed:".to_owned(),
        State::Refused => format!(
            "Refused. The ground, from the published list: {}.",
            one.ground.clone().unwrap_or_default().trim_end_matches('.')
        ),
        State::Deferred => format!("Put off. It is looked at again by {due}."),
        State::Delivered | State::Evaluated => "Your visit took place. Thank you.".to_owned(),
        State::Withdrawn => "You withdrew this request. You can ask again whenever you like.".to_owned(),
    };
    StatusPage {
        shell: shell.titled(format!("Your request {}", one.reference)),
        lead,
        steps: found
            .steps
            .iter()
            .map(|step| {
                let who = if step.by_provider { "You" } else { "The institution" };
                (format!("{}: {}", who, step.state.label()), when(step.at), step.note.clone().unwrap_or_default())
            })
            .collect(),
        action: path.to_owned(),
        contact: RequestContactForm {
            contact: one.contact.clone(),
            email: one.email.clone(),
            phone: one.phone.clone().unwrap_or_default(),
        },
        text: String::new(),
        reason: String::new(),
        is_open: one.state.is_open() || one.state == State::Granted,
        found,
    }
}

fn refused(failure: Failure) -> Result<Response, Failure> {
    let (_, message, reference) = failure.words();
    if reference.is_some() || matches!(failure, Failure::Problems(_)) {
        return Err(failure);
    }
    Ok(unusable("This link does not open a request", message, &failure))
}

/// GET the request.
pub(crate) async fn status(
    State(site): State<Site>,
    Path((word, token)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let id = public_institution(&site, &word).await?;
    let path = format!("/{word}/provider-access/request/{token}");
    match site.run(move |app| app.request_by_link(id, &token)).await {
        Ok(found) => {
            let (shell, secret) = knock(&site, &headers);
            let page = page(shell, &|at| site.when(at), &path, found);
            Ok(with_visit(&site, &secret, show(&page)))
        }
        Err(failure) => refused(failure),
    }
}

/// What a provider does with a request.
enum Deed {
    Answer,
    Contact,
    Withdraw,
}

async fn act(site: Site, word: String, token: String, request: Request, deed: Deed) -> Answer {
    let id = public_institution(&site, &word).await?;
    let Knocked { secret, fields } = Knocked::from_request(request, &site).await?;
    let path = format!("/{word}/provider-access/request/{token}");
    let contact = RequestContactForm {
        contact: fields.text("contact"),
        email: fields.text("email"),
        phone: fields.text("phone"),
    };
    let (text, reason) = (fields.text("text"), fields.text("reason"));
    let (sent, with) = ((contact.clone(), text.clone(), reason.clone()), token.clone());
    let says = match deed {
        Deed::Answer => "Added. The institution is told.",
        Deed::Contact => "Saved. Letters go there from now on.",
        Deed::Withdraw => "Your request is withdrawn.",
    };
    let is_contact = matches!(deed, Deed::Contact);
    let done = site
        .run(move |app| match deed {
            Deed::Answer => app.answer_by_link(id, &with, &sent.1),
            Deed::Contact => app.change_contact_by_link(id, &with, &sent.0),
            Deed::Withdraw => app.withdraw_by_link(id, &with, &sent.2),
        })
        .await;
    match done {
        Ok(()) => Ok(go_saying(&site, &Flash::says(says), &path)),
        Err(Failure::Problems(problems)) => {
            let found = site.run(move |app| app.request_by_link(id, &token)).await?;
            let shell = Shell { csrf: secret, ..Shell::default() };
            let mut page = page(shell, &|at| site.when(at), &path, found);
            page.shell = page.shell.with_problems(problems);
            (page.text, page.reason) = (text, reason);
            if is_contact {
                page.contact = contact;
            }
            Ok(show_again(&page))
        }
        Err(failure) => refused(failure),
    }
}

/// POST something more.
pub(crate) async fn answer(
    State(site): State<Site>,
    Path((word, token)): Path<(String, String)>,
    request: Request,
) -> Answer {
    act(site, word, token, request, Deed::Answer).await
}

/// POST who is written to.
pub(crate) async fn change_contact(
    State(site): State<Site>,
    Path((word, token)): Path<(String, String)>,
    request: Request,
) -> Answer {
    act(site, word, token, request, Deed::Contact).await
}

/// POST that it is taken back.
pub(crate) async fn withdraw(
    State(site): State<Site>,
    Path((word, token)): Path<(String, String)>,
    request: Request,
) -> Answer {
    act(site, word, token, request, Deed::Withdraw).await
}
