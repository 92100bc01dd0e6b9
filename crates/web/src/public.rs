//! Addresses for the public: they begin with an institution's word, or with its key.

use domain::InstitutionId;

use crate::{answer::Failure, site::Site};

/// The institution that the first part of a public address means.
pub(crate) async fn public_institution(site: &Site, text: &str) -> Result<InstitutionId, Failure> {
    let text = text.to_owned();
    site.run(move |app| app.public_institution(&text)).await
}
