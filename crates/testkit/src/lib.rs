//! For tests only: what they need of the machine. A private PostgreSQL, a real browser.

pub mod browser;
pub mod postgres;
