//! The six encounters that the law gives every learner, two in each phase: met, planned or still to come for the year whose deadline
//! comes first.

use app::{ActivityRow, PhaseCohort, ProviderAccess};
use domain::{ActivityState, date};

use crate::{
    labels,
    parts::{Sign, Tag},
    words,
};

/// Two of the six, for the year group of a phase whose deadline comes first.
pub(crate) struct SixRow {
    pub(crate) phase: String,
    pub(crate) first: Tag,
    pub(crate) second: Tag,
    pub(crate) deadline: String,
}

/// What is said of the six, and the rows.
pub(super) fn six(access: &ProviderAccess, encounters: &[ActivityRow]) -> (String, Vec<SixRow>) {
    let mut met = 0;
    let mut planned = 0;
    let mut rows = Vec::new();
    for phase in &access.phases {
        let Some(cohort) = phase.cohorts.iter().min_by_key(|cohort| cohort.deadline) else { continue };
        let stands = two(cohort, access, encounters);
        met += stands.iter().filter(|(sign, _)| *sign == Sign::Met).count();
        planned += stands.iter().filter(|(sign, _)| *sign == Sign::Planned).count();
        let [first, second] = stands.map(|(sign, text)| Tag::new(sign, text));
        rows.push(SixRow {
            phase: format!("{}, Year {}", labels::phase(&phase.requirement.id), cohort.year_group),
            first,
            second,
            deadline: words::with_distance(cohort.deadline, access.frame.as_of),
        });
    }
    let all = rows.len() * 2;
    let open = all - met - planned;
    let mut says = format!(
        "{} of {} took place",
        words::capital(&words::count(met, "encounter", "encounters")),
        words::count(all, "", "").trim()
    );
    if planned > 0 {
        says.push_str(&format!(", {}", words::count(planned, "is planned", "are planned")));
    }
    if open > 0 {
        says.push_str(&format!(", {}", words::count(open, "is still to be found", "are still to be found")));
    }
    (format!("{says}."), rows)
}

/// How the first and the second encounter of a cohort stand, each with words.
fn two(cohort: &PhaseCohort, access: &ProviderAccess, encounters: &[ActivityRow]) -> [(Sign, String); 2] {
    let done = cohort.offered.map_or(0, |offered| offered.occasions.min(2)) as usize;
    let is_over = cohort.deadline < access.frame.as_of;
    let to_come = |row: &&ActivityRow| {
        let one = &row.activity;
        one.date > access.frame.as_of
            && one.date <= cohort.deadline
            && matches!(one.state, ActivityState::Planned | ActivityState::Delivered)
            && one.is_provider_access()
            && one.year_groups.iter().any(|year| year == cohort.year_group)
    };
    let mut days: Vec<_> = encounters.iter().filter(to_come).map(|row| row.activity.date).collect();
    days.sort_unstable();
    days.dedup();
    std::array::from_fn(|at| match (at < done, days.get(at.wrapping_sub(done))) {
        (true, _) => (Sign::Met, Sign::Met.label().to_owned()),
        (false, Some(day)) => (Sign::Planned, date::long(*day)),
        (false, None) if is_over => (Sign::Missed, Sign::Missed.label().to_owned()),
        (false, None) => (Sign::Due, Sign::Due.label().to_owned()),
    })
}
