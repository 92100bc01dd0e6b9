//! Certificates of a test's own authority, made by `openssl`.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

/// An authority that nobody trusts but the test.
#[derive(Debug)]
pub struct Authority {
    folder: TempDir,
}

/// A certificate and its key, as PEM files. They are gone when the authority is.
#[derive(Debug, Clone)]
pub struct Issued {
    /// The certificate.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

impl Default for Authority {
    fn default() -> Self {
        Self::new()
    }
}

impl Authority {
    /// A new one.
    ///
    /// # Panics
    /// With the reason, if there is no `openssl` or it fails.
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("waymark-ca-").tempdir().expect("a temporary folder");
        let authority = Self { folder };
        openssl(
            Command::new("openssl")
                .args(["req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"])
                .args(["-days", "2", "-subj", "/CN=An authority of the tests"])
                .args(["-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign"])
                .arg("-keyout")
                .arg(authority.path("authority.key"))
                .arg("-out")
                .arg(authority.certificate()),
        );
        authority
    }

    /// The authority's own certificate, for those who are to trust it.
    pub fn certificate(&self) -> PathBuf {
        self.path("authority.pem")
    }

    /// A server's certificate. `names` are as `DNS:localhost,IP:127.0.0.1`; the files are called `file`.
    ///
    /// # Panics
    /// As [`Authority::new`].
    pub fn issue(&self, file: &str, names: &str) -> Issued {
        let issued = Issued { certificate: self.path(&format!("{file}.pem")), key: self.path(&format!("{file}.key")) };
        openssl(
            Command::new("openssl")
                .args(["req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"])
                .args([
                    "-days",
                    "2",
                    "-subj",
                    "/CN=A server of the tests",
                    "-addext",
                    "basicConstraints=critical,CA:FALSE",
                ])
                .args(["-addext", "extendedKeyUsage=serverAuth", "-addext", &format!("subjectAltName={names}"), "-CA"])
                .arg(self.certificate())
                .arg("-CAkey")
                .arg(self.path("authority.key"))
                .arg("-keyout")
                .arg(&issued.key)
                .arg("-out")
                .arg(&issued.certificate),
        );
        issued
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(Path::new(name))
    }
}

#[track_caller]
fn openssl(command: &mut Command) {
    match command.output() {
        Ok(output) if output.status.success() => {}
        Ok(output) => panic!("openssl: {}", String::from_utf8_lossy(&output.stderr)),
        Err(error) => panic!("this test needs the program openssl: {error}"),
    }
}
