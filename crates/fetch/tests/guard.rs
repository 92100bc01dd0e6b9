//! What may be connected to, address by address.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use fetch::{Guard, Range, range};
use proptest::prelude::*;

/// Ranges of IPv4 that are refused, as the registry of special-purpose addresses writes them, and two that it does not have.
const REFUSED: [(&str, u8, Range); 17] = [
    ("0.0.0.0", 32, Range::Unspecified),
    ("0.0.0.0", 8, Range::Reserved),
    ("10.0.0.0", 8, Range::Private),
    ("100.64.0.0", 10, Range::Shared),
    ("127.0.0.0", 8, Range::Loopback),
    ("168.63.129.16", 32, Range::Metadata),
    ("169.254.0.0", 16, Range::LinkLocal),
    ("172.16.0.0", 12, Range::Private),
    ("192.0.0.0", 24, Range::Reserved),
    ("192.0.2.0", 24, Range::Documentation),
    ("192.88.99.0", 24, Range::Translated),
    ("192.168.0.0", 16, Range::Private),
    ("198.18.0.0", 15, Range::Documentation),
    ("198.51.100.0", 24, Range::Documentation),
    ("203.0.113.0", 24, Range::Documentation),
    ("224.0.0.0", 4, Range::Multicast),
    ("240.0.0.0", 4, Range::Reserved),
];

/// The same for IPv6.
const REFUSED6: [(&str, u8, Range); 16] = [
    ("::", 128, Range::Unspecified),
    ("::1", 128, Range::Loopback),
    ("::ffff:0:0", 96, Range::Translated),
    ("64:ff9b::", 96, Range::Translated),
    ("64:ff9b:1::", 48, Range::Translated),
    ("100::", 64, Range::Reserved),
    ("2001::", 32, Range::Translated),
    ("2001:2::", 48, Range::Documentation),
    ("2001:10::", 28, Range::Reserved),
    ("2001:20::", 28, Range::Reserved),
    ("2001:db8::", 32, Range::Documentation),
    ("2002::", 16, Range::Translated),
    ("3fff::", 20, Range::Documentation),
    ("5f00::", 16, Range::Reserved),
    ("fc00::", 7, Range::Private),
    ("fe80::", 10, Range::LinkLocal),
];

fn v4(text: &str) -> u32 {
    text.parse::<Ipv4Addr>().unwrap().to_bits()
}

fn v6(text: &str) -> u128 {
    text.parse::<Ipv6Addr>().unwrap().to_bits()
}

fn within4(address: u32) -> bool {
    REFUSED.iter().any(|(from, bits, _)| (address ^ v4(from)).leading_zeros() >= u32::from(*bits))
}

fn refuses(address: impl Into<IpAddr>) -> bool {
    let address = SocketAddr::new(address.into(), 443);
    Guard::Public.refuses(address).is_some()
}

#[test]
fn the_ends_of_every_range_are_refused_for_what_they_are() {
    for (from, bits, expected) in REFUSED.iter().filter(|(from, bits, _)| (*from, *bits) != ("0.0.0.0", 8)) {
        let last = v4(from) | u32::MAX.checked_shr(u32::from(*bits)).unwrap_or(0);
        for address in [v4(from), last] {
            assert_eq!(range(Ipv4Addr::from_bits(address).into()), Some(*expected), "{from}/{bits}");
        }
    }
    for (from, bits, expected) in REFUSED6 {
        let last = v6(from) | u128::MAX.checked_shr(u32::from(bits)).unwrap_or(0);
        for address in [v6(from), last] {
            assert_eq!(range(Ipv6Addr::from_bits(address).into()), Some(expected), "{from}/{bits}");
        }
    }
}

#[test]
fn the_neighbours_of_the_ranges_are_public() {
    for address in [
        "1.0.0.0",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "168.63.129.15",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.0.3.0",
        "192.88.98.255",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "203.0.112.255",
        "223.255.255.255",
        "8.8.8.8",
        "151.101.0.144",
    ] {
        assert!(!refuses(address.parse::<Ipv4Addr>().unwrap()), "{address}");
    }
    for address in ["2001:200::", "2001:4860:4860::8888", "2003::", "2606:4700::1111", "2a00:1450::1", "3fff:1000::"] {
        assert!(!refuses(address.parse::<Ipv6Addr>().unwrap()), "{address}");
    }
}

