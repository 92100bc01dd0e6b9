//! A damaged rulebook is reported, whatever was done to it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rules::{Cases, Rulebook};

fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else if name.ends_with(".toml") {
            files.push((name, fs::read_to_string(entry.path()).unwrap()));
        }
    }
}

fn rulebook_folder() -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../rulebook"), "", &mut files);
    files.retain(|(path, _)| !path.starts_with("broken/"));
    files.sort();
    files
}

#[test]
fn without_any_line_it_loads_or_names_its_faults_and_never_panics() {
    let files = rulebook_folder();
    let mut step = 0_usize;
    for (index, (path, text)) in files.iter().enumerate().filter(|(_, (path, _))| !path.starts_with("cases/")) {
        for left_out in 0..text.lines().count() {
            step += 1;
            // Every line would take minutes; a prime keeps clear of the rhythm of the entries.
            if !step.is_multiple_of(97) {
                continue;
            }
            let mut damaged = files.clone();
            let lines = text.lines().enumerate().filter(|(number, _)| *number != left_out).map(|(_, line)| line);
            damaged[index].1 = lines.collect::<Vec<_>>().join("\n");
            if let Err(faults) = Rulebook::load(&damaged) {
                assert!(!faults.is_empty(), "{path} without line {}", left_out + 1);
            }
        }
    }
}

#[test]
fn cut_off_anywhere_a_file_of_cases_is_read_or_reported() {
    let files = rulebook_folder();
    let rulebook = Rulebook::load(&files).unwrap();
    let (path, text) = files.iter().find(|(path, _)| path == "cases/england-schools-2018/pal.first.toml").unwrap();
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)).step_by(67) {
        let cut: Vec<(&str, &str)> = files
            .iter()
            .map(|(other, whole)| (other.as_str(), if other == path { &whole[..end] } else { whole.as_str() }))
            .collect();
        let _ = Cases::load(&rulebook, &cut);
    }
}

#[test]
fn every_missing_file_is_noticed() {
    let files = rulebook_folder();
    for (index, (path, _)) in files.iter().enumerate().filter(|(_, (path, _))| !path.starts_with("cases/")) {
        let mut fewer = files.clone();
        fewer.remove(index);
        // Without a calendar there are no dates to show; everything else is needed.
        assert_eq!(Rulebook::load(&fewer).is_err(), path != "calendar.toml", "{path}");
    }
}
