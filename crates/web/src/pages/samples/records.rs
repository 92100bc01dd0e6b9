use super::{render, shell};
use crate::{
    pages::{activities::*, audit::*, imports::*, institution::*, learners::*, people::*},
    parts::*,
};

fn filters() -> Filters {
    let choices = vec![Choice::new("", "All", true), Choice::new("9", "Year 9", false)];
    Filters {
        filters: vec![Filter { name: "year", label: "Year group", choices }],
        kept: vec![("as-of", "2026-11-23".into())],
        clear: "#".into(),
    }
}

fn learners() -> LearnersPage {
    LearnersPage {
        shell: shell("Learners", "learners"),
        lead: "1,043 learners are on roll.".into(),
        empty: None,
        find: "#".into(),
        name: String::new(),
        filters: filters(),
        shown: "1,043 learners".into(),
        learners: vec![LearnerRow {
            name: "Sample, Avery".into(),
            href: "#".into(),
            year: "9".into(),
            form: "9A".into(),
            met: 7,
            due: 2,
            missed: 0,
        }],
        pages: Pages::default(),
    }
}

fn activities() -> ActivitiesPage {
    let row = ActivityRow {
        title: "Mock interviews".into(),
        href: "#".into(),
        date: "12 November 2026".into(),
        kind: "Employer encounter",
        organisation: "Brightwater Engineering".into(),
        present: "181".into(),
        register: "#register".into(),
        counts: Tag::plain(Sign::Met),
        also: "Also provider encounter with Ashdown College".into(),
    };
    ActivitiesPage {
        shell: shell("Activities", "activities"),
        lead: "38 activities this year.".into(),
        new: Some("#".into()),
        templates: Some("#".into()),
        to_do: vec![("Two activities have passed without a register".into(), "#".into())],
        budget: ("£1,250 spent and £300 planned in 2026/27; £450 of the budget is left.".into(), "#".into()),
        files: Some(("#".into(), "#".into())),
        filters: filters(),
        shown: "38 activities".into(),
        activities: vec![row],
        pages: Pages::default(),
    }
}

fn imports() -> ImportsPage {
    let row = ImportRow {
        file: "roster.csv".into(),
        href: "#".into(),
        at: "23 November 2026, 09:14".into(),
        by: "Robin Example".into(),
        state: Tag::plain(Sign::Met),
        did: "12 new, 3 changed".into(),
    };
    ImportsPage {
        shell: shell("Imports", "imports"),
        lead: "Bring in learners and what they took part in.".into(),
        upload: Some("#".into()),
        whats: vec![Choice::new("learners", "Learners", true)],
        limit: "64 MB".into(),
        imports: vec![row],
        pages: Pages::default(),
    }
}

fn mapping() -> MappingPage {
    let choices = vec![Choice::new("", "Keep as a note", false), Choice::new("date-of-birth", "Date of birth", true)];
    MappingPage {
        shell: shell("Columns of roster.csv", "imports"),
        steps: steps(1),
        lead: "All 12 columns were recognised.".into(),
        action: "#".into(),
        columns: vec![Column {
            field: "c1".into(),
            header: "DOB".into(),
            samples: vec!["03/04/2013".into()],
            choices: choices.clone(),
        }],
        questions: vec![Question {
            field: "q1".into(),
            text: "Is 03/04/2013 the 3rd of April?".into(),
            hint: "Two columns can be read either way.".into(),
            choices,
        }],
    }
}

fn review() -> ReviewPage {
    let moved = Change { field: "Form".into(), was: "8A".into(), now: "9A".into() };
    let line = PlanLine {
        name: "Sample, Avery".into(),
        changes: vec![moved],
        field: "d1".into(),
        choices: vec![Choice::new("keep", "Stays on roll", true)],
    };
    ReviewPage {
        shell: shell("What roster.csv would change", "imports"),
        steps: steps(2),
        lead: "Three rows need attention; 1,040 are fine.".into(),
        problem_title: "Three rows with problems".into(),
        problems: vec![CellProblem {
            cell: "Row 14, Date of birth".into(),
            value: "30/02/2013".into(),
            message: "There is no such day. Correct it in your file.".into(),
        }],
        more_problems: String::new(),
        own_file: Some("#".into()),
        columns: Some("#".into()),
        whole: None,
        notes_title: "Two notes".into(),
        notes: vec!["Row 20: the UPN’s check letter does not fit.".into()],
        numbers: vec![Counted { figure: "12".into(), label: "new", href: "#new".into() }],
        sections: vec![Section {
            anchor: "leavers",
            title: "Not in the file".into(),
            about: "Did they leave?".into(),
            noun: "Learner",
            decides: true,
            lines: vec![line],
            more: String::new(),
        }],
        action: "#".into(),
        discard: "#".into(),
        replan: Some("#".into()),
        can_apply: true,
        decides: true,
        button: "Apply 15 changes".into(),
    }
}

fn progress() -> ProgressPage {
    let mut shell = shell("Bringing in roster.csv", "imports");
    shell.refresh = Some(2);
    ProgressPage { shell, lead: "Applying the changes.".into(), percent: 42, detail: "440 of 1,043 rows".into() }
}

fn result() -> ResultPage {
    ResultPage {
        shell: shell("roster.csv is in", "imports"),
        lead: "12 learners are new.".into(),
        numbers: vec![("12".into(), "new")],
        facts: vec![("By", "Robin Example".into())],
        next: vec![],
        undo: Some("#".into()),
        cannot_undo: String::new(),
    }
}

