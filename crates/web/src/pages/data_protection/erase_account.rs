use app::FieldProblem;
use askama::Template;
use axum::extract::{Path, State};
use domain::AccountId;

use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    parts::Flash,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

/// Erases the account of somebody who worked here.
#[derive(Template)]
#[template(path = "pages/data_protection/erase_account.html")]
pub(crate) struct EraseAccountPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) action: String,
    pub(crate) reason: String,
    pub(crate) back: String,
}

/// GET the form.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, account)): Path<(String, String)>,
) -> Answer {
    let id = account.parse().map_err(|_| Failure::NOT_FOUND)?;
    Ok(show(&page(&site, &visitor, &here, id, String::new(), Vec::new()).await?))
}

/// POST the reason: it is done.
pub(crate) async fn erase(
    State(site): State<Site>,
    here: Here,
    Path((_, account)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id: AccountId = account.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution, reason) = (posted.visitor.actor.clone(), here.institution, posted.fields.text("reason"));
    let why = reason.clone();
    match site.run(move |app| app.erase_account(&actor, institution, id, &why)).await {
        Ok(()) => {
            let flash =
                Flash::says("The account is erased. What the person did stays in the audit trail, without a name.");
            Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/settings/people")))
        }
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(&site, &posted.visitor, &here, id, reason, problems).await?))
        }
        Err(failure) => Err(failure),
    }
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    id: AccountId,
    reason: String,
    problems: Vec<FieldProblem>,
) -> Result<EraseAccountPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let (frame, name) = site.run(move |app| app.account_to_erase(&actor, view, id)).await?;
    let under = format!("settings/people/{id}/erase");
    let place = Place::new(&frame, &under);
    Ok(EraseAccountPage {
        lead: format!(
            "{name} can no longer sign in; name, address, ways of signing in, roles and keys go for good. What they did stays in the audit \
             trail, by a number that leads to nobody. Their name also stays where it was typed as who decided or confirmed something."
        ),
        action: place.to(&under),
        reason,
        back: place.to(&format!("settings/people/{id}")),
        shell: visitor
            .shell_at(&frame, &under)
            .at("settings")
            .titled("Erase this account")
            .under(place.to("settings"), "Institution")
            .under(place.to("settings/people"), "People")
            .under(place.to(&format!("settings/people/{id}")), name)
            .with_problems(problems),
    })
}
