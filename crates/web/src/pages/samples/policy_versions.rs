use app::ClauseForm;

use super::{render, shell};
use crate::{
    pages::policy::*,
    parts::{Difference, Sign, Tag},
};

/// A version from its first section to its publication, from invented values.
pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("policy", render(&overview())),
        ("policy-version", render(&version())),
        ("policy-section", render(&section())),
        ("policy-clause", render(&clause())),
        ("policy-checks", render(&checks())),
        ("policy-signature", render(&sign(false))),
        ("policy-approval", render(&sign(true))),
        ("policy-text", render(&text())),
        ("policy-compare", render(&compare())),
        ("policy-edition", render(&edition())),
    ]
}

fn overview() -> OverviewPage {
    let line = |number, tag, when: &str| VersionLine {
        number,
        href: "#".into(),
        tag,
        when: when.into(),
        review: "31 August 2027".into(),
        compare: (number > 1).then(|| "#".into()),
    };
    let card = |id, title, work: Option<Work>| PaperCard {
        id,
        title,
        stands: "Version 1 applies, published on 14 October 2025.".into(),
        begin: work.is_none().then(|| "#".into()),
        work,
        earlier: Some("#".into()),
        versions: vec![
            line(2, Tag::new(Sign::Due, "Draft"), "Begun on 2 November 2026"),
            line(1, Tag::new(Sign::Met, "Published"), "Published on 14 October 2025"),
        ],
    };
    let work = Work {
        says: "Version 2 is a draft, with one thing to do before it can be signed.".into(),
        progress: Some((25, 26)),
        to_do: vec![line_of_check(Sign::Missed, "To do", "Careers adviser is not entered yet.", Some("Enter it"))],
        next: ("#".into(), "Go on writing".into()),
    };
    OverviewPage {
        shell: shell("Policy and provider access statement", "policy"),
        papers: vec![
            card("careers-policy", "Careers policy", Some(work)),
            card("provider-access", "Provider access statement", None),
        ],
        ground: vec![("#".into(), "In our own words", "Written once, said everywhere")],
    }
}

fn version() -> VersionPage {
    let line = |heading: &str, level, tag| SectionLine { href: "#".into(), heading: heading.into(), level, tag };
    VersionPage {
        shell: shell("Careers policy, version 2", "policy"),
        tag: Tag::new(Sign::Due, "Draft"),
        lead: "One thing is to be done before it can be signed.".into(),
        progress: Some((25, 26)),
        to_do: vec![line_of_check(Sign::Missed, "To do", "There is no review date.", Some("Set the review date"))],
        days: vec![("Signed", "Kit Example, Deputy headteacher, on 14 October 2026".into())],
        next: Some(("#".into(), "Check before signing")),
        publish: Some("#".into()),
        back_to_draft: Some("#".into()),
        covers: vec![CoverLine {
            title: "The statement says how to ask for access".into(),
            href: "#".into(),
            tag: Tag::new(Sign::Due, "Not confirmed by it"),
            section: ("How to ask".into(), "#".into()),
        }],
        confirm: Some("#".into()),
        checks: Some("#".into()),
        text: "#".into(),
        docx: "#".into(),
        pdf: "#".into(),
        compare: Some("#".into()),
        earlier: Some(("#".into(), "Read your earlier policy in".into())),
        sections: vec![
            line("Vision and intent", 1, Some(Tag::new(Sign::Met, "Ready"))),
            line("Careers leader", 2, None),
        ],
        review: Some("#".into()),
        review_on: "2027-08-31".into(),
        latest_review: "24 November 2029".into(),
        newer: Some(("#".into(), "September 2026".into())),
        without_place: vec![("old.clause".into(), "What we said before.".into())],
        changes: vec![ChangeLine {
            what: "Vision and intent (vision.purpose)".into(),
            who: "Robin Example, 23 November 2026, 09:14".into(),
            before: "Our wording".into(),
            after: "Everybody finds a way.".into(),
            undo: Some("#".into()),
        }],
    }
}

fn section() -> SectionPage {
    let card = |key: &str, provenance: policy::Provenance| ClauseCard {
        key: key.into(),
        provenance: provenance.word(),
        label: provenance.label(),
        chosen: "Our wording",
        html: "<p>Everybody finds a way.</p>".into(),
        ours: Some("<p>Every learner finds a way.</p>".into()),
        changed: Some(difference()),
        advice: Some("Say it in your own words.".into()),
        sources: vec![app::ClauseSource {
            title: "Education Act 1997, section 42A".into(),
            paragraph: Some("subsection (1)".into()),
            url: Some("https://www.legislation.gov.uk/ukpga/1997/44/section/42A".into()),
        }],
        missing: vec![("Careers leader", "#".into())],
        seen: "1".into(),
        action: "#".into(),
        presses: vec![("confirmed", "Confirm it as it is"), ("removed", "Leave it out")],
        earlier: Some(("#".into(), "See one part of your earlier policy for it".into())),
        write: Some("Write your own"),
    };
    SectionPage {
        shell: shell("Vision and intent", "policy"),
        advice: Some("Governors read this section first.".into()),
        clauses: vec![
            card("vision.one", policy::Provenance::Statutory),
            card("vision.two", policy::Provenance::Recommended),
            card("vision.three", policy::Provenance::Example),
        ],
        before: Some(("#".into(), "What the policy rests on".into())),
        after: Some(("#".into(), "The programme".into())),
        up: "#".into(),
    }
}

