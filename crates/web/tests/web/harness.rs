//! A browser without a screen: it keeps cookies, follows redirects, and finds the token of a form.

use std::{collections::BTreeMap, path::Path};

use app::{App, Context, Cost};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, Response, StatusCode, header},
};
use rules::{Cases, Rulebook};
use store::Store;
use tempfile::TempDir;
use tower::ServiceExt;

/// A new installation, with its one-time code.
pub(crate) struct Installation {
    pub(crate) app: App,
    pub(crate) code: String,
    pub(crate) router: Router,
    _folder: TempDir,
}

/// Opens a new installation on SQLite; it is 23 November 2026.
pub(crate) fn install() -> Installation {
    install_with(web::Settings::default())
}

/// The same with other settings.
pub(crate) fn install_with(settings: web::Settings) -> Installation {
    serve(application(), settings)
}

/// Where people may sign in with these identity providers.
pub(crate) fn install_with_providers(providers: Vec<app::IdentityProvider>, settings: web::Settings) -> Installation {
    let (app, folder) = application();
    serve((app.with_identity_providers(providers), folder), settings)
}

fn serve((app, folder): (App, TempDir), settings: web::Settings) -> Installation {
    let code = app.offer_set_up().expect("no fault").expect("a code");
    let router = web::router(app.clone(), settings);
    Installation { app, code, router, _folder: folder }
}

/// The application over a new database, and the folder that holds it.
pub(crate) fn application() -> (App, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let address = format!("sqlite:{}", folder.path().join("waymark.sqlite").display());
    let store = Store::open(&address).expect("a database");
    store.migrate().expect("its schema");
    let (rulebook, cases) = rulebook();
    let context = Context::fixed("2026-11-23T09:00:00Z".parse().expect("an instant"), 1);
    let wording = policy::Wording::load(&testkit::files("wording", policy::WORDING_FILES)).expect("the wording");
    (App::new(store, rulebook, cases, wording, context, Cost::Quick), folder)
}

pub(crate) fn rulebook() -> (Rulebook, Cases) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebook");
    let read =
        |name: &&str| ((*name).to_owned(), std::fs::read_to_string(root.join(name)).expect("a file of the rulebook"));
    let rulebook = Rulebook::load(&rules::RULEBOOK_FILES.iter().map(read).collect::<Vec<_>>()).expect("the rulebook");
    let cases = ["cases/england-schools-2025/bm5.1.toml"].iter().map(read).collect::<Vec<_>>();
    let cases = Cases::load(&rulebook, &cases).expect("its cases");
    (rulebook, cases)
}

/// What came back.
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) address: String,
    pub(crate) headers: axum::http::HeaderMap,
    pub(crate) text: String,
}

impl Page {
    /// Fails unless the page says this.
    #[track_caller]
    pub(crate) fn says(&self, words: &str) -> &Self {
        assert!(self.text.contains(words), "{} {} does not say {words:?}:\n{}", self.status, self.address, self.text);
        self
    }

    /// The address of the first link with these words.
    #[track_caller]
    pub(crate) fn link(&self, words: &str) -> String {
        let end =
            self.text.find(&format!(">{words}")).unwrap_or_else(|| panic!("no link {words:?} in:\n{}", self.text));
        let start = self.text[..end].rfind("href=\"").expect("a link") + 6;
        let rest = &self.text[start..];
        rest[..rest.find('"').expect("its end")].replace("&#38;", "&")
    }

    /// Where the form with the first button of these words goes.
    #[track_caller]
    pub(crate) fn action(&self, words: &str) -> String {
        let end =
            self.text.find(&format!(">{words}<")).unwrap_or_else(|| panic!("no button {words:?} in:\n{}", self.text));
        let start = self.text[..end].rfind("action=\"").expect("a form") + 8;
        let rest = &self.text[start..];
        rest[..rest.find('"').expect("its end")].replace("&#38;", "&")
    }

    fn token(&self) -> &str {
        let start = self.text.find("name=\"csrf\" value=\"").expect("a form") + 19;
        &self.text[start..start + self.text[start..].find('"').expect("its end")]
    }
}

