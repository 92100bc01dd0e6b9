//! A newer edition of the wording: what it changes is told in words before and after the move, and nobody's own words are lost.
//!
//! The second edition is made here from the one that the program carries: it is in no folder of the wording.

use app::{App, ClauseForm, EditionClauseKind, EditionPreview, Error, OwnAfterwards, Refusal};
use domain::PolicyId;
use policy::{
    CheckCode, ChoiceKind, Paper, Provenance, Wording,
    diff::{Change, Line},
};

use crate::harness::{School, World, on_both_engines, year_nine};

const LATER: &str = "2027-09-02T09:00:00Z";

/// Each clause of the first edition that the second one changes: file, what it says, what it says then.
const CHANGES: &[(&str, &str, &str)] = &[
    ("vision.toml", "knowing what they could do next", "knowing at least three things that they could do next"),
    ("programme.toml", "and favours none.", "and favours none of them."),
    // Binding from then on.
    (
        "statutory.toml",
        "key = \"statutory.benchmarks\"\nprovenance = \"recommended\"",
        "key = \"statutory.benchmarks\"\nprovenance = \"statutory\"",
    ),
    // Under another key, so that the old one is gone.
    ("roles.toml", "key = \"roles.evaluation\"", "key = \"roles.findings\""),
];

/// The wording with its second edition.
fn two_editions() -> Wording {
    let mut files = testkit::files("wording", policy::WORDING_FILES);
    let second: Vec<(String, String)> = files
        .iter()
        .map(|(path, text)| {
            let name = path.trim_start_matches("2025-09/");
            let mut text = match name {
                "edition.toml" => text
                    .replace("id = \"2025-09\"", "id = \"2027-09\"")
                    .replace("September 2025", "September 2027")
                    .replace("from = 2025-09-01", "from = 2027-09-01"),
                _ => text.clone(),
            };
            for (_, was, is) in CHANGES.iter().filter(|(file, ..)| *file == name) {
                assert!(text.contains(was), "{name}: {was}");
                text = text.replace(was, is);
            }
            (format!("2027-09/{name}"), text)
        })
        .collect();
    files.extend(second);
    Wording::load(&files).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn does(mode: &str, text: &str) -> ClauseForm {
    ClauseForm { mode: mode.to_owned(), text: text.to_owned(), seen: String::new() }
}

/// A draft on the first edition with choices for each clause that will change.
fn draft(school: &School<'_>) -> PolicyId {
    let (app, leader) = (school.app, &school.leader);
    let id = app.begin_policy(leader, school.id, Paper::CareersPolicy).unwrap();
    for (key, form) in [
        ("vision.purpose", does("replaced", "Everybody leaves us with a plan.")),
        ("programme.impartial", does("removed", "")),
        ("statutory.benchmarks", does("replaced", "We work to the benchmarks.")),
        ("roles.evaluation", does("added", "We look back each July.")),
    ] {
        app.change_clause(leader, school.id, id, key, &form).unwrap();
    }
    id
}

/// The words of these lines to which this happened.
fn words(lines: &[Line], change: Change) -> Vec<&str> {
    lines.iter().flat_map(|line| &line.spans).filter(|span| span.change == change).map(|span| &*span.words).collect()
}

fn clause<'a>(preview: &'a EditionPreview, key: &str) -> &'a app::EditionClause {
    preview.clauses.iter().find(|clause| clause.key == key).unwrap_or_else(|| panic!("{key}"))
}

fn row(app: &App, school: &School<'_>, id: PolicyId, key: &str) -> Option<app::PolicyClauseRow> {
    let page = app.policy(&school.leader, school.today(), id).unwrap();
    page.sections.into_iter().flat_map(|section| section.clauses).find(|row| row.clause.key == key)
}

