//! Who a request comes from, behind however many proxies.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::Response,
};

use crate::{Networks, site::Site};

/// Who a request comes from. It is worked out once for each request and kept with it: see `pages::sign_in::origin`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Client {
    /// If the server is told; an IPv4 address that came in through an IPv6 socket is the IPv4 address.
    address: Option<IpAddr>,
}

impl Client {
    /// What tries are counted by, for slowing down guesses: the address, or of an IPv6 address the network of 64 bits that one
    /// household or school is given, so that nobody has a new one for each try. Empty when the server is not told.
    pub(crate) fn neighbourhood(&self) -> String {
        match self.address {
            None => String::new(),
            Some(IpAddr::V4(address)) => address.to_string(),
            Some(IpAddr::V6(address)) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        }
    }

    /// Who is behind the connection. The word of the peer counts only if it is a trusted proxy, and then what it was told by the
    /// one before it, as long as that is trusted too: from the right, because anybody can write what stands on the left.
    fn behind(peer: IpAddr, headers: &HeaderMap, trusted: &Networks) -> Self {
        let mut address = peer.to_canonical();
        if trusted.contains(address) {
            for hop in hops(headers).into_iter().rev() {
                // `unknown`, or nonsense: the last one who is known answers for it.
                let Some(hop) = hop else { break };
                address = hop;
                if !trusted.contains(address) {
                    break;
                }
            }
        }
        Self { address: Some(address) }
    }
}

/// Works out who asks, for everything behind it.
pub(crate) async fn recognise(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    if let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>().copied() {
        let client = Client::behind(peer.ip(), request.headers(), &site.settings.trusted_proxies);
        request.extensions_mut().insert(client);
    }
    next.run(request).await
}

/// What proxies say of who asked them, in the order of the way; `None` for what is no address. When both headers come, one of them is
/// not the proxy's own but was let through, and nobody can tell which: then neither counts.
fn hops(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let forwarded = headers.contains_key(header::FORWARDED);
    match (forwarded, headers.contains_key("x-forwarded-for")) {
        (true, false) => list(headers, header::FORWARDED.as_str()).map(|hop| node(for_of(hop)?)).collect(),
        (false, true) => list(headers, "x-forwarded-for").map(node).collect(),
        _ => Vec::new(),
    }
}

/// The elements of a header that is a list, over all its lines. No address holds a comma, so quotes need no looking at.
fn list<'h>(headers: &'h HeaderMap, name: &'h str) -> impl Iterator<Item = &'h str> {
    headers.get_all(name).iter().flat_map(|line| line.to_str().unwrap_or("unreadable").split(',')).map(str::trim)
}

/// The `for` of an element of `Forwarded`, without quotes (RFC 7239, section 4).
fn for_of(element: &str) -> Option<&str> {
    element.split(';').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim().eq_ignore_ascii_case("for").then(|| value.trim().trim_matches('"'))
    })
}

