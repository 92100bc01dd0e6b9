//! Asking for access: the public form, kept from those who send many at once.

use domain::{InstitutionId, ProviderRequestId, ProviderRequestState, YearGroup};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{Tx, provider_request::ProviderRequest};

use super::{
    By, Grounds, Noted, clock,
    form::{Reached, Read},
    grounds,
    letters::Said,
};
use crate::{
    Actor, App, Error, Origin, Problems, Result, Token,
    open_form::check_trap,
    token::{digest, hex},
};

/// A request as a form has it: everything as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestForm {
    /// Who asks.
    pub organisation: String,
    /// Which type of provider, by its word; `other` or blank for none of them.
    pub provider_type: String,
    /// Whom to write to.
    pub contact: String,
    /// Their e-mail address.
    pub email: String,
    /// Their telephone.
    pub phone: String,
    /// What they would like to tell about.
    pub offers: String,
    /// The contents that they will cover, by their words.
    pub covers: Vec<String>,
    /// The year groups that they would like to meet, as numbers.
    pub year_groups: Vec<String>,
    /// When they would like to come.
    pub wanted: String,
    /// How, by its word.
    pub format: String,
    /// How many people come.
    pub visitors: String,
    /// What these need to get in and about.
    pub needs: String,
    /// Anything else.
    pub message: String,
}

/// What shows that a person filled the form in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestGuard {
    /// When the form was opened, signed: from [`RequestOffer::opened`].
    pub opened: String,
    /// A field that people do not see and so leave blank.
    pub trap: String,
}

/// What the public form shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestOffer {
    /// The institution.
    pub id: InstitutionId,
    /// Its name.
    pub institution: String,
    /// The year groups that can be met.
    pub years: Vec<YearGroup>,
    /// Whether the law has it ask providers for the four contents.
    pub has_duty: bool,
    /// How many school days an answer takes at most.
    pub days: u32,
    /// On which grounds access is refused.
    pub grounds: Grounds,
    /// What the institution says about premises, times, and visitors, if it wrote it down: each with a title.
    pub says: Vec<(&'static str, String)>,
    /// Whom to write to instead, if somebody is named.
    pub contact: Option<(String, Option<String>)>,
    /// When the form was opened, signed.
    pub opened: String,
}

/// A request that was taken.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Its key.
    pub id: ProviderRequestId,
    /// The word by which both sides call it.
    pub reference: String,
    /// What opens its page to the provider.
    pub token: Token,
}

/// A form that is sent sooner was filled in by no person.
const SHORTEST: SignedDuration = SignedDuration::from_secs(3);
/// How long a form may stay open.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);
/// Requests within the span of the throttle: from one place, for one institution, and of one e-mail address.
const FROM_ONE_PLACE: usize = 6;
const FOR_ONE_INSTITUTION: usize = 60;
const OF_ONE_ADDRESS: usize = 3;
/// Name of the setting under which an institution's key for signing forms is kept.
const KEY: &str = "request-form-key";
/// What the institution says in its own words that providers should read first, with a title for each.
const SAYS: [(&str, &str); 3] =
    [("access-times", "When you can come"), ("premises", "Rooms and equipment"), ("visitor-safety", "When you visit")];

impl App {
    /// What the public form shows, and the proof of when it was opened.
    ///
    /// # Errors
    /// If there is no such institution.
    pub fn request_offer(&self, institution: InstitutionId) -> Result<RequestOffer> {
        let key = self.form_key(institution)?;
        self.store().read(institution, |tx| {
            let (found, _) = store::institution::get(tx, institution)?;
            let (_, contacts) = store::institution::contacts(tx, institution)?;
            let leader = contacts.into_iter().find(|contact| contact.role == "careers-leader");
            let texts = store::institution_text::list(tx, institution)?;
            let said = |name: &str| texts.iter().find(|text| text.name == name).map(|text| text.text.clone());
            Ok(RequestOffer {
                id: institution,
                years: (found.lowest_year.number()..=found.highest_year.number()).map(YearGroup::new).collect(),
                has_duty: found.kind.has_access_duty(),
                institution: found.name,
                days: clock::days(tx, institution)?,
                grounds: grounds::grounds(tx, institution)?,
                says: SAYS.iter().filter_map(|(name, title)| said(name).map(|text| (*title, text))).collect(),
                contact: leader.map(|leader| (leader.name, leader.email)),
                opened: signed(&key, institution, self.context().now()),
            })
        })
    }

