use app::{Actor, App, Approver, Error, ListFormat, OutcomeForm, View};
use domain::{CurriculumLinkId, OutcomeId, StaffTrainingId, YearGroup};

use super::Asked;

const OUTCOME: OutcomeId = OutcomeId(1);
const LINK: CurriculumLinkId = CurriculumLinkId(1);
const TRAINING: StaffTrainingId = StaffTrainingId(1);

/// Asks an operation of this area; none if it is not of this area.
pub(super) fn perform(operation: &str, app: &App, actor: &Actor, asked: &Asked) -> Option<Result<(), Error>> {
    let institution = asked.institution;
    let view = View { institution, as_of: None };
    let year = YearGroup::new(9);
    Some(match operation {
        "programme" => app.programme(actor, view).map(drop),
        "change_programme" => app.change_programme(actor, view, &Default::default()).map(drop),
        "copy_programme" => app.copy_programme(actor, view).map(drop),
        "programme_year" => app.programme_year(actor, view, year).map(drop),
        "change_programme_year" => app.change_programme_year(actor, view, year, &Default::default()).map(drop),
        "add_outcomes" => app.add_outcomes(actor, view, year, &OutcomeForm::default()).map(drop),
        "export_outcomes" => app.export_outcomes(actor, view, ListFormat::Csv).map(drop),
        "import_outcomes" => app.import_outcomes(actor, view, "outcomes.csv", b"Year group,Outcome\n").map(drop),
        "outcome" => app.outcome(actor, view, OUTCOME).map(drop),
        "change_outcome" => app.change_outcome(actor, view, OUTCOME, &OutcomeForm::default()).map(drop),
        "remove_outcome" => app.remove_outcome(actor, view, OUTCOME).map(drop),
        "restore_outcome" => app.restore_outcome(actor, view, OUTCOME, 1).map(drop),
        "progression" => app.progression(actor, view).map(drop),
        "approve_programme" => app.approve_programme(actor, view, Approver::Senior, &Default::default()),
        "withdraw_approval" => app.withdraw_approval(actor, view, Approver::Senior),
        "programme_document" => app.programme_document(actor, view).map(drop),
        "programme_file" => app.programme_file(actor, view).map(drop),
        "curriculum_map" => app.curriculum_map(actor, view).map(drop),
        "curriculum_cell" => app.curriculum_cell(actor, view, "Art", year).map(drop),
        "set_subject_leads" => app.set_subject_leads(actor, institution, &[]).map(drop),
        "add_curriculum_link" => app.add_curriculum_link(actor, view, &Default::default()).map(drop),
        "curriculum_link" => app.curriculum_link(actor, view, LINK).map(drop),
        "change_curriculum_link" => app.change_curriculum_link(actor, view, LINK, &Default::default()),
        "record_curriculum_link" => app.record_curriculum_link(actor, view, LINK, "").map(drop),
        "remove_curriculum_link" => app.remove_curriculum_link(actor, view, LINK).map(drop),
        "restore_curriculum_link" => app.restore_curriculum_link(actor, view, LINK, 1).map(drop),
        "staff_training" => app.staff_training(actor, view).map(drop),
        "add_staff_training" => app.add_staff_training(actor, institution, &Default::default()).map(drop),
        "remove_staff_training" => app.remove_staff_training(actor, institution, TRAINING).map(drop),
        "restore_staff_training" => app.restore_staff_training(actor, institution, TRAINING, 1),
        "journey" => app.journey(actor, view).map(drop),
        "journey_picture" => app.journey_picture(actor, view).map(drop),
        "journey_poster" => app.journey_poster(actor, view).map(drop),
        "roadmap" => app.roadmap(actor, view).map(drop),
        "roadmap_picture" => app.roadmap_picture(actor, view).map(drop),
        "roadmap_poster" => app.roadmap_poster(actor, view).map(drop),
        "add_roadmap_point" => app.add_roadmap_point(actor, view, &Default::default()).map(drop),
        "roadmap_point" => app.roadmap_point(actor, view, "9-options").map(drop),
        "change_roadmap_point" => app.change_roadmap_point(actor, view, "9-options", &Default::default()),
        "hide_roadmap_point" => app.hide_roadmap_point(actor, view, "9-options", true),
        _ => return None,
    })
}

/// Operations about something that is not there: to those who may, nothing is found.
pub(super) const NEEDS_SOMETHING: &[&str] = &[
    "outcome",
    "change_outcome",
    "remove_outcome",
    "restore_outcome",
    "withdraw_approval",
    "curriculum_cell",
    "curriculum_link",
    "change_curriculum_link",
    "record_curriculum_link",
    "remove_curriculum_link",
    "restore_curriculum_link",
    "remove_staff_training",
    "restore_staff_training",
];
