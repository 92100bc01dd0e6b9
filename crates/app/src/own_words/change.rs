use domain::{Date, InstitutionId};
use serde_json::json;
use store::institution_text::InstitutionText;

use super::{
    entry::{Entry, Sort, find},
    text::month,
};
use crate::{
    Action, Actor, App, Error, Result, Saved,
    audit::{Change, changes},
    programme::fingerprint,
};

/// One entry as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnWordsForm {
    /// What it says; blank takes it away.
    pub text: String,
    /// What the writer saw; blank asks no question.
    pub seen: String,
}

const CHANGED: &str = "own-words.changed";
/// How long a text may be, in characters.
const LONGEST: usize = 20_000;

impl OwnWordsForm {
    pub(super) fn of(text: Option<&InstitutionText>) -> Self {
        let text = text.map_or(String::new(), |text| text.text.clone());
        Self { seen: fingerprint(&[&text]), text }
    }
}

impl Entry {
    /// A text as it is kept: trimmed, with one kind of line end; a day as the database writes it.
    pub(super) fn read(&self, text: &str, today: Date) -> Result<String> {
        let text = text.replace("\r\n", "\n").trim().to_owned();
        if text.chars().count() > LONGEST {
            return Err(Error::problem(
                "text",
                "This is too long to keep in one place. Keep it below 20,000 characters.",
            ));
        }
        if text.is_empty() {
            return Ok(text);
        }
        match self.sort {
            Sort::Text | Sort::Lines => Ok(text),
            Sort::Address => address(&text).ok_or_else(|| {
                Error::problem("text", "Enter the address of a website, such as https://www.school.example/careers.")
            }),
            Sort::Day => match domain::date::parse(&text) {
                Some(day) if day > today => Ok(day.to_string()),
                Some(_) => Err(Error::problem("text", "Enter a day to come: this one has passed.")),
                None => Err(Error::problem("text", "Enter a day such as 31/08/2027.")),
            },
            Sort::Month => match month(&text) {
                Some(day) if (today.year() + 3..=today.year() + 5).contains(&day.year()) => Ok(day.to_string()),
                Some(_) => Err(Error::problem(
                    "text",
                    format!(
                        "A vision looks three to five years ahead: enter a month from {} to {}.",
                        today.year() + 3,
                        today.year() + 5
                    ),
                )),
                None => Err(Error::problem("text", "Enter a month and a year, such as July 2030.")),
            },
        }
    }
}

/// The address of a website, with the scheme that people leave out.
fn address(text: &str) -> Option<String> {
    let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let host = whole.strip_prefix("https://").or_else(|| whole.strip_prefix("http://"))?.split('/').next()?;
    let is_one = !whole.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c));
    let is_host = host.contains('.') && !host.contains('@') && !host.starts_with('.') && !host.ends_with('.');
    (is_one && is_host).then_some(whole)
}

impl App {
    /// Writes an entry in the institution's own words; blank takes it away. Returns what somebody else saved meanwhile, or the
    /// event that [`App::restore_own_words`] takes back.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, there is no such entry, or the form has problems.
    pub fn set_own_words(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        word: &str,
        form: &OwnWordsForm,
    ) -> Result<(Saved<OwnWordsForm>, Option<i64>)> {
        actor.ask_for_all(Action::Record, institution)?;
        let entry = find(word).ok_or(Error::NOT_FOUND)?;
        let after = entry.read(&form.text, self.context().today())?;
        self.store().write(institution, |tx| -> Result<_> {
            tx.wait_turn(institution)?;
            let before = stored(tx, institution, word)?;
            if !form.seen.is_empty() && form.seen != before.seen && before.text != after {
                return Ok((Saved::Meanwhile(before), None));
            }
            if before.text == after {
                return Ok((Saved::Done, None));
            }
            let event = self.keep_own_words(tx, actor, institution, word, (&before.text, &after))?;
            Ok((Saved::Done, Some(event)))
        })
    }

