use askama::Template;
use axum::extract::{Path, State};

use super::id_of;
use crate::{
    answer::{Answer, Failure, go_saying, show},
    parts::Flash,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// Pairs of organisations that look like one.
#[derive(Template)]
#[template(path = "pages/organisations/duplicates.html")]
pub(crate) struct DuplicatesPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) pairs: Vec<PairLine>,
}

/// Two that look like one, each with where it becomes part of the other.
pub(crate) struct PairLine {
    pub(crate) why: String,
    pub(crate) one: Side,
    pub(crate) other: Side,
}

/// One of two.
pub(crate) struct Side {
    pub(crate) name: String,
    pub(crate) href: String,
    /// Where the other becomes part of this one.
    pub(crate) keep: String,
    pub(crate) id: String,
}

/// GET the pairs.
pub(crate) async fn duplicates(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let (frame, pairs) = site.run(move |app| app.organisation_duplicates(&actor, view)).await?;
    let place = Place::new(&frame, "organisations/duplicates");
    let side = |id: domain::OrganisationId, name: &str, other: domain::OrganisationId| Side {
        name: name.to_owned(),
        href: place.to(&format!("organisations/{id}")),
        keep: place.to(&format!("organisations/{other}/merge")),
        id: id.to_string(),
    };
    let lines: Vec<_> = pairs
        .iter()
        .map(|pair| PairLine {
            why: words::list(&pair.why.iter().map(|why| (*why).to_owned()).collect::<Vec<_>>()),
            one: side(pair.keep, &pair.keep_name, pair.other),
            other: side(pair.other, &pair.other_name, pair.keep),
        })
        .collect();
    Ok(show(&DuplicatesPage {
        shell: visitor
            .shell_at(&frame, "organisations/duplicates")
            .at("organisations")
            .titled("Organisations that look alike")
            .under(place.to("organisations"), "Organisations"),
        lead: match lines.len() {
            0 => "No two look like one.".to_owned(),
            some => {
                format!("{} like one. Choose which name stays.", words::count_capital(some, "pair looks", "pairs look"))
            }
        },
        pairs: lines,
    }))
}

/// POST that an organisation becomes part of another.
pub(crate) async fn merge(
    State(site): State<Site>,
    here: Here,
    Path((_, organisation)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let from = id_of(&organisation)?;
    let into = id_of(posted.fields.one("into"))?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    let merged = site.run(move |app| app.merge_organisations(&actor, institution, from, into)).await?;
    let message = format!(
        "They are one: {}. {} its name now.",
        merged.into,
        words::count_capital(merged.activities as usize, "activity has", "activities have")
    );
    let undo = format!("/institutions/{institution}/organisations/{from}/merge/undo/{}", merged.event);
    let flash = Flash::says(message).undone_by(undo);
    Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/organisations/{into}")))
}

/// POST that they are two again.
pub(crate) async fn unmerge(
    State(site): State<Site>,
    here: Here,
    Path((_, organisation, event)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let from = id_of(&organisation)?;
    let event = event.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.unmerge_organisations(&actor, institution, from, event)).await?;
    let flash = Flash::says("They are two again, and activities have the names that they had.");
    Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/organisations/{from}")))
}
