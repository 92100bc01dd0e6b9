use axum::{
    body::{Body, to_bytes},
    http::{Method, Request, StatusCode, header},
};
use serde_json::{Value, json};

use crate::harness::{Browser, Installation, install};

/// A program that calls the API.
struct Program<'a> {
    installation: &'a Installation,
    token: String,
}

impl Program<'_> {
    async fn call(&self, method: Method, path: &str, body: Option<Value>) -> (StatusCode, Value) {
        let request =
            Request::builder().method(method).uri(path).header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        let request = match body {
            Some(body) => request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_string())),
            None => request.body(Body::empty()),
        };
        let response = Browser::new(self.installation).once(request.expect("a request")).await;
        let status = response.status();
        let bytes = to_bytes(response.into_body(), 10 << 20).await.expect("a body");
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }
}

#[tokio::test]
async fn a_program_signs_in_records_an_activity_and_reads_it_back() {
    let installation = install();
    let (browser, academy) = Browser::careers_leader(&installation).await;
    let mut program = Program { installation: &installation, token: String::new() };
    let who = json!({"email": "robin@school.example", "password": "lantern otter kettle"});
    let (status, begun) = program.call(Method::POST, "/api/v1/session", Some(who)).await;
    assert_eq!(status, 200, "{begun}");
    program.token = begun["token"].as_str().expect("a token").to_owned();
    assert_ne!(program.token, browser.session());

    let (_, institutions) = program.call(Method::GET, "/api/v1/institutions", None).await;
    assert_eq!(institutions[0]["name"], "Larkfield Academy");
    let under = format!("/api/v1{academy}");
    let new =
        json!({"title": "Mock interviews", "date": "2026-11-12", "kind": "employer-encounter", "year_groups": [9]});
    let (status, recorded) = program.call(Method::POST, &format!("{under}/activities"), Some(new)).await;
    assert_eq!(status, 201, "{recorded}");
    let activity = format!("{under}/activities/{}", recorded["id"].as_str().expect("an id"));
    let (_, found) = program.call(Method::GET, &activity, None).await;
    assert_eq!(found["title"], "Mock interviews");
    for page in ["", "/to-do", "/benchmarks", "/learners", "/activities", "/imports", "/requirements/bm5.1"] {
        let (status, body) = program.call(Method::GET, &format!("{under}{page}"), None).await;
        assert_eq!(status, 200, "{page}: {body}");
    }
    let (status, _) = program.call(Method::DELETE, &activity, None).await;
    assert_eq!(status, 204);
    let (status, problem) = program.call(Method::GET, &activity, None).await;
    assert_eq!((status.as_u16(), problem["status"].as_u64()), (404, Some(404)));
}

#[tokio::test]
async fn failures_are_problem_details() {
    let installation = install();
    let (browser, academy) = Browser::careers_leader(&installation).await;
    let stranger = Program { installation: &installation, token: "00".repeat(32) };
    let (status, problem) = stranger.call(Method::GET, "/api/v1/institutions", None).await;
    assert_eq!((status.as_u16(), problem["title"].as_str()), (401, Some("Sign in first")));
    let program = Program { installation: &installation, token: browser.session() };
    let wrong = json!({"title": "", "date": "soon", "kind": "employer-encounter"});
    let (status, problem) = program.call(Method::POST, &format!("/api/v1{academy}/activities"), Some(wrong)).await;
    assert_eq!(status, 422);
    let fields: Vec<_> =
        problem["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["title", "date"]);
    let (status, _) = program.call(Method::GET, "/api/v1/institutions/1/learners", None).await;
    assert_eq!(status, 404);
    let (status, document) = program.call(Method::GET, "/api/v1/openapi.json", None).await;
    assert_eq!((status.as_u16(), document["info"]["title"].as_str()), (200, Some("Waymark")));
}

#[tokio::test]
async fn changes_by_cookie_need_the_sessions_own_token_or_origin() {
    let installation = install();
    let (mut browser, academy) = Browser::careers_leader(&installation).await;
    let activities = format!("/api/v1{academy}/activities");
    let session: Value = serde_json::from_str(&browser.get("/api/v1/session").await.text).expect("JSON");
    let csrf = session["csrf"].as_str().expect("a token").to_owned();
    let tried = [
        (None, 403),
        (Some(("x-csrf-token", "wrong")), 403),
        (Some(("origin", "https://elsewhere.example")), 403),
        (Some(("origin", "null")), 403),
        (Some(("x-csrf-token", csrf.as_str())), 201),
        (Some(("origin", "https://careers.school.example")), 201),
    ];
    for (proof, expected) in tried {
        let new = json!({"title": "Mock interviews", "date": "2026-11-12", "kind": "employer-encounter"});
        let mut request = Request::post(&activities)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::HOST, "careers.school.example");
        if let Some((name, value)) = proof {
            request = request.header(name, value);
        }
        let response = browser.once(request.body(Body::from(new.to_string())).expect("a request")).await;
        assert_eq!(response.status(), expected, "{proof:?}");
        if expected == 403 {
            assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
        }
    }
}
