use super::{render, shell};
use crate::{
    pages::{
        about::AboutPage,
        account::AccountPage,
        forgotten::{ForgottenPage, ResetPage, Stage},
        join::JoinPage,
        problem::ProblemPage,
        sessions::{SessionLine, Sessions},
        setup::*,
        sign_in::SignInPage,
        sign_on::*,
    },
    shell::{Crumb, Shell},
};

fn bare(title: &str) -> Shell {
    Shell { title: title.into(), csrf: "sample".into(), ..Shell::default() }
}

fn join(person: Option<String>) -> JoinPage {
    JoinPage {
        shell: bare("Join Larkfield Academy"),
        lead: "Larkfield Academy invites you to work with its careers records.".into(),
        until: "30 November 2026".into(),
        action: "#".into(),
        person,
        name: "Barnaby Wrenfield".into(),
        email: String::new(),
        fixed_email: Some("barnaby@school.example".into()),
        sign_in: "#".into(),
        providers: vec![button("Microsoft")],
    }
}

fn forgotten(stage: Stage) -> ForgottenPage {
    ForgottenPage { shell: bare("Forgotten your password?"), email: String::new(), stage }
}

fn session(device: &str, end: Option<String>) -> SessionLine {
    SessionLine {
        device: device.into(),
        how: "Password",
        since: "23 November 2026, 09:00".into(),
        last_used: "23 November 2026, 09:14".into(),
        end,
    }
}

fn button(label: &str) -> SignOnButton {
    SignOnButton { label: label.into(), action: "#".into(), next: "/".into() }
}

pub(super) fn pages() -> Vec<(&'static str, String)> {
    let way_out = Crumb { href: "/".into(), label: "Back to the start".into() };
    let found =
        Found { urn: "999999".into(), name: "Larkfield Academy".into(), facts: vec![("Type", "Academy".into())] };
    vec![
        (
            "sign-in",
            render(&SignInPage {
                shell: bare("Sign in"),
                email: String::new(),
                next: "/".into(),
                offers_passkeys: true,
                providers: vec![button("Microsoft")],
            }),
        ),
        (
            "sign-on-away",
            render(&AwayPage {
                shell: bare("Going to Microsoft"),
                label: "Microsoft".into(),
                address: "https://login.example/authorize?state=sample".into(),
            }),
        ),
        (
            "sign-on",
            render(&SignOnPage {
                shell: shell("Signing in with your organisation", ""),
                lead: "You can sign in with Microsoft.".into(),
                identities: vec![IdentityLine {
                    key: "0a1b".into(),
                    label: "Microsoft".into(),
                    note: "Added on 2 November 2026, last used on 23 November 2026.".into(),
                }],
                more: vec![button("Google")],
            }),
        ),
        ("setup", render(&SetupPage { shell: bare("Welcome to Waymark"), form: SetupForm::default() })),
        (
            "setup-institution",
            render(&SetupInstitutionPage {
                shell: bare("Your institution"),
                text: "999999".into(),
                asked: true,
                found: vec![found],
            }),
        ),
        (
            "account",
            render(&AccountPage {
                shell: shell("Your account", ""),
                lead: "You are an administrator.".into(),
                facts: vec![],
                has_sign_on: true,
                sessions: Sessions {
                    csrf: "sample".into(),
                    lines: vec![session("Firefox on Windows", None), session("Safari on an iPhone", Some("#".into()))],
                },
            }),
        ),
        ("join", render(&join(None))),
        ("join-signed-in", render(&join(Some("Robin Example".into())))),
        ("forgotten", render(&forgotten(Stage::Ask))),
        ("forgotten-sent", render(&forgotten(Stage::Sent))),
        ("forgotten-no-post", render(&forgotten(Stage::NoPost))),
        ("reset", render(&ResetPage { shell: bare("Set a new password"), action: "#".into() })),
        (
            "problem",
            render(&ProblemPage {
                shell: bare("Something went wrong"),
                message: "It is our fault.".into(),
                reference: Some("7K2M-9XQ4".into()),
                way_out,
            }),
        ),
        ("about", render(&AboutPage { shell: bare("About Waymark"), lead: "One record.", paragraphs: vec!["Text."] })),
    ]
}
