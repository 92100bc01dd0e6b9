/// The form in which names of organisations and subjects are compared: trimmed, runs of white space joined, lower-cased.
/// Two names are the same if these forms are equal.
pub fn same_name(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&word.to_lowercase());
    }
    key
}

/// The parts of a cell that holds several values separated by `;`, trimmed, blanks left out.
pub fn split_list(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_spaces_do_not_tell_names_apart() {
        assert_eq!(same_name("  Ashdown   Engineering\u{a0}LTD "), "ashdown engineering ltd");
        assert_ne!(same_name("Ashdown-Engineering"), same_name("Ashdown Engineering"));
    }
}
