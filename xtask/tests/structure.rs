//! The house keeps its plan: what ARCHITECTURE.md says of the workspace as a whole is compared with the workspace.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// Every file that is, or could be, committed, by its path from the root.
fn files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let name = entry.file_name();
            let hidden = name.to_string_lossy().starts_with('.') && name != ".ci" && name != ".cargo";
            if hidden || name == "target" || name == "node_modules" || name == "data" {
                continue;
            }
            match entry.file_type().unwrap() {
                kind if kind.is_dir() => folders.push(entry.path()),
                kind if kind.is_file() => found.push(entry.path().strip_prefix(root()).unwrap().to_owned()),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

fn with_extension(extension: &str) -> Vec<PathBuf> {
    files().into_iter().filter(|file| file.extension().is_some_and(|found| found == extension)).collect()
}

fn read(file: &Path) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The picture that house and ARCHITECTURE.md draw: which crates each crate may use.
fn picture() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    BTreeMap::from([
        ("domain", [].into()),
        ("rules", ["domain"].into()),
        ("exchange", ["domain"].into()),
        // Documents show findings.
        ("documents", ["domain", "rules"].into()),
        // A policy is composed into a document.
        ("policy", ["domain", "documents"].into()),
        // The store keeps findings that were signed, and hands over facts: it knows the types of both.
        ("store", ["domain", "rules"].into()),
        ("app", ["domain", "rules", "exchange", "documents", "policy", "publication", "fetch", "store"].into()),
        // Pages show findings and problems; they ask app for everything.
        ("web", ["domain", "rules", "exchange", "policy", "publication", "app"].into()),
        ("demo", ["domain", "rules", "exchange", "policy", "app"].into()),
        (
            "waymark",
            ["domain", "rules", "exchange", "policy", "publication", "fetch", "store", "app", "web", "demo"].into(),
        ),
        // What websites say, read by exchange.
        ("publication", ["domain", "exchange"].into()),
        // Asks websites, and hands over what publication looks at.
        ("fetch", ["domain", "exchange", "publication"].into()),
        ("testkit", ["domain"].into()),
    ])
}

/// Everything that a crate rests on, directly or not.
fn before<'p>(picture: &BTreeMap<&'p str, BTreeSet<&'p str>>, name: &str) -> BTreeSet<&'p str> {
    let direct = &picture[name];
    direct.iter().copied().chain(direct.iter().flat_map(|name| before(picture, name))).collect()
}

#[test]
fn crates_use_only_what_the_picture_allows() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata = cargo_metadata::MetadataCommand::parse(std::str::from_utf8(&output.stdout).unwrap()).unwrap();
    let picture = picture();
    let inside: Vec<_> =
        metadata.packages.iter().filter(|package| package.manifest_path.starts_with(root().join("crates"))).collect();
    assert_eq!(
        inside.iter().map(|package| package.name.as_str()).collect::<BTreeSet<_>>(),
        picture.keys().copied().collect(),
        "crates/ and the picture name the same crates"
    );
    for package in inside {
        let folder = package.manifest_path.parent().unwrap().file_name().unwrap();
        assert_eq!(folder, package.name.as_str(), "folder and package have the same name");
        for dependency in package.dependencies.iter().filter(|dependency| dependency.path.is_some()) {
            let name = dependency.name.as_str();
            // Tests stand a thing up whole: they may use whatever lies before it, and the demo as a story.
            let for_tests = dependency.kind == cargo_metadata::DependencyKind::Development
                && (["testkit", "demo"].contains(&name) || before(&picture, &package.name).contains(name));
            let allowed = for_tests || picture[package.name.as_str()].contains(name);
            assert!(allowed, "{} must not use {}: arrows point one way", package.name, dependency.name);
        }
    }
}

