use std::collections::BTreeSet;

use domain::Date;

use crate::{
    Evaluation, Facts, Pack, Standing, Tally,
    bulk::each_learner,
    offered::{offered, shown},
    plan::Plan,
};

/// Evaluates every learner on roll against every requirement, on one day. Never fails: what cannot be decided is a standing
/// with its reason.
pub fn evaluate(pack: &Pack, facts: &Facts, as_of: Date) -> Evaluation {
    let plan = Plan::new(pack, facts, as_of);
    let mut evaluation = Evaluation {
        as_of,
        framework: pack.id.clone(),
        learners: Vec::with_capacity(facts.learner_count()),
        year_groups: Vec::with_capacity(facts.learner_count()),
        requirement_count: plan.rules.len(),
        standings: Vec::with_capacity(facts.learner_count() * plan.rules.len()),
        tallies: Vec::new(),
        offered: Vec::new(),
    };
    let mut groups = BTreeSet::new();
    let mut counts = vec![[0_u32; Standing::VALUES]; plan.rules.len()];
    each_learner(&plan, facts, |learner, group, standings| {
        groups.extend(group);
        evaluation.learners.push(Facts::learner_index(learner));
        evaluation.year_groups.push(group.map(shown));
        evaluation.standings.extend_from_slice(standings);
        for (counts, standing) in counts.iter_mut().zip(standings) {
            counts[usize::from(standing.byte())] += 1;
        }
    });
    evaluation.tallies = counts.iter().map(tally).collect();
    evaluation.offered = pack
        .requirements
        .iter()
        .zip(&plan.rules)
        .map(|(requirement, rule)| if requirement.offered { offered(&plan, facts, rule, &groups) } else { Vec::new() })
        .collect();
    evaluation
}

fn tally(counts: &[u32; Standing::VALUES]) -> Tally {
    let mut tally = Tally::default();
    for (byte, count) in (0_u8..).zip(counts) {
        tally.add(Standing::from_byte(byte), *count);
    }
    tally
}
