//! Browsers in which somebody has signed in before.
//!
//! Wrong passwords are counted by where they come from and for whom. A whole school comes from one address: a pupil who tries a teacher's
//! address ten times there would keep the teacher out for a quarter of an hour. So tries from a browser in which that person has signed in
//! before are counted by themselves. Such a browser keeps a secret of 256 bits; what it was for is remembered here, in memory: after a restart,
//! and on another node, it counts like any other until its owner has signed in once.

use std::{
    collections::{HashSet, VecDeque},
    sync::{Mutex, PoisonError},
};

/// How many pairs of browser and person are remembered; the oldest go first. At 320 bytes each, some 6 MB.
const MOST: usize = 20_000;
/// The longest e-mail address that there can be.
const LONGEST: usize = 254;

/// Pairs of browser and person.
#[derive(Debug, Default)]
pub(crate) struct KnownBrowsers(Mutex<Pairs>);

#[derive(Debug, Default)]
struct Pairs {
    known: HashSet<String>,
    in_order: VecDeque<String>,
}

impl KnownBrowsers {
    /// Somebody signed in with this address in the browser that keeps this secret.
    pub(crate) fn remember(&self, secret: &str, email: &str) {
        let pair = pair(secret, email);
        let mut pairs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if email.len() > LONGEST || !pairs.known.insert(pair.clone()) {
            return;
        }
        pairs.in_order.push_back(pair);
        if pairs.in_order.len() > MOST
            && let Some(oldest) = pairs.in_order.pop_front()
        {
            pairs.known.remove(&oldest);
        }
    }

    /// Whether somebody with this address signed in there before.
    pub(crate) fn recognises(&self, secret: &str, email: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).known.contains(&pair(secret, email))
    }
}

fn pair(secret: &str, email: &str) -> String {
    format!("{secret} {}", email.trim().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_known_for_those_who_signed_in_there_and_the_oldest_are_forgotten() {
        let known = KnownBrowsers::default();
        known.remember("a", "Robin@school.example");
        assert!(known.recognises("a", " robin@school.example"));
        assert!(!known.recognises("a", "sam@school.example") && !known.recognises("b", "robin@school.example"));
        known.remember("a", &"x".repeat(100_000));
        for number in 0..MOST {
            known.remember(&number.to_string(), "robin@school.example");
        }
        assert!(!known.recognises("a", "robin@school.example"));
        assert_eq!(known.0.lock().unwrap().known.len(), MOST);
    }
}
