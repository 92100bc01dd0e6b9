//! Keys with which an institution's programs call the API: limited to it, to what the key is for, and to what the person who
//! answers for it may do.

use domain::{AccountId, ApiKeyId, InstitutionId};
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde_json::json;
use store::Within;
use subtle::ConstantTimeEq;

use crate::{Action, Actions, Actor, App, Problems, Refusal, Result, Secret, Token, grant, token::digest};

/// What a key is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyScope {
    /// Read totals.
    Totals,
    /// Read learners and where each stands.
    Learners,
    /// Add and change activities, and mark registers.
    Record,
    /// Bring in files.
    Import,
}

/// A key as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Its id.
    pub id: ApiKeyId,
    /// What the institution calls it.
    pub name: String,
    /// What it is good for.
    pub scopes: Vec<KeyScope>,
    /// Who answers for it.
    pub owner: String,
    /// Their account.
    pub account: AccountId,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// When it was last used, to some minutes.
    pub last_used_at: Option<Timestamp>,
    /// Whether it opens anything at this moment.
    pub state: KeyState,
}

/// Whether a key opens anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyState {
    /// It does.
    Good,
    /// Its time has ended.
    Expired,
    /// It was taken back.
    Revoked,
    /// Whoever answers for it no longer works there.
    OwnerLeft,
}

/// A key to be, as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApiKeyForm {
    /// What the institution calls it.
    pub name: String,
    /// What it is good for, by words.
    pub scopes: Vec<String>,
    /// The last day on which it is good; blank is the longest there is.
    pub expires_on: String,
}

/// A key just made. Its text is shown once and kept nowhere.
#[derive(Debug, Clone)]
pub struct NewApiKey {
    /// Its id.
    pub id: ApiKeyId,
    /// What the program sends.
    pub key: Secret,
}

impl KeyScope {
    /// Every scope, in the order in which pages list them.
    pub const ALL: [Self; 4] = [Self::Totals, Self::Learners, Self::Record, Self::Import];

    /// The word that the database uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Totals => "read-totals",
            Self::Learners => "read-learners",
            Self::Record => "record",
            Self::Import => "import",
        }
    }

    /// The scope with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.word() == word)
    }

    /// What it lets a program do. Nothing sensitive: no key sees special educational needs, who is looked after, or notes.
    pub fn actions(self) -> Actions {
        use Action::{Import, MarkRegisters, Record, SeeLearners, SeeTotals};
        Actions::of(match self {
            Self::Totals => &[SeeTotals],
            Self::Learners => &[SeeTotals, SeeLearners],
            Self::Record => &[SeeTotals, SeeLearners, MarkRegisters, Record],
            Self::Import => &[SeeTotals, Import],
        })
    }
}

/// What every key begins with, so that people and scanners know one when they see it.
pub const KEY_PREFIX: &str = "wm_";
/// Requests that one key may make in a quarter of an hour.
const REQUESTS: usize = 3000;
/// How often the time of the last use is written down.
const NOTED_EVERY: SignedDuration = SignedDuration::from_mins(5);

impl App {
    /// The institution's keys, latest first.
    ///
    /// # Errors
    /// If the actor may not say who works there.
    pub fn api_keys(&self, actor: &Actor, institution: InstitutionId) -> Result<Vec<ApiKey>> {
        actor.ask_for_all(Action::ManagePeople, institution)?;
        let now = self.context().now();
        self.store().read(institution, |tx| {
            let members = store::membership::list(tx, institution)?;
            let mut keys = Vec::new();
            for key in store::api_key::list(tx, institution)? {
                let owner = store::account::find(tx, key.account)?;
                let works_here = owner.as_ref().is_some_and(|owner| owner.closed_at.is_none())
                    && members.iter().any(|member| member.account == key.account);
                let state = match () {
                    () if key.revoked_at.is_some() => KeyState::Revoked,
                    () if key.expires_at <= now => KeyState::Expired,
                    () if !works_here => KeyState::OwnerLeft,
                    () => KeyState::Good,
                };
                keys.push(ApiKey {
                    id: key.id,
                    name: key.name,
                    scopes: key.scopes.iter().filter_map(|word| KeyScope::from_word(word)).collect(),
                    owner: owner.map_or(String::new(), |owner| owner.name),
                    account: key.account,
                    created_at: key.created_at,
                    expires_at: key.expires_at,
                    last_used_at: key.last_used_at,
                    state,
                });
            }
            Ok(keys)
        })
    }

    /// Makes a key that the actor answers for. Its text is returned this once.
    ///
    /// # Errors
    /// If the actor may not say who works there, is nobody in particular, or the form has problems.
    pub fn add_api_key(&self, actor: &Actor, institution: InstitutionId, form: &ApiKeyForm) -> Result<NewApiKey> {
        actor.ask_for_all(Action::ManagePeople, institution)?;
        let account = actor.account().ok_or(Refusal::NotAllowed)?;
        self.ask_fresh(actor)?;
        let mut problems = Problems::default();
        let name = problems.required("name", &form.name, "what the key is for, such as “Timetable link”");
        if name.chars().count() > 100 {
            problems.add("name", "This is too long. Keep it below 100 characters.");
        }
        let scopes: Vec<_> = form.scopes.iter().filter_map(|word| KeyScope::from_word(word)).collect();
        if scopes.is_empty() || scopes.len() != form.scopes.len() {
            problems.add("scopes", "Choose at least one thing that the program may do.");
        }
        let expires_at = self.last_moment(&form.expires_on, &mut problems);
        problems.check()?;
        let (id, secret) = (ApiKeyId(self.context().next_id()), Token::new(self.context()));
        let key = format!("{KEY_PREFIX}{institution}_{id}_{}", secret.reveal());
        let words: Vec<_> =
            KeyScope::ALL.into_iter().filter(|scope| scopes.contains(scope)).map(KeyScope::word).collect();
        let event = self.event(
            actor,
            "api-key.added",
            ("api-key", Some(id.0)),
            json!({"scopes": words, "expires": expires_at.to_string()}),
        );
        let stored = store::api_key::ApiKey {
            id,
            name,
            digest: digest(key.as_bytes()),
            scopes: words.into_iter().map(str::to_owned).collect(),
            account,
            created_at: self.context().now(),
            expires_at,
            last_used_at: None,
            revoked_at: None,
        };
        self.store().write(institution, |tx| {
            store::api_key::insert(tx, institution, &stored)?;
            store::audit::record(tx, institution, &event)
        })?;
        Ok(NewApiKey { id, key: Secret::new(key) })
    }

