use domain::InformationRequestId;
use jiff::Timestamp;
use serde_json::json;
use store::{
    information_request::{InformationRequest, LETTERS},
    letter::Letter,
};

use crate::{
    Action, Actor, App, Error, Frame, LetterRow, Origin, Problems, Result, View,
    open_form::{check_one_address, check_trap},
};

/// As whom people ask: the word that is kept, and what it is called.
pub const AUDIENCES: [(&str, &str); 5] = [
    ("learner", "A learner"),
    ("parent", "A parent or carer"),
    ("staff", "A member of staff"),
    ("employer", "An employer"),
    ("other", "Somebody else"),
];

/// How many questions one place may send within a quarter of an hour: a whole school may stand behind it.
const FROM_ONE_PLACE: usize = 20;
/// How many an institution takes within a quarter of an hour, whoever sends them.
const FOR_ONE_INSTITUTION: usize = 60;
/// How long a question may be, in characters.
pub(super) const LONGEST: usize = 4_000;

/// A question as the public form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QuestionForm {
    /// Who asks.
    pub name: String,
    /// Where the answer goes.
    pub email: String,
    /// As whom, by the word of [`AUDIENCES`].
    pub audience: String,
    /// What is asked.
    pub message: String,
    /// A field that people do not see and so leave blank.
    pub trap: String,
}

/// A question in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionRow {
    /// Its key.
    pub id: InformationRequestId,
    /// What the asker was given to come back with.
    pub reference: String,
    /// Who asks.
    pub name: String,
    /// Where the answer goes.
    pub email: String,
    /// As whom.
    pub audience: &'static str,
    /// What is asked.
    pub message: String,
    /// When.
    pub made_at: Timestamp,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// What was noted as the answer.
    pub answer: Option<String>,
    /// The letter with the answer, and what became of it; none if it was answered otherwise.
    pub letter: Option<LetterRow>,
}

/// Questions from the public.
#[derive(Debug, Clone)]
pub struct Questions {
    /// Where it is.
    pub frame: Frame,
    /// Those not answered first.
    pub rows: Vec<QuestionRow>,
    /// Whether this server sends letters.
    pub has_post: bool,
}

impl App {
    /// Keeps a question from the public, and gives a reference to come back with. Whoever sends many is slowed down.
    ///
    /// # Errors
    /// If the institution has no public site, the form has problems, it was filled in by no person, or too many came: each of the
    /// last three said as a problem with what to do.
    pub fn ask_question(&self, word: &str, form: &QuestionForm, from: &Origin) -> Result<String> {
        let institution = self.public_site(word)?.institution;
        let mut problems = Problems::default();
        let name = problems.required("name", &form.name, "your name");
        let email = problems.required("email", &form.email, "your e-mail address, so that we can answer");
        check_one_address(&email, "email", &mut problems);
        let message = problems.required("message", &form.message.replace("\r\n", "\n"), "your question");
        if message.chars().count() > LONGEST {
            problems.add("message", "This is too long. Keep it below 4,000 characters.");
        }
        if name.chars().count() > 200 || email.chars().count() > 250 {
            problems.add("name", "This is too long. Keep it below 200 characters.");
        }
        let audience = AUDIENCES.iter().find(|(word, _)| *word == form.audience);
        let audience = problems.take("audience", audience.ok_or_else(|| "Choose who you are.".to_owned()));
        check_trap(&form.trap, &mut problems);
        problems.check()?;
        let now = self.context().now();
        let letters = self.spoken::<8>();
        let reference = format!("{}-{}", &letters[..4], &letters[4..]);
        for (most, key) in [
            (FROM_ONE_PLACE, format!("question from {}", from.address)),
            (FOR_ONE_INSTITUTION, format!("question to {institution}")),
        ] {
            self.0.throttle.try_one_of(most, &key, now).map_err(|_| {
                Error::problem(
                    "",
                    "Many questions came within a few minutes, so yours is not sent yet. What you typed is still here: wait a quarter \
                     of an hour and send it again, or write to us.",
                )
            })?;
        }
        let asked = InformationRequest {
            id: InformationRequestId(self.context().next_id()),
            reference: reference.clone(),
            name,
            email,
            audience: audience.map_or("other", |(word, _)| word).to_owned(),
            message,
            made_at: now,
            answered_at: None,
            answer: None,
            account: None,
        };
        // Nobody signed in does this: the trail says that it came by the public form.
        let payload = json!({"audience": asked.audience, "by": "public form"});
        let event = self.event(&Actor::operator(), "question.asked", ("question", Some(asked.id.0)), payload);
        self.store().write(institution, |tx| -> Result<()> {
            store::information_request::insert(tx, institution, &asked)?;
            self.tell_of_question(tx, institution, &asked)?;
            Ok(store::audit::record(tx, institution, &event)?)
        })?;
        self.send_waiting_letters();
        Ok(reference)
    }

    /// Questions from the public, those not answered first.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution.
    pub fn questions(&self, actor: &Actor, view: View) -> Result<Questions> {
        actor.ask_for_all(Action::Record, view.institution)?;
        let frame = self.frame(actor, View { as_of: None, ..view })?;
        let rows = self.store().read(view.institution, |tx| -> Result<_> {
            let asked = store::information_request::list(tx, view.institution)?;
            asked
                .into_iter()
                .map(|one| {
                    let letters = store::letter::about(tx, view.institution, LETTERS, one.id.0)?;
                    // The latest to whoever asked; those to the careers leader say only that there is a question.
                    let answer = letters.into_iter().find(|letter| letter.recipient == one.email);
                    Ok((one, answer))
                })
                .collect::<Result<Vec<_>>>()
        })?;
        let row = |(asked, letter): (InformationRequest, Option<Letter>)| QuestionRow {
            letter: letter.map(|letter| self.letter_row(letter, true, true)),
            audience: AUDIENCES
                .iter()
                .find(|(word, _)| *word == asked.audience)
                .map_or("Somebody else", |(_, label)| label),
            id: asked.id,
            reference: asked.reference,
            name: asked.name,
            email: asked.email,
            message: asked.message,
            made_at: asked.made_at,
            answered_at: asked.answered_at,
            answer: asked.answer,
        };
        Ok(Questions { frame, rows: rows.into_iter().map(row).collect(), has_post: self.has_post() })
    }
}
