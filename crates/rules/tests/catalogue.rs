//! `docs/catalogue` says what the rulebook says.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use domain::InstitutionType;
use rules::{Cases, Force, Rulebook, catalogue};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn collect(folder: &Path, prefix: &str, ending: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), ending, files);
        } else if name.ends_with(ending) {
            files.insert(name, fs::read_to_string(entry.path()).unwrap());
        }
    }
}

fn rulebook() -> (Rulebook, Cases) {
    let mut files = BTreeMap::new();
    collect(&root().join("rulebook"), "", ".toml", &mut files);
    let files: Vec<_> = files.iter().collect();
    let rulebook = Rulebook::load(&files).unwrap();
    let cases = Cases::load(&rulebook, &files).unwrap();
    (rulebook, cases)
}

#[test]
fn the_catalogue_in_docs_is_fresh() {
    let (rulebook, cases) = rulebook();
    let wanted: BTreeMap<String, String> = catalogue::markdown(&rulebook, &cases).into_iter().collect();
    let mut found = BTreeMap::new();
    collect(&root().join("docs/catalogue"), "", ".md", &mut found);
    let stale: Vec<&String> =
        wanted.keys().chain(found.keys()).filter(|path| wanted.get(*path) != found.get(*path)).collect();
    assert!(stale.is_empty(), "run `cargo xtask generate`; these pages are out of date: {stale:?}");
}

#[test]
fn every_requirement_has_a_page_with_a_source_and_worked_examples() {
    let (rulebook, cases) = rulebook();
    for pack in rulebook.packs() {
        let pages = catalogue::pages(&rulebook, &cases, &pack.id);
        assert_eq!(pages.len(), pack.requirements.len() + pack.institution_requirements.len(), "{}", pack.id);
        for page in pages {
            assert!(!page.sources.is_empty() && page.cases.len() >= 3, "{} {}", pack.id, page.id);
        }
    }
}

#[test]
fn a_page_says_of_whom_something_is_asked_how_strongly() {
    let (rulebook, cases) = rulebook();
    let page = catalogue::page(&rulebook, &cases, "england-schools-2025", "pal.first").unwrap();
    let strongest = &page.forces()[0];
    assert_eq!(strongest.0, Force::Must);
    assert!(strongest.1.contains(&InstitutionType::Academy));
    assert!(!strongest.1.contains(&InstitutionType::IndependentSchool));
    assert!(page.offered);
    assert_eq!(catalogue::page(&rulebook, &cases, "england-schools-2025", "bm9.9"), None);
}

#[test]
fn a_page_of_the_older_edition_says_how_strongly_it_was_asked_before() {
    let (rulebook, cases) = rulebook();
    let page = catalogue::page(&rulebook, &cases, "england-schools-2018", "web.1").unwrap();
    assert_eq!(page.earlier_forces, [(Force::Should, jiff::civil::date(2018, 8, 31))]);
    assert_eq!(page.force_of[&InstitutionType::MaintainedSchool], Force::Must);
}
