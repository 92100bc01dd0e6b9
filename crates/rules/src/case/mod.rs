//! One learner and one requirement: scope, window, and whether the condition holds, decided exactly and without haste.
//! Explanations and reports come from here, and so does every finding of the bulk pass that its shortcuts do not cover.

mod condition;

use domain::{Adapted, Kind};

use crate::{
    Bound, Facts, Reason, ScopeOnly, Standing, Status,
    day::{Day, civil},
    facts::{ActivityFacts, LearnerFacts, Taken, Trajectory},
    plan::{Plan, Rule, Test, WindowRule, qualifies},
};

/// An activity that is of the sort a requirement counts, and that the learner took part in or is invited to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Item {
    /// Position of the activity.
    pub(crate) position: usize,
    pub(crate) day: Day,
}

/// The days on which what is done counts, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) opens: Day,
    pub(crate) closes: Day,
}

impl Span {
    pub(crate) fn contains(self, day: Day) -> bool {
        self.opens <= day && day <= self.closes
    }
}

/// One learner and one requirement on the as-of date.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Case<'a> {
    pub(crate) plan: &'a Plan<'a>,
    pub(crate) facts: &'a Facts,
    pub(crate) rule: &'a Rule,
    pub(crate) learner: usize,
    pub(crate) year_group: Option<i32>,
    /// What is adapted, where this requirement takes it.
    pub(crate) adapted: Option<Adapted>,
}

/// A case decided.
#[derive(Debug, Clone)]
pub(crate) struct Decision {
    pub(crate) standing: Standing,
    /// The window; none where the requirement is out of scope, adapted out, or asks about no subjects.
    pub(crate) span: Option<Span>,
    /// What is done and of the sort that counts, in order of date, whenever it was.
    pub(crate) done: Vec<Item>,
    /// What is planned up to the deadline and of the sort that counts.
    pub(crate) planned: Vec<Item>,
}

impl<'a> Case<'a> {
    pub(crate) fn new(plan: &'a Plan<'a>, facts: &'a Facts, requirement: usize, learner: usize) -> Self {
        let adapted = facts
            .adaptations_of(learner)
            .iter()
            .find(|adaptation| adaptation.requirement == plan.pack.requirements[requirement].id)
            .map(|adaptation| adaptation.adapted);
        Self::with(plan, facts, requirement, learner, facts.year_group(learner, plan.year), adapted)
    }

    /// With the year group and the adaptation looked up already.
    pub(crate) fn with(
        plan: &'a Plan<'a>,
        facts: &'a Facts,
        requirement: usize,
        learner: usize,
        year_group: Option<i32>,
        adapted: Option<Adapted>,
    ) -> Self {
        let rule = &plan.rules[requirement];
        let takes_count = matches!(rule.test, Test::Count(_) | Test::Types { .. } | Test::Hours { .. });
        let adapted = adapted.filter(|adapted| takes_count || matches!(adapted, Adapted::Out));
        Self { plan, facts, rule, learner, year_group, adapted }
    }

