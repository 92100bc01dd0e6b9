//! The application over the database of the settings.

use app::{App, Context, Cost};
use store::Store;

use crate::{database, exit::Failure, rulebook, settings::Settings, wording};

/// Opens it, with the machine's clock.
pub(crate) fn open(settings: &Settings) -> Result<App, Failure> {
    Ok(over(database::open(settings)?, Cost::Full)?.with_identity_providers(settings.openid.clone()))
}

/// The application over an open database.
pub(crate) fn over(store: Store, cost: Cost) -> Result<App, Failure> {
    let rulebook = rulebook::load()?;
    let cases = rulebook::cases(&rulebook)?;
    Ok(App::new(store, rulebook, cases, wording::load()?, Context::ambient(), cost))
}

/// What an operation's failure is to whoever runs a command.
pub(crate) fn failure(error: app::Error) -> Failure {
    match error {
        app::Error::Problems(problems) => {
            let lines: Vec<String> =
                problems.iter().map(|problem| format!("{}: {}", problem.field, problem.message)).collect();
            Failure::Input(lines.join("\n"))
        }
        app::Error::Refusal(refusal @ app::Refusal::Unavailable(_)) => Failure::Database(refusal.to_string()),
        app::Error::Refusal(refusal) => Failure::Refused(refusal.to_string()),
        app::Error::Fault(fault) => Failure::Fault(fault.to_string()),
    }
}
