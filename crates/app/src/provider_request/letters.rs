//! Letters about requests, to the provider and to the careers leader: a code with its arguments, and their sentences. None names a
//! learner.

use domain::{Check, Date, InstitutionId, LetterId, ProviderRequestId, date};
use jiff::{SignedDuration, ToSpan};
use rules::sentence;
use store::{Tx, provider_request::ProviderRequest};

use super::{CONTENTS, grounds::NEVER, words};
use crate::{
    Actor, App, LinkPurpose, Result, Token,
    link::NewLink,
    outbox::{HERE, NewLetter},
};

/// How long a letter that tells of a decision can be taken back with it.
const HELD_BACK: SignedDuration = SignedDuration::from_mins(2);
/// How long a provider's link works.
const LINK_YEARS: i64 = 2;
/// What the institution says in its own words that belongs into letters.
const VISITORS: &str = "visitor-safety";
const COMPLAINTS: &str = "complaints";

/// What a letter says.
pub(super) enum Said<'a> {
    /// The request is here.
    Received { token: &'a str },
    /// A question.
    Question { text: &'a str },
    /// They come.
    Granted { note: &'a str },
    /// They do not come.
    Refused,
    /// It is looked at again later.
    Deferred,
    /// What an earlier letter said no longer holds.
    TakenBack { what: &'a str, why: &'a str, is_sure: bool },
    /// The day, the time or the room is another.
    Moved,
    /// Somebody else is written to from now on: to the one before.
    ContactChanged,
    /// The provider took the request back.
    Withdrawn,
    /// They were here: how did it go?
    HowWasIt { token: &'a str },
    /// To the careers leader: there is a request.
    New,
    /// To the careers leader: the provider wrote.
    Answered,
    /// To the careers leader: the provider took it back.
    WithdrawnByProvider { was_granted: bool },
}

impl Said<'_> {
    /// Whether it waits for a while, so that it can be taken back with the decision that it tells of.
    const fn is_held_back(&self) -> bool {
        matches!(self, Self::Granted { .. } | Self::Refused | Self::Deferred | Self::Withdrawn)
    }

    /// What it is about: those that tell of a decision no longer hold when that is taken back.
    const fn about(&self) -> &'static str {
        if self.is_held_back() || matches!(self, Self::Moved) {
            store::provider_request::DECISION_LETTERS
        } else {
            store::provider_request::LETTERS
        }
    }
}

/// Who writes, and when.
struct Writer<'a> {
    /// The institution's name.
    school: &'a str,
    /// Whether the law has it ask providers for the four contents.
    has_duty: bool,
    /// The day of the letter.
    today: Date,
}

impl App {
    /// Makes a link that opens the request to the provider: each letter has one of its own.
    pub(super) fn request_link(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        actor: &Actor,
        id: ProviderRequestId,
    ) -> Result<Token> {
        let new = NewLink {
            purpose: LinkPurpose::ProviderRequest,
            subject: Some(id.0),
            about: None,
            label: None,
            lasts: Some(LINK_YEARS.years()),
        };
        Ok(self.make_link(tx, actor, institution, new)?.1)
    }

    /// Writes to the provider.
    pub(super) fn write_to_provider(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        one: &ProviderRequest,
        said: &Said<'_>,
    ) -> Result<Option<LetterId>> {
        let word = public_word(tx, institution)?;
        let link = match said {
            Said::Received { token } => format!("{HERE}{}", page_of(&word, token)),
            Said::HowWasIt { token } => format!("{HERE}/feedback/{institution}/{token}"),
            Said::ContactChanged => String::new(),
            _ => {
                let token = self.request_link(tx, institution, &Actor::operator(), one.id)?;
                format!("{HERE}{}", page_of(&word, token.reveal()))
            }
        };
        let (found, _) = store::institution::get(tx, institution)?;
        let writer =
            Writer { school: &found.name, has_duty: found.kind.has_access_duty(), today: self.context().today() };
        let texts = store::institution_text::list(tx, institution)?;
        let own = |name: &str| texts.iter().find(|text| text.name == name).map(|text| text.text.clone());
        let (subject, mut paragraphs) = to_provider(one, said, &writer);
        if matches!(said, Said::Granted { .. }) {
            paragraphs.extend(own(VISITORS).map(|text| format!("When you visit: {text}")));
        }
        if matches!(said, Said::Refused) {
            paragraphs.extend(own(COMPLAINTS).map(|text| format!("If you think this is wrong: {text}")));
        }
        if !link.is_empty() {
            paragraphs.push(match said {
                Said::HowWasIt { .. } => "Two minutes are enough; please do not name learners:".to_owned(),
                _ => "Open this address to see your request, to add something or to withdraw it. It is for you alone:"
                    .to_owned(),
            });
            paragraphs.push(link);
        }
        let new = NewLetter {
            name: one.contact.clone(),
            email: one.email.clone(),
            subject,
            paragraphs,
            about: (said.about(), one.id.0),
            wait: if said.is_held_back() { HELD_BACK } else { SignedDuration::ZERO },
        };
        self.write_letter(tx, institution, new)
    }

