use app::{Actor, App, Error, ListFormat, View};
use domain::{ActivityFileId, ActivityState, ActivityTemplateId};

use super::Asked;

/// Asks an operation of this area; none if it is not of this area.
pub(super) fn perform(operation: &str, app: &App, actor: &Actor, asked: &Asked) -> Option<Result<(), Error>> {
    let (institution, activity) = (asked.institution, asked.activity);
    let view = View { institution, as_of: None };
    let file = ActivityFileId(1);
    Some(match operation {
        "plan_activity" => app.plan_activity(actor, institution, &Default::default(), &Default::default()).map(drop),
        "change_plan" => {
            app.change_plan(actor, institution, activity, &Default::default(), &Default::default()).map(drop)
        }
        "activity_plan" => app.activity_plan(actor, view, activity).map(drop),
        "activity_forms" => app.activity_forms(actor, view, activity).map(drop),
        "export_activities" => app.export_activities(actor, view, &Default::default(), ListFormat::Csv).map(drop),
        "budget" => app.budget(actor, view).map(drop),
        "set_budget" => app.set_budget(actor, institution, domain::AcademicYear::starting(2026), "100"),
        "beginnings" => app.beginnings(actor, view).map(drop),
        "save_template" => app.save_template(actor, institution, activity, "Talk").map(drop),
        "delete_template" => app.delete_template(actor, institution, ActivityTemplateId(1)).map(drop),
        "restore_template" => app.restore_template(actor, institution, 1),
        "set_activity_state" => {
            app.set_activity_state(actor, institution, activity, ActivityState::Cancelled, "").map(drop)
        }
        "undo_activity_state" => app.undo_activity_state(actor, institution, activity, 1),
        "invite_cohort" => app.invite_cohort(actor, institution, activity).map(drop),
        "add_part" => app.add_part(actor, institution, activity, &Default::default()).map(drop),
        "add_activity_file" => app.add_activity_file(actor, institution, activity, "a.txt", b"a").map(drop),
        "activity_file" => app.activity_file(actor, view, activity, file).map(drop),
        "remove_activity_file" => app.remove_activity_file(actor, institution, activity, file),
        "restore_activity_file" => app.restore_activity_file(actor, institution, activity, file),
        _ => return None,
    })
}

/// Operations about something that is not there: to those who may, nothing is found.
pub(super) const NEEDS_SOMETHING: &[&str] = &[
    "activity_file",
    "delete_template",
    "remove_activity_file",
    "restore_activity_file",
    "restore_template",
    "undo_activity_state",
];
