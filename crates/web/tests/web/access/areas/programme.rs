use std::collections::BTreeMap;

use app::{
    Actor, App, ApprovalForm, Approver, CurriculumLinkForm, OutcomeForm, ProgrammeForm, StaffTrainingForm, View,
};
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
    let approval = ApprovalForm { by: "Robin Example".to_owned(), ..ApprovalForm::default() };
    app.approve_programme(&operator, view, Approver::Senior, &approval).expect("an approval");
    let link = CurriculumLinkForm {
        subject: "Art".to_owned(),
        year_group: "9".to_owned(),
        topic: "Portraits".to_owned(),
        about: "Who paints for a living".to_owned(),
        ..CurriculumLinkForm::default()
    };
    let link = app.add_curriculum_link(&operator, view, &link).expect("a link");
    let training = StaffTrainingForm {
        held_on: "2026-09-03".to_owned(),
        title: "Routes after 16".to_owned(),
        audience: "All staff".to_owned(),
        attended: "70".to_owned(),
        ..StaffTrainingForm::default()
    };
    let training = app.add_staff_training(&operator, institution, &training).expect("training");
    vec![
        ("curriculum_link", link.to_string()),
        ("training", training.to_string()),
        ("roadmap_point", "9-options".to_owned()),
        ("programme_year", "9".to_owned()),
        ("outcome", outcome.to_string()),
        ("approver", "senior".to_owned()),
    ]
}

/// Fields without which a form of this area could not be read at all, beginning with `&`.
pub(super) fn form(path: &str, _names: &BTreeMap<&'static str, String>) -> Option<String> {
    path.ends_with("/curriculum/links").then(|| "&subject=Art&year_group=9".to_owned())
}
