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
fn mail_and_identity_providers_come_from_the_file_and_the_environment_and_show_no_secret() {
    let program = Program::new();
    std::fs::write(program.path("mail-password"), "hidden-word\n").unwrap();
    std::fs::write(
        program.path("waymark.toml"),
        "[smtp]\nhost = \"mail.school.example\"\nusername = \"careers\"\npassword-file = \"mail-password\"\n\
         from = \"Waymark <careers@school.example>\"\n\
         [[openid]]\nname = \"staff\"\nlabel = \"Larkfield staff\"\nkind = \"entra\"\ntenant = \"8a3f5b1c-0000-4000-8000-000000000000\"\nclient-id = \"w1\"\n\
         client-secret = \"hidden-word\"\n\
         [[openid]]\nname = \"trust\"\nkind = \"google\"\nhosted-domain = \"trust.example\"\nclient-id = \"w2\"\n",
    )
    .unwrap();
    let output = program
        .command(&["doctor"])
        .env("WAYMARK_SMTP_SECURITY", "tls")
        .env("WAYMARK_OPENID", "hub")
        .env("WAYMARK_OPENID_TRUST_CLIENT_SECRET", "hidden-word")
        .env("WAYMARK_OPENID_HUB_ISSUER", "https://id.hub.example")
        .env("WAYMARK_OPENID_HUB_CLIENT_ID", "w3")
        .env("WAYMARK_OPENID_HUB_CLIENT_SECRET_FILE", "mail-password")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    for line in [
        "smtp = mail.school.example:465, tls, from Waymark <careers@school.example>, as careers with password …",
        "openid staff = Larkfield staff (entra, tenant 8a3f5b1c-0000-4000-8000-000000000000), https://login.microsoftonline.com/8a3f5b1c-0000-4000-8000-000000000000/v2.0, as w1 with client-secret …",
        "openid trust = trust (google, domain trust.example), https://accounts.google.com, as w2 with client-secret …",
        "openid hub = hub (other), https://id.hub.example, as w3 with client-secret …",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    assert!(!said.contains("hidden-word"), "{said}");
}

#[test]
fn the_doctor_looks_at_proxies_and_at_the_way_to_the_database() {
    let program = Program::new();
    let arguments = ["doctor", "--public-address", "https://careers.example.invalid"];
    assert!(program.run(&arguments).said.contains("look  proxies: none is trusted"));
    let trusting = [&arguments[..], &["--trusted-proxies", "127.0.0.1"]].concat();
    assert!(!program.run(&trusting).said.contains("look  proxies"));
    std::fs::write(
        program.path("secret"),
        "postgres://waymark:hidden-word@db.example.invalid/waymark?sslmode=require\n",
    )
    .unwrap();
    let said = program.run(&["doctor", "--database-file", "secret"]).said;
    assert!(said.contains("look  database: on another machine") && !said.contains("hidden-word"), "{said}");
    let said = program.run(&["doctor", "--tls-certificate", "nowhere.pem", "--tls-key", "nowhere.key"]).said;
    assert!(said.contains("BAD   certificate: nowhere.pem"), "{said}");
}

#[test]
fn what_is_wrong_with_mail_providers_proxies_and_tls_is_said_at_once() {
    let program = Program::new();
    std::fs::write(
        program.path("waymark.toml"),
        "trusted-proxies = [\"10.0.0.0/8\", \"the-proxy\"]\ntls-key = \"key.pem\"\n\
         [smtp]\nhost = \"mail.school.example\"\nsecurity = \"none\"\nusername = \"careers\"\npassword = \"hidden-word\"\n\
         [[openid]]\nname = \"staff\"\nissuer = \"http://id.example\"\nclient-id = \"w\"\nclient-secret = \"hidden-word\"\n\
         client-secret-file = \"nowhere\"\n\
         [[openid]]\nname = \"Trust\"\n[[openid]]\nname = \"hub\"\nkind = \"entra\"\n\
         [[openid]]\nname = \"all\"\nkind = \"entra\"\ntenant = \"common\"\nclient-id = \"w\"\nclient-secret = \"hidden-word\"\n",
    )
    .unwrap();
    let ended = program.run(&["doctor"]);
    assert_eq!(ended.code, Some(2));
    for words in [
        "trusted-proxies: \"the-proxy\" (settings file)",
        "tls-key is set (settings file), but tls-certificate is not",
        "smtp security = none: the password would travel",
        "smtp from: write",
        "openid staff: issuer = \"http://id.example\": it must begin with https://",
        "openid staff client-secret and openid staff client-secret-file are both set",
        "openid name = \"Trust\"",
        "openid hub: client-id is missing",
        "openid hub: tenant is missing",
        "openid all: tenant = \"common\" would let in people of every organisation",
    ] {
        assert!(ended.complained.contains(words), "{words}\n{}", ended.complained);
    }
    assert!(!ended.complained.contains("hidden-word"), "{}", ended.complained);
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
