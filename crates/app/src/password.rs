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

/// Notes what is wrong with a new password.
pub(crate) fn check(password: &str, email: &str, problems: &mut Problems) {
    let length = password.chars().count();
    if length < SHORTEST {
        problems
            .add("password", format!("Use at least {SHORTEST} characters: three words in a row are easy to remember."));
    } else if password.len() > LONGEST {
        problems.add("password", format!("Use at most {LONGEST} characters."));
    } else if password.eq_ignore_ascii_case(email) || is_one_character_repeated(password) {
        problems.add("password", "Choose something that is harder to guess.");
    }
}

fn is_one_character_repeated(password: &str) -> bool {
    let mut characters = password.chars();
    let first = characters.next();
    characters.all(|c| Some(c) == first)
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

    #[test]
    fn weak_passwords_are_named() {
        for weak in ["short", "aaaaaaaaaaaaaaaa", "head@example.org"] {
            let mut problems = Problems::default();
            check(weak, "head@example.org", &mut problems);
            assert!(problems.check().is_err(), "{weak}");
        }
    }
}
