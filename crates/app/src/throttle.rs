use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};

use crate::{Refusal, Result, token::digest};

/// Tries allowed within the span for one account, code or form.
pub(crate) const TRIES: usize = 10;
/// Failures allowed within the span for one place that requests come from: a whole school may stand behind it.
pub(crate) const FAILURES_FROM_ONE_PLACE: usize = 100;
const SPAN: SignedDuration = SignedDuration::from_mins(15);
/// How many keys are remembered. At 100 tries each, which nobody reaches with all of them, that is 40 MB.
const KEYS: usize = 50_000;
/// How many are forgotten at once when there are too many, so that it is seldom looked for.
const FORGOTTEN: usize = KEYS / 10;

/// Slows down whoever guesses passwords or codes.
///
/// Kept in memory, of bounded size: a restart forgives, and on PostgreSQL each of several nodes counts for itself, so that with three of
/// them three times as many tries are possible. Of a key only a digest is kept, whatever somebody typed.
///
/// Keys say what is counted and for whom, in words without the difference of case or of white space: `sign-in 192.0.2.1 robin@…`.
#[derive(Debug, Default)]
pub(crate) struct Throttle(Mutex<HashMap<Key, Vec<Timestamp>>>);

type Key = [u8; 16];

impl Throttle {
    /// Counts a try of [`TRIES`].
    ///
    /// # Errors
    /// [`Refusal::TooMany`] if there were too many lately.
    pub(crate) fn try_once(&self, key: &str, now: Timestamp) -> Result<()> {
        self.try_one_of(TRIES, key, now)
    }

    /// Counts a try of so many.
    ///
    /// # Errors
    /// [`Refusal::TooMany`] if there were too many lately.
    pub(crate) fn try_one_of(&self, most: usize, key: &str, now: Timestamp) -> Result<()> {
        let key = folded(key);
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.len() >= KEYS && !tries.contains_key(&key) {
            make_room(&mut tries, now);
        }
        let at = tries.entry(key).or_default();
        at.retain(|earlier| now.duration_since(*earlier) < SPAN);
        if at.len() >= most {
            return Err(Refusal::TooMany.into());
        }
        at.push(now);
        Ok(())
    }

    /// Takes the latest try back: it succeeded, and only failures count.
    pub(crate) fn take_back(&self, key: &str) {
        let key = folded(key);
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = tries.get_mut(&key) {
            at.pop();
            if at.is_empty() {
                tries.remove(&key);
            }
        }
    }

    /// Forgets the tries: this one succeeded.
    pub(crate) fn forgive(&self, key: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&folded(key));
    }
}

/// Forgets those whose span has passed; if that is not enough, those with the fewest tries. Somebody who fills the memory with new keys
/// makes room among keys like these, and not among those that are being guessed at.
fn make_room(tries: &mut HashMap<Key, Vec<Timestamp>>, now: Timestamp) {
    tries.retain(|_, at| at.last().is_some_and(|last| now.duration_since(*last) < SPAN));
    if tries.len() + FORGOTTEN <= KEYS {
        return;
    }
    let mut by_weight: Vec<_> = tries.iter().map(|(key, at)| (at.len(), at.last().copied(), *key)).collect();
    by_weight.sort_unstable();
    for (_, _, key) in by_weight.into_iter().take(FORGOTTEN) {
        tries.remove(&key);
    }
}

/// What a key is kept as: without the difference of case or of white space, and short however long it is.
fn folded(key: &str) -> Key {
    let words: Vec<String> = key.split_whitespace().map(str::to_lowercase).collect();
    let mut short = Key::default();
    short.copy_from_slice(&digest(words.join(" ").as_bytes())[..16]);
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start() -> Timestamp {
        "2026-11-23T09:00:00Z".parse().unwrap()
    }

    #[test]
    fn the_eleventh_try_within_a_quarter_of_an_hour_is_refused() {
        let throttle = Throttle::default();
        for _ in 0..TRIES {
            throttle.try_once("someone", start()).unwrap();
        }
        assert!(throttle.try_once("someone", start()).is_err());
        assert!(throttle.try_once("someone else", start()).is_ok());
        assert!(throttle.try_once("someone", start() + SPAN).is_ok());
    }

    #[test]
    fn another_case_or_another_blank_is_the_same_key() {
        let throttle = Throttle::default();
        for key in
            ["sign-in p Robin@School.example", "sign-in p  robin@school.example", "SIGN-IN p robin@school.EXAMPLE\t"]
                .iter()
                .cycle()
                .take(TRIES)
        {
            throttle.try_once(key, start()).unwrap();
        }
        assert!(throttle.try_once("sign-in p robin@school.example", start()).is_err());
        throttle.forgive("Sign-in p ROBIN@school.example");
        assert!(throttle.try_once("sign-in p robin@school.example", start()).is_ok());
    }

    #[test]
    fn many_keys_take_bounded_memory_and_free_nobody_who_is_being_guessed_at() {
        let throttle = Throttle::default();
        for _ in 0..TRIES {
            throttle.try_once("the target", start()).unwrap();
        }
        for other in 0..KEYS + 3 * FORGOTTEN {
            throttle.try_once(&format!("{other} {}", "x".repeat(200)), start()).unwrap();
        }
        assert!(throttle.0.lock().unwrap().len() <= KEYS);
        assert!(throttle.try_once("the target", start()).is_err());
    }

    #[test]
    fn a_try_that_succeeded_is_taken_back_and_leaves_nothing() {
        let throttle = Throttle::default();
        throttle.try_once("someone", start()).unwrap();
        throttle.take_back("someone");
        throttle.take_back("nobody");
        assert!(throttle.0.lock().unwrap().is_empty());
    }
}
