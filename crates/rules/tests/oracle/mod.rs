//! A second implementation of the evaluation, slow and obvious, written from the definition and not from the engine: it
//! loops over the records, knows the requirements by their id, and uses nothing of `rules`.

mod condition;
mod time;

use std::collections::BTreeMap;

use domain::*;

use condition::condition;
use time::{Years, window_of_years};

/// What the definition says of one learner and one requirement.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) status: &'static str,
    pub(crate) reason: Option<&'static str>,
    pub(crate) on: Option<Date>,
    pub(crate) evidence: Vec<String>,
    pub(crate) deadline: Option<Date>,
    pub(crate) forecast: Option<&'static str>,
    pub(crate) partly_met: bool,
    /// Adapted out, or with another count.
    pub(crate) adapted: bool,
}

/// One institution on one day.
pub(crate) struct Oracle<'a> {
    pub(crate) records: &'a Records,
    pub(crate) as_of: Date,
    pub(crate) years: Years<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edition {
    Schools2025,
    Schools2018,
    Post16,
}

impl<'a> Oracle<'a> {
    pub(crate) fn new(records: &'a Records, as_of: Date) -> Self {
        Self { records, as_of, years: Years(records) }
    }

    pub(crate) fn edition(&self) -> Edition {
        match self.records.institution.kind {
            InstitutionType::SixthFormCollege
            | InstitutionType::Academy16To19
            | InstitutionType::FeCollege
            | InstitutionType::TrainingProvider => Edition::Post16,
            _ if self.as_of < jiff::civil::date(2025, 9, 1) => Edition::Schools2018,
            _ => Edition::Schools2025,
        }
    }

