use app::{SiteCheckPage, SiteCheckState};
use askama::Template;
use axum::extract::{Path, State};

use super::{
    found::{self, UnreadLine, unread},
    what,
};
use crate::{
    answer::{Answer, Failure, show},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// A check under way: the page comes again by itself, with script or without.
#[derive(Template)]
#[template(path = "pages/site_check/running.html")]
pub(crate) struct RunningPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) percent: u8,
    pub(crate) detail: String,
}

/// A check that found nothing out.
#[derive(Template)]
#[template(path = "pages/site_check/failed.html")]
pub(crate) struct FailedPage {
    pub(crate) shell: Shell,
    pub(crate) lead: &'static str,
    pub(crate) unread: Vec<UnreadLine>,
    /// Where another begins.
    pub(crate) again: String,
}

/// GET a check, wherever it stands.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, check)): Path<(String, String)>,
) -> Answer {
    let id = check.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, view) = (visitor.actor.clone(), here.view());
    let check = site.run(move |app| app.website_check(&actor, view, id)).await?;
    let shell = shell(&visitor, &check);
    match (check.row.state, &check.report) {
        (SiteCheckState::Running, _) => Ok(show(&running(shell, &check))),
        (SiteCheckState::Finished, Some(report)) => Ok(show(&found::page(&site, shell, &check, report))),
        (state, _) => Ok(show(&failed(shell, &check, state))),
    }
}

fn shell(visitor: &Visitor, check: &SiteCheckPage) -> Shell {
    let under = format!("website/check/{}", check.row.id);
    let place = Place::new(&check.frame, &under);
    visitor
        .shell_at(&check.frame, &under)
        .at("website")
        .titled(if check.row.address.is_empty() { "Check of saved pages" } else { "Check of your website" })
        .under(place.to("website"), "Website")
        .under(place.to("website/check"), "Check your website")
}

fn running(mut shell: Shell, check: &SiteCheckPage) -> RunningPage {
    shell.refresh = Some(2);
    let (asked, waiting) = check.progress.unwrap_or_default();
    // More pages may turn up at any moment: what is left is at least this.
    let percent = (asked * 100).checked_div(asked + waiting.min(60)).unwrap_or(0).min(99);
    RunningPage {
        shell,
        lead: match check.row.address.is_empty() {
            true => "The files are being read.".to_owned(),
            false => format!(
                "{} is being read, a page at a time so that nobody notices. It takes three minutes at most.",
                what(&check.row)
            ),
        },
        percent: u8::try_from(percent).unwrap_or(99),
        detail: match asked {
            0 => "Just begun.".to_owned(),
            _ => {
                format!("{} asked for so far.", words::count_capital(asked, "page or document", "pages and documents"))
            }
        },
    }
}

fn failed(shell: Shell, check: &SiteCheckPage, state: SiteCheckState) -> FailedPage {
    let place = Place::new(&check.frame, "website/check");
    FailedPage {
        shell,
        lead: match state {
            SiteCheckState::Interrupted => {
                "This check was interrupted before it was done, because Waymark was stopped or something went wrong. Nothing of it was kept. Start another."
            }
            _ => "Nothing could be read, so nothing was checked.",
        },
        unread: unread(&check.unread),
        again: place.to("website/check"),
    }
}
