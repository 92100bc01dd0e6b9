//! The reviewed table, and the addresses that the router has.

use std::{collections::BTreeSet, fmt};

use app::{Action, Actions, Role};
use axum::http::Method;

use super::town::Person;

/// One address and what it takes.
pub(super) struct Row {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) takes: Takes,
}

/// What an address takes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// Nothing.
    Open,
    /// Being signed in.
    SignedIn,
    /// The right to set up institutions.
    SettingUp,
    /// Any of these actions in the institution; over all of its learners, if so.
    Any(Actions, bool),
    /// Every one of these actions in the institution.
    Every(Actions),
    /// Any of these actions over all of its learners, by one of these roles.
    As(Actions, Vec<Role>),
}

impl Takes {
    fn read(text: &str) -> Self {
        match text {
            "open" => Self::Open,
            "signed-in" => Self::SignedIn,
            "set-up" => Self::SettingUp,
            words if words.contains(" for all as ") => {
                let (words, roles) = words.split_once(" for all as ").expect("both");
                let action = |word| Action::from_word(word).unwrap_or_else(|| panic!("there is no action {word:?}"));
                let role = |word| Role::from_word(word).unwrap_or_else(|| panic!("there is no role {word:?}"));
                let actions = Actions::of(&words.split(" or ").map(action).collect::<Vec<_>>());
                Self::As(actions, roles.split(" or ").map(role).collect())
            }
            words if words.contains(" and ") => {
                let action = |word| Action::from_word(word).unwrap_or_else(|| panic!("there is no action {word:?}"));
                Self::Every(Actions::of(&words.split(" and ").map(action).collect::<Vec<_>>()))
            }
            words => {
                let (words, for_all) = words.strip_suffix(" for all").map_or((words, false), |words| (words, true));
                let action = |word| Action::from_word(word).unwrap_or_else(|| panic!("there is no action {word:?}"));
                Self::Any(Actions::of(&words.split(" or ").map(action).collect::<Vec<_>>()), for_all)
            }
        }
    }

    /// Whether the person may come in.
    pub(super) fn admits(&self, person: &Person) -> bool {
        match self {
            Self::Open | Self::SignedIn => true,
            Self::SettingUp => person.sets_up,
            Self::Every(actions) => person.allowed.and(*actions) == *actions,
            Self::As(actions, roles) => {
                let is_one = roles.iter().any(|role| role.word() == person.name);
                is_one && person.allowed.and(*actions) != Actions::default() && !person.is_limited
            }
            Self::Any(actions, for_all) => {
                person.allowed.and(*actions) != Actions::default() && !(*for_all && person.is_limited)
            }
        }
    }
}

impl Row {
    /// Whether it names an institution, in its path or, to change to another, behind it.
    pub(super) fn is_of_institution(&self) -> bool {
        self.path.contains("{institution}") || self.path == "/go"
    }

    pub(super) fn is_upload(&self) -> bool {
        let ends = ["/imports", "/import", "/files", "/register/sheet", "/website/logo", "/earlier"];
        self.method == Method::POST
            && (ends.iter().any(|end| self.path.ends_with(end)) || self.path == "/setup/register")
    }

    /// Whether it names what must have happened or been made before, or an identity provider, of which there is none here.
    pub(super) fn is_about_what_happened(&self) -> bool {
        let ends = [
            "/{event}",
            "/{identity}",
            "/{provider}",
            "/restore",
            "/{passkey}/remove",
            "/{note}",
            "/{activity_template}/delete",
            "/{activity_file}",
            "/{activity_file}/delete",
            "/{key}/revoke",
            "/{calendar_feed}/end",
            "_link}/end",
        ];
        ends.iter().any(|end| self.path.ends_with(end))
    }

    /// Whether whoever asks is signed out afterwards.
    pub(super) fn ends_the_session(&self) -> bool {
        self.path == "/sign-out" || self.method == Method::DELETE && self.path == "/api/v1/session"
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// The rows of `docs/access.md`.
pub(super) fn read() -> Vec<Row> {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/access.md");
    let page = std::fs::read_to_string(page).expect("docs/access.md is part of the repository");
    let mut rows = Vec::new();
    for line in page.lines().filter(|line| line.starts_with("| ") && line.contains(" /")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let (method, path) = cells[0].split_once(' ').expect("a method and an address");
        let method = method.parse().expect("a method");
        rows.push(Row { method, path: path.to_owned(), takes: Takes::read(cells[1]) });
    }
    rows
}

/// Every address of the pages, as the router's source names them, and of the API, as its description does.
pub(super) fn routed() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let router = include_str!("../../../src/router.rs");
    let (one, rest) = router.split_once("    Router::new()").expect("the pages of one institution, then the others");
    add_routes(&mut found, OF_INSTITUTION, one);
    add_routes(&mut found, "", rest);
    for source in [
        include_str!("../../../src/routes/activities.rs"),
        include_str!("../../../src/routes/calendar.rs"),
        include_str!("../../../src/routes/gaps.rs"),
        include_str!("../../../src/routes/organisations.rs"),
        include_str!("../../../src/routes/placements.rs"),
        include_str!("../../../src/routes/programme.rs"),
        include_str!("../../../src/routes/registers.rs"),
        include_str!("../../../src/routes/duties.rs"),
        include_str!("../../../src/routes/policy.rs"),
        include_str!("../../../src/routes/requests.rs"),
        include_str!("../../../src/routes/site.rs"),
        include_str!("../../../src/routes/site_check.rs"),
    ] {
        let (one, open) = source.split_once("fn open()").expect("pages of one institution, then open ones");
        add_routes(&mut found, OF_INSTITUTION, one);
        add_routes(&mut found, "", open);
    }
    let description = include_str!("../../../../../docs/openapi.json");
    let description: serde_json::Value = serde_json::from_str(description).expect("JSON");
    for (path, operations) in description["paths"].as_object().expect("paths") {
        for method in operations.as_object().expect("operations").keys() {
            found.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    found.extend(["GET /api/v1".to_owned(), "GET /api/v1/openapi.json".to_owned()]);
    found
}

/// Where the pages of one institution are nested.
const OF_INSTITUTION: &str = "/institutions/{institution}";

/// The addresses that a piece of source names.
fn add_routes(found: &mut BTreeSet<String>, prefix: &str, source: &str) {
    for call in source.split(".route(").skip(1) {
        let path = call.trim_start().trim_start_matches('"').split('"').next().expect("a path");
        // The rest of the call: as far as its parentheses close.
        let mut depth = 1;
        let end = call.find(|c| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth == 0
        });
        let methods = &call[..end.expect("a closed call")];
        for (word, method) in [("get(", "GET"), ("post(", "POST"), ("put(", "PUT"), ("delete(", "DELETE")] {
            let is_called = methods.match_indices(word).any(|(at, _)| {
                methods[..at]
                    .chars()
                    .next_back()
                    .is_none_or(|before| !before.is_alphanumeric() && before != '_' && before != ':')
            });
            if is_called {
                // Nested, the first page's address has no stroke at its end.
                let path = if !prefix.is_empty() && path == "/" { "" } else { path };
                found.insert(format!("{method} {prefix}{path}"));
            }
        }
    }
}
