use url::Url;

use crate::{Guard, Reason};

/// The addresses that a person may mean by this, to be tried in turn: with https and then with http where they wrote neither.
///
/// # Errors
///
/// Why it is not asked for at all. Addresses that are numbers and not public are refused here already; names only once they are looked up.
pub fn start(text: &str, guard: Guard) -> Result<Vec<Url>, Reason> {
    let text = text.trim();
    if text.is_empty() || text.len() > 2_000 || text.contains(char::is_whitespace) {
        return Err(Reason::NoAddress);
    }
    let tries = if text.contains("://") {
        vec![text.to_owned()]
    } else if text.split(['/', '?', '#']).next().is_some_and(|host| host.contains('.') || host == "localhost") {
        vec![format!("https://{text}"), format!("http://{text}")]
    } else {
        return Err(Reason::NoAddress);
    };
    tries
        .iter()
        .map(|text| {
            let url = Url::parse(text).map_err(|_| Reason::NoAddress)?;
            admitted(&url, guard)?;
            Ok(url)
        })
        .collect()
}

/// An address that a person wrote, as it may be shown and kept: without a name and a password that stand in it.
pub fn shown(text: &str) -> &str {
    let text = text.trim();
    let harmless =
        Url::parse(text).is_ok_and(|url| url.username().is_empty() && url.password().is_none() && url.has_host());
    match text.rsplit_once('@') {
        Some((_, rest)) if !harmless => rest,
        _ => text,
    }
}

/// Whether an address may be asked for, as far as can be told without looking a name up.
pub(crate) fn admitted(url: &Url, guard: Guard) -> Result<(), Reason> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Reason::Scheme);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Reason::Credentials);
    }
    let port = url.port_or_known_default().ok_or(Reason::NoAddress)?;
    let number = match url.host() {
        None => return Err(Reason::NoAddress),
        Some(url::Host::Domain(_)) => None,
        Some(url::Host::Ipv4(address)) => Some(address.into()),
        Some(url::Host::Ipv6(address)) => Some(address.into()),
    };
    if let Some(range) = number.and_then(|address| guard.refuses(std::net::SocketAddr::new(address, port))) {
        return Err(Reason::NotPublic(range));
    }
    if guard.allows_port(port) { Ok(()) } else { Err(Reason::Port(port)) }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_password_in_an_address_is_not_shown() {
        assert_eq!(shown(" https://robin:lantern@school.example/x "), "school.example/x");
        assert_eq!(shown("https:/robin:lan@tern@school.example"), "school.example");
        assert_eq!(shown("robin:lantern@school.example"), "school.example");
        assert_eq!(shown("https://school.example/@careers"), "https://school.example/@careers");
        assert_eq!(shown("school.example/careers"), "school.example/careers");
    }
}