    /// Takes a change of an entry back: it says again what it said before.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, there is no such event, or the entry was changed since.
    pub fn restore_own_words(&self, actor: &Actor, institution: InstitutionId, word: &str, event: i64) -> Result<()> {
        actor.ask_for_all(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<_> {
            tx.wait_turn(institution)?;
            let event = store::audit::find(tx, institution, event)?.filter(|event| event.action == CHANGED);
            let event = event.ok_or(Error::NOT_FOUND)?;
            let payload: serde_json::Value = serde_json::from_str(&event.payload).map_err(Error::fault)?;
            if payload["name"] != word {
                return Err(Error::NOT_FOUND);
            }
            let change = event.details.first().map(|detail| Change::parse(&detail.text)).ok_or(Error::NOT_FOUND)?;
            let now = stored(tx, institution, word)?.text;
            if change.after("text").unwrap_or_default() != now {
                return Err(Error::conflict("This was changed again since, so it stays as it is now."));
            }
            let before = change.before("text").unwrap_or_default();
            self.keep_own_words(tx, actor, institution, word, (&now, before))?;
            Ok(())
        })
    }

    fn keep_own_words(
        &self,
        tx: &mut store::Tx<'_>,
        actor: &Actor,
        institution: InstitutionId,
        word: &str,
        (before, after): (&str, &str),
    ) -> Result<i64> {
        let change = changes([("text", before.to_owned())], [("text", after.to_owned())]);
        let event = self
            .event(actor, CHANGED, ("institution", Some(institution.0)), json!({"name": word}))
            .with([self.detail(None, &change)]);
        if after.is_empty() {
            store::institution_text::remove(tx, institution, word)?;
        } else {
            let (account, changed_at) = (actor.account(), self.context().now());
            let text = InstitutionText { name: word.to_owned(), text: after.to_owned(), account, changed_at };
            store::institution_text::set(tx, institution, &text)?;
        }
        store::audit::record(tx, institution, &event)?;
        Ok(event.id)
    }

    /// An entry's text as a form shows it, read to be shown only: how it will look.
    ///
    /// # Errors
    /// As [`App::set_own_words`].
    pub fn preview_own_words(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        word: &str,
        form: &OwnWordsForm,
    ) -> Result<String> {
        actor.ask_for_all(Action::Record, institution)?;
        let entry = find(word).ok_or(Error::NOT_FOUND)?;
        let today = self.context().today();
        let text = entry.read(&form.text, today)?;
        let kept = InstitutionText { name: word.to_owned(), text, account: None, changed_at: self.context().now() };
        Ok(super::text::said(&kept).map_or(String::new(), |(_, said)| crate::policy::html(&said, today)))
    }
}

fn stored(tx: &mut store::Tx<'_>, institution: InstitutionId, word: &str) -> Result<OwnWordsForm> {
    let texts = store::institution_text::list(tx, institution)?;
    Ok(OwnWordsForm::of(texts.iter().find(|text| text.name == word)))
}

/// Whether a text is too short to be called one.
pub(super) fn problems_of(entry: &Entry, text: &str) -> Option<String> {
    if entry.fact != ::policy::Fact::AccessToInformation || text.is_empty() {
        return None;
    }
    let said = text.to_lowercase();
    let audiences: [(&str, &[&str]); 4] = [
        ("learners", &["learner", "pupil", "student"]),
        ("parents and carers", &["parent", "carer"]),
        ("teachers and other staff", &["teacher", "staff"]),
        ("employers", &["employer"]),
    ];
    let missing: Vec<_> = audiences
        .iter()
        .filter(|(_, words)| !words.iter().any(|word| said.contains(word)))
        .map(|(name, _)| *name)
        .collect();
    (!missing.is_empty()).then(|| format!("Says nothing about {}.", missing.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_website_is_read_with_and_without_its_scheme() {
        for (typed, kept) in [
            ("www.school.example/careers", Some("https://www.school.example/careers")),
            ("http://school.example", Some("http://school.example")),
            ("careers page", None),
            ("school", None),
            ("head@school.example", None),
            ("javascript://school.example", None),
            ("ftp://school.example", None),
        ] {
            assert_eq!(address(typed).as_deref(), kept, "{typed}");
        }
    }
}
