use app::{EmployerAnswer, EmployerOpinion, EntryForm, JournalEntry, ParentAnswer, PlacementForm, SeasonForm};

use super::{render, shell};
use crate::{
    pages::placements::{
        BoardPage, CardLine, CheckLine, ColumnLine, EmployerPage, EntryLine, HoursLine, HoursPage, JournalPage,
        LinkLine, NewPage, OpinionLine, ParentPage, PlacementPage, StepLine, WithoutLine,
    },
    parts::{Choice, Filters, Sign, Tag},
};

fn filters() -> Filters {
    Filters { filters: Vec::new(), kept: Vec::new(), clear: "/placements".into() }
}

fn card() -> CardLine {
    CardLine {
        id: "1".into(),
        name: "Example, Ash".into(),
        href: "/placements/1".into(),
        form: "10A".into(),
        employer: "Fernhill Surveyors".into(),
        days: "5 July 2027 to 9 July 2027".into(),
        stage: "Checks",
        open: "Two checks open".into(),
        next: "Check travel, emergency contact.".into(),
        by: "21 June 2027".into(),
        is_urgent: false,
        may_change: true,
    }
}

fn stages() -> Vec<Choice> {
    domain::PlacementStage::ALL.iter().map(|stage| Choice::new(stage, stage.label(), false)).collect()
}

fn modes() -> Vec<Choice> {
    vec![Choice::new("in-person", "In person", true), Choice::new("virtual", "Online", false)]
}

fn board(is_table: bool) -> BoardPage {
    BoardPage {
        shell: shell("Work experience in 2026/27, Year 10", "placements"),
        lead: "One placement. One learner is without one.".into(),
        new: Some("/placements/new".into()),
        hours: "/placements/hours".into(),
        files: vec![("Register of placements as CSV", "/placements/export".into())],
        filters: filters(),
        other_view: ("As a table", "/placements?view=table".into()),
        is_table,
        next: vec![card()],
        columns: domain::PlacementStage::ALL
            .iter()
            .map(|stage| {
                let cards = if *stage == domain::PlacementStage::Checks { vec![card(); 3] } else { Vec::new() };
                ColumnLine { id: stage.word(), title: stage.label(), count: cards.len(), cards }
            })
            .collect(),
        move_action: Some("/placements/move".into()),
        stages: stages(),
        without: vec![WithoutLine {
            name: "Example, Kit".into(),
            form: "10B".into(),
            add: Some("/placements/new".into()),
        }],
        season_action: Some("/placements/season".into()),
        season: SeasonForm { year_group: "10".into(), ..SeasonForm::default() },
        season_whom: "everybody of Year 10 who has none".into(),
    }
}

/// Pages of this area from invented values.
pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("placements", render(&board(false))),
        ("placements-table", render(&board(true))),
        (
            "placement-new",
            render(&NewPage {
                shell: shell("Add a placement", "placements"),
                action: "/placements/new".into(),
                learners: vec![Choice::new("", "Choose a learner without a placement", true)],
                details: PlacementForm { needs: Some(String::new()), ..PlacementForm::default() },
                modes: modes(),
                back: "/placements".into(),
            }),
        ),
        ("placement", render(&placement())),
        (
            "placement-hours",
            render(&HoursPage {
                shell: shell("Hours at workplaces", "placements"),
                lead: "One learner of 30 has a week’s worth.".into(),
                filters: filters(),
                files: vec![("Save as CSV", "/placements/export?what=hours".into())],
                rows: vec![HoursLine {
                    name: "Example, Ash".into(),
                    href: "/learners/1".into(),
                    form: "10A".into(),
                    year: "10".into(),
                    lower: None,
                    upper: Some(("25 done".into(), Tag::plain(Sign::Met))),
                }],
                why: [
                    ("Years 7 to 9", "/requirements/wex.ks3".into()),
                    ("Years 10 and 11", "/requirements/wex.ks4".into()),
                ],
            }),
        ),
        ("placement-employer", render(&employer(false))),
        ("placement-opinion", render(&employer(true))),
        (
            "placement-parent",
            render(&ParentPage {
                shell: shell("Work experience of Ash E.", ""),
                institution: "Larkfield Academy".into(),
                learner: "Ash E.".into(),
                facts: vec![("Where", "Fernhill Surveyors".into())],
                action: "/placement/parent/7/x".into(),
                form: ParentAnswer::default(),
                agrees: vec![Choice::new("yes", "Yes, I agree", false)],
                is_sent: false,
            }),
        ),
        (
            "placement-journal",
            render(&JournalPage {
                shell: shell("Journal of Ash E.", ""),
                lead: "At Fernhill Surveyors.".into(),
                action: "/placement/journal/7/x".into(),
                form: JournalEntry::default(),
                entries: vec![("5 July 2027".into(), "I measured a bridge.".into())],
                is_kept: true,
            }),
        ),
    ]
}

