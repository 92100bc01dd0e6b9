//! Settings from outside: where they come from, and what is said of wrong ones.

mod program;

use program::Program;

#[test]
fn options_overrule_the_environment_which_overrules_the_file() {
    let program = Program::new();
    std::fs::write(
        program.path("waymark.toml"),
        "listen = \"127.0.0.1:7001\"\npublic-address = \"http://127.0.0.1:7002\"\nupload-limit = \"1 MB\"\n",
    )
    .unwrap();
    let output = program
        .command(&["doctor", "--listen", "127.0.0.1:7003"])
        .env("WAYMARK_LISTEN", "127.0.0.1:7004")
        .env("WAYMARK_UPLOAD_LIMIT", "2 MB")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    for line in [
        "listen = 127.0.0.1:7003 (option)",
        "public-address = http://127.0.0.1:7002 (settings file)",
        "upload-limit = 2 MB (environment)",
        "data = data (not set, default)",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let program = Program::new();
    let ended = program.run(&["doctor", "--listen", "here", "--public-address", "careers", "--upload-limit", "much"]);
    assert_eq!(ended.code, Some(2));
    for name in ["listen", "public-address", "upload-limit"] {
        assert!(ended.complained.contains(&format!("{name} = ")), "{name}: {}", ended.complained);
    }
}

#[test]
fn a_key_that_is_none_is_refused_without_quoting_the_file() {
    let program = Program::new();
    std::fs::write(program.path("waymark.toml"), "log = \"warn\"\ndatabse = \"postgres://u:hidden-word@h/d\"\n")
        .unwrap();
    let ended = program.run(&["doctor"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.complained.contains("waymark.toml:2: unknown field `databse`"), "{}", ended.complained);
    assert!(!ended.complained.contains("hidden-word"), "{}", ended.complained);
}

#[test]
fn a_database_may_be_named_in_a_file_of_its_own() {
    let program = Program::new();
    std::fs::write(program.path("secret"), "postgres://waymark:hidden-word@127.0.0.1:1/waymark\n").unwrap();
    let ended = program.run(&["doctor", "--database-file", "secret"]);
    assert_eq!(ended.code, Some(4));
    assert!(ended.said.contains("database = postgres://waymark:…@127.0.0.1:1/waymark (option)"), "{}", ended.said);
}

#[test]
fn every_command_has_help_with_an_example() {
    let program = Program::new();
    for command in ["check", "import", "export", "serve", "demo", "doctor", "backup", "restore", "transfer", "openapi"]
    {
        let said = program.done(&[command, "--help"]);
        assert!(said.contains("Example") && said.contains(&format!("waymark {command}")), "{command}: {said}");
    }
}
