//! The cookies: the session, the secret of a browser that has not signed in, that of one in which somebody has signed in before, and
//! the message for the next page.
//!
//! Behind https their names begin with `__Host-`: browsers then take them over https only, from this host only, so that no
//! neighbouring site and nobody on the line can plant one. [`own`] takes the prefix away before anybody looks, and with it every cookie
//! of ours that lacks it.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use crate::{
    Settings, address,
    parts::{Flash, Undo},
    site::Site,
};

/// The name of the session's cookie.
pub(crate) const SESSION: &str = "waymark-session";
const VISIT: &str = "waymark-visit";
const KNOWN: &str = "waymark-known";
const FLASH: &str = "waymark-flash";

/// The value of a cookie that was sent.
fn value<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .find_map(|pair| {
            let (found, value) = pair.trim().split_once('=')?;
            (found == name && !value.is_empty()).then_some(value)
        })
}

/// The session's token.
pub(crate) fn session(headers: &HeaderMap) -> Option<&str> {
    value(headers, SESSION)
}

/// The secret of a browser that has not signed in.
pub(crate) fn visit(headers: &HeaderMap) -> Option<&str> {
    value(headers, VISIT).filter(|value| is_secret(value))
}

/// The secret of a browser in which somebody has signed in before.
pub(crate) fn known(headers: &HeaderMap) -> Option<&str> {
    value(headers, KNOWN).filter(|value| is_secret(value))
}

fn is_secret(value: &str) -> bool {
    value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Sets the session; `None` ends it.
pub(crate) fn set_session(settings: &Settings, token: Option<&str>) -> HeaderValue {
    set(settings, SESSION, token)
}

/// Sets the secret of a browser that has not signed in.
pub(crate) fn set_visit(settings: &Settings, secret: &str) -> HeaderValue {
    set(settings, VISIT, Some(secret))
}

/// Sets the secret of a browser in which somebody has just signed in, for half a year.
pub(crate) fn set_known(settings: &Settings, secret: &str) -> HeaderValue {
    let set = set(settings, KNOWN, Some(secret));
    let text = format!("{}; Max-Age=15552000", set.to_str().unwrap_or_default());
    HeaderValue::from_str(&text).unwrap_or(set)
}

/// What just happened, for the next page. Never anybody's name: cookies are written to no log, but they travel.
pub(crate) fn set_flash(settings: &Settings, flash: &Flash) -> HeaderValue {
    let undo = flash.undo.as_ref();
    let parts = [
        if flash.warning { "!" } else { "" },
        &flash.message,
        undo.map_or("", |undo| &undo.action),
        undo.map_or("", |undo| &undo.label),
    ];
    let hex: String = parts.join("\n").bytes().map(|byte| format!("{byte:02x}")).collect();
    set(settings, FLASH, Some(&hex))
}

/// Takes the message away once it was shown.
pub(crate) fn clear_flash(settings: &Settings) -> HeaderValue {
    set(settings, FLASH, None)
}

/// Whether there is a message.
pub(crate) fn has_flash(headers: &HeaderMap) -> bool {
    value(headers, FLASH).is_some()
}

/// The message, with the form token that its undo button needs.
pub(crate) fn flash(headers: &HeaderMap, csrf: &str) -> Option<Flash> {
    let hex = value(headers, FLASH)?;
    let digits = hex.as_bytes();
    let bytes: Option<Vec<u8>> =
        digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect();
    let text = String::from_utf8(bytes?).ok()?;
    let mut parts = text.split('\n');
    let (warning, message) = (parts.next()? == "!", parts.next()?.to_owned());
    let (action, label) = (parts.next()?, parts.next()?);
    // Only our own addresses, whoever wrote the cookie.
    let is_ours = address::is_ours(action);
    let undo = is_ours.then(|| Undo { action: action.to_owned(), label: label.to_owned(), csrf: csrf.to_owned() });
    Some(Flash { message, warning, undo })
}

/// What the names of our cookies begin with.
const OURS: &str = "waymark-";
/// What browsers hold to https and to this host.
const PREFIX: &str = "__Host-";

/// The cookies of a request under the names that everything else here knows them by.
pub(crate) async fn own(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    if site.settings.is_https()
        && let Some(line) = without_prefix(request.headers())
    {
        request.headers_mut().insert(header::COOKIE, line);
    }
    next.run(request).await
}

/// `None` if no cookies were sent.
fn without_prefix(headers: &HeaderMap) -> Option<HeaderValue> {
    let mut lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok()).peekable();
    lines.peek()?;
    let pairs = lines.flat_map(|line| line.split(';')).map(str::trim).filter(|pair| !pair.starts_with(OURS));
    let pairs = pairs.map(|pair| pair.strip_prefix(PREFIX).filter(|rest| rest.starts_with(OURS)).unwrap_or(pair));
    // What came from a header's text is a header's text.
    HeaderValue::from_str(&pairs.collect::<Vec<_>>().join("; ")).ok()
}

