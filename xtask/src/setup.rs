use crate::{Outcome, debian, deny, npm, step};

/// Installs what building and testing need, as far as it is missing.
pub(crate) fn setup() -> Outcome {
    step::heading("What the tests need");
    debian::install(&[
        debian::C_COMPILER,
        debian::NODE,
        debian::NPM,
        debian::CHROMIUM,
        debian::CHROMIUM_DRIVER,
        debian::POSTGRESQL,
        debian::POPPLER,
        debian::LIBREOFFICE,
        debian::OPENSSL,
    ])?;
    npm::install(&npm::PROGRAM)?;
    npm::install(&npm::TESTS)?;
    deny::install()?;
    println!("  everything is there");
    Ok(())
}

/// Only what tests of the store need.
pub(crate) fn needed_by_the_store() -> Outcome {
    debian::install(&[debian::C_COMPILER, debian::POSTGRESQL, debian::OPENSSL])
}
