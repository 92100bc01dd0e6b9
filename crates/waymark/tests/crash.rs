//! The program is killed in the middle of imports and of register saves. Whatever it acknowledged is there afterwards; what it
//! did not acknowledge is there as a whole or not at all. On both engines.
//!
//! A few rounds by default; as many as `WAYMARK_CRASH_ROUNDS` says (200 in `cargo xtask crash`). The moments are spread over
//! the time that the work takes, and are the same in every run.

mod program;

use std::{
    collections::BTreeSet,
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant},
};

use program::Program;
use serde_json::{Value, json};

const LEARNERS: usize = 300;
const PASSWORD: &str = "lantern otter kettle";
const EMAIL: &str = "leader@example.org";

fn rounds() -> usize {
    std::env::var("WAYMARK_CRASH_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(4)
}

/// The part of its time after which a round is killed: spread evenly, never twice the same (multiples of the golden ratio).
fn moment(round: usize, whole: Duration) -> Duration {
    whole.mul_f64((round as f64 * 0.618_034).fract())
}

/// A school whose learners are all in a form named after the round, so that half an import would show.
fn write_folder(program: &Program, round: usize) -> String {
    let folder = program.path("school");
    fs::create_dir_all(&folder).unwrap();
    fs::write(
        folder.join("institution.toml"),
        "name = \"Crash School\"\ntype = \"academy\"\nurn = \"999901\"\nlowest-year = 7\nhighest-year = 11\nyear-groups-of = \"2026/27\"\n",
    )
    .unwrap();
    let mut learners = String::from("learner,forename,surname,date-of-birth,year-group,form,joined\n");
    for number in 0..LEARNERS {
        learners += &format!("L{number},Crash,Test{number},2013-01-01,8,R{round},2025-09-01\n");
    }
    fs::write(folder.join("learners.csv"), learners).unwrap();
    let mut activities = String::from("activity,title,date,kind\n");
    for number in 0..10 {
        activities += &format!("A{number},Careers talk {number},2026-10-01,programme\n");
    }
    fs::write(folder.join("activities.csv"), activities).unwrap();
    fs::write(folder.join("participation.csv"), "activity,learner\n").unwrap();
    folder.to_string_lossy().into_owned()
}

/// The rows of a file that the program exports, without the headings.
fn exported(program: &Program, database: &str, file: &str) -> Vec<Vec<String>> {
    let out = program.path("out");
    let _ = fs::remove_dir_all(&out);
    program.done(&["export", "out", "--database", database]);
    let text = fs::read_to_string(out.join(file)).unwrap();
    text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn headings(program: &Program, file: &str) -> Vec<String> {
    let text = fs::read_to_string(program.path("out").join(file)).unwrap();
    text.lines().next().unwrap().trim_start_matches('\u{feff}').split(',').map(str::to_owned).collect()
}

fn the_form(program: &Program, database: &str) -> String {
    let rows = exported(program, database, "learners.csv");
    let form = headings(program, "learners.csv").iter().position(|heading| heading == "form").unwrap();
    assert_eq!(rows.len(), LEARNERS);
    let forms: BTreeSet<&str> = rows.iter().map(|row| row[form].as_str()).collect();
    assert_eq!(forms.len(), 1, "half an import: {forms:?}");
    forms.first().unwrap().to_string()
}

fn imports_survive(database: &str) {
    let program = Program::new();
    let mut before = "R0".to_owned();
    let started = Instant::now();
    program.done(&["import", &write_folder(&program, 0), "--database", database]);
    let whole = started.elapsed();
    let mut killed = 0;
    for round in 1..=rounds() {
        let folder = write_folder(&program, round);
        let mut import = program
            .command(&["import", &folder, "--database", database])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(moment(round, whole));
        // On Unix this is SIGKILL: nothing of the program runs any more.
        let _ = import.kill();
        let acknowledged = import.wait().unwrap().success();
        killed += usize::from(!acknowledged);
        let now = the_form(&program, database);
        let asked = format!("R{round}");
        assert!(
            now == asked || (now == before && !acknowledged),
            "round {round}: {before} became {now}, asked {asked}"
        );
        before = now;
    }
    assert!(killed > 0, "no import was killed: the moments are too late");
}

/// Somebody who is signed in to a server.
struct Serving {
    address: String,
    token: String,
}

impl Serving {
    /// Starts a server, and signs in to it.
    fn start(program: &Program, database: &str) -> (Child, Self) {
        let mut process = program
            .command(&["serve", "--listen", "127.0.0.1:0", "--log", "error", "--database", database])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let address = BufReader::new(process.stdout.take().unwrap())
            .lines()
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("Waymark is at http://").map(str::to_owned))
            .expect("the program says where it is");
        let mut serving = Self { address, token: String::new() };
        let who = json!({ "email": EMAIL, "password": PASSWORD });
        let (status, session) = serving.ask("POST", "/session", &who).expect("it answers");
        assert_eq!(status, 200, "{session}");
        serving.token = session["token"].as_str().unwrap().to_owned();
        (process, serving)
    }

    /// One request to the API: status and body, or `None` if the server is no more.
    fn ask(&self, method: &str, path: &str, body: &Value) -> Option<(u16, Value)> {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let request = format!(
            "{method} /api/v1{path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.address,
            self.token,
            body.len()
        );
        let mut stream = TcpStream::connect(&self.address).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
        stream.write_all(request.as_bytes()).ok()?;
        let mut answer = Vec::new();
        // A connection that breaks off has not acknowledged anything, unless its first line arrived.
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        let status = answer.split_whitespace().nth(1)?.parse().ok()?;
        let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        // The body may come in chunks; what is asked of it is one JSON value.
        let start = body.find(['{', '[']).unwrap_or(body.len());
        let end = body.rfind(['}', ']']).map_or(start, |end| end + 1);
        Some((status, serde_json::from_str(&body[start..end]).unwrap_or(Value::Null)))
    }
}

fn registers_survive(database: &str) {
    let program = Program::new();
    program.done(&["import", &write_folder(&program, 0), "--database", database]);
    let add = ["person", "add", EMAIL, "--name", "Crash Leader", "--role", "administrator", "--database", database];
    assert_eq!(program.run_with_input(&add, &format!("{PASSWORD}\n")).code, Some(0));
    let mut acknowledged = [None; 10];
    for round in 1..=rounds() {
        let (mut process, serving) = Serving::start(&program, database);
        let institutions = serving.ask("GET", "/institutions", &Value::Null).unwrap().1;
        let institution = find(&institutions, "Crash School");
        let path = format!("/institutions/{institution}");
        let activities = serving.ask("GET", &format!("{path}/activities"), &Value::Null).unwrap().1;
        let learners = learner_ids(&serving, &path);
        let killer = thread::spawn(move || {
            thread::sleep(Duration::from_millis(20) + moment(round, Duration::from_millis(400)));
            let _ = process.kill();
            process.wait()
        });
        let mut open = None;
        for step in 0.. {
            let number = step % 10;
            let status = ["attended", "absent", "excused"][(round + step / 10) % 3];
            let activity = find(&activities, &format!("Careers talk {number}"));
            let marks: Vec<Value> =
                learners.iter().map(|learner| json!({ "learner": learner, "status": status })).collect();
            match serving.ask("POST", &format!("{path}/activities/{activity}/register"), &Value::Array(marks)) {
                Some((200, _)) => acknowledged[number] = Some(status),
                Some((code, body)) => panic!("{code}: {body}"),
                None => {
                    open = Some((number, status));
                    break;
                }
            }
        }
        killer.join().unwrap().unwrap();
        let rows = exported(&program, database, "participation.csv");
        let columns = headings(&program, "participation.csv");
        let column = |name: &str| columns.iter().position(|heading| heading == name).unwrap();
        let (activity, status) = (column("activity"), column("status"));
        for (number, expected) in acknowledged.iter_mut().enumerate() {
            let name = format!("A{number}");
            let of_it: Vec<&str> =
                rows.iter().filter(|row| row[activity] == name).map(|row| row[status].as_str()).collect();
            let found: BTreeSet<&str> = of_it.iter().copied().collect();
            assert!(found.len() <= 1, "round {round}, {name}: half a register {found:?}");
            assert!(of_it.is_empty() || of_it.len() == learners.len(), "round {round}, {name}: {} marks", of_it.len());
            let found = found.first().copied();
            let unanswered = open.filter(|(open, _)| *open == number).map(|(_, status)| status);
            assert!(found == *expected || found == unanswered, "round {round}, {name}: {found:?}, not {expected:?}");
            *expected = ["attended", "absent", "excused"].into_iter().find(|word| Some(*word) == found);
        }
    }
    assert!(acknowledged.iter().any(Option::is_some), "no register was saved: the moments are too early");
}

/// The id of the thing with this name or title in a list of the API.
fn find(list: &Value, name: &str) -> String {
    let things = list.as_array().or_else(|| list.as_object()?.values().find_map(Value::as_array));
    let thing = things.into_iter().flatten().find(|thing| thing["name"] == name || thing["title"] == name);
    thing.and_then(|thing| thing["id"].as_str()).unwrap_or_else(|| panic!("{name} in {list}")).to_owned()
}

/// The first page of learners is enough: a register of some is as whole or half as one of all.
fn learner_ids(serving: &Serving, path: &str) -> Vec<String> {
    let list = serving.ask("GET", &format!("{path}/learners"), &Value::Null).unwrap().1;
    let things = list.as_array().or_else(|| list.as_object()?.values().find_map(Value::as_array)).cloned();
    things.into_iter().flatten().filter_map(|learner| learner["id"].as_str().map(str::to_owned)).collect()
}

#[test]
fn imports_survive_on_sqlite() {
    let program = Program::new();
    imports_survive(&program.path("waymark.sqlite").to_string_lossy());
}

#[test]
fn imports_survive_on_postgresql() {
    imports_survive(&testkit::postgres::fresh_database());
}

#[test]
fn registers_survive_on_sqlite() {
    let program = Program::new();
    registers_survive(&program.path("waymark.sqlite").to_string_lossy());
}

#[test]
fn registers_survive_on_postgresql() {
    registers_survive(&testkit::postgres::fresh_database());
}
