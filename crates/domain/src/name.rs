use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

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

/// The words of a person's name as somebody in a hurry types them: without accents, apostrophes and full stops, lower-cased; a hyphen
/// ends a word as white space does. `O’Brien-Zoë` is `obrien`, `zoe`.
pub fn plain_words(name: &str) -> Vec<String> {
    let plain: String = name
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !matches!(c, '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | '.'))
        .flat_map(char::to_lowercase)
        .flat_map(spelt)
        .collect();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A letter as an English keyboard writes it.
fn spelt(letter: char) -> impl Iterator<Item = char> {
    let spelt = match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        _ => "",
    };
    spelt.chars().chain(spelt.is_empty().then_some(letter))
}

/// The parts of a cell that holds several values separated by `;`, trimmed, blanks left out.
pub fn split_list(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_apostrophes_and_hyphens_do_not_tell_people_apart() {
        assert_eq!(plain_words(" O’Brien-Zoë  ÅSE "), ["obrien", "zoe", "ase"]);
        assert_eq!(plain_words("Zoe\u{308} St. John"), ["zoe", "st", "john"]);
        assert_eq!(plain_words("Łukasz Strauß"), ["lukasz", "strauss"]);
        assert!(plain_words(" –*. ").is_empty());
    }

    #[test]
    fn case_and_spaces_do_not_tell_names_apart() {
        assert_eq!(same_name("  Ashdown   Engineering\u{a0}LTD "), "ashdown engineering ltd");
        assert_ne!(same_name("Ashdown-Engineering"), same_name("Ashdown Engineering"));
    }
}
