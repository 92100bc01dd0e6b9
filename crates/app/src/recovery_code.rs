//! Ten codes to keep on paper, for the day when the app or the passkey is gone. Shown once; each works once.

use domain::AccountId;
use serde_json::json;
use store::{Tx, Within};

use crate::{Actor, App, Context, Error, Result, token::digest};

/// How many somebody is given at once.
const CODES: usize = 10;
/// Letters and digits that nobody takes for one another on paper. 32 of them, so that a code of 25 has 125 random bits: enough
/// to keep only a plain digest.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// New codes, the only time that they can be seen.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCodes(Vec<String>);

impl RecoveryCodes {
    fn new(context: &Context) -> Self {
        let one = || {
            let bytes: [u8; 25] = context.random_bytes();
            let letters: Vec<u8> = bytes.iter().map(|byte| LETTERS[usize::from(byte % 32)]).collect();
            let groups = letters.chunks(5).map(|five| String::from_utf8_lossy(five).into_owned());
            groups.collect::<Vec<_>>().join("-")
        };
        Self(std::iter::repeat_with(one).take(CODES).collect())
    }

    /// The codes as they are to be printed: `K7QM2-…`.
    pub fn reveal(&self) -> &[String] {
        &self.0
    }
}

impl std::fmt::Debug for RecoveryCodes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryCodes(redacted)")
    }
}

/// What is kept of a code as somebody typed it, whatever the case and the hyphens.
fn digest_of(typed: &str) -> Vec<u8> {
    let letters: String = typed.chars().filter(char::is_ascii_alphanumeric).take(LETTERS.len()).collect();
    digest(letters.to_ascii_uppercase().as_bytes())
}

impl App {
    /// Makes ten new codes; the earlier ones work no more.
    ///
    /// # Errors
    /// [`Refusal::ConfirmFirst`](crate::Refusal::ConfirmFirst); a conflict if there is nothing that they could stand in for.
    pub fn new_recovery_codes(&self, actor: &Actor) -> Result<RecoveryCodes> {
        let account = self.ask_fresh(actor)?;
        self.store().write(Within::none(), |tx| {
            if !has_second_step(tx, account)? {
                return Err(Error::conflict(
                    "Set up an app or a passkey first: recovery codes stand in for one of them.",
                ));
            }
            self.make_recovery_codes(tx, actor, account)
        })
    }

    /// Codes for somebody who has just set up their first second step and has none.
    pub(crate) fn first_recovery_codes(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        account: AccountId,
    ) -> Result<Option<RecoveryCodes>> {
        if store::recovery_code::left(tx, account)? > 0 {
            return Ok(None);
        }
        self.make_recovery_codes(tx, actor, account).map(Some)
    }

    fn make_recovery_codes(&self, tx: &mut Tx<'_>, actor: &Actor, account: AccountId) -> Result<RecoveryCodes> {
        let codes = RecoveryCodes::new(self.context());
        let digests: Vec<_> = codes.0.iter().map(|code| digest_of(code)).collect();
        store::recovery_code::replace(tx, account, &digests)?;
        let event = self.event(actor, "recovery-codes.made", ("account", Some(account.0)), json!({"codes": CODES}));
        store::audit::record(tx, Self::INSTALLATION, &event)?;
        Ok(codes)
    }

    /// Takes the codes away when nothing is left that they could stand in for: alone they would be a second password.
    pub(crate) fn drop_idle_recovery_codes(&self, tx: &mut Tx<'_>, actor: &Actor, account: AccountId) -> Result<()> {
        if has_second_step(tx, account)? || store::recovery_code::left(tx, account)? == 0 {
            return Ok(());
        }
        store::recovery_code::delete_of(tx, account)?;
        let event = self.event(actor, "recovery-codes.removed", ("account", Some(account.0)), json!({}));
        Ok(store::audit::record(tx, Self::INSTALLATION, &event)?)
    }

    /// Uses up a code; `None` if there is no such one. Returns how many are left.
    pub(crate) fn spend_recovery_code(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        account: AccountId,
        code: &str,
    ) -> Result<Option<u64>> {
        if !store::recovery_code::spend(tx, account, &digest_of(code), self.context().now())? {
            return Ok(None);
        }
        let left = store::recovery_code::left(tx, account)?;
        let event = self.event(actor, "recovery-code.used", ("account", Some(account.0)), json!({"left": left}));
        store::audit::record(tx, Self::INSTALLATION, &event)?;
        Ok(Some(left))
    }
}

/// Whether somebody has anything that is asked for after their password.
pub(crate) fn has_second_step(tx: &mut Tx<'_>, account: AccountId) -> Result<bool> {
    let code = store::totp::find(tx, account)?.is_some_and(|totp| totp.confirmed_at.is_some());
    Ok(code || store::passkey::count(tx, account)? > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_codes_differ_and_are_known_again_however_they_are_typed() {
        let context = Context::fixed("2026-11-23T09:00:00Z".parse().unwrap(), 1);
        let codes = RecoveryCodes::new(&context);
        let mut digests: Vec<_> = codes.reveal().iter().map(|code| digest_of(code)).collect();
        digests.sort();
        digests.dedup();
        assert_eq!(digests.len(), CODES);
        let one = &codes.reveal()[0];
        assert_eq!(one.len(), 29);
        assert_eq!(digest_of(one), digest_of(&format!(" {} ", one.to_lowercase().replace('-', " "))));
        assert_ne!(digest_of(one), digest_of(&one[1..]));
        assert_eq!(format!("{codes:?}"), "RecoveryCodes(redacted)");
    }
}
