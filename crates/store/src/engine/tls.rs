//! TLS towards PostgreSQL, as the address asks for it: `sslmode` and `sslrootcert`, with the meaning that PostgreSQL's own programs
//! give them.
//!
//! | `sslmode` | encrypted | whose server it is |
//! | --- | --- | --- |
//! | `disable` | never | |
//! | `prefer` | if the server offers it | not checked |
//! | `require` | always | checked as by `verify-ca` if there is a `sslrootcert`, else not |
//! | `verify-ca` | always | its certificate leads to a trusted authority |
//! | `verify-full` | always | the same, and the certificate names the host of the address |
//!
//! If it is not set, it is `prefer` on this machine and, otherwise than with those programs, `verify-full` elsewhere: whoever wants less
//! for records about children has to say so.
//!
//! `sslrootcert` is a PEM file with the authorities to trust; without it, or with `system`, those that browsers trust.

use std::{fmt, sync::Arc};

use postgres::{
    Client, Config, NoTls,
    config::{Host, SslMode},
};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::OpenError;

/// How a server is reached.
#[derive(Clone)]
pub(super) struct Link {
    config: Config,
    /// Whether the address says nothing of TLS, and it was chosen for it.
    is_chosen: bool,
    /// `None`: in the clear.
    tls: Option<MakeRustlsConnect>,
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link").field("config", &self.config).field("tls", &self.tls.is_some()).finish()
    }
}

impl Link {
    /// From an address: what else it says goes into the configuration.
    pub(super) fn parse(address: &str) -> Result<Self, OpenError> {
        let asked = Asked::parse(address)?;
        let mut config: Config = asked.rest.parse().map_err(|_| OpenError::Address)?;
        let mode = mode(asked.mode, config.get_hosts());
        config.ssl_mode(match mode {
            Mode::Disable => SslMode::Disable,
            Mode::Prefer => SslMode::Prefer,
            Mode::Require | Mode::VerifyCa | Mode::VerifyFull => SslMode::Require,
        });
        let tls = match mode {
            Mode::Disable => None,
            mode => Some(MakeRustlsConnect::new(client(mode, asked.roots.as_deref())?)),
        };
        Ok(Self { config, is_chosen: asked.mode.is_none() && mode == Mode::VerifyFull, tls })
    }

    /// What may be behind a failure to connect, for who reads about it.
    pub(super) fn hint(&self) -> &'static str {
        if self.is_chosen {
            "; its address says nothing of TLS, so a certificate that names the host is asked for: add sslrootcert or another sslmode"
        } else {
            ""
        }
    }

    /// The configuration, for what does not concern TLS.
    pub(super) fn config(&mut self) -> &mut Config {
        &mut self.config
    }

    pub(super) fn connect(&self) -> Result<Client, postgres::Error> {
        match &self.tls {
            Some(tls) => self.config.connect(tls.clone()),
            None => self.config.connect(NoTls),
        }
    }
}

/// What holds: as asked, or as fits the hosts.
fn mode(asked: Option<Mode>, hosts: &[Host]) -> Mode {
    let is_here = |host: &Host| match host {
        Host::Tcp(name) => matches!(name.as_str(), "localhost" | "127.0.0.1" | "::1" | "[::1]"),
        Host::Unix(_) => true,
    };
    // Nobody listens between us and a socket of this machine, and servers do not offer TLS on one.
    if hosts.iter().all(|host| matches!(host, Host::Unix(_))) {
        return Mode::Disable;
    }
    asked.unwrap_or(if hosts.iter().all(is_here) { Mode::Prefer } else { Mode::VerifyFull })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Disable,
    Prefer,
    Require,
    VerifyCa,
    VerifyFull,
}

/// What an address says of TLS, and the address without it.
#[derive(Debug)]
struct Asked {
    mode: Option<Mode>,
    roots: Option<String>,
    rest: String,
}

impl Asked {
    fn parse(address: &str) -> Result<Self, OpenError> {
        let (place, query) = address.split_once('?').map_or((address, ""), |(place, query)| (place, query));
        let (mut mode, mut roots, mut kept) = (None, None, Vec::new());
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=').unwrap_or((pair, "")) {
                ("sslmode", value) => {
                    mode = Some(match value {
                        "disable" => Mode::Disable,
                        "prefer" => Mode::Prefer,
                        "require" => Mode::Require,
                        "verify-ca" => Mode::VerifyCa,
                        "verify-full" => Mode::VerifyFull,
                        other => {
                            return Err(OpenError::Tls(format!(
                                "sslmode={other} is none of disable, prefer, require, verify-ca and verify-full"
                            )));
                        }
                    });
                }
                ("sslrootcert", value) => roots = Some(decoded(value)).filter(|path| path != "system"),
                ("sslcert" | "sslkey" | "sslcrl", _) => {
                    return Err(OpenError::Tls(
                        "client certificates and lists of revoked ones are not supported".into(),
                    ));
                }
                _ => kept.push(pair),
            }
        }
        let rest = if kept.is_empty() { place.to_owned() } else { format!("{place}?{}", kept.join("&")) };
        Ok(Self { mode, roots, rest })
    }
}

