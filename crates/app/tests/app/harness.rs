//! An application over a fresh database, at 9 o'clock on 23 November 2026.

use std::{fs, path::Path};

use app::{Actor, App, Context, Cost, Holding, NewAccount, Origin, Role, View};
use domain::{
    AcademicYear, Activity, ActivityIndex, Calendar, Checks, Date, Institution, InstitutionId, InstitutionType, Kind,
    Learner, LearnerIndex, Mode, Participation, ParticipationStatus, Records, Subjects, YearGroup, YearRecord,
};
use rules::{Cases, Rulebook};
use store::Store;
use tempfile::TempDir;

/// Runs a story on both engines.
macro_rules! on_both_engines {
    ($($(#[$meta:meta])* fn $name:ident($world:ident: &World) $body:block)+) => {$(
        mod $name {
            use super::*;
            fn story($world: &World) $body
            $(#[$meta])*
            #[test]
            fn on_sqlite() { story(&World::on_sqlite()); }
            $(#[$meta])*
            #[test]
            fn on_postgres() { story(&World::on_postgres()); }
        }
    )+};
}
pub(crate) use on_both_engines;

/// In most schools one person is both.
const LEADS: [Role; 2] = [Role::Administrator, Role::CareersLeader];
const PASSWORD: &str = "three words together";

fn address(id: InstitutionId, name: &str) -> String {
    format!("{}-{id}@school.example", name.to_lowercase().replace(' ', "."))
}

pub(crate) struct World {
    pub(crate) app: App,
    /// The database behind it, for tests that look into every table.
    pub(crate) store: Store,
    _folder: Option<TempDir>,
}

impl World {
    pub(crate) fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let address = format!("sqlite:{}", folder.path().join("waymark.sqlite").display());
        Self::over(&address, Some(folder))
    }

    pub(crate) fn on_postgres() -> Self {
        Self::over(&testkit::postgres::fresh_database(), None)
    }

    fn over(address: &str, folder: Option<TempDir>) -> Self {
        let store = Store::open(address).expect("a database");
        store.migrate().expect("a schema");
        Self { app: app(store.clone()), store, _folder: folder }
    }

    /// The same database on a later day, under a program that carries this wording.
    pub(crate) fn later(&self, at: &str, wording: policy::Wording) -> App {
        let context = Context::fixed(at.parse().expect("an instant"), 2);
        let (rulebook, cases) = rulebook();
        App::new(self.store.clone(), rulebook, cases, wording, context, Cost::Quick)
    }

    /// The same world, where people may sign in with these identity providers.
    pub(crate) fn with_providers(self, providers: Vec<app::IdentityProvider>) -> Self {
        Self { app: self.app.with_identity_providers(providers), ..self }
    }

    /// The program started anew over the same database, so many minutes later: nothing in memory is left.
    pub(crate) fn restarted(&self, minutes: i64) -> App {
        use jiff::ToSpan;
        let again = app(self.store.clone());
        again.context().set_now(self.app.context().now() + minutes.minutes());
        again
    }

    /// A school with these records, its careers leader (an administrator) and a viewer.
    pub(crate) fn school(&self, records: &Records) -> School<'_> {
        let taken = self.app.import_folder(&Actor::operator(), None, "school", records).expect("records are taken");
        let id = taken.institution;
        let leader = self.person(id, "Careers Leader", Role::Administrator);
        self.app
            .set_roles(&leader, id, leader.account().expect("a person"), &LEADS.map(Holding::from))
            .expect("they lead careers as well");
        School {
            app: &self.app,
            id,
            leader: self.signed_in(id, "Careers Leader"),
            viewer: self.person(id, "Just Looking", Role::Viewer),
        }
    }

    /// Somebody who works there, signed in.
    pub(crate) fn person(&self, id: InstitutionId, name: &str, holding: impl Into<Holding>) -> Actor {
        let new = NewAccount { name: name.to_owned(), email: address(id, name), password: PASSWORD.to_owned() };
        self.app.add_person(&Actor::operator(), id, &new, holding).expect("a person");
        self.signed_in(id, name)
    }

    /// The same person with what they may do by now.
    pub(crate) fn signed_in(&self, id: InstitutionId, name: &str) -> Actor {
        let session =
            self.app.sign_in(&address(id, name), PASSWORD, &Origin::default()).expect("the password is right");
        self.app.session(session.token.reveal()).expect("a session").actor
    }
}

pub(crate) struct School<'w> {
    pub(crate) app: &'w App,
    pub(crate) id: InstitutionId,
    pub(crate) leader: Actor,
    pub(crate) viewer: Actor,
}