fn institution() -> InstitutionPage {
    let line = AskedLine {
        id: "web.1".into(),
        title: "Careers leader’s name and contact".into(),
        href: "#".into(),
        force: "must",
        force_label: "must",
        tag: Tag::plain(Sign::Due),
        because: "No evidence recorded yet.".into(),
        attest: Some("#".into()),
    };
    InstitutionPage {
        signing_in: SigningIn {
            says: "Whether to use a second step after the password is up to each person.",
            change: Some(("/institutions/7/settings/second-step/ask".into(), "Ask everybody for a second step")),
        },
        shell: shell("Larkfield Academy", "settings"),
        lead: "An academy for Years 7 to 13.".into(),
        edit: Some("#".into()),
        leader: Some("#".into()),
        protection: Some("/institutions/7/settings/data-protection".into()),
        people: Some("#".into()),
        audit: Some("#".into()),
        facts: vec![("URN", "–".into())],
        first_days: vec![],
        parameters: vec![("Experiences of workplaces by 16".into(), "2".into())],
        subjects: vec![("Year 7".into(), "Art, English".into())],
        areas: vec![AskedArea { title: "What must be published".into(), lines: vec![line] }],
        origin: "From attestations.".into(),
    }
}

fn details() -> DetailsPage {
    let parameter = ParameterField {
        name: "bm6-by-16".into(),
        about: "Experiences of workplaces by 16".into(),
        value: String::new(),
        otherwise: "Otherwise 2".into(),
    };
    DetailsPage {
        shell: shell("Change the details", "settings"),
        action: "#".into(),
        form: DetailsForm::default(),
        types: vec![Choice::new("academy", "academy", true)],
        parameters: vec![parameter],
        button: "Save the details",
    }
}

fn attest() -> AttestPage {
    AttestPage {
        shell: shell("Careers leader’s name and contact", "settings"),
        asks: "Publish the name.".into(),
        why: "#".into(),
        action: "#".into(),
        form: app::AttestationForm::default(),
        steps: vec![("Governors look at the programme".into(), "14 October 2026".into(), "#".into())],
        new_step: Some("#".into()),
        paper: Some(crate::pages::why::PaperBehind {
            says: "This rests on the Provider access statement, version 1, published on 23 November 2026.".into(),
            way: ("Read “How to ask” in it".into(), "#".into()),
            confirm: None,
        }),
        stale: "Evidence is asked for again after 12 months.".into(),
    }
}

fn invite() -> InvitePage {
    InvitePage {
        shell: shell("Invite a person", "settings"),
        action: "#".into(),
        back: "#".into(),
        name: "Barnaby Wrenfield".into(),
        email: String::new(),
        roles: roles(Some(app::Role::Tutor)),
        reaches: vec![Choice::new("institution", "Everybody", false), Choice::new("groups", "Only some", true)],
        forms: vec![Choice::new("9A", "9A", true)],
        year_groups: vec![Choice::new("9", "Year 9", true)],
        subjects: vec![Choice::new("Art", "Art", false)],
        by_groups: true,
        ways: vec![Choice::new("email", "Send them an e-mail", true)],
    }
}

fn link() -> LinkPage {
    LinkPage {
        shell: shell("Hand over this link", "settings"),
        lead: "Whoever opens it joins with this role. It works once, until 30 November 2026, 09:00.".into(),
        link: format!("https://careers.example/join/7/{}", "0".repeat(64)),
        back: "#".into(),
    }
}

fn audit() -> AuditPage {
    let line = |who: &str, did: &str, href: Option<&str>| AuditLine {
        day: "23 November 2026".into(),
        time: "14:05".into(),
        who: who.into(),
        did: did.into(),
        href: href.map(str::to_owned),
        why: "as a careers leader of the whole institution".into(),
        changes: Vec::new(),
        rest: String::new(),
    };
    let field = |what: &str, before: Option<&str>, after: Option<&str>| ChangeLine {
        what: what.into(),
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
    };
    let changed = AuditLine {
        why: String::new(),
        changes: vec![
            field("Title", Some("Mock interview"), Some("Mock interviews with Brightwater Engineering")),
            field("Avery Sample, mark", None, Some("attended")),
        ],
        rest: "and 12 more; 1 part was erased since".into(),
        ..line("Robin Example", "changed the activity “Mock interviews”", None)
    };
    AuditPage {
        shell: shell("Who did what", "settings").under("#", "Institution"),
        lead: "Every change, and every look at a learner’s record, newest first. Nothing here can be altered.".into(),
        learner: Some(("Avery Sample".into(), "#".into())),
        find: "#".into(),
        found: Some(vec![("Sample, Avery, 9A".into(), "#".into())]),
        kept: "7".into(),
        people: vec![Choice::new("", "Everybody", true), Choice::new("1", "Robin Example", false)],
        kinds: vec![Choice::new("", "Everything", true), Choice::new("reads", "Learners’ records looked at", false)],
        from: "2026-11-01".into(),
        until: String::new(),
        clear: Some("#".into()),
        entries: vec![line("Robin Example", "read Avery Sample’s record", Some("#")), changed],
        csv: "#".into(),
        xlsx: "#".into(),
        pages: Pages::default(),
    }
}

pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("learners", render(&learners())),
        ("activities", render(&activities())),
        ("imports", render(&imports())),
        ("import-mapping", render(&mapping())),
        ("import-review", render(&review())),
        ("import-progress", render(&progress())),
        ("import-result", render(&result())),
        ("institution", render(&institution())),
        ("person-invite", render(&invite())),
        ("person-link", render(&link())),
        ("audit", render(&audit())),
        ("institution-details", render(&details())),
        ("institution-attest", render(&attest())),
    ]
}
