//! Broken rulebooks: each file of `rulebook/broken` spoils the smallest sound one, and says which faults must be reported.
//!
//! `#! school/asks.toml:7: learner one.1 > force: what is wrong` at the head of a file is one expected fault. Files are
//! told apart by `# file: path`; lines keep their number in the broken file. Run with `WRITE_FAULTS=1` to have the heads
//! written anew, then read what they say.

use std::{collections::BTreeMap, fs, path::PathBuf};

use rules::{Fault, Rulebook};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../rulebook/broken")
}

/// The files that a text holds, each with its lines where they stand in the text.
fn files(text: &str) -> BTreeMap<String, String> {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut current: Option<String> = None;
    for (number, line) in text.lines().enumerate() {
        if let Some(path) = line.strip_prefix("# file: ") {
            files.insert(path.trim().to_owned(), "\n".repeat(number + 1));
            current = Some(path.trim().to_owned());
        } else if let Some(file) = current.as_ref().and_then(|path| files.get_mut(path)) {
            file.push_str(line);
            file.push('\n');
        }
    }
    files
}

fn written(fault: &Fault) -> String {
    let line = fault.line.map_or_else(|| "-".to_owned(), |line| line.to_string());
    format!("#! {}:{line}: {}: {}", fault.file, fault.key, fault.what.lines().next().unwrap_or_default())
}

#[test]
fn every_broken_rulebook_reports_all_its_faults() {
    let sound = files(&fs::read_to_string(folder().join("sound.toml")).unwrap());
    Rulebook::load(&sound.iter().collect::<Vec<_>>()).expect("the sound rulebook has no fault");
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name == "sound.toml" {
            continue;
        }
        count += 1;
        let text = fs::read_to_string(&path).unwrap();
        let mut spoilt = sound.clone();
        spoilt.extend(files(&text));
        let faults = Rulebook::load(&spoilt.iter().collect::<Vec<_>>()).err().unwrap_or_default();
        for fault in &faults {
            assert!(!fault.what.is_empty() && !fault.mend.is_empty(), "{name}: {fault}");
        }
        let found: Vec<String> = faults.iter().map(written).collect();
        let expected: Vec<&str> = text.lines().filter(|line| line.starts_with("#! ")).collect();
        if std::env::var_os("WRITE_FAULTS").is_some() {
            let rest: Vec<&str> = text.lines().skip_while(|line| line.starts_with("#! ") || line.is_empty()).collect();
            // Lines are counted from the top of the file, head included, so the head settles in two runs at most.
            fs::write(&path, format!("{}\n\n{}\n", found.join("\n"), rest.join("\n"))).unwrap();
        } else if found != expected || found.is_empty() {
            wrong.push(format!(
                "{name}\n  found:\n    {}\n  expected:\n    {}",
                found.join("\n    "),
                expected.join("\n    ")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 15, "only {count} broken rulebooks were found");
}
