use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use domain::{
    AcademicYear, Activity, ActivityId, ActivityIndex, Date, ImportId, InstitutionId, LearnerId, LearnerIndex, Records,
    YearGroup,
};
use exchange::folder;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    Within,
    import::{Import, State},
    participation::Entry,
};

use super::{ImportKind, Summary};
use crate::{
    Action, Actor, App, Error, Refusal, Result,
    held::Held,
    occasion::{follow_all, in_every_part},
};

/// What taking a folder did, or would do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FolderSummary {
    /// New and changed learners.
    pub learners: (usize, usize),
    /// New and changed activities.
    pub activities: (usize, usize),
    /// Marks in registers that are new or differ.
    pub participations: usize,
    /// Year groups recorded anew or otherwise.
    pub year_records: usize,
    /// Reviews that are new or differ.
    pub reviews: usize,
    /// Adaptations that are new or differ.
    pub adaptations: usize,
}

/// A folder that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FolderImport {
    /// Where it is.
    pub institution: InstitutionId,
    /// The import, by which it can be undone; `None` if nothing changed.
    pub import: Option<ImportId>,
    /// What changed.
    pub summary: FolderSummary,
}

impl FolderSummary {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl App {
    /// Takes the records of a folder in one transaction: into `institution`, or into the one with the folder's URN, or a new
    /// one. What the folder does not speak of stays as it is.
    ///
    /// # Errors
    /// If the actor may not import there, or may not set up the new institution.
    pub fn import_folder(
        &self,
        actor: &Actor,
        institution: Option<InstitutionId>,
        name: &str,
        records: &Records,
    ) -> Result<FolderImport> {
        let urn = records.institution.urn.as_deref();
        let known = match (institution, urn) {
            (Some(id), _) => Some(id),
            (None, Some(urn)) => self.store().read(Within::none(), |tx| store::institution::find_by_urn(tx, urn))?,
            (None, None) => None,
        };
        let (id, held) = match known {
            Some(id) => {
                actor.ask_for_all(Action::Import, id)?;
                (id, self.held(id)?)
            }
            None if actor.may_set_up() => {
                let id = InstitutionId(self.context().next_id());
                (id, Arc::new(Held::nothing(records.institution.clone())))
            }
            None => return Err(Refusal::NotAllowed.into()),
        };
        let is_new = known.is_none();
        let institution_differs = held.records.institution != records.institution;
        if institution_differs {
            actor.ask_for_all(Action::Administer, id)?;
        }
        let changes = Changes::between(self, &held, records);
        if changes.summary.is_empty() && !is_new && !institution_differs {
            return Ok(FolderImport { institution: id, import: None, summary: changes.summary });
        }
        let now = self.context().now();
        let summary = Summary {
            good: records.learners.len(),
            new: changes.summary.learners.0 + changes.summary.activities.0,
            changed: changes.summary.learners.1 + changes.summary.activities.1 + changes.summary.participations,
            ..Summary::default()
        };
        let mut import = Import {
            id: ImportId(self.context().next_id()),
            state: State::Planned,
            kind: ImportKind::Folder.word().to_owned(),
            file_name: name.to_owned(),
            file_digest: Vec::new(),
            file_size: 0,
            account: actor.account(),
            created_at: now,
            changed_at: now,
            base_revision: Some(held.revision),
            applied_revision: None,
            progress_done: 0,
            progress_total: 0,
            mapping: None,
            summary: Some(serde_json::to_string(&summary).map_err(Error::fault)?),
        };
        let event = self.event(actor, "import.applied", ("import", Some(import.id.0)), json!(changes.summary));
        let is_fresh = held.records.learners.is_empty() && held.records.activities.is_empty();
        self.store().write(id, |tx| -> Result<()> {
            if is_new {
                self.insert_institution(tx, actor, id, &records.institution)?;
            } else if institution_differs {
                self.update_institution(tx, actor, id, &records.institution)?;
            }
            store::import::insert(tx, id, &import, &[])?;
            // The institution itself was changed in this transaction, so the revision to start from is its own.
            if institution_differs {
                import.base_revision = None;
            }
            import.applied_revision = Some(store::import::track(tx, id, import.id, import.base_revision)?);
            import.state = State::Applied;
            if is_fresh {
                store::records::insert_all(tx, id, records, &changes.learner_ids, &changes.activity_ids)?;
            } else {
                changes.write(tx, id, records)?;
            }
            store::import::update(tx, id, State::Planned, &import)?;
            store::import::discard_source(tx, id, import.id)?;
            Ok(store::audit::record(tx, id, &event)?)
        })?;
        Ok(FolderImport { institution: id, import: Some(import.id), summary: changes.summary })
    }

