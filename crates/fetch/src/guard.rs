use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use ureq::{
    config::Config,
    http::Uri,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::NextTimeout,
    },
};

/// A range of addresses that no website of a school is reached at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Range {
    /// This machine.
    Loopback,
    /// A network of one's own: RFC 1918, and unique local addresses of IPv6.
    Private,
    /// The nearest network only, where clouds keep their metadata.
    LinkLocal,
    /// A provider's network behind one public address (RFC 6598).
    Shared,
    /// A cloud's services for its own machines that lie outside the other ranges.
    Metadata,
    /// Many machines at once.
    Multicast,
    /// No machine.
    Unspecified,
    /// Kept for examples in documents and for measuring.
    Documentation,
    /// IPv6 that carries an IPv4 address, or is taken elsewhere to be translated: where it ends cannot be told here.
    Translated,
    /// Kept for later, or for protocols.
    Reserved,
}

impl Range {
    /// What it is, to go on from “an address of”.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Loopback => "this machine itself",
            Self::Private => "a private network",
            Self::LinkLocal => "the local network only",
            Self::Shared => "a provider’s own network",
            Self::Metadata => "a cloud’s internal services",
            Self::Multicast => "many machines at once",
            Self::Unspecified => "no machine",
            Self::Documentation => "examples and measurements",
            Self::Translated => "a translation between networks",
            Self::Reserved => "nobody, as it is reserved",
        }
    }
}

/// The range that an address is refused for; none if it is public.
///
/// The ranges are those of the registries of special-purpose addresses (RFC 6890 and what was added since). Of IPv6 only what is
/// handed out as public (2000::/3) can be, so that a range added later is refused until somebody looks.
pub fn range(address: IpAddr) -> Option<Range> {
    match address {
        IpAddr::V4(address) => range4(address),
        IpAddr::V6(address) => range6(address),
    }
}

fn range4(address: Ipv4Addr) -> Option<Range> {
    Some(match address.octets() {
        [0, 0, 0, 0] => Range::Unspecified,
        [127, ..] => Range::Loopback,
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => Range::Private,
        [169, 254, ..] => Range::LinkLocal,
        [100, 64..=127, ..] => Range::Shared,
        // Azure's service for its own machines has a public address.
        [168, 63, 129, 16] => Range::Metadata,
        [224..=239, ..] => Range::Multicast,
        [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _] | [198, 18 | 19, ..] => Range::Documentation,
        [192, 88, 99, _] => Range::Translated,
        [0, ..] | [192, 0, 0, _] | [240..=255, ..] => Range::Reserved,
        _ => return None,
    })
}

fn range6(address: Ipv6Addr) -> Option<Range> {
    Some(match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0] => Range::Unspecified,
        [0, 0, 0, 0, 0, 0, 0, 1] => Range::Loopback,
        // Compatible (::a.b.c.d), mapped (::ffff:a.b.c.d) and translated (::ffff:0:a.b.c.d).
        [0, 0, 0, 0, 0 | 0xffff, 0 | 0xffff, _, _] => Range::Translated,
        // NAT64, with its own prefix and with a network's.
        [0x64, 0xff9b, ..] => Range::Translated,
        // Teredo and 6to4.
        [0x2001, 0, ..] | [0x2002, ..] => Range::Translated,
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] | [0x2001, 2, 0, ..] => Range::Documentation,
        [0x2001, 1..=0x1ff, ..] => Range::Reserved,
        [0xfc00..=0xfdff, ..] => Range::Private,
        [0xfe80..=0xfebf, ..] => Range::LinkLocal,
        // Site-local: given up, and still taken for private by some.
        [0xfec0..=0xfeff, ..] => Range::Private,
        [0xff00..=0xffff, ..] => Range::Multicast,
        [0x2000..=0x3fff, ..] => return None,
        _ => Range::Reserved,
    })
}

/// Which addresses may be connected to. It stands where names become addresses, and what it lets through is what is connected to: a name
/// that means something else a moment later changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// Public ones, at the ports of http and https.
    Public,
    /// Besides these, this machine at any port. For tests that start a server of their own: nothing that a person can set leads here.
    PublicAndThisMachineForTests,
}

impl Guard {
    /// The range that an address is refused for; none if it may be connected to.
    pub fn refuses(self, address: SocketAddr) -> Option<Range> {
        match range(address.ip()) {
            Some(Range::Loopback) if self == Self::PublicAndThisMachineForTests => None,
            other => other,
        }
    }

    /// Whether this port may be.
    pub const fn allows_port(self, port: u16) -> bool {
        matches!(port, 80 | 443) || matches!(self, Self::PublicAndThisMachineForTests)
    }
}

/// Names to addresses, all of which may be connected to.
#[derive(Debug)]
pub(crate) struct Guarded {
    guard: Guard,
    names: DefaultResolver,
}

impl Guarded {
    pub(crate) fn new(guard: Guard) -> Self {
        Self { guard, names: DefaultResolver::default() }
    }
}

/// A name or number that leads where nothing is asked.
#[derive(Debug)]
pub(crate) struct NotPublic(pub(crate) Range);

impl std::fmt::Display for NotPublic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "an address of {}", self.0.label())
    }
}

impl std::error::Error for NotPublic {}

impl Resolver for Guarded {
    /// One address that is not public refuses the whole name: honest names do not mix them.
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.names.resolve(uri, config, timeout).map_err(|error| match error {
            // The system's look-up says no more than that it failed.
            ureq::Error::Io(_) => ureq::Error::HostNotFound,
            other => other,
        })?;
        match found.iter().find_map(|address| self.guard.refuses(*address)) {
            Some(range) => Err(ureq::Error::Other(Box::new(NotPublic(range)))),
            None => Ok(found),
        }
    }
}
