//! Connections: plain or TLS, with limits on how long a client may dawdle, and an end that lets requests under way finish.

mod tls;

use std::{future::Future, io, net::SocketAddr, time::Duration};

use app::App;
use axum_server::{Handle, Server, tls_rustls::RustlsAcceptor};
use tokio::net::TcpListener;

use crate::{Settings, router};

pub use tls::BadTls;

/// How long a connection may be still before it is asked whether it is there.
const STILL: Duration = Duration::from_secs(20);
/// How long requests under way may go on once asked to stop.
const FINISH: Duration = Duration::from_secs(30);
/// What a request's header may hold in all; ours are some hundred bytes, cookies and all.
const HEADER_BYTES: usize = 32 << 10;
const HEADER_LINES: usize = 64;
/// Requests at once on one HTTP/2 connection. A page asks for a handful.
const STREAMS: u32 = 32;

/// Why serving did not begin, or ended.
#[derive(Debug)]
pub enum ServeError {
    /// The certificate or its key cannot be used.
    Tls(BadTls),
    /// The listener failed.
    Io(io::Error),
}

impl std::fmt::Display for ServeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Tls(bad) => bad.fmt(f),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ServeError {}

impl From<io::Error> for ServeError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Serves on a listener until `stop` resolves; requests under way are finished. With [`Settings::tls`] it is https, and the certificate
/// is read again when its files change or the process gets SIGHUP: connections that are open stay open.
///
/// # Errors
/// If the certificate cannot be used, or the listener fails.
pub async fn serve(
    listener: TcpListener,
    app: App,
    settings: Settings,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let handle = Handle::new();
    let stopping = handle.clone();
    tokio::spawn(async move {
        stop.await;
        stopping.graceful_shutdown(Some(FINISH));
    });
    let (files, header) = (settings.tls.clone(), settings.header_timeout);
    let router = router(app, settings);
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let mut server: Server<SocketAddr> = Server::from_listener(listener).handle(handle).first_request_timeout(header);
    let builder = server.http_builder();
    builder.http1().header_read_timeout(header).max_buf_size(HEADER_BYTES).max_headers(HEADER_LINES);
    builder
        .http2()
        .max_concurrent_streams(STREAMS)
        .max_header_list_size(HEADER_BYTES as u32)
        .keep_alive_interval(STILL)
        .keep_alive_timeout(STILL);
    let Some(files) = files else { return Ok(server.serve(service).await?) };
    let config = tls::acceptor(&files).map_err(ServeError::Tls)?;
    let renewing = tokio::spawn(tls::renew(files, config.clone()));
    let ended = server.acceptor(RustlsAcceptor::new(config).handshake_timeout(header)).serve(service).await;
    renewing.abort();
    Ok(ended?)
}
