use app::{Proofs, QrPicture};

use super::{render, shell};
use crate::{
    pages::{second_step::SecondStepPage, security::*},
    shell::Shell,
};

fn asked(proofs: Proofs) -> Asked {
    Asked { proofs, action: "/sign-in/second-step", options: "/sign-in/second-step/passkey", next: "/".into() }
}

pub(super) fn pages() -> Vec<(&'static str, String)> {
    let all = Proofs { password: false, code: true, passkey: true, recovery_code: true };
    let bare = |title: &str| Shell { title: title.into(), csrf: "sample".into(), ..Shell::default() };
    let passkey = PasskeyLine {
        name: "School laptop".into(),
        added: "23 November 2026, 09:14".into(),
        used: "not yet".into(),
        remove: "/account/security/passkeys/1/remove".into(),
    };
    vec![
        ("second-step", render(&SecondStepPage { shell: bare("One more step"), asked: asked(all) })),
        ("confirm", render(&ConfirmPage { shell: shell("Confirm that it is you", ""), asked: asked(all) })),
        (
            "confirm-nothing",
            render(&ConfirmPage { shell: shell("Confirm that it is you", ""), asked: asked(Proofs::default()) }),
        ),
        (
            "security",
            render(&SecurityPage {
                shell: shell("Security", ""),
                lead: "You sign in with a passkey, or with a password and a code from an app.".into(),
                wanted: Some("Larkfield Academy".into()),
                code_since: Some("23 November 2026, 09:14".into()),
                passkeys: vec![passkey],
                offers_passkeys: true,
                name: String::new(),
                recovery_codes: Some("Nine are left.".into()),
            }),
        ),
        (
            "security-code",
            render(&CodePage {
                shell: shell("Set up an app for codes", ""),
                secret: "ABCD EFGH IJKL MNOP QRST UVWX YZ23 4567".into(),
                picture: QrPicture { size: 33, path: "M4 4h1v1h-1z".into() },
            }),
        ),
        (
            "security-recovery-codes",
            render(&RecoveryCodesPage {
                shell: shell("Your recovery codes", ""),
                codes: (0..10).map(|number| format!("SAMPL-EAABB-CCDDE-EFFGG-HHJ{number:02}")).collect(),
            }),
        ),
    ]
}
