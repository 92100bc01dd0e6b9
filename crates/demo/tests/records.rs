//! The demo's records are well formed, believable, and the same each time.

use std::collections::{BTreeMap, BTreeSet};

use demo::AS_OF;
use domain::{ParticipationStatus, Records, Sen, identifier};

fn all() -> [Records; 3] {
    [demo::academy(), demo::special_school(), demo::college()]
}

#[test]
fn the_same_records_come_out_each_time() {
    assert!(demo::academy() == demo::academy());
    assert!(demo::special_school() == demo::special_school());
    assert!(demo::college() == demo::college());
}

#[test]
fn references_are_unique_and_indexes_point_somewhere() {
    for records in all() {
        let name = &records.institution.name;
        let learners: BTreeSet<_> = records.learners.iter().map(|l| &l.reference).collect();
        assert_eq!(learners.len(), records.learners.len(), "{name}");
        let activities: BTreeSet<_> = records.activities.iter().map(|a| &a.reference).collect();
        assert_eq!(activities.len(), records.activities.len(), "{name}");
        let pairs: BTreeSet<_> = records.participations.iter().map(|p| (p.learner, p.activity)).collect();
        assert_eq!(pairs.len(), records.participations.len(), "{name}");
        for participation in &records.participations {
            records.learner(participation.learner);
            records.activity(participation.activity);
        }
        let years: BTreeSet<_> = records.year_records.iter().map(|y| (y.learner, y.academic_year)).collect();
        assert_eq!(years.len(), records.year_records.len(), "{name}");
        let with_year: BTreeSet<_> = records.year_records.iter().map(|y| y.learner).collect();
        assert_eq!(with_year.len(), records.learners.len(), "{name}");
        assert!(records.year_records.iter().all(|y| records.institution.teaches(y.year_group)), "{name}");
        assert!(records.learners.iter().all(|l| l.left.is_none_or(|left| l.joined <= left)), "{name}");
    }
}

#[test]
fn identifiers_cannot_be_real() {
    let mut seen = BTreeSet::new();
    for records in all() {
        for upn in records.learners.iter().filter_map(|l| l.upn.as_deref()) {
            assert_eq!(&upn[1..4], "000", "local authority 000 does not exist");
            assert_eq!(identifier::upn(upn), identifier::Graded::Good);
            assert!(seen.insert(upn.to_owned()), "{upn} twice");
        }
        assert!(records.learners.iter().all(|l| l.uln.is_none()));
        assert!(records.institution.urn.as_deref().is_some_and(|urn| urn.starts_with("9999")));
        assert!(records.institution.ukprn.as_deref().is_some_and(|ukprn| ukprn.starts_with("999999")));
    }
}

#[test]
fn what_is_ahead_is_planned_and_what_is_past_is_noted() {
    for records in all() {
        let mut ahead = 0;
        for participation in &records.participations {
            let date = records.activity(participation.activity).date;
            let planned = participation.status == ParticipationStatus::Invited;
            if date > AS_OF {
                assert!(planned);
                ahead += 1;
            }
        }
        assert!(ahead > 100, "{}: {ahead}", records.institution.name);
    }
}

#[test]
fn the_sizes_and_shares_are_believable() {
    let records = demo::academy();
    let on_roll: Vec<_> = records.learners.iter().filter(|l| l.is_on_roll(AS_OF)).collect();
    // In a thousand.
    let share = |count: usize| count * 1000 / on_roll.len();
    assert!((1050..1180).contains(&on_roll.len()), "{}", on_roll.len());
    assert!((100..180).contains(&share(on_roll.iter().filter(|l| l.sen == Some(Sen::Support)).count())));
    assert!((35..75).contains(&share(on_roll.iter().filter(|l| l.sen == Some(Sen::Ehcp)).count())));
    assert!((220..300).contains(&share(on_roll.iter().filter(|l| l.fsm == Some(true)).count())));
    let special = demo::special_school();
    assert!((80..105).contains(&special.learners.iter().filter(|l| l.is_on_roll(AS_OF)).count()));
    assert!(special.learners.iter().all(|l| l.sen == Some(Sen::Ehcp)));
    let college = demo::college();
    let on_roll = college.learners.iter().filter(|l| l.is_on_roll(AS_OF)).count();
    assert!((540..680).contains(&on_roll), "{on_roll}");
    let kinds: BTreeMap<_, usize> = records.activities.iter().fold(BTreeMap::new(), |mut kinds, activity| {
        *kinds.entry(activity.kind).or_default() += 1;
        kinds
    });
    assert_eq!(kinds.len(), domain::Kind::ALL.len(), "{kinds:?}");
}
