//! For tests only: what they need of the machine. A private PostgreSQL, a real browser, a mail server, an OpenID provider, Python,
//! certificates.

pub mod browser;
pub mod certificate;
pub mod mail;
pub mod openid;
pub mod postgres;
pub mod python;
