//! Where things lie.

use std::{
    env,
    path::{Path, PathBuf},
};

/// The workspace's root.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace")
}

/// Where built files go: `$CARGO_TARGET_DIR` if set; else, so that several checkouts share what they built, the cache
/// folder's `target` if it exists; else the checkout's own `target`.
pub(crate) fn target() -> PathBuf {
    if let Some(folder) = env::var_os("CARGO_TARGET_DIR").filter(|folder| !folder.is_empty()) {
        return env::current_dir().unwrap_or_else(|_| root().to_owned()).join(folder);
    }
    cache().map(|cache| cache.join("target")).filter(|folder| folder.is_dir()).unwrap_or_else(|| root().join("target"))
}

/// Where tools are kept that are built once per machine: the cache folder if there is one, else beside built files.
pub(crate) fn tools() -> PathBuf {
    cache().filter(|cache| cache.is_dir()).unwrap_or_else(target).join("tools")
}

fn cache() -> Option<PathBuf> {
    env::var_os("HOME").map(|home| Path::new(&home).join(".cache/waymark"))
}

/// The program `name` on the path, if it is there.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(|file| file.is_file())
}
