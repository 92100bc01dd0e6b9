//! Faults in worked cases are reported all at once, with file and line.

use std::{fs, path::PathBuf};

use rules::{Cases, RULEBOOK_FILES, Rulebook};

/// The faults of one case file, as `line: key: what`.
fn faults(path: &str, text: &str) -> Vec<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../rulebook");
    let files: Vec<(&str, String)> =
        RULEBOOK_FILES.iter().map(|path| (*path, fs::read_to_string(folder.join(path)).unwrap())).collect();
    let rulebook = Rulebook::load(&files).unwrap();
    let faults = Cases::load(&rulebook, &[(path, text)]).err().unwrap_or_default();
    faults
        .iter()
        .map(|fault| format!("{}: {}: {}", fault.line.map_or("-".to_owned(), |l| l.to_string()), fault.key, fault.what))
        .collect()
}

const BM5: &str = "cases/england-schools-2025/bm5.1.toml";

#[test]
fn a_case_must_say_what_its_status_needs() {
    let text = r#"[[case]]
that = "Met"
as-of = 2027-01-15
learner = { year-group = 8 }
expect = { status = "met" }

[[case]]
that = "Due"
as-of = 2027-01-15
learner = { year-group = 8 }
expect = { status = "due" }
"#;
    assert_eq!(
        faults(BM5, text),
        [
            "5: case Met > expect > on: the case does not say what this status needs",
            "11: case Due > expect > deadline: the case does not say what this status needs",
        ]
    );
}

#[test]
fn unknown_words_and_keys_are_all_named() {
    let text = r#"[[case]]
that = "Wrong"
as-of = 2027-01-15
learner = { year-group = 8, height = 150 }
happened = [{ on = 2026-10-14, activity = "party", boxes = ["purple"], offered-to = [6] }]
adapted = [{ reason = "None" }]
expect = { status = "done" }
"#;
    assert_eq!(
        faults(BM5, text),
        [
            "4: case Wrong > learner > height: this key is not known here",
            "5: case Wrong > happened > activity: “party” is not a word of this list",
            "5: case Wrong > happened > boxes: “purple” is no box",
            "5: case Wrong > happened > offered-to: this is no year group",
            "6: case Wrong > adapted > out: an adaptation is either out or another count",
            "7: case Wrong > expect > status: “done” is not a word of this list",
        ]
    );
}

#[test]
fn a_file_belongs_to_a_requirement_of_a_framework() {
    assert_eq!(
        faults("cases/england-schools-2025/bm9.9.toml", ""),
        ["-: : england-schools-2025 has no requirement bm9.9"]
    );
    assert_eq!(faults("cases/wales/bm5.1.toml", ""), ["-: : there is no framework wales"]);
    assert_eq!(faults("cases/bm5.1.toml", ""), ["-: : the path names no requirement"]);
    assert_eq!(faults(BM5, ""), ["-: : there is no case"]);
}

#[test]
fn borrowing_from_itself_or_from_nowhere_is_a_fault() {
    let itself = "as-in = { framework = \"england-schools-2025\", years-earlier = 2 }\n";
    assert!(
        faults(BM5, itself).iter().any(|fault| fault.contains("there is no other file")),
        "{:?}",
        faults(BM5, itself)
    );
}
