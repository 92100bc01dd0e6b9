//! Every reader on every file of the fuzz corpus and the fixtures, and on mutations of them: nothing may panic. Always the
//! same mutations, so that a failure can be repeated; `FUZZ_ROUNDS` asks for more of them than a test run should take. The
//! coverage-guided kind of fuzzing is in `fuzz/`.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

#[path = "../../../fuzz/readers.rs"]
mod readers;

/// Mutations of each file.
const ROUNDS: u32 = 60;

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

/// Pieces that readers treat in a special way.
const PIECES: [&[u8]; 26] = [
    b"\"",
    b"\"\"",
    b",",
    b";",
    b"\r",
    b"\n",
    b"\r\n\r\n",
    b"\0",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xC3",
    b"<",
    b"</",
    b"/>",
    b"<!--",
    b"<![CDATA[",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"&b;",
    b"&#x110000;",
    b">>> users.csv\n",
    b"-1",
    b"99999999999999999999",
    b"9999-99-99",
    b"1.0E+400",
    "\u{202e}é\u{10ffff}".as_bytes(),
    b"PK\x05\x06",
];

fn mutate(bytes: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() + 1);
        let length = random.below(64).min(bytes.len() - at);
        match random.below(8) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..at + length)),
            2 => {
                let copy = bytes[at..at + length].to_vec();
                let to = random.below(bytes.len() + 1);
                bytes.splice(to..to, copy);
            }
            3 => {
                let piece = PIECES[random.below(PIECES.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            4 => {
                let piece = PIECES[random.below(PIECES.len())];
                bytes.splice(at..at + length, piece.iter().copied());
            }
            5 => {
                let from = random.below(other.len() + 1);
                let length = random.below(200).min(other.len() - from);
                bytes.splice(at..at, other[from..from + length].iter().copied());
            }
            _ if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            _ => {}
        }
    }
    bytes
}

fn files_under(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files = Vec::new();
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() {
            files.extend(files_under(&path));
        } else if !path.ends_with(".gitattributes") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Runs a reader on all files in these folders of the corpus and of the fixtures.
fn run(reader: fn(&[u8]), corpus: &str, fixtures: Option<&str>) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = files_under(&here.join("../../fuzz/corpus").join(corpus));
    paths.extend(fixtures.map(|name| files_under(&here.join("tests/fixtures").join(name))).unwrap_or_default());
    assert!(!paths.is_empty(), "no file to begin with");
    let seeds: Vec<Vec<u8>> = paths.iter().map(|path| std::fs::read(path).expect("a file of ours")).collect();
    let rounds = std::env::var("FUZZ_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(ROUNDS);
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for (path, seed) in paths.iter().zip(&seeds) {
        reader(seed);
        for round in 0..rounds {
            let other = &seeds[random.below(seeds.len())];
            let bytes = mutate(seed, other, &mut random);
            if catch_unwind(AssertUnwindSafe(|| reader(&bytes))).is_err() {
                let kept = std::env::temp_dir().join(format!("waymark-fuzz-{corpus}-{round}"));
                std::fs::write(&kept, &bytes).expect("room for what failed");
                panic!("round {round} of {} fails; the bytes are in {}", path.display(), kept.display());
            }
        }
    }
}

#[test]
fn separated_values_never_panic() {
    run(readers::sheet, "sheet", Some("gias"));
}

#[test]
fn workbooks_never_panic() {
    run(readers::workbook, "workbook", None);
}

#[test]
fn learners_through_a_mapping_never_panic() {
    run(readers::mis, "mis", None);
}

#[test]
fn activities_and_participation_never_panic() {
    run(readers::records, "records", None);
}

#[test]
fn folders_never_panic() {
    run(readers::folder, "folder", None);
}

#[test]
fn packages_never_panic() {
    run(readers::oneroster, "oneroster", None);
}

#[test]
fn zipped_packages_never_panic() {
    run(readers::oneroster_zip, "oneroster_zip", None);
}

#[test]
fn transfer_files_never_panic() {
    run(readers::ctf, "ctf", Some("ctf"));
}

#[test]
fn word_documents_never_panic() {
    run(readers::docx, "docx", None);
}

#[test]
fn pages_of_websites_never_panic() {
    run(readers::html, "html", None);
}

#[test]
fn pdf_files_never_panic() {
    run(readers::pdf, "pdf", None);
}

#[test]
fn the_register_never_panics() {
    run(readers::gias, "gias", Some("gias"));
}
