//! One institution's facts as a whole: what the rules are given, in a fixed number of queries.

use std::collections::HashMap;

use domain::{
    AcademicYear, ActivityId, ActivityIndex, Adaptation, InstitutionId, LearnerId, LearnerIndex, Participation,
    Records, Review, Revision, YearRecord,
};

use crate::{
    Error, Tx, activity, adaptation, catalogue, import, institution, learner,
    value::{Bind, Value, values},
};

/// An institution's records with the keys of what is in them.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The records.
    pub records: Records,
    /// Key of each learner of the records, ascending.
    pub learner_ids: Vec<LearnerId>,
    /// Key of each activity of the records, ascending.
    pub activity_ids: Vec<ActivityId>,
    /// Activities that are parts of another, each with the one that leads it, ascending.
    pub parts: Vec<(ActivityId, ActivityId)>,
    /// The institution's revision that this is.
    pub revision: Revision,
}

impl Loaded {
    /// Where the learner is in the records.
    pub fn learner(&self, id: LearnerId) -> Option<LearnerIndex> {
        self.learner_ids.binary_search(&id).ok().map(|index| LearnerIndex(index as u32))
    }

    /// Where the activity is in the records.
    pub fn activity(&self, id: ActivityId) -> Option<ActivityIndex> {
        self.activity_ids.binary_search(&id).ok().map(|index| ActivityIndex(index as u32))
    }
}

/// Finds positions of keys that mostly ascend: it looks on from the last one.
struct Positions<'i> {
    ids: &'i [i64],
    at: usize,
}

impl<'i> Positions<'i> {
    fn new(ids: &'i [i64]) -> Self {
        Self { ids, at: 0 }
    }

    fn find(&mut self, id: i64) -> Result<u32, Error> {
        if self.ids.get(self.at).is_none_or(|here| *here > id) {
            self.at = 0;
        }
        let mut step = 1;
        let mut low = self.at;
        while low + step < self.ids.len() && self.ids[low + step] <= id {
            low += step;
            step *= 2;
        }
        let high = (low + step).min(self.ids.len());
        match self.ids[low..high].binary_search(&id) {
            Ok(offset) => {
                self.at = low + offset;
                Ok(self.at as u32)
            }
            // The foreign keys rule this out.
            Err(_) => Err(Error::Fault("a record refers to one that is not there".into())),
        }
    }
}

