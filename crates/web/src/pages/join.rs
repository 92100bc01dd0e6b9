//! Taking an invitation up: with a new account, or as somebody who signs in already.

use app::{NewAccount, Offer};
use askama::Template;
use axum::extract::{FromRequest, FromRequestParts, Path, Request, State};
use domain::date;

use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    labels,
    linked::{institution_of, refused},
    pages::{
        sign_in::{begin, knock, origin, with_visit},
        sign_on::{SignOnButton, buttons},
    },
    parts::Flash,
    shell::Shell,
    site::Site,
    visitor::{Knocked, Posted, Visitor},
};

/// What an invitation offers, and how to accept it.
#[derive(Template)]
#[template(path = "pages/join/join.html")]
pub(crate) struct JoinPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) until: String,
    pub(crate) action: String,
    /// Who is signed in, and accepts as themselves.
    pub(crate) person: Option<String>,
    pub(crate) name: String,
    /// What was typed, if the invitation names no address.
    pub(crate) email: String,
    /// The address that the invitation names.
    pub(crate) fixed_email: Option<String>,
    /// Where those who have an account sign in first.
    pub(crate) sign_in: String,
    /// The identity providers that it can be accepted with.
    pub(crate) providers: Vec<SignOnButton>,
}

/// GET what is offered.
pub(crate) async fn get(
    State(site): State<Site>,
    Path((institution, token)): Path<(String, String)>,
    request: Request,
) -> Answer {
    let (mut parts, _) = request.into_parts();
    let offer = match offer(&site, &institution, &token).await {
        Ok(offer) => offer,
        Err(failure) => return refused("invitation", failure),
    };
    let path = format!("/join/{institution}/{token}");
    match Visitor::from_request_parts(&mut parts, &site).await {
        Ok(visitor) => {
            let person = Some(visitor.actor.name().to_owned());
            Ok(show(&page(&site, visitor.shell(), &offer, path, person, offer.name.clone(), String::new())))
        }
        Err(_) => {
            let (shell, secret) = knock(&site, &parts.headers);
            let page = page(&site, shell, &offer, path, None, offer.name.clone(), String::new());
            Ok(with_visit(&site, &secret, show(&page)))
        }
    }
}

/// POST that it is accepted: by whoever is signed in, or by somebody new.
pub(crate) async fn post(
    State(site): State<Site>,
    Path((institution, token)): Path<(String, String)>,
    request: Request,
) -> Answer {
    let offer = match offer(&site, &institution, &token).await {
        Ok(offer) => offer,
        Err(failure) => return refused("invitation", failure),
    };
    let id = institution_of(&institution)?;
    let home = format!("/institutions/{institution}");
    let (mut parts, body) = request.into_parts();
    let is_signed_in = Visitor::from_request_parts(&mut parts, &site).await.is_ok();
    let request = Request::from_parts(parts, body);
    if is_signed_in {
        let Posted { visitor, .. } = Posted::from_request(request, &site).await?;
        let accepted = site.run(move |app| app.accept_invitation_as(&visitor.actor, id, &token)).await;
        return match accepted {
            Ok(()) => Ok(go_saying(&site, &Flash::says("Welcome. You can work here from now on."), &home)),
            Err(failure) => refused("invitation", failure),
        };
    }
    let from = origin(&request);
    let Knocked { secret, fields } = Knocked::from_request(request, &site).await?;
    let (name, email) = (fields.text("name"), fields.text("email"));
    let new = NewAccount { name: name.clone(), email: email.clone(), password: fields.text("password") };
    let path = format!("/join/{institution}/{token}");
    match site.run(move |app| app.accept_invitation(id, &token, &new, &from)).await {
        Ok(session) => Ok(begin(&site, session.token.reveal(), &home)),
        Err(Failure::Problems(problems)) => {
            let shell = Shell { csrf: secret, ..Shell::default() }.with_problems(problems);
            Ok(show_again(&page(&site, shell, &offer, path, None, name, email)))
        }
        Err(failure) => refused("invitation", failure),
    }
}

async fn offer(site: &Site, institution: &str, token: &str) -> Result<Offer, Failure> {
    let (id, token) = (institution_of(institution)?, token.to_owned());
    site.run(move |app| app.invitation(id, &token)).await
}

fn page(
    site: &Site,
    shell: Shell,
    offer: &Offer,
    path: String,
    person: Option<String>,
    name: String,
    email: String,
) -> JoinPage {
    let until = site.app.context().zone().to_datetime(offer.expires_at).date();
    let over = match &offer.holding.reach {
        app::Reach::Groups(_) => format!(", for {}", offer.holding.reach.label()),
        app::Reach::Institution | app::Reach::Caseload(_) => String::new(),
    };
    let role = offer.holding.role;
    JoinPage {
        shell: shell.titled(format!("Join {}", offer.institution)),
        lead: format!(
            "{} invites you to work with its careers records as {}{over}: somebody who {}.",
            offer.institution,
            labels::role_in_a_sentence(role),
            labels::role_means(role)
        ),
        until: date::long(until),
        sign_in: format!("/sign-in?next={path}"),
        providers: buttons(site, &format!("{path}/with"), ""),
        action: path,
        person,
        name,
        email,
        fixed_email: offer.email.clone(),
    }
}
