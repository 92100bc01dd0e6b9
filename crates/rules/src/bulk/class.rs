use std::{collections::BTreeMap, ops::Range};

use domain::{KeyStage, YearGroup};

use crate::{
    Facts,
    case::{Case, Span, programme},
    day::Day,
    facts::{LearnerFacts, Trajectory},
    plan::{Plan, Test, WindowRule},
};

/// How far back single academic years are told apart.
const MOST_YEARS: i32 = 64;
/// How many different study programmes have segments of their own.
const MOST_CLASSES: usize = 128;

/// Learners who share all their windows, and the segments between the days on which any window opens or closes.
#[derive(Debug)]
pub(super) struct Classes {
    classes: Vec<Class>,
    numbers: BTreeMap<Key, usize>,
    /// The class of each trajectory, where nothing else decides; beyond them all if no learner on roll has it.
    of_trajectory: Vec<usize>,
    by_programme: bool,
    /// For each segment in order of date, the position after its last activity, doubled as in a participation's four bytes.
    pub(super) segment_ends: Vec<u32>,
    /// The segments of each academic year from `first_year` to the current one.
    pub(super) years: Vec<Range<usize>>,
    pub(super) first_year: i32,
}

/// What decides a learner's windows.
type Key = (u32, Option<Day>, Option<Day>);

/// Learners who share all their windows.
#[derive(Debug)]
pub(super) struct Class {
    pub(super) year_group: Option<i32>,
    /// One for each requirement.
    pub(super) rules: Vec<ClassRule>,
    /// The key stage of each academic year of [`Classes::years`].
    pub(super) stages: Vec<Option<KeyStage>>,
    /// The segments of the study programme.
    pub(super) programme: Range<usize>,
    /// Decided one by one, because there are too many such classes.
    pub(super) is_exact: bool,
}

/// One requirement's window for one class.
#[derive(Debug)]
pub(super) struct ClassRule {
    pub(super) state: State,
    pub(super) span: Span,
    /// Segments of the window up to the as-of date, and after it.
    pub(super) done: Range<usize>,
    pub(super) planned: Range<usize>,
    /// For requirements on every year: the first academic year in its first year group.
    pub(super) first_year: Option<i32>,
}

/// What the class alone decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    OutOfScope,
    BeforeDuty,
    Upcoming,
    Open,
    Closed,
}

impl Classes {
    pub(super) fn new(plan: &Plan<'_>, facts: &Facts) -> Self {
        let by_programme = plan.rules.iter().any(|rule| {
            let company_in_programme = matches!(&rule.test, Test::Count(count) if count.within_programme);
            matches!(rule.window, WindowRule::Programme) || company_in_programme
        });
        let mut classes = Self {
            classes: Vec::new(),
            numbers: BTreeMap::new(),
            of_trajectory: Vec::new(),
            by_programme,
            segment_ends: Vec::new(),
            years: Vec::new(),
            first_year: plan.year,
        };
        let mut spans = Vec::new();
        for (index, learner) in facts.learners.iter().enumerate() {
            if learner.is_on_roll(plan.as_of) && !classes.numbers.contains_key(&classes.key(learner)) {
                let is_exact = classes.classes.len() >= MOST_CLASSES && by_programme;
                spans.push(if is_exact {
                    None
                } else {
                    Some(programme(facts, index, facts.year_group(index, plan.year)))
                });
                classes.numbers.insert(classes.key(learner), classes.classes.len());
                classes.classes.push(class(plan, facts, index, is_exact));
            }
        }
        if !by_programme {
            let number = |trajectory| classes.numbers.get(&(trajectory, None, None)).copied().unwrap_or(usize::MAX);
            classes.of_trajectory = (0..facts.trajectories.len() as u32).map(number).collect();
        }
        classes.cut(plan, facts, &spans);
        classes
    }

    fn key(&self, learner: &LearnerFacts) -> Key {
        if self.by_programme {
            (learner.trajectory, learner.programme_starts, learner.programme_ends)
        } else {
            (learner.trajectory, None, None)
        }
    }

    /// The class of a learner on roll.
    pub(super) fn of(&self, learner: &LearnerFacts) -> &Class {
        let number = if self.by_programme {
            self.numbers[&self.key(learner)]
        } else {
            self.of_trajectory[learner.trajectory as usize]
        };
        &self.classes[number]
    }

