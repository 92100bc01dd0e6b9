use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};

/// Notes each request by its route, never by its address: addresses hold ids, and may hold what somebody typed.
pub(crate) async fn log(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("(none)", MatchedPath::as_str).to_owned();
    let response = next.run(request).await;
    let took = begun.elapsed();
    tracing::info!(%method, route, status = response.status().as_u16(), ms = took.as_secs_f64() * 1e3, "request");
    response
}
