//! The page by which people read the API's description.

use askama::Template;
use axum::extract::State;
use serde_json::Value;

use crate::{
    answer::{Answer, Failure, show},
    shell::Shell,
    site::Site,
    visitor::Visitor,
};

/// The endpoints by what they are about.
#[derive(Template)]
#[template(path = "pages/api/api.html")]
pub(crate) struct ApiPage {
    shell: Shell,
    groups: Vec<Group>,
}

struct Group {
    name: String,
    about: String,
    endpoints: Vec<Endpoint>,
}

struct Endpoint {
    id: String,
    method: String,
    path: String,
    summary: String,
    parameters: Vec<(String, String)>,
    sends: Option<String>,
    answers: Vec<(String, String)>,
}

/// GET `/api/v1`.
pub(super) async fn get(State(_): State<Site>, visitor: Result<Visitor, Failure>) -> Answer {
    let shell = visitor.as_ref().map_or_else(|_| Shell::default(), Visitor::shell);
    Ok(show(&page(shell.titled("For programmers"))))
}

/// The page, made from the document itself.
pub(crate) fn page(shell: Shell) -> ApiPage {
    let document = serde_json::to_value(super::document()).unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let tags = document["tags"].as_array().cloned().unwrap_or_default();
    let groups = tags.iter().map(|tag| Group {
        name: text(&tag["name"]),
        about: text(&tag["description"]),
        endpoints: endpoints(&document, &text(&tag["name"])),
    });
    ApiPage { shell, groups: groups.collect() }
}

fn endpoints(document: &Value, tag: &str) -> Vec<Endpoint> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut endpoints = Vec::new();
    for (path, operations) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in operations.as_object().into_iter().flatten() {
            if operation["tags"][0] != tag {
                continue;
            }
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let answers = operation["responses"].as_object().into_iter().flatten();
            endpoints.push(Endpoint {
                id: text(&operation["operationId"]),
                method: method.to_uppercase(),
                path: path.clone(),
                summary: text(&operation["summary"]),
                parameters: parameters
                    .filter(|parameter| parameter["in"] == "query")
                    .map(|parameter| (text(&parameter["name"]), text(&parameter["description"])))
                    .collect(),
                sends: schema(&operation["requestBody"]["content"]),
                answers: answers
                    .map(|(status, answer)| (status.clone(), schema(&answer["content"]).unwrap_or_default()))
                    .collect(),
            });
        }
    }
    endpoints
}

/// The name of what a body holds.
fn schema(content: &Value) -> Option<String> {
    let (kind, body) = content.as_object()?.iter().next()?;
    let name = |schema: &Value| schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()).map(str::to_owned);
    let schema = &body["schema"];
    Some(match (name(schema), name(&schema["items"])) {
        (Some(name), _) => name,
        (None, Some(name)) => format!("list of {name}"),
        (None, None) => kind.clone(),
    })
}
