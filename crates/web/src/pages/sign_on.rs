//! Signing in with an identity provider: there, back, and which of them open one's account.

use app::{App, LinkedIdentity, Returned, SignOnRefusal, SignedOn};
use askama::Template;
use axum::{
    extract::{FromRequest, Path, Query, Request, State},
    http::{HeaderMap, HeaderName, StatusCode},
    response::{IntoResponse, Response},
};
use domain::{InstitutionId, date};

use crate::{
    answer::{Answer, Failure, go_saying, show},
    cookies,
    fields::Fields,
    pages::{problem::ProblemPage, sign_in},
    parts::Flash,
    shell::{Crumb, Shell},
    site::Site,
    visitor::{Knocked, Posted, Visitor},
};

/// A button that leads to an identity provider.
#[derive(Debug, Clone)]
pub(crate) struct SignOnButton {
    pub(crate) label: String,
    /// The address that its form is sent to.
    pub(crate) action: String,
    /// Where to go on afterwards, an address of our own.
    pub(crate) next: String,
}

/// Leads on to the provider.
#[derive(Template)]
#[template(path = "pages/sign_on/away.html")]
pub(crate) struct AwayPage {
    pub(crate) shell: Shell,
    pub(crate) label: String,
    pub(crate) address: String,
}

/// Which providers open the account.
#[derive(Template)]
#[template(path = "pages/sign_on/sign_on.html")]
pub(crate) struct SignOnPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) identities: Vec<IdentityLine>,
    pub(crate) more: Vec<SignOnButton>,
}

/// One that does.
pub(crate) struct IdentityLine {
    pub(crate) key: String,
    pub(crate) label: String,
    pub(crate) note: String,
}

/// A button for each provider, whose form goes to its name under `address`.
pub(crate) fn buttons(site: &Site, address: &str, next: &str) -> Vec<SignOnButton> {
    let button = |provider: &app::IdentityProvider| SignOnButton {
        label: provider.label.clone(),
        action: format!("{address}/{}", provider.name),
        next: next.to_owned(),
    };
    site.app.identity_providers().iter().map(button).collect()
}

/// POST: begins to sign in.
pub(crate) async fn begin(State(site): State<Site>, Path(provider): Path<String>, request: Request) -> Answer {
    let from = sign_in::origin(&request);
    let Knocked { secret, fields } = Knocked::from_request(request, &site).await?;
    let (address, next) = (back_address(&site, &provider)?, fields.text("next"));
    away(&site, Shell::default(), provider, move |app, provider| {
        app.begin_sign_on(provider, &address, &secret, &next, &from)
    })
    .await
}

/// POST: begins to take an invitation up.
pub(crate) async fn join(
    State(site): State<Site>,
    Path((institution, token, provider)): Path<(String, String, String)>,
    request: Request,
) -> Answer {
    let institution: InstitutionId = institution.parse().map_err(|_| Failure::NOT_FOUND)?;
    let from = sign_in::origin(&request);
    let Knocked { secret, .. } = Knocked::from_request(request, &site).await?;
    let (address, next) = (back_address(&site, &provider)?, format!("/institutions/{institution}"));
    away(&site, Shell::default(), provider, move |app, provider| {
        app.begin_sign_on_invited(institution, &token, provider, &address, &secret, &next, &from)
    })
    .await
}