on_both_engines! {
    fn what_a_newer_edition_changes_is_told_before_anything_is_moved(world: &World) {
        let school = world.school(&year_nine(1));
        let id = draft(&school);
        assert!(school.app.policy_edition(&school.leader, school.today(), id).unwrap().is_newest);
        let later = world.later(LATER, two_editions());
        let page = later.policy(&school.leader, school.today(), id).unwrap();
        assert_eq!(page.newer_edition, Some(("2027-09".to_owned(), "September 2027".to_owned())));
        // Nothing of the draft has changed by the newer edition being there.
        assert_eq!(page.edition, "September 2025");
        assert!(page.sections.iter().flat_map(|section| &section.clauses).all(|row| row.changed.is_none()));

        let preview = later.policy_edition(&school.leader, school.today(), id).unwrap();
        assert!(!preview.is_newest);
        assert_eq!(preview.editions, ("September 2025".to_owned(), "September 2027".to_owned()));
        let keys: Vec<&str> = preview.clauses.iter().map(|clause| clause.key.as_str()).collect();
        assert_eq!(keys, ["vision.purpose", "statutory.benchmarks", "roles.findings", "programme.impartial", "roles.evaluation"]);
        let all = later.policy(&school.leader, school.today(), id).unwrap();
        let all: usize = all.sections.iter().map(|section| section.clauses.len()).sum();
        // Each clause of the draft stays, changes or goes; the new one was not in it.
        assert_eq!(preview.same + preview.clauses.len() - 1, all);

        let vision = clause(&preview, "vision.purpose");
        assert_eq!((vision.kind, vision.own), (EditionClauseKind::Changed, Some(OwnAfterwards::Stays)));
        assert_eq!(words(&vision.lines, Change::Added), ["at least three things that"]);
        assert_eq!(words(&vision.lines, Change::Removed), ["what"]);
        let binding = clause(&preview, "statutory.benchmarks");
        assert_eq!(binding.binds, Some((Provenance::Recommended, Provenance::Statutory)));
        assert_eq!(binding.own, Some(OwnAfterwards::FollowsNow));
        assert_eq!(clause(&preview, "programme.impartial").own, Some(OwnAfterwards::StaysOut));
        let new = clause(&preview, "roles.findings");
        assert_eq!((new.kind, new.own), (EditionClauseKind::Added, None));
        let gone = clause(&preview, "roles.evaluation");
        assert_eq!((gone.kind, gone.own), (EditionClauseKind::Gone, Some(OwnAfterwards::WithoutPlace)));
    }

    fn the_move_keeps_own_words_says_what_changed_beneath_them_and_can_be_taken_back(world: &World) {
        let school = world.school(&year_nine(1));
        let id = draft(&school);
        let later = world.later(LATER, two_editions());
        let position = later.move_policy_edition(&school.leader, school.id, id).unwrap().expect("a change");
        assert_eq!(later.move_policy_edition(&school.leader, school.id, id).unwrap(), None);

        let vision = row(&later, &school, id, "vision.purpose").unwrap();
        assert_eq!(vision.clause.text.as_deref(), Some("Everybody leaves us with a plan."));
        assert_eq!(words(vision.changed.as_ref().unwrap(), Change::Added), ["at least three things that"]);
        let form = later.policy_clause(&school.leader, school.today(), id, "vision.purpose", None).unwrap();
        assert_eq!(form.changed, vision.changed);
        let benchmarks = row(&later, &school, id, "statutory.benchmarks").unwrap().clause;
        let text = benchmarks.text.unwrap();
        assert!(text.starts_with(&benchmarks.wording) && text.ends_with("\n\nWe work to the benchmarks."), "{text}");
        assert_eq!(benchmarks.choice, Some(ChoiceKind::Added("We work to the benchmarks.".to_owned())));
        let page = later.policy(&school.leader, school.today(), id).unwrap();
        assert_eq!(page.without_place, [("roles.evaluation".to_owned(), "We look back each July.".to_owned())]);
        let changed: Vec<&str> = page
            .checks
            .iter()
            .filter(|check| check.code == CheckCode::WordingChanged)
            .filter_map(|check| check.clause.as_deref())
            .collect();
        assert_eq!(changed, ["vision.purpose", "programme.impartial"]);

        // Keeping one's own words says that they were looked at.
        later.change_clause(&school.leader, school.id, id, "vision.purpose", &does("keep", "")).unwrap();
        assert_eq!(row(&later, &school, id, "vision.purpose").unwrap().changed, None);

        later.undo_policy_change(&school.leader, school.id, id, position).unwrap();
        let page = later.policy(&school.leader, school.today(), id).unwrap();
        assert_eq!((page.edition.as_str(), page.without_place.len()), ("September 2025", 0));
        let evaluation = row(&later, &school, id, "roles.evaluation").unwrap().clause;
        assert!(evaluation.text.unwrap().ends_with("We look back each July."));
    }

    fn only_those_who_write_see_what_a_move_would_change_and_only_of_drafts(world: &World) {
        let school = world.school(&year_nine(1));
        let id = draft(&school);
        let asked = world.app.policy_edition(&school.viewer, school.today(), id);
        assert!(matches!(asked, Err(Error::Refusal(_))), "{asked:?}");
        let other = world.app.policy_edition(&school.leader, school.today(), PolicyId(1));
        assert!(matches!(other, Err(Error::Refusal(Refusal::NotFound))), "{other:?}");
    }
}
