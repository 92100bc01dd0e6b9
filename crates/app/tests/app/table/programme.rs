use app::{Actor, App, Approver, Error, ListFormat, OutcomeForm, View};
use domain::{OutcomeId, YearGroup};

use super::Asked;

const OUTCOME: OutcomeId = OutcomeId(1);

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
        _ => return None,
    })
}

/// Operations about something that is not there: to those who may, nothing is found.
pub(super) const NEEDS_SOMETHING: &[&str] =
    &["outcome", "change_outcome", "remove_outcome", "restore_outcome", "withdraw_approval"];
