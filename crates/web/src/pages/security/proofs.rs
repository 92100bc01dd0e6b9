use app::{PasskeyAnswer, PasskeyAsked, Proof, Proofs, RelyingParty};
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::{answer::Failure, fields::Fields, site::Site};

/// The forms in which somebody proves who they are, as a part of a page.
pub(crate) struct Asked {
    pub(crate) proofs: Proofs,
    /// Where each of them goes.
    pub(crate) action: &'static str,
    /// Where the script asks what to ask the device for.
    pub(crate) options: &'static str,
    /// Where to go on, an address of our own.
    pub(crate) next: String,
}

impl Asked {
    /// Whether there is anything that can be asked.
    pub(crate) fn any(&self) -> bool {
        let Proofs { password, code, passkey, recovery_code } = self.proofs;
        password || code || passkey || recovery_code
    }
}

/// What somebody sent to prove who they are.
pub(crate) struct Given {
    how: &'static str,
    typed: String,
    answer: PasskeyAnswer,
    party: Option<RelyingParty>,
}

impl Given {
    /// From one of the forms of [`Asked`].
    pub(crate) fn read(fields: &Fields, site: &Site) -> Result<Self, Failure> {
        let how = ["password", "code", "recovery_code", "passkey"].into_iter().find(|how| *how == fields.one("how"));
        let how = how.ok_or_else(|| {
            Failure::problem("This form does not say how you prove who you are. Open the page again.")
        })?;
        Ok(Self { how, typed: fields.text(how), answer: answer(fields), party: site.relying_party() })
    }

    /// The same for `app`.
    pub(crate) fn proof(&self) -> Proof<'_> {
        match (self.how, &self.party) {
            ("password", _) => Proof::Password(&self.typed),
            ("recovery_code", _) => Proof::RecoveryCode(&self.typed),
            ("passkey", Some(party)) => Proof::Passkey(party, &self.answer),
            _ => Proof::Code(&self.typed),
        }
    }
}

/// What a device answered, as the script put it into the form.
pub(super) fn answer(fields: &Fields) -> PasskeyAnswer {
    PasskeyAnswer { ceremony: fields.text("ceremony"), credential: fields.text("credential") }
}

/// What the script asks the device for.
pub(crate) fn asked(asked: &PasskeyAsked) -> Response {
    Json(json!({ "ceremony": asked.ceremony.reveal(), "options": asked.options })).into_response()
}
