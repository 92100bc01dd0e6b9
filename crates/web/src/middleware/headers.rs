use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::Response,
};

use crate::{cookies, site::Site};

/// Nothing but our own files; no inline style or script; no page of ours in somebody's frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     connect-src 'self'; object-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const FIXED: [(HeaderName, HeaderValue); 7] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    // Addresses hold ids of learners: other sites learn nothing of them.
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    // No page of another site takes in ours, or a file of ours, as its own.
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        // Passkeys are the one thing a page of ours asks the browser for.
        HeaderValue::from_static(
            "accelerometer=(), autoplay=(), bluetooth=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
             hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=(), \
             publickey-credentials-create=(self), publickey-credentials-get=(self)",
        ),
    ),
];

/// A response that is the same for everybody in the world: a file of an institution's public site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Public {
    /// A page or what belongs to it: other sites may use its files, but not show it as theirs.
    Page,
    /// A page that may stand in anybody's frame.
    Framed,
    /// A part that other sites set into pages of theirs, also by a script of theirs.
    Part,
}

/// Public pages run no script at all and send nothing anywhere.
const PUBLIC: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; object-src 'none'; \
     form-action 'none'; frame-ancestors 'none'; base-uri 'none'";
const FRAMED: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; object-src 'none'; \
     form-action 'none'; frame-ancestors *; base-uri 'none'";

impl Public {
    fn protect(self, headers: &mut HeaderMap) {
        let policy = if self == Self::Framed { FRAMED } else { PUBLIC };
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
        let everywhere = HeaderValue::from_static("cross-origin");
        headers.insert(HeaderName::from_static("cross-origin-resource-policy"), everywhere);
        match self {
            Self::Page => {}
            Self::Framed => {
                headers.remove(header::X_FRAME_OPTIONS);
            }
            Self::Part => {
                headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
            }
        }
    }
}

/// A year, and for names under ours too.
const ONLY_HTTPS: &str = "max-age=31536000; includeSubDomains";

/// After how many seconds to try again what was refused for now: the span over which tries are counted; or a moment.
fn come_again(status: StatusCode) -> Option<&'static str> {
    match status {
        StatusCode::TOO_MANY_REQUESTS => Some("900"),
        StatusCode::SERVICE_UNAVAILABLE => Some("10"),
        _ => None,
    }
}

/// Adds the headers that protect the browser, and takes a shown message away.
pub(crate) async fn protect(State(site): State<Site>, request: Request, next: Next) -> Response {
    let had_flash = cookies::has_flash(request.headers());
    let mut response = next.run(request).await;
    let is_page = response.status() == StatusCode::OK
        && response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let status = response.status();
    let public = response.extensions().get::<Public>().copied();
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, value);
    }
    if let Some(public) = public {
        public.protect(headers);
    }
    // Whatever does not say otherwise is about people: no browser and nothing between keeps it. Assets say otherwise.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if site.settings.is_https() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ONLY_HTTPS));
    }
    if let Some(seconds) = come_again(status) {
        headers.entry(header::RETRY_AFTER).or_insert(HeaderValue::from_static(seconds));
    }
    if had_flash && is_page {
        headers.append(header::SET_COOKIE, cookies::clear_flash(&site.settings));
    }
    response
}
