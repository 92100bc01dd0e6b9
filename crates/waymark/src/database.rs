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
