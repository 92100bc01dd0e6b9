use axum::{Json, extract::State};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Answer, Caller, Details,
    caller::{AsOf, Where},
};
use crate::site::Site;

/// An institution by name.
#[derive(Serialize, ToSchema)]
pub(super) struct Named {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
}

/// An institution on a day.
#[derive(Serialize, ToSchema)]
pub(super) struct Institution {
    id: String,
    name: String,
    /// What it is in law.
    r#type: Option<String>,
    /// The day that is looked at.
    as_of: String,
    /// Its academic year.
    academic_year: String,
    /// The edition that applies.
    framework: String,
    /// Learners on roll.
    on_roll: u32,
}

/// The institutions within reach.
#[utoipa::path(get, path = "/institutions", tag = "institutions", operation_id = "listInstitutions",
    responses((status = OK, body = Vec<Named>), (status = UNAUTHORIZED, body = Details)))]
pub(super) async fn list(State(site): State<Site>, caller: Caller) -> Answer<Vec<Named>> {
    let list = site.run(move |app| app.institutions(&caller.actor)).await?;
    Ok(Json(list.into_iter().map(|each| Named { id: each.id.to_string(), name: each.name }).collect()))
}

/// One institution on a day.
#[utoipa::path(get, path = "/institutions/{institution}", tag = "institutions", operation_id = "getInstitution",
    params(("institution" = String, Path), AsOf),
    responses((status = OK, body = Institution), (status = NOT_FOUND, body = Details)))]
pub(super) async fn get(State(site): State<Site>, caller: Caller, Where(view): Where) -> Answer<Institution> {
    let frame = site.run(move |app| app.frame(&caller.actor, view)).await?;
    Ok(Json(Institution {
        id: frame.institution.id.to_string(),
        name: frame.institution.name,
        r#type: frame.institution.kind.map(|kind| kind.word().to_owned()),
        as_of: frame.as_of.to_string(),
        academic_year: frame.year.to_string(),
        framework: frame.framework.id,
        on_roll: frame.on_roll,
    }))
}