    /// The institution's records as a folder of files, by name. The export is noted in the audit trail.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn export_folder(&self, actor: &Actor, institution: InstitutionId) -> Result<Vec<(String, Vec<u8>)>> {
        actor.ask_for_all(Action::Import, institution)?;
        let held = self.held(institution)?;
        let ids = (0..held.records.learners.len() as u32).map(|index| held.learner_id(domain::LearnerIndex(index)));
        let why = actor.why_list(Action::Import, institution);
        self.note_export(actor, institution, "folder", ids, why.as_deref())?;
        let today: Date = self.context().today();
        let year = folder::year_groups_of(&held.records).unwrap_or_else(|| held.records.institution.year_of(today));
        Ok(folder::write(&held.records, year))
    }
}

/// What of a folder is not in the records yet.
struct Changes {
    summary: FolderSummary,
    learner_ids: Vec<LearnerId>,
    activity_ids: Vec<ActivityId>,
    new_learners: HashSet<usize>,
    changed_learners: Vec<usize>,
    new_activities: HashSet<usize>,
    changed_activities: Vec<usize>,
    participations: Vec<Entry>,
    year_records: Vec<(LearnerId, AcademicYear, YearGroup)>,
    reviews: Vec<usize>,
    adaptations: Vec<usize>,
}

impl Changes {
    fn between(app: &App, held: &Held, incoming: &Records) -> Self {
        let known = &held.records;
        let learners: HashMap<&str, LearnerIndex> = known
            .learners
            .iter()
            .zip(0..)
            .map(|(learner, at)| (learner.reference.as_str(), LearnerIndex(at)))
            .collect();
        let activities: HashMap<&str, ActivityIndex> = known
            .activities
            .iter()
            .zip(0..)
            .map(|(activity, at)| (activity.reference.as_str(), ActivityIndex(at)))
            .collect();
        let (mut new_learners, mut changed_learners) = (HashSet::new(), Vec::new());
        let learner_ids: Vec<_> = incoming
            .learners
            .iter()
            .enumerate()
            .map(|(at, learner)| match learners.get(learner.reference.as_str()) {
                Some(index) => {
                    if known.learner(*index) != learner {
                        changed_learners.push(at);
                    }
                    held.learner_id(*index)
                }
                None => {
                    new_learners.insert(at);
                    LearnerId(app.context().next_id())
                }
            })
            .collect();
        let (mut new_activities, mut changed_activities) = (HashSet::new(), Vec::new());
        let activity_ids: Vec<_> = incoming
            .activities
            .iter()
            .enumerate()
            .map(|(at, activity)| match activities.get(activity.reference.as_str()) {
                Some(index) => {
                    // A file does not say how far an activity has come.
                    let held_activity = known.activity(*index);
                    if *held_activity != (Activity { state: held_activity.state, ..activity.clone() }) {
                        changed_activities.push(at);
                    }
                    held.activity_id(*index)
                }
                None => {
                    new_activities.insert(at);
                    ActivityId(app.context().next_id())
                }
            })
            .collect();
        let of_learner = |index: LearnerIndex| learner_ids[index.0 as usize];
        let marks: HashMap<(LearnerId, ActivityId), _> = known
            .participations
            .iter()
            .map(|p| ((held.learner_id(p.learner), held.activity_id(p.activity)), p.status))
            .collect();
        let participations: Vec<_> = incoming
            .participations
            .iter()
            .map(|p| Entry {
                learner: of_learner(p.learner),
                activity: activity_ids[p.activity.0 as usize],
                status: p.status,
            })
            .filter(|entry| marks.get(&(entry.learner, entry.activity)) != Some(&entry.status))
            .collect();
        let years: BTreeMap<(LearnerId, AcademicYear), YearGroup> =
            known.year_records.iter().map(|r| ((held.learner_id(r.learner), r.academic_year), r.year_group)).collect();
        let year_records: Vec<_> = incoming
            .year_records
            .iter()
            .map(|r| (of_learner(r.learner), r.academic_year, r.year_group))
            .filter(|(learner, year, year_group)| years.get(&(*learner, *year)) != Some(year_group))
            .collect();
        let held_reviews: HashSet<_> =
            known.reviews.iter().map(|r| (held.learner_id(r.learner), r.date, r.preparing_for_adulthood)).collect();
        let reviews: Vec<_> = (0..incoming.reviews.len())
            .filter(|at| {
                let review = &incoming.reviews[*at];
                !held_reviews.contains(&(of_learner(review.learner), review.date, review.preparing_for_adulthood))
            })
            .collect();
        let held_adaptations: HashSet<_> = known
            .adaptations
            .iter()
            .map(|a| (held.learner_id(a.learner), &a.requirement, a.adapted, &a.reason, &a.person))
            .collect();
        let adaptations: Vec<_> = (0..incoming.adaptations.len())
            .filter(|at| {
                let a = &incoming.adaptations[*at];
                !held_adaptations.contains(&(of_learner(a.learner), &a.requirement, a.adapted, &a.reason, &a.person))
            })
            .collect();
        let summary = FolderSummary {
            learners: (new_learners.len(), changed_learners.len()),
            activities: (new_activities.len(), changed_activities.len()),
            participations: participations.len(),
            year_records: year_records.len(),
            reviews: reviews.len(),
            adaptations: adaptations.len(),
        };
        Self {
            summary,
            new_learners,
            changed_learners,
            new_activities,
            changed_activities,
            participations,
            year_records,
            reviews,
            adaptations,
            learner_ids,
            activity_ids,
        }
    }

