//! Two academies with somebody in every role at each, and records to ask for.

use std::collections::BTreeMap;

use app::{
    Action, Actions, Actor, App, Context, Cost, Group, Holding, InvitationForm, NewAccount, Origin, Reach, Role,
    import::{ImportKind, Upload},
};
use axum::{
    Router,
    body::Body,
    http::{Request, Response},
};
use domain::{
    AcademicYear, Activity, ActivityIndex, Calendar, Checks, Institution, InstitutionId, InstitutionType, Kind,
    Learner, LearnerId, LearnerIndex, Mode, Participation, ParticipationStatus, Records, Subjects, YearGroup,
    YearRecord,
};
use store::Store;
use tempfile::TempDir;
use tower::ServiceExt;

use super::areas;

use crate::harness::rulebook;

const PASSWORD: &str = "pebble ladder canvas";

/// Somebody who is signed in.
#[derive(Clone)]
pub(super) struct Person {
    /// Their role, and whether they have it elsewhere.
    pub(super) name: String,
    pub(super) token: String,
    pub(super) csrf: String,
    /// What they may do in the academy that addresses name.
    pub(super) allowed: Actions,
    /// Whether over some of its learners only.
    pub(super) is_limited: bool,
    pub(super) sets_up: bool,
    works_here: bool,
}

impl Person {
    /// Whether the academy that addresses name is out of their reach.
    pub(super) fn is_stranger(&self) -> bool {
        !self.works_here
    }
}

/// An application with its people.
pub(super) struct Town {
    app: App,
    router: Router,
    people: Vec<Person>,
    /// What parameters of addresses stand for.
    names: BTreeMap<&'static str, String>,
    folder: TempDir,
}

impl Town {
    pub(super) fn build() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let app = open(&folder, 0);
        let code = app.offer_set_up().expect("no fault").expect("a code");
        let installer = app.create_administrator(&code, &account("installer"), &Origin::default()).expect("the first");
        let (here, elsewhere) = (academy(&app, "99901"), academy(&app, "99902"));
        let mut people = vec![person(&app, "installer", installer.token.reveal(), here)];
        for (institution, suffix) in [(here, ""), (elsewhere, " elsewhere")] {
            let learner = first_learner(&app, institution);
            for role in Role::ALL {
                let name = format!("{}{suffix}", role.word());
                let id = app.add_account(&Actor::operator(), &account(&name)).expect("an account");
                if role.is_of_institution() {
                    let holding = Holding { role, reach: reach(role) };
                    app.add_person(&Actor::operator(), institution, &account(&name), holding).expect("a role");
                    if role == Role::Learner {
                        app.set_caseload(&Actor::operator(), institution, id, &[learner]).expect("their own record");
                    }
                } else {
                    let body = match role {
                        Role::TrustLead => app.add_trust(&Actor::operator(), &name, &[institution]),
                        _ => app.add_hub(&Actor::operator(), &name, &[institution]),
                    };
                    app.oversee(&Actor::operator(), body.expect("a body"), id, true).expect("they oversee it");
                }
                let session = app.sign_in(&email(&name), PASSWORD, &Origin::default()).expect("the right password");
                people.push(person(&app, &name, session.token.reveal(), here));
            }
        }
        let mut names = names(&app, here);
        let session = app.session(installer.token.reveal()).expect("a session").id;
        names.insert("session", session.to_string());
        Self { router: web::router(app.clone(), web::Settings::default()), app, people, names, folder }
    }

    /// Another town with the same records and people, to be changed.
    pub(super) fn copy(&self) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("waymark.sqlite");
        let source = format!("sqlite:{}", self.folder.path().join("waymark.sqlite").display());
        store::transfer::backup(&Store::open(&source).expect("it opens"), &file, &mut |_| {}).expect("it is copied");
        let app = open(&folder, 4);
        let router = web::router(app.clone(), web::Settings::default());
        Self { app, router, people: self.people.clone(), names: self.names.clone(), folder }
    }

    pub(super) fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.iter()
    }

    pub(super) fn thirteen_hours_later(&self) {
        self.app.context().set_now("2026-11-23T22:00:00Z".parse().expect("an instant"));
    }

    /// An address with what its parameters stand for.
    pub(super) fn fill(&self, path: &str) -> String {
        let parts = path.split('/').map(|part| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some(name) => self.names.get(name).unwrap_or_else(|| panic!("what is {{{name}}} of {path}?")).as_str(),
            None => part,
        });
        let address = parts.collect::<Vec<_>>().join("/");
        match path {
            "/go" => format!("/go?institution={}", self.names["institution"]),
            _ if path.ends_with("/export") => format!("{address}?format=csv"),
            _ if path.contains("/asked/") => address.replace("bm5.1", "bm1.1"),
            "/api/v1/institutions/{institution}/imports" => format!("{address}?kind=learners&file-name=roll.csv"),
            _ => address,
        }
    }

    /// What is sent to an endpoint, well-formed, so that the answer is about access.
    pub(super) fn sent(&self, path: &str) -> (&'static str, Vec<u8>) {
        let learner = &self.names["learner"];
        match path {
            "/api/v1/institutions/{institution}/imports" => ("application/octet-stream", ROLL.as_bytes().to_vec()),
            _ if path.ends_with("/register") => {
                ("application/json", format!("[{{\"learner\":\"{learner}\",\"status\":\"absent\"}}]").into_bytes())
            }
            "/api/v1/session" => ("application/json", b"{\"email\":\"a@b.example\",\"password\":\"x\"}".to_vec()),
            _ => ("application/json", b"{}".to_vec()),
        }
    }

    /// Fields without which a form could not be read at all.
    pub(super) fn form(&self, path: &str) -> String {
        match path {
            _ if path.ends_with("/register") => format!("&mark-{}-=absent", self.names["learner"]),
            _ if path.ends_with("/everybody") => "&status=attended".to_owned(),
            _ if path.ends_with("/settings/view-as") => "&role=tutor".to_owned(),
            _ if path.ends_with("/settings/people/{account}") => "&role=viewer&reach=institution".to_owned(),
            _ => areas::form(path, &self.names).unwrap_or_default(),
        }
    }

    pub(super) async fn send(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.expect("an answer")
    }
}

