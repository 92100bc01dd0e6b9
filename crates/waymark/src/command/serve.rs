use app::{App, BadPost, PostSecurity, PostSettings};
use clap::{ArgMatches, Args};
use tokio::net::TcpListener;

use crate::{
    Outcome, console,
    exit::{Failure, Status},
    installation,
    settings::{Options, Origin, Settings, Smtp, SmtpSecurity},
};

/// Serve the web pages and the JSON API
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  waymark serve
  waymark serve --listen 127.0.0.1:9000 --public-address https://careers.example.org

The first start prints a one-time code: open the address and enter it to make the first administrator. Ctrl-C ends it
when the requests under way are finished.")]
pub(crate) struct Serve {
    #[command(flatten)]
    options: Options,
}

impl Serve {
    pub(crate) fn run(self, matches: &ArgMatches) -> Outcome {
        let settings = self.options.settings(matches)?;
        settings.start_log("info")?;
        let app = installation::open(&settings)?;
        serve(app, &settings, |app, address| {
            let code = app.offer_set_up().map_err(installation::failure)?;
            let invited = code.map(|code| {
                format!("Nobody can sign in yet. Open {address}/setup and enter this one-time code: {code}\n")
            });
            Ok(invited.unwrap_or_default() + &format!("Waymark is at {address}\n"))
        })
    }
}

/// How many operations run at once; more wait. Each may hold a database connection, an upload, or the memory that a password takes.
const OPERATIONS: usize = 16;

/// Serves until asked to stop. What `says` comes to is printed once the address is taken.
pub(super) fn serve(
    app: App,
    settings: &Settings,
    says: impl FnOnce(&App, &str) -> Result<String, Failure>,
) -> Outcome {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(OPERATIONS)
        .build()
        .map_err(|error| Failure::Fault(format!("No threads could be started: {error}.")))?;
    // Before anything is said or listened on.
    if let Some(tls) = &settings.tls {
        tls.value.check().map_err(|bad| unusable(&bad))?;
    }
    let listen = settings.listen.value;
    let listener = runtime.block_on(TcpListener::bind(listen)).map_err(|error| {
        Failure::Refused(format!("{listen} cannot be listened on: {error}. Choose another address with --listen."))
    })?;
    // With port 0 the system chooses one.
    let listening = listener.local_addr().unwrap_or(listen);
    let address = match settings.public_address.from {
        Origin::Default if settings.tls.is_some() => format!("https://{listening}"),
        Origin::Default => format!("http://{listening}"),
        _ => settings.public_address.value.clone(),
    };
    if let Some(smtp) = &settings.smtp {
        open_post(&app, smtp, &address)?;
    }
    console::answer(&says(&app, &address)?)?;
    let web = web::Settings {
        public_address: Some(address),
        upload_limit: settings.upload_limit.value,
        trusted_proxies: settings.trusted_proxies.value.clone(),
        tls: settings.tls.as_ref().map(|tls| tls.value.clone()),
        ..web::Settings::default()
    };
    runtime.block_on(async { web::serve(listener, app, web, asked_to_stop()).await }).map_err(|error| match error {
        web::ServeError::Tls(bad) => unusable(&bad),
        web::ServeError::Io(error) => Failure::Fault(format!("Serving ended: {error}.")),
    })?;
    Ok(Status::Done)
}

/// From here on letters are sent.
fn open_post(app: &App, smtp: &Smtp, address: &str) -> Result<(), Failure> {
    let authority = smtp.authority.as_ref().map(|path| {
        std::fs::read(path).map_err(|error| Failure::Input(format!("smtp authority, {}: {error}.", path.display())))
    });
    let settings = PostSettings {
        host: smtp.host.clone(),
        port: smtp.port,
        security: match smtp.security {
            SmtpSecurity::None => PostSecurity::None,
            SmtpSecurity::StartTls => PostSecurity::StartTls,
            SmtpSecurity::Tls => PostSecurity::Tls,
        },
        login: smtp.login.as_ref().map(|login| (login.username.clone(), login.password.clone())),
        from: smtp.from.clone(),
        authority: authority.transpose()?,
        public_address: address.to_owned(),
    };
    app.open_post(&settings).map_err(|BadPost(why)| Failure::Input(format!("smtp: {why}.")))
}

fn unusable(bad: &web::BadTls) -> Failure {
    Failure::Input(format!("The certificate for https cannot be used. {bad}."))
}

/// Ends when the terminal or the system asks.
async fn asked_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => return,
                _ = tokio::signal::ctrl_c() => return,
            }
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
