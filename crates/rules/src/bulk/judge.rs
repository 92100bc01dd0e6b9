use std::ops::Range;

use super::{
    class::{Class, ClassRule, Classes, State},
    fast::{Bits, Fast},
    providers::Providers,
    subjects::SubjectMasks,
    tracks::{Ends, Tracks},
};
use crate::{Facts, Reason, Standing, Status, Virtual, day::civil, facts::Taken, plan::Plan};

/// One learner and one requirement in the bulk pass.
pub(super) struct Judge<'a> {
    pub(super) plan: &'a Plan<'a>,
    pub(super) facts: &'a Facts,
    pub(super) classes: &'a Classes,
    pub(super) class: &'a Class,
    pub(super) at: &'a ClassRule,
    pub(super) learner: usize,
    pub(super) taken: &'a [Taken],
    pub(super) masks: &'a [u64],
}

/// What the masks say: met by what is done; else something done; met with what is planned.
struct Verdict {
    met: bool,
    partly: bool,
    planned: bool,
}

impl Judge<'_> {
    /// The standing; `None` if it has to be decided one by one.
    pub(super) fn standing(&self, fast: &Fast, tracks: &Tracks, subjects: &SubjectMasks) -> Option<Standing> {
        let verdict = match fast {
            Fast::Exact => return None,
            Fast::Subjects => {
                let list = SubjectMasks::list_of(self.facts, &self.facts.learners[self.learner], self.class.year_group);
                if list == 0 || self.facts.subject_lists[list as usize].is_empty() {
                    return Some(Standing::not_applicable(Reason::NoSubjects));
                }
                let asked = subjects.asked(list)?;
                let this_year = self.classes.years.last().map_or(0, |segments| tracks.starts[segments.start] as usize);
                let (done, planned) = subjects.linked(&self.taken[this_year..]);
                Verdict { met: done & asked == asked, partly: false, planned: (done | planned) & asked == asked }
            }
            Fast::EveryYear(bits) => return self.every_year(*bits, tracks),
            _ if matches!(self.at.state, State::BeforeDuty | State::Upcoming) => {
                Verdict { met: false, partly: false, planned: false }
            }
            Fast::One(bits) => self.one(*bits, tracks),
            Fast::Several { bits, at_least, different_dates, through } => {
                self.several(*bits, *at_least, *different_dates, *through, tracks)
            }
            Fast::Types { types, real, at_least, rule } => {
                let done = tracks.join(&self.at.done);
                let all = done | tracks.join(&self.at.planned);
                let holds = |mask: u64| {
                    (mask & types).count_ones() >= *at_least && (*rule == Virtual::Counts || mask & real != 0)
                };
                Verdict { met: holds(done), partly: false, planned: holds(all) }
            }
            Fast::Occasions { bit } => self.occasions(*bit, tracks),
            Fast::Hours { bit, at_least } => {
                let hours = |ends| -> i128 {
                    let of = |taken: Taken| i128::from(self.facts.activities[taken.position()].hours);
                    tracks.details(self.masks, *bit, ends).map(of).sum()
                };
                let done = hours(self.ends(&self.at.done));
                let met = done >= *at_least;
                Verdict { met, partly: false, planned: !met && done + hours(self.ends(&self.at.planned)) >= *at_least }
            }
            Fast::Review => {
                let mut reviews = self.facts.reviews_of(self.learner).iter().map(|(_, day)| *day);
                let first = reviews.find(|day| self.at.span.contains(*day));
                Verdict {
                    met: first.is_some_and(|day| day <= self.plan.as_of),
                    partly: false,
                    planned: first.is_some(),
                }
            }
        };
        Some(match self.at.state {
            State::OutOfScope => Standing::not_applicable(Reason::OutOfScope),
            State::BeforeDuty => Standing::not_applicable(Reason::WindowBeforeDuty),
            State::Upcoming => Standing::of(Status::Upcoming),
            State::Open | State::Closed if verdict.met => Standing::of(Status::Met),
            State::Open => Standing::due(verdict.partly, verdict.planned),
            State::Closed
                if matches!(fast, Fast::Occasions { .. })
                    && self.facts.learners[self.learner].joined > self.at.span.closes =>
            {
                Standing::not_applicable(Reason::JoinedAfterWindow)
            }
            State::Closed => Standing::of(Status::Missed),
        })
    }

    fn ends(&self, segments: &Range<usize>) -> Ends {
        let end = |segment: usize| segment.checked_sub(1).map_or(0, |before| self.classes.segment_ends[before]);
        Ends { from: end(segments.start), until: end(segments.end) }
    }

    fn one(&self, bits: Bits, tracks: &Tracks) -> Verdict {
        let done = tracks.join(&self.at.done);
        let all = done | tracks.join(&self.at.planned);
        let holds = |mask: u64, planned: bool| match bits.rule {
            Virtual::Counts => mask & bits.any != 0,
            Virtual::NotAlone => mask & bits.real != 0,
            Virtual::WithinKeyStage => {
                mask & bits.real != 0
                    || (mask & bits.any != 0 && self.has_company(bits, tracks, self.plan.year, planned))
            }
        };
        let met = holds(done, false);
        Verdict { met, partly: bits.partly && done & bits.any != 0, planned: !met && holds(all, true) }
    }

    /// Whether there is one in person in the key stage of an academic year, or in the programme; with what is planned up to
    /// the deadline, or without.
    fn has_company(&self, bits: Bits, tracks: &Tracks, year: i32, planned: bool) -> bool {
        let last = if planned { self.at.planned.end } else { self.at.planned.start };
        let clipped = |segments: &Range<usize>| segments.start.min(last)..segments.end.min(last);
        if bits.within_programme {
            return tracks.join(&clipped(&self.class.programme)) & bits.real != 0;
        }
        let stage_of = |year: i32| {
            usize::try_from(year - self.classes.first_year)
                .ok()
                .and_then(|y| self.class.stages.get(y).copied().flatten())
        };
        let stage = stage_of(year);
        stage.is_some()
            && self
                .classes
                .years
                .iter()
                .zip(&self.class.stages)
                .any(|(segments, other)| *other == stage && tracks.join(&clipped(segments)) & bits.real != 0)
    }

    fn several(&self, bits: Bits, at_least: u32, different_dates: bool, through: u32, tracks: &Tracks) -> Verdict {
        let (mut number, mut sat_in_curriculum, mut real, mut last) = (0, 0, false, None);
        let mut add = |segments: &Range<usize>, virtual_counts: bool| {
            for taken in tracks.details(self.masks, bits.any, self.ends(segments)) {
                let is_real = self.masks[taken.bits() as usize] & bits.real != 0;
                if !is_real && !virtual_counts {
                    continue;
                }
                let activity = &self.facts.activities[taken.position()];
                if !(different_dates && last == Some(activity.day)) {
                    number += 1;
                }
                last = Some(activity.day);
                sat_in_curriculum += u32::from(activity.through_curriculum);
                real |= is_real;
            }
            number >= at_least && sat_in_curriculum >= through && (bits.rule != Virtual::NotAlone || real)
        };
        let needs_company = bits.rule == Virtual::WithinKeyStage;
        let company = !needs_company || self.has_company(bits, tracks, self.plan.year, false);
        let met = add(&self.at.done, company);
        let partly = bits.partly && tracks.join(&self.at.done) & bits.any != 0;
        if met || self.at.state != State::Open {
            return Verdict { met, partly, planned: false };
        }
        let planned = if company || !self.has_company(bits, tracks, self.plan.year, true) {
            add(&self.at.planned, company)
        } else {
            // What is planned gives company to what is done: all of it counts anew.
            (number, sat_in_curriculum, real, last) = (0, 0, false, None);
            let mut again = |segments: &Range<usize>| {
                for taken in tracks.details(self.masks, bits.any, self.ends(segments)) {
                    let activity = &self.facts.activities[taken.position()];
                    if !(different_dates && last == Some(activity.day)) {
                        number += 1;
                    }
                    last = Some(activity.day);
                    sat_in_curriculum += u32::from(activity.through_curriculum);
                    real |= self.masks[taken.bits() as usize] & bits.real != 0;
                }
            };
            again(&self.at.done);
            again(&self.at.planned);
            number >= at_least && sat_in_curriculum >= through
        };
        Verdict { met, partly, planned }
    }

    fn occasions(&self, bit: u64, tracks: &Tracks) -> Verdict {
        let met = self.two_differ(tracks.details(self.masks, bit, self.ends(&self.at.done)));
        if met || self.at.state != State::Open || tracks.join(&self.at.planned) & bit == 0 {
            return Verdict { met, partly: false, planned: false };
        }
        let (done, planned) = (self.ends(&self.at.done), self.ends(&self.at.planned));
        let all = tracks.details(self.masks, bit, done).chain(tracks.details(self.masks, bit, planned));
        Verdict { met, partly: false, planned: self.two_differ(all) }
    }

    /// Whether among these encounters, in order of date, there are two days whose sets of organisations are not equal.
    fn two_differ(&self, encounters: impl Iterator<Item = Taken>) -> bool {
        let mut encounters = encounters.map(|taken| &self.facts.activities[taken.position()]).peekable();
        let (mut first, mut today) = (None, Providers::default());
        while let Some(encounter) = encounters.next() {
            today.add(encounter.organisation);
            if encounters.peek().is_some_and(|next| next.day == encounter.day) {
                continue;
            }
            match &first {
                None => first = Some(std::mem::take(&mut today)),
                Some(first) if !today.is_same_as(first) => return true,
                Some(_) => today = Providers::default(),
            }
        }
        false
    }

    fn every_year(&self, bits: Bits, tracks: &Tracks) -> Option<Standing> {
        let first = self.first_year_asked(self.at.first_year?);
        if first < self.classes.first_year {
            return None;
        }
        let held = |year: i32, planned: bool| {
            let segments = &self.classes.years[(year - self.classes.first_year) as usize];
            let last = if planned { self.at.planned.end } else { self.at.planned.start };
            let mask = tracks.join(&(segments.start.min(last)..segments.end.min(last)));
            match bits.rule {
                Virtual::WithinKeyStage => {
                    mask & bits.real != 0 || (mask & bits.any != 0 && self.has_company(bits, tracks, year, planned))
                }
                Virtual::Counts => mask & bits.any != 0,
                Virtual::NotAlone => mask & bits.real != 0,
            }
        };
        Some(match () {
            () if (first..self.plan.year).any(|year| !held(year, false)) => Standing::of(Status::Missed),
            () if held(self.plan.year, false) => Standing::of(Status::Met),
            () => Standing::due(false, held(self.plan.year, true)),
        })
    }
    /// The first academic year that is asked about, for a class whose first year in the first year group is `in_group`.
    fn first_year_asked(&self, in_group: i32) -> i32 {
        let joined = self.facts.learners[self.learner].joined;
        if joined <= civil(in_group, 12, 31) {
            return in_group.min(self.plan.year);
        }
        let mut first = self.facts.years.year_of(joined);
        if joined > civil(first, 12, 31) {
            first += 1;
        }
        first.max(in_group).min(self.plan.year)
    }
}
