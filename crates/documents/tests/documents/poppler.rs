//! Poppler, Debian's reader of PDF: what somebody else finds in what we wrote.

use std::{io::Write as _, process::Command};

/// What `pdfinfo`, asked with these options, says of a file.
pub(crate) fn info(pdf: &[u8], options: &[&str]) -> String {
    run("pdfinfo", options, pdf, &[])
}

/// What a person can read and copy.
pub(crate) fn text(pdf: &[u8]) -> String {
    run("pdftotext", &["-layout"], pdf, &["-"])
}

/// The typefaces in a file, one a line.
pub(crate) fn fonts(pdf: &[u8]) -> String {
    run("pdffonts", &[], pdf, &[])
}

/// The pictures in a file that are made of pixels, one a line.
pub(crate) fn images(pdf: &[u8]) -> String {
    run("pdfimages", &["-list"], pdf, &[])
}

fn run(program: &str, options: &[&str], pdf: &[u8], rest: &[&str]) -> String {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(pdf).expect("written");
    let output = Command::new(program)
        .args(options)
        .arg(file.path())
        .args(rest)
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}. `cargo xtask setup` installs Poppler."));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}
