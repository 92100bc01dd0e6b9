use domain::{InformationRequestId, InstitutionId, LetterId};
use jiff::SignedDuration;
use serde_json::json;
use store::{
    Tx,
    information_request::{InformationRequest, LETTERS},
    letter::LetterTakenBack,
};

use super::question::{AUDIENCES, LONGEST};
use crate::{
    Action, Actor, App, CareersPost, Error, Result, careers_team,
    outbox::{HERE, NewLetter},
};

/// How long a letter can be taken back.
const HELD_BACK: SignedDuration = SignedDuration::from_secs(30);

/// What is answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnswerForm {
    /// What is said; may be blank if it was said elsewhere.
    pub text: String,
    /// Whether it goes to whoever asked, as a letter; otherwise it is only noted.
    pub is_letter: bool,
}

impl App {
    /// Answers a question from the public by letter, or notes that it was answered otherwise.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, there is no such question, the form has a problem, or somebody answered it
    /// meanwhile.
    pub fn answer_question(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: InformationRequestId,
        form: &AnswerForm,
    ) -> Result<()> {
        actor.ask_for_all(Action::Record, institution)?;
        let said = form.text.replace("\r\n", "\n").trim().to_owned();
        if said.chars().count() > LONGEST {
            return Err(Error::problem("answer", "This is too long. Keep it below 4,000 characters."));
        }
        if form.is_letter && said.is_empty() {
            return Err(Error::problem("answer", "Write the answer that the letter is to bring."));
        }
        let now = self.context().now();
        let action = if form.is_letter { "question.answered-by-letter" } else { "question.answered" };
        let event = self.event(actor, action, ("question", Some(id.0)), json!({}));
        self.store().write(institution, |tx| -> Result<()> {
            tx.wait_turn(institution)?;
            let asked = store::information_request::find(tx, institution, id)?.ok_or(Error::NOT_FOUND)?;
            if asked.answered_at.is_some() {
                return Err(Error::conflict("Somebody answered this question meanwhile. Look at what they said."));
            }
            let kept = (!said.is_empty()).then_some(said.as_str());
            store::information_request::set_answer(tx, institution, id, Some(now), kept, actor.account())?;
            if form.is_letter {
                self.write_answer(tx, institution, &asked, &said)?;
            }
            Ok(store::audit::record(tx, institution, &event)?)
        })?;
        self.send_waiting_letters();
        Ok(())
    }

    /// Notes that a question is not answered after all. A letter that has not gone is not sent; what became of it, if there was one.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or there is no such question.
    pub fn open_question_again(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: InformationRequestId,
    ) -> Result<Option<LetterTakenBack>> {
        actor.ask_for_all(Action::Record, institution)?;
        let event = self.event(actor, "question.opened-again", ("question", Some(id.0)), json!({}));
        self.store().write(institution, |tx| -> Result<_> {
            tx.wait_turn(institution)?;
            let asked = store::information_request::find(tx, institution, id)?.ok_or(Error::NOT_FOUND)?;
            let letters = store::letter::about(tx, institution, LETTERS, id.0)?;
            // An answer that was taken back earlier is none of this one's.
            let brings_it = |letter: &store::letter::Letter| {
                letter.recipient == asked.email && asked.answered_at.is_some_and(|at| letter.made_at >= at)
            };
            let became = match letters.into_iter().find(brings_it) {
                Some(letter) => Some(store::letter::take_back(tx, institution, letter.id)?),
                None => None,
            };
            store::information_request::set_answer(tx, institution, id, None, None, None)?;
            store::audit::record(tx, institution, &event)?;
            Ok(became)
        })
    }

    /// Lets the letter with an answer, which did not go, be tried again.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or there is no such letter about the question.
    pub fn send_answer_again(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: InformationRequestId,
        letter: LetterId,
    ) -> Result<()> {
        actor.ask_for_all(Action::Record, institution)?;
        let event = self.event(actor, "question.letter-again", ("question", Some(id.0)), json!({}));
        self.store().write(institution, |tx| -> Result<()> {
            let found = store::letter::get(tx, institution, letter)?;
            if !found.is_about(LETTERS, id.0) {
                return Err(Error::NOT_FOUND);
            }
            store::letter::again(tx, institution, letter, self.context().now())?;
            Ok(store::audit::record(tx, institution, &event)?)
        })?;
        self.send_waiting_letters();
        Ok(())
    }

    /// Deletes a question with the name and address of whoever asked, because they ask for it or it is no longer needed; letters about it
    /// no longer say to whom they went.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or there is no such question.
    pub fn delete_question(&self, actor: &Actor, institution: InstitutionId, id: InformationRequestId) -> Result<()> {
        actor.ask_for_all(Action::Record, institution)?;
        let event = self.event(actor, "question.deleted", ("question", Some(id.0)), json!({}));
        self.store().write(institution, |tx| -> Result<()> {
            store::information_request::delete(tx, institution, id)?;
            store::letter::forget(tx, institution, LETTERS, id.0)?;
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// Writes the answer to whoever asked.
    fn write_answer(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        asked: &InformationRequest,
        said: &str,
    ) -> Result<()> {
        let school = store::institution::get(tx, institution)?.0.name;
        let (_, contacts) = store::institution::contacts(tx, institution)?;
        let today = self.context().today();
        let asked_on = domain::date::long(self.context().day_of(asked.made_at));
        let mut paragraphs = vec![format!(
            "You asked {school} about careers on {asked_on} (reference {}). This is our answer:",
            asked.reference
        )];
        paragraphs.extend(said.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned));
        if let Some(leader) = careers_team::holder(&contacts, CareersPost::CareersLeader, today) {
            let ways: Vec<&str> = [leader.email.as_deref(), leader.phone.as_deref()].into_iter().flatten().collect();
            let ways = if ways.is_empty() { String::new() } else { format!(": {}", ways.join(", ")) };
            paragraphs.push(format!("If you have more to ask, ask {}, who leads careers{ways}.", leader.name));
        }
        let new = NewLetter {
            name: asked.name.clone(),
            email: asked.email.clone(),
            subject: format!("Your question to {school} ({})", asked.reference),
            paragraphs,
            about: (LETTERS, asked.id.0),
            wait: HELD_BACK,
        };
        self.write_letter(tx, institution, new)?;
        Ok(())
    }

    /// Tells the careers leader that somebody asks; what they ask stays here.
    pub(super) fn tell_of_question(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        asked: &InformationRequest,
    ) -> Result<()> {
        let (_, contacts) = store::institution::contacts(tx, institution)?;
        let today = self.context().today();
        let Some(leader) = careers_team::holder(&contacts, CareersPost::CareersLeader, today) else { return Ok(()) };
        let who = AUDIENCES.iter().find(|(word, _)| *word == asked.audience).map_or("Somebody", |(_, label)| label);
        let new = NewLetter {
            name: leader.name.clone(),
            email: leader.email.clone().unwrap_or_default(),
            subject: format!("{}: a question from the public", asked.reference),
            paragraphs: vec![
                format!("{who} asked a question with the form of your careers pages."),
                "Read it and answer it here:".to_owned(),
                format!("{HERE}/institutions/{institution}/website/questions"),
            ],
            about: (LETTERS, asked.id.0),
            wait: SignedDuration::ZERO,
        };
        self.write_letter(tx, institution, new)?;
        Ok(())
    }
}
