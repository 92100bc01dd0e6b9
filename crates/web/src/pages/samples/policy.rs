use super::{render, shell};
use crate::{
    pages::policy::{EarlierPage, PartGroup, PartLine, PartPage, SettledLine},
    parts::{Choice, Sign, Tag},
};

/// Pages of this area from invented values.
pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("policy-earlier", render(&earlier())),
        ("policy-earlier-none", render(&none())),
        ("policy-part", render(&part())),
    ]
}

fn line(number: i32, heading: &str, tag: Option<&str>) -> PartLine {
    PartLine {
        number,
        heading: heading.into(),
        html: "<p>Visitors leave their cars behind the gym, and sign in at the front desk.</p>".into(),
        tag: tag.map(|how| Tag::new(Sign::Planned, how)),
        clause: "vision.purpose".into(),
        put: if tag.is_some() { "Put it in the place of our wording" } else { "" },
        href: format!("/policy/1/earlier/{number}"),
    }
}

fn earlier() -> EarlierPage {
    let settled = |number: i32, clause: Option<(String, String)>| SettledLine {
        number,
        heading: "Equal opportunities".into(),
        clause,
        href: format!("/policy/1/earlier/{number}"),
    };
    EarlierPage {
        shell: shell("Your earlier policy", "policy"),
        lead: "1 of 5 parts placed, one is set aside, three wait for a place.".into(),
        progress: (2, 5),
        action: "/policy/1/earlier".into(),
        problem: Some(
            "This file is damaged, or was cut short. Open it in Word, save it again, and choose it again.".into(),
        ),
        without_place: vec![line(1, "Parking", None)],
        groups: vec![PartGroup {
            key: "vision.purpose".into(),
            name: "1. Vision and intent, clause 1".into(),
            href: "/policy/1/sections/vision#vision.purpose".into(),
            provenance: "recommended",
            label: "Recommended",
            now: "<p>Every learner finds a way.</p>".into(),
            parts: vec![line(2, "Our aims", Some("Very likely")), line(3, "Introduction › Purpose", Some("Perhaps"))],
        }],
        placed: vec![settled(4, Some(("6. Monitoring, clause 2".into(), "/policy/1/sections/monitoring".into())))],
        aside: vec![settled(5, None)],
        up: "/policy/1".into(),
    }
}

fn none() -> EarlierPage {
    EarlierPage {
        lead: "If you have a policy already, read it in.".into(),
        progress: (0, 0),
        problem: None,
        without_place: Vec::new(),
        groups: Vec::new(),
        placed: Vec::new(),
        aside: Vec::new(),
        ..earlier()
    }
}

fn part() -> PartPage {
    PartPage {
        shell: shell("A part of your earlier policy", "policy"),
        heading: "Our aims".into(),
        html: "<p>We aim high.</p>".into(),
        placed: None,
        is_aside: false,
        clauses: vec![Choice::new("", "Choose a clause", true)],
        options: vec![Choice::new("heading", "Bring its heading with it", false)],
        address: "/policy/1/earlier/2".into(),
        back: "/policy/1/earlier".into(),
    }
}
