//! Sending e-mail: a queue that a thread of its own works off, so that nobody waits for a mail server, and nobody can tell from
//! how long an answer takes whether a letter was written.

use std::{
    collections::VecDeque,
    sync::{
        Weak,
        mpsc::{self, Receiver, RecvTimeoutError, SyncSender},
    },
    thread::JoinHandle,
    time::{Duration, Instant, SystemTime},
};

use lettre::{
    Message, SmtpTransport, Transport,
    message::{Mailbox, header::ContentType},
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
    },
};

use crate::{
    App, Inner, Secret, Token,
    letter::Letter,
    outbox::{HERE, Outcome},
};

/// The mail server, and what letters need to know.
#[derive(Debug, Clone)]
pub struct PostSettings {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way there is protected.
    pub security: PostSecurity,
    /// Who we are to it, if it asks.
    pub login: Option<(String, Secret)>,
    /// The address that our letters come from: `Waymark <careers@school.example>`.
    pub from: String,
    /// An authority of one's own that signed the server's certificate, in PEM.
    pub authority: Option<Vec<u8>>,
    /// What links begin with: the address that browsers use, without a `/` at its end.
    pub public_address: String,
}

/// How the way to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PostSecurity {
    /// Not at all: for a server on this machine.
    None,
    /// Begun in the clear, then TLS; refused if the server does not offer it.
    StartTls,
    /// TLS from the first byte.
    Tls,
}

/// What is wrong with [`PostSettings`], in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadPost(pub String);

/// How many tasks wait at most; what comes when it is full is dropped, and logged.
const QUEUE: usize = 1_000;
/// How long the mail server may take for one step.
const PATIENCE: Duration = Duration::from_secs(20);
/// When a letter is tried again. All within the hour for which the link of a reset works.
const AGAIN_AFTER: [Duration; 4] =
    [Duration::from_secs(2), Duration::from_secs(30), Duration::from_secs(300), Duration::from_secs(900)];

/// How often it is looked for letters that are kept, and how soon after some did not go.
const LOOK_EVERY: Duration = Duration::from_secs(30);
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// What the thread is to do.
#[derive(Debug)]
pub(crate) enum Task {
    /// Send this.
    Send(Letter),
    /// Let whoever has this address set a new password, if somebody has.
    Reset(Asked),
    /// Send the letters that are kept and due.
    Outbox,
}

/// An address that somebody typed.
pub(crate) struct Asked(pub(crate) String);

impl std::fmt::Debug for Asked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Asked(redacted)")
    }
}

/// The queue and the thread behind it. Dropped, it sends what is waiting, once, and ends.
#[derive(Debug)]
pub(crate) struct Post {
    queue: Option<SyncSender<Task>>,
    worker: Option<JoinHandle<()>>,
    public_address: String,
}

impl App {
    /// Opens the post: from here on letters are sent. Without it, links are handed over by an administrator.
    ///
    /// # Errors
    /// What is wrong with the settings. That the server answers is not tried.
    pub fn open_post(&self, settings: &PostSettings) -> Result<(), BadPost> {
        let desk = Desk::new(settings)?;
        let (queue, tasks) = mpsc::sync_channel(QUEUE);
        let app = std::sync::Arc::downgrade(&self.0);
        let worker = std::thread::Builder::new()
            .name("post".to_owned())
            .spawn(move || desk.work(&app, &tasks))
            .map_err(|error| BadPost(format!("no thread for sending e-mail could be started: {error}")))?;
        let post = Post { queue: Some(queue), worker: Some(worker), public_address: settings.public_address.clone() };
        self.0.post.set(post).map_err(|_| BadPost("e-mail is sent already".to_owned()))
    }

    /// Whether letters are sent.
    pub fn has_post(&self) -> bool {
        self.0.post.get().is_some()
    }

    /// A whole address for a letter.
    pub(crate) fn address_of(&self, path: &str) -> String {
        let start = self.0.post.get().map_or("", |post| post.public_address.as_str());
        format!("{start}{path}")
    }

