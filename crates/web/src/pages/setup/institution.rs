use app::FieldProblem;
use askama::Template;
use axum::{
    extract::{Multipart, Query, State},
    http::header,
    response::IntoResponse,
};

use crate::{
    answer::{Answer, Failure, go, show, show_again},
    cookies,
    fields::Fields,
    pages::institution::{DetailsForm, DetailsPage, types},
    parts::Flash,
    shell::Shell,
    site::Site,
    upload,
    visitor::{Posted, Visitor},
    words,
};

/// Finds the institution by URN, or leads to entering it by hand.
#[derive(Template)]
#[template(path = "pages/setup/institution.html")]
pub(crate) struct SetupInstitutionPage {
    pub(crate) shell: Shell,
    /// What was looked for.
    pub(crate) text: String,
    /// Whether something was looked for.
    pub(crate) asked: bool,
    pub(crate) found: Vec<Found>,
}

/// What the list says about an establishment.
pub(crate) struct Found {
    pub(crate) urn: String,
    pub(crate) name: String,
    pub(crate) facts: Vec<(&'static str, String)>,
}

/// GET: which institution is it?
pub(crate) async fn institution(
    State(site): State<Site>,
    visitor: Visitor,
    Query(query): Query<Vec<(String, String)>>,
) -> Answer {
    let text = Fields(query).text("urn");
    let (actor, wanted) = (visitor.actor.clone(), text.clone());
    let asked = !text.trim().is_empty();
    let found = match site.run(move |app| app.find_establishments(&actor, &wanted)).await {
        Ok(found) => found,
        Err(Failure::Problems(problems)) => {
            let shell = visitor.shell().titled(TITLE).with_problems(problems);
            return Ok(show_again(&SetupInstitutionPage { shell, text, asked: false, found: Vec::new() }));
        }
        Err(failure) => return Err(failure),
    };
    let found = found.into_iter().map(|each| Found {
        facts: [
            ("URN", Some(each.urn.clone())),
            ("Type", each.type_name),
            ("Where", each.town),
            ("Status", each.status),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect(),
        urn: each.urn,
        name: each.name,
    });
    Ok(show(&SetupInstitutionPage { shell: visitor.shell().titled(TITLE), text, asked, found: found.collect() }))
}

const TITLE: &str = "Your institution";

/// GET the form for entering it by hand, or for completing what the list says about a URN.
pub(crate) async fn by_hand(
    State(site): State<Site>,
    visitor: Visitor,
    Query(query): Query<Vec<(String, String)>>,
) -> Answer {
    if !visitor.actor.may_set_up() {
        return Err(Failure::Refusal(app::Refusal::NotAllowed));
    }
    let urn = Fields(query).text("urn");
    let mut form = DetailsForm { lowest_year: "7".to_owned(), highest_year: "11".to_owned(), ..DetailsForm::default() };
    if !urn.is_empty() {
        let actor = visitor.actor.clone();
        let found = site.run(move |app| app.find_establishments(&actor, &urn)).await?;
        if let Some(found) = found.first() {
            form = DetailsForm::of(&found.form);
        }
    }
    Ok(show(&details(visitor.shell(), form, Vec::new())))
}

/// POST the institution as entered.
pub(crate) async fn add_by_hand(State(site): State<Site>, posted: Posted) -> Answer {
    let form = DetailsForm::typed(&posted.fields);
    let (actor, sent) = (posted.visitor.actor.clone(), form.form());
    match site.run(move |app| app.add_institution(&actor, &sent)).await {
        Ok(id) => Ok(go(&format!("/institutions/{id}/imports"))),
        Err(Failure::Problems(problems)) => Ok(show_again(&details(posted.visitor.shell(), form, problems))),
        Err(failure) => Err(failure),
    }
}

fn details(shell: Shell, form: DetailsForm, problems: Vec<FieldProblem>) -> DetailsPage {
    DetailsPage {
        shell: shell.titled("Your institution").under("/setup/institution", "Find it by URN").with_problems(problems),
        action: "/setup/institution/new".to_owned(),
        types: types(&form.kind),
        parameters: Vec::new(),
        form,
        button: "Set up the institution",
    }
}

/// POST a list of establishments.
pub(crate) async fn register(State(site): State<Site>, visitor: Visitor, form: Multipart) -> Answer {
    let sent = upload::read(&visitor, form).await?;
    let actor = visitor.actor.clone();
    let (counts, problems) = site.run(move |app| app.read_register(&actor, &sent.file_name, &sent.bytes)).await?;
    let message = match problems.len() {
        0 => format!("The list is in: {}.", words::count(counts.establishments, "establishment", "establishments")),
        some => format!(
            "The list is in: {}. {} left out.",
            words::count(counts.establishments, "establishment", "establishments"),
            words::count_capital(some, "row was", "rows were")
        ),
    };
    let flash = Flash { message, warning: !problems.is_empty(), undo: None };
    let cookie = [(header::SET_COOKIE, cookies::set_flash(&site.settings, &flash))];
    Ok((cookie, go("/setup/institution")).into_response())
}
