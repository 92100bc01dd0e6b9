use std::sync::Arc;

use app::{PublicFile, PublicSite};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Redirect},
};

use super::public_address;
use crate::{
    answer::{Answer, Failure},
    middleware::Public,
    site::Site,
};

/// GET the start page of an institution.
pub(crate) async fn start(State(site): State<Site>, Path(word): Path<String>, uri: Uri, headers: HeaderMap) -> Answer {
    let found = find(&site, &word).await?;
    // The links of the pages are relative to a folder.
    if !uri.path().ends_with('/') {
        return Ok(Redirect::permanent(&format!("/{word}/")).into_response());
    }
    sent(found.file("").ok_or(Failure::NOT_FOUND)?, &headers, Public::Page)
}

/// GET a file of an institution's site. Two pages are forms, which only the server can answer.
pub(crate) async fn file(
    State(site): State<Site>,
    Path((word, path)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let found = find(&site, &word).await?;
    match path.as_str() {
        "ask.html" => return Ok(Redirect::to(&format!("/{word}/ask")).into_response()),
        "request.html" => return Ok(Redirect::to(&format!("/{word}/request")).into_response()),
        _ => {}
    }
    let Some(file) = found.file(&path) else {
        // A page is found without its ending too: that is how people type it.
        let is_page = found.has_page(&path);
        return if is_page {
            Ok(Redirect::to(&format!("/{word}/{path}.html")).into_response())
        } else {
            Err(Failure::NOT_FOUND)
        };
    };
    match path.as_str() {
        "embed/fragment.html" => {
            let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
            sent(Arc::new(absolute(&site, &word, host, &file)), &headers, Public::Part)
        }
        "embed/frame.html" => sent(file, &headers, Public::Framed),
        _ => sent(file, &headers, Public::Page),
    }
}

/// From memory if it was read just now; otherwise on a thread that may wait for the database.
async fn find(site: &Site, word: &str) -> Result<Arc<PublicSite>, Failure> {
    if let Some(found) = site.app.public_site_at_hand(word) {
        return Ok(found);
    }
    let word = word.to_owned();
    site.run(move |app| app.public_site(&word)).await
}

/// The part that is set into pages of another site: there its links lead nowhere unless they are whole.
fn absolute(site: &Site, word: &str, host: &str, file: &PublicFile) -> PublicFile {
    let known = public_address(site, word);
    // Without a public address it is what the browser or the other server called us.
    let base = if known.starts_with("http") { known } else { format!("http://{host}{known}") };
    let text = String::from_utf8_lossy(&file.bytes).replace("href=\"../", &format!("href=\"{base}/"));
    PublicFile {
        media_type: file.media_type.clone(),
        etag: format!("{}-{}\"", file.etag.trim_end_matches('"'), word),
        bytes: text.into_bytes(),
        gzip: None,
    }
}

/// A file, or that it has not changed since the browser saw it.
fn sent(file: Arc<PublicFile>, asked: &HeaderMap, sort: Public) -> Answer {
    let mut headers = HeaderMap::new();
    let value = |text: &str| HeaderValue::from_str(text).map_err(|_| Failure::NOT_FOUND);
    headers.insert(header::ETAG, value(&file.etag)?);
    // Whoever publishes is seen at once: a browser asks each time, and is mostly answered that nothing changed.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=0, must-revalidate"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    let knows = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|tags| tags.to_str().ok());
    let mut knows = knows.flat_map(|tags| tags.split(',')).map(|tag| tag.trim().trim_start_matches("W/"));
    let mut response = if knows.any(|tag| tag == file.etag || tag == "*") {
        (StatusCode::NOT_MODIFIED, headers).into_response()
    } else {
        headers.insert(header::CONTENT_TYPE, value(&file.media_type)?);
        let takes_gzip =
            asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|list| list.to_str().ok()).any(|list| {
                list.split(',').any(|one| {
                    one.trim() == "gzip"
                        || one.trim().starts_with("gzip;") && !one.contains("q=0,") && !one.trim().ends_with("q=0")
                })
            });
        let body = match &file.gzip {
            Some(small) if takes_gzip => {
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                small.clone()
            }
            _ => file.bytes.clone(),
        };
        (headers, body).into_response()
    };
    response.extensions_mut().insert(sort);
    Ok(response)
}
