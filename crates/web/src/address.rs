//! Addresses that somebody sent along, to be led to: only ever our own.

/// Whether this is an address of ours: a path from the root, with nothing that a browser reads as the beginning of another site. Browsers
/// pass over tabs and line ends, take `\\` for `/`, and of two slashes at the start the rest for a host; so letters, digits and
/// a few signs are let through, and nothing else is looked at twice.
pub(crate) fn is_ours(address: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/?&=%#:@!$'()*+,;".contains(c);
    let mut chars = address.chars();
    chars.next() == Some('/')
        && !matches!(chars.next(), Some('/' | '\\'))
        && address.chars().all(plain)
        // A path that folds into two slashes, for whatever stands between us and the browser and tidies addresses.
        && !address.split(['?', '#']).next().is_some_and(|path| path.contains("//") || has_dots(path))
}

/// Whether a part of the path is `.` or `..`, as it stands or by percent signs.
fn has_dots(path: &str) -> bool {
    path.split('/').any(|part| {
        let part = part.to_ascii_lowercase().replace("%2e", ".");
        part == "." || part == ".."
    })
}

/// The address if it is ours, or the start.
pub(crate) fn ours_or_start(address: &str) -> &str {
    if is_ours(address) { address } else { "/" }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HERE: &str = "https://careers.school.example";

    /// Where a browser ends up, by the standard that browsers follow.
    fn origin_of(address: &str) -> String {
        let here = url::Url::parse(HERE).unwrap();
        here.join(address).map_or(String::new(), |url| url.origin().ascii_serialization())
    }

    #[test]
    fn our_own_addresses_are_ours() {
        for address in [
            "/",
            "/institutions/7/benchmarks?as-of=2026-10-01&form=9%20A%26B#bm5",
            "/institutions/7/learners?sort=name",
            "/invitations/0a1b2c",
        ] {
            assert!(is_ours(address), "{address}");
            assert_eq!(ours_or_start(address), address);
        }
    }

    #[test]
    fn what_leads_elsewhere_by_any_spelling_is_not() {
        for address in [
            "",
            "institutions",
            "//elsewhere.example",
            "///elsewhere.example",
            "/\\elsewhere.example",
            "\\\\elsewhere.example",
            "/\t/elsewhere.example",
            "/\n/elsewhere.example",
            "\t//elsewhere.example",
            " //elsewhere.example",
            "/\u{0}/elsewhere.example",
            "/\u{2028}/elsewhere.example",
            "/\u{ff0f}elsewhere.example",
            "https://elsewhere.example",
            "https:elsewhere.example",
            "javascript:alert(1)",
            "data:text/html,x",
            "/.//elsewhere.example",
            "/..//elsewhere.example",
            "/%2e%2e//elsewhere.example",
            "/x/..//elsewhere.example",
            "/./\\elsewhere.example",
            "@elsewhere.example",
        ] {
            assert!(!is_ours(address), "{address:?}");
            assert_eq!(ours_or_start(address), "/");
        }
    }

    #[test]
    fn slashes_behind_percent_signs_stay_in_the_path() {
        assert_eq!(origin_of("/%2f%2felsewhere.example"), HERE);
        assert_eq!(origin_of("/%5celsewhere.example"), HERE);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn whatever_is_let_through_stays_on_the_site(
            start in prop_oneof![Just(""), Just("/"), Just("//"), Just("/\\"), Just("\t/"), Just("/."), Just("https:"), Just("/%2f")],
            rest in prop_oneof!["\\PC*", "[/\\\\.:@?#%a-f0-9\t\r\n ]{0,24}", any::<String>()],
        ) {
            let address = format!("{start}{rest}");
            prop_assert_eq!(origin_of(ours_or_start(&address)), HERE);
        }
    }
}
