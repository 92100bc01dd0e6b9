//! The bulk pass: every learner on roll against every requirement, looking at each participation once.
//!
//! Each sort of activity that some requirement counts has a bit, and each activity a mask of such bits. The days are cut into
//! segments wherever some learner's window opens or closes; in order of date a learner's participations run through the
//! segments, and each segment's masks are joined into one. Whether one activity, one of each type, or none was done in a
//! window is then a question to a few masks. Where one does not decide (two dates, hours, differing providers), the few
//! participations with such bits are looked at again. What fits none of this is decided by [`Case`], one at a time: the
//! shortcuts' limits never change a finding.

mod atoms;
mod class;
mod fast;
mod judge;
mod providers;
mod subjects;
mod tracks;

use atoms::Atoms;
use class::{Classes, State};
use fast::Fast;
use judge::Judge;
use subjects::SubjectMasks;
use tracks::Tracks;

use crate::{
    Facts, Reason, ScopeOnly, Standing, Status,
    case::Case,
    plan::{Plan, Rule},
};

/// Calls `found` with each learner on roll, the year group on the as-of date, and the standing against each requirement.
pub(crate) fn each_learner(plan: &Plan<'_>, facts: &Facts, mut found: impl FnMut(usize, Option<i32>, &[Standing])) {
    let mut atoms = Atoms::default();
    let fast: Vec<Fast> = plan.rules.iter().map(|rule| fast::fast(rule, &mut atoms)).collect();
    let classes = Classes::new(plan, facts);
    let masks = atoms.masks(plan, facts);
    let subjects = SubjectMasks::new(plan, facts);

    let mut tracks = Tracks::new(classes.segment_ends.len(), atoms.detail());
    let mut standings = vec![Standing::of(Status::Upcoming); plan.rules.len()];
    for (learner, who) in facts.learners.iter().enumerate() {
        if !who.is_on_roll(plan.as_of) {
            continue;
        }
        let class = classes.of(who);
        let taken = facts.taken_by(learner);
        tracks.run(taken, &masks, &classes.segment_ends);
        let adaptations = facts.adaptations_of(learner);
        for (index, rule) in plan.rules.iter().enumerate() {
            let at = &class.rules[index];
            standings[index] = if at.state == State::OutOfScope || !is_one_of(rule, who) {
                Standing::not_applicable(Reason::OutOfScope)
            } else {
                let id = &plan.pack.requirements[index].id;
                let adapted = adaptations.iter().find(|adaptation| adaptation.requirement == *id).map(|a| a.adapted);
                let quick = if adapted.is_none() && !class.is_exact {
                    let judge = Judge { plan, facts, classes: &classes, class, at, learner, taken, masks: &masks };
                    judge.standing(&fast[index], &tracks, &subjects)
                } else {
                    None
                };
                quick.unwrap_or_else(|| {
                    Case::with(plan, facts, index, learner, class.year_group, adapted).decide().standing
                })
            };
        }
        found(learner, class.year_group, &standings);
    }
}

/// Whether a learner is one of those whom the requirement counts within its year groups.
fn is_one_of(rule: &Rule, learner: &crate::facts::LearnerFacts) -> bool {
    match rule.only {
        None => true,
        Some(ScopeOnly::ConsideringHe) => learner.considering_he,
        Some(ScopeOnly::Ehcp) => learner.sen == Some(domain::Sen::Ehcp),
    }
}
