//! Pages, API and public site.
//!
//! A handler parses a request, calls one function of `app` on a blocking thread, and shows what it returns. There is no rule in
//! a handler and no arithmetic in a template; pages work without script.

mod address;
mod answer;
mod api;
mod assets;
mod client;
mod cookies;
mod device;
mod fields;
mod known;
mod labels;
mod letter;
mod linked;
mod middleware;
mod network;
mod pages;
mod parts;
mod place;
mod public;
mod router;
mod routes;
mod serving;
mod settings;
mod shell;
mod site;
mod upload;
mod visitor;
mod words;

pub use network::{Network, Networks, NoNetwork};
pub use router::router;
pub use serving::{BadTls, ServeError, serve};
pub use settings::{Settings, TlsFiles};

/// The description of the JSON API (OpenAPI), as `/api/v1/openapi.json` serves it, indented for reading.
///
/// # Errors
/// If it cannot be written as JSON, which would be a fault of ours.
pub fn openapi() -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(&api::document())? + "\n")
}