    fn learner(&self) -> &'a LearnerFacts {
        &self.facts.learners[self.learner]
    }

    fn trajectory(&self) -> &'a Trajectory {
        &self.facts.trajectories[self.learner().trajectory as usize]
    }

    pub(crate) fn activity(&self, item: Item) -> &'a ActivityFacts {
        &self.facts.activities[item.position]
    }

    /// The number that an adaptation puts in place of the requirement's.
    pub(crate) fn adapted_count(&self) -> Option<u32> {
        match self.adapted {
            Some(Adapted::Count(count)) => Some(count),
            Some(Adapted::Out) | None => None,
        }
    }

    /// Whether the learner's year group is one that the requirement counts.
    pub(crate) fn is_in_year_scope(&self) -> bool {
        let within = |(first, last): (i32, i32)| self.year_group.is_some_and(|group| (first..=last).contains(&group));
        self.rule.taught && self.rule.scope.is_none_or(within)
    }

    pub(crate) fn is_in_scope(&self) -> bool {
        let one_of_those = match self.rule.only {
            None => true,
            Some(ScopeOnly::ConsideringHe) => self.learner().considering_he,
            Some(ScopeOnly::Ehcp) => self.learner().sen == Some(domain::Sen::Ehcp),
        };
        self.is_in_year_scope() && one_of_those
    }

    /// The window as it is for this learner today.
    pub(crate) fn span(&self) -> Span {
        let (years, trajectory) = (&self.facts.years, self.trajectory());
        match self.rule.window {
            WindowRule::Years { first, last, closes, .. } => Span {
                opens: trajectory.opens(years, first),
                closes: match closes {
                    Bound::EndOfYear => trajectory.closes_at_end_of_year(years, last),
                    Bound::EndOfFebruary => trajectory.closes_in_february(years, last),
                },
            },
            WindowRule::CurrentYear => Span { opens: self.plan.year_first, closes: self.plan.year_last },
            WindowRule::EachYearFrom(_) => {
                Span { opens: years.first_day(self.first_year_asked()), closes: self.plan.year_last }
            }
            WindowRule::Programme => self.programme(),
        }
    }

    /// The learner's study programme.
    fn programme(&self) -> Span {
        programme(self.facts, self.learner, self.year_group)
    }

    /// Whether it is too late: the window has closed, or the study programme is over, after which nothing is due any more even
    /// if it is asked by academic year.
    pub(crate) fn is_closed(&self, span: Span) -> bool {
        let asked_by_year = matches!(self.rule.window, WindowRule::CurrentYear);
        let in_programme = asked_by_year && self.plan.pack.sector == domain::Sector::Post16;
        span.closes < self.plan.as_of || (in_programme && self.programme().closes < self.plan.as_of)
    }

    /// The first academic year that a requirement on every year asks about; the current one if there is no earlier one.
    fn first_year_asked(&self) -> i32 {
        let WindowRule::EachYearFrom(first_group) = self.rule.window else { return self.plan.year };
        let joined = self.learner().joined;
        let mut first = self.facts.years.year_of(joined);
        if joined > civil(first, 12, 31) {
            first += 1;
        }
        let in_group = self.trajectory().first_year_in_or_above(first_group).unwrap_or(self.plan.year);
        first.max(in_group).min(self.plan.year)
    }

    /// Whether an activity is of the sort that this requirement counts.
    pub(crate) fn wants(&self, activity: &ActivityFacts, planned: bool) -> bool {
        match &self.rule.test {
            Test::Count(count) | Test::EveryYear(count) => qualifies(&count.counted, activity, planned),
            Test::Types { counted, .. } => activity.provider_type.is_some() && qualifies(counted, activity, planned),
            Test::Occasions => activity.provider_access,
            Test::Hours { kind, .. } => activity.kind == *kind,
            Test::Subjects(_) => {
                activity.kind == Kind::Curriculum
                    && activity.subject.is_some_and(|subject| self.asks_about_subject(subject))
            }
            Test::Review => false,
        }
    }

    fn asks_about_subject(&self, subject: u32) -> bool {
        match &self.rule.test {
            Test::Subjects(Some(asked)) => asked.iter().any(|asked| asked.number == Some(subject)),
            _ => self.subject_list().binary_search(&subject).is_ok(),
        }
    }

    /// The learner's own subjects if given, else those of the year group.
    pub(crate) fn subject_list(&self) -> &'a [u32] {
        let own = self.learner().subjects;
        let of_year =
            || self.year_group.and_then(|group| self.facts.subjects_of_year.get(&group)).copied().unwrap_or(0);
        &self.facts.subject_lists[if own != 0 { own } else { of_year() } as usize]
    }

    /// Decides the case from everything that the learner took part in.
    pub(crate) fn decide(&self) -> Decision {
        self.decide_from(self.facts.taken_by(self.learner))
    }

    /// Decides the case from those of the learner's participations that can matter to it, in order.
    pub(crate) fn decide_from(&self, taken: &[Taken]) -> Decision {
        let none = |reason| Decision {
            standing: Standing::not_applicable(reason),
            span: None,
            done: Vec::new(),
            planned: Vec::new(),
        };
        if !self.is_in_scope() {
            return none(Reason::OutOfScope);
        }
        if self.adapted == Some(Adapted::Out) {
            return none(Reason::Adapted);
        }
        let asks_nothing = match &self.rule.test {
            Test::Subjects(None) => self.subject_list().is_empty(),
            Test::Subjects(Some(asked)) => asked.is_empty(),
            _ => false,
        };
        if asks_nothing {
            return none(Reason::NoSubjects);
        }

        let span = self.span();
        let mut decision = Decision {
            standing: Standing::of(Status::Upcoming),
            span: Some(span),
            done: self.items(taken, span.closes, false),
            planned: self.items(taken, span.closes, true),
        };
        decision.standing = self.standing(span, &decision.done, &decision.planned);
        decision
    }

    fn standing(&self, span: Span, done: &[Item], planned: &[Item]) -> Standing {
        if let WindowRule::Years { opened_from: Some(from), .. } = self.rule.window
            && span.opens < from
        {
            return Standing::not_applicable(Reason::WindowBeforeDuty);
        }
        let adapted = self.adapted_count().is_some();
        let standing = if span.opens > self.plan.as_of {
            Standing::of(Status::Upcoming)
        } else if self.holds(span, done, self.plan.as_of) {
            Standing::of(Status::Met)
        } else if matches!(self.rule.test, Test::Occasions) && self.learner().joined > span.closes {
            return Standing::not_applicable(Reason::JoinedAfterWindow);
        } else if self.is_closed(span) || self.past_year_missed(done) {
            Standing::of(Status::Missed)
        } else {
            let partly = matches!(&self.rule.test, Test::Count(count) if count.partly)
                && done.iter().any(|item| span.contains(item.day));
            Standing::due(partly, self.holds_as_planned(span, done, planned))
        };
        standing.with_adapted_count(adapted)
    }

    /// Whether what is done and planned up to the deadline would meet the requirement.
    fn holds_as_planned(&self, span: Span, done: &[Item], planned: &[Item]) -> bool {
        if matches!(self.rule.test, Test::Review) {
            return self.holds(span, done, span.closes);
        }
        // Planned activities are later than all that are done, so the two lists make one in order.
        !planned.is_empty() && self.holds(span, &[done, planned].concat(), span.closes)
    }

    /// What is of the sort that counts, in order of date: done by the as-of date, or planned from then up to the deadline.
    fn items(&self, taken: &[Taken], deadline: Day, planned: bool) -> Vec<Item> {
        taken
            .iter()
            .filter(|entry| entry.is_invited() == planned && (entry.position() >= self.plan.first_planned) == planned)
            .map(|entry| (entry.position(), &self.facts.activities[entry.position()]))
            .filter(|(_, activity)| (!planned || activity.day <= deadline) && self.wants(activity, planned))
            .map(|(position, activity)| Item { position, day: activity.day })
            .collect()
    }
}

/// A learner's study programme, for one in this year group today: from the first day of year 12 to the last of year 13, or of
/// year 14 for a learner in it, unless recorded otherwise.
pub(crate) fn programme(facts: &Facts, learner: usize, year_group: Option<i32>) -> Span {
    let (years, learner) = (&facts.years, &facts.learners[learner]);
    let trajectory = &facts.trajectories[learner.trajectory as usize];
    let last_group = if year_group == Some(14) { 14 } else { 13 };
    Span {
        opens: learner.programme_starts.unwrap_or_else(|| trajectory.opens(years, 12)),
        closes: learner.programme_ends.unwrap_or_else(|| trajectory.closes_at_end_of_year(years, last_group)),
    }
}