#[test]
fn only_the_store_holds_sql() {
    // In capitals and followed by what follows them in a statement: prose seldom looks like that.
    const STATEMENTS: [&str; 8] = [
        "SELECT ",
        "INSERT INTO ",
        "DELETE FROM ",
        "CREATE TABLE",
        "ALTER TABLE",
        "DROP TABLE",
        "PRAGMA ",
        "ON CONFLICT",
    ];
    let clients = ["rusqlite::", "postgres::", "r2d2::"];
    let mut found = Vec::new();
    for file in with_extension("rs") {
        // testkit starts a private PostgreSQL and makes empty databases in it; it knows no table. The test of the audit trail tampers
        // with the file behind the program's back.
        let exempt = ["crates/store", "crates/testkit", "xtask/tests", "crates/waymark/tests/audit.rs"];
        let exempt = exempt.iter().any(|place| file.starts_with(place));
        if exempt {
            continue;
        }
        for (number, line) in read(&file).lines().enumerate() {
            let comment = line.trim_start().starts_with("//");
            let statement = STATEMENTS.iter().any(|needle| line.contains(needle));
            // `testkit::postgres` is no client of a database.
            let client = clients.iter().any(|name| line.match_indices(name).any(|(at, _)| !line[..at].ends_with("::")));
            if !comment && (statement || client) {
                found.push(format!("{}:{}: {}", file.display(), number + 1, line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn only_app_opens_transactions() {
    let openings = [".read(|tx|", ".write(|tx|", "&mut Tx"];
    let mut found = Vec::new();
    for file in with_extension("rs") {
        let may =
            ["crates/app", "crates/store", "benches", "xtask/tests"].iter().any(|folder| file.starts_with(folder));
        if may || file.components().any(|part| part.as_os_str() == "tests") {
            continue;
        }
        for (number, line) in read(&file).lines().enumerate() {
            if openings.iter().any(|opening| line.contains(opening)) {
                found.push(format!("{}:{}: {}", file.display(), number + 1, line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn what_lies_left_of_the_store_touches_nothing_outside() {
    let ambient = ["std::fs", "std::env", "std::net", "std::process", "std::thread", "Instant::now", "async fn"];
    for file in with_extension("rs") {
        let pure = ["domain", "rules", "exchange", "documents", "policy", "publication"]
            .iter()
            .any(|name| file.starts_with(Path::new("crates").join(name).join("src")));
        if !pure || file.ends_with("tests.rs") || file.components().any(|part| part.as_os_str() == "tests") {
            continue;
        }
        let text = read(&file);
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for needle in ambient {
            let found = code.lines().position(|line| line.contains(needle) && !line.trim_start().starts_with("//"));
            assert!(found.is_none(), "{}:{}: {needle}", file.display(), found.unwrap_or(0) + 1);
        }
    }
}

#[test]
fn no_source_file_is_longer_than_500_lines() {
    let long: Vec<_> = with_extension("rs")
        .into_iter()
        .map(|file| (read(&file).lines().count(), file))
        .filter(|(lines, _)| *lines > 500)
        .collect();
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn no_file_is_a_drawer() {
    for file in with_extension("rs") {
        let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(
            !["utils", "util", "helpers", "helper", "common", "misc"].contains(&stem.as_str()),
            "{}",
            file.display()
        );
    }
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    let mut broken = Vec::new();
    for file in with_extension("md") {
        let text = read(&file);
        let mut fenced = false;
        for (number, line) in text.lines().enumerate() {
            fenced ^= line.trim_start().starts_with("```");
            if fenced {
                continue;
            }
            for link in line.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link) {
                if link.contains("://") || link.starts_with("mailto:") || link.starts_with('/') {
                    continue;
                }
                let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
                let target =
                    if path.is_empty() { root().join(&file) } else { root().join(file.parent().unwrap()).join(path) };
                let leads = target.exists()
                    && (anchor.is_empty()
                        || fs::read_to_string(&target).is_ok_and(|text| anchors(&text).contains(anchor)));
                if !leads {
                    broken.push(format!("{}:{}: {link}", file.display(), number + 1));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// The anchors of a document's headings: lower case, spaces to hyphens, punctuation left out.
fn anchors(text: &str) -> BTreeSet<String> {
    text.lines()
        .filter(|line| line.starts_with('#'))
        .map(|line| {
            let heading = line.trim_start_matches('#').trim().to_lowercase();
            heading
                .chars()
                .filter_map(|c| match c {
                    ' ' => Some('-'),
                    c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c),
                    _ => None,
                })
                .collect()
        })
        .collect()
}

#[test]
fn lock_files_name_no_registry_host() {
    for file in files().into_iter().filter(|file| file.ends_with("package-lock.json")) {
        let text = read(&file);
        assert!(!text.contains("\"resolved\": \"http"), "{}: see .npmrc", file.display());
    }
}