/// POST: begins to add a provider to one's account.
pub(crate) async fn add(
    State(site): State<Site>,
    Path(provider): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Answer {
    let token = cookies::session(&headers).unwrap_or_default().to_owned();
    let address = back_address(&site, &provider)?;
    let shell = Shell { flash: None, ..posted.visitor.shell() };
    away(&site, shell, provider, move |app, provider| app.begin_link(&token, provider, &address)).await
}

/// A page that leads on to the provider by itself. A redirect would not do: our policy binds a form to our own pages, and browsers
/// apply it to wherever its answer leads, through every redirect of the provider.
async fn away(
    site: &Site,
    shell: Shell,
    provider: String,
    begin: impl FnOnce(&App, &str) -> app::Result<String> + Send + 'static,
) -> Answer {
    let begun = site.run(move |app| {
        let label = app.identity_provider(&provider)?.label.clone();
        Ok((begin(app, &provider)?, label))
    });
    let (address, label) = begun.await?;
    let page = AwayPage { shell: shell.titled(format!("Going to {label}")), label, address };
    let refresh = (HeaderName::from_static("refresh"), format!("0; url={}", page.address));
    Ok(([refresh], show(&page)).into_response())
}

/// Where the provider sends the browser back to, as it is registered there.
fn back_address(site: &Site, provider: &str) -> Result<String, Failure> {
    site.app.identity_provider(provider).map_err(|_| Failure::NOT_FOUND)?;
    let public = site.settings.public_address.as_deref();
    let public = public.ok_or_else(|| site.fault(&"without a public address no provider can send anybody back"))?;
    Ok(format!("{public}/sign-in/back/{provider}"))
}

/// GET: what the provider sent back.
pub(crate) async fn back(State(site): State<Site>, Path(provider): Path<String>, request: Request) -> Answer {
    let from = sign_in::origin(&request);
    let query = Query::<Vec<(String, String)>>::try_from_uri(request.uri());
    let Query(query) = query.map_err(|_| Failure::problem("The address cannot be read."))?;
    let fields = Fields(query);
    let returned = Returned {
        state: fields.text("state"),
        code: fields.text("code"),
        error: fields.text("error"),
        issuer: fields.text("iss"),
    };
    let browser = cookies::visit(request.headers()).map(str::to_owned);
    let session = cookies::session(request.headers()).map(str::to_owned);
    let was_signed_in = session.is_some();
    let address = back_address(&site, &provider)?;
    let done = site.run(move |app| {
        let label = app.identity_provider(&provider)?.label.clone();
        let (browser, session) = (browser.as_deref(), session.as_deref());
        Ok((app.finish_sign_on(&provider, &address, &returned, browser, session, &from)?, label))
    });
    Ok(match done.await? {
        (SignedOn::In { session, next }, _) => sign_in::begin(&site, session.token.reveal(), &next),
        (SignedOn::Linked, label) => {
            go_saying(&site, &Flash::says(format!("From now on you can sign in with {label}.")), "/account/sign-on")
        }
        (SignedOn::Refused(refusal), label) => refused(refusal, &label, was_signed_in),
    })
}

/// Says why nothing came of it, and what to do.
fn refused(refusal: SignOnRefusal, label: &str, was_signed_in: bool) -> Response {
    let (href, way_out) =
        if was_signed_in { ("/account/sign-on", "Back to your account") } else { ("/sign-in", "Sign in") };
    let page = ProblemPage {
        shell: Shell::default().titled(format!("Not signed in with {label}")),
        message: refusal.sentence(label),
        reference: None,
        way_out: Crumb { href: href.to_owned(), label: way_out.to_owned() },
    };
    let mut response = show(&page);
    *response.status_mut() = match refusal {
        SignOnRefusal::Unreachable(_) => StatusCode::SERVICE_UNAVAILABLE,
        SignOnRefusal::Stale => StatusCode::CONFLICT,
        _ => StatusCode::FORBIDDEN,
    };
    response
}

/// GET which providers open one's account.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor) -> Answer {
    let actor = visitor.actor.clone();
    let identities = site.run(move |app| app.linked_identities(&actor)).await?;
    let day = |at| date::long(site.app.context().zone().to_datetime(at).date());
    let note = |identity: &LinkedIdentity| {
        let used = identity.last_used_at.map_or("not used yet".to_owned(), |at| format!("last used on {}", day(at)));
        format!("Added on {}, {used}.", day(identity.linked_at))
    };
    let no_more = "An organisation that is not used here any more";
    let lines = identities.iter().map(|identity| IdentityLine {
        key: identity.key.clone(),
        label: identity.label.clone().unwrap_or_else(|| no_more.to_owned()),
        note: note(identity),
    });
    let lines: Vec<_> = lines.collect();
    let has = |button: &SignOnButton| identities.iter().any(|identity| identity.label.as_ref() == Some(&button.label));
    let mut more = buttons(&site, "/account/sign-on/add", "");
    more.retain(|button| !has(button));
    let page = SignOnPage {
        shell: visitor.shell().titled("Signing in with your organisation").under("/account", "Your account"),
        lead: match lines.is_empty() {
            true => "So far you do not sign in with an organisation’s account.".to_owned(),
            false => "These accounts open yours here.".to_owned(),
        },
        identities: lines,
        more,
    };
    Ok(show(&page))
}

/// POST: takes a provider away from one's account.
pub(crate) async fn remove(State(site): State<Site>, Path(identity): Path<String>, posted: Posted) -> Answer {
    let actor = posted.visitor.actor.clone();
    site.run(move |app| app.unlink_identity(&actor, &identity)).await?;
    let flash = Flash::says("Removed. That account no longer opens yours; you can add it again at any time.");
    Ok(go_saying(&site, &flash, "/account/sign-on"))
}
