//! How an institution’s public site looks, and whether there is one.

use domain::InstitutionId;
use jiff::Timestamp;

use crate::{Error, Tx, value::values};

/// The settings of a public site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Website {
    /// Whether the public sees it.
    pub is_open: bool,
    /// Its colour: `#rrggbb`; none is Waymark's.
    pub tint: Option<String>,
    /// A picture in place of a mark, with its media type and what it shows in words.
    pub logo: Option<Logo>,
    /// What else was chosen, as JSON.
    pub choices: String,
    /// When any of it was changed.
    pub changed_at: Timestamp,
}

/// A picture that stands for the institution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    /// The file.
    pub content: Vec<u8>,
    /// Its media type.
    pub media_type: String,
    /// What it shows, in words; blank if it only repeats the name beside it.
    pub alt: String,
}

/// The settings; none if nobody has made any.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Option<Website>, Error> {
    tx.query_opt(
        "SELECT is_open, tint, logo, logo_type, logo_alt, choices, changed_at FROM site WHERE institution_id = $1",
        values![institution],
        |row| {
            let content: Option<Vec<u8>> = row.get(2)?;
            let (media_type, alt): (Option<String>, Option<String>) = (row.get(3)?, row.get(4)?);
            let logo = content.zip(media_type);
            Ok(Website {
                is_open: row.get(0)?,
                tint: row.get(1)?,
                logo: logo.map(|(content, media_type)| Logo { content, media_type, alt: alt.unwrap_or_default() }),
                choices: row.get(5)?,
                changed_at: row.get(6)?,
            })
        },
    )
}

/// Keeps the settings. Needs an audit event.
///
/// # Errors
/// [`Error::Depends`] for an unknown institution.
pub fn set(tx: &mut Tx<'_>, institution: InstitutionId, site: &Website) -> Result<(), Error> {
    tx.must_audit();
    let logo = site.logo.as_ref();
    tx.execute(
        "INSERT INTO site (institution_id, is_open, tint, logo, logo_type, logo_alt, choices, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (institution_id) DO UPDATE SET is_open = excluded.is_open, tint = excluded.tint,
             logo = excluded.logo, logo_type = excluded.logo_type, logo_alt = excluded.logo_alt,
             choices = excluded.choices, changed_at = excluded.changed_at",
        values![
            institution,
            site.is_open,
            site.tint,
            logo.map(|logo| logo.content.as_slice()),
            logo.map(|logo| logo.media_type.as_str()),
            logo.map(|logo| logo.alt.as_str()),
            site.choices,
            site.changed_at
        ],
    )?;
    Ok(())
}