    /// Takes a key back. From then on it opens nothing.
    ///
    /// # Errors
    /// If the actor may not say who works there, or there is no such key.
    pub fn revoke_api_key(&self, actor: &Actor, institution: InstitutionId, id: ApiKeyId) -> Result<()> {
        actor.ask_for_all(Action::ManagePeople, institution)?;
        let (now, event) =
            (self.context().now(), self.event(actor, "api-key.revoked", ("api-key", Some(id.0)), json!({})));
        Ok(self.store().write(institution, |tx| {
            store::api_key::revoke(tx, institution, id, now)?;
            store::audit::record(tx, institution, &event)
        })?)
    }

    /// Who calls with this key: the person who answers for it, within its institution, and no more than it is good for.
    ///
    /// # Errors
    /// [`Refusal::NotSignedIn`] if there is no such key, it has expired, was taken back, or its person has left;
    /// [`Refusal::TooMany`] if the program asks too often.
    pub fn by_api_key(&self, key: &str) -> Result<Actor> {
        let (institution, id) = named(key).ok_or(Refusal::NotSignedIn)?;
        let now = self.context().now();
        let found = self.store().read(institution, |tx| -> Result<_> {
            let Some(stored) = store::api_key::find(tx, institution, id)? else { return Ok(None) };
            let right = bool::from(stored.digest.ct_eq(&digest(key.as_bytes())));
            if !right || stored.revoked_at.is_some() || stored.expires_at <= now {
                return Ok(None);
            }
            let owner = store::account::find(tx, stored.account)?.filter(|owner| owner.closed_at.is_none());
            let Some(owner) = owner else { return Ok(None) };
            let grants = grant::of_account(tx, owner.id)?;
            Ok(Some((stored, owner, grants)))
        })?;
        let (stored, owner, grants) = found.ok_or(Refusal::NotSignedIn)?;
        self.0.throttle.try_one_of(REQUESTS, &format!("api-key {id}"), now)?;
        let scopes = stored.scopes.iter().filter_map(|word| KeyScope::from_word(word));
        let good_for = scopes.fold(Actions::default(), |set, scope| {
            let more = scope.actions();
            Action::ALL.into_iter().fold(set, |set, action| if more.has(action) { set.with(action, true) } else { set })
        });
        let actor = Actor::person(owner.id, owner.name, grants).by_key(id, institution, good_for);
        if actor.grants().is_empty() {
            return Err(Refusal::NotSignedIn.into());
        }
        if stored.last_used_at.is_none_or(|last| now.duration_since(last) >= NOTED_EVERY) {
            self.store().write(Within::from(institution), |tx| store::api_key::used(tx, institution, id, now))?;
        }
        Ok(actor)
    }

    /// The end of the day that a form gives; at most a year from now.
    fn last_moment(&self, text: &str, problems: &mut Problems) -> Timestamp {
        let today = self.context().today();
        let longest = today.saturating_add(1.year());
        let last = match text.trim() {
            "" => longest,
            text => problems
                .take(
                    "expires_on",
                    domain::date::parse(text).filter(|day| (today..=longest).contains(day)).ok_or_else(|| {
                        format!(
                            "Enter a day from today to {}: a key is good for a year at most.",
                            domain::date::long(longest)
                        )
                    }),
                )
                .unwrap_or(longest),
        };
        let midnight = self.context().zone().to_timestamp(last.saturating_add(1.day()).at(0, 0, 0, 0));
        midnight.unwrap_or_else(|_| self.context().now())
    }
}

/// The institution and the id that a key names.
fn named(key: &str) -> Option<(InstitutionId, ApiKeyId)> {
    let mut parts = key.strip_prefix(KEY_PREFIX)?.split('_');
    let (institution, id, secret) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
    (parts.next().is_none() && secret.len() == 64).then_some((institution, id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_is_good_for_what_is_sensitive() {
        for scope in KeyScope::ALL {
            assert_eq!(KeyScope::from_word(scope.word()), Some(scope));
            for action in [Action::SeeSend, Action::SeeLookedAfter, Action::ReadNotes, Action::ManagePeople] {
                assert!(!scope.actions().has(action), "{scope:?} {action:?}");
            }
        }
    }

    #[test]
    fn a_key_names_its_institution_and_itself() {
        let secret = "0".repeat(64);
        assert_eq!(named(&format!("wm_7_42_{secret}")), Some((InstitutionId(7), ApiKeyId(42))));
        for wrong in ["", "wm_", "wm_7_42", "wm_7_42_00", &format!("wm_7_x_{secret}"), &format!("wm_7_42_{secret}_")] {
            assert_eq!(named(wrong), None, "{wrong}");
        }
    }
}
