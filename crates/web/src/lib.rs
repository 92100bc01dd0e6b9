//! Pages, API and public site.
//!
//! A handler parses a request, calls one function of `app` on a blocking thread, and shows what it returns. There is no rule in
//! a handler and no arithmetic in a template; pages work without script.

mod assets;
mod labels;
mod pages;
mod parts;
mod place;
mod settings;
mod shell;
mod words;

pub use settings::Settings;
