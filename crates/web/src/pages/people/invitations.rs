//! Invitations that nobody has taken up, and what can be done with them.

use app::OpenInvitation;
use askama::Template;
use axum::extract::{Path, State};
use domain::{InvitationId, date};

use super::LinkPage;
use crate::{
    answer::{Answer, Failure, go_saying, show},
    labels,
    parts::{Flash, renders_itself},
    place::Place,
    site::Site,
    visitor::{Here, Posted},
};

/// The invitations of the page of people, with the way to invite somebody.
#[derive(Template)]
#[template(path = "pages/people/invitations.html")]
pub(crate) struct Invitations {
    pub(crate) csrf: String,
    pub(crate) invite: String,
    pub(crate) lines: Vec<InvitationLine>,
    /// Whether letters are sent.
    pub(crate) by_email: bool,
}

renders_itself!(Invitations);

/// An invitation that nobody has taken up.
pub(crate) struct InvitationLine {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) role: String,
    pub(crate) until: String,
    pub(crate) has_run_out: bool,
    /// Where it is sent again, or another link is asked for.
    pub(crate) again: String,
    pub(crate) withdraw: String,
}

impl Invitations {
    pub(crate) fn new(site: &Site, place: &Place, csrf: &str, open: Vec<OpenInvitation>) -> Self {
        let line = |invitation: OpenInvitation| {
            let address = place.to(&format!("settings/people/invitations/{}", invitation.id));
            let over = match &invitation.holding.reach {
                app::Reach::Institution => String::new(),
                reach => format!(", {}", reach.label()),
            };
            let until = site.app.context().zone().to_datetime(invitation.expires_at).date();
            InvitationLine {
                name: invitation.name,
                email: invitation.email.unwrap_or_default(),
                role: format!("{}{over}", labels::role(invitation.holding.role)),
                until: date::long(until),
                has_run_out: invitation.has_run_out,
                again: format!("{address}/again"),
                withdraw: format!("{address}/withdraw"),
            }
        };
        Self {
            csrf: csrf.to_owned(),
            invite: place.to("settings/people/invite"),
            lines: open.into_iter().map(line).collect(),
            by_email: site.app.has_post(),
        }
    }
}

/// POST that it is sent again, or that another link is handed over.
pub(crate) async fn again(
    State(site): State<Site>,
    here: Here,
    Path((_, invitation)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&invitation)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    let by_email = posted.fields.one("by") == "email";
    let invited = site.run(move |app| app.send_invitation_again(&actor, institution, id, by_email)).await?;
    match &invited.token {
        None => {
            let flash =
                Flash::says("The invitation is on its way again, with a new link. The earlier link works no more.");
            Ok(go_saying(&site, &flash, &people(&here)))
        }
        Some(token) => {
            let path = format!("/join/{institution}/{}", token.reveal());
            Ok(show(&LinkPage::invitation(&site, &posted.visitor, &here, &path, invited.expires_at).await?))
        }
    }
}

/// POST that it is withdrawn.
pub(crate) async fn withdraw(
    State(site): State<Site>,
    here: Here,
    Path((_, invitation)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&invitation)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.withdraw_invitation(&actor, institution, id)).await?;
    let undo = format!("{}/invitations/{id}/restore", people(&here));
    Ok(go_saying(
        &site,
        &Flash::says("The invitation is withdrawn: its link works no more.").undone_by(undo),
        &people(&here),
    ))
}

/// POST that it was not meant to be withdrawn.
pub(crate) async fn restore(
    State(site): State<Site>,
    here: Here,
    Path((_, invitation)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&invitation)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.restore_invitation(&actor, institution, id)).await?;
    Ok(go_saying(&site, &Flash::says("The invitation holds again, with the same link."), &people(&here)))
}

fn people(here: &Here) -> String {
    format!("/institutions/{}/settings/people", here.institution)
}

fn id_of(text: &str) -> Result<InvitationId, Failure> {
    text.parse().map_err(|_| Failure::NOT_FOUND)
}
