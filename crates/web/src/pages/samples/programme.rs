use super::{render, shell};
use crate::{
    pages::{curriculum::*, programme::*, roadmap::*},
    parts::{Sign, Tag},
};

/// Pages of this area from invented values.
pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("programme", render(&overview())),
        ("programme-progression", render(&progression())),
        ("programme-curriculum", render(&map())),
        ("programme-roadmap", render(&roadmap())),
    ]
}

fn overview() -> OverviewPage {
    OverviewPage {
        shell: shell("Careers programme 2026/27", "programme"),
        lead: "Two learning outcomes across two year groups for 2026/27.".into(),
        edit: Some("#".into()),
        copy: Some(("#".into(), "2025/26".into())),
        ways: vec![("#".into(), "Progression from year to year")],
        steps: vec![Step { what: "Year 8 has no learning outcome.".into(), href: "#".into() }],
        more_steps: 1,
        approvals: vec![ApprovalLine {
            tag: Tag::new(Sign::Due, "Changed since approval"),
            text: "By the governors on 14 October 2026: minute 6.2".into(),
            changes: "Aims".into(),
        }],
        approval: "#".into(),
        texts: vec![("Aims", vec!["Everybody knows the ways that are open to them.".into()])],
        years: vec![YearCard {
            name: "Year 7".into(),
            href: "#".into(),
            aims: "Look around".into(),
            outcomes: "2".into(),
            activities: "4".into(),
        }],
    }
}

fn progression() -> ProgressionPage {
    ProgressionPage {
        shell: shell("Progression from year to year", "programme"),
        lead: "One thread through the years; one has something to look at.".into(),
        years: vec!["Year 7".into(), "Year 8".into()],
        threads: vec![ThreadLine {
            name: "Routes".into(),
            cells: vec![vec![("introduced", "Introduced", "name three ways on".into())], Vec::new()],
            remarks: vec!["It is never secured: it ends in Year 7 as introduced.".into()],
        }],
        loose: Vec::new(),
        unserved: Vec::new(),
    }
}

fn map() -> MapPage {
    let cell = |class: &'static str, shown: &str, said: &str| {
        Some(CellView { href: "#".into(), class, shown: shown.into(), said: said.into() })
    };
    MapPage {
        shell: shell("Curriculum map", "programme"),
        lead: "In one of three pairs of subject and year group a lesson is recorded.".into(),
        years: vec!["Year 7".into(), "Year 8".into(), "Year 9".into(), "Year 10".into()],
        rows: vec![MapRow {
            subject: "Art".into(),
            lead: "Robin Example".into(),
            cells: vec![
                cell("recorded", "1 ✓", "one link, a lesson is recorded"),
                cell("written", "2", "two links, no lesson recorded yet"),
                cell("gap", "0", "nothing yet"),
                None,
            ],
        }],
        leads: Some("#".into()),
        training: "#".into(),
        settings: "#".into(),
        choices: Vec::new(),
    }
}

fn roadmap() -> RoadmapPage {
    let point = |title: &str| PointLine {
        title: title.into(),
        year: "Year 9".into(),
        when: "4 March 2027".into(),
        about: "Choose together.".into(),
        does: "We explain.".into(),
        change: Some("#".into()),
        show: "#".into(),
    };
    RoadmapPage {
        shell: shell("Roadmap for parents and carers 2026/27", "programme"),
        svg_href: "#".into(),
        pdf_href: "#".into(),
        svg: "<svg viewBox=\"0 0 1 1\"></svg>".into(),
        points: vec![point("Choosing options")],
        hidden: vec![point("Moving at 14")],
        add: Some("#".into()),
    }
}
