//! Invented institutions and people to test with.

use std::collections::BTreeMap;

use domain::{
    AccountId, Activity, ActivityId, Calendar, Checks, Date, Hours, Institution, InstitutionId, InstitutionType, Kind,
    Learner, LearnerId, Mode, YearGroup, YearGroups,
};
use jiff::Timestamp;
use store::{Error, Store, Tx, account::Account, audit::Event};

pub(crate) const SCHOOL: InstitutionId = InstitutionId(1);
pub(crate) const OTHER: InstitutionId = InstitutionId(2);

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn now() -> Timestamp {
    at("2026-11-23T14:25:04.123456Z")
}

pub(crate) fn institution(name: &str) -> Institution {
    Institution {
        name: name.into(),
        kind: InstitutionType::Academy,
        urn: None,
        ukprn: Some("19999999".into()),
        lowest_year: YearGroup::new(7),
        highest_year: YearGroup::new(13),
        subjects: BTreeMap::from([
            (YearGroup::new(7), vec!["Art".into(), "Maths; further".into()]),
            (YearGroup::new(8), vec![]),
        ]),
        calendar: Calendar::new(BTreeMap::from([(domain::AcademicYear::starting(2026), day("2026-08-27"))])),
        parameters: BTreeMap::from([("bm6-by-16".into(), "3".into())]),
    }
}

pub(crate) fn event(id: i64) -> Event {
    Event {
        id,
        at: now(),
        account: Some(AccountId(7)),
        action: "test.change".into(),
        subject_kind: "learner".into(),
        subject_id: Some(id),
        payload: "{}".into(),
        reach: None,
        details: Vec::new(),
    }
}

/// Both institutions and the installation, so that the bodies can look at all of them.
pub(crate) fn within() -> store::Within {
    store::Within::each([SCHOOL, OTHER, store::audit::INSTALLATION])
}

/// A change of [`SCHOOL`] with its audit event.
pub(crate) fn change<T>(store: &Store, f: impl FnOnce(&mut Tx<'_>) -> Result<T, Error>) -> Result<T, Error> {
    store.write(crate::given::within(), |tx| {
        let value = f(tx)?;
        let next = store::audit::list(tx, SCHOOL, None, 1)?.first().map_or(1, |event| event.id + 1);
        store::audit::record(tx, SCHOOL, &event(next))?;
        Ok(value)
    })
}

/// Both institutions, empty.
pub(crate) fn institutions(store: &Store) {
    change(store, |tx| {
        store::institution::insert(tx, SCHOOL, &institution("Ashdown Academy"), now())?;
        store::institution::insert(tx, OTHER, &institution("Brookfield College"), now())
    })
    .unwrap();
}

pub(crate) fn learner(reference: &str, forename: &str, surname: &str) -> Learner {
    Learner {
        reference: reference.into(),
        upn: Some(format!("Z{reference}")),
        uln: None,
        forename: forename.into(),
        surname: surname.into(),
        date_of_birth: day("2012-02-29"),
        sex: Some("F".into()),
        form: Some("9A".into()),
        sen: Some(domain::Sen::Support),
        fsm: Some(true),
        looked_after: Some(false),
        considering_he: None,
        subjects: vec!["Art".into(), "Design; technology".into()],
        joined: day("2023-09-01"),
        left: None,
        programme_starts: None,
        programme_ends: Some(day("2027-07-31")),
    }
}

pub(crate) fn activity(reference: &str, date: &str) -> Activity {
    Activity {
        reference: reference.into(),
        title: format!("Visit {reference}"),
        date: day(date),
        kind: Kind::ProviderEncounter,
        provider_type: Some(domain::ProviderType::College),
        organisation: Some("Invented College".into()),
        mode: Mode::Blended,
        subject: None,
        hours: Some("2.5".parse::<Hours>().unwrap()),
        year_groups: YearGroups::from_iter([YearGroup::new(8), YearGroup::new(9)]),
        checks: Checks::PROVIDER_ACCESS,
        through: None,
        source: None,
        state: domain::ActivityState::Planned,
    }
}

/// The school with learners 1 to `learners` and activities 1 to `activities`.
pub(crate) fn school(store: &Store, learners: i64, activities: i64) {
    institutions(store);
    change(store, |tx| {
        for id in 1..=learners {
            store::learner::insert(
                tx,
                SCHOOL,
                LearnerId(id),
                &learner(&format!("A{id:03}"), "Vale", &format!("Test{id}")),
            )?;
        }
        for id in 1..=activities {
            store::activity::insert(tx, SCHOOL, ActivityId(id), &activity(&format!("ACT-{id}"), "2026-10-01"))?;
        }
        Ok(())
    })
    .unwrap();
}

pub(crate) fn account(id: i64, email: &str) -> Account {
    Account {
        id: AccountId(id),
        email: email.into(),
        name: format!("Person {id}"),
        password_hash: Some("$argon2id$invented".into()),
        administrator: id == 1,
        created_at: now(),
        closed_at: None,
    }
}
