//! What would close the gap: what is promised comes true when it is accepted, nobody is placed where they cannot be, and where a
//! choice is said to be as small as can be, trying every choice finds none better.

mod random;
mod rulebook_files;

use domain::*;
use jiff::ToSpan;
use proptest::prelude::*;
use random::{Random, Size, activity, date_near, records};
use rules::*;

const KINDS: [InstitutionType; 2] = [InstitutionType::Academy, InstitutionType::SixthFormCollege];

thread_local! {
    static RULEBOOK: Rulebook = rulebook_files::rulebook();
}

fn pack(records: &Records, as_of: Date) -> Pack {
    RULEBOOK.with(|rulebook| rulebook.framework(records.institution.kind, as_of).clone())
}

/// Openings in the year after the day, of the kinds that the institution's activities are of; often several on one day.
fn openings(seed: u64, as_of: Date, count: u64) -> Vec<Opening> {
    (0..count)
        .map(|index| {
            let random = &mut Random::new(seed, 90_000 + index);
            let days = random.pick(&[1, 5, 5, 20, 40, 40, 90, 200]);
            let offered = activity(seed, 200 + index);
            // Mostly with every box that can be ticked before the day, so that there is something to choose from.
            let checks = if random.one_in(4) { offered.checks } else { before_the_day(all_boxes(offered.kind)) };
            let year_groups = if random.one_in(4) { offered.year_groups } else { YearGroups::default() };
            Opening {
                activity: Activity {
                    reference: format!("S{index}"),
                    date: as_of.saturating_add(days.days()),
                    checks,
                    year_groups,
                    source: None,
                    state: ActivityState::Planned,
                    ..offered
                },
                capacity: 1 + random.below(3) as u32,
                starts_at: (!random.one_in(3)).then(|| 540 + 60 * random.below(3) as u16),
            }
        })
        .collect()
}

fn all_boxes(kind: Kind) -> Checks {
    kind.checklist().iter().copied().collect()
}

fn clash(one: &Opening, other: &Opening) -> bool {
    let length = |opening: &Opening| {
        let minutes = opening.activity.hours.map_or(60, |hours| hours.billionths() * 60 / 1_000_000_000);
        minutes.max(1)
    };
    one.activity.date == other.activity.date
        && match (one.starts_at, other.starts_at) {
            (Some(a), Some(b)) if a <= b => i64::from(b - a) < length(one),
            (Some(a), Some(b)) => i64::from(a - b) < length(other),
            _ => true,
        }
}

/// The records with each learner invited to these openings, which are planned activities now.
fn accepted(records: &Records, openings: &[Opening], places: &[(LearnerIndex, usize)]) -> Records {
    let mut records = records.clone();
    let first = records.activities.len();
    records.activities.extend(
        openings.iter().map(|opening| Activity { year_groups: YearGroups::default(), ..opening.activity.clone() }),
    );
    records.participations.extend(places.iter().map(|(learner, opening)| Participation {
        learner: *learner,
        activity: ActivityIndex((first + opening) as u32),
        status: ParticipationStatus::Invited,
    }));
    records
}

fn evaluation(records: &Records, as_of: Date) -> Evaluation {
    evaluate(&pack(records, as_of), &Facts::new(records), as_of)
}

/// Pairs that are due, and not planned.
fn gaps(evaluation: &Evaluation) -> Vec<(LearnerIndex, usize)> {
    let mut gaps = Vec::new();
    for (position, learner) in evaluation.learners.iter().enumerate() {
        for (requirement, standing) in evaluation.of_position(position).iter().enumerate() {
            if standing.status() == Status::Due && !standing.is_planned() {
                gaps.push((*learner, requirement));
            }
        }
    }
    gaps
}

/// What the gaps that are planned now are worth: 16 within 31 days, 8 within 91, 4 within 182, 2 within 366, else 1.
fn worth(records: &Records, as_of: Date, gaps: &[(LearnerIndex, usize)], after: &Evaluation) -> u64 {
    let due = deadlines(&pack(records, as_of), &Facts::new(records), as_of, gaps);
    gaps.iter()
        .zip(due)
        .filter(|((learner, requirement), _)| {
            after.standing(*learner, *requirement).is_some_and(|standing| standing.is_planned())
        })
        .map(|(_, deadline)| match date::days_between(as_of, deadline) {
            ..=31 => 16,
            32..=91 => 8,
            92..=182 => 4,
            183..=366 => 2,
            _ => 1,
        })
        .sum()
}