const ROLL: &str =
    "Local id,Surname,Forename,Date of birth,Year,Form,Joined\nL9,Example,Ash,15/01/2013,9,9A,02/09/2024\n";

/// `minute` is of the hour from nine: ids are made from the time, so a copy must not begin at the same.
fn open(folder: &TempDir, minute: u32) -> App {
    let store = Store::open(&format!("sqlite:{}", folder.path().join("waymark.sqlite").display())).expect("a database");
    store.migrate().expect("its schema");
    let (rulebook, cases) = rulebook();
    let context = Context::fixed(format!("2026-11-23T09:{minute:02}:00Z").parse().expect("an instant"), 1);
    let wording = policy::Wording::load(&testkit::files("wording", policy::WORDING_FILES)).expect("the wording");
    App::new(store, rulebook, cases, wording, context, Cost::Quick)
}

fn email(name: &str) -> String {
    format!("{}@school.example", name.replace(' ', "."))
}

fn account(name: &str) -> NewAccount {
    NewAccount { name: name.to_owned(), email: email(name), password: PASSWORD.to_owned() }
}

/// Over whom people usually hold a role; everybody below reaches the learner that addresses name.
fn reach(role: Role) -> Reach {
    match role {
        Role::Tutor => Reach::Groups(vec![Group::Form("9A".to_owned())]),
        Role::SubjectLead => Reach::Groups(vec![Group::Subject("Art".to_owned())]),
        Role::Learner => Reach::Caseload(Vec::new()),
        _ => Reach::Institution,
    }
}

fn person(app: &App, name: &str, token: &str, here: InstitutionId) -> Person {
    let session = app.session(token).expect("a session");
    Person {
        name: name.to_owned(),
        token: token.to_owned(),
        csrf: session.csrf,
        allowed: session.actor.allowed(here),
        is_limited: session.actor.ask_for_all(Action::SeeLearners, here).is_err(),
        sets_up: session.actor.may_set_up(),
        works_here: session.actor.grants().iter().any(|grant| grant.institution == here),
    }
}

