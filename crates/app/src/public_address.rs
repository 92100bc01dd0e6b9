//! How the public finds an institution: by a word of its own, or by its key.

use domain::InstitutionId;
use store::Within;

use crate::{App, Error, Result};

impl App {
    /// The institution that the first part of a public address means: its word, or its key.
    ///
    /// # Errors
    /// Not found, if there is none.
    pub fn public_institution(&self, text: &str) -> Result<InstitutionId> {
        self.store().read(Within::none(), |tx| {
            if let Some(found) = store::institution::find_by_slug(tx, &text.to_lowercase())? {
                return Ok(found);
            }
            let id: InstitutionId = text.parse().map_err(|_| Error::NOT_FOUND)?;
            store::institution::revision(tx, id)?;
            Ok(id)
        })
    }

    /// How its public addresses begin: its word, or its key if it has none.
    ///
    /// # Errors
    /// If the database fails.
    pub fn public_word(&self, institution: InstitutionId) -> Result<String> {
        let slug = self.store().read(Within::none(), |tx| store::institution::slug(tx, institution))?;
        Ok(slug.unwrap_or_else(|| institution.to_string()))
    }
}
