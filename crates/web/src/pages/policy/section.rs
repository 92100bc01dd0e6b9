use app::{ClauseMode, ClauseSource, PolicyClauseRow, PolicyPage};
use askama::Template;
use axum::extract::{Path, State};
use policy::{ChoiceKind, Provenance};

use super::id;
use crate::{
    answer::{Answer, Failure, show},
    pages::fact_place,
    parts::Difference,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// A section with its clauses.
#[derive(Template)]
#[template(path = "pages/policy/section.html")]
pub(crate) struct SectionPage {
    pub(crate) shell: Shell,
    pub(crate) advice: Option<String>,
    pub(crate) clauses: Vec<ClauseCard>,
    /// The sections before and after: address and heading.
    pub(crate) before: Option<(String, String)>,
    pub(crate) after: Option<(String, String)>,
    /// Where the whole version is.
    pub(crate) up: String,
}

/// A clause as it will read, with what can be done.
pub(crate) struct ClauseCard {
    pub(crate) key: String,
    /// `statutory`, `recommended` or `example`.
    pub(crate) provenance: &'static str,
    pub(crate) label: &'static str,
    /// What was done with it, in words.
    pub(crate) chosen: &'static str,
    pub(crate) html: String,
    pub(crate) ours: Option<String>,
    /// What changed in our wording beneath the choice.
    pub(crate) changed: Option<Difference>,
    pub(crate) advice: Option<String>,
    pub(crate) sources: Vec<ClauseSource>,
    /// What is missing: label and where it is entered.
    pub(crate) missing: Vec<(&'static str, String)>,
    pub(crate) seen: String,
    pub(crate) action: String,
    /// What a press does: word and label.
    pub(crate) presses: Vec<(&'static str, &'static str)>,
    /// Parts of an earlier policy that are suggested for it: where, and what the link says.
    pub(crate) earlier: Option<(String, String)>,
    /// Where own words are written.
    pub(crate) write: Option<&'static str>,
}

/// GET a section.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, policy, section)): Path<(String, String, String)>,
) -> Answer {
    let (actor, view, version) = (visitor.actor.clone(), here.view(), id(&policy)?);
    let page = site.run(move |app| app.policy(&actor, view, version)).await?;
    Ok(show(&view_of(&visitor, &page, &section)?))
}

fn view_of(visitor: &Visitor, page: &PolicyPage, key: &str) -> Result<SectionPage, Failure> {
    let at = page.sections.iter().position(|section| section.key == key).ok_or(Failure::NOT_FOUND)?;
    let section = &page.sections[at];
    let base = format!("policy/{}", page.policy.id);
    let under = format!("{base}/sections/{key}");
    let place = Place::new(&page.frame, &under);
    let near = |at: Option<usize>| {
        let section = page.sections.get(at?)?;
        Some((place.to(&format!("{base}/sections/{}", section.key)), section.heading.clone()))
    };
    Ok(SectionPage {
        advice: section.advice.clone(),
        clauses: section.clauses.iter().map(|row| card(row, &base, &place)).collect(),
        before: near(at.checked_sub(1)),
        after: near(Some(at + 1)),
        up: place.to(&base),
        shell: visitor
            .shell_at(&page.frame, &under)
            .at("policy")
            .titled(section.heading.clone())
            .under(place.to("policy"), "Policy")
            .under(place.to(&base), format!("{}, version {}", page.title, page.policy.number)),
    })
}

fn card(row: &PolicyClauseRow, base: &str, place: &Place) -> ClauseCard {
    let clause = &row.clause;
    let press = |mode: &ClauseMode| match mode {
        ClauseMode::Confirm => Some((mode.word(), "Confirm it as it is")),
        ClauseMode::Remove => Some((mode.word(), "Leave it out")),
        ClauseMode::Ours => Some((mode.word(), "Back to our wording")),
        ClauseMode::Keep => Some((mode.word(), "Keep mine")),
        ClauseMode::Replace | ClauseMode::Add => None,
    };
    ClauseCard {
        key: clause.key.clone(),
        provenance: clause.provenance.word(),
        label: clause.provenance.label(),
        chosen: match (&clause.choice, clause.provenance) {
            (None, Provenance::Example) => "Our example: confirm it, or write your own",
            (None, Provenance::Statutory) => "Our wording: the law asks for it",
            (None, Provenance::Recommended) => "Our wording",
            (Some(ChoiceKind::Confirmed), _) => "Our wording, confirmed",
            (Some(ChoiceKind::Replaced(_)), _) => "Your own words",
            (Some(ChoiceKind::Added(_)), _) => "Our wording, with your own words after it",
            (Some(ChoiceKind::Removed), _) => "Left out",
        },
        html: row.html.clone(),
        ours: row.ours.clone(),
        changed: row.changed.clone().map(Difference::of),
        advice: clause.advice.clone(),
        sources: row.sources.clone(),
        missing: clause
            .missing
            .iter()
            .filter(|_| clause.text.is_some())
            .map(|fact| {
                let href = match fact {
                    policy::Fact::ReviewDate => place.to(&format!("{base}#review")),
                    fact => fact_place::href(place, *fact),
                };
                (fact.label(), href)
            })
            .collect(),
        seen: row.seen.clone(),
        action: place.to(&format!("{base}/clauses/{}", clause.key)),
        presses: row.modes.iter().filter_map(press).collect(),
        earlier: (row.earlier > 0).then(|| {
            let parts = words::count(row.earlier, "part of your earlier policy", "parts of your earlier policy");
            (place.to(&format!("{base}/earlier#for-{}", clause.key)), format!("See {parts} for it"))
        }),
        write: match (row.modes.contains(&ClauseMode::Replace), row.modes.contains(&ClauseMode::Add)) {
            (true, _) => Some("Write your own"),
            (false, true) => Some("Add to it"),
            _ => None,
        },
    }
}
