//! LibreOffice and Python: what other programs make of what we wrote.

use std::{fs, process::Command};

/// The file as LibreOffice sets it, as PDF.
pub(crate) fn as_pdf(docx: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("document.docx");
    fs::write(&file, docx).expect("written");
    let output = Command::new("soffice")
        // A profile of its own: two tests may run at once.
        .arg(format!("-env:UserInstallation=file://{}", folder.path().join("profile").display()))
        .args(["--headless", "--norestore", "--convert-to", "pdf", "--outdir"])
        .arg(folder.path())
        .arg(&file)
        .output()
        .unwrap_or_else(|error| panic!("soffice: {error}. `cargo xtask setup` installs LibreOffice."));
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    fs::read(folder.path().join("document.pdf")).unwrap_or_else(|error| panic!("{error}: {said}"))
}

/// What a program in Python with these packages prints about a file, whose path is its argument.
pub(crate) fn python(packages: &[&str], program: &str, file: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("document");
    fs::write(&path, file).expect("written");
    let output =
        Command::new(testkit::python::with(packages)).args(["-c", program]).arg(&path).output().expect("Python runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}
