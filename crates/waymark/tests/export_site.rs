//! The public careers pages as a folder: written by the program, complete in themselves, and valid.

mod program;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use program::Program;

const ACADEMY: &str = "Waymark Demo Academy";

/// Every file beneath a folder, relative to it.
fn files(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(within) = folders.pop() {
        for entry in fs::read_dir(folder.join(&within)).unwrap() {
            let entry = entry.unwrap();
            let path = within.join(entry.file_name());
            match entry.file_type().unwrap().is_dir() {
                true => folders.push(path),
                false => drop(found.insert(path.to_string_lossy().replace('\\', "/"))),
            }
        }
    }
    found
}

/// What a page refers to in its own folder.
fn refers(page: &str) -> impl Iterator<Item = &str> {
    let parts = page.split([' ', '\n']).filter_map(|part| part.strip_prefix("href=\"").or(part.strip_prefix("src=\"")));
    let targets = parts.map(|part| part.split('"').next().unwrap_or_default());
    targets.map(|target| target.split('#').next().unwrap_or_default()).filter(|target| {
        !target.is_empty() && !["http://", "https://", "mailto:", "tel:"].iter().any(|start| target.starts_with(start))
    })
}

#[test]
fn the_public_pages_are_written_to_a_folder_that_stands_alone() {
    let program = Program::new();
    program.done(&["demo", "--database", "sqlite:demo.sqlite"]);
    let of = |more: &[&str]| {
        let mut arguments =
            vec!["export-site", "careers", "--database", "sqlite:demo.sqlite", "--institution", ACADEMY];
        arguments.extend_from_slice(more);
        program.run(&arguments)
    };
    let first = of(&[]);
    assert_eq!(first.code, Some(0), "{}", first.complained);
    assert!(first.said.contains("files written to careers"), "{}", first.said);
    let folder = program.path("careers");
    let written = files(&folder);
    assert!(
        written.contains("index.html") && written.contains("files/roadmap.pdf") && written.contains("embed/frame.html")
    );
    for page in written.iter().filter(|path| path.ends_with(".html")) {
        let html = fs::read_to_string(folder.join(page)).unwrap();
        for target in refers(&html) {
            assert!(!target.starts_with('/'), "{page}: {target} leads out of the folder");
            let at = Path::new(page).parent().unwrap().join(target);
            let at = at.to_string_lossy().replace("embed/../", "");
            assert!(written.contains(&at), "{page}: there is no {target}");
        }
        assert!(!html.contains("<script") && !html.contains("style=\""), "{page}");
    }
    validate(&folder);

    // What is there is not written over unless that is said; then only what is the export's own goes.
    let again = of(&[]);
    assert_eq!(again.code, Some(3), "{}", again.said);
    assert!(again.complained.contains("--overwrite"), "{}", again.complained);
    fs::write(folder.join("ours.html"), "ours").unwrap();
    let list = folder.join("waymark-files.txt");
    let old = fs::read_to_string(&list).unwrap() + "gone.html\n../outside.txt\n";
    fs::write(&list, old).unwrap();
    fs::write(folder.join("gone.html"), "public once").unwrap();
    fs::write(program.path("outside.txt"), "not ours").unwrap();
    let over = of(&["--overwrite"]);
    assert_eq!(over.code, Some(0), "{}", over.complained);
    assert!(over.said.contains("1 other file in it was left"), "{}", over.said);
    assert!(folder.join("ours.html").exists() && !folder.join("gone.html").exists());
    assert!(program.path("outside.txt").exists(), "nothing outside the folder is touched");

    let wrong = program.run(&["export-site", "b", "--database", "sqlite:demo.sqlite", "--institution", "Nowhere"]);
    assert_eq!(wrong.code, Some(3), "{}", wrong.complained);
    let college = ["export-site", "c", "--database", "sqlite:demo.sqlite", "--institution", "Waymark Demo College"];
    let nothing = program.run(&college);
    assert_eq!(nothing.code, Some(3), "{}", nothing.said);
    assert!(nothing.complained.contains("Nothing is public"), "{}", nothing.complained);
    assert!(!program.path("c").exists());

    // What is public no longer goes from where an earlier export put it.
    let folder = program.path("c");
    fs::create_dir(&folder).unwrap();
    for (name, text) in [("waymark-files.txt", "index.html\n"), ("index.html", "public once"), ("ours.html", "ours")] {
        fs::write(folder.join(name), text).unwrap();
    }
    let withdrawn = program.run(&[&college[..], &["--overwrite"]].concat());
    assert_eq!(withdrawn.code, Some(3), "{}", withdrawn.said);
    assert!(withdrawn.complained.contains("was removed"), "{}", withdrawn.complained);
    assert_eq!(files(&folder), ["ours.html".to_owned()].into());
}

/// Installs a validator of HTML and lets it read every page.
fn validate(folder: &Path) {
    let tools = tempfile::tempdir().unwrap();
    let install = Command::new("npm")
        .args(["install", "--no-audit", "--no-fund", "--silent", "html-validate@9.7.1"])
        .current_dir(tools.path())
        .output()
        .expect("npm is there");
    assert!(install.status.success(), "{}", String::from_utf8_lossy(&install.stderr));
    // How a page is set out is ours; what HTML asks is the standard's.
    let rules = r#"{ "root": true, "extends": ["html-validate:standard", "html-validate:a11y"] }"#;
    fs::write(tools.path().join(".htmlvalidate.json"), rules).unwrap();
    let pages = tools.path().join("pages");
    let whole = files(folder).into_iter().filter(|path| path.ends_with(".html") && !path.ends_with("fragment.html"));
    for page in whole {
        let at = pages.join(&page);
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        fs::copy(folder.join(&page), at).unwrap();
    }
    let read = Command::new("node_modules/.bin/html-validate")
        .args(["--formatter", "text", "pages"])
        .current_dir(tools.path())
        .output()
        .expect("the validator runs");
    let said = String::from_utf8_lossy(&read.stdout);
    assert!(read.status.success(), "{}\n{}", said, String::from_utf8_lossy(&read.stderr));
}
