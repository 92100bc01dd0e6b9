//! `waymark site-check` from outside: what it prints, what it refuses, and how it ends. Servers on this machine are refused by the
//! program, always: how it reads websites is tested in `fetch`.

mod program;

use std::fs;

use program::Program;
use serde_json::Value;
use testkit::website::{Reply, Website};

const CAREERS: &str = "<!DOCTYPE html><title>Careers</title><h1>Careers</h1>
<p>Our careers leader is Robin Ashdown, careers@larkfield.example, telephone 01632 960001.</p>
<p>Next review of this information: 1 September 2027</p>";

fn saved(program: &Program) -> String {
    let folder = program.path("saved");
    fs::create_dir_all(folder.join("careers_files")).unwrap();
    fs::write(folder.join("careers.html"), CAREERS).unwrap();
    fs::write(folder.join("careers_files/photo.jpg"), [0xff, 0xd8]).unwrap();
    fs::write(folder.join("policy.pdf"), "no PDF at all").unwrap();
    folder.to_string_lossy().into_owned()
}

fn json(program: &Program, arguments: &[&str]) -> (Option<i32>, Value) {
    let ended = program.run(&[&["site-check", "--format", "json", "--as-of", "2026-11-24"], arguments].concat());
    let found = serde_json::from_str(&ended.said).unwrap_or_else(|error| panic!("{error}: {}", ended.complained));
    (ended.code, found)
}

fn item<'f>(found: &'f Value, code: &str) -> &'f Value {
    found["items"].as_array().unwrap().iter().find(|item| item["item"] == code).unwrap()
}

#[test]
fn a_folder_of_saved_pages_is_checked_item_by_item() {
    let program = Program::new();
    let folder = saved(&program);
    let (code, found) = json(&program, &[&folder, "--kind", "maintained-school"]);
    assert_eq!(code, Some(1), "the regulations ask for more than that");
    assert_eq!(found["items"].as_array().unwrap().len(), 22);
    let leader = item(&found, "WEB-1");
    assert_eq!((&leader["state"], &leader["force"]), (&"found".into(), &"must".into()));
    assert_eq!(leader["quotes"][0]["address"], "careers.html");
    assert_eq!(item(&found, "WEB-4")["state"], "found");
    let missing = item(&found, "WEB-3");
    assert_eq!(missing["state"], "not-found");
    assert!(missing["advice"].as_str().unwrap().starts_with("Say how you measure"));
    assert_eq!(found["pages"].as_array().unwrap().len(), 1);
    assert_eq!(found["unread"][0]["address"], "policy.pdf");
    assert_eq!(found["lacks_required"], true);
}

#[test]
fn what_differs_from_the_contacts_given_is_told() {
    let program = Program::new();
    let folder = saved(&program);
    let same = ["--leader-name", "Robin Ashdown", "--leader-email", "careers@larkfield.example"];
    let (_, found) = json(&program, &[&[folder.as_str(), "--kind", "academy"][..], &same].concat());
    assert_eq!(item(&found, "WEB-1")["notes"], serde_json::json!([]));
    let other = ["--leader-name", "Jo Beckett", "--leader-telephone", "01632 960999"];
    let (_, found) = json(&program, &[&[folder.as_str(), "--kind", "academy"][..], &other].concat());
    let notes: Vec<_> = item(&found, "WEB-1")["notes"].as_array().unwrap().iter().map(|note| &note["note"]).collect();
    assert_eq!(notes, ["name-differs", "telephone-differs"]);
}

#[test]
fn people_read_what_is_missing_first_with_what_to_do() {
    let program = Program::new();
    let folder = saved(&program);
    let ended = program.run(&["site-check", &folder, "--kind", "maintained-school", "--as-of", "2026-11-24"]);
    assert_eq!(ended.code, Some(1));
    let said = &ended.said;
    assert!(said.contains("on 24 November 2026\n1 page or document read. Of what is required, 2 found,"), "{said}");
    let (missing, there) = (said.find("\nNot found (").unwrap(), said.find("\nFound (").unwrap());
    assert!(missing < there, "{said}");
    assert!(said.contains("      To do: Say how you measure"), "{said}");
    assert!(said.contains("“Our careers leader is Robin Ashdown"), "{said}");
    assert!(said.contains("\nNot read (1)\n  policy.pdf\n      It is no PDF, or a damaged one.\n"), "{said}");
    assert!(ended.complained.is_empty(), "{}", ended.complained);
}