    /// Takes a request from the public form. It is saved with its letters before any of them is sent.
    ///
    /// # Errors
    /// If the form has problems, it was filled in by no person, or too many came: each said as a problem with what to do.
    pub fn ask_for_access(
        &self,
        institution: InstitutionId,
        form: &RequestForm,
        guard: &RequestGuard,
        origin: &Origin,
    ) -> Result<Asked> {
        let key = self.form_key(institution)?;
        let (found, _) = self.store().read(institution, |tx| store::institution::get(tx, institution))?;
        let mut problems = Problems::default();
        let read = form.read(&found, Reached::ByEmail, &mut problems);
        self.guard(&key, institution, guard, &mut problems);
        problems.check()?;
        let now = self.context().now();
        let tries = || -> Result<()> {
            let throttle = &self.0.throttle;
            throttle.try_one_of(FROM_ONE_PLACE, &format!("access-request from {}", origin.address), now)?;
            self.try_address(&read.email)?;
            throttle.try_one_of(FOR_ONE_INSTITUTION, &format!("access-request for {institution}"), now)
        };
        tries().map_err(|_| {
            Error::problem(
                "",
                "Several requests came within a few minutes, so this one is not sent yet. What you typed is still here: wait a \
                 quarter of an hour and send it again, or write to the careers leader.",
            )
        })?;
        let asked =
            self.store().write(institution, |tx| self.take_request(tx, institution, By::Provider, read, (now, "")))?;
        self.send_waiting_letters();
        Ok(asked)
    }

    /// Counts a letter to an address that nobody has confirmed, whichever form it was typed into; capitals make no other of it.
    pub(super) fn try_address(&self, email: &str) -> Result<()> {
        self.0.throttle.try_one_of(OF_ONE_ADDRESS, &format!("access-request of {email}"), self.context().now())
    }

    /// Writes a request with its letters: one that came at this instant, and what is noted of how it did.
    pub(super) fn take_request(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        by: By<'_>,
        read: Read,
        (came_at, how): (Timestamp, &str),
    ) -> Result<Asked> {
        let now = self.context().now();
        let came_on = self.context().day_of(came_at);
        let operator = Actor::operator();
        let actor = match by {
            By::Staff(actor) => actor,
            By::Provider => &operator,
        };
        let one = ProviderRequest {
            id: ProviderRequestId(self.context().next_id()),
            reference: format!("PA-{}", self.spoken::<6>()),
            state: ProviderRequestState::Received,
            organisation: read.organisation,
            provider_type: read.provider_type,
            organisation_id: None,
            contact: read.contact,
            email: read.email,
            phone: read.phone,
            offers: read.offers,
            covers: read.covers,
            year_groups: read.year_groups,
            wanted: read.wanted,
            format: read.format,
            visitors: read.visitors,
            needs: read.needs,
            message: read.message,
            received_at: came_at,
            due_on: clock::due(tx, institution, came_on)?,
            decided_on: None,
            deferred_until: None,
            ground: None,
            reason: None,
            held_on: None,
            starts_at: None,
            ends_at: None,
            room: None,
            cohort: None,
            host: None,
            activity: None,
            evaluation: None,
            rating: None,
            account: actor.account(),
            revision: 0,
            changed_at: now,
        };
        store::provider_request::insert(tx, institution, &one)?;
        let token = self.request_link(tx, institution, actor, one.id)?;
        self.note_step(tx, institution, (by, actor), &one, Noted::new("provider-request.received").saying(how))?;
        self.write_to_provider(tx, institution, &one, &Said::Received { token: token.reveal() })?;
        self.write_to_staff(tx, institution, &one, &Said::New)?;
        Ok(Asked { id: one.id, reference: one.reference, token })
    }

    /// Notes what shows that no person filled the form in.
    fn guard(&self, key: &str, institution: InstitutionId, guard: &RequestGuard, problems: &mut Problems) {
        check_trap(&guard.trap, problems);
        let now = self.context().now();
        let opened = guard.opened.split('.').next().and_then(|seconds| seconds.parse().ok());
        let opened = opened.and_then(|seconds| Timestamp::from_second(seconds).ok());
        let opened = opened.filter(|at| signed(key, institution, *at) == guard.opened);
        match opened.map(|at| now.duration_since(at)) {
            Some(open) if open < SHORTEST => problems.add(
                "",
                "This was sent within seconds, as programs do, so it is not sent yet. Look through what you typed and send it \
                 again.",
            ),
            Some(open) if open < LONGEST => {}
            Some(_) | None => {
                problems.add("", "This form was opened too long ago. What you typed is still here: send it again.")
            }
        }
    }

    /// The key with which an institution's forms are signed; made when the first one is opened.
    fn form_key(&self, institution: InstitutionId) -> Result<String> {
        if let Some(key) = self.store().read(institution, |tx| store::setting::find(tx, institution, KEY))? {
            return Ok(key);
        }
        self.store().write(institution, |tx| {
            store::institution::revision(tx, institution)?;
            tx.wait_turn(institution)?;
            if let Some(key) = store::setting::find(tx, institution, KEY)? {
                return Ok(key);
            }
            let key = hex(&self.context().random_bytes::<32>());
            store::setting::set(tx, institution, KEY, &key)?;
            let subject = ("institution", Some(institution.0));
            let event = self.event(&Actor::operator(), "provider-request.form-opened", subject, json!({}));
            store::audit::record(tx, institution, &event)?;
            Ok(key)
        })
    }
}

/// An instant, to the second, with a proof that it was written here: `1764000000.0a1b…`.
fn signed(key: &str, institution: InstitutionId, at: Timestamp) -> String {
    let seconds = at.as_second();
    let proof = digest(format!("{key} {institution} {seconds}").as_bytes());
    format!("{seconds}.{}", hex(&proof))
}
