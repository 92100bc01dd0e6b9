use std::ops::Deref;

use store::Store;

/// A new, empty store; its files go with it.
pub(crate) struct Fresh {
    store: Store,
    _folder: tempfile::TempDir,
}

impl Deref for Fresh {
    type Target = Store;
    fn deref(&self) -> &Store {
        &self.store
    }
}

fn fresh(address: Option<String>) -> Fresh {
    let folder = tempfile::tempdir().unwrap();
    let address = address.unwrap_or_else(|| format!("sqlite:{}/waymark.db", folder.path().display()));
    let store = Store::open(&address).unwrap();
    store.migrate().unwrap();
    Fresh { store, _folder: folder }
}

pub(crate) fn sqlite() -> Fresh {
    fresh(None)
}

pub(crate) fn postgres() -> Fresh {
    fresh(Some(testkit::postgres::fresh_database()))
}

/// A new store of the other engine.
pub(crate) fn other(than: &Store) -> Fresh {
    match than.engine_name() {
        store::EngineName::Sqlite => postgres(),
        store::EngineName::Postgres => sqlite(),
    }
}
