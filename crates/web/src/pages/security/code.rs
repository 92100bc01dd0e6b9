use app::QrPicture;
use askama::Template;
use axum::extract::State;

use super::recovery_codes;
use crate::{
    answer::{Answer, Failure, go, go_saying, show, show_again},
    parts::Flash,
    shell::Shell,
    site::Site,
    visitor::{Posted, Visitor},
};

/// Sets up an app that makes codes.
#[derive(Template)]
#[template(path = "pages/security/code.html")]
pub(crate) struct CodePage {
    pub(crate) shell: Shell,
    pub(crate) secret: String,
    pub(crate) picture: QrPicture,
}

const HOME: &str = "/account/security";
const HERE: &str = "/account/security/code";

/// POST: makes a secret.
pub(crate) async fn begin(State(site): State<Site>, posted: Posted) -> Answer {
    site.run(move |app| app.offer_totp(&posted.visitor.actor)).await?;
    Ok(go(HERE))
}

/// GET the secret that is to be confirmed.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor) -> Answer {
    Ok(page(&site, &visitor, visitor.shell()).await?.map_or_else(|| go(HOME), |page| show(&page)))
}

/// POST the first code: from here on codes are asked for.
pub(crate) async fn confirm(State(site): State<Site>, posted: Posted) -> Answer {
    let Posted { visitor, fields } = posted;
    let actor = visitor.actor.clone();
    match site.run(move |app| app.confirm_totp(&actor, fields.one("code"))).await {
        Ok(Some(codes)) => Ok(recovery_codes::show_once(&visitor, &codes, "Codes from your app are on.")),
        Ok(None) => Ok(go_saying(&site, &Flash::says("Codes from your app are on."), HOME)),
        Err(Failure::Problems(problems)) => {
            let page = page(&site, &visitor, visitor.shell().with_problems(problems)).await?;
            Ok(page.map_or_else(|| go(HOME), |page| show_again(&page)))
        }
        Err(failure) => Err(failure),
    }
}

/// POST: codes are no longer asked for.
pub(crate) async fn turn_off(State(site): State<Site>, posted: Posted) -> Answer {
    site.run(move |app| app.turn_off_totp(&posted.visitor.actor)).await?;
    Ok(go_saying(&site, &Flash::says("Codes from an app are off. You can delete the entry in the app."), HOME))
}

async fn page(site: &Site, visitor: &Visitor, shell: Shell) -> Result<Option<CodePage>, Failure> {
    let actor = visitor.actor.clone();
    let offer = site.run(move |app| app.totp_offer(&actor)).await?;
    Ok(offer.map(|offer| CodePage {
        shell: shell.titled("Set up an app for codes").under("/account", "Your account").under(HOME, "Security"),
        secret: offer.secret,
        picture: offer.picture,
    }))
}
