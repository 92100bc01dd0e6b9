use std::collections::BTreeSet;

use domain::{Date, YearGroup};

use crate::{
    Bound, Facts, Status,
    case::Span,
    day::{Day, date},
    facts::Trajectory,
    plan::{Plan, Rule, WindowRule},
};

/// How often provider access was offered to a cohort as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offered {
    /// The cohort, by its year group on the as-of date.
    pub year_group: YearGroup,
    /// Met with two dates; else due, or missed once the window has closed.
    pub status: Status,
    /// Dates in the cohort's window up to the as-of date.
    pub occasions: u32,
    /// If met, the second of them.
    pub on: Option<Date>,
    /// The last day of the cohort's window.
    pub deadline: Date,
}

/// What was offered to each cohort in scope that has a learner on roll; `year_groups` are those with one.
pub(crate) fn offered(plan: &Plan<'_>, facts: &Facts, rule: &Rule, year_groups: &BTreeSet<i32>) -> Vec<Offered> {
    let in_scope = |group: &&i32| rule.scope.is_none_or(|(first, last)| (first..=last).contains(*group));
    if !rule.taught {
        return Vec::new();
    }
    year_groups.iter().filter(in_scope).filter_map(|group| to_cohort(plan, facts, rule, *group)).collect()
}

/// `None` if nothing was asked when this cohort's window opened.
fn to_cohort(plan: &Plan<'_>, facts: &Facts, rule: &Rule, group: i32) -> Option<Offered> {
    let WindowRule::Years { first, last, closes, opened_from } = rule.window else { return None };
    let cohort = Trajectory::new(vec![(plan.year, group)]);
    let span = Span {
        opens: cohort.opens(&facts.years, first),
        closes: match closes {
            Bound::EndOfYear => cohort.closes_at_end_of_year(&facts.years, last),
            Bound::EndOfFebruary => cohort.closes_in_february(&facts.years, last),
        },
    };
    if opened_from.is_some_and(|from| span.opens < from) {
        return None;
    }
    let mut days: Vec<Day> = facts.activities[..plan.first_planned]
        .iter()
        .filter(|activity| activity.provider_access && span.contains(activity.day))
        .filter(|activity| {
            cohort
                .year_group(facts.years.year_of(activity.day))
                .and_then(|group| i8::try_from(group).ok())
                .is_some_and(|group| activity.year_groups.contains(YearGroup::new(group)))
        })
        .map(|activity| activity.day)
        .collect();
    days.dedup();
    Some(Offered {
        year_group: shown(group),
        status: match () {
            () if days.len() >= 2 => Status::Met,
            () if span.closes < plan.as_of => Status::Missed,
            () => Status::Due,
        },
        occasions: days.len() as u32,
        on: days.get(1).map(|day| date(*day)),
        deadline: date(span.closes),
    })
}

/// A year group as it is shown; far beyond every school year it is the last that can be written.
pub(crate) fn shown(group: i32) -> YearGroup {
    YearGroup::new(group.clamp(-100, 100) as i8)
}
