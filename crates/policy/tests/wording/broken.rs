//! Faults in wording files are reported all at once, each with its file and line.

use policy::{Known, Wording};

const EDITION: &str = r#"id = "2030-09"
title = "September 2030"
from = 2030-09-01
files = ["one.toml"]
"#;

const SOUND: &str = r#"[[section]]
paper = "careers-policy"
key = "vision"
heading = "Vision"

[[section.clause]]
key = "vision.law"
provenance = "statutory"
for = ["state-schools"]
text = "The law says it to {learners} in {guidance-years}."
promises = ["bm5.1"]
sources = [{ document = "act", evidence = "V" }]
"#;

/// What is wrong with one file of clauses, as `file:line: what`.
fn faults(text: &str) -> Vec<String> {
    of(&[("2030-09/edition.toml", EDITION), ("2030-09/one.toml", text)])
}

fn of(files: &[(&str, &str)]) -> Vec<String> {
    let known = Known { documents: &["act"], requirements: &["bm5.1", "pal.first"] };
    let faults = Wording::load_against(files, known).err().unwrap_or_default();
    faults.iter().map(ToString::to_string).collect()
}

/// The sound file with one of its lines put in another way.
fn with(line: &str, other: &str) -> Vec<String> {
    assert!(SOUND.contains(line), "{line}");
    faults(&SOUND.replacen(line, other, 1))
}

#[test]
fn the_sound_file_has_no_fault() {
    assert_eq!(faults(SOUND), [""; 0]);
}

#[test]
fn every_fault_of_a_file_is_told_at_once() {
    let text = r#"[[section]]
paper = "careers-plan"
key = "vision"
heading = "What {pupils} see"
level = 3
colour = "red"

[[section.clause]]
key = "vision.one"
for = ["schools", "academies"]
teaches = [8, 20]
text = "{Learners} of {schools} and {vision} go on {"
promises = ["", { teaches = [8] }, "bm9.9"]
sources = [{ document = "no-act", evidence = "K" }, { paragraph = "section 1" }]

[[section.clause]]
provenance = "binding"
for = ["academy"]
statutory-for = ["fe-college"]
text = " "
"#;
    assert_eq!(
        faults(text),
        [
            "wording/2030-09/one.toml:2: vision: there is no paper \"careers-plan\"",
            "wording/2030-09/one.toml:4: vision: {pupils} is no word of the vocabulary",
            "wording/2030-09/one.toml:5: vision: the level of a section is 1 or 2",
            "wording/2030-09/one.toml:6: vision: colour is no key here",
            "wording/2030-09/one.toml:8: vision.one: provenance is missing",
            "wording/2030-09/one.toml:10: vision.one: there is no type of institution \"academies\"",
            "wording/2030-09/one.toml:11: vision.one: teaches has to be a list of year groups from 7 to 14",
            "wording/2030-09/one.toml:12: vision.one: a brace has no partner",
            "wording/2030-09/one.toml:12: vision.one: {schools} is neither a fact nor a word of the vocabulary",
            "wording/2030-09/one.toml:12: vision.one: {vision} needs a line of its own",
            "wording/2030-09/one.toml:13: vision.one: an entry of promises names no requirement",
            "wording/2030-09/one.toml:13: vision.one: an entry of promises names no requirement",
            "wording/2030-09/one.toml:13: vision.one: the rulebook has no requirement \"bm9.9\"",
            "wording/2030-09/one.toml:14: vision.one: document is missing",
            "wording/2030-09/one.toml:14: vision.one: evidence \"K\" is none of V, V* and S",
            "wording/2030-09/one.toml:14: vision.one: evidence is missing",
            "wording/2030-09/one.toml:14: vision.one: the rulebook names no document \"no-act\"",
            "wording/2030-09/one.toml:16: vision: a statutory clause says what it rests on",
            "wording/2030-09/one.toml:16: vision: key is missing",
            "wording/2030-09/one.toml:17: vision: there is no provenance \"binding\"",
            "wording/2030-09/one.toml:19: vision: the clause is not for fe-college",
            "wording/2030-09/one.toml:20: vision: text is empty",
        ]
    );
}

#[test]
fn a_statutory_clause_without_a_source_is_a_fault() {
    assert_eq!(
        with("sources = [{ document = \"act\", evidence = \"V\" }]\n", ""),
        ["wording/2030-09/one.toml:6: vision.law: a statutory clause says what it rests on"]
    );
}

