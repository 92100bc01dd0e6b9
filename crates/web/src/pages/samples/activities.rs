use app::{CohortChoices, FieldProblem, PlanForm};
use domain::YearGroup;

use super::{render, shell};
use crate::{
    pages::activities::{budget::*, part::*, templates::*, *},
    parts::*,
    place::sample_frame,
};

fn activity() -> ActivityPage {
    ActivityPage {
        shell: shell("Mock interviews", "activities").under("#", "Activities"),
        lead: "Employer encounter on 12 November 2026 with Brightwater Engineering. 181 learners were present.".into(),
        state: Tag::plain(Sign::Planned),
        counts: Some(Tag::plain(Sign::Met)),
        reason: Some("The hall is closed.".into()),
        warnings: vec!["14 November 2026 is a Saturday.".into()],
        edit: Some(Edit {
            change: "#".into(),
            again: "#".into(),
            state: "#".into(),
            template: "#".into(),
            delete: "#".into(),
            steps: vec![("delivered", "It took place")],
            may_cancel: true,
        }),
        facts: vec![("Held", "In person".into())],
        checklist: vec![CheckLine { tag: Tag::plain(Sign::Met), label: "Learners had time to reflect afterwards" }],
        has_register: true,
        numbers: vec![(181, "present"), (6, "absent")],
        register: "#".into(),
        register_button: "Mark the register",
        invite: Some(("#".into(), "Invite 12 learners".into())),
        shows: vec![("#".into(), "A programme that fits its learners and its plan".into())],
        parts: vec![PartLine {
            title: "Provider encounter with Ashdown College".into(),
            edit: Some("#".into()),
            delete: Some("#".into()),
            counts: Tag::plain(Sign::Due),
            more: "Further education college. 2 of 6 boxes are ticked.".into(),
        }],
        add_part: Some("#".into()),
        texts: vec![("Risk assessment", vec!["The hall holds 200.".into()])],
        lists: vec![("Again on", vec![("19 November 2026".into(), Some("#".into()))])],
        files: Some(Files {
            list: vec![FileLine {
                name: "flyer.pdf".into(),
                href: "#".into(),
                about: "120 kB, added on 2 November 2026".into(),
                delete: "#".into(),
            }],
            add: "#".into(),
        }),
        origin: "Benchmark 5.".into(),
    }
}

fn choices() -> CohortChoices {
    let day = jiff::civil::date(2026, 11, 23);
    CohortChoices {
        frame: sample_frame(day, day),
        forms: vec!["9A".into(), "9B".into()],
        subjects: vec![(YearGroup::new(9), "History".into())],
        needs: vec!["K", "E", "fsm", "looked-after"],
        organisations: vec!["Ashdown College".into()],
        outcomes: vec![("1".into(), YearGroup::new(9), "Can say what they could study".into())],
        asked: vec![("bm1.2".into(), "A programme that fits its learners and its plan".into())],
    }
}

fn activity_form() -> ActivityFormPage {
    let form = app::ActivityForm {
        title: "Mock interviews".into(),
        kind: "provider-encounter".into(),
        ..app::ActivityForm::default()
    };
    let problem = |field, message: &str| FieldProblem { field, message: message.into() };
    let plan = PlanForm { learners: "Sam Example".into(), ..PlanForm::default() };
    let problems = vec![
        problem("date", "Enter the day on which it was held."),
        problem("learners", "“Sam Example” left on 31 August 2026, so cannot be invited."),
    ];
    let shell = shell("Add an activity", "activities").with_problems(problems);
    ActivityFormPage {
        action: "#".into(),
        lead: Some("Everything is as it was.".into()),
        templates: Some("#".into()),
        choices: FormChoices::of(&form, 7..=13, true),
        fields: PlanFields::of(&form, &plan, &choices(), true, &shell),
        form,
        plan,
        button: "Save the activity",
        back: "#".into(),
        shell,
    }
}

fn part() -> PartPage {
    let form = app::ActivityForm { kind: "provider-encounter".into(), ..app::ActivityForm::default() };
    PartPage {
        shell: shell("What else it was", "activities"),
        lead: "“Careers fair” was something else as well.".into(),
        action: "#".into(),
        organisations: vec!["Ashdown College".into()],
        choices: FormChoices::of(&form, 7..=13, false),
        form,
        is_new: true,
        back: "#".into(),
    }
}

fn templates() -> TemplatesPage {
    let line = |remove: Option<&str>| TemplateLine {
        href: "#".into(),
        name: "Careers fair".into(),
        about: "Employers and providers in the hall.",
        delete: remove.map(str::to_owned),
    };
    TemplatesPage {
        shell: shell("Begin from a template", "activities"),
        own: vec![line(Some("#"))],
        ours: vec![line(None)],
        blank: "#".into(),
        step: "#".into(),
    }
}

fn budget() -> BudgetPage {
    BudgetPage {
        shell: shell("Careers budget 2026/27", "activities"),
        lead: "£1,250 spent and £300 planned in 2026/27; £450 of the budget is left.".into(),
        numbers: vec![("£2,000".into(), "to spend"), ("£1,250".into(), "spent")],
        lines: vec![BudgetLine {
            title: "Careers fair".into(),
            href: "#".into(),
            date: "12 November 2026".into(),
            cost: "£1,250".into(),
        }],
        set: Some(("#".into(), "2,000".into())),
        year: "2026/27".into(),
    }
}

/// Pages of this area from invented values.
pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("activity", render(&activity())),
        ("activity-form", render(&activity_form())),
        ("activity-part", render(&part())),
        ("activity-templates", render(&templates())),
        ("activity-budget", render(&budget())),
    ]
}
