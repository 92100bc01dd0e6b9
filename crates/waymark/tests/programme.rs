//! Whatever was done to activities and registers, in whatever order: the numbers of the pages are those that `waymark check`
//! says of the exported folder.

mod program;

use std::{fs, path::Path};

use app::{
    ActivityForm, Actor, App, Context, Cost, Mark, View,
    import::{ImportKind, Upload},
};
use domain::{ActivityId, InstitutionId, LearnerId, ParticipationStatus};
use program::Program;
use rules::{Cases, Rulebook};
use serde_json::Value;
use store::Store;

const STEPS: usize = 30;
const STATUSES: [ParticipationStatus; 4] = [
    ParticipationStatus::Attended,
    ParticipationStatus::Absent,
    ParticipationStatus::Excused,
    ParticipationStatus::Invited,
];
const KINDS: [&str; 7] = [
    "employer-encounter",
    "workplace-experience",
    "provider-encounter",
    "guidance-meeting",
    "labour-market",
    "curriculum",
    "programme",
];

/// The same numbers for the same seed: a linear congruential generator (Knuth, MMIX).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

struct School {
    app: App,
    id: InstitutionId,
    actor: Actor,
    learners: Vec<LearnerId>,
    activities: Vec<(ActivityId, String)>,
    deleted: Vec<(ActivityId, i64, String)>,
    /// What was done, for whoever reads of a failure.
    done: Vec<String>,
}

impl School {
    fn over(database: &str) -> Self {
        let store = Store::open(database).unwrap();
        store.migrate().unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebook");
        let file = |path: &&str| ((*path).to_owned(), fs::read_to_string(root.join(path)).unwrap());
        let rulebook = Rulebook::load(&rules::RULEBOOK_FILES.iter().map(file).collect::<Vec<_>>()).unwrap();
        let none: [(&str, &str); 0] = [];
        let cases = Cases::load(&rulebook, &none).unwrap();
        let context = Context::fixed("2026-11-23T09:00:00Z".parse().unwrap(), 7);
        let wording = policy::Wording::load(&testkit::files("wording", policy::WORDING_FILES)).expect("the wording");
        let app = App::new(store, rulebook, cases, wording, context, Cost::Quick);
        let actor = Actor::operator();
        let id = app.import_folder(&actor, None, "school", &demo::special_school()).unwrap().institution;
        let view = View { institution: id, as_of: None };
        let mut learners = Vec::new();
        let mut filter = app::LearnerFilter::default();
        loop {
            let page = app.learners(&actor, view, &filter).unwrap();
            learners.extend(page.learners.iter().map(|row| row.id));
            filter.after = page.next;
            if filter.after.is_none() {
                break;
            }
        }
        let rows = app.activities(&actor, view, &Default::default()).unwrap().activities;
        let activities = rows.into_iter().map(|row| (row.id, row.activity.reference)).collect();
        Self { app, id, actor, learners, activities, deleted: Vec::new(), done: Vec::new() }
    }

    fn view(&self) -> View {
        View { institution: self.id, as_of: None }
    }

    fn step(&mut self, chance: &mut Chance, number: usize) {
        match chance.below(7) {
            0 | 1 => self.add(chance, number),
            2 => {
                let (activity, reference) = chance.of(&self.activities).clone();
                let marks: Vec<_> = (0..=chance.below(8))
                    .map(|_| Mark::new(*chance.of(&self.learners), Some(*chance.of(&STATUSES))))
                    .collect();
                // The same learner twice in one form is refused, and nothing changes.
                let marked = self.app.mark(&self.actor, self.id, activity, &marks).is_ok();
                self.done.push(format!("mark {} in {reference}: {marked}", marks.len()));
            }
            3 => {
                let (activity, reference) = chance.of(&self.activities).clone();
                let status = *chance.of(&STATUSES);
                let marked = self.app.mark_everybody(&self.actor, self.view(), activity, status).is_ok();
                self.done.push(format!("mark everybody {} in {reference}: {marked}", status.word()));
            }
            4 if self.activities.len() > 3 => {
                let at = chance.below(self.activities.len());
                let (activity, reference) = self.activities.swap_remove(at);
                let event = self.app.delete_activity(&self.actor, self.id, activity).unwrap();
                self.done.push(format!("delete {reference}"));
                self.deleted.push((activity, event, reference));
            }
            5 => {
                let Some((activity, event, reference)) = self.deleted.pop() else { return };
                self.app.restore_activity(&self.actor, self.id, activity, event).unwrap();
                self.done.push(format!("restore {reference}"));
                self.activities.push((activity, reference));
            }
            _ => self.change_state(chance),
        }
    }

