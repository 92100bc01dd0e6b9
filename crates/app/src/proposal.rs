//! What would close the gaps: sessions on the places that are free, with named learners. The proposal is worked out by
//! [`rules::close_gaps`]; accepting it plans the sessions.

mod accept;

use std::collections::BTreeMap;

use domain::{Date, LearnerId, YearGroup};
use rules::{HowMade, Opening, Wanted, WhyOpen};
use store::slot::Slot;

pub use self::accept::{Accepted, AcceptedSession};
use crate::{
    Action, Actor, App, Frame, Result, SlotRow, View,
    cohort::by_name,
    frame::Scene,
    held::Held,
    requirement::position,
    slot::{row, slot_activity},
};

/// Which gaps a proposal is to close.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProposalFilter {
    /// Of this year group.
    pub year_group: Option<YearGroup>,
    /// Of this requirement.
    pub requirement: Option<String>,
    /// Places are also used for what they bring forward without closing it.
    pub forward: bool,
}

/// What would close the gaps.
#[derive(Debug, Clone)]
pub struct ProposalPage {
    /// Where it is.
    pub frame: Frame,
    /// The sessions, the most urgent first.
    pub sessions: Vec<SessionRow>,
    /// How many gaps would be closed: pairs of a learner and a requirement.
    pub closed: u32,
    /// How many would be brought forward.
    pub forwarded: u32,
    /// What would stay open, the soonest due first.
    pub left: Vec<LeftRow>,
    /// How it was found.
    pub made: HowMade,
    /// The requirements to choose from: id and title.
    pub requirements: Vec<(String, String)>,
}

/// One session.
#[derive(Debug, Clone)]
pub struct SessionRow {
    /// The places.
    pub slot: SlotRow,
    /// The earliest day by which something that it closes is due.
    pub deadline: Option<Date>,
    /// Who, by form and name.
    pub places: Vec<PlaceRow>,
}

/// One learner's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceRow {
    /// Their id.
    pub learner: LearnerId,
    /// "Surname, Forename".
    pub name: String,
    /// Registration group.
    pub form: Option<String>,
    /// Year group on the day.
    pub year_group: Option<YearGroup>,
    /// Titles of what becomes planned.
    pub closes: Vec<String>,
    /// Titles of what is brought forward.
    pub forwards: Vec<String>,
}

/// Gaps of one requirement that would stay open for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftRow {
    /// The requirement.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Why.
    pub why: WhyOpen,
    /// Of how many learners.
    pub learners: u32,
    /// The soonest day by which it is due for one of them.
    pub deadline: Date,
}

impl App {
    /// Proposes sessions on the free places for what is due and not planned.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach, or the actor may not record there or sees no learner.
    pub fn proposal(&self, actor: &Actor, view: View, filter: &ProposalFilter) -> Result<ProposalPage> {
        actor.ask(Action::Record, view.institution)?;
        let scene = self.scene(actor, view)?;
        scene.ask_for_learners()?;
        let scope = actor.scope(Action::Record, view.institution)?;
        let only = filter.requirement.as_deref().map(|id| position(&scene, id)).transpose()?;
        let slots = self.free_slots(&scene)?;
        let openings: Vec<Opening> = slots.iter().map(opening).collect();
        let evaluation = &scene.day.evaluation;
        let wanted = Wanted { forward: filter.forward };
        let found = rules::close_gaps(scene.pack, &scene.held.facts, evaluation, &openings, wanted, |learner, at| {
            only.is_none_or(|only| only == at)
                && scene.shows(&scene.pack.requirements[at])
                && filter.year_group.is_none_or(|year| Held::year_group(evaluation, learner) == Some(year))
                && scope.admits(&scene.candidate(learner))
        });
        let title = |at: &usize| scene.pack.requirements[*at].wording.title.clone();
        let sessions: Vec<SessionRow> = found
            .sessions
            .iter()
            .map(|session| {
                let mut order: Vec<_> = session.places.iter().map(|place| place.learner).collect();
                by_name(&scene.held.records, &mut order);
                order.sort_by(|a, b| scene.held.records.learner(*a).form.cmp(&scene.held.records.learner(*b).form));
                let places = order.into_iter().filter_map(|index| {
                    let place = session.places.iter().find(|place| place.learner == index)?;
                    let person = scene.held.records.learner(index);
                    Some(PlaceRow {
                        learner: scene.held.learner_id(index),
                        name: format!("{}, {}", person.surname, person.forename),
                        form: person.form.clone(),
                        year_group: Held::year_group(evaluation, index),
                        closes: place.closes.iter().map(title).collect(),
                        forwards: place.forwards.iter().map(title).collect(),
                    })
                });
                SessionRow {
                    slot: row(&scene, slots[session.opening].clone()),
                    deadline: session.deadline,
                    places: places.collect(),
                }
            })
            .collect();
        let mut left: BTreeMap<(usize, WhyOpen), (u32, Date)> = BTreeMap::new();
        for one in &found.left {
            let entry = left.entry((one.requirement, one.why)).or_insert((0, one.deadline));
            *entry = (entry.0 + 1, entry.1.min(one.deadline));
        }
        let mut left: Vec<_> = left
            .into_iter()
            .map(|((at, why), (learners, deadline))| {
                let id = scene.pack.requirements[at].id.clone();
                LeftRow { id, title: title(&at), why, learners, deadline }
            })
            .collect();
        left.sort_by_key(|row| row.deadline);
        let listed: usize = sessions.iter().map(|session| session.places.len()).sum();
        if listed > 0 {
            let why = actor.why_list(Action::SeeLearners, view.institution);
            self.note_list(actor, view.institution, "proposal", listed, why.as_deref())?;
        }
        let requirements = scene.pack.requirements.iter().filter(|requirement| scene.shows(requirement));
        Ok(ProposalPage {
            sessions,
            closed: found.closed.len() as u32,
            forwarded: found.forwarded.len() as u32,
            left,
            made: found.made,
            requirements: requirements.map(|one| (one.id.clone(), one.wording.title.clone())).collect(),
            frame: scene.frame,
        })
    }

    /// The slots ahead on which nobody was placed yet.
    fn free_slots(&self, scene: &Scene<'_>) -> Result<Vec<Slot>> {
        let institution = scene.frame.institution.id;
        let mut slots = self.store().read(institution, |tx| store::slot::list(tx, institution))?;
        slots.retain(|slot| {
            let became = slot.activity.and_then(|id| scene.held.activity_index(id));
            became.is_none() && slot.held_on > scene.frame.as_of
        });
        Ok(slots)
    }
}

/// A slot as the rules ask about it.
fn opening(slot: &Slot) -> Opening {
    let minutes = |time: &str| {
        let (hour, minute) = time.split_once(':')?;
        Some(hour.parse::<u16>().ok()? * 60 + minute.parse::<u16>().ok()?)
    };
    Opening {
        activity: slot_activity(slot),
        capacity: slot.capacity,
        starts_at: slot.starts_at.as_deref().and_then(minutes),
    }
}