fn set(settings: &Settings, name: &str, value: Option<&str>) -> HeaderValue {
    let (prefix, secure) = if settings.is_https() { (PREFIX, "; Secure") } else { ("", "") };
    let gone = if value.is_none() { "; Max-Age=0" } else { "" };
    let text = format!("{prefix}{name}={}; Path=/; HttpOnly; SameSite=Lax{secure}{gone}", value.unwrap_or_default());
    // Tokens are hexadecimal digits, so this is always a header's value.
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(cookie: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(cookie).unwrap());
        headers
    }

    #[test]
    fn cookies_are_kept_from_scripts_and_sent_over_https_when_there_is_https() {
        let plain = set_session(&Settings::default(), Some("ab"));
        assert_eq!(plain.to_str().unwrap(), "waymark-session=ab; Path=/; HttpOnly; SameSite=Lax");
        let settings = Settings { public_address: Some("https://careers.example".into()), ..Settings::default() };
        assert_eq!(
            set_session(&settings, Some("ab")).to_str().unwrap(),
            "__Host-waymark-session=ab; Path=/; HttpOnly; SameSite=Lax; Secure"
        );
    }

    #[test]
    fn behind_https_only_cookies_that_nobody_else_can_plant_are_ours() {
        let read = |line: &str| {
            let line = without_prefix(&headers(line)).unwrap();
            session(&headers(line.to_str().unwrap())).map(str::to_owned)
        };
        assert_eq!(read("a=1; __Host-waymark-session=ff00; b=2").as_deref(), Some("ff00"));
        assert_eq!(read("waymark-session=planted; __Host-waymark-session=ff00").as_deref(), Some("ff00"));
        assert_eq!(read("waymark-session=planted; __Secure-waymark-session=x"), None);
        assert_eq!(without_prefix(&headers("__Host-other=1; b=2")).unwrap(), "__Host-other=1; b=2");
        assert_eq!(without_prefix(&HeaderMap::new()), None);
    }

    #[test]
    fn a_message_survives_the_way_to_the_next_page_and_leads_nowhere_else() {
        let undo = Undo { action: "/institutions/7/imports/9/undo".into(), label: "Undo".into(), csrf: String::new() };
        let flash = Flash { message: "Done – all “12”.".into(), warning: false, undo: Some(undo) };
        let set = set_flash(&Settings::default(), &flash);
        let pair = set.to_str().unwrap().split(';').next().unwrap().to_owned();
        let read = super::flash(&headers(&pair), "token").unwrap();
        assert_eq!((read.message.as_str(), read.undo.unwrap().csrf.as_str()), ("Done – all “12”.", "token"));
        let elsewhere = Flash {
            undo: Some(Undo { action: "//evil.example".into(), label: "Undo".into(), csrf: String::new() }),
            ..flash
        };
        let pair = set_flash(&Settings::default(), &elsewhere).to_str().unwrap().split(';').next().unwrap().to_owned();
        assert!(super::flash(&headers(&pair), "token").unwrap().undo.is_none());
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        assert_eq!(session(&headers("a=1; waymark-session=ff00; b=2")), Some("ff00"));
        assert_eq!(session(&headers("xwaymark-session=ff00")), None);
        assert_eq!(visit(&headers("waymark-visit=short")), None);
    }
}
