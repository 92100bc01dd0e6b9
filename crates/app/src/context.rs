use std::sync::{
    Mutex,
    atomic::{AtomicI64, Ordering},
};

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use rand::{Rng, SeedableRng, rngs::StdRng};

/// Where time, new ids and randomness come from.
///
/// The binary uses [`Context::ambient`]; tests and the demo use [`Context::fixed`], so that whole pages and databases can be
/// compared. Nothing else in the product asks the machine for any of the three; `clippy.toml` sees to it.
#[derive(Debug)]
pub struct Context {
    clock: Clock,
    last_id: AtomicI64,
    random: Mutex<StdRng>,
    zone: TimeZone,
}

#[derive(Debug)]
enum Clock {
    Ambient,
    Fixed(Mutex<Timestamp>),
}

// Ids count milliseconds since 2025, with 22 bits below for what is made within one: 69 years before the sign bit.
const EPOCH_MS: i64 = 1_735_689_600_000;
const ID_BITS: u32 = 22;

impl Context {
    /// The machine's clock and randomness, in English time.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that may ask the machine")]
    pub fn ambient() -> Self {
        let mut seed = [0; 32];
        rand::rng().fill_bytes(&mut seed);
        Self {
            clock: Clock::Ambient,
            last_id: AtomicI64::new(0),
            random: Mutex::new(StdRng::from_seed(seed)),
            zone: london(),
        }
    }

    /// A clock that stands still until it is moved, and randomness that repeats for the same `seed`.
    pub fn fixed(now: Timestamp, seed: u64) -> Self {
        Self {
            clock: Clock::Fixed(Mutex::new(now)),
            last_id: AtomicI64::new(0),
            random: Mutex::new(StdRng::seed_from_u64(seed)),
            zone: london(),
        }
    }

    /// This instant.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that may ask the machine")]
    pub fn now(&self) -> Timestamp {
        match &self.clock {
            Clock::Ambient => Timestamp::now(),
            Clock::Fixed(at) => *at.lock().unwrap_or_else(std::sync::PoisonError::into_inner),
        }
    }

    /// Moves a fixed clock. An ambient one cannot be moved and stays.
    pub fn set_now(&self, now: Timestamp) {
        if let Clock::Fixed(at) = &self.clock {
            *at.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = now;
        }
    }

    /// Today in England.
    pub fn today(&self) -> Date {
        self.day_of(self.now())
    }

    /// The day of an instant in England.
    pub fn day_of(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(at).date()
    }

    /// The time zone in which people live here.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// A new id, larger than every earlier one of this process. Two processes that make ids in the same millisecond differ in
    /// the random part, and the primary key catches the rest.
    pub fn next_id(&self) -> i64 {
        let from_clock = (self.now().as_millisecond() - EPOCH_MS) << ID_BITS;
        let spread = match &self.clock {
            Clock::Ambient => i64::from(self.random_u32() & ((1 << (ID_BITS - 2)) - 1)),
            Clock::Fixed(_) => 0,
        };
        let candidate = from_clock + spread;
        self.last_id
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(candidate.max(last + 1)))
            .map_or(candidate, |last| candidate.max(last + 1))
    }

    /// When an id was made, to the millisecond.
    pub fn made_at(&self, id: i64) -> Timestamp {
        Timestamp::from_millisecond((id >> ID_BITS) + EPOCH_MS).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Random bytes, fit for secrets when the context is ambient.
    pub fn random_bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        let mut random = self.random.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        random.fill_bytes(&mut bytes);
        bytes
    }

    fn random_u32(&self) -> u32 {
        u32::from_le_bytes(self.random_bytes())
    }
}

fn london() -> TimeZone {
    TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_even_when_the_clock_stands_still() {
        let context = Context::fixed("2026-11-23T09:00:00Z".parse().unwrap(), 1);
        let first = context.next_id();
        let second = context.next_id();
        assert!(first > 0 && second > first);
        context.set_now("2026-11-23T08:00:00Z".parse().unwrap());
        assert!(context.next_id() > second);
    }

    #[test]
    fn today_is_the_day_in_england() {
        let context = Context::fixed("2026-06-30T23:30:00Z".parse().unwrap(), 1);
        assert_eq!(context.today(), jiff::civil::date(2026, 7, 1));
    }
}