fn first_learner(app: &App, institution: InstitutionId) -> LearnerId {
    let view = app::View { institution, as_of: None };
    app.learners(&Actor::operator(), view, &Default::default()).expect("learners").learners[0].id
}

/// What parameters of addresses stand for in this institution.
fn names(app: &App, institution: InstitutionId) -> BTreeMap<&'static str, String> {
    let (operator, view) = (Actor::operator(), app::View { institution, as_of: None });
    let activity = app.activities(&operator, view, &Default::default()).expect("activities").activities[0].id;
    let upload = Upload { institution, kind: ImportKind::Learners, file_name: "roll.csv", bytes: ROLL.as_bytes() };
    let import = app.upload(&operator, &upload).expect("a roll");
    let viewer = app.people(&operator, institution).expect("people").into_iter();
    let viewer = viewer.filter(|person| person.name == "viewer").map(|person| person.id).next().expect("a viewer");
    let (name, email) = ("Robin Example".to_owned(), String::new());
    let form = InvitationForm { name, email, holding: Some(Role::Viewer.into()), by_email: false };
    let invited = app.invite(&operator, institution, &form).expect("an invitation");
    let mut names = BTreeMap::from([
        ("invitation", invited.id.to_string()),
        ("token", invited.token.expect("a link to hand over").reveal().to_owned()),
        ("institution", institution.to_string()),
        ("learner", first_learner(app, institution).to_string()),
        ("activity", activity.to_string()),
        ("import", import.to_string()),
        ("account", viewer.to_string()),
        ("requirement", "bm5.1".to_owned()),
        ("provider", "none".to_owned()),
        ("identity", "none".to_owned()),
        ("event", "1".to_owned()),
        ("passkey", "1".to_owned()),
        ("key", "1".to_owned()),
        ("note", "1".to_owned()),
        ("role", "viewer".to_owned()),
        ("version", "any".to_owned()),
        ("name", "waymark.css".to_owned()),
        ("document", "processing-record".to_owned()),
    ]);
    names.extend(areas::names(app, institution, &names));
    names
}

/// An academy with one learner of 9A who takes art, and one activity that they took part in.
fn academy(app: &App, urn: &str) -> InstitutionId {
    let year = YearGroup::new(9);
    let mut records = Records::new(Institution {
        name: format!("Larchwood Test Academy {urn}"),
        kind: InstitutionType::Academy,
        urn: Some(urn.to_owned()),
        ukprn: None,
        lowest_year: YearGroup::new(7),
        highest_year: YearGroup::new(13),
        subjects: Subjects::new(),
        calendar: Calendar::default(),
        parameters: BTreeMap::new(),
    });
    records.learners.push(Learner {
        reference: "L1".to_owned(),
        upn: None,
        uln: None,
        forename: "Test".to_owned(),
        surname: "Learner".to_owned(),
        date_of_birth: jiff::civil::date(2013, 1, 15),
        sex: None,
        form: Some("9A".to_owned()),
        sen: None,
        fsm: None,
        looked_after: None,
        considering_he: None,
        subjects: vec!["Art".to_owned()],
        joined: jiff::civil::date(2024, 9, 2),
        left: None,
        programme_starts: None,
        programme_ends: None,
    });
    let academic_year = AcademicYear::starting(2026);
    records.year_records.push(YearRecord { learner: LearnerIndex(0), academic_year, year_group: year });
    records.activities.push(Activity {
        reference: "A1".to_owned(),
        title: "Meet an engineer".to_owned(),
        date: jiff::civil::date(2026, 10, 6),
        kind: Kind::EmployerEncounter,
        provider_type: None,
        organisation: Some("Ashdown Engineering".to_owned()),
        mode: Mode::InPerson,
        subject: None,
        hours: None,
        year_groups: [year].into_iter().collect(),
        checks: Checks::of(Kind::EmployerEncounter.checklist()),
        through: None,
        source: None,
        state: domain::ActivityState::Planned,
    });
    let (learner, activity) = (LearnerIndex(0), ActivityIndex(0));
    records.participations.push(Participation { learner, activity, status: ParticipationStatus::Attended });
    app.import_folder(&Actor::operator(), None, urn, &records).expect("records are taken").institution
}
