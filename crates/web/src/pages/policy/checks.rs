use std::collections::BTreeSet;

use app::PolicyState;
use askama::Template;
use axum::extract::{Path, State};
use policy::{Check, CheckStanding};

use super::{CheckLine, id, lines};
use crate::{
    answer::{Answer, show},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// What stands against signing, and what the record says of the promises.
#[derive(Template)]
#[template(path = "pages/policy/checks.html")]
pub(crate) struct ChecksPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) stops: Vec<CheckLine>,
    pub(crate) warnings: Vec<CheckLine>,
    pub(crate) kept: Vec<CheckLine>,
    /// What it warned of when it was signed; none for a draft.
    pub(crate) then: Option<Vec<CheckLine>>,
    /// Where it is signed, if nothing stands against it, for those who may.
    pub(crate) sign: Option<String>,
}

/// GET the findings.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, policy)): Path<(String, String)>,
) -> Answer {
    let (actor, view, version) = (visitor.actor.clone(), here.view(), id(&policy)?);
    let page = site.run(move |app| app.policy(&actor, view, version)).await?;
    let base = format!("policy/{version}");
    let under = format!("{base}/checks");
    let place = Place::new(&page.frame, &under);
    let section_of = |key: &str| {
        let section = page.sections.iter().find(|one| one.clauses.iter().any(|row| row.clause.key == key))?;
        Some((section.key.clone(), section.heading.clone()))
    };
    let of = |standing: CheckStanding| {
        // Several clauses may promise the same: it is said once.
        let mut said = BTreeSet::new();
        let once = |check: &&Check| check.promise.is_none() || said.insert(check.requirement.clone());
        let these: Vec<_> =
            page.checks.iter().filter(|check| check.standing == standing).filter(once).cloned().collect();
        lines(&these, &page.policy, &page.asked_of_all, &place, section_of)
    };
    let (stops, warnings, kept) = (of(CheckStanding::Stop), of(CheckStanding::Warn), of(CheckStanding::Good));
    let is_draft = page.policy.state == PolicyState::Draft;
    Ok(show(&ChecksPage {
        lead: match stops.len() {
            0 if is_draft => "Nothing stands against signing it.".to_owned(),
            0 => "It is as it should be.".to_owned(),
            open => format!(
                "{} before it can be signed.",
                words::count_capital(open, "thing is to be done", "things are to be done")
            ),
        },
        sign: (stops.is_empty() && is_draft && page.may_sign).then(|| place.to(&format!("{base}/signature"))),
        then: (!is_draft).then(|| lines(&page.signed_warnings, &page.policy, &page.asked_of_all, &place, section_of)),
        stops,
        warnings,
        kept,
        shell: visitor
            .shell_at(&page.frame, &under)
            .at("policy")
            .titled("Before you sign")
            .under(place.to("policy"), "Policy")
            .under(place.to(&base), format!("{}, version {}", page.title, page.policy.number)),
    }))
}
