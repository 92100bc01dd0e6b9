//! The trail from the command line: checked, tampered with behind the program's back, and found out.

mod program;

use program::{Program, fixture};

fn filled() -> Program {
    let program = Program::new();
    let folder = fixture("hollin-bank").to_string_lossy().into_owned();
    program.done(&["import", &folder, "--as-of", "2027-01-15"]);
    program
}

#[test]
fn a_trail_that_nobody_touched_is_whole_and_its_head_can_be_kept() {
    let program = filled();
    let said = program.done(&["audit", "verify"]);
    assert!(said.contains("The installation itself: ") && said.contains("Hollin Bank Academy: "), "{said}");
    assert!(said.lines().all(|line| line.contains("whole")), "{said}");
    let heads = program.done(&["audit", "head", "--institution", "Hollin Bank Academy"]);
    let head = heads.split_whitespace().next().expect("a head").to_owned();
    let with = |head: &str| program.run(&["audit", "verify", "--institution", "Hollin Bank Academy", "--head", head]);
    program.done(&["export", "out"]);
    assert_eq!(with(&head).code, Some(0), "what came later is no matter");
    let (length, digest) = head.split_once(':').expect("a length and a digest");
    let other: String = digest.chars().rev().collect();
    let ended = with(&format!("{length}:{other}"));
    assert_eq!(ended.code, Some(6));
    assert!(ended.said.contains("is not the one whose digest was kept"), "{}", ended.said);
    assert_eq!(with("12").code, Some(2));
    assert_eq!(program.run(&["audit", "verify", "--institution", "Nowhere"]).code, Some(3));
}

#[test]
fn tampering_with_the_file_is_found_and_named() {
    let program = filled();
    let file = rusqlite::Connection::open(program.path("data/waymark.sqlite")).expect("the database");
    let refused = file.execute("DELETE FROM audit", []).expect_err("the triggers stand in the way");
    assert!(refused.to_string().contains("append-only"), "{refused}");
    file.execute_batch("DROP TRIGGER audit_is_not_altered; UPDATE audit SET account_id = 7 WHERE sequence = 1")
        .expect("with the triggers gone, it goes");
    let ended = program.run(&["audit", "verify"]);
    assert_eq!(ended.code, Some(6));
    assert!(ended.said.contains("NOT WHOLE") && ended.said.contains("event 1 was altered"), "{}", ended.said);
}

#[test]
fn the_trail_is_written_as_lines_of_json_and_that_is_noted() {
    let program = filled();
    let said = program.done(&["audit", "export", "trail.jsonl"]);
    let text = std::fs::read_to_string(program.path("trail.jsonl")).expect("a file");
    let count = text.lines().count();
    assert!(said.contains(&format!("{count} events written")), "{said}");
    for line in text.lines() {
        let event: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
        assert_eq!(event["digest"].as_str().map(str::len), Some(64), "{line}");
    }
    assert!(text.lines().last().is_some_and(|line| line.contains("audit.exported")));
    assert_eq!(program.run(&["audit", "export", "trail.jsonl"]).code, Some(3), "nothing is overwritten");
}
