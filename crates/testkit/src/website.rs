//! A website on this machine, good or bad, for what reads websites.

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// What the website says to a request.
#[derive(Debug, Clone)]
pub enum Reply {
    /// A page.
    Page(String),
    /// A file, sent as this type.
    File(&'static str, Vec<u8>),
    /// A redirect to there.
    To(String),
    /// Nothing but a status.
    Status(u16),
    /// So many bytes of a page, their number said beforehand or not.
    Long(usize, bool),
    /// A page without an end, a little at a time.
    Dribble(Duration),
    /// Nothing, for so long.
    Silence(Duration),
    /// A page packed as this, whoever asked for it.
    Packed(&'static str, Vec<u8>),
    /// No HTTP at all.
    Garbage,
}

/// A request that came.
#[derive(Debug, Clone)]
pub struct Request {
    /// Path and query.
    pub path: String,
    /// Who said that they asked.
    pub agent: String,
    /// When.
    pub at: Instant,
}

/// A website that runs until dropped.
#[derive(Debug)]
pub struct Website {
    port: u16,
    over: Arc<AtomicBool>,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Website {
    /// Starts one that answers each path (with its query) so. Only what `answer` says is there: for `/robots.txt`, too.
    ///
    /// # Panics
    /// If no port of this machine is free.
    pub fn start(answer: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("its own address").port();
        let over = Arc::new(AtomicBool::new(false));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (ended, noted, answer) = (Arc::clone(&over), Arc::clone(&requests), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if ended.load(Ordering::Relaxed) {
                    break;
                }
                let (noted, answer, ended) = (Arc::clone(&noted), Arc::clone(&answer), Arc::clone(&ended));
                thread::spawn(move || serve(stream, &noted, &*answer, &ended));
            }
        });
        Self { port, over, requests }
    }

    /// Its address by number, without a slash at the end.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Its address by name: to a reader another website.
    pub fn address_by_name(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// What was asked for so far.
    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Website {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        // Wakes the one that waits for connections.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

fn serve(stream: TcpStream, noted: &Mutex<Vec<Request>>, answer: &dyn Fn(&str) -> Reply, over: &AtomicBool) {
    let Ok(reading) = stream.try_clone() else { return };
    let mut path = String::new();
    let mut agent = String::new();
    for line in BufReader::new(reading).lines().map_while(Result::ok).take_while(|line| !line.is_empty()) {
        if path.is_empty() {
            path = line.split(' ').nth(1).unwrap_or_default().to_owned();
        } else if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("user-agent")
        {
            value.trim().clone_into(&mut agent);
        }
    }
    noted.lock().unwrap_or_else(PoisonError::into_inner).push(Request {
        path: path.clone(),
        agent,
        at: Instant::now(),
    });
    // Whoever asked may have gone away: that is no failure of a test.
    let _ = say(stream, answer(&path), over);
}

fn say(mut stream: TcpStream, reply: Reply, over: &AtomicBool) -> std::io::Result<()> {
    let head = |status: &str, more: &str| format!("HTTP/1.1 {status}\r\nConnection: close\r\n{more}\r\n");
    let mut whole = |kind: &str, more: &str, bytes: &[u8]| {
        let more = format!("Content-Type: {kind}\r\nContent-Length: {}\r\n{more}", bytes.len());
        stream.write_all(head("200 OK", &more).as_bytes())?;
        stream.write_all(bytes)
    };
    match reply {
        Reply::Page(text) => whole("text/html; charset=utf-8", "", text.as_bytes()),
        Reply::File(kind, bytes) => whole(kind, "", &bytes),
        Reply::Packed(packing, bytes) => whole("text/html", &format!("Content-Encoding: {packing}\r\n"), &bytes),
        Reply::To(address) => {
            stream.write_all(head("302 Found", &format!("Location: {address}\r\nContent-Length: 0\r\n")).as_bytes())
        }
        Reply::Status(status) => stream.write_all(head(&format!("{status} X"), "Content-Length: 0\r\n").as_bytes()),
        Reply::Long(bytes, said) => {
            let length = if said { format!("Content-Length: {bytes}\r\n") } else { String::new() };
            stream.write_all(head("200 OK", &format!("Content-Type: text/html\r\n{length}")).as_bytes())?;
            let piece = b"<p>careers</p>\n".repeat(1_000);
            let mut left = bytes;
            while left > 0 && !over.load(Ordering::Relaxed) {
                let now = piece.len().min(left);
                stream.write_all(&piece[..now])?;
                left -= now;
            }
            Ok(())
        }
        Reply::Dribble(every) => {
            stream.write_all(head("200 OK", "Content-Type: text/html\r\n").as_bytes())?;
            while !over.load(Ordering::Relaxed) {
                stream.write_all(b"<p>careers</p>\n")?;
                thread::sleep(every);
            }
            Ok(())
        }
        Reply::Silence(time) => {
            let begun = Instant::now();
            while begun.elapsed() < time && !over.load(Ordering::Relaxed) {
                thread::sleep(Duration::from_millis(20));
            }
            Ok(())
        }
        Reply::Garbage => stream.write_all(b"220 mail.example ESMTP\r\n"),
    }
}
