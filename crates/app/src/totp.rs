//! Six-digit codes from an app (RFC 6238): steps of 30 seconds, a step early or late is let through, and none works twice.

use domain::AccountId;
use qrcode::{Color, EcLevel, QrCode};
use serde_json::json;
use store::{Tx, Within};
use totp_rs::{Builder, Secret, Totp};

use crate::{Actor, App, Context, Error, RecoveryCodes, Result, second_step::somebody};

/// How apps name us.
const ISSUER: &str = "Waymark";

/// What somebody's app must be told before it can make codes.
#[derive(Clone, PartialEq, Eq)]
pub struct TotpOffer {
    /// The secret as apps take it, in groups of four letters and digits.
    pub secret: String,
    /// The same as a picture for the phone's camera.
    pub picture: QrPicture,
}

impl std::fmt::Debug for TotpOffer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TotpOffer(redacted)")
    }
}

/// A picture of dark squares on a light ground, with the quiet zone around it that cameras need.
#[derive(Clone, PartialEq, Eq)]
pub struct QrPicture {
    /// Its width and height, in squares.
    pub size: usize,
    /// The dark ones, as the path of an SVG in the same measure.
    pub path: String,
}

/// How many light squares there are on each side of a picture.
const QUIET: usize = 4;

impl QrPicture {
    /// The picture that a phone's camera reads as this text.
    ///
    /// # Errors
    /// If the text is longer than a picture can say.
    pub fn of(text: &str) -> Result<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(Error::fault)?;
        let width = code.width();
        let dark = code.to_colors().into_iter().enumerate().filter(|(_, colour)| *colour == Color::Dark);
        let path = dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET)).collect();
        Ok(Self { size: width + 2 * QUIET, path })
    }
}

impl App {
    /// Makes a secret for the person's app, in place of one that was never confirmed. Nothing is asked for until
    /// [`App::confirm_totp`].
    ///
    /// # Errors
    /// [`Refusal::ConfirmFirst`](crate::Refusal::ConfirmFirst), or a conflict if an app is set up already.
    pub fn offer_totp(&self, actor: &Actor) -> Result<()> {
        let account = self.ask_fresh(actor)?;
        let secret: [u8; 20] = self.context().random_bytes();
        let event = self.event(actor, "second-step.begun", ("account", Some(account.0)), json!({"kind": "code"}));
        self.store().write(Within::none(), |tx| {
            if store::totp::find(tx, account)?.is_some_and(|totp| totp.confirmed_at.is_some()) {
                return Err(Error::conflict(
                    "Codes from an app are on already. Turn them off first, to set up another app.",
                ));
            }
            store::totp::offer(tx, account, &secret, self.context().now())?;
            Ok(store::audit::record(tx, Self::INSTALLATION, &event)?)
        })
    }

    /// What is to be confirmed; none if nothing is.
    ///
    /// # Errors
    /// [`Refusal::ConfirmFirst`](crate::Refusal::ConfirmFirst).
    pub fn totp_offer(&self, actor: &Actor) -> Result<Option<TotpOffer>> {
        let id = self.ask_fresh(actor)?;
        let (account, totp) = self
            .store()
            .read(Within::none(), |tx| -> Result<_> { Ok((somebody(tx, id)?, store::totp::find(tx, id)?)) })?;
        let Some(totp) = totp.filter(|totp| totp.confirmed_at.is_none()) else { return Ok(None) };
        let app = of_secret(totp.secret.clone(), &account.email)?;
        let letters = Secret::from(totp.secret).to_base32();
        let groups: Vec<&str> =
            letters.as_bytes().chunks(4).filter_map(|four| std::str::from_utf8(four).ok()).collect();
        let address = app.to_url().map_err(|error| Error::fault(error.to_string()))?;
        Ok(Some(TotpOffer { secret: groups.join(" "), picture: QrPicture::of(&address)? }))
    }

