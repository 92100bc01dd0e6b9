//! Get Information About Schools: the Department for Education's register of institutions, as its CSV downloads.
//!
//! Columns come and go from year to year, so they are found by name and all but the URN may be missing. The files are
//! Windows-1252; a file that is valid UTF-8 is read as that. A download that is still a zip is unpacked first.
//!
//! The full register has some 50,000 rows in 60 MB: [`establishments`] hands them on one by one.

mod establishment;
mod group;
mod kind;
mod link;
mod source;

pub use establishment::{Establishment, Status, Trust, establishments, find_establishment, list_establishments};
pub use group::{Group, GroupKind, Groups, Membership, groups};
pub use kind::{institution_type, years};
pub use link::{Lineage, Link, LinkKind, links};