#[test]
fn a_statutory_clause_is_statutory_for_everybody_it_is_for() {
    assert_eq!(
        with("for = [\"state-schools\"]", "for = [\"state-schools\"]\nstatutory-for = [\"academy\"]"),
        ["wording/2030-09/one.toml:10: vision.law: a statutory clause is statutory for everybody it is for"]
    );
}

#[test]
fn a_promise_is_made_once_and_names_a_requirement() {
    let line = "promises = [\"bm5.1\"]";
    assert_eq!(
        with(line, "promises = [\"bm5.1\", { requirement = \"bm5.1\", teaches = [8] }]"),
        ["wording/2030-09/one.toml:11: vision.law: bm5.1 is named twice in promises"]
    );
    assert_eq!(
        with(line, "promises = [{ requirement = \"pal.first\", years = [8] }, 5]"),
        [
            "wording/2030-09/one.toml:11: vision.law: promises has to be a list of requirements",
            "wording/2030-09/one.toml:11: vision.law: years is no key here",
        ]
    );
}

#[test]
fn keys_that_occur_again_are_told_with_where_they_stand_first() {
    let again = format!("{SOUND}\n{SOUND}");
    assert_eq!(
        faults(&again),
        [
            "wording/2030-09/one.toml:16: vision: the section of the careers-policy is there already: 2030-09/one.toml:3",
            "wording/2030-09/one.toml:20: vision.law: the clause is there already: 2030-09/one.toml:7",
        ]
    );
    let two = EDITION.replace("\"one.toml\"", "\"one.toml\", \"two.toml\"");
    let other = SOUND.replace("key = \"vision\"", "key = \"second\"");
    assert_eq!(
        of(&[("2030-09/edition.toml", &two), ("2030-09/one.toml", SOUND), ("2030-09/two.toml", &other)]),
        ["wording/2030-09/two.toml:7: vision.law: the clause is there already: 2030-09/one.toml:7"]
    );
}

#[test]
fn what_is_no_toml_is_told_by_itself_and_the_other_files_are_read_on() {
    let two = EDITION.replace("\"one.toml\"", "\"one.toml\", \"two.toml\"");
    let broken = SOUND.replace("heading = \"Vision\"", "heading = Vision");
    let other = SOUND.replace("provenance = \"statutory\"", "provenance = \"law\"").replace("\"vision", "\"other");
    let found = of(&[("2030-09/edition.toml", &two), ("2030-09/one.toml", &broken), ("2030-09/two.toml", &other)]);
    assert!(found[0].starts_with("wording/2030-09/one.toml:4: this is not TOML: "), "{found:#?}");
    assert_eq!(found[1..], ["wording/2030-09/two.toml:8: other.law: there is no provenance \"law\""]);
}

#[test]
fn an_edition_names_its_files_and_its_day() {
    let edition = "id = \"2030-09\"\nfrom = \"soon\"\nfiles = [\"gone.toml\"]\n";
    assert_eq!(
        of(&[("2030-09/edition.toml", edition), ("2030-09/one.toml", SOUND)]),
        [
            "wording/2030-09/edition.toml:1: title is missing",
            "wording/2030-09/edition.toml:2: from has to be a day, such as 2025-09-01",
            "wording/2030-09/edition.toml:3: 2030-09/gone.toml is not there",
            "wording/2030-09/edition.toml:3: 2030-09/one.toml is not among them",
            "wording/2030-09/edition.toml:3: the edition has no sections",
        ]
    );
    assert_eq!(of(&[]), ["wording/: there is no edition"]);
    let twin = of(&[
        ("2030-09/edition.toml", EDITION),
        ("2030-09/one.toml", SOUND),
        ("copy/edition.toml", EDITION),
        ("copy/one.toml", SOUND),
    ]);
    assert_eq!(
        twin,
        ["wording/: editions 2030-09 and 2030-09 begin on the same day", "wording/: two editions are called 2030-09"]
    );
}

#[test]
fn a_section_within_another_needs_that_other() {
    assert_eq!(
        with("heading = \"Vision\"", "heading = \"Vision\"\nlevel = 2"),
        ["wording/2030-09/edition.toml:4: the first section of the careers-policy lies within no other"]
    );
}
