use app::WebsiteFile;
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use domain::PublicationId;

use crate::{
    answer::{Answer, Failure},
    middleware::Public,
    pages::requirement,
    site::Site,
    visitor::{Here, Visitor},
};

/// GET the start page as it would be published.
pub(crate) async fn preview_start(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    preview_of(&site, visitor, here, String::new()).await
}

/// GET a file as it would be published.
pub(crate) async fn preview(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, path)): Path<(String, String)>,
) -> Answer {
    preview_of(&site, visitor, here, path).await
}

async fn preview_of(site: &Site, visitor: Visitor, here: Here, path: String) -> Answer {
    let view = here.view();
    Ok(sent(site.run(move |app| app.preview_website(&visitor.actor, view, &path)).await?))
}

/// GET the start page of a publication.
pub(crate) async fn snapshot_start(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    snapshot_of(&site, visitor, here, &id, String::new()).await
}

/// GET a file of a publication.
pub(crate) async fn snapshot(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, id, path)): Path<(String, String, String)>,
) -> Answer {
    snapshot_of(&site, visitor, here, &id, path).await
}

async fn snapshot_of(site: &Site, visitor: Visitor, here: Here, id: &str, path: String) -> Answer {
    let (view, id) = (here.view(), key(id)?);
    Ok(sent(site.run(move |app| app.published_file(&visitor.actor, view, id, &path)).await?))
}

/// GET the latest publication as an archive.
pub(crate) async fn export(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let view = here.view();
    Ok(requirement::save(site.run(move |app| app.export_website(&visitor.actor, view, None)).await?))
}

/// GET a publication as an archive.
pub(crate) async fn export_one(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let (view, id) = (here.view(), key(&id)?);
    Ok(requirement::save(site.run(move |app| app.export_website(&visitor.actor, view, Some(id))).await?))
}

fn key(id: &str) -> Result<PublicationId, Failure> {
    id.parse().map_err(|_| Failure::NOT_FOUND)
}

/// A file as the public would get it, but kept by nobody.
fn sent(file: WebsiteFile) -> Response {
    let mut response = ([(header::CONTENT_TYPE, file.media_type)], file.bytes).into_response();
    response.extensions_mut().insert(Public::Page);
    response
}
