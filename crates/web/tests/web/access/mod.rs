//! Every page and endpoint with every role, in the person's own institution and in another, signed out and with a session
//! that has ended, compared with the reviewed table in `docs/access.md`.

mod areas;
mod table;
mod town;

use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use table::{Row, Takes};
use town::{Person, Town};

/// What came of a request: the status, and where it leads.
#[derive(Debug)]
struct Answer {
    status: StatusCode,
    location: String,
}

impl Answer {
    fn asks_to_sign_in(&self) -> bool {
        self.status == StatusCode::UNAUTHORIZED
            || self.status == StatusCode::SEE_OTHER && self.location.starts_with("/sign-in")
    }

    fn is_refused(&self) -> bool {
        self.asks_to_sign_in() || [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&self.status)
    }
}

/// Asks for a row's address, with a form, a file or JSON as it wants.
async fn ask(town: &Town, row: &Row, person: Option<&Person>) -> Answer {
    let address = town.fill(&row.path);
    let is_api = address.starts_with("/api/");
    let mut request = Request::builder().method(row.method.clone()).uri(&address);
    if let Some(person) = person {
        request = match is_api {
            true => request.header(header::AUTHORIZATION, format!("Bearer {}", person.token)),
            false => request.header(header::COOKIE, format!("waymark-session={}", person.token)),
        };
    }
    let csrf = person.map_or("", |person| person.csrf.as_str());
    let request = match (&row.method, is_api) {
        (&Method::GET | &Method::DELETE, _) => request.body(Body::empty()),
        (_, true) => {
            let (media_type, body) = town.sent(&row.path);
            request.header(header::CONTENT_TYPE, media_type).body(Body::from(body))
        }
        (_, false) if row.is_upload() => {
            let part = format!(
                "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--edge\r\nContent-Disposition: form-data; name=\"what\"\r\n\r\nlearners\r\n--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"roll.csv\"\r\nContent-Type: text/csv\r\n\r\nURN\r\n1\r\n--edge--\r\n"
            );
            request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge").body(Body::from(part))
        }
        (_, false) => {
            let form = format!("csrf={csrf}{}", town.form(&row.path));
            request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(form))
        }
    };
    let response = town.send(request.expect("a request")).await;
    let location = response.headers().get(header::LOCATION).map_or("", |at| at.to_str().expect("text")).to_owned();
    Answer { status: response.status(), location }
}

#[tokio::test]
async fn every_address_opens_to_those_whom_the_table_names_and_to_nobody_else() {
    let rows = table::read();
    let base = Town::build();
    let mut wrong = Vec::new();
    for row in &rows {
        // What changes something gets a town of its own, so that one row does not take away what the next one needs.
        let copy = (row.method != Method::GET).then(|| base.copy());
        let town = copy.as_ref().unwrap_or(&base);
        let mut note = |who: &str, expected: &str, answer: &Answer| {
            wrong.push(format!("{row} as {who}: {expected}, not {} {}", answer.status, answer.location));
        };
        let signed_out = ask(town, row, None).await;
        // A form before signing in needs the cookie of its own page: that it asks for one is no refusal of ours.
        if row.takes == Takes::Open && signed_out.asks_to_sign_in() {
            note("nobody", "open", &signed_out);
        } else if row.takes != Takes::Open && !signed_out.asks_to_sign_in() {
            note("nobody", "asked to sign in", &signed_out);
        }
        let (allowed, refused): (Vec<_>, Vec<_>) = town.people().partition(|person| row.takes.admits(person));
        for person in refused {
            let answer = ask(town, row, Some(person)).await;
            let expected = if person.is_stranger() && row.is_of_institution() {
                StatusCode::NOT_FOUND
            } else {
                StatusCode::FORBIDDEN
            };
            if answer.status != expected {
                note(&person.name, expected.as_str(), &answer);
            }
        }
        for (number, person) in allowed.into_iter().enumerate() {
            // Signing out ends the session, and so would be the end of everything after it.
            if row.ends_the_session() && number > 0 {
                break;
            }
            let answer = ask(town, row, Some(person)).await;
            let gone = answer.status == StatusCode::NOT_FOUND
                && (number > 0 && row.method != Method::GET || row.is_about_what_happened());
            if answer.status.is_server_error() || answer.is_refused() && !gone && !row.ends_the_session() {
                note(&person.name, "passes", &answer);
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ from docs/access.md:\n{}", wrong.len(), wrong.join("\n"));
}

#[tokio::test]
async fn a_session_that_has_ended_opens_nothing() {
    let town = Town::build();
    town.thirteen_hours_later();
    let leader = town.people().find(|person| person.name == "careers-leader").expect("they lead careers");
    for row in table::read().iter().filter(|row| row.takes != Takes::Open) {
        let answer = ask(&town, row, Some(leader)).await;
        assert!(answer.asks_to_sign_in(), "{row}: {answer:?}");
    }
}

#[test]
fn the_table_names_every_address_once() {
    let named: Vec<String> = table::read().iter().map(Row::to_string).collect();
    let once: BTreeSet<&String> = named.iter().collect();
    assert_eq!(once.len(), named.len(), "an address stands in the table twice");
    let routed = table::routed();
    let missing: Vec<_> = routed.iter().filter(|address| !once.contains(address)).collect();
    assert!(missing.is_empty(), "docs/access.md lacks {missing:#?}");
    let gone: Vec<_> = named.iter().filter(|address| !routed.contains(*address)).collect();
    assert!(gone.is_empty(), "docs/access.md names what is not there: {gone:#?}");
}
