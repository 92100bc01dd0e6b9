use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};

use crate::{Refusal, Result};

/// Tries allowed within the span for one account, code or form.
pub(crate) const TRIES: usize = 10;
/// Failures allowed within the span for one place that requests come from: a whole school may stand behind it.
pub(crate) const FAILURES_FROM_ONE_PLACE: usize = 100;
const SPAN: SignedDuration = SignedDuration::from_mins(15);
/// How many keys are remembered; beyond it, those whose span has passed are forgotten.
const KEYS: usize = 10_000;

/// Slows down whoever guesses passwords or codes. Kept in memory: a restart forgives, and each node counts for itself.
#[derive(Debug, Default)]
pub(crate) struct Throttle(Mutex<HashMap<String, Vec<Timestamp>>>);

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
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.len() >= KEYS {
            tries.retain(|_, at| at.last().is_some_and(|last| now.duration_since(*last) < SPAN));
        }
        let at = tries.entry(key.to_owned()).or_default();
        at.retain(|earlier| now.duration_since(*earlier) < SPAN);
        if at.len() >= most {
            return Err(Refusal::TooMany.into());
        }
        at.push(now);
        Ok(())
    }

    /// Takes the latest try back: it succeeded, and only failures count.
    pub(crate) fn take_back(&self, key: &str) {
        if let Some(at) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get_mut(key) {
            at.pop();
        }
    }

    /// Forgets the tries: this one succeeded.
    pub(crate) fn forgive(&self, key: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_try_within_a_quarter_of_an_hour_is_refused() {
        let throttle = Throttle::default();
        let start: Timestamp = "2026-11-23T09:00:00Z".parse().unwrap();
        for _ in 0..TRIES {
            throttle.try_once("someone", start).unwrap();
        }
        assert!(throttle.try_once("someone", start).is_err());
        assert!(throttle.try_once("someone else", start).is_ok());
        assert!(throttle.try_once("someone", start + SPAN).is_ok());
    }
}
