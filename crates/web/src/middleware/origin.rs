use app::Refusal;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{Settings, answer::Failure, api::Trouble, site::Site};

/// Browsers say where a request comes from. What changes something and comes from elsewhere is refused, whatever its form says.
/// Programs say nothing of the kind; they are not fooled into requests, and pass on to the form's own check.
pub(crate) async fn own_pages_only(State(site): State<Site>, request: Request, next: Next) -> Response {
    let is_reading = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if !is_reading && comes_from_elsewhere(request.headers(), &site.settings) {
        let is_api = request.uri().path().starts_with("/api/");
        return if is_api {
            Trouble::Unproven.into_response()
        } else {
            Failure::Refusal(Refusal::NotAllowed).into_response()
        };
    }
    next.run(request).await
}

/// Over plain http, and from older browsers, only the `Origin` tells.
fn comes_from_elsewhere(headers: &HeaderMap, settings: &Settings) -> bool {
    match headers.get("sec-fetch-site") {
        Some(site) => !matches!(site.as_bytes(), b"same-origin" | b"none"),
        None => is_own_origin(headers, settings) == Some(false),
    }
}

/// Whether the `Origin` of a request is this server: as it is called in public, or as the browser called it just now (no page can make it name
/// another host). `None` if it is not told.
pub(crate) fn is_own_origin(headers: &HeaderMap, settings: &Settings) -> Option<bool> {
    let origin = headers.get(header::ORIGIN)?.to_str().unwrap_or_default();
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let scheme_and_host = origin.split_once("://");
    let public = settings.public_address.as_deref().is_some_and(|public| origin.eq_ignore_ascii_case(public));
    // Behind https, a page of the same host that came by plain http is not ours.
    let as_called = scheme_and_host.zip(host).is_some_and(|((scheme, from), host)| {
        from.eq_ignore_ascii_case(host) && (scheme == "https" || (scheme == "http" && !settings.is_https()))
    });
    Some(public || as_called)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elsewhere(public: Option<&str>, sent: &[(&'static str, &'static str)]) -> bool {
        let settings = Settings { public_address: public.map(str::to_owned), ..Settings::default() };
        let headers = sent.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        comes_from_elsewhere(&headers, &settings)
    }

    #[test]
    fn where_a_request_comes_from_is_told_by_either_header() {
        let here = ("host", "careers.example");
        for (site, expected) in [("same-origin", false), ("none", false), ("same-site", true), ("cross-site", true)] {
            assert_eq!(elsewhere(None, &[here, ("sec-fetch-site", site)]), expected, "{site}");
        }
        let https = Some("https://careers.example");
        for (public, origin, expected) in [
            (https, "https://careers.example", false),
            (https, "http://careers.example", true),
            (https, "https://evil.example", true),
            (https, "https://careers.example.evil.example", true),
            (https, "null", true),
            (None, "http://careers.example", false),
            (None, "http://evil.example", true),
        ] {
            assert_eq!(elsewhere(public, &[here, ("origin", origin)]), expected, "{origin}");
        }
        assert!(!elsewhere(https, &[here]), "a program tells nothing");
        assert!(
            !elsewhere(https, &[("host", "10.0.0.7:8080"), ("origin", "https://careers.example")]),
            "behind a proxy"
        );
    }
}
