//! The labelled set: invented pages in the shapes that schools give theirs, each with what a careful reader says is there.
//!
//! `first` was labelled before any rule was written, and the rules were mended on it. `held_out` was written and labelled by somebody who
//! had not read the rules; they were mended on it after its first run, and again after that of `after_mending`. No rule has been changed
//! for `fresh`: its figures alone say how the rules do on what they have not seen. What each first run gave is in `benches/RESULTS.md`;
//! whoever mends a rule on `fresh` says so there, and writes another set. Run with `--nocapture` for the tables.

#![expect(clippy::print_stdout, reason = "the figures are what the test is for")]

use std::{collections::BTreeMap, fs, path::Path};

use domain::{Date, InstitutionType};
use publication::{Item, Known, Leader, Page, PageKind, Report, State};
use serde::Deserialize;

#[derive(Deserialize)]
struct Labels {
    site: Vec<Site>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Site {
    files: Vec<String>,
    kind: InstitutionType,
    leader: Option<Named>,
    #[serde(default)]
    found: Vec<String>,
    #[serde(default)]
    unclear: Vec<String>,
    /// Warnings about what was found.
    #[serde(default)]
    notes: Vec<String>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
    email: String,
    telephone: String,
}

#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    /// Labelled found and answered found.
    both: u32,
    /// Answered found.
    said: u32,
    /// Labelled found.
    there: u32,
}

fn read(file: &Path) -> Page {
    let bytes = fs::read(file).unwrap();
    let (kind, passages) = match file.extension().and_then(|extension| extension.to_str()) {
        Some("pdf") => (PageKind::Pdf, exchange::pdf::read(&bytes, &exchange::pdf::Limits::default()).unwrap()),
        Some("html") => (PageKind::Html, exchange::html::read(&bytes, &exchange::html::Limits::default()).unwrap()),
        Some("docx") => (PageKind::Docx, exchange::docx::read(&bytes, &exchange::archive::Limits::DOCUMENT).unwrap()),
        other => panic!("{other:?}"),
    };
    Page { address: file.file_name().unwrap().to_string_lossy().into_owned(), kind, passages }
}

fn check(folder: &Path, site: &Site) -> Report {
    let pages: Vec<Page> = site.files.iter().map(|file| read(&folder.join(file))).collect();
    let leader = site.leader.as_ref().map(|leader| Leader {
        name: leader.name.clone(),
        email: leader.email.clone(),
        telephone: leader.telephone.clone(),
    });
    publication::check(&pages, Vec::new(), &Known { kind: site.kind, leader, as_of: Date::constant(2026, 11, 24) })
}

/// Counts one half of the set; tells each answer that the labels do not share.
fn count(half: &str) -> (BTreeMap<&'static str, Tally>, Vec<String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages").join(half);
    let labels: Labels = toml::from_str(&fs::read_to_string(folder.join("labels.toml")).unwrap()).unwrap();
    let mut tallies = BTreeMap::<&str, Tally>::new();
    let mut differences = Vec::new();
    for site in &labels.site {
        let report = check(&folder, site);
        for code in site.found.iter().chain(&site.unclear) {
            assert!(Item::ALL.iter().any(|item| item.code() == code), "{code}");
        }
        for finding in &report.findings {
            let code = finding.item.code();
            let label = |list: &[String]| list.iter().any(|one| one == code);
            let there = label(&site.found);
            let said = finding.state == State::Found;
            let tally = tallies.entry(code).or_default();
            tally.both += u32::from(there && said);
            tally.said += u32::from(said);
            tally.there += u32::from(there);
            if said {
                println!(
                    "  {} {code}: {:?}",
                    site.files[0],
                    finding.quotes.iter().map(|quote| &quote.text).collect::<Vec<_>>()
                );
            }
            let expected = match (there, label(&site.unclear)) {
                (true, _) => State::Found,
                (_, true) => State::Unclear,
                _ => State::NotFound,
            };
            if finding.state != expected {
                let quotes: Vec<_> = finding.quotes.iter().map(|quote| &quote.text).collect();
                differences.push(format!(
                    "{} {code}: {expected:?}, answered {:?} {quotes:?} {:?}",
                    site.files[0], finding.state, finding.notes
                ));
            }
            let warned: Vec<String> = finding
                .notes
                .iter()
                .filter(|note| note.is_a_warning())
                .map(|note| format!("{code} {}", note.code()))
                .collect();
            let wanted: Vec<String> =
                site.notes.iter().filter(|note| note.starts_with(&format!("{code} "))).cloned().collect();
            if warned != wanted {
                differences.push(format!("{} warnings {warned:?}, wanted {wanted:?}", site.files[0]));
            }
        }
    }
    (tallies, differences)
}

/// Precision and recall of `found`, in per cent, over all items.
fn overall(tallies: &BTreeMap<&'static str, Tally>) -> (f64, f64) {
    let sum = |part: fn(&Tally) -> u32| f64::from(tallies.values().map(part).sum::<u32>());
    let both = sum(|tally| tally.both);
    (100.0 * both / sum(|tally| tally.said).max(1.0), 100.0 * both / sum(|tally| tally.there).max(1.0))
}

fn judge(half: &str, least_precision: f64, least_recall: f64) {
    let (tallies, differences) = count(half);
    println!("{half}: item, found and there / found / there");
    for (item, tally) in &tallies {
        println!("  {item:18} {:3} {:3} {:3}", tally.both, tally.said, tally.there);
    }
    let (precision, recall) = overall(&tallies);
    let sum = |part: fn(&Tally) -> u32| tallies.values().map(part).sum::<u32>();
    println!(
        "  {:18} {:3} {:3} {:3}",
        "all",
        sum(|tally| tally.both),
        sum(|tally| tally.said),
        sum(|tally| tally.there)
    );
    println!("  precision {precision:.1} %, recall {recall:.1} %");
    for difference in &differences {
        println!("  {difference}");
    }
    assert!(precision >= least_precision, "precision {precision:.1} %: {differences:#?}");
    assert!(recall >= least_recall, "recall {recall:.1} %: {differences:#?}");
}

#[test]
fn what_is_found_on_the_first_half_is_there() {
    judge("first", 100.0, 90.0);
}

#[test]
fn what_is_found_on_pages_that_no_rule_was_written_for_is_there() {
    judge("held_out", 100.0, 92.0);
}

#[test]
fn what_is_found_on_pages_written_after_the_rules_were_mended_is_there() {
    judge("after_mending", 100.0, 92.0);
}

#[test]
fn what_is_found_on_pages_that_the_rules_have_not_seen_is_there() {
    judge("fresh", 94.0, 57.0);
}
