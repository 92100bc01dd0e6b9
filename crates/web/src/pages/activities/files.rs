//! The files of an activity.

use axum::{
    extract::{Multipart, Path, State},
    http::{HeaderValue, header},
};
use domain::{ActivityFileId, ActivityId};

use super::{activity, handler::id_of};
use crate::{
    answer::{Answer, Failure, go_saying},
    pages::requirement::save,
    parts::Flash,
    site::Site,
    upload,
    visitor::{Here, Posted, Visitor},
};

fn to(here: &Here, id: ActivityId) -> String {
    format!("{}#files", here.query.with(&format!("/institutions/{}/activities/{id}", here.institution), &[]))
}

fn file_of(text: &str) -> Result<ActivityFileId, Failure> {
    text.parse().map_err(|_| Failure::NOT_FOUND)
}

/// POST a file.
pub(crate) async fn add(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
    form: Multipart,
) -> Answer {
    let id = id_of(&activity)?;
    let (actor, institution) = (visitor.actor.clone(), here.institution);
    let added = match upload::read(&visitor, form).await {
        Ok(sent) => {
            site.run(move |app| app.add_activity_file(&actor, institution, id, &sent.file_name, &sent.bytes)).await
        }
        Err(failure) => {
            // Whoever may not add a file is not told what was wrong with it.
            site.run(move |app| app.activity_forms(&actor, app::View { institution, as_of: None }, id)).await?;
            Err(failure)
        }
    };
    match added {
        Ok(_) => Ok(go_saying(&site, &Flash::says("The file is added."), &to(&here, id))),
        Err(Failure::Problems(problems)) => activity::show_with(&site, &visitor, &here, id, problems).await,
        Err(failure) => Err(failure),
    }
}

/// GET a file, to be saved: never shown by the browser as a page of ours.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, activity, file)): Path<(String, String, String)>,
) -> Answer {
    let (id, file) = (id_of(&activity)?, file_of(&file)?);
    let (actor, view) = (visitor.actor.clone(), here.view());
    let file = site.run(move |app| app.activity_file(&actor, view, id, file)).await?;
    let mut response = save(file);
    response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(response)
}

/// POST: the file goes, and the next page offers to put it back.
pub(crate) async fn delete(
    State(site): State<Site>,
    here: Here,
    Path((_, activity, file)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let (id, file) = (id_of(&activity)?, file_of(&file)?);
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.remove_activity_file(&actor, institution, id, file)).await?;
    let undo = format!("/institutions/{institution}/activities/{id}/files/{file}/restore");
    let flash = Flash::says("The file is deleted.").undone_by(here.query.with(&undo, &[]));
    Ok(go_saying(&site, &flash, &to(&here, id)))
}

/// POST: the file is back.
pub(crate) async fn restore(
    State(site): State<Site>,
    here: Here,
    Path((_, activity, file)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let (id, file) = (id_of(&activity)?, file_of(&file)?);
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.restore_activity_file(&actor, institution, id, file)).await?;
    Ok(go_saying(&site, &Flash::says("The file is back."), &to(&here, id)))
}
