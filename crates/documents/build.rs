//! Gathers the typefaces of documents from `node_modules`, to be embedded in the program.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::exit,
};

/// The typefaces' files within `node_modules/@expo-google-fonts`, which keeps them as TrueType.
const FONTS: [&str; 6] = [
    "atkinson-hyperlegible/400Regular/AtkinsonHyperlegible_400Regular.ttf",
    "atkinson-hyperlegible/400Regular_Italic/AtkinsonHyperlegible_400Regular_Italic.ttf",
    "atkinson-hyperlegible/700Bold/AtkinsonHyperlegible_700Bold.ttf",
    "atkinson-hyperlegible/700Bold_Italic/AtkinsonHyperlegible_700Bold_Italic.ttf",
    "noto-sans/400Regular/NotoSans_400Regular.ttf",
    "noto-sans/700Bold/NotoSans_700Bold.ttf",
];

fn main() {
    let packages = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"))
        .join("node_modules/@expo-google-fonts");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    for watched in ["build.rs", "package-lock.json", "node_modules/.package-lock.json"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    for font in FONTS {
        let from = packages.join(font);
        let to = out.join(Path::new(font).file_name().expect("it is a file"));
        let bytes = fs::read(&from).unwrap_or_else(|_| {
            stop(&format!(
                "{} is missing. Documents need their typefaces from npm: run `cargo xtask setup`, or `npm ci` in crates/documents.",
                from.display()
            ))
        });
        fs::write(&to, bytes).unwrap_or_else(|error| stop(&format!("cannot write {}: {error}", to.display())));
    }
}

/// Cargo shows this message and stops the build.
fn stop(message: &str) -> ! {
    println!("cargo::error={message}");
    exit(1)
}
