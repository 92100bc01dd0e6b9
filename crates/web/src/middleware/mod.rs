//! What happens to every request: headers that protect the browser, a log line without personal data, forms only from our own
//! pages, and a page for a panic.

mod back;
mod headers;
mod log;
mod origin;
mod panic;
mod patience;

pub(crate) use back::come_back;
pub(crate) use headers::{Public, protect};
pub(crate) use log::log;
pub(crate) use origin::{is_own_origin, own_pages_only};
pub(crate) use panic::panicked;
pub(crate) use patience::patience;
