use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};

use crate::{address::is_ours, fields::escape};

/// Where somebody is sent who is not signed in.
const SIGN_IN: &str = "/sign-in";
/// Where somebody is sent who must prove first that it is them.
const CONFIRM: &str = "/account/confirm";

/// After signing in, one comes to the page that was asked for; after proving who one is, to that page or to the one whose form was
/// sent.
pub(crate) async fn come_back(request: Request, next: Next) -> Response {
    let is_reading = *request.method() == Method::GET;
    let path = request.uri().path();
    let is_page = is_reading && (path.starts_with("/institutions/") || path.starts_with("/account/"));
    let here = request.uri().path_and_query().map_or(String::new(), |address| address.as_str().to_owned());
    let wanted = if is_reading { Some(here) } else { sent_from(request.headers()) };
    let mut response = next.run(request).await;
    let to = response.headers().get(header::LOCATION).and_then(|location| location.to_str().ok());
    let turned_away = match to {
        Some(SIGN_IN) if is_page => Some(SIGN_IN),
        Some(CONFIRM) => Some(CONFIRM),
        _ => None,
    };
    if response.status() == StatusCode::SEE_OTHER
        && let (Some(to), Some(wanted)) = (turned_away, wanted)
        && let Ok(location) = HeaderValue::from_str(&format!("{to}?next={}", escape(&wanted)))
    {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// The page of ours whose form was sent. Only its path: the host is whatever the browser calls us by.
fn sent_from(headers: &HeaderMap) -> Option<String> {
    let (_, rest) = headers.get(header::REFERER)?.to_str().ok()?.split_once("://")?;
    let path = &rest[rest.find('/')?..];
    is_ours(path).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_back_to_its_page_and_nowhere_else() {
        let from = |referer: &str| sent_from(&[(header::REFERER, referer.parse().unwrap())].into_iter().collect());
        assert_eq!(from("https://careers.example/account/security").as_deref(), Some("/account/security"));
        assert_eq!(from("http://localhost:8080/a?b=c").as_deref(), Some("/a?b=c"));
        for nowhere in ["https://careers.example//evil.example", "https://careers.example", "about:blank", ""] {
            assert_eq!(from(nowhere), None, "{nowhere}");
        }
    }
}