    fn write(&self, tx: &mut store::Tx<'_>, institution: InstitutionId, incoming: &Records) -> Result<()> {
        for at in 0..incoming.learners.len() {
            if self.new_learners.contains(&at) {
                store::learner::insert(tx, institution, self.learner_ids[at], &incoming.learners[at])?;
            }
        }
        for at in &self.changed_learners {
            store::learner::update(tx, institution, self.learner_ids[*at], &incoming.learners[*at])?;
        }
        for (learner, year, year_group) in &self.year_records {
            store::year_record::set(tx, institution, *learner, *year, *year_group)?;
        }
        for at in 0..incoming.activities.len() {
            if self.new_activities.contains(&at) {
                store::activity::insert(tx, institution, self.activity_ids[at], &incoming.activities[at])?;
            }
        }
        for at in &self.changed_activities {
            let id = self.activity_ids[*at];
            let state = store::activity::get(tx, institution, id)?.state;
            let activity = Activity { state, ..incoming.activities[*at].clone() };
            store::activity::update(tx, institution, id, &activity)?;
        }
        follow_all(tx, institution)?;
        let participations = in_every_part(tx, institution, &self.participations)?;
        store::participation::set_many(tx, institution, &participations)?;
        for at in &self.reviews {
            let review = &incoming.reviews[*at];
            let learner = self.learner_ids[review.learner.0 as usize];
            store::review::set(tx, institution, learner, review.date, review.preparing_for_adulthood)?;
        }
        for at in &self.adaptations {
            let adaptation = &incoming.adaptations[*at];
            let decided = store::adaptation::Adaptation {
                requirement: adaptation.requirement.clone(),
                adapted: adaptation.adapted,
                reason: adaptation.reason.clone(),
                person: adaptation.person.clone(),
            };
            store::adaptation::set(tx, institution, self.learner_ids[adaptation.learner.0 as usize], &decided)?;
        }
        Ok(())
    }
}
