//! E-mail addresses and telephone numbers in running text.

/// Something found in a text, and where it begins and ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) text: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// A text in which addresses hidden from robots are written as addresses: `name [at] school (dot) example`.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = text.to_owned();
    for (word, sign) in [("at", "@"), ("dot", ".")] {
        for (open, close) in [('[', ']'), ('(', ')'), ('{', '}'), ('<', '>')] {
            for word in [word.to_owned(), word.to_uppercase(), format!(" {word} ")] {
                let hidden = format!("{open}{word}{close}");
                for spaced in [format!(" {hidden} "), format!(" {hidden}"), format!("{hidden} "), hidden.clone()] {
                    plain = plain.replace(&spaced, sign);
                }
            }
        }
    }
    plain
}

/// The addresses in a text, in lower case.
pub(crate) fn emails(text: &str) -> Vec<Found> {
    let within = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '\'');
    text.match_indices('@')
        .filter_map(|(at, _)| {
            let before = text[..at]
                .rfind(|c| !within(c))
                .map_or(0, |place| place + text[place..].chars().next().map_or(1, char::len_utf8));
            let after = text[at + 1..]
                .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')))
                .map_or(text.len(), |place| at + 1 + place);
            let after = before.max(at + 1) + text[at + 1..after].trim_end_matches(['.', '-']).len();
            let address = text[before..after].to_ascii_lowercase();
            let (local, host) = address.split_once('@')?;
            let sound = !local.is_empty() && host.contains('.') && !host.starts_with('.') && host.len() > 3;
            sound.then_some(Found { start: before, end: after, text: address.clone() })
        })
        .collect()
}

/// The telephone numbers in a text, as `0` and nine or ten digits.
pub(crate) fn telephones(text: &str) -> Vec<Found> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let begins = matches!(bytes[at], b'0' | b'+' | b'(')
            && !(at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'/'));
        if !begins {
            at += 1;
            continue;
        }
        let (digits, end) = run(&bytes[at..]);
        let number = normal(&digits);
        if number.len() >= 10 && number.len() <= 11 && number.starts_with('0') {
            found.push(Found { text: number, start: at, end: at + end });
            at += end;
        } else {
            at += 1;
        }
    }
    found
}

/// The digits of a number and where it ends; one space, bracket, point or hyphen may stand between two digits.
fn run(bytes: &[u8]) -> (String, usize) {
    let mut digits = String::new();
    let mut end = 0;
    let mut gap = 0;
    for (place, byte) in bytes.iter().enumerate() {
        match byte {
            b'0'..=b'9' => {
                digits.push(char::from(*byte));
                end = place + 1;
                gap = 0;
                // An extension that follows without a word is no part of it.
                if digits.len() >= if digits.starts_with("44") { 13 } else { 11 } {
                    break;
                }
            }
            b' ' | b'(' | b')' | b'-' | b'.' | b'+' if gap < 3 => gap += 1,
            _ => break,
        }
    }
    (digits, end)
}

/// A number as `0` and its digits, whichever way it is written.
pub(crate) fn normal(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let national = digits.strip_prefix("0044").or_else(|| digits.strip_prefix("44"));
    match national {
        Some(rest) if rest.len() >= 9 => format!("0{}", rest.trim_start_matches('0')),
        _ => digits,
    }
}

/// Mailboxes that belong to nobody in particular.
const OFFICE: [&str; 17] = [
    "office",
    "info",
    "admin",
    "enquiries",
    "enquiry",
    "reception",
    "contact",
    "contactus",
    "head",
    "mail",
    "jobs",
    "hr",
    "school",
    "admissions",
    "exams",
    "schooloffice",
    "mainoffice",
];
/// Mailboxes of the role, whoever holds it.
const ROLE: [&str; 9] =
    ["career", "ceiag", "guidance", "future", "pathway", "leader", "lead", "destination", "employab"];

/// Whether an address is that of an office, or of somebody with another name than this.
pub(crate) fn is_somebody_elses(email: &str, name: &str) -> bool {
    let local = email.split('@').next().unwrap_or_default();
    let parts: Vec<&str> = local.split(|c: char| !c.is_ascii_alphabetic()).filter(|part| !part.is_empty()).collect();
    let name = name.to_lowercase();
    let names: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 1)
        .map(ToOwned::to_owned)
        .collect();
    let of_role = |part: &str| ROLE.iter().any(|word| part.contains(word));
    let of_name = |part: &str| {
        names.iter().any(|name| {
            part.contains(name.as_str()) || (part.len() >= 3 && name.starts_with(part)) || starts_alike(part, name)
        })
    };
    if parts.iter().any(|part| of_role(part) || of_name(part)) {
        return false;
    }
    parts.iter().any(|part| OFFICE.contains(part)) || parts.iter().any(|part| part.len() >= 5)
}

/// An initial and the beginning of a surname, as schools make accounts: `jsmit`.
fn starts_alike(part: &str, name: &str) -> bool {
    part.get(1..).is_some_and(|rest| rest.len() >= 3 && name.starts_with(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(found: Vec<Found>) -> Vec<String> {
        found.into_iter().map(|one| one.text).collect()
    }

    #[test]
    fn addresses_are_found_hidden_or_not() {
        let text = plain("Ask j.o'neil@school.example. or k.wu [at] school [dot] example (mail: A.B@c-d.sch.uk)");
        assert_eq!(texts(emails(&text)), ["j.o'neil@school.example", "k.wu@school.example", "a.b@c-d.sch.uk"]);
        assert_eq!(texts(emails("@school on social media, x@y, @@")), Vec::<String>::new());
    }

    #[test]
    fn numbers_are_one_number_in_every_spelling() {
        for text in [
            "01632 960100",
            "(01632) 960100",
            "+44 1632 960100",
            "+44 (0)1632 960100",
            "01632-960-100",
            "tel:01632960100",
            "01632 960100 ext 14",
        ] {
            assert_eq!(texts(telephones(text)), ["01632960100"], "{text}");
        }
        assert_eq!(texts(telephones("020 7946 0123 or 01632 960101")), ["02079460123", "01632960101"]);
        assert_eq!(texts(telephones("14 October 2026, 8.40 to 9.10, 2026/27")), Vec::<String>::new());
    }

    #[test]
    fn an_address_of_the_office_or_of_another_name_is_told_apart() {
        assert!(is_somebody_elses("office@school.example", "Jo Smith"));
        assert!(is_somebody_elses("colin.drury@school.example", "Jo Smith"));
        for sound in ["j.smith@x.example", "jsmit@x.example", "careers@x.example", "jsm@x.example", "smithj@x.example"]
        {
            assert!(!is_somebody_elses(sound, "Ms Jo Smith"), "{sound}");
        }
    }
}
