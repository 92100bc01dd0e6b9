use std::sync::{Mutex, PoisonError};

use argon2::{
    Argon2, Params,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};

use crate::{Context, Error, Problems, Result};

/// The fewest characters of a password.
pub const SHORTEST: usize = 12;
// Longer input only costs time to hash.
const LONGEST: usize = 200;

/// How hard passwords are to try. `Quick` is for tests and the demo, whose passwords are printed anyway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost {
    /// Argon2id as OWASP recommends it: 19 MiB, two passes.
    Full,
    /// The least that the algorithm allows.
    Quick,
}

/// One password at a time: hashing is meant to take memory and time, and whoever sends many at once must not take all of either.
static TURN: Mutex<()> = Mutex::new(());

fn argon2(cost: Cost) -> Argon2<'static> {
    let params = match cost {
        Cost::Full => Params::default(),
        Cost::Quick => Params::new(Params::MIN_M_COST, 1, 1, None).unwrap_or_default(),
    };
    Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params)
}

/// How many guesses a password must withstand, as a power of ten, of somebody who begins with what people mostly choose: 10^8, the
/// third of zxcvbn's four steps, beyond what guessing at a server that counts tries comes to in years.
const GUESSES: f64 = 8.0;

/// Notes what is wrong with a new password. `about` are words that somebody who knows the person would try: see [`about`].
///
/// What is too common or too easily guessed is found by zxcvbn: 30,000 passwords most often found in leaks, the most common
/// words and names, rows of keys, repetitions, dates, each also with capitals and digits put for letters.
pub(crate) fn check(password: &str, about: &[String], problems: &mut Problems) {
    let length = password.chars().count();
    if length < SHORTEST {
        problems
            .add("password", format!("Use at least {SHORTEST} characters: three words in a row are easy to remember."));
    } else if password.len() > LONGEST {
        problems.add("password", format!("Use at most {LONGEST} characters."));
    } else {
        let words: Vec<&str> = about.iter().map(String::as_str).collect();
        if is_made_of(password, about) || zxcvbn::zxcvbn(password, &words).guesses_log10() < GUESSES {
            problems.add(
                "password",
                "This is easy to guess. Use three or more words that do not belong together: no names, dates or rows of keys.",
            );
        }
    }
}

/// Whether little of the password is left without these words. (To zxcvbn three words in a row are hard to guess, whosever
/// they are.)
fn is_made_of(password: &str, about: &[String]) -> bool {
    let mut rest = password.to_lowercase();
    let mut words: Vec<&String> = about.iter().collect();
    words.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
    for word in words {
        rest = rest.replace(word.as_str(), "");
    }
    rest.chars().filter(|c| c.is_alphanumeric()).count() < SHORTEST / 2
}

/// The words that a password must not be made of: the person's name and address, the institutions, and our own name.
pub(crate) fn about(name: &str, email: &str, institutions: &[String]) -> Vec<String> {
    let texts = [name, email, "waymark careers"].into_iter().chain(institutions.iter().map(String::as_str));
    let words = texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric()).chain([text]));
    let mut words: Vec<String> =
        words.filter(|word| word.chars().count() > 2).map(|word| word.replace(' ', "").to_lowercase()).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The hash to keep, as a PHC string.
pub(crate) fn hash(password: &str, cost: Cost, context: &Context) -> Result<String> {
    let salt: [u8; 16] = context.random_bytes();
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let hash =
        argon2(cost).hash_password_with_salt(password.as_bytes(), &salt).map_err(|e| Error::fault(e.to_string()))?;
    Ok(hash.to_string())
}

/// Whether the password is the one that was hashed. With no hash the same work is done in vain, so that an unknown address
/// takes as long as a wrong password.
pub(crate) fn verify(password: &str, hash: Option<&str>, cost: Cost) -> bool {
    let verifier = argon2(cost);
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    match hash.and_then(|hash| PasswordHash::new(hash).ok()) {
        Some(hash) => verifier.verify_password(password.as_bytes(), &hash).is_ok(),
        None => {
            let _same_work = verifier.hash_password_with_salt(password.as_bytes(), &[0; 16]);
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_is_accepted() {
        let context = Context::fixed("2026-11-23T09:00:00Z".parse().unwrap(), 1);
        let kept = hash("correct horse battery", Cost::Quick, &context).unwrap();
        assert!(kept.starts_with("$argon2id$"));
        assert!(verify("correct horse battery", Some(&kept), Cost::Quick));
        assert!(!verify("correct horse batterY", Some(&kept), Cost::Quick));
        assert!(!verify("correct horse battery", None, Cost::Quick));
    }

    fn is_weak(password: &str) -> bool {
        let about = about("Robin Larkrise", "head@hollin-bank.example", &["Hollin Bank Academy".to_owned()]);
        let mut problems = Problems::default();
        check(password, &about, &mut problems);
        problems.check().is_err()
    }

    #[test]
    fn short_and_common_passwords_are_refused_in_whatever_disguise() {
        for weak in [
            "short",
            "aaaaaaaaaaaaaaaa",
            "passwordpassword",
            "Password123456",
            "P@ssw0rd123!",
            "qwertyuiop12",
            "1qaz2wsx3edc",
            "123456789012",
            "abcdefghijkl",
            "iloveyou2026",
            "october102026",
            "unbelievable",
        ] {
            assert!(is_weak(weak), "{weak}");
        }
    }

    #[test]
    fn what_everybody_knows_of_somebody_is_no_password() {
        for weak in [
            "head@hollin-bank.example",
            "RobinLarkrise",
            "larkriserobin1",
            "robin-larkrise-2026",
            "Waymark2026!",
            "waymarkwaymark",
            "HollinBank2026",
            "hollinbankacademy",
        ] {
            assert!(is_weak(weak), "{weak}");
        }
    }

    #[test]
    fn three_words_that_do_not_belong_together_are_enough() {
        for strong in ["lantern otter kettle", "three words together", "correct horse battery", "mossgreen-umbrella-9"]
        {
            assert!(!is_weak(strong), "{strong}");
        }
        assert!(!is_weak(&"three words together ".repeat(9)));
        assert!(is_weak(&"three words together ".repeat(10)), "longer than is hashed");
    }
}
