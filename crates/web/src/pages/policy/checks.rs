use std::collections::BTreeSet;

use app::PolicyState;
use askama::Template;
use axum::extract::{Path, State};
use policy::{Check, CheckStanding, PromiseStanding};

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
    /// What the paper promises and the record does not bear out yet, and how much of it there is.
    pub(crate) promises: Vec<CheckLine>,
    pub(crate) promises_label: String,
    pub(crate) kept: Vec<CheckLine>,
    /// What it warned of when it was signed; none for a draft.
    pub(crate) then: Option<Vec<CheckLine>>,
    /// How many are as they should be, in words.
    pub(crate) kept_label: String,
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
    let of = |wanted: &dyn Fn(&Check) -> bool| {
        // Several clauses may promise the same: it is said once.
        let mut said = BTreeSet::new();
        let once = |check: &&Check| check.promise.is_none() || said.insert(check.requirement.clone());
        let these: Vec<_> = page.checks.iter().filter(|check| wanted(check)).filter(once).cloned().collect();
        lines(&these, &page.policy, &page.asked_of_all, &place, |key| page.place_of(key))
    };
    let is = |check: &Check, standing| check.standing == standing;
    let stops = of(&|check| is(check, CheckStanding::Stop));
    let warnings = of(&|check| is(check, CheckStanding::Warn) && check.promise.is_none());
    let promises = of(&|check| is(check, CheckStanding::Warn) && check.promise.is_some());
    let kept = of(&|check| is(check, CheckStanding::Good));
    let is_draft = page.policy.state == PolicyState::Draft;
    Ok(show(&ChecksPage {
        lead: match stops.len() {
            0 if is_draft => "Nothing stands against signing it.".to_owned(),
            0 if warnings.is_empty() && promises.is_empty() => "It is as it should be.".to_owned(),
            0 => format!(
                "Nothing is missing in it. {} to look at.",
                words::count_capital(warnings.len() + promises.len(), "thing is", "things are")
            ),
            open if !is_draft => {
                format!("{} in it today.", words::count_capital(open, "thing is not right", "things are not right"))
            }
            open => format!(
                "{} before it can be signed.",
                words::count_capital(open, "thing is to be done", "things are to be done")
            ),
        },
        sign: (stops.is_empty() && is_draft && page.may_sign).then(|| place.to(&format!("{base}/signature"))),
        then: (!is_draft)
            .then(|| lines(&page.signed_warnings, &page.policy, &page.asked_of_all, &place, |key| page.place_of(key))),
        promises_label: promises_label(&page.checks),
        promises,
        kept_label: words::count_capital(kept.len(), "thing is as it should be", "things are as they should be"),
        stops,
        warnings,
        kept,
        shell: visitor
            .shell_at(&page.frame, &under)
            .at("policy")
            .titled(if is_draft { "Before you sign" } else { "What the check says" })
            .under(place.to("policy"), "Policy")
            .under(place.to(&base), format!("{}, version {}", page.title, page.policy.number)),
    }))
}

/// How many promises are broken, and how many at risk; each is counted once.
fn promises_label(checks: &[Check]) -> String {
    let count = |standing: PromiseStanding| {
        let promised = checks.iter().filter_map(|check| check.promise.as_ref());
        promised
            .filter(|promise| promise.standing == standing)
            .map(|promise| promise.requirement.as_str())
            .collect::<BTreeSet<_>>()
            .len()
    };
    let broken = match count(PromiseStanding::Broken) {
        0 => "None is broken".to_owned(),
        some => words::count_capital(some, "is broken", "are broken"),
    };
    format!("{broken}, {} at risk.", words::count(count(PromiseStanding::AtRisk), "is", "are"))
}
