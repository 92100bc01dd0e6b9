use app::{AcceptedSession, Actor, App, CatchUpForm, CatchUpSessionForm, Error, ListFormat, SlotForm, View};
use domain::SlotId;

use super::Asked;

/// Asks an operation of this area; none if it is not of this area.
pub(super) fn perform(operation: &str, app: &App, actor: &Actor, asked: &Asked) -> Option<Result<(), Error>> {
    let Asked { institution, learner, activity, .. } = *asked;
    let view = View { institution, as_of: None };
    let slot = SlotId(-1);
    Some(match operation {
        "catch_ups" => app.catch_ups(actor, view, &Default::default()).map(drop),
        "export_catch_ups" => app.export_catch_ups(actor, view, &Default::default(), ListFormat::Csv).map(drop),
        "plan_catch_up" => {
            let form = CatchUpSessionForm { date: String::new(), learners: vec![learner] };
            app.plan_catch_up(actor, institution, activity, &form).map(drop)
        }
        "close_catch_up" => app.close_catch_up(actor, institution, activity, learner, &CatchUpForm::default()),
        "reopen_catch_up" => app.reopen_catch_up(actor, institution, activity, learner),
        "gaps" => app.gaps(actor, view, &Default::default()).map(drop),
        "export_gaps" => app.export_gaps(actor, view, &Default::default(), ListFormat::Csv).map(drop),
        "proposal" => app.proposal(actor, view, &Default::default()).map(drop),
        "accept_proposal" => {
            app.accept_proposal(actor, institution, &[AcceptedSession { slot, learners: vec![learner] }]).map(drop)
        }
        "undo_proposal" => app.undo_proposal(actor, institution, -1).map(drop),
        "slots" => app.slots(actor, view).map(drop),
        "add_slots" => app.add_slots(actor, institution, &SlotForm::default()).map(drop),
        "slot" => app.slot(actor, view, slot).map(drop),
        "change_slot" => app.change_slot(actor, institution, slot, &SlotForm::default()),
        "remove_slot" => app.remove_slot(actor, institution, slot).map(drop),
        "undo_slots" => app.undo_slots(actor, institution, -1).map(drop),
        _ => return None,
    })
}

/// Operations about something that is not there: to those who may, nothing is found.
pub(super) const NEEDS_SOMETHING: &[&str] = &[
    "accept_proposal",
    "undo_proposal",
    "close_catch_up",
    "reopen_catch_up",
    "slot",
    "change_slot",
    "remove_slot",
    "undo_slots",
];
