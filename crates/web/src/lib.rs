//! Pages, API and public site.
//!
//! A handler parses a request, calls one function of `app` on a blocking thread, and shows what it returns. There is no rule in
//! a handler and no arithmetic in a template; pages work without script.

mod answer;
mod api;
mod assets;
mod cookies;
mod fields;
mod labels;
mod middleware;
mod pages;
mod parts;
mod place;
mod router;
mod settings;
mod shell;
mod site;
mod upload;
mod visitor;
mod words;

pub use router::{router, serve};
pub use settings::Settings;

/// The description of the JSON API (OpenAPI), as `/api/v1/openapi.json` serves it, indented for reading.
///
/// # Errors
/// If it cannot be written as JSON, which would be a fault of ours.
pub fn openapi() -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(&api::document())? + "\n")
}