/// Everything the institution holds that the rules ask about.
///
/// # Errors
/// [`Error::NotFound`] for an unknown institution.
pub fn load(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Loaded, Error> {
    let (about, revision) = institution::get(tx, institution)?;
    let mut records = Records::new(about);
    let learner_ids = unzip(learner::all(tx, institution)?, &mut records.learners);
    let activity_ids = unzip(activity::all(tx, institution)?, &mut records.activities);
    let parts = activity::parts(tx, institution)?;
    let learner_keys: Vec<i64> = learner_ids.iter().map(|id: &LearnerId| id.0).collect();
    let activity_keys: Vec<i64> = activity_ids.iter().map(|id: &ActivityId| id.0).collect();

    let mut learners = Positions::new(&learner_keys);
    let year_records = &mut records.year_records;
    tx.each(
        "SELECT learner_id, academic_year, year_group FROM year_record WHERE institution_id = $1
         ORDER BY learner_id, academic_year",
        values![institution],
        |row| {
            year_records.push(YearRecord {
                learner: LearnerIndex(learners.find(row.get(0)?)?),
                academic_year: row.get::<AcademicYear>(1)?,
                year_group: row.get(2)?,
            });
            Ok(())
        },
    )?;

    let (mut learners, mut activities) = (Positions::new(&learner_keys), Positions::new(&activity_keys));
    let participations = &mut records.participations;
    tx.each(
        "SELECT learner_id, activity_id, status FROM participation WHERE institution_id = $1
             AND activity_id NOT IN (SELECT activity_id FROM activity WHERE institution_id = $1 AND state = 'removed')
         ORDER BY learner_id, activity_id",
        values![institution],
        |row| {
            participations.push(Participation {
                learner: LearnerIndex(learners.find(row.get(0)?)?),
                activity: ActivityIndex(activities.find(row.get(1)?)?),
                status: row.get(2)?,
            });
            Ok(())
        },
    )?;

    let mut learners = Positions::new(&learner_keys);
    records.reviews = tx.query(
        "SELECT learner_id, held_on, preparing_for_adulthood FROM review WHERE institution_id = $1
         ORDER BY learner_id, held_on",
        values![institution],
        |row| {
            Ok(Review {
                learner: LearnerIndex(learners.find(row.get(0)?)?),
                date: row.get(1)?,
                preparing_for_adulthood: row.get(2)?,
            })
        },
    )?;
    let mut learners = Positions::new(&learner_keys);
    records.adaptations = tx.query(
        "SELECT learner_id, requirement, asked, reason, person FROM adaptation WHERE institution_id = $1
         ORDER BY learner_id, requirement",
        values![institution],
        |row| {
            Ok(Adaptation {
                learner: LearnerIndex(learners.find(row.get(0)?)?),
                requirement: row.get(1)?,
                adapted: adaptation::adapted(row.get(2)?),
                reason: row.get(3)?,
                person: row.get(4)?,
            })
        },
    )?;
    Ok(Loaded { records, learner_ids, activity_ids, parts, revision })
}

fn unzip<I, T>(pairs: Vec<(I, T)>, into: &mut Vec<T>) -> Vec<I> {
    let (ids, things): (Vec<I>, Vec<T>) = pairs.into_iter().unzip();
    *into = things;
    ids
}

/// Adds all these records to an institution that has been inserted; `learner_ids` and `activity_ids` give each learner and
/// activity its key, in the order of the records. Of two reviews of one learner and day, one with its
/// preparing-for-adulthood part wins.
///
/// # Errors
/// [`Error::Duplicate`] if a reference, or another key, is there already; [`Error::NotFound`] for an unknown institution.
///
/// # Panics
/// If there are not as many keys as learners and activities.
pub fn insert_all(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    records: &Records,
    learner_ids: &[LearnerId],
    activity_ids: &[ActivityId],
) -> Result<(), Error> {
    assert_eq!((learner_ids.len(), activity_ids.len()), (records.learners.len(), records.activities.len()));
    let revision = tx.advance(institution)?;
    let learner_of = |index: LearnerIndex| Value::Int(learner_ids[index.0 as usize].0);
    let activity_of = |index: ActivityIndex| Value::Int(activity_ids[index.0 as usize].0);
    let (institution_value, revision_value) = (Value::Int(institution.0), Value::Int(revision.0));

    let texts: Vec<(String, Option<String>)> =
        records.learners.iter().map(|l| (learner::sort_name(l), learner::subjects_text(l))).collect();
    let rows = records.learners.iter().zip(learner_ids).zip(&texts).map(|((learner, id), (sort_name, subjects))| {
        learner::columns(&institution, id, learner, sort_name, subjects, &revision)
    });
    tx.insert_many(&catalogue::LEARNER, rows)?;

    let rows = records.year_records.iter().map(|record| {
        [
            institution_value,
            learner_of(record.learner),
            Value::Int(i64::from(record.academic_year.start())),
            Value::Int(i64::from(record.year_group.number())),
            revision_value,
        ]
    });
    tx.insert_many(&catalogue::YEAR_RECORD, rows)?;

    let texts: Vec<(String, String)> = records.activities.iter().map(activity::lists).collect();
    let rows = records
        .activities
        .iter()
        .zip(activity_ids)
        .zip(&texts)
        .map(|((activity, id), lists)| activity::columns(&institution, id, activity, lists, &revision));
    tx.insert_many(&catalogue::ACTIVITY, rows)?;

    // In the order of the key, which is how the table is clustered.
    let mut order: Vec<&Participation> = records.participations.iter().collect();
    order.sort_unstable_by_key(|p| (learner_ids[p.learner.0 as usize], activity_ids[p.activity.0 as usize]));
    let rows = order.iter().map(|participation| {
        let status = match participation.status.bind() {
            Value::Int(code) => Value::Int(code),
            _ => Value::Null,
        };
        [
            institution_value,
            learner_of(participation.learner),
            activity_of(participation.activity),
            status,
            revision_value,
        ]
    });
    tx.insert_many(&catalogue::PARTICIPATION, rows)?;

    let mut reviews: HashMap<(LearnerIndex, domain::Date), bool> = HashMap::new();
    for review in &records.reviews {
        *reviews.entry((review.learner, review.date)).or_default() |= review.preparing_for_adulthood;
    }
    let rows = reviews.iter().map(|((learner, date), preparing)| {
        [institution_value, learner_of(*learner), Value::Date(*date), Value::Bool(*preparing), revision_value]
    });
    tx.insert_many(&catalogue::REVIEW, rows)?;

    let asked: Vec<Option<i64>> = records.adaptations.iter().map(|a| adaptation::asked(a.adapted)).collect();
    let rows = records.adaptations.iter().zip(&asked).map(|(adaptation, asked)| {
        [
            institution_value,
            learner_of(adaptation.learner),
            adaptation.requirement.bind(),
            asked.bind(),
            adaptation.reason.bind(),
            adaptation.person.bind(),
            revision_value,
        ]
    });
    tx.insert_many(&catalogue::ADAPTATION, rows)?;
    import::track_inserted(tx, institution, revision)
}