    /// Writes to the careers leader, if one with an address is named.
    pub(super) fn write_to_staff(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        one: &ProviderRequest,
        said: &Said<'_>,
    ) -> Result<Option<LetterId>> {
        let (_, contacts) = store::institution::contacts(tx, institution)?;
        let Some(leader) = contacts.into_iter().find(|contact| contact.role == "careers-leader") else {
            return Ok(None);
        };
        let (what, says) = match said {
            Said::New => {
                let is = if one.due_on < self.context().today() { "was" } else { "is" };
                let due = date::long(one.due_on);
                ("asks for access", format!("{} asks to meet learners. An answer {is} due by {due}.", one.organisation))
            }
            Said::Answered => ("wrote", format!("{} added something to their request for access.", one.organisation)),
            Said::WithdrawnByProvider { was_granted: true } => (
                "does not come",
                format!("{} withdrew their request. The visit that was agreed is cancelled.", one.organisation),
            ),
            _ => ("withdrew", format!("{} withdrew their request for access.", one.organisation)),
        };
        let new = NewLetter {
            name: leader.name,
            email: leader.email.unwrap_or_default(),
            subject: format!("{}: {} {what}", one.reference, one.organisation),
            paragraphs: vec![
                says,
                "Open it here:".to_owned(),
                format!("{HERE}/institutions/{institution}/provider-access/requests/{}", one.id),
            ],
            about: (store::provider_request::LETTERS, one.id.0),
            wait: SignedDuration::ZERO,
        };
        self.write_letter(tx, institution, new)
    }
}