fn employer(is_opinion: bool) -> EmployerPage {
    EmployerPage {
        shell: shell("Work experience for Ash E.", ""),
        institution: "Larkfield Academy".into(),
        learner: "Ash E.".into(),
        when: "5 July 2027 to 9 July 2027".into(),
        hours: "25".into(),
        action: "/placement/employer/7/x".into(),
        is_opinion,
        is_sent: false,
        form: EmployerAnswer::default(),
        agrees: vec![Choice::new("yes", "Yes", false), Choice::new("no", "No", false)],
        opinion: EmployerOpinion::default(),
        ratings: vec![Choice::new("5", "Very useful", false)],
        returns: vec![Choice::new("yes", "Yes", false)],
    }
}

fn placement() -> PlacementPage {
    PlacementPage {
        shell: shell("Placement of Ash Example", "placements"),
        lead: "Checks: Fernhill Surveyors, 5 July 2027 to 9 July 2027. Two checks are open before it can be approved."
            .into(),
        next: Some(("Check travel.".into(), "21 June 2027".into(), true)),
        learner: "/learners/1".into(),
        may_change: true,
        facts: vec![("Employer", "Fernhill Surveyors".into())],
        stage_action: "/placements/1/stage".into(),
        undo_action: Some("/placements/1/step/1/undo".into()),
        stages: stages(),
        reason: String::new(),
        checks: domain::CHECK_SET
            .iter()
            .map(|rule| CheckLine {
                id: rule.check.word(),
                label: rule.label,
                asks: rule.asks,
                source: rule.source,
                is_needed: rule.by == domain::CheckedBy::Approval,
                tag: Tag::new(Sign::Due, "Not asked"),
                found: String::new(),
                warning: String::new(),
                action: format!("/placements/1/checks/{}", rule.check),
                statuses: domain::CheckStatus::ALL.iter().map(|one| Choice::new(one, one.label(), false)).collect(),
                seen_on: String::new(),
                expires_on: String::new(),
                expires: rule.expires,
                note: Some(String::new()),
                problems: Vec::new(),
            })
            .collect(),
        links: vec![LinkLine {
            what: "Employer",
            until: "14 December 2026".into(),
            uses: "No answers".into(),
            close: "/placements/1/link/1/close".into(),
        }],
        link_action: "/placements/1/link".into(),
        made: None,
        details_action: "/placements/1/details".into(),
        details: PlacementForm { needs: Some(String::new()), ..PlacementForm::default() },
        modes: modes(),
        details_open: false,
        entries: vec![EntryLine {
            what: "Visit",
            on: "6 July 2027".into(),
            hours: String::new(),
            by: "Robin Example".into(),
            text: "All well.".into(),
            remove: "/placements/1/entries/1/remove".into(),
        }],
        entry_action: "/placements/1/entries".into(),
        entry: EntryForm::default(),
        sorts: vec![Choice::new("visit", "Visit", false)],
        opinions: vec![OpinionLine {
            by: "Sam Example".into(),
            rating: "4 of 5".into(),
            went_well: "Good questions.".into(),
            better: String::new(),
            would_return: "Would take a learner again.",
        }],
        steps: vec![StepLine {
            stage: "Searching",
            on: "1 November 2026".into(),
            by: "Robin Example".into(),
            reason: String::new(),
        }],
        activity: Some(("/activities/1".into(), "Still open of its checklist: two-way.".into())),
        same_employer: String::new(),
    }
}