/// The openings to which each learner may come.
fn may_come(records: &Records, as_of: Date, openings: &[Opening]) -> Vec<(LearnerIndex, Vec<usize>)> {
    let learners = evaluation(records, as_of).learners;
    let on_the_day: Vec<Evaluation> =
        openings.iter().map(|opening| evaluation(records, opening.activity.date)).collect();
    let may = |learner: LearnerIndex, at: usize| {
        let year_groups = openings[at].activity.year_groups;
        on_the_day[at].position_of(learner).is_some_and(|position| {
            let named: Vec<YearGroup> = year_groups.iter().collect();
            named.is_empty() || on_the_day[at].year_groups[position].is_some_and(|year| named.contains(&year))
        })
    };
    learners
        .into_iter()
        .map(|learner| (learner, (0..openings.len()).filter(|at| may(learner, *at)).collect()))
        .collect()
}

/// Every choice of places that respects clashes and capacities.
fn choices(may: &[(LearnerIndex, Vec<usize>)], openings: &[Opening]) -> Vec<Vec<(LearnerIndex, usize)>> {
    let mut choices = vec![Vec::new()];
    for (learner, may) in may {
        let mut next: Vec<Vec<(LearnerIndex, usize)>> = Vec::new();
        for choice in &choices {
            for set in 0..1_u32 << may.len() {
                let own: Vec<usize> =
                    may.iter().enumerate().filter(|(bit, _)| set & 1 << bit != 0).map(|(_, at)| *at).collect();
                let clashes = own.iter().any(|a| own.iter().any(|b| a != b && clash(&openings[*a], &openings[*b])));
                let is_full = own.iter().any(|at| {
                    choice.iter().filter(|(_, other)| other == at).count() >= openings[*at].capacity as usize
                });
                if !clashes && !is_full {
                    next.push(choice.iter().copied().chain(own.iter().map(|at| (*learner, *at))).collect());
                }
            }
        }
        choices = next;
    }
    choices
}

fn sessions(places: &[(LearnerIndex, usize)]) -> usize {
    let mut used: Vec<usize> = places.iter().map(|(_, at)| *at).collect();
    used.sort_unstable();
    used.dedup();
    used.len()
}

fn propose(records: &Records, as_of: Date, openings: &[Opening], forward: bool) -> Proposal {
    let facts = Facts::new(records);
    let pack = pack(records, as_of);
    let evaluation = evaluate(&pack, &facts, as_of);
    close_gaps(&pack, &facts, &evaluation, openings, Wanted { forward }, |_, _| true)
}

fn places(proposal: &Proposal) -> Vec<(LearnerIndex, usize)> {
    let of = |session: &ProposedSession| {
        let opening = session.opening;
        session.places.iter().map(move |place| (place.learner, opening)).collect::<Vec<_>>()
    };
    proposal.sessions.iter().flat_map(of).collect()
}