    /// Turns codes on: the first one proves that the app makes the right ones. Returns recovery codes for a person who has none yet.
    ///
    /// # Errors
    /// A problem at `code`; [`Refusal::TooMany`](crate::Refusal::TooMany) after too many tries.
    pub fn confirm_totp(&self, actor: &Actor, code: &str) -> Result<Option<RecoveryCodes>> {
        let account = self.ask_fresh(actor)?;
        let now = self.context().now();
        let key = format!("totp set-up {account}");
        self.0.throttle.try_once(&key, now)?;
        let found = self.store().read(Within::none(), |tx| store::totp::find(tx, account))?;
        let Some(totp) = found.filter(|totp| totp.confirmed_at.is_none()) else {
            return Err(Error::conflict("There is nothing to confirm: begin again under “Security”."));
        };
        let Some(step) = step_of(&totp, code, self.context())? else {
            return Err(Error::problem("code", WRONG));
        };
        let event = self.event(actor, "second-step.added", ("account", Some(account.0)), json!({"kind": "code"}));
        let codes = self.store().write(Within::none(), |tx| -> Result<_> {
            if !store::totp::accept(tx, account, step)? {
                return Err(Error::problem("code", WRONG));
            }
            store::totp::confirm(tx, account, now)?;
            store::audit::record(tx, Self::INSTALLATION, &event)?;
            self.first_recovery_codes(tx, actor, account)
        })?;
        self.0.throttle.forgive(&key);
        Ok(codes)
    }

    /// Turns codes off. Recovery codes go with the last thing that they stand in for.
    ///
    /// # Errors
    /// [`Refusal::ConfirmFirst`](crate::Refusal::ConfirmFirst); a conflict if there is nothing to turn off.
    pub fn turn_off_totp(&self, actor: &Actor) -> Result<()> {
        let account = self.ask_fresh(actor)?;
        let event = self.event(actor, "second-step.removed", ("account", Some(account.0)), json!({"kind": "code"}));
        self.store().write(Within::none(), |tx| {
            if !store::totp::delete(tx, account)? {
                return Err(Error::conflict("Codes from an app are off already."));
            }
            store::audit::record(tx, Self::INSTALLATION, &event)?;
            self.drop_idle_recovery_codes(tx, actor, account)
        })
    }

    /// Whether this is a code that the person's app shows now and that was not used yet; it is used up with the transaction.
    pub(crate) fn accepts_code(&self, tx: &mut Tx<'_>, account: AccountId, code: &str) -> Result<bool> {
        let totp = store::totp::find(tx, account)?.filter(|totp| totp.confirmed_at.is_some());
        let Some(totp) = totp else { return Ok(false) };
        match step_of(&totp, code, self.context())? {
            Some(step) => Ok(store::totp::accept(tx, account, step)?),
            None => Ok(false),
        }
    }
}

/// What is said of a code that is not accepted, whatever the reason.
pub(crate) const WRONG: &str = "This code is not right, or was used already. Enter the one that the app shows now.";

fn of_secret(secret: Vec<u8>, email: &str) -> Result<Totp> {
    let name = email.replace(':', " ");
    let built = Builder::new().with_secret(secret).with_issuer(Some(ISSUER)).with_account_name(name).build();
    built.map_err(|error| Error::fault(error.to_string()))
}

/// The step of 30 seconds that this code is of: this one, the one before or the one after.
fn step_of(totp: &store::totp::Totp, code: &str, context: &Context) -> Result<Option<i64>> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    let seconds = u64::try_from(context.now().as_second()).map_err(Error::fault)?;
    let step = of_secret(totp.secret.clone(), "")?.check(&digits, seconds);
    step.map(|step| i64::try_from(step).map_err(Error::fault)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_its_quiet_zone_and_the_corner_that_cameras_look_for() {
        let picture = QrPicture::of("otpauth://totp/Waymark:robin@school.example?secret=A&issuer=Waymark").unwrap();
        // Sizes of codes are 17 + 4 × version.
        assert_eq!((picture.size - 2 * QUIET - 17) % 4, 0);
        assert!(picture.path.starts_with("M4 4h1v1h-1zM5 4h1"), "{}", &picture.path[..30]);
        assert!(!picture.path.contains(&format!("M{} ", picture.size - QUIET)));
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, SHA-1: at 59 seconds 94287082, of which six digits are 287082.
        let totp = store::totp::Totp {
            account: AccountId(1),
            secret: b"12345678901234567890".to_vec(),
            created_at: jiff::Timestamp::UNIX_EPOCH,
            confirmed_at: None,
            last_step: 0,
        };
        let at = |second: i64| Context::fixed(jiff::Timestamp::from_second(second).unwrap(), 1);
        for (second, code, step) in [
            (59, "287082", Some(1)),
            (59, " 287 082 ", Some(1)),
            (89, "287082", Some(1)),
            (0, "287082", Some(1)),
            (90, "287082", None),
            (59, "287083", None),
            (59, "", None),
            (59, "94287082", None),
            (59, "２８７０８２", None),
            (1_111_111_109, "081804", Some(37_037_036)),
        ] {
            assert_eq!(step_of(&totp, code, &at(second)).unwrap(), step, "{code} at {second}");
        }
    }
}
