//! Records held in memory, with what was worked out from them.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

use domain::{ActivityId, ActivityIndex, Date, InstitutionId, LearnerId, LearnerIndex, Records, Revision, YearGroup};
use rules::{Evaluation, Facts, Pack};

use crate::{App, Result, home::Urgency};

/// How many institutions' records are held at once. The one least recently used makes room.
const INSTITUTIONS: usize = 16;
/// How many as-of dates are held for each: today, and the month ends of a year's trend.
const DAYS: usize = 16;

/// One institution's records at one revision. Never changed: the next revision is another.
#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) revision: Revision,
    pub(crate) records: Records,
    pub(crate) facts: Facts,
    learner_ids: Vec<LearnerId>,
    activity_ids: Vec<ActivityId>,
    parts: Vec<(ActivityId, ActivityId)>,
    days: Mutex<VecDeque<Arc<Day>>>,
}

/// What was worked out for one as-of date.
#[derive(Debug)]
pub(crate) struct Day {
    pub(crate) evaluation: Evaluation,
    pub(crate) urgency: OnceLock<Vec<Urgency>>,
}

impl Day {
    pub(crate) fn new(evaluation: Evaluation) -> Self {
        Self { evaluation, urgency: OnceLock::new() }
    }
}

impl Held {
    fn new(loaded: store::records::Loaded) -> Self {
        let facts = Facts::new(&loaded.records);
        Self {
            revision: loaded.revision,
            records: loaded.records,
            facts,
            learner_ids: loaded.learner_ids,
            activity_ids: loaded.activity_ids,
            parts: loaded.parts,
            days: Mutex::default(),
        }
    }

    /// What is held of an institution without records, or one that does not exist yet.
    pub(crate) fn nothing(institution: domain::Institution) -> Self {
        Self::new(store::records::Loaded {
            records: Records::new(institution),
            learner_ids: Vec::new(),
            activity_ids: Vec::new(),
            parts: Vec::new(),
            revision: Revision::default(),
        })
    }

    pub(crate) fn learner_id(&self, index: LearnerIndex) -> LearnerId {
        self.learner_ids[index.0 as usize]
    }

    pub(crate) fn activity_id(&self, index: ActivityIndex) -> ActivityId {
        self.activity_ids[index.0 as usize]
    }

    pub(crate) fn learner_index(&self, id: LearnerId) -> Option<LearnerIndex> {
        // The store loads in order of id.
        self.learner_ids.binary_search(&id).ok().map(|at| LearnerIndex(at as u32))
    }

    pub(crate) fn activity_index(&self, id: ActivityId) -> Option<ActivityIndex> {
        self.activity_ids.binary_search(&id).ok().map(|at| ActivityIndex(at as u32))
    }

    /// The activity that leads this one, if it is a part of another.
    pub(crate) fn whole_of(&self, id: ActivityId) -> Option<ActivityId> {
        self.parts.binary_search_by_key(&id, |(part, _)| *part).ok().map(|at| self.parts[at].1)
    }

    /// The activities that are parts of this one.
    pub(crate) fn parts_of(&self, id: ActivityId) -> impl Iterator<Item = ActivityId> {
        self.parts.iter().filter(move |(_, whole)| *whole == id).map(|(part, _)| *part)
    }

    /// The evaluation on a day, worked out once.
    pub(crate) fn day(&self, pack: &Pack, as_of: Date) -> Arc<Day> {
        // A trend judges the days before its own edition by that edition too, so the day alone does not say which it was.
        let wanted = |day: &&Arc<Day>| day.evaluation.as_of == as_of && day.evaluation.framework == pack.id;
        if let Some(day) = lock(&self.days).iter().find(wanted) {
            return Arc::clone(day);
        }
        // Worked out without the lock, so that a page about another day need not wait.
        let evaluation = rules::evaluate(pack, &self.facts, as_of);
        let day = Arc::new(Day::new(evaluation));
        let mut days = lock(&self.days);
        days.truncate(DAYS - 1);
        days.push_front(Arc::clone(&day));
        day
    }

    /// The year group of a learner on the day, if on roll then.
    pub(crate) fn year_group(evaluation: &Evaluation, learner: LearnerIndex) -> Option<YearGroup> {
        evaluation.position_of(learner).and_then(|position| evaluation.year_groups[position])
    }
}

/// The institutions whose records are held, the most recently used first.
#[derive(Debug, Default)]
pub(crate) struct Cache(Mutex<VecDeque<(InstitutionId, Arc<Held>)>>);

impl App {
    /// The institution's records as they are now. Asks the database for the revision each time, so that a change on another
    /// node is seen; reads the records only if they moved on. The caller has asked for access.
    pub(crate) fn held(&self, institution: InstitutionId) -> Result<Arc<Held>> {
        let revision = self.store().read(institution, |tx| store::institution::revision(tx, institution))?;
        {
            let mut cache = lock(&self.0.held.0);
            if let Some(at) = cache.iter().position(|(id, held)| *id == institution && held.revision == revision)
                && let Some(entry) = cache.remove(at)
            {
                let held = Arc::clone(&entry.1);
                cache.push_front(entry);
                return Ok(held);
            }
        }
        let held = Arc::new(Held::new(self.store().read(institution, |tx| store::records::load(tx, institution))?));
        let mut cache = lock(&self.0.held.0);
        cache.retain(|(id, _)| *id != institution);
        cache.truncate(INSTITUTIONS - 1);
        cache.push_front((institution, Arc::clone(&held)));
        Ok(held)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