/// A browser.
pub(crate) struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    pub(crate) fn new(installation: &Installation) -> Self {
        Self { router: installation.router.clone(), cookies: BTreeMap::new() }
    }

    /// Somebody who set up Waymark with an academy for Years 7 to 13, and its address.
    pub(crate) async fn careers_leader(installation: &Installation) -> (Self, String) {
        let mut browser = Self::new(installation);
        browser.get("/").await.says("One-time code");
        let fields = [
            ("code", installation.code.as_str()),
            ("name", "Robin Example"),
            ("email", "robin@school.example"),
            ("password", "lantern otter kettle"),
        ];
        browser.submit("/setup", "/setup", &fields).await.says("Which school");
        let fields = [("name", "Larkfield Academy"), ("kind", "academy"), ("lowest_year", "7"), ("highest_year", "13")];
        let page = browser.submit("/setup/institution/new", "/setup/institution/new", &fields).await;
        page.says("Bring in a file");
        (browser, page.address.trim_end_matches("/imports").to_owned())
    }

    pub(crate) async fn get(&mut self, address: &str) -> Page {
        let request = Request::get(address).body(Body::empty()).expect("a request");
        self.send(request, address).await
    }

    /// Sends a form of the page at `from`.
    pub(crate) async fn submit(&mut self, from: &str, to: &str, fields: &[(&str, &str)]) -> Page {
        let page = self.get(from).await;
        let mut pairs = vec![format!("csrf={}", page.token())];
        pairs.extend(fields.iter().map(|(name, value)| format!("{name}={}", escape(value))));
        self.post(to, "application/x-www-form-urlencoded", pairs.join("&").into_bytes()).await
    }

    /// Sends a form back to its page, as from this address of the network.
    pub(crate) async fn submit_from(&mut self, peer: &str, page: &str, fields: &[(&str, &str)]) -> Page {
        let token = self.form_token(page).await;
        let mut pairs = vec![format!("csrf={token}")];
        pairs.extend(fields.iter().map(|(name, value)| format!("{name}={}", escape(value))));
        let request = Request::post(page).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let mut request = request.body(Body::from(pairs.join("&"))).expect("a request");
        let peer: std::net::SocketAddr = peer.parse().expect("an address");
        request.extensions_mut().insert(axum::extract::ConnectInfo(peer));
        self.send(request, page).await
    }

    /// Loses a cookie.
    pub(crate) fn forget(&mut self, name: &str) {
        self.cookies.remove(name);
    }

    /// Sends a file from the imports page.
    pub(crate) async fn upload(&mut self, imports: &str, what: &str, name: &str, content: &str) -> Page {
        let page = self.get(imports).await;
        let part = |name: &str, value: &str| {
            format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let body = format!(
            "{}{}--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n{content}\r\n--edge--\r\n",
            part("csrf", page.token()),
            part("what", what)
        );
        self.post(imports, "multipart/form-data; boundary=edge", body.into_bytes()).await
    }

    pub(crate) async fn post(&mut self, to: &str, media_type: &str, body: Vec<u8>) -> Page {
        let request = Request::post(to).header(header::CONTENT_TYPE, media_type);
        self.send(request.body(Body::from(body)).expect("a request"), to).await
    }

    async fn send(&mut self, request: Request<Body>, address: &str) -> Page {
        let mut address = address.to_owned();
        let mut response = self.once(request).await;
        for _ in 0..5 {
            if !response.status().is_redirection() {
                break;
            }
            address = response.headers()[header::LOCATION].to_str().expect("an address").to_owned();
            let page = address.split('#').next().unwrap_or_default().to_owned();
            response = self.once(Request::get(page).body(Body::empty()).expect("a request")).await;
        }
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), 10 << 20).await.expect("a body");
        Page { status, address, headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// One request, without following.
    pub(crate) async fn once(&mut self, mut request: Request<Body>) -> Response<Body> {
        let line: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !line.is_empty() {
            request.headers_mut().insert(header::COOKIE, line.join("; ").parse().expect("cookies"));
        }
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        for set in response.headers().get_all(header::SET_COOKIE) {
            let pair = set.to_str().expect("text").split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').expect("a pair");
            self.cookies.insert(name.to_owned(), value.to_owned());
            self.cookies.retain(|_, value| !value.is_empty());
        }
        response
    }

    /// The token of the first form on a page.
    pub(crate) async fn form_token(&mut self, address: &str) -> String {
        self.get(address).await.token().to_owned()
    }

    /// The value of a cookie.
    pub(crate) fn cookie(&self, name: &str) -> String {
        self.cookies[name].clone()
    }

    /// The session's token, for the API.
    pub(crate) fn session(&self) -> String {
        self.cookies["waymark-session"].clone()
    }
}

fn escape(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