#[test]
fn clouds_metadata_is_refused_however_it_is_reached() {
    for address in ["169.254.169.254", "169.254.170.2", "100.100.100.200", "192.0.0.192", "168.63.129.16"] {
        let address: Ipv4Addr = address.parse().unwrap();
        assert!(
            refuses(address) && refuses(address.to_ipv6_mapped()) && refuses(address.to_ipv6_compatible()),
            "{address}"
        );
    }
    assert!(refuses("fd00:ec2::254".parse::<Ipv6Addr>().unwrap()));
    assert!(refuses("fe80::a9fe:a9fe".parse::<Ipv6Addr>().unwrap()));
}

#[test]
fn the_door_for_tests_opens_to_this_machine_and_nowhere_else() {
    let door = Guard::PublicAndThisMachineForTests;
    let refuses = |address: &str| door.refuses(address.parse().unwrap());
    assert_eq!(refuses("127.0.0.1:8080"), None);
    assert_eq!(refuses("[::1]:8080"), None);
    assert_eq!(refuses("10.0.0.1:80"), Some(Range::Private));
    assert_eq!(refuses("[::ffff:127.0.0.1]:80"), Some(Range::Translated));
    assert_eq!(refuses("169.254.169.254:80"), Some(Range::LinkLocal));
    assert_eq!(refuses("0.0.0.0:80"), Some(Range::Unspecified));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn an_address_of_ipv4_is_refused_exactly_within_the_ranges(address: u32) {
        prop_assert_eq!(refuses(Ipv4Addr::from_bits(address)), within4(address));
    }

    #[test]
    fn every_address_of_a_refused_range_is_refused(which in 0..REFUSED.len(), rest: u32) {
        let (from, bits, _) = REFUSED[which];
        let address = v4(from) | (rest & u32::MAX.checked_shr(u32::from(bits)).unwrap_or(0));
        prop_assert!(refuses(Ipv4Addr::from_bits(address)));
    }

    #[test]
    fn every_address_of_a_refused_range_of_ipv6_is_refused(which in 0..REFUSED6.len(), rest: u128) {
        let (from, bits, _) = REFUSED6[which];
        let address = v6(from) | (rest & u128::MAX.checked_shr(u32::from(bits)).unwrap_or(0));
        prop_assert!(refuses(Ipv6Addr::from_bits(address)));
    }

    /// Whatever address of IPv4 it is, public or not: within one of IPv6 it is refused in each of the forms that carry it.
    #[test]
    fn no_form_that_carries_ipv4_gets_through(address: u32) {
        let low = u128::from(address);
        let carried = [
            low,
            0xffff_u128 << 32 | low,
            0xffff_u128 << 48 | low,
            v6("64:ff9b::") | low,
            v6("64:ff9b:1::") | low,
            v6("2002::") | low << 80,
            v6("2001::") | (low ^ 0xffff_ffff),
        ];
        for address in carried {
            prop_assert!(refuses(Ipv6Addr::from_bits(address)), "{}", Ipv6Addr::from_bits(address));
        }
    }

    /// Of IPv6 nothing is let through but what is handed out as public, without the ranges above.
    #[test]
    fn only_what_is_handed_out_is_public(address: u128) {
        let within = |from: &str, bits: u8| (address ^ v6(from)).leading_zeros() >= u32::from(bits);
        let special = REFUSED6.iter().any(|(from, bits, _)| within(from, *bits)) || within("2001::", 23);
        prop_assert_eq!(refuses(Ipv6Addr::from_bits(address)), special || !within("2000::", 3));
    }

    #[test]
    fn public_addresses_are_let_through(address in v6("2400::")..v6("3fff::")) {
        prop_assert!(!refuses(Ipv6Addr::from_bits(address)));
    }
}
