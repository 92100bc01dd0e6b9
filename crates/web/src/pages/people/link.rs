//! A link to hand over, shown once.

use askama::Template;
use axum::extract::{Path, State};
use domain::AccountId;
use jiff::Timestamp;

use crate::{
    answer::{Answer, Failure, show},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

/// Shows a link once.
#[derive(Template)]
#[template(path = "pages/people/link.html")]
pub(crate) struct LinkPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) link: String,
    pub(crate) back: String,
}

impl LinkPage {
    /// The link of an invitation.
    pub(crate) async fn invitation(
        site: &Site,
        visitor: &Visitor,
        here: &Here,
        path: &str,
        until: Timestamp,
    ) -> Result<Self, Failure> {
        let lead = format!(
            "Whoever opens it joins with this role: give it to the person only. It works once, until {}.",
            site.when(until)
        );
        Self::new(site, visitor, here, "Hand over this link", lead, path).await
    }

    async fn new(
        site: &Site,
        visitor: &Visitor,
        here: &Here,
        title: &str,
        lead: String,
        path: &str,
    ) -> Result<Self, Failure> {
        let (actor, view) = (visitor.actor.clone(), here.view());
        let frame = site.run(move |app| app.frame(&actor, view)).await?;
        let place = Place::new(&frame, "settings/people");
        let start = site.settings.public_address.as_deref().unwrap_or_default();
        Ok(Self {
            shell: visitor
                .shell_at(&frame, "settings/people")
                .at("settings")
                .titled(title)
                .under(place.to("settings"), "Institution")
                .under(place.to("settings/people"), "People"),
            lead,
            link: format!("{}{path}", start.trim_end_matches('/')),
            back: place.to("settings/people"),
        })
    }
}

/// POST that somebody who works here may set another password by a link.
pub(crate) async fn password_link(
    State(site): State<Site>,
    here: Here,
    Path((_, account)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let account: AccountId = account.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    let token = site.run(move |app| app.reset_link(&actor, institution, account)).await?;
    let lead = "Whoever opens it sets a new password for this person: give it to them only. It works once, within one hour. \
                Their present password holds until then.";
    let path = format!("/reset/{}", token.reveal());
    let page = LinkPage::new(&site, &posted.visitor, &here, "Hand over this link", lead.to_owned(), &path).await?;
    Ok(show(&page))
}