/// An address with or without brackets and port.
fn node(text: &str) -> Option<IpAddr> {
    let bracketed = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let address = match bracketed {
        Some((address, port)) if port.is_empty() || port.starts_with(':') => address.parse().ok(),
        Some(_) => None,
        None => text.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip())),
    };
    address.as_ref().map(IpAddr::to_canonical)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, trusted: &str, sent: &[(&'static str, &'static str)]) -> String {
        let mut headers = HeaderMap::new();
        for (name, value) in sent {
            headers.append(*name, value.parse().unwrap());
        }
        let found = Client::behind(peer.parse().unwrap(), &headers, &trusted.parse().unwrap());
        found.address.unwrap().to_string()
    }

    #[test]
    fn nobody_but_a_trusted_proxy_is_believed() {
        let sent = [("x-forwarded-for", "198.51.100.7")];
        assert_eq!(client("203.0.113.9", "", &sent), "203.0.113.9");
        assert_eq!(client("203.0.113.9", "10.0.0.0/8", &sent), "203.0.113.9");
        assert_eq!(client("10.0.0.1", "10.0.0.0/8", &sent), "198.51.100.7");
        assert_eq!(client("::ffff:10.0.0.1", "10.0.0.0/8", &sent), "198.51.100.7");
        assert_eq!(client("10.0.0.1", "10.0.0.0/8", &[]), "10.0.0.1");
    }

    #[test]
    fn what_the_client_wrote_itself_stands_on_the_left_and_does_not_count() {
        let spoofed = [("x-forwarded-for", "127.0.0.1, 198.51.100.7")];
        assert_eq!(client("10.0.0.1", "10.0.0.0/8, 127.0.0.1", &spoofed), "198.51.100.7");
        let in_lines = [("x-forwarded-for", "192.0.2.1"), ("x-forwarded-for", "198.51.100.7")];
        assert_eq!(client("10.0.0.1", "10.0.0.0/8", &in_lines), "198.51.100.7");
    }

    #[test]
    fn a_chain_of_trusted_proxies_is_followed_to_its_end() {
        let chain = [("x-forwarded-for", "192.0.2.1, 198.51.100.7, 10.0.0.2")];
        assert_eq!(client("10.0.0.1", "10.0.0.0/8", &chain), "198.51.100.7");
        assert_eq!(client("10.0.0.1", "10.0.0.1", &chain), "10.0.0.2");
        assert_eq!(client("10.0.0.1", "0.0.0.0/0", &chain), "192.0.2.1");
    }

    #[test]
    fn the_standard_header_is_read_with_quotes_ports_and_ipv6() {
        for (value, expected) in [
            ("for=198.51.100.7", "198.51.100.7"),
            ("proto=https;For=\"198.51.100.7:4711\";by=10.0.0.1", "198.51.100.7"),
            ("for=\"[2001:db8:cafe::17]:4711\"", "2001:db8:cafe::17"),
            ("for=\"[2001:db8:cafe::17]\", for=10.0.0.2", "2001:db8:cafe::17"),
            ("for=\"[::ffff:198.51.100.7]\"", "198.51.100.7"),
        ] {
            assert_eq!(client("10.0.0.1", "10.0.0.0/8", &[("forwarded", value)]), expected, "{value}");
        }
        assert_eq!(client("fd00::1", "fd00::/8", &[("x-forwarded-for", "2001:db8::5")]), "2001:db8::5");
    }

    #[test]
    fn nonsense_ends_the_chain_at_the_last_who_is_known() {
        for value in ["unknown", "_hidden", "", ",", "999.1.1.1", "[::1", "[::1]x", "1.2.3.4:99999", "a, b", "🦦"] {
            assert_eq!(client("10.0.0.1", "10.0.0.0/8", &[("x-forwarded-for", value)]), "10.0.0.1", "{value}");
        }
        for value in ["for", "by=1.2.3.4", "for=;", "for=\"", "for=unknown", "for==1.2.3.4"] {
            assert_eq!(client("10.0.0.1", "10.0.0.0/8", &[("forwarded", value)]), "10.0.0.1", "{value}");
        }
        let half = [("x-forwarded-for", "198.51.100.7, junk, 10.0.0.2")];
        assert_eq!(client("10.0.0.1", "10.0.0.0/8", &half), "10.0.0.2");
    }

    #[test]
    fn when_both_headers_come_neither_is_believed() {
        let both = [("x-forwarded-for", "198.51.100.7"), ("forwarded", "for=192.0.2.1")];
        assert_eq!(client("10.0.0.1", "10.0.0.0/8", &both), "10.0.0.1");
    }

    #[test]
    fn tries_are_counted_by_the_network_that_one_place_is_given() {
        let of = |text: &str| Client { address: Some(text.parse().unwrap()) }.neighbourhood();
        assert_eq!(of("198.51.100.7"), "198.51.100.7");
        assert_eq!(of("2001:db8:1:2:aaaa::1"), of("2001:db8:1:2:ffff:1:2:3"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(Client::default().neighbourhood(), "");
    }
}
