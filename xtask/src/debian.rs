//! Packages of the system. Installed only if missing, only on Debian and its relatives, only with the right to.

use crate::{Outcome, step, workspace};

/// A package, and how to see that what it brings is there already, from whatever source.
pub(crate) struct Package {
    /// Its name in Debian.
    pub(crate) name: &'static str,
    /// What for.
    pub(crate) purpose: &'static str,
    /// Whether what it brings is there.
    pub(crate) is_present: fn() -> bool,
}

pub(crate) const NODE: Package =
    Package { name: "nodejs", purpose: "what pages and documents embed", is_present: || on_path("node") };
pub(crate) const NPM: Package =
    Package { name: "npm", purpose: "what pages and documents embed", is_present: || on_path("npm") };
pub(crate) const CHROMIUM: Package =
    Package { name: "chromium", purpose: "journeys in a real browser", is_present: || on_path("chromium") };
pub(crate) const CHROMIUM_DRIVER: Package =
    Package { name: "chromium-driver", purpose: "journeys in a real browser", is_present: || on_path("chromedriver") };
pub(crate) const POSTGRESQL: Package =
    Package { name: "postgresql", purpose: "the store's tests on PostgreSQL", is_present: postgresql };
pub(crate) const POPPLER: Package =
    Package { name: "poppler-utils", purpose: "reading documents back", is_present: || on_path("pdfinfo") };
pub(crate) const LIBREOFFICE: Package = Package {
    name: "libreoffice-writer-nogui",
    purpose: "opening documents as Word would",
    is_present: || on_path("soffice"),
};
pub(crate) const C_COMPILER: Package =
    Package { name: "build-essential", purpose: "building SQLite", is_present: || on_path("cc") };

pub(crate) const OPENSSL: Package =
    Package { name: "openssl", purpose: "certificates of the tests", is_present: || on_path("openssl") };

/// Installs those of `packages` that are missing. What cannot be installed is an error that says how to.
pub(crate) fn install(packages: &[Package]) -> Outcome {
    let missing: Vec<_> = packages.iter().filter(|package| !(package.is_present)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = missing.iter().map(|package| package.name).collect();
    for package in &missing {
        println!("  missing: {} (for {})", package.name, package.purpose);
    }
    let by_hand = format!(
        "Install them with `apt-get install {}`, or the like of your system, and run this again.",
        names.join(" ")
    );
    if !on_path("apt-get") {
        return Err(format!("This system has no apt-get. {by_hand}"));
    }
    let prefix: &[&str] = if is_root() {
        &[]
    } else if on_path("sudo") && step::succeeds(&mut step::command("sudo", &["-n", "true"])) {
        &["sudo", "-n"]
    } else {
        return Err(format!("Installing needs the rights of root. {by_hand}"));
    };
    let apt = |args: &[&str]| {
        let words: Vec<&str> = [prefix, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"], args].concat();
        step::run(&mut step::command(words[0], &words[1..]))
    };
    step::heading(&format!("Installing {}", names.join(", ")));
    // An old list is better than none: the install itself says what it could not find.
    if let Err(message) = apt(&["update"]) {
        println!("  {message}");
    }
    apt(&[&["install", "--yes", "--no-install-recommends"], names.as_slice()].concat())
        .map_err(|message| format!("{message} {by_hand}"))
}

fn on_path(name: &str) -> bool {
    workspace::program(name).is_some()
}

fn is_root() -> bool {
    step::output(&mut step::command("id", &["-u"])).as_deref() == Some("0")
}

/// The server's own programs are not on the path in Debian, only the client's.
fn postgresql() -> bool {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    on_path("initdb") || versions.map(|version| version.path().join("bin/initdb")).any(|initdb| initdb.is_file())
}
