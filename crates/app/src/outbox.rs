//! Letters that are kept with the change that they tell of, and sent from there: they outlive a restart, and what becomes of each
//! can be seen. A letter may come twice if the program ends between sending and noting it; its message id is then the same.

use domain::{InstitutionId, LetterId};
use jiff::{SignedDuration, Timestamp, ToSpan};
use store::{Tx, Within, letter::Letter};

use crate::{App, Result, letter::wrapped, post::Task};

/// Stands for this server's address in a letter that waits: which it is, is known when it goes.
pub(crate) const HERE: &str = "https://waymark.invalid";

/// When a letter is tried again after it failed so often.
const AGAIN_AFTER: [SignedDuration; 8] = [
    SignedDuration::from_secs(2),
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(6),
    SignedDuration::from_hours(12),
    SignedDuration::from_hours(24),
];
/// For how long nobody else tries a letter that is being sent.
const MINE: i64 = 300;
/// How many are taken up at once.
const BATCH: u32 = 50;

/// A letter to be written.
pub(crate) struct NewLetter {
    /// Whom it greets.
    pub(crate) name: String,
    /// The address that it goes to.
    pub(crate) email: String,
    /// Its subject.
    pub(crate) subject: String,
    /// What it says.
    pub(crate) paragraphs: Vec<String>,
    /// What it is about: a word, and a key.
    pub(crate) about: (&'static str, i64),
    /// How long it can still be taken back.
    pub(crate) wait: SignedDuration,
}

/// How an attempt ended.
pub(crate) enum Outcome {
    /// It has gone.
    Sent,
    /// It may go later.
    Later(String),
    /// It never will.
    Never(String),
}

impl App {
    /// Keeps a letter until it can go, in the transaction of what it tells of. Nobody without an address gets one.
    pub(crate) fn write_letter(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        new: NewLetter,
    ) -> Result<Option<LetterId>> {
        if new.email.trim().is_empty() {
            return Ok(None);
        }
        let now = self.context().now();
        let greeting =
            if new.name.trim().is_empty() { "Hello,".to_owned() } else { format!("Dear {},", new.name.trim()) };
        let end = "This message was sent by Waymark. Nobody reads replies to it.".to_owned();
        let paragraphs: Vec<String> =
            std::iter::once(greeting).chain(new.paragraphs).chain([end]).map(|text| wrapped(&text)).collect();
        let letter = Letter {
            id: LetterId(self.context().next_id()),
            recipient: new.email.trim().to_owned(),
            subject: new.subject.chars().filter(|letter| !letter.is_control()).collect(),
            text: paragraphs.join("\n\n") + "\n",
            about: new.about.0.to_owned(),
            about_id: Some(new.about.1),
            made_at: now,
            sent_at: None,
            try_at: Some(now + new.wait),
            tries: 0,
            failed: None,
        };
        store::letter::insert(tx, institution, &letter)?;
        Ok(Some(letter.id))
    }

    /// Lets the thread look at once, instead of when it would next.
    pub fn send_waiting_letters(&self) {
        self.post(Task::Outbox);
    }

    /// The letters that are to be tried now.
    pub(crate) fn due_letters(&self) -> Result<Vec<(InstitutionId, LetterId)>> {
        let institutions = self.store().read(Within::none(), store::institution::ids)?;
        let now = self.context().now();
        Ok(self.store().read(Within::each(institutions), |tx| store::letter::due(tx, now, BATCH))?)
    }

    /// Takes a letter to be sent; none if another node was quicker.
    pub(crate) fn take_letter(&self, institution: InstitutionId, id: LetterId) -> Result<Option<Letter>> {
        let now = self.context().now();
        let again = now + MINE.seconds();
        Ok(self.store().write(institution, |tx| store::letter::take(tx, institution, id, (now, again)))?)
    }

    /// Notes what became of a letter.
    pub(crate) fn note_letter(&self, institution: InstitutionId, letter: &Letter, outcome: &Outcome) -> Result<()> {
        let now = self.context().now();
        self.store().write(institution, |tx| match outcome {
            Outcome::Sent => store::letter::sent(tx, institution, letter.id, now),
            Outcome::Never(why) => store::letter::failed(tx, institution, letter.id, why, None),
            Outcome::Later(why) => store::letter::failed(tx, institution, letter.id, why, again(now, letter.tries)),
        })?;
        Ok(())
    }
}

/// When a letter that was tried so often is tried again; never, if it was often enough.
fn again(now: Timestamp, tries: i16) -> Option<Timestamp> {
    let at = usize::try_from(tries - 1).ok()?;
    AGAIN_AFTER.get(at).map(|pause| now + *pause)
}
