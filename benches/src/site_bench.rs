//! The public careers pages, as the server sends them: how long one takes, and how many go in a second.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// Pages of the demo's academy, as different in size as they are.
const PAGES: [&str; 6] = [
    "/larkfield/",
    "/larkfield/learners.html",
    "/larkfield/programme.html",
    "/larkfield/journey.html",
    "/larkfield/destinations.html",
    "/larkfield/site.css",
];
/// How many readers at once.
const READERS: usize = 16;
/// How long they read.
const TIME: Duration = Duration::from_secs(10);

pub(crate) fn run(program: &Path) -> Result<(), String> {
    measured(program).map_err(|error| error.to_string())
}

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn measured(program: &Path) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let server = Server::start(program, folder.path())?;
    let mut line = Line::open(server.address)?;
    for page in PAGES {
        let mut took = Vec::new();
        let mut bytes = 0;
        for _ in 0..300 {
            let started = Instant::now();
            let answer = line.get(page)?;
            took.push(started.elapsed());
            if answer.status != 200 {
                return Err(format!("{page}: {}", answer.status).into());
            }
            bytes = answer.bytes;
        }
        took.sort_unstable();
        let (median, worst) = (took[took.len() / 2], took[took.len() * 99 / 100]);
        println!("{page:<32} median {median:>9.2?}  99th {worst:>9.2?}  {bytes} bytes");
    }
    let (answered, wrong) = together(server.address)?;
    let a_second = answered as f64 / TIME.as_secs_f64();
    println!("{READERS} readers for {TIME:?}: {answered} pages, {a_second:.0} a second, {wrong} errors");
    Ok(())
}

/// How many pages many readers got at once, and how often they got none.
fn together(address: SocketAddr) -> Outcome<(usize, usize)> {
    let (answered, wrong, over) =
        (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
    let readers: Vec<_> = (0..READERS)
        .map(|reader| {
            let (answered, wrong, over) = (Arc::clone(&answered), Arc::clone(&wrong), Arc::clone(&over));
            thread::spawn(move || {
                let mut line = Line::open(address).ok();
                let mut page = reader;
                while !over.load(Ordering::Relaxed) {
                    page += 1;
                    let got = line.as_mut().and_then(|line| line.get(PAGES[page % PAGES.len()]).ok());
                    if got.is_some_and(|got| got.status == 200) {
                        answered.fetch_add(1, Ordering::Relaxed);
                    } else {
                        wrong.fetch_add(1, Ordering::Relaxed);
                        line = Line::open(address).ok();
                    }
                }
            })
        })
        .collect();
    thread::sleep(TIME);
    over.store(true, Ordering::Relaxed);
    for reader in readers {
        reader.join().map_err(|_| "a reader failed")?;
    }
    Ok((answered.load(Ordering::Relaxed), wrong.load(Ordering::Relaxed)))
}

/// The program with its demo; ends when dropped.
struct Server {
    process: Child,
    address: SocketAddr,
}

impl Server {
    fn start(program: &Path, folder: &Path) -> Outcome<Self> {
        let mut process = Command::new(program)
            .args(["demo", "--serve", "--listen", "127.0.0.1:0"])
            .env("WAYMARK_DATA", folder.join("data"))
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let said = process.stdout.take().ok_or("its output was asked for")?;
        let mut lines = BufReader::new(said).lines();
        let address = lines.by_ref().map_while(Result::ok).find_map(|line| {
            line.strip_prefix("Waymark is at http://").and_then(|address| address.trim().parse().ok())
        });
        // Goes on reading: a full pipe would stop the program.
        thread::spawn(move || lines.for_each(drop));
        match address {
            Some(address) => Ok(Self { process, address }),
            None => {
                let _ = process.kill();
                let _ = process.wait();
                Err("the program did not say where it is".into())
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A connection that stays open, as a browser's does.
struct Line {
    reading: BufReader<TcpStream>,
    writing: TcpStream,
}

struct Got {
    status: u16,
    bytes: usize,
}

impl Line {
    fn open(address: SocketAddr) -> Outcome<Self> {
        let writing = TcpStream::connect(address)?;
        writing.set_nodelay(true)?;
        writing.set_read_timeout(Some(Duration::from_secs(10)))?;
        Ok(Self { reading: BufReader::new(writing.try_clone()?), writing })
    }

    fn get(&mut self, path: &str) -> Outcome<Got> {
        self.writing
            .write_all(format!("GET {path} HTTP/1.1\r\nHost: bench\r\nAccept-Encoding: gzip\r\n\r\n").as_bytes())?;
        let mut head = String::new();
        self.reading.read_line(&mut head)?;
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or("no status")?;
        let mut length = None;
        loop {
            let mut line = String::new();
            if self.reading.read_line(&mut line)? == 0 {
                return Err("the answer broke off".into());
            }
            if line.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().ok();
            }
        }
        let mut body = vec![0; length.ok_or("no length")?];
        self.reading.read_exact(&mut body)?;
        Ok(Got { status, bytes: body.len() })
    }
}
