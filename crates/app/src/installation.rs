use serde_json::json;
use store::Within;
use subtle::ConstantTimeEq;

use crate::{Actor, App, Error, Method, NewAccount, NewSession, Origin, Refusal, Result, token::digest};

/// How far a new installation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetUp {
    /// Nobody has an account: the one-time code makes the first administrator.
    NeedsAdministrator,
    /// There are accounts.
    Done,
}

impl App {
    /// How far the installation has come.
    ///
    /// # Errors
    /// Only faults.
    pub fn set_up(&self) -> Result<SetUp> {
        let accounts = self.store().read(Within::none(), store::account::count)?;
        Ok(if accounts == 0 { SetUp::NeedsAdministrator } else { SetUp::Done })
    }

    /// A new one-time code, to be shown to whoever starts the server, if there is no account yet. An earlier code ends.
    ///
    /// # Errors
    /// Only faults.
    pub fn offer_set_up(&self) -> Result<Option<String>> {
        if self.set_up()? == SetUp::Done {
            return Ok(None);
        }
        let code = readable_code(self.context().random_bytes());
        let now = self.context().now();
        let event = self.event(&Actor::operator(), "setup.offered", ("installation", None), json!({}));
        self.store().write(Within::none(), |tx| {
            store::installation::offer_setup(tx, &digest(code.as_bytes()), now)?;
            store::audit::record(tx, Self::INSTALLATION, &event)
        })?;
        Ok(Some(code))
    }

    /// Makes the first administrator with the one-time code, and signs them in.
    ///
    /// # Errors
    /// Problems with the code or the form; a conflict if there is an account already.
    pub fn create_administrator(&self, code: &str, new: &NewAccount, origin: &Origin) -> Result<NewSession> {
        let key = format!("setup {}", origin.address);
        self.0.throttle.try_once(&key, self.context().now())?;
        let typed: String = code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
        let found = self.store().read(Within::none(), store::installation::find)?;
        let expected = found.filter(|i| i.completed_at.is_none()).and_then(|i| i.setup_code_digest);
        let right = expected.is_some_and(|expected| expected.ct_eq(&digest(grouped(&typed).as_bytes())).into());
        if self.set_up()? == SetUp::Done {
            return Err(Error::conflict("Waymark has been set up already. Sign in instead."));
        }
        if !right {
            return Err(Error::problem("code", "This is not the code that the server printed when it last started."));
        }
        self.0.throttle.forgive(&key);
        let account = self.account(new, true)?;
        let event =
            self.event(&Actor::operator(), "account.added", ("account", Some(account.id.0)), json!({"setup": true}));
        let now = self.context().now();
        self.store().write(Within::none(), |tx| -> Result<()> {
            if store::account::count(tx)? > 0 {
                return Err(Refusal::Conflict("Waymark has been set up already. Sign in instead.".into()).into());
            }
            store::account::insert(tx, &account)?;
            store::installation::complete_setup(tx, now)?;
            Ok(store::audit::record(tx, Self::INSTALLATION, &event)?)
        })?;
        self.begin_session(account.id, Method::Password, origin, false)
    }
}

/// Fifteen letters and digits that are not mistaken for one another, in threes of five: 75 bits.
fn readable_code(random: [u8; 15]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let code: String = random.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    grouped(&code)
}

fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(5).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}
