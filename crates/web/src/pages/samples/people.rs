use app::{Action, GuidanceNoteForm, Role};
use jiff::civil::date;

use super::{render, shell};
use crate::{
    labels,
    pages::{learner, people::*, programs::*, roles::*, view_as::ViewAs},
    parts::Choice,
    place::{Place, sample_frame},
};

fn view_as() -> ViewAs {
    let today = date(2026, 11, 23);
    ViewAs::new(&Place::new(&sample_frame(today, today), "settings"), "sample", &["9A".to_owned(), "9B".to_owned()])
}

fn invitation(has_run_out: bool) -> InvitationLine {
    InvitationLine {
        name: if has_run_out { "Tamsin Underhedge".into() } else { "Barnaby Wrenfield".into() },
        email: if has_run_out { String::new() } else { "barnaby@school.example".into() },
        role: "Tutor or teacher, 9A".into(),
        until: "30 November 2026".into(),
        has_run_out,
        again: "#".into(),
        withdraw: "#".into(),
    }
}

fn people() -> PeoplePage {
    let person = |name: &str, role: &str| PersonLine {
        name: name.into(),
        email: "robin@school.example".into(),
        role: role.into(),
        href: "#".into(),
    };
    PeoplePage {
        shell: shell("People", "settings"),
        lead: "Two people work here; one is an administrator.".into(),
        notice: Some("Ask a second person to be administrator, so that you are not locked out when somebody leaves."),
        people: vec![
            person("Robin Example", "Administrator; Careers leader"),
            person("Sam Sample", "Tutor or teacher, 9A"),
        ],
        invitations: Invitations {
            csrf: "sample".into(),
            invite: "#".into(),
            lines: vec![invitation(false), invitation(true)],
            by_email: true,
        },
        grid: "#".into(),
        programs: "#".into(),
        view_as: view_as(),
    }
}

fn person() -> PersonPage {
    let line = |role: Role, over: &str| HoldingLine {
        role: labels::role(role),
        means: labels::role_means(role),
        over: over.into(),
        change: "#".into(),
        end: "#".into(),
    };
    PersonPage {
        shell: shell("Sam Sample", "settings"),
        lead: "sam@school.example. Tutor or teacher, 9A; Careers adviser, own caseload (12 learners).".into(),
        first_name: "Sam".into(),
        holdings: vec![line(Role::Tutor, "9A"), line(Role::CareersAdviser, "own caseload (12 learners)")],
        caseload: Some(("#".into(), "12 learners".into())),
        action: "#".into(),
        roles: roles(Some(Role::Tutor)),
        reaches: vec![
            Choice::new("institution", "Everybody in the institution", false),
            Choice::new("groups", "Only some forms, year groups or subjects", true),
        ],
        forms: ["9A", "9B", "9C"].map(|form| Choice::new(form, form, form == "9A")).to_vec(),
        year_groups: (7..=13).map(|year| Choice::new(year, format!("Year {year}"), false)).collect(),
        subjects: vec![Choice::new("Art", "Art", false)],
        by_groups: true,
        hand_over: "#".into(),
        leave: "#".into(),
        erase: Some("#".into()),
        password_link: "#".into(),
    }
}

fn caseload() -> CaseloadPage {
    let row = |id: &str, name: &str| TickRow { id: id.into(), name: name.into(), form: "9A".into() };
    CaseloadPage {
        shell: shell("Learners in the care of Sam Sample", "settings"),
        lead: "One learner so far.".into(),
        find: "#".into(),
        name: String::new(),
        forms: vec![Choice::new("", "All", true), Choice::new("9A", "9A", false)],
        narrow: "#".into(),
        action: "#".into(),
        theirs: vec![row("1", "Sample, Avery")],
        found: vec![row("2", "Test, Billie"), row("3", "Trial, Casey")],
        more: "There are more.".into(),
        found_title: "Everybody else".into(),
    }
}

fn hand_over() -> HandOverPage {
    HandOverPage {
        shell: shell("What Sam Sample looks after", "settings"),
        lead: "Choose what passes on and to whom.".into(),
        action: "#".into(),
        what: vec![
            Choice::new("role-tutor", "The role: Tutor or teacher, over 9A", true),
            Choice::new("caseload", "12 learners in their own care", true),
        ],
        others: vec![
            Choice::new("", "Choose a person", true),
            Choice::new("1", "Robin Example (Administrator)", false),
        ],
        leaves: vec![Choice::new("yes", "Sam then no longer works here", false)],
        stays: vec!["What they recorded keeps their name.".into()],
        back: "#".into(),
    }
}

fn grid(alone: Option<usize>) -> RolesPage {
    let cell = |ticked: bool, locked: Option<&'static str>, changed: bool| Cell { ticked, locked, changed };
    let row = |action: Action| ActionRow {
        word: action.word(),
        label: labels::action(action),
        cells: Role::ALL
            .into_iter()
            .map(|role| {
                let locked = (!app::is_open(role, action)).then(|| labels::locked(role, action));
                cell(role.usual().has(action), locked, role == Role::Tutor && action == Action::Record)
            })
            .collect(),
    };
    RolesPage {
        shell: shell("What each role may do", "settings"),
        lead: "One tick differs from what is usual; it is marked.".into(),
        action: "#".into(),
        reset: Some("#".into()),
        roles: Role::ALL
            .into_iter()
            .map(|role| RoleHead {
                word: role.word(),
                label: labels::role(role),
                means: labels::role_means(role),
                href: "#".into(),
            })
            .collect(),
        alone,
        whole: "#".into(),
        rows: Action::ALL.into_iter().map(row).collect(),
        view_as: view_as(),
    }
}

fn programs() -> ProgramsPage {
    ProgramsPage {
        shell: shell("Programs", "settings"),
        lead: "One key opens this institution’s records.".into(),
        made: Some(format!("wm_7_42_{}", "0".repeat(64))),
        keys: vec![KeyLine {
            name: "Timetable link".into(),
            may: "Read totals".into(),
            owner: "Robin Example".into(),
            until: "until 22 November 2027".into(),
            used: "never".into(),
            revoke: Some("#".into()),
        }],
        action: "#".into(),
        name: String::new(),
        scopes: vec![Choice::new("read-totals", "Read totals", false)],
        expires_on: String::new(),
    }
}

fn notes() -> learner::NotesPage {
    learner::NotesPage {
        shell: shell("Guidance meetings of Avery Sample", "learners"),
        lead: "What was agreed is for the learner.".into(),
        notes: vec![learner::NoteLine {
            date: "12 November 2026".into(),
            author: "Sam Sample".into(),
            agreed: "Look at two colleges.\nWrite to one of them.".into(),
            private: "Worried about travel.".into(),
            change: Some("#".into()),
        }],
        form: Some(learner::NoteForm {
            heading: "Write down a meeting",
            action: "#".into(),
            button: "Save the note",
            cancel: None,
            form: GuidanceNoteForm::default(),
        }),
    }
}

pub(super) fn pages() -> Vec<(&'static str, String)> {
    let mut looking = people();
    looking.shell.viewing =
        Some("You are looking as “Tutor or teacher”, 9A, would. Nothing is changed while you do.".into());
    looking.shell.only = Some("You see 9A: 28 learners.".into());
    vec![
        ("people", render(&people())),
        ("people-viewing-as", render(&looking)),
        ("person", render(&person())),
        ("person-caseload", render(&caseload())),
        ("person-hand-over", render(&hand_over())),
        ("roles", render(&grid(None))),
        ("roles-one", render(&grid(Some(7)))),
        ("programs", render(&programs())),
        ("learner-notes", render(&notes())),
    ]
}
