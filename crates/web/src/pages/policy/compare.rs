use askama::Template;
use axum::extract::{Path, State};

use super::id;
use crate::{
    answer::{Answer, show},
    parts::Difference,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// Two versions side by side.
#[derive(Template)]
#[template(path = "pages/policy/compare.html")]
pub(crate) struct ComparePage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) before: String,
    pub(crate) after: String,
    pub(crate) clauses: Vec<ClauseCompared>,
    /// Where it stands who changed what.
    pub(crate) changes: String,
}

/// A clause that differs.
pub(crate) struct ClauseCompared {
    pub(crate) section: String,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
    /// Both compared in words.
    pub(crate) difference: Difference,
}

/// GET two versions.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, policy, with)): Path<(String, String, String)>,
) -> Answer {
    let (actor, view, one, other) = (visitor.actor.clone(), here.view(), id(&policy)?, id(&with)?);
    let page = site.run(move |app| app.compare_policies(&actor, view, one, other)).await?;
    let under = format!("policy/{one}/compare/{other}");
    let place = Place::new(&page.frame, &under);
    Ok(show(&ComparePage {
        lead: format!(
            "{}, {} the same.",
            words::count_capital(page.clauses.len(), "clause differs", "clauses differ"),
            words::count(page.same, "is", "are")
        ),
        before: format!("Version {}", page.before.number),
        after: format!("Version {}", page.after.number),
        changes: place.to(&format!("policy/{}#changes", page.after.id)),
        clauses: page
            .clauses
            .into_iter()
            .map(|clause| ClauseCompared {
                section: clause.section,
                before: clause.before,
                after: clause.after,
                difference: Difference::of(clause.lines),
            })
            .collect(),
        shell: visitor
            .shell_at(&page.frame, &under)
            .at("policy")
            .titled(format!("{}: versions {} and {}", page.title, page.before.number, page.after.number))
            .under(place.to("policy"), "Policy"),
    }))
}
