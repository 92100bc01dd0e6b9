//! Embeds the rulebook and the wording: the program needs no files beside it, and `rules` and `policy` read no disk.

use std::{env, fmt::Write, fs, path::Path};

fn main() {
    embed("rulebook");
    embed("wording");
}

/// Writes a list of a folder's files, to be included.
fn embed(name: &str) {
    let folder = &Path::new("../..").join(name);
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files = Vec::new();
    collect(folder, "", &mut files);
    files.sort();
    let mut source = String::from("&[\n");
    for (name, path) in files {
        println!("cargo::rerun-if-changed={path}");
        writeln!(source, "    ({name:?}, include_str!({path:?})),").expect("writing to a string does not fail");
    }
    source.push(']');
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join(format!("{name}.rs")), source).expect("the build folder can be written");
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, String)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        // Packs that are wrong on purpose are for the tests of `rules`.
        if path.is_dir() && name == "broken" {
            continue;
        }
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), files);
        } else if name.ends_with(".toml") {
            let path = path.canonicalize().expect("the rulebook can be read");
            files.push((format!("{prefix}{name}"), path.to_string_lossy().into_owned()));
        }
    }
}
