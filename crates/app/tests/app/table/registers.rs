use app::{Actor, App, Error, LinkPurpose, View};
use domain::LinkId;

use super::Asked;

/// Asks an operation of this area; none if it is not of this area.
pub(super) fn perform(operation: &str, app: &App, actor: &Actor, asked: &Asked) -> Option<Result<(), Error>> {
    let Asked { institution, activity, .. } = *asked;
    let view = View { institution, as_of: None };
    Some(match operation {
        "check_in" => app.check_in(actor, view, activity).map(drop),
        "check_list" => app.check_list(actor, view, activity, "L1").map(drop),
        "check_register_sheet" => app.check_register_sheet(actor, view, activity, "a.csv", b"Reference,Mark").map(drop),
        "close_link" => app.close_link(actor, institution, LinkPurpose::Register, LinkId(1)),
        "make_register_link" => app.make_register_link(actor, institution, activity, &Default::default()).map(drop),
        "open_check_in" => app.open_check_in(actor, institution, activity, "15").map(drop),
        "register_links" => app.register_links(actor, view, activity).map(drop),
        "register_sheet" => app.register_sheet(actor, view, activity).map(drop),
        _ => return None,
    })
}

/// Operations about something that is not there: to those who may, nothing is found.
pub(super) const NEEDS_SOMETHING: &[&str] = &["close_link"];
