use std::collections::BTreeMap;

use app::{Actor, App, ApprovalForm, Approver, OutcomeForm, ProgrammeForm, View};
use domain::{InstitutionId, YearGroup};

/// What parameters of this area's addresses stand for; `known` is what those of all pages do.
pub(super) fn names(
    app: &App,
    institution: InstitutionId,
    _known: &BTreeMap<&'static str, String>,
) -> Vec<(&'static str, String)> {
    let (operator, view) = (Actor::operator(), View { institution, as_of: None });
    let text = ProgrammeForm { aims: "Everybody finds a way.".to_owned(), ..ProgrammeForm::default() };
    app.change_programme(&operator, view, &text).expect("a programme");
    let form = OutcomeForm {
        statement: "Name three sectors".to_owned(),
        sort: "knowledge".to_owned(),
        stage: "introduced".to_owned(),
        ..OutcomeForm::default()
    };
    let outcome = app.add_outcomes(&operator, view, YearGroup::new(9), &form).expect("an outcome")[0];
    let approval = ApprovalForm { by: "Robin Example".to_owned(), on: String::new() };
    app.approve_programme(&operator, view, Approver::Senior, &approval).expect("an approval");
    vec![("programme_year", "9".to_owned()), ("outcome", outcome.to_string()), ("approver", "senior".to_owned())]
}

/// Fields without which a form of this area could not be read at all, beginning with `&`.
pub(super) fn form(_path: &str, _names: &BTreeMap<&'static str, String>) -> Option<String> {
    None
}
