//! The database that the settings name, and what its failures mean to the person.

use std::path::Path;

use store::{OpenError, Store, transfer::TransferError};

use crate::{
    exit::Failure,
    settings::{Origin, Settings, redacted},
};

/// Opens the database of the settings and brings it up to date. The folder of the default database is made if need be.
pub(crate) fn open(settings: &Settings) -> Result<Store, Failure> {
    if settings.database.from == Origin::Default || settings.database.from == settings.data.from {
        std::fs::create_dir_all(&settings.data.value).map_err(|error| {
            Failure::Database(format!("The data folder {} cannot be made: {error}.", settings.data.value.display()))
        })?;
    }
    let store = open_at(settings.database.value.reveal())?;
    store.migrate().map_err(|error| failure(settings.database.value.reveal(), &error))?;
    Ok(store)
}

/// Opens the database at an address as people write it, without changing it.
pub(crate) fn open_at(address: &str) -> Result<Store, Failure> {
    Store::open(&full(address)).map_err(|error| failure(address, &error))
}

/// Whether an address names a server, or a file.
pub(crate) fn is_server(address: &str) -> bool {
    address.starts_with("postgres://") || address.starts_with("postgresql://")
}

/// Whether an address names a server on another machine: neither a socket of this one nor its own address.
pub(crate) fn is_elsewhere(address: &str) -> bool {
    let Some((_, rest)) = address.split_once("://").filter(|_| is_server(address)) else { return false };
    let place = rest.split(['/', '?']).next().unwrap_or_default();
    let host = place.rsplit_once('@').map_or(place, |(_, host)| host);
    let host = host.rsplit_once(':').filter(|(_, port)| port.parse::<u16>().is_ok()).map_or(host, |(host, _)| host);
    let is_socket = host.is_empty() || host.starts_with("%2F") || host.starts_with("%2f");
    !is_socket && !matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

/// The file of an address, if it names one.
pub(crate) fn file(address: &str) -> Option<&Path> {
    (!is_server(address)).then(|| Path::new(address.strip_prefix("sqlite:").unwrap_or(address)))
}

/// The address as the store wants it: a bare path is a SQLite file.
fn full(address: &str) -> String {
    if is_server(address) || address.starts_with("sqlite:") { address.to_owned() } else { format!("sqlite:{address}") }
}

/// Why a database cannot be used, and which; never with a password.
pub(crate) fn failure(address: &str, error: &OpenError) -> Failure {
    let message = format!("Database {}: {error}.", redacted(address));
    match error {
        OpenError::Address | OpenError::Tls(_) => Failure::Input(message),
        _ => Failure::Database(message),
    }
}

/// Why a backup, restore or transfer did not happen.
pub(crate) fn transfer_failure(error: &TransferError) -> Failure {
    let message = format!("Nothing was changed: {error}.");
    match error {
        TransferError::NotEmpty(_) | TransferError::Exists(_) => Failure::Refused(message),
        TransferError::Open(_) | TransferError::Store(_) => Failure::Database(message),
        TransferError::Differs(_) => Failure::Fault(message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_on_another_machine_is_told_from_one_on_this() {
        for address in [
            "postgres://w:p@db.example/w",
            "postgresql://w@10.0.0.7:5433/w?sslmode=require",
            "postgres://[2001:db8::1]/w",
        ] {
            assert!(is_elsewhere(address), "{address}");
        }
        for address in [
            "data/waymark.sqlite",
            "sqlite:w.db",
            "postgres://w:p@localhost/w",
            "postgres://w@127.0.0.1:5433/w",
            "postgres://w@[::1]:5432/w",
            "postgres://w@%2Frun%2Fpostgresql/w",
            "postgres:///w?host=/run",
        ] {
            assert!(!is_elsewhere(address), "{address}");
        }
    }
}
