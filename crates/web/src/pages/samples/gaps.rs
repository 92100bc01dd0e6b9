use app::{ActivityForm, SlotForm};

use super::{render, shell};
use crate::{
    pages::{
        activities::FormChoices,
        catch_up::{CatchUpLine, CatchUpPage, ClosePage, PlanForm},
        gaps::{GapCell, GapLine, GapsPage, Way, Ways},
        proposal::{LeftLine, PlaceLine, ProposalPage, SessionLine},
        slots::{SlotFormPage, SlotLine, SlotsPage},
    },
    parts::*,
};

/// Pages of this area from invented values.
pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("gaps", render(&gaps())),
        ("proposal", render(&proposal())),
        ("catch-up", render(&catch_up())),
        ("catch-up-close", render(&close())),
        ("slots", render(&slots())),
        ("slot-form", render(&slot_form())),
    ]
}

fn ways(here: &str) -> Ways {
    let way = |(page, label): (&str, &'static str)| Way { href: format!("#{page}"), label, is_here: page == here };
    let all = [("gaps", "Who still needs what"), ("catch-up", "Catch-up"), ("slots", "Free places")];
    Ways { ways: all.into_iter().map(way).collect() }
}

fn catch_up() -> CatchUpPage {
    let choices = vec![Choice::new("", "To do", true), Choice::new("planned", "Planned", false)];
    CatchUpPage {
        shell: shell("Catch-up", "catch-up"),
        ways: ways("catch-up"),
        lead: "Nine missed activities are yet to be made up for. For two more something is planned; four are closed."
            .into(),
        plan: Some(PlanForm { action: "#".into(), date: String::new() }),
        lists_learners: true,
        may_record: true,
        filters: Filters {
            filters: vec![Filter { name: "standing", label: "Standing", choices }],
            kept: Vec::new(),
            clear: "#".into(),
        },
        shown: "Nine lines".into(),
        files: Some(("#".into(), "#".into())),
        lines: vec![CatchUpLine {
            learner: "12".into(),
            name: "Sample, Avery".into(),
            href: "#".into(),
            form: "9A".into(),
            title: "Engineers at work".into(),
            activity: "#".into(),
            date: "12 November 2026".into(),
            mark: "Absent",
            tag: Tag::new(Sign::Due, "To do"),
            more: String::new(),
            close: Some("#".into()),
            reopen: None,
            is_open: true,
            is_ticked: true,
        }],
        pages: Pages::default(),
        by_activity: vec![("Engineers at work".into(), "#".into(), "12 November 2026".into(), "9".into(), "11".into())],
        by_form: vec![("9A".into(), "#".into(), "3".into())],
    }
}

fn close() -> ClosePage {
    ClosePage {
        shell: shell("Close a catch-up by hand", "catch-up"),
        lead: "Avery Sample missed “Engineers at work” on 12 November 2026.".into(),
        action: "#".into(),
        activities: vec![Choice::new("", "None of these", true)],
        reason: String::new(),
        back: "#".into(),
    }
}

fn slots() -> SlotsPage {
    SlotsPage {
        shell: shell("Free places", "slots"),
        ways: ways("slots"),
        lead: "Six days with free places for 30 learners still to be filled.".into(),
        new: "#".into(),
        proposal: Some("#".into()),
        ahead: vec![SlotLine {
            title: "Guidance interviews".into(),
            href: "#".into(),
            date: "Tuesday 12 January 2027, 09:00, Library".into(),
            kind: "Guidance meeting",
            organisation: String::new(),
            years: "Year 11".into(),
            places: "5".into(),
            open: String::new(),
            tag: Tag::new(Sign::Met, "Free"),
            became: None,
            remove: "#".into(),
        }],
        over: Vec::new(),
    }
}

fn slot_form() -> SlotFormPage {
    let activity = ActivityForm { kind: "guidance-meeting".into(), mode: "in-person".into(), ..Default::default() };
    let form = SlotForm { activity, times: "6".into(), every: "1".into(), ..SlotForm::default() };
    SlotFormPage {
        shell: shell("Enter free places", "slots"),
        action: "#".into(),
        choices: FormChoices::of(&form.activity, 7..=13, false),
        form,
        is_new: true,
        button: "Enter the free places",
        back: "#".into(),
    }
}

fn gaps() -> GapsPage {
    let counts = GapCell::Counts(vec![
        ("due", "to plan", "#".into(), "12".into()),
        ("planned", "planned", "#".into(), "3".into()),
    ]);
    GapsPage {
        shell: shell("Who still needs what", "gaps"),
        ways: ways("gaps"),
        lead: "Six requirements are due for somebody for whom nothing is planned.".into(),
        proposal: Some("#".into()),
        filters: Filters { filters: Vec::new(), kept: Vec::new(), clear: "#".into() },
        files: Some(("#".into(), "#".into())),
        groups: vec!["Year 8".into(), "Year 9".into(), "Year 10".into()],
        lines: vec![GapLine {
            title: "Two provider access occasions".into(),
            href: "#".into(),
            force: "must",
            force_label: "Must",
            tag: Tag::plain(Sign::Due),
            by: "by 28 February 2027".into(),
            all: counts.clone(),
            cells: vec![GapCell::Withheld, counts, GapCell::Nothing],
        }],
        leads_to_learners: true,
        origin: "From the records of everybody on roll today.".into(),
    }
}

fn proposal() -> ProposalPage {
    ProposalPage {
        shell: shell("What would close the gaps", "proposal"),
        ways: ways("proposal"),
        lead: "Two sessions with nine places would close 11 of 14 gaps.".into(),
        filters: Filters { filters: Vec::new(), kept: Vec::new(), clear: "#".into() },
        action: "#".into(),
        sessions: vec![SessionLine {
            slot: "7".into(),
            title: "Guidance interviews".into(),
            when: "Tuesday 12 January 2027, 09:00".into(),
            about: "Guidance meeting".into(),
            by_form: "1 of 6 places: 11A: 1".into(),
            urgent: "Soonest deadline: 31 August 2027".into(),
            places: vec![PlaceLine {
                learner: "12".into(),
                name: "Sample, Avery".into(),
                href: "#".into(),
                form: "11A".into(),
                gains: "A guidance meeting by 16".into(),
            }],
        }],
        left: vec![LeftLine {
            title: "Meetings with providers".into(),
            href: "#".into(),
            learners: "3".into(),
            by: "31 August 2027".into(),
            why: "None of the free places would count for it",
        }],
        slots: "#".into(),
        made: "It is proven that no other choice closes more.".into(),
    }
}
