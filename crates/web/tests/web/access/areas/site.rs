use std::collections::BTreeMap;

use app::{Actor, AnswerForm, App, LogoUpload, Origin, QuestionForm, View};
use domain::InstitutionId;

/// The first bytes of a picture of 64 by 32 pixels.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x40\0\0\0\x20";

/// What parameters of this area's addresses stand for; `known` is what those of all pages do.
pub(super) fn names(
    app: &App,
    institution: InstitutionId,
    _known: &BTreeMap<&'static str, String>,
) -> Vec<(&'static str, String)> {
    let operator = Actor::operator();
    app.set_website_logo(&operator, institution, Some(LogoUpload { bytes: PICTURE, alt: "" })).expect("a logo");
    let publication = app.publish_website(&operator, institution, "First").expect("pages");
    let form = QuestionForm {
        name: "Jo Example".to_owned(),
        email: "jo@example.org".to_owned(),
        audience: "parent".to_owned(),
        message: "When is the evening?".to_owned(),
        trap: String::new(),
    };
    app.ask_question(&institution.to_string(), &form, &Origin::default()).expect("a reference");
    let view = View { institution, as_of: None };
    let question = app.questions(&operator, view).expect("questions").rows[0].id;
    let answer = AnswerForm { text: "On Thursday.".to_owned(), is_letter: true };
    app.answer_question(&operator, institution, question, &answer).expect("an answer");
    let letter = app.questions(&operator, view).expect("questions").rows.remove(0).letter.expect("its letter").id;
    vec![
        ("publication", publication.to_string()),
        ("question", question.to_string()),
        ("question_letter", letter.to_string()),
        ("*site_file", "learners.html".to_owned()),
    ]
}

/// Fields without which a form of this area could not be read at all, beginning with `&`.
pub(super) fn form(_path: &str, _names: &BTreeMap<&'static str, String>) -> Option<String> {
    None
}
