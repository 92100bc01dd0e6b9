//! The way to PostgreSQL is encrypted, and the server is who it should be, as far as the address asks for it.

use std::sync::OnceLock;

use store::{OpenError, Store};
use testkit::{certificate::Authority, postgres::Cluster};

/// A server whose certificate names `localhost`, from an authority that nobody else trusts.
fn server() -> &'static (Authority, Cluster) {
    static SERVER: OnceLock<(Authority, Cluster)> = OnceLock::new();
    SERVER.get_or_init(|| {
        let authority = Authority::new();
        let certificate = authority.issue("server", "DNS:localhost");
        let cluster = Cluster::start_with_tls(&certificate).expect("a server");
        (authority, cluster)
    })
}

/// Opens with this mode, and returns whether the connections of the store are encrypted.
fn encrypted(host: &str, asked: &str) -> Result<bool, OpenError> {
    let (_, cluster) = server();
    let address = cluster.at_port(host);
    let store = Store::open(&format!("{address}{asked}"))?;
    store.migrate()?;
    let name = address.rsplit('/').next().unwrap();
    let mut other = postgres::Client::connect(&cluster.database(), postgres::NoTls).unwrap();
    let seen = "SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE datname = $1";
    Ok(other.query_one(seen, &[&name]).unwrap().get(0))
}

fn trusting(mode: &str) -> String {
    format!("?sslmode={mode}&sslrootcert={}", server().0.certificate().display())
}

#[test]
fn what_the_address_asks_for_is_done() {
    assert!(!encrypted("localhost", "?sslmode=disable").unwrap());
    for asked in ["", "?sslmode=prefer", "?sslmode=require"] {
        assert!(encrypted("localhost", asked).unwrap(), "{asked}");
    }
    for mode in ["require", "verify-ca", "verify-full"] {
        assert!(encrypted("localhost", &trusting(mode)).unwrap(), "{mode}");
    }
}

#[test]
fn a_server_whose_authority_is_not_trusted_is_not_talked_to() {
    for asked in ["?sslmode=verify-ca", "?sslmode=verify-full", "?sslmode=verify-full&sslrootcert=system"] {
        let outcome = encrypted("localhost", asked);
        assert!(matches!(&outcome, Err(OpenError::Unreachable(why)) if why.contains("certificate")), "{outcome:?}");
    }
    let stranger = Authority::new();
    let outcome = encrypted("localhost", &format!("?sslmode=require&sslrootcert={}", stranger.certificate().display()));
    assert!(matches!(&outcome, Err(OpenError::Unreachable(why)) if why.contains("certificate")), "{outcome:?}");
}

#[test]
fn a_server_of_another_name_is_not_talked_to_when_the_name_is_to_be_checked() {
    let outcome = encrypted("127.0.0.1", &trusting("verify-full"));
    assert!(matches!(&outcome, Err(OpenError::Unreachable(why)) if why.contains("certificate")), "{outcome:?}");
    assert!(encrypted("127.0.0.1", &trusting("verify-ca")).unwrap());
}

#[test]
fn a_server_without_tls_is_not_talked_to_when_tls_is_asked_for() {
    use std::io::{Read, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut asked = [0; 8];
        stream.read_exact(&mut asked).unwrap();
        // What PostgreSQL says when it has no TLS; after it the password would follow in the clear.
        stream.write_all(b"N").unwrap();
        let mut more = Vec::new();
        let _ = stream.read_to_end(&mut more);
        more
    });
    let outcome = Store::open(&format!("postgres://waymark:hidden-word@127.0.0.1:{port}/waymark?sslmode=require"));
    assert!(matches!(&outcome, Err(OpenError::Unreachable(why)) if why.contains("TLS")), "{outcome:?}");
    assert!(server.join().unwrap().is_empty(), "nothing is sent after the refusal");
}

#[test]
fn a_file_of_authorities_that_is_none_says_so() {
    for (file, words) in [("/not/there.pem", "/not/there.pem"), ("/dev/null", "no certificate")] {
        let outcome = encrypted("localhost", &format!("?sslmode=verify-full&sslrootcert={file}"));
        assert!(matches!(&outcome, Err(OpenError::Tls(why)) if why.contains(words)), "{outcome:?}");
    }
}
