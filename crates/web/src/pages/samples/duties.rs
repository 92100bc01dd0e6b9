use super::{render, shell};
use crate::{
    pages::{careers_team::*, duties::*, own_words::*},
    parts::{Filters, Sign, Tag},
};

/// Pages of this area from invented values.
pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("careers-team", render(&team())),
        ("careers-team-post", render(&post())),
        ("duties", render(&duties())),
        ("duties-one", render(&duty())),
        ("own-words", render(&own_words())),
        ("own-words-entry", render(&entry())),
    ]
}

fn team() -> CareersTeamPage {
    let line = |label: &str, name: &str| PostLine {
        label: label.into(),
        href: Some("#".into()),
        name: name.into(),
        title: "Assistant headteacher".into(),
        ways: vec!["r.example@school.example".into(), "01632 960001".into()],
        qualification: String::new(),
        until: "31 December 2026".into(),
        rests_on_it: vec!["Careers policy: people"],
    };
    CareersTeamPage {
        shell: shell("People of the careers programme", "policy"),
        lead: "One post is held. One should be looked at.".into(),
        steps: vec![(
            "Careers leader".into(),
            "#".into(),
            "Leaves on 31 December 2026. Name a successor in time.".into(),
        )],
        held: vec![line("Careers leader", "Robin Example")],
        vacant: vec![line("Link governor or trustee for careers", "")],
    }
}

fn post() -> PostPage {
    PostPage {
        shell: shell("Careers adviser", "policy"),
        action: "#".into(),
        back: "#".into(),
        warning: Some("Nobody is named yet.".into()),
        rests_on_it: vec!["Benchmark 8"],
        is_adviser: true,
        form: app::ContactForm { name: "Kit Example".into(), ..app::ContactForm::default() },
        theirs: vec![("Name", "Pat Example".into())],
    }
}

fn duties() -> DutiesPage {
    let line = |title: &str, tag: Option<Tag>| DutyLine {
        title: title.into(),
        href: Some("#".into()),
        post: "Careers leader: leadership".into(),
        owner: "Robin Example".into(),
        evidence: vec!["Minute 6.2".into()],
        last: "14 October 2025".into(),
        next: "14 October 2026".into(),
        tag,
    };
    DutiesPage {
        shell: shell("Roles and responsibilities", "policy"),
        lead: "30 responsibilities in the careers programme. One is overdue.".into(),
        filters: Filters { filters: Vec::new(), kept: Vec::new(), clear: "#".into() },
        rows: vec![
            line("Writes the careers plan", Some(Tag::new(Sign::Missed, "Overdue"))),
            line("Keeps in touch", None),
        ],
        hidden: vec![("Works with the Careers Hub".into(), "#".into())],
        add: Some("#".into()),
        csv: "#".into(),
        xlsx: "#".into(),
    }
}

fn duty() -> DutyPage {
    DutyPage {
        shell: shell("Writes the careers plan", "policy"),
        lead: "Not noted as done yet.".into(),
        action: "#".into(),
        back: "#".into(),
        done: Some("#".into()),
        hide: Some(("#".into(), "Leave it out")),
        from_record: Some("Programme approved by Robin Example on 14 October 2026".into()),
        form: app::DutyForm { title: "Writes the careers plan".into(), ..app::DutyForm::default() },
        did: app::DutyDone::default(),
        owners: vec!["Robin Example".into(), "Careers leader".into()],
        posts: Vec::new(),
        fields: Vec::new(),
    }
}

fn own_words() -> OwnWordsPage {
    let line = |html: &str| EntryLine {
        label: "Careers vision and intent",
        word: "vision",
        href: Some("#".into()),
        help: "What you want.",
        html: html.into(),
        written: "Robin Example, 23 November 2026".into(),
    };
    OwnWordsPage {
        shell: shell("In our own words", "policy"),
        lead: "One entry of 27 written.".into(),
        steps: vec![("Impact statement".into(), "#".into(), "Will be twelve months old on 1 January 2027.".into())],
        groups: vec![EntryGroup {
            id: "group-1".into(),
            title: "What you are about",
            lines: vec![line("<p>Everybody finds a way.</p>")],
        }],
    }
}

fn entry() -> EntryPage {
    EntryPage {
        shell: shell("Careers vision and intent", "policy"),
        action: "#".into(),
        back: "#".into(),
        help: "What you want.",
        label: "Careers vision and intent",
        warning: None,
        sort: "long",
        form: app::OwnWordsForm { text: "Everybody finds a way.".into(), seen: "1".into() },
        is_suggested: true,
        preview: Some("<p>Everybody finds a way.</p>".into()),
        from_record: "<p>On 23 November 2026.</p>".into(),
        theirs: Some("Everybody finds their way.".into()),
    }
}
