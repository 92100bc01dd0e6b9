//! What is done on the page of one placement.

use app::{CheckForm, EntryForm, LinkPurpose};
use axum::extract::{Path, State};
use domain::{PlacementCheck, PlacementId, PlacementStage};

use super::{
    id_of,
    page::{Sent, typed, view_of, what},
};
use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    parts::Flash,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

fn address(here: &Here, id: PlacementId) -> String {
    format!("/institutions/{}/placements/{id}", here.institution)
}

fn done(site: &Site, here: &Here, id: PlacementId, (message, anchor): (&str, &str)) -> Answer {
    let address = here.query.with(&address(here, id), &[]);
    Ok(go_saying(site, &Flash::says(message), &format!("{address}{anchor}")))
}

/// The page again, with what was typed and what is wrong with it.
async fn again(site: &Site, visitor: &Visitor, here: &Here, id: PlacementId, sent: Sent) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let found = site.run(move |app| app.placement(&actor, view, id)).await?;
    let is_wrong = !sent.problems.is_empty();
    let page = view_of(visitor, &found, sent);
    Ok(if is_wrong { show_again(&page) } else { show(&page) })
}

/// POST that it moves to a stage.
pub(crate) async fn move_one(
    State(site): State<Site>,
    here: Here,
    Path((_, placement)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&placement)?;
    let (stage, reason) = (posted.fields.text("stage"), posted.fields.text("reason"));
    let to: PlacementStage = stage.parse().map_err(|_| Failure::problem("Choose the stage to move it to."))?;
    let (actor, institution, why) = (posted.visitor.actor.clone(), here.institution, reason.clone());
    match site.run(move |app| app.move_placement(&actor, institution, id, to, &why)).await {
        Ok(position) => {
            let undo = format!("{}/step/{position}/undo", address(&here, id));
            let flash = Flash::says(format!("It is at “{}” now.", to.label())).undone_by(undo);
            Ok(go_saying(&site, &flash, &here.query.with(&address(&here, id), &[])))
        }
        Err(Failure::Problems(problems)) => {
            again(&site, &posted.visitor, &here, id, Sent { stage, reason, problems, ..Sent::default() }).await
        }
        Err(failure) => Err(failure),
    }
}

/// POST that the last step is taken back.
pub(crate) async fn undo(
    State(site): State<Site>,
    here: Here,
    Path((_, placement, step)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&placement)?;
    let position: i64 = step.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.undo_placement_step(&actor, institution, id, position)).await?;
    done(&site, &here, id, ("The last step is taken back.", ""))
}

/// POST the details.
pub(crate) async fn change(
    State(site): State<Site>,
    here: Here,
    Path((_, placement)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&placement)?;
    let form = typed(&posted.fields);
    let (actor, institution, sent) = (posted.visitor.actor.clone(), here.institution, form.clone());
    match site.run(move |app| app.change_placement(&actor, institution, id, &sent)).await {
        Ok(()) => done(&site, &here, id, ("The details are saved.", "")),
        Err(Failure::Problems(problems)) => {
            again(&site, &posted.visitor, &here, id, Sent { details: Some(form), problems, ..Sent::default() }).await
        }
        Err(failure) => Err(failure),
    }
}

/// POST what was found of a check.
pub(crate) async fn check(
    State(site): State<Site>,
    here: Here,
    Path((_, placement, check)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&placement)?;
    let check: PlacementCheck = check.parse().map_err(|_| Failure::NOT_FOUND)?;
    let fields = &posted.fields;
    let form = CheckForm {
        status: fields.text("status"),
        seen_on: fields.text("seen_on"),
        expires_on: fields.text("expires_on"),
        note: fields.0.iter().any(|(name, _)| name == "note").then(|| fields.text("note")),
    };
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    match site.run(move |app| app.set_placement_check(&actor, institution, id, check, &form)).await {
        Ok(()) => done(&site, &here, id, ("The check is saved.", &format!("#check-{check}"))),
        Err(Failure::Problems(problems)) => {
            again(&site, &posted.visitor, &here, id, Sent { check: Some(check), problems, ..Sent::default() }).await
        }
        Err(failure) => Err(failure),
    }
}

/// POST that a link is made; it is shown this once.
pub(crate) async fn link(
    State(site): State<Site>,
    here: Here,
    Path((_, placement)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&placement)?;
    let (purpose, page) = match posted.fields.one("who") {
        "employer" => (LinkPurpose::PlacementEmployer, "employer"),
        "parent" => (LinkPurpose::PlacementParent, "parent"),
        _ => (LinkPurpose::PlacementJournal, "journal"),
    };
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    let (_, token) = site.run(move |app| app.make_placement_link(&actor, institution, id, purpose)).await?;
    let start = site.settings.public_address.as_deref().unwrap_or_default();
    let made = Some((what(purpose), format!("{start}/placement/{page}/{institution}/{}", token.reveal())));
    again(&site, &posted.visitor, &here, id, Sent { made, ..Sent::default() }).await
}

/// POST that a link ends.
pub(crate) async fn close_link(
    State(site): State<Site>,
    here: Here,
    Path((_, placement, link)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&placement)?;
    let link = link.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.close_placement_link(&actor, institution, id, link)).await?;
    done(&site, &here, id, ("The link opens nothing any more.", "#ask"))
}

/// POST something written about it.
pub(crate) async fn write(
    State(site): State<Site>,
    here: Here,
    Path((_, placement)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&placement)?;
    let fields = &posted.fields;
    let form = EntryForm {
        sort: fields.text("sort"),
        held_on: fields.text("held_on"),
        hours: fields.text("hours"),
        text: fields.text("text"),
    };
    let (actor, institution, sent) = (posted.visitor.actor.clone(), here.institution, form.clone());
    match site.run(move |app| app.add_placement_entry(&actor, institution, id, &sent)).await {
        Ok(_) => done(&site, &here, id, ("It is kept.", "#journal")),
        Err(Failure::Problems(problems)) => {
            again(&site, &posted.visitor, &here, id, Sent { entry: form, problems, ..Sent::default() }).await
        }
        Err(failure) => Err(failure),
    }
}

/// POST that something written is taken away.
pub(crate) async fn remove_entry(
    State(site): State<Site>,
    here: Here,
    Path((_, placement, entry)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&placement)?;
    let entry = entry.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.delete_placement_entry(&actor, institution, id, entry)).await?;
    done(&site, &here, id, ("It is gone.", "#journal"))
}
