//! Writes `docs/catalogue` anew from the rulebook. `cargo xtask generate` does this among other things.

use std::{error::Error, fs, path::Path};

use rules::{Cases, Fault, Rulebook, catalogue};

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    collect(&root.join("rulebook"), "", &mut files)?;
    let rulebook = Rulebook::load(&files).map_err(|faults| lines(&faults))?;
    let cases = Cases::load(&rulebook, &files).map_err(|faults| lines(&faults))?;
    let target = root.join("docs/catalogue");
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    for (path, text) in catalogue::markdown(&rulebook, &cases) {
        let path = target.join(path);
        fs::create_dir_all(path.parent().unwrap_or(&target))?;
        fs::write(path, text)?;
    }
    Ok(())
}

fn lines(faults: &[Fault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, String)>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files)?;
        } else if name.ends_with(".toml") {
            files.push((name, fs::read_to_string(entry.path())?));
        }
    }
    Ok(())
}
