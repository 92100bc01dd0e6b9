use app::SavedPage;
use axum::extract::{Multipart, State};
use domain::SiteCheckId;

use super::list;
use crate::{
    answer::{Answer, Failure, go, show_again},
    site::Site,
    upload,
    visitor::{Here, Posted, Visitor},
};

/// POST an address: the check begins.
pub(crate) async fn address(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let address = posted.fields.text("address");
    let (actor, institution, asked) = (posted.visitor.actor.clone(), here.institution, address.clone());
    let begun = site.run(move |app| app.start_website_check(&actor, institution, &asked)).await;
    answer(&site, &posted.visitor, &here, Some(address), begun).await
}

/// POST saved pages and documents: the check begins.
pub(crate) async fn files(State(site): State<Site>, here: Here, visitor: Visitor, form: Multipart) -> Answer {
    let begun = match upload::read_several(&visitor, form).await {
        Ok(files) => {
            let files = files.into_iter().map(|(name, bytes)| SavedPage { name, bytes }).collect();
            let (actor, institution) = (visitor.actor.clone(), here.institution);
            site.run(move |app| app.start_check_of_saved_pages(&actor, institution, files)).await
        }
        Err(failure) => Err(failure),
    };
    answer(&site, &visitor, &here, None, begun).await
}

async fn answer(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    typed: Option<String>,
    begun: Result<SiteCheckId, Failure>,
) -> Answer {
    match begun {
        Ok(id) => Ok(go(&format!("/institutions/{}/website/check/{id}", here.institution))),
        Err(Failure::Problems(problems)) => {
            let (actor, view) = (visitor.actor.clone(), here.view());
            let checks = site.run(move |app| app.website_checks(&actor, view)).await?;
            Ok(show_again(&list::page(site, visitor, &checks, typed, problems)))
        }
        Err(failure) => Err(failure),
    }
}
