use axum::{
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};

use crate::fields::escape;

/// Where somebody is sent who is not signed in.
const SIGN_IN: &str = "/sign-in";

/// After signing in, one comes to the page that was asked for.
pub(crate) async fn come_back(request: Request, next: Next) -> Response {
    let is_page = *request.method() == Method::GET && request.uri().path().starts_with("/institutions/");
    let wanted = request.uri().path_and_query().map_or(String::new(), |address| escape(address.as_str()));
    let mut response = next.run(request).await;
    let is_turned_away = response.status() == StatusCode::SEE_OTHER
        && response.headers().get(header::LOCATION).is_some_and(|location| location == SIGN_IN);
    if is_page
        && is_turned_away
        && let Ok(location) = HeaderValue::from_str(&format!("{SIGN_IN}?next={wanted}"))
    {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}