    fn add(&mut self, chance: &mut Chance, number: usize) {
        let kind = *chance.of(&KINDS);
        let form = ActivityForm {
            reference: format!("R{number}"),
            title: format!("Random {number}"),
            // From September 2024 to July 2027: past, and still to come.
            date: format!("20{}-{:02}-{:02}", 24 + chance.below(3), 1 + chance.below(12), 1 + chance.below(28)),
            kind: kind.to_owned(),
            provider_type: if kind == "provider-encounter" { "college".to_owned() } else { String::new() },
            mode: ["in-person", "virtual", "blended"][chance.below(3)].to_owned(),
            subject: if kind == "curriculum" { "Art".to_owned() } else { String::new() },
            hours: chance.below(12).to_string(),
            organisation: format!("Organisation {}", chance.below(4)),
            year_groups: (7..=11)
                .filter(|_| chance.below(3) == 0)
                .map(|year| year.to_string())
                .collect::<Vec<_>>()
                .join(";"),
            checks: kind
                .parse::<domain::Kind>()
                .unwrap()
                .checklist()
                .iter()
                .filter(|_| chance.below(5) > 0)
                .map(ToString::to_string)
                .collect(),
            ..ActivityForm::default()
        };
        let id = self.app.add_activity(&self.actor, self.id, &form).unwrap();
        self.done.push(format!("add {} {kind} on {}", form.reference, form.date));
        self.activities.push((id, form.reference));
    }

    /// Through a file, as people who plan in a spreadsheet do.
    fn change_state(&mut self, chance: &mut Chance) {
        let (_, reference) = chance.of(&self.activities).clone();
        let state = ["draft", "planned", "delivered", "cancelled"][chance.below(4)];
        let rows = self.app.activities(&self.actor, self.view(), &Default::default()).unwrap().activities;
        let Some(row) = rows.iter().find(|row| row.activity.reference == reference) else { return };
        let (date, kind) = (row.activity.date, row.activity.kind);
        let file =
            format!("activity,title,date,kind,state\n{reference},\"{}\",{date},{kind},{state}\n", row.activity.title);
        let (institution, kind) = (self.id, ImportKind::Activities);
        let upload = Upload { institution, kind, file_name: "states.csv", bytes: file.as_bytes() };
        let import = self.app.upload(&self.actor, &upload).unwrap();
        self.app.apply_import(&self.actor, self.id, import, false).unwrap();
        self.done.push(format!("{reference} is {state}"));
    }

    /// The numbers of every requirement, by the pages and by the program.
    fn agrees(&self, program: &Program, as_of: &str) {
        let folder = program.path("export");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for (name, bytes) in self.app.export_folder(&self.actor, self.id).unwrap() {
            fs::write(folder.join(name), bytes).unwrap();
        }
        let report: Value = serde_json::from_str(&program.findings(&folder, as_of)).unwrap();
        let view = View { institution: self.id, as_of: Some(as_of.parse().unwrap()) };
        let requirements = report["requirements"].as_array().unwrap();
        assert!(requirements.len() > 10);
        for said in requirements {
            let id = said["id"].as_str().unwrap();
            let shown = self.app.requirement(&self.actor, view, id, &Default::default()).unwrap().requirement.tally;
            for (key, number) in [("met", shown.met), ("due", shown.due), ("missed", shown.missed)] {
                assert_eq!(said[key], number, "{id}, {key} on {as_of}, after\n{}", self.done.join("\n"));
            }
        }
    }
}

fn whatever_is_done(database: &str, seeds: std::ops::Range<u64>) {
    let program = Program::new();
    let mut school = School::over(database);
    for seed in seeds {
        let mut chance = Chance(seed);
        for number in 0..STEPS {
            school.step(&mut chance, seed as usize * STEPS + number);
        }
        for as_of in ["2026-11-23", "2027-03-15"] {
            school.agrees(&program, as_of);
        }
    }
    // Enough of each happened to mean something.
    for word in ["add", "mark", "mark everybody", "delete", "restore"] {
        assert!(school.done.iter().any(|done| done.starts_with(word)), "{word} never happened");
    }
    for state in ["draft", "cancelled"] {
        assert!(school.done.iter().any(|done| done.ends_with(state)), "nothing became {state}");
    }
}

#[test]
fn numbers_of_pages_and_of_the_exported_folder_agree_after_whatever_is_done_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    whatever_is_done(&format!("sqlite:{}", folder.path().join("waymark.sqlite").display()), 1..9);
}

#[test]
fn numbers_of_pages_and_of_the_exported_folder_agree_after_whatever_is_done_on_postgresql() {
    whatever_is_done(&testkit::postgres::fresh_database(), 21..27);
}
