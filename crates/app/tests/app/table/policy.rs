use app::{Actor, App, Error};

use super::Asked;

/// Asks an operation of this area; none if it is not of this area.
pub(super) fn perform(_operation: &str, _app: &App, _actor: &Actor, _asked: &Asked) -> Option<Result<(), Error>> {
    None
}

/// Operations about something that is not there: to those who may, nothing is found.
pub(super) const NEEDS_SOMETHING: &[&str] = &[];
