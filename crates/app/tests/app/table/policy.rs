use app::{Actor, App, Error, PolicyFormat, View};
use domain::PolicyId;
use policy::Paper;

use super::Asked;

/// Asks an operation of this area; none if it is not of this area.
pub(super) fn perform(operation: &str, app: &App, actor: &Actor, asked: &Asked) -> Option<Result<(), Error>> {
    let institution = asked.institution;
    let view = View { institution, as_of: None };
    let id = PolicyId(1);
    Some(match operation {
        "policies" => app.policies(actor, view).map(drop),
        "begin_policy" => app.begin_policy(actor, institution, Paper::CareersPolicy).map(drop),
        "policy" => app.policy(actor, view, id).map(drop),
        "set_policy_review" => app.set_policy_review(actor, institution, id, "").map(drop),
        "policy_edition" => app.policy_edition(actor, view, id).map(drop),
        "move_policy_edition" => app.move_policy_edition(actor, institution, id).map(drop),
        "policy_clause" => app.policy_clause(actor, view, id, "vision.purpose", None).map(drop),
        "change_clause" => app.change_clause(actor, institution, id, "vision.purpose", &Default::default()).map(drop),
        "undo_policy_change" => app.undo_policy_change(actor, institution, id, 0).map(drop),
        "policy_read_in" => app.policy_read_in(actor, view, id).map(drop),
        "read_in_policy" => {
            app.read_in_policy(actor, institution, id, b"<!doctype html><html><p>We aim high.").map(drop)
        }
        "place_passage" => app.place_passage(actor, institution, id, 0, &Default::default()).map(drop),
        "set_passage_aside" => app.set_passage_aside(actor, institution, id, 0),
        "take_passage_back" => app.take_passage_back(actor, institution, id, 0).map(drop),
        "policy_to_sign" => app.policy_to_sign(actor, view, id).map(drop),
        "sign_policy" => app.sign_policy(actor, institution, id, &Default::default()),
        "approve_policy" => app.approve_policy(actor, institution, id, &Default::default()),
        "publish_policy" => app.publish_policy(actor, institution, id),
        "return_policy" => app.return_policy(actor, institution, id),
        "confirm_from_policy" => app.confirm_from_policy(actor, institution, id).map(drop),
        "undo_policy_confirmation" => app.undo_policy_confirmation(actor, institution, id, 1),
        "policy_text" => app.policy_text(actor, view, id).map(drop),
        "policy_file" => app.policy_file(actor, view, id, PolicyFormat::Docx).map(drop),
        "compare_policies" => app.compare_policies(actor, view, id, id).map(drop),
        _ => return None,
    })
}

/// Operations about something that is not there: to those who may, nothing is found.
pub(super) const NEEDS_SOMETHING: &[&str] = &[
    "policy",
    "set_policy_review",
    "policy_edition",
    "move_policy_edition",
    "policy_clause",
    "change_clause",
    "undo_policy_change",
    "policy_read_in",
    "read_in_policy",
    "place_passage",
    "set_passage_aside",
    "take_passage_back",
    "policy_to_sign",
    "sign_policy",
    "approve_policy",
    "publish_policy",
    "return_policy",
    "confirm_from_policy",
    "undo_policy_confirmation",
    "policy_text",
    "policy_file",
    "compare_policies",
];
