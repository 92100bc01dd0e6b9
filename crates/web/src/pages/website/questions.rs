use app::{AnswerForm, FieldProblem, LetterRow, LetterTakenBack, QuestionRow};
use askama::Template;
use axum::extract::{Path, State};
use domain::{InformationRequestId, LetterId};

use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    letter::{can_go_again, stands},
    parts::Flash,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// Questions from the public.
#[derive(Template)]
#[template(path = "pages/website/questions.html")]
pub(crate) struct QuestionsPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) waiting: Vec<QuestionLine>,
    pub(crate) answered: Vec<QuestionLine>,
    /// Whether letters are sent.
    pub(crate) has_post: bool,
}

/// One of them.
pub(crate) struct QuestionLine {
    pub(crate) reference: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) audience: &'static str,
    pub(crate) message: String,
    pub(crate) asked: String,
    pub(crate) answered: String,
    pub(crate) answer: String,
    /// The name of its field.
    pub(crate) field: String,
    /// What is typed so far.
    pub(crate) typed: String,
    /// What became of the letter with the answer.
    pub(crate) letter: String,
    /// Where that letter is tried again, if it did not go.
    pub(crate) again: Option<String>,
    /// What the letter says while it has not gone.
    pub(crate) letter_text: String,
    /// Where it is answered, opened again, deleted.
    pub(crate) action: String,
}

/// GET the questions.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    Ok(show(&page(&site, &visitor, &here, None, Vec::new()).await?))
}

/// The page; with what was typed as an answer to one of them, if that had a problem.
async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    typed: Option<(InformationRequestId, String)>,
    problems: Vec<FieldProblem>,
) -> Result<QuestionsPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let page = site.run(move |app| app.questions(&actor, view)).await?;
    let place = Place::new(&page.frame, "website/questions");
    let (answered, waiting): (Vec<_>, Vec<_>) = page.rows.into_iter().partition(|row| row.answered_at.is_some());
    let lines = |rows: Vec<QuestionRow>| -> Vec<QuestionLine> {
        rows.into_iter().map(|row| line(site, &place, row, typed.as_ref(), page.has_post)).collect()
    };
    Ok(QuestionsPage {
        lead: match waiting.len() {
            0 => "No question waits for an answer.".to_owned(),
            1 => "One question waits for an answer.".to_owned(),
            many => format!("{} questions wait for an answer.", words::figure(many)),
        },
        waiting: lines(waiting),
        answered: lines(answered),
        has_post: page.has_post,
        shell: visitor
            .shell_at(&page.frame, "website/questions")
            .at("website")
            .titled("Questions from the public")
            .under(place.to("website"), "Website")
            .with_problems(problems),
    })
}

fn line(
    site: &Site,
    place: &Place,
    row: QuestionRow,
    typed: Option<&(InformationRequestId, String)>,
    has_post: bool,
) -> QuestionLine {
    let action = place.to(&format!("website/questions/{}", row.id));
    let letter = row.letter.as_ref();
    let can_go_again = letter.filter(|letter| can_go_again(letter));
    QuestionLine {
        // A problem is shown at the field of its own name; each other one has another on the page.
        field: match typed {
            Some((id, _)) if *id == row.id => PROBLEM.to_owned(),
            _ => field(row.id),
        },
        typed: typed.filter(|(id, _)| *id == row.id).map_or(String::new(), |(_, text)| text.clone()),
        letter: letter.map_or(String::new(), |letter| letter_stands(site, letter, has_post)),
        again: can_go_again.map(|letter| format!("{action}/letters/{}/again", letter.id)),
        letter_text: letter
            .filter(|letter| letter.sent_at.is_none())
            .map_or(String::new(), |letter| letter.text.clone()),
        action,
        reference: row.reference,
        name: row.name,
        email: row.email,
        audience: row.audience,
        message: row.message,
        asked: site.when(row.made_at),
        answered: row.answered_at.map_or(String::new(), |at| site.when(at)),
        answer: row.answer.unwrap_or_default(),
    }
}

/// How the letter with an answer stands.
fn letter_stands(site: &Site, letter: &LetterRow, has_post: bool) -> String {
    let says = format!("Letter {}", stands(letter, has_post, &|at| site.when(at)));
    match letter.try_at {
        Some(_) if letter.failed.is_none() && has_post => format!("{says}; until then it can be taken back"),
        _ => says,
    }
}

/// POST: the answer, as a letter or only noted.
pub(crate) async fn answer(
    State(site): State<Site>,
    here: Here,
    Path((_, id)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = key(&id)?;
    let text =
        [field(id).as_str(), PROBLEM].map(|name| posted.fields.text(name)).into_iter().find(|text| !text.is_empty());
    let form = AnswerForm { text: text.unwrap_or_default(), is_letter: posted.fields.text("how") == "letter" };
    let (actor, institution, asked) = (posted.visitor.actor.clone(), here.institution, form.clone());
    match site.run(move |app| app.answer_question(&actor, institution, id, &asked)).await {
        Ok(()) if form.is_letter => back(&site, &here, "The answer goes as a letter in half a minute."),
        Ok(()) => back(&site, &here, "Noted as answered."),
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(&site, &posted.visitor, &here, Some((id, form.text)), problems).await?))
        }
        Err(failure) => Err(failure),
    }
}

/// POST: it was not answered after all.
pub(crate) async fn open_again(
    State(site): State<Site>,
    here: Here,
    Path((_, id)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let (actor, institution, id) = (posted.visitor.actor, here.institution, key(&id)?);
    let became = site.run(move |app| app.open_question_again(&actor, institution, id)).await?;
    let says = match became {
        Some(LetterTakenBack::Gone) => "The question waits for an answer again. The letter had gone already.",
        Some(LetterTakenBack::Stopped) => {
            "The question waits for an answer again. The letter was tried already and may have gone; it is not tried again."
        }
        Some(LetterTakenBack::NeverTried) | None => "The question waits for an answer again. No letter went.",
    };
    back(&site, &here, says)
}

/// POST: the letter is tried again.
pub(crate) async fn answer_again(
    State(site): State<Site>,
    here: Here,
    Path((_, id, letter)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let (actor, institution, id) = (posted.visitor.actor, here.institution, key(&id)?);
    let letter: LetterId = letter.parse().map_err(|_| Failure::NOT_FOUND)?;
    site.run(move |app| app.send_answer_again(&actor, institution, id, letter)).await?;
    back(&site, &here, "The letter is tried again.")
}

/// The field of a problem with an answer.
const PROBLEM: &str = "answer";

/// The name of the field with the answer to this question: each has one of its own on the page.
fn field(id: InformationRequestId) -> String {
    format!("answer-{id}")
}

/// POST: it is deleted with the name and address of whoever asked.
pub(crate) async fn delete(
    State(site): State<Site>,
    here: Here,
    Path((_, id)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let (actor, institution, id) = (posted.visitor.actor, here.institution, key(&id)?);
    site.run(move |app| app.delete_question(&actor, institution, id)).await?;
    back(&site, &here, "The question is deleted with the name and address of whoever asked.")
}

fn key(id: &str) -> Result<InformationRequestId, Failure> {
    id.parse().map_err(|_| Failure::NOT_FOUND)
}

fn back(site: &Site, here: &Here, message: &str) -> Answer {
    Ok(go_saying(site, &Flash::says(message), &format!("/institutions/{}/website/questions", here.institution)))
}
