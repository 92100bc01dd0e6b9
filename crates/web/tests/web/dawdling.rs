//! Clients that hold a connection by sending next to nothing, over a real one.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::{Duration, Instant},
};

use tokio::sync::oneshot;

use crate::harness::application;

/// A server whose patience is short, on a port of its own. It ends when the sender is dropped.
fn serve() -> (SocketAddr, oneshot::Sender<()>, std::thread::JoinHandle<()>) {
    let (stop, stopped) = oneshot::channel::<()>();
    let (told, address) = std::sync::mpsc::channel();
    let thread = std::thread::spawn(move || {
        let (app, _folder) = application();
        let settings = web::Settings {
            header_timeout: Duration::from_millis(600),
            request_timeout: Duration::from_millis(900),
            ..web::Settings::default()
        };
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            told.send(listener.local_addr().unwrap()).unwrap();
            let stop = async {
                let _ = stopped.await;
            };
            web::serve(listener, app, settings, stop).await.unwrap();
        });
    });
    (address.recv().unwrap(), stop, thread)
}

/// What is answered until the server closes, and how long that took.
fn until_closed(address: SocketAddr, sent: &str, then: Option<(&str, Duration)>) -> (String, Duration) {
    let begun = Instant::now();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
    stream.write_all(sent.as_bytes()).unwrap();
    let (mut answer, mut bytes) = (Vec::new(), [0; 4096]);
    while begun.elapsed() < Duration::from_secs(10) {
        if let Some((more, every)) = then {
            std::thread::sleep(every);
            let _ = stream.write_all(more.as_bytes());
        }
        match stream.read(&mut bytes) {
            Ok(0) => break,
            Ok(read) => answer.extend_from_slice(&bytes[..read]),
            Err(error) if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {}
            Err(_) => break,
        }
    }
    (String::from_utf8_lossy(&answer).into_owned(), begun.elapsed())
}

#[test]
fn whoever_never_ends_a_header_or_a_body_is_let_go() {
    let (address, stop, thread) = serve();
    let slowly = Duration::from_millis(50);
    let (answer, took) = until_closed(address, "", None);
    assert!(answer.is_empty() && took < Duration::from_secs(3), "said nothing: {took:?} {answer}");
    let (answer, took) =
        until_closed(address, "GET /about HTTP/1.1\r\nHost: here\r\n", Some(("X-More: a\r\n", slowly)));
    assert!(!answer.contains("200 OK") && took < Duration::from_secs(3), "endless header: {took:?} {answer}");
    let form = "POST /sign-in HTTP/1.1\r\nHost: here\r\nContent-Type: application/x-www-form-urlencoded\r\n\
        Content-Length: 5000\r\n\r\ncsrf=";
    let (answer, took) = until_closed(address, form, Some(("a", slowly)));
    assert!(answer.starts_with("HTTP/1.1 503") && took < Duration::from_secs(4), "endless body: {took:?} {answer}");
    // The next one on a connection that is kept has no longer.
    let (answer, took) = until_closed(address, "GET /about HTTP/1.1\r\nHost: here\r\n\r\nGET /abo", None);
    assert!(answer.contains("200 OK") && took < Duration::from_secs(3), "second header: {took:?}");
    drop(stop);
    thread.join().unwrap();
}

#[test]
fn headers_without_end_are_refused() {
    let (address, stop, thread) = serve();
    let lines: String = (0..200).map(|number| format!("X-{number}: a\r\n")).collect();
    for header in [lines, format!("X-Long: {}\r\n", "a".repeat(200_000))] {
        let (answer, _) = until_closed(address, &format!("GET /about HTTP/1.1\r\nHost: here\r\n{header}\r\n"), None);
        assert!(answer.starts_with("HTTP/1.1 431") || answer.is_empty(), "{answer}");
    }
    drop(stop);
    thread.join().unwrap();
}

#[test]
fn a_request_under_way_is_finished_when_the_server_is_asked_to_stop() {
    let (address, stop, thread) = serve();
    let mut stream = TcpStream::connect(address).unwrap();
    let body = "csrf=x&email=a&password=b";
    let head = format!(
        "POST /sign-in HTTP/1.1\r\nHost: here\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    std::thread::sleep(Duration::from_millis(150));
    drop(stop);
    std::thread::sleep(Duration::from_millis(150));
    stream.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let _ = stream.read_to_string(&mut answer);
    assert!(answer.starts_with("HTTP/1.1 409"), "the form's own check answers: {answer}");
    thread.join().unwrap();
    assert!(TcpStream::connect(address).is_err());
}
