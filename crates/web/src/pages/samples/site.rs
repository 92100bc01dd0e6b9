use app::{QuestionForm, WebsiteDifference, WebsiteLook};

use super::{render, shell};
use crate::{
    pages::website::{
        AskPage, AskedPage, ItemLine, LookPage, QuestionLine, QuestionsPage, SnapshotLine, TextField, TextsPage,
        WebsiteOverviewPage, set_into,
    },
    parts::{Choice, Sign, Tag},
};

/// Pages of this area from invented values.
pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("website", render(&overview())),
        (
            "website-texts",
            render(&TextsPage {
                shell: shell("Texts of the public pages", "website"),
                action: "/website/texts".into(),
                back: "/website".into(),
                fields: TextField::all(&[("strengths", "Employers come often.".to_owned())].into()),
            }),
        ),
        (
            "website-look",
            render(&LookPage {
                shell: shell("Address, colour and logo", "website"),
                action: "/website/look".into(),
                logo_action: "/website/logo".into(),
                back: "/website".into(),
                form: WebsiteLook { slug: "larkfield".into(), tint: "#ffd700".into(), logo_alt: String::new() },
                start: "https://careers.example/".into(),
                guarded: Some("#ffd700 on white has a contrast of 1.4 to 1.".into()),
                alt: String::new(),
                logo: None,
            }),
        ),
        ("website-questions", render(&questions())),
        (
            "website-ask",
            framed(&render(&AskPage {
                shell: shell("Ask us", ""),
                action: "/larkfield/ask".into(),
                form: QuestionForm::default(),
                audiences: vec![Choice::new("parent", "A parent or carer", true)],
            })),
        ),
        ("website-asked", framed(&render(&AskedPage { reference: "7K2M-9XQ4".into(), back: "/larkfield/".into() }))),
    ]
}

/// What stands in the page of the public site that was published for it.
fn framed(part: &str) -> String {
    let page = "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<title>Ask us – Careers – Larkfield</title>\n\
                </head>\n<body class=\"site\">\n<main class=\"site-main site-width\">\n<h1>Ask us</h1>\n<div class=\"document\">\n<p>Write</p>\n\
                <section>\n<h2>Whom to ask</h2>\n</section>\n</div>\n</main>\n</body>\n</html>\n";
    set_into(page, "Ask us", part, true)
}

fn overview() -> WebsiteOverviewPage {
    WebsiteOverviewPage {
        shell: shell("Website", "website"),
        lead: "Public since 23 November 2026, 09:14, and no longer the same as the record.".into(),
        public: Some("https://careers.example/larkfield/".into()),
        differences: vec![
            WebsiteDifference {
                sentence:
                    "The public page still names “Ash Example” as the careers leader; the record names “Sam Example”."
                        .into(),
                was: Vec::new(),
                is: Vec::new(),
            },
            WebsiteDifference {
                sentence: "The page “For learners” says something else than the record now.".into(),
                was: vec!["The careers corner is open on Mondays.".into()],
                is: vec!["The careers corner in the library is open every lunchtime.".into()],
            },
        ],
        items: vec![ItemLine {
            title: "How the programme’s impact is measured".into(),
            force: "must",
            tag: Tag::new(Sign::Due, "Missing"),
            missing: "How impact is measured and assessed".into(),
            href: "/website/texts".into(),
            evidence: "Not confirmed yet".into(),
        }],
        snapshots: vec![SnapshotLine {
            when: "23 November 2026, 09:14".into(),
            until: "public now".into(),
            by: "Robin Example".into(),
            note: "The first".into(),
            href: "/website/snapshots/1/".into(),
            export: "/website/snapshots/1/export".into(),
        }],
        preview: Some("/website/preview/".into()),
        publish: Some("/website/publish".into()),
        withdraw: Some("/website/withdraw".into()),
        show_again: None,
        attest: Some("/website/attest".into()),
        texts: Some("/website/texts".into()),
        look: Some("/website/look".into()),
        check: (
            "/website/check/7".into(),
            "Your own website was checked on 23 November 2026: one required thing was not found".into(),
        ),
        questions: Some(("/website/questions".into(), "One question from the public waits for an answer".into())),
        review: "The published information is next reviewed by 1 September 2027.".into(),
        snippets: vec![("A link", "<a href=\"https://careers.example/larkfield/\">Careers</a>".into())],
        export: Some("/website/export".into()),
    }
}

fn questions() -> QuestionsPage {
    let line = |answered: &str| QuestionLine {
        reference: format!("7K2M-9X{}", answered.len()),
        name: "Jo Example".into(),
        email: "jo@example.org".into(),
        audience: "A parent or carer",
        message: "When is the evening?".into(),
        asked: "23 November 2026, 09:14".into(),
        answered: answered.into(),
        answer: "On Thursday.".into(),
        action: "/website/questions/1".into(),
        field: "answer-1".into(),
        typed: String::new(),
        letter: "Letter not sent yet: the mail server did not answer. Tried again 23 November 2026, 10:05".into(),
        again: (!answered.is_empty()).then(|| "/website/questions/1/letters/2/again".into()),
        letter_text: "Dear Jo Example,\n\nOn Thursday.".into(),
    };
    QuestionsPage {
        shell: shell("Questions from the public", "website"),
        lead: "One question waits for an answer.".into(),
        waiting: vec![line("")],
        answered: vec![line("23 November 2026, 10:02")],
        has_post: true,
    }
}
