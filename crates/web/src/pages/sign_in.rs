use app::{Origin, SetUp};
use askama::Template;
use axum::{
    extract::{FromRequest, Query, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{AppendHeaders, IntoResponse, Response},
};

use crate::{
    address::ours_or_start,
    answer::{Answer, Failure, go, show, show_again},
    client::Client,
    cookies, device,
    fields::Fields,
    pages::{
        second_step,
        sign_on::{SignOnButton, buttons},
    },
    shell::Shell,
    site::Site,
    visitor::{Knocked, Posted},
};

/// Under which address forms begin to sign in with an identity provider.
const WITH: &str = "/sign-in/with";

/// Asks who it is.
#[derive(Template)]
#[template(path = "pages/sign_in/sign_in.html")]
pub(crate) struct SignInPage {
    pub(crate) shell: Shell,
    pub(crate) email: String,
    /// Where to go on, an address of our own.
    pub(crate) next: String,
    /// The identity providers that people may sign in with.
    pub(crate) providers: Vec<SignOnButton>,
    /// Whether browsers have passkeys for this server.
    pub(crate) offers_passkeys: bool,
}

/// The frame of a page before signing in, with the cookie that its form needs.
pub(crate) fn knock(site: &Site, headers: &HeaderMap) -> (Shell, String) {
    let secret = cookies::visit(headers).map_or_else(|| site.secret(), str::to_owned);
    (Shell { csrf: secret.clone(), flash: cookies::flash(headers, &secret), ..Shell::default() }, secret)
}

/// A page with the cookie that its form needs.
pub(crate) fn with_visit(site: &Site, secret: &str, page: Response) -> Response {
    ([(header::SET_COOKIE, cookies::set_visit(&site.settings, secret))], page).into_response()
}

/// Where a request comes from, for slowing down guesses; empty when the server is not told. The same as [`Client::neighbourhood`],
/// for handlers that take the request whole.
pub(crate) fn origin(request: &Request) -> Origin {
    let client = request.extensions().get::<Client>();
    Origin { address: client.map_or(String::new(), Client::neighbourhood), device: device::words(request.headers()) }
}

/// GET the form.
pub(crate) async fn get(
    State(site): State<Site>,
    headers: HeaderMap,
    Query(query): Query<Vec<(String, String)>>,
) -> Answer {
    if site.run(app::App::set_up).await? == SetUp::NeedsAdministrator {
        return Ok(go("/setup"));
    }
    let (shell, secret) = knock(&site, &headers);
    let shown = page(&site, shell, String::new(), Fields(query).text("next"));
    Ok(with_visit(&site, &secret, show(&shown)))
}

/// The form, with what was typed.
pub(crate) fn page(site: &Site, shell: Shell, email: String, next: String) -> SignInPage {
    SignInPage {
        shell: shell.titled("Sign in"),
        email,
        providers: buttons(site, WITH, &next),
        next,
        offers_passkeys: site.relying_party().is_some(),
    }
}

/// POST address and password.
pub(crate) async fn post(State(site): State<Site>, request: Request) -> Answer {
    let mut from = origin(&request);
    let browser = cookies::known(request.headers()).map_or_else(|| site.secret(), str::to_owned);
    let Knocked { secret, fields } = Knocked::from_request(request, &site).await?;
    let (email, next) = (fields.text("email"), fields.text("next"));
    if site.known.recognises(&browser, &email) {
        from.address = format!("browser {browser}");
    }
    match site.run(move |app| app.sign_in(fields.one("email"), fields.one("password"), &from)).await {
        Ok(session) => {
            site.known.remember(&browser, &email);
            let next = if session.awaits_second_step { second_step::address(&next) } else { next };
            let mut response = begin(&site, session.token.reveal(), &next);
            response.headers_mut().append(header::SET_COOKIE, cookies::set_known(&site.settings, &browser));
            Ok(response)
        }
        Err(Failure::Problems(problems)) => {
            let shell = Shell { csrf: secret, ..Shell::default() }.with_problems(problems);
            Ok(show_again(&page(&site, shell, email, next)))
        }
        Err(failure) => Err(failure),
    }
}

/// Goes on with a session just begun. Only to an address of our own.
pub(crate) fn begin(site: &Site, token: &str, next: &str) -> Response {
    let cookie = AppendHeaders([(header::SET_COOKIE, cookies::set_session(&site.settings, Some(token)))]);
    (cookie, go(ours_or_start(next))).into_response()
}

/// POST: ends the session.
pub(crate) async fn out(State(site): State<Site>, headers: HeaderMap, _posted: Posted) -> Answer {
    if let Some(token) = cookies::session(&headers).map(str::to_owned) {
        site.run(move |app| app.sign_out(&token)).await?;
    }
    // What pages may have stored goes as well; pages themselves are never kept. Not all cookies: those of neighbouring sites would be
    // among them.
    let end = [
        (header::SET_COOKIE, cookies::set_session(&site.settings, None)),
        (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"storage\"")),
    ];
    Ok((end, go("/sign-in")).into_response())
}
