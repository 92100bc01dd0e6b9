//! What journeys in a real browser need: the program itself on a database of its own, and a page that can be looked at.
//! The journeys are in `tests/`.

mod page;
mod server;

pub use page::{Browser, Width};
pub use server::Server;
