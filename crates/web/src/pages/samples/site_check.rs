use domain::{Date, InstitutionType};

use super::{render, shell};
use crate::{
    pages::site_check::{
        CheckLine, ChecksPage, FailedPage, FoundPage, ItemCard, NextStep, QuoteLine, RunningPage, UnreadLine,
    },
    parts::{Sign, Tag},
};

/// Pages of this area from invented values.
pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("site-checks", render(&list())),
        ("site-check", render(&found())),
        (
            "site-check-running",
            render(&RunningPage {
                shell: shell("Check of your website", "website"),
                lead: "https://www.larkfield.example/careers is being read.".into(),
                percent: 40,
                detail: "8 pages and documents asked for so far.".into(),
            }),
        ),
        (
            "site-check-failed",
            render(&FailedPage {
                shell: shell("Check of your website", "website"),
                lead: "Nothing could be read, so nothing was checked.",
                unread: vec![unread("intranet.larkfield.example/careers", "There is no website of this name.")],
                again: "/website/check".into(),
            }),
        ),
    ]
}

fn list() -> ChecksPage {
    let line = |what: &str, tag, counts: &str| CheckLine {
        href: "/website/check/7".into(),
        when: "23 November 2026, 14:25".into(),
        what: what.into(),
        tag,
        counts: counts.into(),
        by: "Robin Ashdown".into(),
    };
    ChecksPage {
        shell: shell("Check your website", "website"),
        lead: "Waymark reads the careers pages of your own website.",
        begin: Some(("/website/check".into(), "/website/check/files".into())),
        address: "https://www.larkfield.example/careers".into(),
        running: Some("/website/check/9".into()),
        checks: vec![
            line("https://www.larkfield.example/careers", Tag::new(Sign::Planned, "Under way"), ""),
            line(
                "Saved pages",
                Tag::new(Sign::Missed, "Two required things not found"),
                "9 found, 4 unclear, 9 not found",
            ),
            line("www.larkfield.example", Tag::new(Sign::NotApplicable, "Interrupted"), ""),
        ],
    }
}

fn quote(text: &str, place: &str) -> QuoteLine {
    QuoteLine { text: text.into(), place: place.into(), href: Some(format!("https://{place}")) }
}

fn unread(place: &str, reason: &str) -> UnreadLine {
    UnreadLine { place: place.into(), reason: reason.into() }
}

fn found() -> FoundPage {
    let card = |code, title, tag, force: &str| ItemCard {
        code,
        title,
        tag,
        force: force.into(),
        quotes: Vec::new(),
        notes: Vec::new(),
        advice: None,
        next: Vec::new(),
    };
    let missing = ItemCard {
        advice: Some("Say how you measure the programme’s impact."),
        next: vec![NextStep { label: "Write how impact is measured", href: "/own-words/impact-measures".into() }],
        ..card(
            "WEB-3",
            "How the impact of the programme is measured",
            Tag::new(Sign::Missed, "Not found"),
            "Required: Regulations",
        )
    };
    let leader = ItemCard {
        quotes: vec![quote(
            "Our careers leader is Jo Beckett, careers@larkfield.example",
            "www.larkfield.example/careers",
        )],
        notes: vec![
            publication::Note::NameDiffers { found: "Jo Beckett".into(), recorded: "Robin Ashdown".into() }.sentence(),
            publication::Note::DatePassed { date: Date::constant(2025, 9, 1) }.sentence(),
        ],
        ..card(
            "WEB-1",
            "Careers leader’s name and address",
            Tag::new(Sign::Due, "Found, to be mended"),
            "Required: Regulations",
        )
    };
    FoundPage {
        shell: shell("Check of your website", "website"),
        lead: "Two pages and documents were read. Of what is required, one item was not found.".into(),
        origin: format!(
            "Checked on 23 November 2026. What is required is that for {}.",
            InstitutionType::Academy.label()
        ),
        warnings: vec![("WEB-1".into(), "The website names Jo Beckett; the record has Robin Ashdown.".into())],
        groups: vec![("Not found (1)".into(), "not-found", vec![missing]), ("Found (1)".into(), "found", vec![leader])],
        unread: vec![unread("www.larkfield.example/policy.pdf", "It opens with a password only.")],
        pages: vec![quote("page", "www.larkfield.example/careers")],
        left: Some("Twelve more pages are linked from these and not asked for.".into()),
        again: Some("/website/check".into()),
        website: "/website".into(),
    }
}