    /// Hands a task to the thread, without waiting. Nothing happens without post.
    pub(crate) fn post(&self, task: Task) {
        let Some(queue) = self.0.post.get().and_then(|post| post.queue.as_ref()) else { return };
        if queue.try_send(task).is_err() {
            tracing::error!("a letter was dropped: too many are waiting");
        }
    }
}

impl Drop for Post {
    fn drop(&mut self) {
        self.queue = None;
        let Some(worker) = self.worker.take() else { return };
        // The thread itself may be the last to hold the application.
        if worker.thread().id() != std::thread::current().id() && worker.join().is_err() {
            tracing::error!("the thread that sends e-mail had panicked");
        }
    }
}

/// What the thread works with.
struct Desk {
    transport: SmtpTransport,
    from: Mailbox,
}

/// A letter that could not be sent yet.
struct Waiting {
    message: Message,
    code: &'static str,
    tries: usize,
    due: Instant,
}

impl Desk {
    fn new(settings: &PostSettings) -> Result<Self, BadPost> {
        let from: Mailbox =
            settings.from.parse().map_err(|_| BadPost("the address that e-mail comes from is none".to_owned()))?;
        let tls = || {
            let mut parameters = TlsParameters::builder(settings.host.clone());
            if let Some(pem) = &settings.authority {
                let authority = Certificate::from_pem(pem)
                    .map_err(|error| BadPost(format!("the authority of the mail server cannot be read: {error}")))?;
                parameters = parameters.add_root_certificate(authority);
            }
            parameters.build().map_err(|error| BadPost(format!("TLS to the mail server: {error}")))
        };
        let tls = match settings.security {
            PostSecurity::None => Tls::None,
            PostSecurity::StartTls => Tls::Required(tls()?),
            PostSecurity::Tls => Tls::Wrapper(tls()?),
        };
        let mut transport =
            SmtpTransport::builder_dangerous(&settings.host).port(settings.port).tls(tls).timeout(Some(PATIENCE));
        if let Some((name, password)) = &settings.login {
            transport = transport.credentials(Credentials::new(name.clone(), password.reveal().to_owned()));
        }
        Ok(Self { transport: transport.build(), from })
    }

