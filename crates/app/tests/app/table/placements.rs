use app::{Actor, App, Error, LinkPurpose, ListFormat, PlacementFile, View};
use domain::{LinkId, PlacementCheck, PlacementEntryId, PlacementId, PlacementStage};

use super::Asked;

/// Asks an operation of this area; none if it is not of this area.
pub(super) fn perform(operation: &str, app: &App, actor: &Actor, asked: &Asked) -> Option<Result<(), Error>> {
    let (institution, id) = (asked.institution, PlacementId(1));
    let view = View { institution, as_of: None };
    Some(match operation {
        "placements" => app.placements(actor, view, &Default::default()).map(drop),
        "placement_years" => app.placement_years(actor, view).map(drop),
        "placement_hours" => app.placement_hours(actor, view, &Default::default()).map(drop),
        "export_placements" => {
            let what = (PlacementFile::Register, ListFormat::Csv);
            app.export_placements(actor, view, &Default::default(), what).map(drop)
        }
        "placement" => app.placement(actor, view, id).map(drop),
        "add_placement" => app.add_placement(actor, view, &asked.learner.to_string(), &Default::default()).map(drop),
        "add_placements" => app.add_placements(actor, view, &Default::default()).map(drop),
        "change_placement" => app.change_placement(actor, institution, id, &Default::default()),
        "move_placement" => app.move_placement(actor, institution, id, PlacementStage::Requested, "").map(drop),
        "move_placements" => app.move_placements(actor, institution, &[id], PlacementStage::Requested, "").map(drop),
        "undo_placement_step" => app.undo_placement_step(actor, institution, id, 1),
        "undo_placement_steps" => app.undo_placement_steps(actor, institution, &[(id, 1)]),
        "set_placement_check" => {
            app.set_placement_check(actor, institution, id, PlacementCheck::Visit, &Default::default())
        }
        "make_placement_link" => {
            app.make_placement_link(actor, institution, id, LinkPurpose::PlacementParent).map(drop)
        }
        "close_placement_link" => app.close_placement_link(actor, institution, id, LinkId(1)),
        "add_placement_entry" => app.add_placement_entry(actor, institution, id, &Default::default()).map(drop),
        "delete_placement_entry" => app.delete_placement_entry(actor, institution, id, PlacementEntryId(1)),
        _ => return None,
    })
}

/// Operations about something that is not there: to those who may, nothing is found.
pub(super) const NEEDS_SOMETHING: &[&str] = &[
    "placement",
    "change_placement",
    "move_placement",
    "move_placements",
    "undo_placement_step",
    "undo_placement_steps",
    "set_placement_check",
    "make_placement_link",
    "close_placement_link",
    "add_placement_entry",
    "delete_placement_entry",
];
