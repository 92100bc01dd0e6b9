use app::Refusal;
use axum::{
    extract::Request,
    http::Method,
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::answer::Failure;

/// Browsers say where a request comes from. What changes something and comes from elsewhere is refused, whatever its form says.
/// Programs say nothing of the kind; they are not fooled into requests, and pass on to the form's own check.
pub(crate) async fn own_pages_only(request: Request, next: Next) -> Response {
    let is_reading = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let from = request.headers().get("sec-fetch-site").and_then(|value| value.to_str().ok());
    if !is_reading && from.is_some_and(|from| !matches!(from, "same-origin" | "none")) {
        return Failure::Refusal(Refusal::NotAllowed).into_response();
    }
    next.run(request).await
}