/// The text that percent signs in an address stand for.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match digits.filter(|_| first == b'%').and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn client(mode: Mode, roots: Option<&str>) -> Result<ClientConfig, OpenError> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|error| OpenError::Tls(error.to_string()))?;
    let checks = match (mode, roots) {
        (Mode::VerifyFull, _) => Checks::Authority { name: true },
        (Mode::VerifyCa, _) | (Mode::Require, Some(_)) => Checks::Authority { name: false },
        _ => Checks::None,
    };
    let authority = match checks {
        Checks::None => None,
        Checks::Authority { .. } => {
            let roots = Arc::new(trusted(roots)?);
            let verifier = WebPkiServerVerifier::builder_with_provider(roots, provider.clone());
            Some(verifier.build().map_err(|error| OpenError::Tls(error.to_string()))?)
        }
    };
    let verifier = Verifier { provider, authority, name: checks == Checks::Authority { name: true } };
    Ok(builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Checks {
    None,
    Authority { name: bool },
}

/// The authorities of a file, or those that browsers trust.
fn trusted(file: Option<&str>) -> Result<RootCertStore, OpenError> {
    let Some(file) = file else {
        return Ok(RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() });
    };
    let bad = |why: &dyn fmt::Display| OpenError::Tls(format!("sslrootcert {file}: {why}"));
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(file).map_err(|error| bad(&error))? {
        roots.add(certificate.map_err(|error| bad(&error))?).map_err(|error| bad(&error))?;
    }
    if roots.is_empty() { Err(bad(&"there is no certificate in it")) } else { Ok(roots) }
}

/// Checks as much as was asked for. That the server holds the key of its certificate is checked always.
#[derive(Debug)]
struct Verifier {
    provider: Arc<CryptoProvider>,
    authority: Option<Arc<WebPkiServerVerifier>>,
    name: bool,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let Some(authority) = &self.authority else { return Ok(ServerCertVerified::assertion()) };
        match authority.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now) {
            Err(rustls::Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if !self.name => Ok(ServerCertVerified::assertion()),
            outcome => outcome,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_address_says_of_tls_is_taken_out_of_it() {
        let asked = Asked::parse(
            "postgres://w@db/w?connect_timeout=2&sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem&options=-c%20x",
        )
        .unwrap();
        assert_eq!((asked.mode, asked.roots.as_deref()), (Some(Mode::VerifyFull), Some("/etc/ca.pem")));
        assert_eq!(asked.rest, "postgres://w@db/w?connect_timeout=2&options=-c%20x");
        let asked = Asked::parse("postgres://w@db/w?sslrootcert=system").unwrap();
        assert_eq!((asked.mode, asked.roots, asked.rest.as_str()), (None, None, "postgres://w@db/w"));
        assert!(matches!(Asked::parse("postgres://w@db/w?sslmode=allow"), Err(OpenError::Tls(_))));
        assert!(matches!(Asked::parse("postgres://w@db/w?sslcert=x"), Err(OpenError::Tls(_))));
    }

    #[test]
    fn a_server_elsewhere_must_show_who_it_is_unless_the_address_says_otherwise() {
        let of = |address: &str| {
            let asked = Asked::parse(address).unwrap();
            let config: Config = asked.rest.parse().unwrap();
            mode(asked.mode, config.get_hosts())
        };
        assert_eq!(of("postgres://w@db.example/w"), Mode::VerifyFull);
        assert_eq!(of("postgres://w@10.0.0.7:5433/w"), Mode::VerifyFull);
        assert_eq!(of("postgres://w@localhost,db.example/w"), Mode::VerifyFull);
        assert_eq!(of("postgres://w@db.example/w?sslmode=disable"), Mode::Disable);
        assert_eq!(of("postgres://w@localhost/w"), Mode::Prefer);
        assert_eq!(of("postgres://w@127.0.0.1:5433/w"), Mode::Prefer);
        assert_eq!(of("postgres://w@%2Frun%2Fpostgresql/w?sslmode=require"), Mode::Disable);
        assert!(!Link::parse("postgres://w@db.example/w").unwrap().hint().is_empty());
        assert!(Link::parse("postgres://w@db.example/w?sslmode=verify-full").unwrap().hint().is_empty());
    }

    #[test]
    fn percent_signs_are_read_and_strays_stay() {
        assert_eq!(decoded("%2Fa%20b%zz%"), "/a b%zz%");
    }
}
