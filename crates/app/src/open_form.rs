//! What forms have in common that anybody fills in without an account.

use crate::{App, Problems, account::check_address};

/// Figures and letters of which none is taken for another.
const SPOKEN: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// Notes a problem if the field was filled in that people do not see. Nothing is dropped unsaid: a browser may have filled it.
pub(crate) fn check_trap(trap: &str, problems: &mut Problems) {
    if !trap.trim().is_empty() {
        problems.add(
            "",
            "A field was filled in that is there to tell programs from people, perhaps by your browser, so this is not sent yet. What \
             you typed is still here: send it again.",
        );
    }
}

/// Notes a problem unless the text is blank or can be one e-mail address: nobody has confirmed it, and our letter goes there.
pub(crate) fn check_one_address(text: &str, field: &'static str, problems: &mut Problems) {
    if text.contains([',', ';', '<', '>', '"']) || text.matches('@').count() > 1 {
        problems.add(field, "Enter one e-mail address, such as name@provider.example.");
    } else {
        check_address(text, field, problems);
    }
}

impl App {
    /// A word of so many letters that can be said over the telephone: `7K2M9X`.
    pub(crate) fn spoken<const LETTERS: usize>(&self) -> String {
        let bytes: [u8; LETTERS] = self.context().random_bytes();
        bytes.iter().map(|byte| char::from(SPOKEN[usize::from(byte % 32)])).collect()
    }
}
