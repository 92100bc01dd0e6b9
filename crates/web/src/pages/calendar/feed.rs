use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::InstitutionId;

use crate::{answer::Failure, site::Site};

/// GET a feed, as programs do: no page, and no cookie.
pub(crate) async fn feed(
    State(site): State<Site>,
    Path((institution, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let institution: InstitutionId = institution.parse().map_err(|_| Failure::NOT_FOUND)?;
    let token = file.strip_suffix(".ics").ok_or(Failure::NOT_FOUND)?.to_owned();
    let feed = site.run(move |app| app.calendar_feed(institution, &token)).await?;
    let tag = format!("\"{}\"", feed.tag);
    let has_it = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).is_some_and(|known| {
        known.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == tag || one == "*")
    });
    let fresh = [(header::ETAG, tag), (header::CACHE_CONTROL, "private, no-cache".to_owned())];
    if has_it {
        return Ok((StatusCode::NOT_MODIFIED, fresh).into_response());
    }
    let about = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"careers.ics\""),
    ];
    Ok((fresh, about, feed.text).into_response())
}