fn clause() -> ClausePage {
    ClausePage {
        shell: shell("Write your own words", "policy"),
        action: "#".into(),
        back: "#".into(),
        provenance: policy::Provenance::Recommended.word(),
        label: policy::Provenance::Recommended.label(),
        ours: "<p>Every learner finds a way.</p>".into(),
        changed: Some(difference()),
        now: Some("<p>Everybody finds a way.</p>".into()),
        advice: Some("Say it in your own words.".into()),
        facts: vec![("{careers-leader}".into(), "Careers leader")],
        may_replace: true,
        may_add: true,
        mode: "replaced".into(),
        form: ClauseForm { text: "Everybody finds a way.".into(), ..ClauseForm::default() },
        preview: Some("<p>Everybody finds a way.</p>".into()),
        preview_missing: vec!["Careers leader"],
        is_meanwhile: true,
    }
}

fn line_of_check(sign: Sign, label: &'static str, what: &str, way: Option<&str>) -> CheckLine {
    CheckLine {
        tag: Tag::new(sign, label),
        what: what.into(),
        way: way.map(|words| ("#".to_owned(), words.to_owned())),
    }
}

fn checks() -> ChecksPage {
    ChecksPage {
        shell: shell("Before you sign", "policy"),
        lead: "One thing is to be done before it can be signed.".into(),
        stops: vec![line_of_check(Sign::Missed, "To do", "Careers adviser is not entered yet.", Some("Enter it"))],
        warnings: vec![line_of_check(
            Sign::Due,
            "To look at",
            "Workplace experience: 83 % on 23 November 2026.",
            Some("See who and why"),
        )],
        promises: vec![line_of_check(
            Sign::Due,
            "At risk",
            "Workplace experience: 83 % on 23 November 2026.",
            Some("See who and why"),
        )],
        promises_label: "None is broken, one is at risk.".into(),
        kept_label: "One thing is as it should be".into(),
        kept: vec![line_of_check(Sign::Met, "Kept", "Personal guidance: 100 % on 23 November 2026.", None)],
        then: Some(vec![line_of_check(Sign::Due, "To look at", "A recommended clause is left out.", None)]),
        sign: Some("#".into()),
    }
}

fn sign(is_approval: bool) -> SignPage {
    SignPage {
        shell: shell(if is_approval { "The governors’ approval" } else { "Read it and sign" }, "policy"),
        action: "#".into(),
        checks: "#".into(),
        html: "<section><h2>Vision and intent</h2><p>Everybody finds a way.</p></section>".into(),
        seen: "1".into(),
        is_approval,
        is_senior: is_approval,
        is_open: true,
        warnings: vec![line_of_check(Sign::Due, "To look at", "A recommended clause is left out.", None)],
        warnings_label: "One thing to look at first".into(),
        closed: String::new(),
        by: "Kit Example".into(),
        post: "Deputy headteacher".into(),
        on: String::new(),
        minute: String::new(),
    }
}

fn text() -> TextPage {
    TextPage {
        shell: shell("Careers policy", "policy"),
        tag: Tag::new(Sign::Met, "Published"),
        docx: "#".into(),
        pdf: "#".into(),
        html: "<section><h2>Vision and intent</h2><p>Everybody finds a way.</p></section>".into(),
    }
}

fn compare() -> ComparePage {
    ComparePage {
        shell: shell("Careers policy: versions 1 and 2", "policy"),
        lead: "One clause differs, 61 are the same.".into(),
        before: "Version 1".into(),
        after: "Version 2".into(),
        clauses: vec![
            ClauseCompared {
                section: "Vision and intent".into(),
                before: Some("<p>Every learner finds a way.</p>".into()),
                after: Some("<p>Everybody finds a way.</p>".into()),
                difference: difference(),
            },
            ClauseCompared {
                section: "Vision and intent".into(),
                before: Some("<p>Every learner finds a way.</p>".into()),
                after: None,
                difference: difference(),
            },
        ],
        changes: "#".into(),
    }
}

/// Two texts that differ in a word, a point and a paragraph.
fn difference() -> Difference {
    Difference::of(policy::diff::lines(
        "Every learner at Larchwood finds a way that suits them. We ask that they:\n\n- come\n- tell us\n\nThank you.",
        "Everybody at Larchwood finds a way that suits them. We ask that they:\n\n- come\n- bring their families\n- tell us",
    ))
}

fn edition() -> EditionPage {
    let line = |sign, label, own| EditionLine {
        section: "Vision and intent".into(),
        tag: Tag::new(sign, label),
        binds: Some("Recommended before, statutory now.".into()),
        own,
        difference: difference(),
    };
    EditionPage {
        shell: shell("What the newer wording changes", "policy"),
        lead: "From the edition of September 2025 to that of September 2027: 2 clauses change, 60 stay the same."
            .into(),
        action: Some("#".into()),
        back: "#".into(),
        clauses: vec![
            line(Sign::Due, "Changed", Some("Your own words stay in its place.")),
            line(Sign::Planned, "New", None),
        ],
    }
}
