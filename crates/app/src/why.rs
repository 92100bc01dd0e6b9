use rules::catalogue::{self, CataloguePage};

use crate::{App, Error, Result};

impl App {
    /// Why a requirement is asked and how it is counted: its page in the catalogue. `framework` is the id of an edition.
    ///
    /// # Errors
    /// If there is no such edition or requirement.
    pub fn why(&self, framework: &str, id: &str) -> Result<CataloguePage> {
        catalogue::page(self.rulebook(), &self.0.cases, framework, id).ok_or(Error::NOT_FOUND)
    }
}
