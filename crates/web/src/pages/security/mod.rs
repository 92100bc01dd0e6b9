//! Under "Your account": the second step of signing in, passkeys, recovery codes, and the page that asks who is there.

mod code;
mod confirm;
mod overview;
mod passkeys;
mod proofs;
mod recovery_codes;

pub(crate) use code::{begin as begin_code, confirm as confirm_code, get as code, turn_off as turn_off_code};
pub(crate) use confirm::{get as confirm, passkey as confirmation_passkey, post as confirmed};
pub(crate) use overview::get;
pub(crate) use passkeys::{add as add_passkey, options as new_passkey, remove as remove_passkey};
pub(crate) use proofs::{Asked, Given, asked};
pub(crate) use recovery_codes::{left, make as new_recovery_codes};

#[cfg(test)]
pub(crate) use {
    code::CodePage,
    confirm::ConfirmPage,
    overview::{PasskeyLine, SecurityPage},
    recovery_codes::RecoveryCodesPage,
};