impl School<'_> {
    pub(crate) fn today(&self) -> View {
        View { institution: self.id, as_of: None }
    }
}

pub(crate) fn app(store: Store) -> App {
    let context = Context::fixed("2026-11-23T09:00:00Z".parse().expect("an instant"), 1);
    let (rulebook, cases) = rulebook();
    let wording = policy::Wording::load(&testkit::files("wording", policy::WORDING_FILES)).expect("the wording");
    App::new(store, rulebook, cases, wording, context, Cost::Quick)
}

fn rulebook() -> (Rulebook, Cases) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebook");
    let files: Vec<(String, String)> = rules::RULEBOOK_FILES
        .iter()
        .map(|name| ((*name).to_owned(), fs::read_to_string(root.join(name)).expect("a file of the rulebook")))
        .collect();
    let rulebook = Rulebook::load(&files).expect("the rulebook");
    let none: [(&str, &str); 0] = [];
    let cases = Cases::load(&rulebook, &none).expect("no cases");
    (rulebook, cases)
}

/// An 11–18 academy without learners.
pub(crate) fn academy() -> Institution {
    Institution {
        name: "Larchwood Test Academy".to_owned(),
        kind: InstitutionType::Academy,
        urn: Some("99901".to_owned()),
        ukprn: None,
        lowest_year: YearGroup::new(7),
        highest_year: YearGroup::new(13),
        subjects: Subjects::new(),
        calendar: Calendar::default(),
        parameters: std::collections::BTreeMap::new(),
    }
}

/// An academy with learners `L1`… of year 9 in form 9A, and one employer encounter, `ACT-1`, that each attended.
pub(crate) fn year_nine(learners: u32) -> Records {
    let mut records = Records::new(academy());
    for number in 0..learners {
        records.learners.push(learner(number + 1));
        records.year_records.push(YearRecord {
            learner: LearnerIndex(number),
            academic_year: AcademicYear::starting(2026),
            year_group: YearGroup::new(9),
        });
    }
    records.activities.push(employer_encounter("ACT-1", jiff::civil::date(2026, 10, 6)));
    for number in 0..learners {
        records.participations.push(Participation {
            learner: LearnerIndex(number),
            activity: ActivityIndex(0),
            status: ParticipationStatus::Attended,
        });
    }
    records
}

pub(crate) fn learner(number: u32) -> Learner {
    Learner {
        reference: format!("L{number}"),
        upn: None,
        uln: None,
        forename: format!("Test{number}"),
        surname: "Learner".to_owned(),
        date_of_birth: jiff::civil::date(2013, 1, 15),
        sex: None,
        form: Some("9A".to_owned()),
        sen: None,
        fsm: None,
        looked_after: None,
        considering_he: None,
        subjects: Vec::new(),
        joined: jiff::civil::date(2024, 9, 2),
        left: None,
        programme_starts: None,
        programme_ends: None,
    }
}

pub(crate) fn employer_encounter(reference: &str, date: Date) -> Activity {
    Activity {
        reference: reference.to_owned(),
        title: "Meet an engineer".to_owned(),
        date,
        kind: Kind::EmployerEncounter,
        provider_type: None,
        organisation: Some("Ashdown Engineering".to_owned()),
        mode: Mode::InPerson,
        subject: None,
        hours: None,
        year_groups: [YearGroup::new(9)].into_iter().collect(),
        checks: Checks::of(Kind::EmployerEncounter.checklist()),
        through: None,
        source: None,
        state: domain::ActivityState::Planned,
    }
}
