//! For tests only: what they need of the machine. A private PostgreSQL, a real browser, certificates.

pub mod browser;
pub mod certificate;
pub mod postgres;