/// By what the institution's public addresses begin.
fn public_word(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<String> {
    Ok(store::institution::slug(tx, institution)?.unwrap_or_else(|| institution.to_string()))
}

/// Where the provider finds the request again.
pub(super) fn page_of(word: &str, token: &str) -> String {
    format!("/{word}/provider-access/request/{token}")
}

/// Day, times, room and who is met, as far as they are agreed.
pub(super) fn agreed(one: &ProviderRequest) -> Vec<(&'static str, String)> {
    let times = match (&one.starts_at, &one.ends_at) {
        (Some(starts), Some(ends)) => format!("{starts} to {ends}"),
        (Some(starts), None) => format!("from {starts}"),
        _ => String::new(),
    };
    let day = |day: Option<Date>| day.map_or(String::new(), date::long);
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let all = [
        ("Day", day(one.held_on)),
        ("Time", times),
        ("Place", text(&one.room)),
        ("Whom you meet", text(&one.cohort)),
        ("Who receives you", text(&one.host)),
    ];
    all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// The contents that the statute has a provider asked for, as a sentence.
fn contents() -> String {
    let labels: Vec<_> = CONTENTS.into_iter().map(|check| format!("({}) {}", number(check), asked(check))).collect();
    labels.join("; ")
}

fn number(check: Check) -> usize {
    CONTENTS.iter().position(|one| *one == check).map_or(0, |at| at + 1)
}

/// One content, as a provider is asked for it.
pub(super) const fn asked(check: Check) -> &'static str {
    match check {
        Check::PalOffer => "about yourselves, and the technical qualifications or apprenticeships that you offer",
        Check::PalCareers => "the careers that these could lead to",
        Check::PalExperience => "what learning or training with you is like",
        _ => "answers to learners’ questions",
    }
}

fn to_provider(one: &ProviderRequest, said: &Said<'_>, writer: &Writer<'_>) -> (String, Vec<String>) {
    let school = writer.school;
    let reference = &one.reference;
    let reason = one.reason.clone().unwrap_or_default();
    let lines = || agreed(one).into_iter().map(|(label, value)| format!("{label}: {value}"));
    match said {
        Said::Received { .. } => {
            // A request that was noted late is promised nothing that has passed, and one that was decided nothing at all.
            let promise = match one.state.waits() && one.due_on >= writer.today {
                true => format!("; you will have an answer by {}", date::long(one.due_on)),
                false => String::new(),
            };
            (
                format!("{school} has your request {reference}"),
                vec![
                    format!(
                        "Thank you for asking to meet learners at {school}. Your request has the reference {reference}{promise}."
                    ),
                    "If you did not ask for this, you need not do anything.".to_owned(),
                ],
            )
        }
        Said::Question { text } => (
            format!("A question about your request {reference}"),
            vec![format!("{school} would like to know more before it decides:"), (*text).to_owned()],
        ),
        Said::Granted { note } => {
            let mut paragraphs = vec![format!("{school} is glad to welcome {}. This is agreed:", one.organisation)];
            paragraphs.extend(lines());
            let ask = match writer.has_duty {
                true => "Please cover four things, as the law has us ask",
                false => "We ask you to cover four things",
            };
            paragraphs.push(format!("{ask}: {}.", contents()));
            let covers: Vec<Check> = words(&one.covers);
            let open: Vec<_> =
                CONTENTS.into_iter().filter(|check| !covers.contains(check)).map(sentence::check_label).collect();
            if !open.is_empty() {
                paragraphs.push(
                    "You had not said yet that you would cover all of them; please tell us if you cannot.".to_owned(),
                );
            }
            paragraphs.extend(Some((*note).to_owned()).filter(|note| !note.is_empty()));
            (format!("You are welcome: {reference}, {}", one.held_on.map_or(String::new(), date::long)), paragraphs)
        }
        Said::Refused => (
            format!("About your request {reference}"),
            vec![
                format!(
                    "{school} cannot give you access as you asked for it. The ground, from its published list: {}.",
                    one.ground.clone().unwrap_or_default().trim_end_matches('.')
                ),
                format!("Why: {reason}"),
                NEVER.to_owned(),
            ],
        ),
        Said::Deferred => (
            format!("Your request {reference} is looked at again later"),
            vec![
                format!(
                    "{school} cannot decide on your request yet. It will be looked at again by {}.",
                    one.deferred_until.map_or(String::new(), date::long)
                ),
                format!("Why: {reason}"),
            ],
        ),
        Said::TakenBack { what, why, is_sure } => (
            format!("A correction about your request {reference}"),
            vec![
                match is_sure {
                    true => format!(
                        "Our letter said that your request was {what}. That no longer holds; your request is under review again."
                    ),
                    false => format!(
                        "You may have had a letter from us that said your request was {what}. That no longer holds; your request is \
                         under review again."
                    ),
                },
                format!("Why: {why}"),
                "We are sorry for the trouble, and will write again.".to_owned(),
            ],
        ),
        Said::Moved => {
            let mut paragraphs = vec!["Something of your visit is changed. This is agreed now:".to_owned()];
            paragraphs.extend(lines());
            (format!("Your visit is changed: {reference}"), paragraphs)
        }
        Said::ContactChanged => (
            format!("Somebody else is written to about {reference}"),
            vec![format!(
                "About the request {reference} at {school}, letters go to somebody else from now on. If that is not right, tell \
                 {school}."
            )],
        ),
        Said::Withdrawn => (
            format!("Your request {reference} is withdrawn"),
            vec![format!("{school} has noted that you withdrew your request. You can ask again whenever you like.")],
        ),
        Said::HowWasIt { .. } => (
            format!("Thank you for coming: {reference}"),
            vec![format!("Thank you for meeting learners at {school}. How did it go, as you saw it?")],
        ),
        Said::New | Said::Answered | Said::WithdrawnByProvider { .. } => (reference.clone(), Vec::new()),
    }
}