#[test]
fn one_saved_file_is_enough() {
    let program = Program::new();
    let folder = saved(&program);
    let (code, found) = json(&program, &[&format!("{folder}/careers.html"), "--kind", "fe-college"]);
    assert_eq!(code, Some(0), "of a college nothing is required by those regulations");
    assert_eq!(item(&found, "WEB-1")["force"], "best");
}

#[test]
fn this_machine_and_private_networks_are_refused_with_the_reason() {
    let program = Program::new();
    let website = Website::start(|_| Reply::Page(CAREERS.into()));
    for (address, reason) in [
        (website.address(), "this machine itself"),
        (website.address_by_name(), "usual ports"),
        ("http://127.0.0.1".into(), "this machine itself"),
        ("http://localhost/careers".into(), "this machine itself"),
        ("https://[::1]/".into(), "this machine itself"),
        ("http://[::ffff:192.168.1.1]/".into(), "translation between networks"),
        ("http://169.254.169.254/latest/meta-data/".into(), "local network only"),
        ("http://10.0.0.1:22/".into(), "private network"),
        ("file:///etc/passwd".into(), "http:// or https://"),
        ("https://robin:lantern@school.example/".into(), "name or password"),
        ("./no-such-folder".into(), "no folder or file"),
        ("no-such-folder".into(), "not an address"),
    ] {
        let ended = program.run(&["site-check", &address, "--kind", "academy"]);
        assert_eq!(ended.code, Some(2), "{address}: {}", ended.said);
        assert!(ended.complained.contains(reason), "{address}: {}", ended.complained);
        assert!(ended.said.is_empty() && !ended.complained.contains("lantern"), "{} {}", ended.said, ended.complained);
    }
    assert!(website.requests().is_empty(), "nothing was asked");
}

#[test]
fn no_setting_opens_this_machine_to_it() {
    let program = Program::new();
    let website = Website::start(|_| Reply::Page(CAREERS.into()));
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "WAYMARK_SITE_CHECK_GUARD", "NO_PROXY"] {
        let ended = program
            // A name that no resolver knows: only a proxy could make anything of it.
            .command(&["site-check", "http://school.example/", "--kind", "academy"])
            .env(name, website.address())
            .output()
            .unwrap();
        assert_eq!(ended.status.code(), Some(2), "{name}");
    }
    assert!(website.requests().is_empty(), "nothing was asked, of a proxy neither");
}

#[test]
fn the_kind_of_institution_is_asked_for_and_help_has_examples() {
    let program = Program::new();
    let ended = program.run(&["site-check", "saved"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.complained.contains("--kind"), "{}", ended.complained);
    let help = program.done(&["help", "site-check"]);
    assert!(help.contains("waymark site-check https://www.school.example/careers --kind academy"), "{help}");
    assert!(help.contains("maintained-school") && help.contains("Exit codes"), "{help}");
}

#[test]
fn an_empty_folder_and_files_that_are_none_are_no_website() {
    let program = Program::new();
    fs::create_dir(program.path("empty")).unwrap();
    let ended = program.run(&["site-check", "empty", "--kind", "academy"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.complained.contains("no .html, .docx or .pdf"), "{}", ended.complained);
    fs::create_dir(program.path("bad")).unwrap();
    fs::write(program.path("bad/statement.docx"), [0xd0, 0xcf, 0x11, 0xe0, 0xa1]).unwrap();
    fs::write(program.path("bad/large.html"), vec![b'x'; 50 << 20]).unwrap();
    let ended = program.run(&["site-check", "bad", "--kind", "academy"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.complained.contains("statement.docx: This is a Word file of the older kind"), "{}", ended.complained);
    assert!(ended.complained.contains("large.html: It is larger than 10 MB."), "{}", ended.complained);
}
