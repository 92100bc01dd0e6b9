use app::{PROVIDER_CONTENTS, Refusal, RequestForm, RequestGuard, RequestOffer};
use askama::Template;
use axum::{
    extract::{FromRequest, Path, Request, State},
    http::{HeaderMap, StatusCode},
};
use domain::{Mode, ProviderType, YearGroup};

use crate::{
    answer::{Answer, Failure, go_saying, show},
    fields::Fields,
    labels,
    pages::{
        sign_in::{knock, origin, with_visit},
        website::within,
    },
    parts::{Choice, Flash},
    public::public_institution,
    shell::Shell,
    site::Site,
    visitor::Knocked,
};

/// The published page that stands for the form where there is no server.
const REQUEST: &str = "request.html";

/// The public form, by itself.
#[derive(Template)]
#[template(path = "pages/requests/ask.html")]
pub(crate) struct AskPage {
    pub(crate) shell: Shell,
    pub(crate) form: AskForm,
}

/// The public form with its heading, to stand within the careers site.
#[derive(Template)]
#[template(path = "pages/requests/ask_within.html")]
pub(crate) struct AskWithin {
    pub(crate) form: AskForm,
}

/// What is asked, and what is said before.
#[derive(Template)]
#[template(path = "pages/requests/ask_form.html")]
pub(crate) struct AskForm {
    pub(crate) shell: Shell,
    pub(crate) offer: RequestOffer,
    pub(crate) action: String,
    pub(crate) form: RequestForm,
    pub(crate) choices: RequestChoices,
}

/// What can be chosen in a request, whoever writes it down.
pub(crate) struct RequestChoices {
    pub(crate) types: Vec<Choice>,
    pub(crate) covers: Vec<Choice>,
    /// Why all of these are asked for.
    pub(crate) covers_hint: &'static str,
    pub(crate) years: Vec<Choice>,
    pub(crate) formats: Vec<Choice>,
}

impl RequestChoices {
    pub(crate) fn of(form: &RequestForm, years: &[YearGroup], has_duty: bool) -> Self {
        let ticked = |words: &[String], word: &str| words.iter().any(|one| one == word);
        let types = ProviderType::ALL
            .iter()
            .map(|one| Choice::new(one, labels::provider_type(*one), form.provider_type == one.word()));
        let other = Choice::new("other", "Something else", form.provider_type == "other");
        let cover = |check: &domain::Check| Choice::new(check, content(*check), ticked(&form.covers, check.word()));
        Self {
            types: types.chain([other]).collect(),
            covers: PROVIDER_CONTENTS.iter().map(cover).collect(),
            covers_hint: match has_duty {
                true => "The law has schools ask for all four.",
                false => "We ask you to cover all four.",
            },
            years: years
                .iter()
                .map(|year| {
                    let number = year.number().to_string();
                    let chosen = ticked(&form.year_groups, &number);
                    Choice::new(number, format!("Year {year}"), chosen)
                })
                .collect(),
            formats: Mode::ALL
                .iter()
                .map(|one| Choice::new(one, labels::mode(*one), form.format == one.word()))
                .collect(),
        }
    }
}

pub(crate) fn asked_for(shell: Shell, word: &str, offer: RequestOffer, form: RequestForm) -> AskForm {
    AskForm {
        shell: shell.titled(format!("Ask to meet learners at {}", offer.institution)),
        action: format!("/{word}/request"),
        choices: RequestChoices::of(&form, &offer.years, offer.has_duty),
        offer,
        form,
    }
}

impl AskPage {
    pub(crate) fn of(form: AskForm) -> Self {
        Self { shell: form.shell.clone(), form }
    }
}

/// The form in the looks of the careers site if one is public, and by itself if not: providers may ask in either case.
async fn shown(site: &Site, word: &str, form: AskForm) -> Answer {
    let asked = word.to_owned();
    let title = if form.shell.problems.any() { "Error: Ask to come in" } else { "" };
    match site.run(move |app| app.public_site(&asked)).await {
        Ok(found) => within(&found, REQUEST, title, &AskWithin { form }, false),
        Err(Failure::Refusal(Refusal::NotFound)) => Ok(show(&AskPage::of(form))),
        Err(failure) => Err(failure),
    }
}

/// A request as its fields were sent.
pub(super) fn sent(fields: &Fields) -> RequestForm {
    RequestForm {
        organisation: fields.text("organisation"),
        provider_type: fields.text("provider_type"),
        contact: fields.text("contact"),
        email: fields.text("email"),
        phone: fields.text("phone"),
        offers: fields.text("offers"),
        covers: fields.all("covers"),
        year_groups: fields.all("year_groups"),
        wanted: fields.text("wanted"),
        format: fields.text("format"),
        visitors: fields.text("visitors"),
        needs: fields.text("needs"),
        message: fields.text("message"),
    }
}

/// One of the four contents, as a provider would say it.
pub(super) const fn content(check: domain::Check) -> &'static str {
    match check {
        domain::Check::PalOffer => "Who we are, and the technical qualifications or apprenticeships that we offer",
        domain::Check::PalCareers => "The careers that these could lead to",
        domain::Check::PalExperience => "What learning or training with us is like",
        _ => "Answers to learners’ questions",
    }
}

/// The field that people do not see: no browser fills it in by its name.
pub(crate) const TRAP: &str = "leave_blank";

/// GET the form.
pub(crate) async fn form(State(site): State<Site>, Path(word): Path<String>, headers: HeaderMap) -> Answer {
    let id = public_institution(&site, &word).await?;
    let offer = site.run(move |app| app.request_offer(id)).await?;
    let (shell, secret) = knock(&site, &headers);
    let page = shown(&site, &word, asked_for(shell, &word, offer, RequestForm::default())).await?;
    Ok(with_visit(&site, &secret, page))
}

/// POST a request.
pub(crate) async fn send(State(site): State<Site>, Path(word): Path<String>, request: Request) -> Answer {
    let id = public_institution(&site, &word).await?;
    let from = origin(&request);
    let Knocked { secret, fields } = Knocked::from_request(request, &site).await?;
    let form = sent(&fields);
    let guard = RequestGuard { opened: fields.text("opened"), trap: fields.text(TRAP) };
    let copy = form.clone();
    match site.run(move |app| app.ask_for_access(id, &copy, &guard, &from)).await {
        Ok(asked) => {
            let flash = Flash::says(format!(
                "Your request is saved. Its reference is {}. Keep the address of this page: it is for you alone.",
                asked.reference
            ));
            let address = format!("/{word}/provider-access/request/{}", asked.token.reveal());
            Ok(go_saying(&site, &flash, &address))
        }
        Err(Failure::Problems(problems)) => {
            let offer = site.run(move |app| app.request_offer(id)).await?;
            let shell = Shell { csrf: secret, ..Shell::default() }.with_problems(problems);
            let mut again = shown(&site, &word, asked_for(shell, &word, offer, form)).await?;
            *again.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(again)
        }
        Err(failure) => Err(failure),
    }
}