/// What must hold of any proposal.
fn check(records: &Records, as_of: Date, openings: &[Opening], proposal: &Proposal) {
    let places = places(proposal);
    let before = evaluation(records, as_of);
    let after = evaluation(&accepted(records, openings, &places), as_of);
    let open = gaps(&before);
    assert_eq!(proposal.made.gaps, open.len());
    let planned = |(learner, requirement): &(LearnerIndex, usize)| {
        after.standing(*learner, *requirement).is_some_and(|standing| standing.is_planned())
    };
    // What is promised comes true, and nothing is promised too little.
    let mut closed: Vec<_> = open.iter().copied().filter(planned).collect();
    closed.sort_unstable();
    assert_eq!(proposal.closed, closed);
    let mut accounted: Vec<_> = proposal.left.iter().map(|left| (left.learner, left.requirement)).collect();
    accounted.extend(&closed);
    accounted.sort_unstable();
    let mut all = open;
    all.sort_unstable();
    assert_eq!(accounted, all, "each gap is closed or stays open, once");
    // Nobody is where they cannot be.
    let may = may_come(records, as_of, openings);
    for (learner, at) in &places {
        let own = &may.iter().find(|(who, _)| who == learner).unwrap().1;
        assert!(own.contains(at), "{learner:?} may not come to {at}");
        let others = places.iter().filter(|(who, other)| who == learner && other != at);
        assert!(others.into_iter().all(|(_, other)| !clash(&openings[*at], &openings[*other])));
    }
    for (at, opening) in openings.iter().enumerate() {
        let load = places.iter().filter(|(_, other)| *other == at).count();
        assert!(load <= opening.capacity as usize, "{at} has {load} learners");
    }
    // Every place is worth something.
    for session in &proposal.sessions {
        assert!(session.places.iter().all(|place| !place.closes.is_empty() || !place.forwards.is_empty()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn what_is_promised_comes_true_when_it_is_accepted(seed: u64, kind in 0..2_usize, count in 1..9_u64, forward: bool) {
        let records = records(seed, KINDS[kind], Size { learners: 8, activities: 12 });
        let as_of = date_near(seed, &mut Random::new(seed, 77));
        let openings = openings(seed, as_of, count);
        check(&records, as_of, &openings, &propose(&records, as_of, &openings, forward));
    }

    #[test]
    fn trying_every_choice_finds_none_better(seed: u64, kind in 0..2_usize) {
        let records = records(seed, KINDS[kind], Size { learners: 3, activities: 8 });
        let as_of = date_near(seed, &mut Random::new(seed, 77));
        let openings = openings(seed, as_of, 3);
        let proposal = propose(&records, as_of, &openings, false);
        check(&records, as_of, &openings, &proposal);
        prop_assert!(proposal.made.is_proven, "so few are always proven");
        let open = gaps(&evaluation(&records, as_of));
        let rate = |places: &[(LearnerIndex, usize)]| {
            let after = evaluation(&accepted(&records, &openings, places), as_of);
            (worth(&records, as_of, &open, &after), std::cmp::Reverse(sessions(places)))
        };
        let found = rate(&places(&proposal));
        let best = choices(&may_come(&records, as_of, &openings), &openings).iter().map(|choice| rate(choice)).max();
        prop_assert_eq!(Some(found), best);
    }

    #[test]
    fn it_is_never_worse_than_taking_what_helps_one_place_after_the_other(seed: u64, kind in 0..2_usize) {
        let records = records(seed, KINDS[kind], Size { learners: 6, activities: 8 });
        let as_of = date_near(seed, &mut Random::new(seed, 77));
        let openings = openings(seed, as_of, 5);
        let open = gaps(&evaluation(&records, as_of));
        let rate = |places: &[(LearnerIndex, usize)]| {
            worth(&records, as_of, &open, &evaluation(&accepted(&records, &openings, places), as_of))
        };
        let may = may_come(&records, as_of, &openings);
        let mut taken: Vec<(LearnerIndex, usize)> = Vec::new();
        for (at, opening) in openings.iter().enumerate() {
            for (learner, own) in &may {
                let others = taken.iter().filter(|(who, _)| who == learner);
                let is_free = own.contains(&at)
                    && others.into_iter().all(|(_, other)| !clash(&openings[*other], opening))
                    && taken.iter().filter(|(_, other)| *other == at).count() < opening.capacity as usize;
                let then: Vec<_> = taken.iter().copied().chain([(*learner, at)]).collect();
                if is_free && rate(&then) > rate(&taken) {
                    taken = then;
                }
            }
        }
        let proposal = propose(&records, as_of, &openings, false);
        prop_assert!(rate(&places(&proposal)) >= rate(&taken));
    }
}

#[test]
fn without_openings_everything_stays_open_because_nothing_fits() {
    let records = records(3, InstitutionType::Academy, Size { learners: 8, activities: 12 });
    let as_of = date_near(3, &mut Random::new(3, 77));
    let proposal = propose(&records, as_of, &[], false);
    assert!(proposal.sessions.is_empty() && proposal.closed.is_empty());
    assert!(proposal.left.iter().all(|left| left.why == WhyOpen::NothingFits));
    assert_eq!(proposal.left.len(), proposal.made.gaps);
}

#[test]
fn the_random_institutions_leave_something_to_choose() {
    let proposals = (0..200_u64).map(|seed| {
        let records = records(seed, InstitutionType::Academy, Size { learners: 3, activities: 8 });
        let as_of = date_near(seed, &mut Random::new(seed, 77));
        propose(&records, as_of, &openings(seed, as_of, 3), false)
    });
    let proposals: Vec<_> = proposals.collect();
    let with = |sessions: usize| proposals.iter().filter(|proposal| proposal.sessions.len() >= sessions).count();
    assert!(with(1) > 40 && with(2) > 10, "{} with a session, {} with two", with(1), with(2));
}
