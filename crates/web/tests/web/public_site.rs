//! The public careers site must not shadow an address of Waymark itself.

use std::collections::BTreeSet;

#[test]
fn no_institution_can_take_a_word_that_addresses_of_waymark_begin_with() {
    let table = include_str!("../../../../docs/access.md");
    let addresses = table.lines().filter_map(|line| line.strip_prefix("| ")?.split_whitespace().nth(1));
    let words: BTreeSet<&str> = addresses
        .filter_map(|address| address.strip_prefix('/')?.split('/').next())
        .filter(|word| !word.is_empty() && !word.starts_with('{'))
        .collect();
    let free: Vec<_> = words.into_iter().filter(|word| !app::RESERVED_WORDS.contains(word)).collect();
    assert!(free.is_empty(), "app::RESERVED_WORDS lacks {free:?}");
}