    /// Until the application is gone.
    fn work(self, app: &Weak<Inner>, tasks: &Receiver<Task>) {
        let mut waiting: VecDeque<Waiting> = VecDeque::new();
        let mut look = Instant::now();
        loop {
            let next = waiting.iter().map(|letter| letter.due).min().map_or(look, |due| due.min(look));
            match tasks.recv_timeout(next.saturating_duration_since(Instant::now())) {
                Ok(Task::Outbox) => look = Instant::now(),
                Ok(task) => {
                    if let Some(message) = self.take(app, task) {
                        waiting.push_back(message);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            for _ in 0..waiting.len() {
                let Some(letter) = waiting.pop_front() else { break };
                if letter.due > Instant::now() {
                    waiting.push_back(letter);
                } else if let Some(again) = self.send(letter) {
                    waiting.push_back(again);
                }
            }
            if look <= Instant::now() {
                look = Instant::now() + if self.clear_outbox(app) { LOOK_EVERY } else { LOOK_AGAIN };
            }
        }
        for letter in waiting {
            tracing::warn!(letter = letter.code, "a letter was not sent before the end");
        }
    }

    /// The message that comes of a task, if any does.
    fn take(&self, app: &Weak<Inner>, task: Task) -> Option<Waiting> {
        let app = App(app.upgrade()?);
        let letter = match task {
            Task::Outbox => return None,
            Task::Send(letter) => letter,
            Task::Reset(Asked(email)) => match app.begin_reset(&email) {
                Ok(letter) => letter?,
                Err(error) => {
                    tracing::error!(%error, "a password could not be let be set anew");
                    return None;
                }
            },
        };
        let code = letter.about.code();
        match self.message(&app, &letter) {
            Some(message) => Some(Waiting { message, code, tries: 0, due: Instant::now() }),
            None => {
                tracing::warn!(letter = code, "a letter was not sent: its address is none");
                None
            }
        }
    }

    fn message(&self, app: &App, letter: &Letter) -> Option<Message> {
        let to = Mailbox::new(Some(letter.to.name.clone()), letter.to.email.parse().ok()?);
        self.compose(app, to, &Token::new(app.context()).reveal()[..32], letter.words())
    }

    /// Sends the letters that are kept and due. Whether there is nothing to come back to soon.
    fn clear_outbox(&self, app: &Weak<Inner>) -> bool {
        let Some(app) = app.upgrade().map(App) else { return true };
        let cleared = app.due_letters().and_then(|due| {
            for (institution, id) in &due {
                let Some(letter) = app.take_letter(*institution, *id)? else { continue };
                let outcome = self.send_kept(&app, &letter);
                app.note_letter(*institution, &letter, &outcome)?;
                if let Outcome::Later(_) = outcome {
                    // The server is busy or gone: the others can wait as well.
                    return Ok(false);
                }
            }
            Ok(due.is_empty())
        });
        cleared.unwrap_or_else(|error| {
            tracing::error!(%error, "letters that wait could not be looked for");
            true
        })
    }

    /// Tries a letter that is kept, once.
    fn send_kept(&self, app: &App, letter: &store::letter::Letter) -> Outcome {
        let words = (letter.subject.clone(), letter.text.replace(HERE, &app.address_of("")));
        let message = letter.recipient.parse().ok();
        let message = message
            .and_then(|email| self.compose(app, Mailbox::new(None, email), &format!("letter.{}", letter.id), words));
        let Some(message) = message else {
            return Outcome::Never("this is not an address that e-mail can be sent to".to_owned());
        };
        let about = letter.about.as_str();
        match self.transport.send(&message) {
            Ok(_) => {
                tracing::info!(letter = about, "a letter was sent");
                Outcome::Sent
            }
            Err(error) => {
                let cause = cause(&error);
                tracing::warn!(letter = about, cause, "a letter could not be sent");
                if error.is_permanent() { Outcome::Never(cause) } else { Outcome::Later(cause) }
            }
        }
    }

    fn compose(&self, app: &App, to: Mailbox, id: &str, (subject, text): (String, String)) -> Option<Message> {
        let id = format!("<{id}@{}>", self.from.email.domain());
        let seconds = u64::try_from(app.context().now().as_second()).unwrap_or_default();
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(subject)
            .date(at)
            .message_id(Some(id))
            // Nobody's "out of office" is wanted (RFC 3834).
            .raw_header(lettre::message::header::HeaderValue::new(
                lettre::message::header::HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ))
            .header(ContentType::TEXT_PLAIN)
            .body(text)
            .ok()
    }

    /// Tries once; the letter again if it is to be tried later.
    fn send(&self, letter: Waiting) -> Option<Waiting> {
        let Err(error) = self.transport.send(&letter.message) else {
            tracing::info!(letter = letter.code, "a letter was sent");
            return None;
        };
        let cause = cause(&error);
        match AGAIN_AFTER.get(letter.tries).filter(|_| !error.is_permanent()) {
            Some(pause) => {
                tracing::warn!(letter = letter.code, cause, "a letter could not be sent yet; it is tried again");
                Some(Waiting { tries: letter.tries + 1, due: Instant::now() + *pause, ..letter })
            }
            None => {
                tracing::error!(letter = letter.code, cause, "a letter was not sent");
                None
            }
        }
    }
}

/// Why a letter could not be sent, for the log. What the server said may quote an address, so of that only the number is told.
fn cause(error: &lettre::transport::smtp::Error) -> String {
    match error.status() {
        Some(code) => format!("the mail server answered {code}"),
        None if error.is_timeout() => "the mail server did not answer in time".to_owned(),
        None if error.is_response() => "the mail server's answer cannot be read".to_owned(),
        None => error.to_string(),
    }
}