    /// Cuts the activities into segments and says which of them each window consists of.
    fn cut(&mut self, plan: &Plan<'_>, facts: &Facts, programmes: &[Option<Span>]) {
        let position = |day: Day| facts.activities.partition_point(|activity| activity.day < day);
        let after = |day: Day| facts.activities.partition_point(|activity| activity.day <= day);
        let earliest = self
            .classes
            .iter()
            .zip(facts_of(facts, &self.numbers))
            .filter(|(class, _)| class.rules.iter().any(|rule| rule.state != State::OutOfScope))
            .filter_map(|(_, trajectory)| trajectory.first_year_in_or_above(7))
            .min();
        self.first_year = earliest.unwrap_or(plan.year).clamp(plan.year - MOST_YEARS, plan.year);

        let mut cuts = vec![0, plan.first_planned, facts.activities.len()];
        cuts.extend((self.first_year..=plan.year + 1).map(|year| position(facts.years.first_day(year))));
        for (class, programme) in self.classes.iter().zip(programmes) {
            if class.is_exact {
                continue;
            }
            let windows = class.rules.iter().filter(|rule| rule.state != State::OutOfScope).map(|rule| rule.span);
            let programme = programme.filter(|_| self.by_programme);
            cuts.extend(windows.chain(programme).flat_map(|span| [position(span.opens), after(span.closes)]));
        }
        cuts.sort_unstable();
        cuts.dedup();

        let segment = |position: usize| cuts.partition_point(|cut| *cut < position);
        let now = segment(plan.first_planned);
        self.segment_ends = cuts[1..].iter().map(|cut| (*cut as u32) * 2).collect();
        self.years = (self.first_year..=plan.year)
            .map(|year| segment(position(facts.years.first_day(year)))..segment(after(facts.years.last_day(year))))
            .collect();
        let trajectories = facts_of(facts, &self.numbers);
        for ((class, programme), trajectory) in self.classes.iter_mut().zip(programmes).zip(trajectories) {
            if class.is_exact {
                continue;
            }
            class.stages = (self.first_year..=plan.year).map(|year| key_stage(trajectory.year_group(year))).collect();
            let range = |span: Span| {
                let opens = segment(position(span.opens));
                opens..segment(after(span.closes)).max(opens)
            };
            class.programme = programme.filter(|_| self.by_programme).map_or(0..0, range);
            for rule in class.rules.iter_mut().filter(|rule| rule.state != State::OutOfScope) {
                let all = range(rule.span);
                rule.done = all.start.min(now)..all.end.min(now);
                rule.planned = now.max(all.start)..all.end.max(now.max(all.start));
            }
        }
    }
}

/// The trajectories of the classes, in the classes' order.
fn facts_of<'a>(facts: &'a Facts, numbers: &BTreeMap<Key, usize>) -> Vec<&'a Trajectory> {
    let mut trajectories: Vec<(usize, &Trajectory)> =
        numbers.iter().map(|((trajectory, ..), number)| (*number, &facts.trajectories[*trajectory as usize])).collect();
    trajectories.sort_by_key(|(number, _)| *number);
    trajectories.into_iter().map(|(_, trajectory)| trajectory).collect()
}

/// The class of this learner, as far as it can be told before the segments are.
fn class(plan: &Plan<'_>, facts: &Facts, learner: usize, is_exact: bool) -> Class {
    let year_group = facts.year_group(learner, plan.year);
    let trajectory = &facts.trajectories[facts.learners[learner].trajectory as usize];
    let rules = (0..plan.rules.len()).map(|index| {
        let case = Case::with(plan, facts, index, learner, year_group, None);
        let span = if let WindowRule::EachYearFrom(_) = case.rule.window {
            // Which years are asked about depends on the day of joining; the deadline and the present do not.
            Span { opens: plan.year_first, closes: plan.year_last }
        } else {
            case.span()
        };
        let before_duty =
            matches!(case.rule.window, WindowRule::Years { opened_from: Some(from), .. } if span.opens < from);
        ClassRule {
            state: match () {
                () if !case.is_in_year_scope() => State::OutOfScope,
                () if before_duty => State::BeforeDuty,
                () if span.opens > plan.as_of => State::Upcoming,
                () if case.is_closed(span) => State::Closed,
                () => State::Open,
            },
            span,
            done: 0..0,
            planned: 0..0,
            first_year: match case.rule.window {
                WindowRule::EachYearFrom(group) => trajectory.first_year_in_or_above(group),
                _ => None,
            },
        }
    });
    // Only records of another century reach further back than single years are told apart.
    let reaches_back = trajectory.first_year_in_or_above(7).is_some_and(|year| year < plan.year - MOST_YEARS);
    let is_exact = is_exact || reaches_back;
    Class { year_group, rules: rules.collect(), stages: Vec::new(), programme: 0..0, is_exact }
}

fn key_stage(year_group: Option<i32>) -> Option<KeyStage> {
    year_group.and_then(|group| i8::try_from(group).ok()).and_then(|group| YearGroup::new(group).key_stage())
}
