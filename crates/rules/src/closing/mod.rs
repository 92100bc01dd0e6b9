//! What would close the gap: which learners to place on which of the places that are free, so that as much as possible of what
//! is due and not planned becomes planned, the most urgent first, in as few sessions as possible.
//!
//! What a place is worth to a learner is never judged here but by [`Case`], as for any planned activity: a set of places closes a
//! gap if the requirement's condition would hold with the learner invited to them. See docs/decisions/0048.

mod bundle;
mod exact;
mod gap;
mod proposal;
mod search;
mod state;

use domain::{Activity, Date, LearnerIndex};

use crate::{Evaluation, Facts, Pack, case::Item, plan::Plan};
use gap::Problem;

/// Free places on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Opening {
    /// What would be held. Its reference is not asked for; its year groups say who may come, nobody named means anybody.
    pub activity: Activity,
    /// For how many learners.
    pub capacity: u32,
    /// When it begins, in minutes from midnight; not known means that it may take the whole day.
    pub starts_at: Option<u16>,
}

/// What is to be closed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Places are also used for what they bring forward without closing it: one of two workplace experiences, say.
    pub forward: bool,
}

/// A smallest set of sessions that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The sessions, the most urgent first.
    pub sessions: Vec<ProposedSession>,
    /// The pairs of a learner and a requirement, by its position in the pack, that would be planned.
    pub closed: Vec<(LearnerIndex, usize)>,
    /// The pairs that would be brought forward without being planned.
    pub forwarded: Vec<Forwarded>,
    /// What would stay open.
    pub left: Vec<LeftOpen>,
    /// How it was found.
    pub made: HowMade,
}

/// One session with whom it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedSession {
    /// Position among the openings.
    pub opening: usize,
    /// The earliest day by which something that it closes is due.
    pub deadline: Option<Date>,
    /// Who, in the order of the records.
    pub places: Vec<ProposedPlace>,
}

/// One learner's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedPlace {
    /// Who.
    pub learner: LearnerIndex,
    /// The requirements, by position, that the learner's places close, and would not without this one.
    pub closes: Vec<usize>,
    /// Those that this one brings forward.
    pub forwards: Vec<usize>,
}

/// A pair that would be brought forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forwarded {
    /// Who.
    pub learner: LearnerIndex,
    /// What, by its position in the pack.
    pub requirement: usize,
}

/// A pair that would stay open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOpen {
    /// Who.
    pub learner: LearnerIndex,
    /// What, by its position in the pack.
    pub requirement: usize,
    /// By when it is due.
    pub deadline: Date,
    /// Why.
    pub why: WhyOpen,
}

/// Why something stays open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WhyOpen {
    /// None of the places would count for it.
    NothingFits,
    /// Some would count, but all of them together would not be enough.
    NotEnough,
    /// It could be closed, but the places are taken by others, or at a time when the learner is elsewhere.
    NoPlaceLeft,
}

/// How a proposal was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HowMade {
    /// How many gaps there were: pairs that are due and not planned.
    pub gaps: usize,
    /// How many openings were looked at.
    pub openings: usize,
    /// How many openings were left out, because there were more than can be looked at together.
    pub left_out: usize,
    /// Whether it is proven that no other choice closes more, or as much in fewer sessions.
    pub is_proven: bool,
}

/// The most openings that are looked at together; the latest are left out.
pub(crate) const MOST_OPENINGS: usize = 128;

/// Proposes sessions for what is due and not planned on the day of the evaluation, which must be of this pack and these facts.
/// `wants` says which pairs of a learner and a requirement, by its position in the pack, are to be looked at.
pub fn close_gaps(
    pack: &Pack,
    facts: &Facts,
    evaluation: &Evaluation,
    openings: &[Opening],
    wanted: Wanted,
    wants: impl Fn(LearnerIndex, usize) -> bool,
) -> Proposal {
    let mut order: Vec<usize> = (0..openings.len()).collect();
    order.sort_by_key(|at| (openings[*at].activity.date, openings[*at].starts_at));
    order.truncate(MOST_OPENINGS);
    let looked_at: Vec<&Opening> = order.iter().map(|at| &openings[*at]).collect();
    let activities: Vec<Activity> = looked_at.iter().map(|opening| opening.activity.clone()).collect();
    let (joined, positions) = facts.with_planned(&activities);
    let plan = Plan::new(pack, &joined, evaluation.as_of);
    let items: Vec<Item> =
        positions.iter().map(|position| Item { position: *position, day: joined.activities[*position].day }).collect();
    let problem = Problem::new(&plan, &joined, evaluation, &looked_at, &items, wanted, wants);
    let found = search::search(&problem);
    let (found, is_proven) = exact::prove_or_improve(&problem, found);
    let made = HowMade {
        gaps: problem.gap_count,
        openings: looked_at.len(),
        left_out: openings.len() - looked_at.len(),
        is_proven,
    };
    proposal::of(&problem, &found, &order, made)
}