    pub(crate) fn requirements(&self) -> Vec<&'static str> {
        match self.edition() {
            Edition::Post16 => vec!["bm2.1", "bm5.1", "bm6.1", "bm7.1", "bm8.1"],
            Edition::Schools2025 => vec![
                "bm2.1.ks3",
                "bm2.1.ks4",
                "bm2.1.ks5",
                "bm4.1",
                "bm5.1",
                "bm5.1.all",
                "bm6.1",
                "bm6.2",
                "bm7.1",
                "bm7.2",
                "bm8.1",
                "bm8.2",
                "pal.first",
                "pal.second",
                "pal.third",
                "wex.ks3",
                "wex.ks4",
                "ehcp.pfa",
            ],
            Edition::Schools2018 => vec![
                "bm2.1.ks3",
                "bm4.1",
                "bm5.1",
                "bm5.1.all",
                "bm6.1",
                "bm6.2",
                "bm7.1",
                "bm7.2",
                "bm8.1",
                "bm8.2",
                "pal.first",
                "pal.second",
                "pal.third",
                "ehcp.pfa",
            ],
        }
    }

    pub(crate) fn on_roll(&self) -> Vec<usize> {
        (0..self.records.learners.len()).filter(|l| self.is_on_roll(*l, self.as_of)).collect()
    }

    fn is_on_roll(&self, learner: usize, date: Date) -> bool {
        let learner = &self.records.learners[learner];
        date >= learner.joined && (learner.left.is_none() || date <= learner.left.unwrap())
    }

    fn adaptation(&self, learner: usize, id: &str) -> Option<Adapted> {
        let counts_allowed = !(matches!(id, "bm4.1" | "bm5.1.all" | "ehcp.pfa") || id.starts_with("pal."));
        let adaptation =
            self.records.adaptations.iter().find(|a| a.learner.0 as usize == learner && a.requirement == id)?.adapted;
        match adaptation {
            Adapted::Count(_) if !counts_allowed => None,
            other => Some(other),
        }
    }

    /// What the learner took part in and counts by `until`; with `plans_until`, what is planned up to then as well.
    pub(crate) fn activities(&self, learner: usize, until: Date, plans_until: Option<Date>) -> Vec<Activity> {
        let mut found = Vec::new();
        for participation in &self.records.participations {
            let mut activity = self.records.activities[participation.activity.0 as usize].clone();
            if participation.learner.0 as usize != learner
                || !activity.state.counts()
                || (!self.is_on_roll(learner, activity.date) && activity.source != Some(Source::Transferred))
            {
                continue;
            }
            let done = participation.status == ParticipationStatus::Attended && activity.date <= until;
            let planned = participation.status == ParticipationStatus::Invited
                && activity.date > self.as_of
                && plans_until.is_some_and(|last| activity.date <= last);
            if planned {
                activity.checks = activity.checks.with(Check::Reflection).with(Check::Feedback);
            }
            if done || planned {
                found.push(activity);
            }
        }
        found.sort_by_key(|activity| (activity.date, activity.reference.clone()));
        found
    }

    pub(crate) fn outcome(&self, learner: usize, id: &str) -> Outcome {
        let blank = Outcome {
            status: "not-applicable",
            reason: None,
            on: None,
            evidence: vec![],
            deadline: None,
            forecast: None,
            partly_met: false,
            adapted: false,
        };
        let not_applicable = |reason| Outcome { reason: Some(reason), ..blank.clone() };
        if !self.in_scope(learner, id) {
            return not_applicable("out-of-scope");
        }
        let adapted = self.adaptation(learner, id);
        if adapted == Some(Adapted::Out) {
            return Outcome { adapted: true, ..not_applicable("adapted") };
        }
        let count = match adapted {
            Some(Adapted::Count(count)) => Some(count),
            _ => None,
        };
        let blank = Outcome { adapted: count.is_some(), ..blank.clone() };
        let Some(condition) = condition(self, learner, id, count) else { return not_applicable("no-subjects") };
        let (opens, closes) = self.window(learner, id);
        let is_pal = id.starts_with("pal.");
        if is_pal && self.edition() == Edition::Schools2018 && opens < jiff::civil::date(2023, 1, 1) {
            return not_applicable("window-before-duty");
        }
        if opens > self.as_of {
            return Outcome { status: "upcoming", ..blank };
        }

        let done = self.activities(learner, self.as_of, None);
        if condition.holds(&done, self.as_of) {
            let mut days: Vec<Date> = self.records.activities.iter().map(|a| a.date).collect();
            days.extend(self.records.reviews.iter().map(|r| r.date));
            days.sort();
            let on = days.into_iter().find(|day| condition.holds(&self.activities(learner, *day, None), *day)).unwrap();
            let evidence = condition.counting(&self.activities(learner, on, None));
            return Outcome { status: "met", on: Some(on), evidence, ..blank };
        }
        if is_pal && self.records.learners[learner].joined > closes {
            return not_applicable("joined-after-window");
        }
        // “After the programme's end: met or missed”, whatever else a college is asked by academic year.
        let programme_over = self.edition() == Edition::Post16 && self.programme(learner).1 < self.as_of;
        if closes < self.as_of || programme_over || condition.past_year_missed(&done) {
            return Outcome { status: "missed", ..blank };
        }
        let planned = condition.holds(&self.activities(learner, self.as_of, Some(closes)), closes);
        let partly_met = id == "bm6.1" && self.edition() != Edition::Post16 && !condition.counting(&done).is_empty();
        Outcome {
            status: "due",
            deadline: Some(closes),
            forecast: Some(if planned { "planned" } else { "unplanned" }),
            partly_met,
            ..blank
        }
    }

    pub(crate) fn scope(&self, id: &str) -> (i8, i8) {
        match id {
            _ if self.edition() == Edition::Post16 => (i8::MIN, i8::MAX),
            "bm2.1.ks3" | "wex.ks3" => (7, 9),
            "bm2.1.ks4" | "wex.ks4" | "pal.second" => (10, 11),
            "bm2.1.ks5" => (12, 14),
            "bm4.1" | "bm5.1" | "bm5.1.all" => (7, 13),
            "bm6.1" | "bm7.1" | "bm8.1" => (7, 11),
            "bm6.2" | "bm7.2" | "bm8.2" | "pal.third" => (12, 13),
            "pal.first" => (8, 9),
            "ehcp.pfa" => (9, 14),
            other => panic!("{other}"),
        }
    }

    fn in_scope(&self, learner: usize, id: &str) -> bool {
        let (first, last) = self.scope(id);
        let institution = &self.records.institution;
        let taught =
            (institution.lowest_year.number()..=institution.highest_year.number()).any(|y| first <= y && y <= last);
        let group = self.years.group_on(learner, self.as_of);
        let who = &self.records.learners[learner];
        (taught || self.edition() == Edition::Post16)
            && (first..=last).contains(&group)
            && (id != "bm7.2" || who.considering_he == Some(true))
            && (id != "ehcp.pfa" || who.sen == Some(Sen::Ehcp))
    }

    /// First and last day of the window.
    pub(crate) fn window(&self, learner: usize, id: &str) -> (Date, Date) {
        let year = self.years.of(self.as_of);
        let this_year = (self.years.first_day(year), self.years.last_day(year));
        if self.edition() == Edition::Post16 {
            return if id == "bm5.1" { this_year } else { self.programme(learner) };
        }
        match id {
            "bm4.1" | "bm5.1" | "bm5.1.all" | "ehcp.pfa" => this_year,
            "pal.first" => window_of_years(&self.years, learner, 8, 9, true),
            "pal.second" => window_of_years(&self.years, learner, 10, 11, true),
            "pal.third" => window_of_years(&self.years, learner, 12, 13, true),
            _ => {
                let (first, last) = self.scope(id);
                window_of_years(&self.years, learner, first, last, false)
            }
        }
    }

    pub(crate) fn programme(&self, learner: usize) -> (Date, Date) {
        let last = if self.years.group_on(learner, self.as_of) == 14 { 14 } else { 13 };
        let (starts, ends) = window_of_years(&self.years, learner, 12, last, false);
        let learner = &self.records.learners[learner];
        (learner.programme_starts.unwrap_or(starts), learner.programme_ends.unwrap_or(ends))
    }

    /// Status, occasions and day for each year group that is offered provider access.
    pub(crate) fn offered(&self, id: &str) -> BTreeMap<i8, (&'static str, usize, Option<Date>)> {
        let (first, last) = self.scope(id);
        let institution = &self.records.institution;
        let mut found = BTreeMap::new();
        if institution.highest_year.number() < first || institution.lowest_year.number() > last {
            return found;
        }
        let this_year = self.years.of(self.as_of);
        for learner in self.on_roll() {
            let group = self.years.group_on(learner, self.as_of);
            if !(first..=last).contains(&group) {
                continue;
            }
            // The cohort went through the years one by one.
            let opens = self.years.first_day(this_year - i16::from(group - first));
            let closes = jiff::civil::date(this_year + i16::from(last - group) + 1, 2, 28);
            if self.edition() == Edition::Schools2018 && opens < jiff::civil::date(2023, 1, 1) {
                continue;
            }
            let mut days: Vec<Date> = self
                .records
                .activities
                .iter()
                .filter(|a| {
                    a.state.counts()
                        && a.date >= opens
                        && a.date <= closes
                        && a.date <= self.as_of
                        && condition::is_pal(a)
                })
                .filter(|a| {
                    let group_then = i16::from(group) + self.years.of(a.date) - this_year;
                    a.year_groups.iter().any(|named| i16::from(named.number()) == group_then)
                })
                .map(|a| a.date)
                .collect();
            days.sort();
            days.dedup();
            let status = if days.len() > 1 {
                "met"
            } else if self.as_of > closes {
                "missed"
            } else {
                "due"
            };
            found.insert(group, (status, days.len(), days.get(1).copied()));
        }
        found
    }
}
