use app::{FieldProblem, SiteCheckRow, SiteCheckState, SiteChecks};
use askama::Template;
use axum::extract::State;

use super::{tag, what};
use crate::{
    answer::{Answer, show},
    parts::Tag,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
};

/// Where a check begins, and those before.
#[derive(Template)]
#[template(path = "pages/site_check/list.html")]
pub(crate) struct ChecksPage {
    pub(crate) shell: Shell,
    pub(crate) lead: &'static str,
    /// Where an address and where files go, for those who may begin a check.
    pub(crate) begin: Option<(String, String)>,
    pub(crate) address: String,
    /// The check that is under way.
    pub(crate) running: Option<String>,
    pub(crate) checks: Vec<CheckLine>,
}

/// A check.
pub(crate) struct CheckLine {
    pub(crate) href: String,
    pub(crate) when: String,
    pub(crate) what: String,
    pub(crate) tag: Tag,
    pub(crate) counts: String,
    pub(crate) by: String,
}

/// GET the checks so far.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let checks = site.run(move |app| app.website_checks(&actor, view)).await?;
    Ok(show(&page(&site, &visitor, &checks, None, Vec::new())))
}

/// The page; `typed` is an address that was not taken.
pub(super) fn page(
    site: &Site,
    visitor: &Visitor,
    checks: &SiteChecks,
    typed: Option<String>,
    problems: Vec<FieldProblem>,
) -> ChecksPage {
    let place = Place::new(&checks.frame, "website/check");
    let at = |row: &SiteCheckRow| place.to(&format!("website/check/{}", row.id));
    ChecksPage {
        lead: "Waymark reads the careers pages of your own website and says, item by item, what of that which must be published is there.",
        begin: checks.may_check.then(|| (place.to("website/check"), place.to("website/check/files"))),
        address: typed.unwrap_or_else(|| checks.address.clone()),
        running: checks.rows.iter().find(|row| row.state == SiteCheckState::Running).map(at),
        checks: checks
            .rows
            .iter()
            .map(|row| CheckLine {
                href: at(row),
                when: site.when(row.made_at),
                what: what(row).to_owned(),
                tag: tag(row),
                counts: row.counts.map_or(String::new(), |(found, unclear, missing)| {
                    format!("{found} found, {unclear} unclear, {missing} not found")
                }),
                by: row.by.clone().unwrap_or_default(),
            })
            .collect(),
        shell: visitor
            .shell_at(&checks.frame, "website/check")
            .at("website")
            .titled("Check your website")
            .under(place.to("website"), "Website")
            .with_problems(problems),
    }
}
