//! Reads an institution's own website: from one address along links of the same host, politely, and nothing that is not public.
//!
//! Whoever may start a check names an address, and the program that asks for it stands inside a school's network: so this crate refuses
//! every address that is not public, on what is connected to and at every redirect ([`Guard`]), every scheme but http and https,
//! every port but theirs, and stops at [`Limits`]. What a site asks of programs is respected (`publication::robots`). A page that
//! cannot be read is told with its reason ([`Reason`]); the others are read all the same.
//!
//! [`Fetcher::visit`] reads a site, [`files`] what somebody saved of one; both yield what `publication::check` takes. This is
//! the only crate that asks other people's servers for pages.

mod answer;
mod base;
mod document;
mod fetcher;
mod guard;
mod limits;
mod link;
mod reason;
mod robots;
mod start;
mod visit;

pub use document::files;
pub use fetcher::Fetcher;
pub use guard::{Guard, Range, range};
pub use limits::Limits;
pub use reason::Reason;
pub use start::{shown, start};
pub use visit::{Progress, Visit};
