//! A Python with packages that are not ours, so that another program's reading of our files is the judge of them.

use std::{
    collections::hash_map::DefaultHasher,
    env, fs,
    hash::{Hash, Hasher},
    path::{Path, PathBuf},
    process::Command,
};

/// The Python of an environment with these packages, which is made if it is not there: under the machine's folder for caches if
/// it has one, so that it is made once, else under that for temporary files.
///
/// # Panics
/// If Python or a package cannot be had.
pub fn with(packages: &[&str]) -> PathBuf {
    let mut hasher = DefaultHasher::new();
    packages.hash(&mut hasher);
    let name = format!("waymark-python-{:016x}", hasher.finish());
    let place = caches().unwrap_or_else(env::temp_dir).join(name);
    let python = |place: &Path| place.join("bin").join("python");
    if python(&place).exists() {
        return python(&place);
    }
    // Made beside and moved into place when it is whole: two tests may want it at once.
    let made = tempfile::Builder::new().prefix("waymark-python-").tempdir_in(place.parent().expect("a folder"));
    let made = made.expect("a folder for Python").keep();
    run(Command::new("python3").args(["-m", "venv"]).arg(&made));
    let mut install = Command::new(python(&made));
    run(install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(packages));
    if fs::rename(&made, &place).is_err() {
        // Another test was faster.
        let _ = fs::remove_dir_all(&made);
    }
    python(&place)
}

/// The folder in which this machine keeps what can be had again, if it is there.
fn caches() -> Option<PathBuf> {
    let named = env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let usual = env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
    [named, usual].into_iter().flatten().find(|folder| folder.is_dir())
}

fn run(command: &mut Command) {
    let output = command.output().expect("python3 is installed");
    assert!(output.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&output.stderr));
}
