use app::{Actor, App, Error, ListFormat, View};

use super::Asked;

const DUTY: &str = "leader-plan";

/// Asks an operation of this area; none if it is not of this area.
pub(super) fn perform(operation: &str, app: &App, actor: &Actor, asked: &Asked) -> Option<Result<(), Error>> {
    let institution = asked.institution;
    let view = View { institution, as_of: None };
    Some(match operation {
        "careers_team" => app.careers_team(actor, view).map(drop),
        "careers_post" => app.careers_post(actor, view, "head").map(drop),
        "set_careers_post" => app.set_careers_post(actor, institution, "head", &Default::default()).map(drop),
        "restore_careers_post" => app.restore_careers_post(actor, institution, "head", 1),
        "duties" => app.duties(actor, view, &Default::default()).map(drop),
        "export_duties" => app.export_duties(actor, view, &Default::default(), ListFormat::Csv).map(drop),
        "duty" => app.duty(actor, view, Some(DUTY)).map(drop),
        "add_duty" => app.add_duty(actor, institution, &Default::default()).map(drop),
        "change_duty" => app.change_duty(actor, institution, DUTY, &Default::default()).map(drop),
        "mark_duty_done" => app.mark_duty_done(actor, institution, DUTY, &Default::default()).map(drop),
        "hide_duty" => app.hide_duty(actor, institution, DUTY, false).map(drop),
        "restore_duty" => app.restore_duty(actor, institution, DUTY, 1),
        "own_words" => app.own_words(actor, view).map(drop),
        "own_words_entry" => app.own_words_entry(actor, view, "vision").map(drop),
        "set_own_words" => app.set_own_words(actor, institution, "vision", &Default::default()).map(drop),
        "restore_own_words" => app.restore_own_words(actor, institution, "vision", 1),
        _ => return None,
    })
}

/// Operations about something that is not there: to those who may, nothing is found.
pub(super) const NEEDS_SOMETHING: &[&str] = &["restore_careers_post", "restore_duty", "restore_own_words"];
