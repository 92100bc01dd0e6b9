//! The program itself: how large it is, how soon it answers on a database that is there, what it holds while idle.

use std::{
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

/// Starts and stops it some times over a database with the demo in it.
pub(crate) fn run(program: &Path) -> Result<(), String> {
    measured(program).map_err(|error| format!("{}: {error}", program.display()))
}

fn measured(program: &Path) -> Result<(), Box<dyn std::error::Error>> {
    println!("{:<44} {:>9.1} MB", "size of the program", fs::metadata(program)?.len() as f64 / 1e6);
    let folder = tempfile::tempdir()?;
    let database = folder.path().join("demo.sqlite");
    let start = Instant::now();
    let built = Command::new(program).arg("demo").arg("--database").arg(&database).stdout(Stdio::null()).status()?;
    if !built.success() {
        return Err("the demo could not be built".into());
    }
    println!("{:<44} {:>9.0} ms on the clock", "three institutions invented and stored", millis(start));
    let mut times = Vec::new();
    let mut idle = 0;
    for _ in 0..7 {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let start = Instant::now();
        let server = Server(
            Command::new(program)
                .args(["serve", "--listen", &address.to_string(), "--database"])
                .arg(&database)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()?,
        );
        wait_for_answer(address, start)?;
        times.push(millis(start));
        sleep(Duration::from_millis(1500));
        idle = idle.max(resident(server.0.id()));
    }
    times.sort_by(f64::total_cmp);
    println!("{:<44} {:>9.0} ms on the clock", "started, until the first answer", times[times.len() / 2]);
    println!("{:<44} {idle:>9} MB", "memory while idle");
    Ok(())
}

/// A running server; ends when dropped.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn wait_for_answer(address: SocketAddr, start: Instant) -> Result<(), Box<dyn std::error::Error>> {
    while start.elapsed() < Duration::from_secs(20) {
        if let Ok(mut stream) = TcpStream::connect(address) {
            write!(stream, "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer)?;
            if answer.starts_with(b"HTTP/1.1 ") {
                return Ok(());
            }
        }
        sleep(Duration::from_millis(2));
    }
    Err("it did not answer within twenty seconds".into())
}

fn millis(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}

/// Memory that a process holds, in MB.
fn resident(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0");
    line.split_whitespace().next().and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0) / 1024
}
