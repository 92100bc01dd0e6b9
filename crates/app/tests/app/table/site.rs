use app::{Actor, AnswerForm, App, Error, LogoUpload, Origin, QuestionForm, View};
use domain::{InformationRequestId, InstitutionId, LetterId};

use super::Asked;

/// The publication that is asked about: one that is there.
fn publication(app: &App, institution: InstitutionId) -> domain::PublicationId {
    let operator = Actor::operator();
    let view = View { institution, as_of: None };
    let known = app.website(&operator, view).expect("the website").snapshots;
    known.first().map_or_else(|| app.publish_website(&operator, institution, "").expect("pages"), |one| one.id)
}

/// The question that is asked about: one that is there.
fn question(app: &App, institution: InstitutionId) -> InformationRequestId {
    let operator = Actor::operator();
    let view = View { institution, as_of: None };
    let known = || app.questions(&operator, view).expect("questions").rows;
    if let Some(one) = known().first() {
        return one.id;
    }
    app.publish_website(&operator, institution, "").expect("pages");
    let form = QuestionForm {
        name: "Jo Example".to_owned(),
        email: "jo@example.org".to_owned(),
        audience: "parent".to_owned(),
        message: "When is the evening?".to_owned(),
        trap: String::new(),
    };
    app.ask_question(&institution.to_string(), &form, &Origin::default()).expect("a reference");
    known()[0].id
}

/// Asks an operation of this area; none if it is not of this area.
pub(super) fn perform(operation: &str, app: &App, actor: &Actor, asked: &Asked) -> Option<Result<(), Error>> {
    let institution = asked.institution;
    let view = View { institution, as_of: None };
    Some(match operation {
        "website" => app.website(actor, view).map(drop),
        "publish_website" => app.publish_website(actor, institution, "").map(drop),
        "withdraw_website" => {
            publication(app, institution);
            app.withdraw_website(actor, institution)
        }
        "show_website_again" => {
            publication(app, institution);
            app.show_website_again(actor, institution)
        }
        "attest_website" => app.attest_website(actor, institution, "https://careers.example").map(drop),
        "website_texts" => app.website_texts(actor, view).map(drop),
        "change_website_texts" => app.change_website_texts(actor, institution, &Default::default()),
        "change_website_look" => app.change_website_look(actor, institution, &Default::default()),
        "set_website_logo" => app.set_website_logo(actor, institution, Some(LogoUpload { bytes: b"GIF", alt: "" })),
        "website_logo" => app.website_logo(actor, institution).map(drop),
        "preview_website" => app.preview_website(actor, view, "").map(drop),
        "export_website" => {
            publication(app, institution);
            app.export_website(actor, view, None).map(drop)
        }
        "published_file" => {
            let one = publication(app, institution);
            app.published_file(actor, view, one, "index.html").map(drop)
        }
        "questions" => app.questions(actor, view).map(drop),
        "answer_question" => {
            let one = question(app, institution);
            let form = AnswerForm { text: "Answered".to_owned(), is_letter: false };
            app.answer_question(actor, institution, one, &form)
        }
        "open_question_again" => {
            let one = question(app, institution);
            app.open_question_again(actor, institution, one).map(drop)
        }
        "send_answer_again" => {
            let one = question(app, institution);
            app.send_answer_again(actor, institution, one, LetterId(1))
        }
        "delete_question" => {
            let one = question(app, institution);
            app.delete_question(actor, institution, one)
        }
        _ => return None,
    })
}

/// Operations about something that is not there: to those who may, nothing is found.
pub(super) const NEEDS_SOMETHING: &[&str] = &["send_answer_again", "website_logo"];
