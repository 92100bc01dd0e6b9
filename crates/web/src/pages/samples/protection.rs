use super::{render, shell};
use crate::{pages::data_protection::*, parts::Choice};

const LEARNER: &str = "/institutions/7/learners/42";

fn retention() -> RetentionPage {
    RetentionPage {
        shell: shell("How long records are kept", "settings"),
        lead: "Twelve records can go today.".into(),
        action: "/institutions/7/settings/data-protection/retention".into(),
        run: "/institutions/7/settings/data-protection/retention/run".into(),
        goes: vec![
            Goes { title: "A learner's careers record".into(), count: "11".into(), oldest: "4 September 2026".into() },
            Goes { title: "Invitations".into(), count: "1".into(), oldest: "1 October 2026".into() },
        ],
        total: 12,
        button: "Remove twelve records for good".into(),
        undated: Some("Two learners are old enough for their records to go, but have no last day on roll.".into()),
        terms: vec![Term {
            id: "learner-record".into(),
            title: "A learner's careers record".into(),
            value: "26 years".into(),
            hint: "Counted from: date of birth. Left blank: 25 years.".into(),
        }],
        fixed: vec![Fixed {
            title: "Sessions".into(),
            term: "at once".into(),
            what: "Deleted once they have expired.".into(),
        }],
        runs: vec![Run {
            on: "23 November 2025".into(),
            who: "Robin Example".into(),
            gone: "A learner's careers record: 9".into(),
        }],
    }
}

fn confirm() -> ConfirmErasurePage {
    let held = |about: &str, count: &str| Held { about: about.into(), count: count.into(), becomes: "Goes" };
    ConfirmErasurePage {
        shell: shell("Check what goes", "learners"),
        lead: "This is everything that Waymark holds about Quinn Example.".into(),
        action: format!("{LEARNER}/erase/confirm"),
        kind: "everything",
        reason: "The family asked for it, and no duty to keep it remains.".into(),
        seen: 12,
        held: vec![held("Who the learner is", "1"), held("What the learner took part in", "31")],
        besides: vec!["One file waits to be applied and may name the learner, so what is waiting is given up.".into()],
        kept: vec![("Who did what".into(), "That something was done must stay provable.".into())],
        mentions: vec!["activity ACT-7".into()],
        back: LEARNER.into(),
    }
}

pub(super) fn pages() -> Vec<(&'static str, String)> {
    let choices =
        || vec![Choice::new("withhold", "Withhold them", true), Choice::new("include", "Include them", false)];
    let overview = OverviewPage {
        shell: shell("Data protection", "settings"),
        lead: "No record has been kept longer than it should be.".into(),
        retention: "/institutions/7/settings/data-protection/retention".into(),
        record: "/institutions/7/settings/data-protection/documents/processing-record".into(),
        assessment: "/institutions/7/settings/data-protection/documents/impact-assessment".into(),
        learners: "/institutions/7/learners".into(),
        people: Some("/institutions/7/settings/people".into()),
    };
    let document = DocumentPage {
        shell: shell("Record of processing activities", "settings"),
        pdf: "/institutions/7/settings/data-protection/documents/processing-record/file".into(),
        html: "<div class=\"document\"><section><h2>Controller</h2></section></div>".into(),
    };
    let copy = CopyPage {
        shell: shell("A copy for the learner or family", "learners"),
        lead: "Everything that is held about Quinn Example, in plain words.".into(),
        action: format!("{LEARNER}/copy"),
        private: Some("There is one private note of an adviser.".into()),
        choices: choices(),
        reason: String::new(),
        formats: vec![Choice::new("pdf", "A document to read (PDF)", true)],
        before: vec!["3 March 2026, by Robin Example".into()],
        back: LEARNER.into(),
    };
    let erase = EraseLearnerPage {
        shell: shell("Erase this learner", "learners"),
        lead: "Quinn Example is erased for good.".into(),
        action: format!("{LEARNER}/erase"),
        kinds: vec![Choice::new("everything", "Nothing is left", false)],
        reason: String::new(),
        copy: format!("{LEARNER}/copy"),
        back: LEARNER.into(),
    };
    let account = EraseAccountPage {
        shell: shell("Erase this account", "settings"),
        lead: "Sam Sample can no longer sign in.".into(),
        action: "/institutions/7/settings/people/9/erase".into(),
        reason: String::new(),
        back: "/institutions/7/settings/people/9".into(),
    };
    vec![
        ("data-protection", render(&overview)),
        ("data-protection-document", render(&document)),
        ("retention", render(&retention())),
        ("learner-copy", render(&copy)),
        ("learner-erase", render(&erase)),
        ("learner-erase-confirm", render(&confirm())),
        ("account-erase", render(&account)),
    ]
}
