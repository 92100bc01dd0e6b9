use std::time::Duration;

use app::Refusal;
use axum::{
    extract::{Request, State},
    http::header,
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{answer::Failure, site::Site};

/// What a slow line brings in a second. Files come over such; who is slower than this is not worth waiting for.
const BYTES_A_SECOND: u64 = 64 << 10;

/// Gives a request up that takes too long, its body included: nobody holds a connection by sending a byte now and then. Who says
/// beforehand that much will come is given the time that it takes.
pub(crate) async fn patience(State(site): State<Site>, request: Request, next: Next) -> Response {
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let limit = allowed(site.settings.request_timeout, site.settings.upload_limit as u64, announced.unwrap_or(0));
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Failure::Refusal(Refusal::Unavailable(
            "This took too long and was given up. What was saved before is safe. Try again.",
        ))
        .into_response(),
    }
}

/// More than may be sent is not waited for.
fn allowed(usual: Duration, most: u64, announced: u64) -> Duration {
    usual + Duration::from_secs(announced.min(most) / BYTES_A_SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_file_gets_the_time_of_a_slow_line_and_a_form_does_not() {
        let usual = Duration::from_secs(30);
        let seconds = |announced| allowed(usual, 100_000_000, announced).as_secs();
        assert_eq!((seconds(0), seconds(2_000), seconds(65_536_000)), (30, 30, 1_030));
        assert_eq!(seconds(u64::MAX), seconds(100_000_000));
    }
}
