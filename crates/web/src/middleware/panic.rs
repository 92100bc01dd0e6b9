use std::any::Any;

use axum::response::{IntoResponse, Response};

use crate::site::Site;

/// The page of a panic. Its message goes to the log, never to the page.
pub(crate) fn panicked(site: &Site, cause: &(dyn Any + Send)) -> Response {
    let text = cause.downcast_ref::<&str>().copied().or_else(|| cause.downcast_ref::<String>().map(String::as_str));
    site.fault(&format_args!("panic: {}", text.unwrap_or("without words"))).into_response()
}
