//! Setting another password without knowing the present one.

use domain::{AccountId, InstitutionId};
use jiff::SignedDuration;
use serde_json::json;
use store::{Within, password_reset::PasswordReset};

use crate::{
    Action, Actor, App, Error, Origin, Problems, Refusal, Result, Token,
    account::check_address,
    letter::{About, Addressee, Letter},
    password,
    post::{Asked, Task},
    token::digest,
};

/// How long a link works.
const LONGEST: SignedDuration = SignedDuration::from_hours(1);
/// Letters for one address within the span of the throttle. More are not refused but not sent, so that nobody keeps somebody else
/// from asking.
const LETTERS: usize = 5;
/// Times that one place may ask: a whole school may stand behind it.
const FROM_ONE_PLACE: usize = 30;

impl App {
    /// Sends a link for setting another password to this address, if somebody has it. The answer is the same, and as quick, if
    /// nobody does: whatever differs happens later, elsewhere.
    ///
    /// # Errors
    /// If the address cannot be one, there were too many tries from this place, or this server sends no e-mail.
    pub fn ask_for_reset(&self, email: &str, origin: &Origin) -> Result<()> {
        if !self.has_post() {
            return Err(Error::conflict("This server sends no e-mail. Ask an administrator for a link."));
        }
        let mut problems = Problems::default();
        let email = problems.required("email", email, "your e-mail address");
        check_address(&email, "email", &mut problems);
        problems.check()?;
        let now = self.context().now();
        self.0.throttle.try_one_of(FROM_ONE_PLACE, &format!("resets {}", origin.address), now)?;
        if self.0.throttle.try_one_of(LETTERS, &format!("reset {email}"), now).is_ok() {
            self.post(Task::Reset(Asked(email)));
        }
        Ok(())
    }

    /// Lets whoever has this address set another password; the letter to them. None if nobody has it.
    pub(crate) fn begin_reset(&self, email: &str) -> Result<Option<Letter>> {
        let account = self.store().read(Within::none(), |tx| store::account::find_by_email(tx, email))?;
        let Some(account) = account.filter(|account| account.closed_at.is_none()) else {
            let event = self.event(&Actor::operator(), "password-reset.asked", ("account", None), json!({}));
            self.store().write(Within::none(), |tx| store::audit::record(tx, Self::INSTALLATION, &event))?;
            return Ok(None);
        };
        let token = self.let_reset(account.id, &Actor::operator(), json!({"by": "e-mail"}))?;
        let link = self.address_of(&format!("/reset/{}", token.reveal()));
        let to = Addressee { name: account.name, email: account.email };
        Ok(Some(Letter { to, about: About::PasswordReset { link } }))
    }

    fn let_reset(&self, account: AccountId, by: &Actor, payload: serde_json::Value) -> Result<Token> {
        let (now, token) = (self.context().now(), Token::new(self.context()));
        let reset = PasswordReset {
            token_digest: digest(token.reveal().as_bytes()),
            account,
            created_at: now,
            expires_at: now + LONGEST,
        };
        let event = self.event(by, "password-reset.asked", ("account", Some(account.0)), payload);
        self.store().write(Within::none(), |tx| {
            store::password_reset::delete_expired(tx, now)?;
            store::password_reset::insert(tx, &reset)?;
            store::audit::record(tx, Self::INSTALLATION, &event)
        })?;
        Ok(token)
    }

    /// A link to hand over to somebody who works in an institution and forgot their password.
    ///
    /// # Errors
    /// If the actor may not say who works there, or the person also works where the actor may not: their account is not the
    /// actor's to open.
    pub fn reset_link(&self, actor: &Actor, institution: InstitutionId, account: AccountId) -> Result<Token> {
        actor.ask_for_all(Action::ManagePeople, institution)?;
        self.ask_fresh_or_operator(actor)?;
        let members = self.store().read(institution, |tx| store::membership::list(tx, institution))?;
        if !members.iter().any(|member| member.account == account) {
            return Err(Error::NOT_FOUND);
        }
        let (found, grants) = self.store().read(Within::none(), |tx| -> Result<_> {
            Ok((store::account::find(tx, account)?, crate::grant::of_account(tx, account)?))
        })?;
        let found = found.ok_or(Error::NOT_FOUND)?;
        let is_theirs = |id| actor.ask_for_all(Action::ManagePeople, id).is_ok();
        let elsewhere = grants.iter().any(|grant| !is_theirs(grant.institution));
        let above = found.administrator && !actor.may_set_up();
        if (elsewhere || above) && !actor.is_operator() {
            return Err(Refusal::Conflict(
                "This person’s account also reaches what you do not look after, so you cannot hand over a link. They can ask for \
                 one by e-mail, or whoever runs the server sets a password."
                    .to_owned(),
            )
            .into());
        }
        let token = self.let_reset(account, actor, json!({"by": "link"}))?;
        Ok(token)
    }

    /// Passes if a link for setting another password still works.
    ///
    /// # Errors
    /// A conflict that says what to do, if not.
    pub fn check_reset(&self, token: &str) -> Result<()> {
        let (now, token_digest) = (self.context().now(), digest(token.as_bytes()));
        let found = self.store().read(Within::none(), |tx| store::password_reset::find(tx, &token_digest, now))?;
        found.map(drop).ok_or_else(used)
    }

    /// Sets another password by a link, which then works no more, ends every session of the account, and tells its owner.
    ///
    /// # Errors
    /// A conflict if the link does not work any more; problems of the password.
    pub fn set_password_by_link(&self, token: &str, new: &str) -> Result<()> {
        let (now, token_digest) = (self.context().now(), digest(token.as_bytes()));
        let (mut account, grants) = self.store().read(Within::none(), |tx| -> Result<_> {
            let reset = store::password_reset::find(tx, &token_digest, now)?.ok_or_else(used)?;
            let account = store::account::find(tx, reset.account)?.filter(|account| account.closed_at.is_none());
            let account = account.ok_or_else(used)?;
            Ok((account, crate::grant::of_account(tx, reset.account)?))
        })?;
        let id = account.id;
        let actor = Actor::person(id, account.name.clone(), grants);
        let institutions = self.institution_names(&actor)?;
        let mut problems = Problems::default();
        password::check(new, &password::about(&account.name, &account.email, &institutions), &mut problems);
        problems.check()?;
        account.password_hash = Some(password::hash(new, self.0.password_cost, self.context())?);
        let event = self.event(&actor, "password-reset.done", ("account", Some(id.0)), json!({}));
        self.store().write(Within::none(), |tx| -> Result<()> {
            // Of two who use the link at once, one comes too late.
            if store::password_reset::delete_of(tx, id)? == 0 {
                return Err(used());
            }
            store::account::update(tx, &account)?;
            store::session::delete_of(tx, id)?;
            Ok(store::audit::record(tx, Self::INSTALLATION, &event)?)
        })?;
        self.tell_of_password(&account);
        Ok(())
    }

    /// The names of the institutions that the actor reaches: none of them is a good password.
    pub(crate) fn institution_names(&self, actor: &Actor) -> Result<Vec<String>> {
        let all = self.store().read(Within::none(), store::institution::list)?;
        let here = |id| actor.grants().iter().any(|grant| grant.institution == id);
        Ok(all.into_iter().filter(|one| here(one.id)).map(|one| one.name).collect())
    }

    /// Tells the owner of an account that its password was changed.
    pub(crate) fn tell_of_password(&self, account: &store::account::Account) {
        let to = Addressee { name: account.name.clone(), email: account.email.clone() };
        let about = About::PasswordChanged { sign_in: self.address_of("/sign-in") };
        self.post(Task::Send(Letter { to, about }));
    }
}

fn used() -> Error {
    Error::conflict("This link has been used, or was asked for more than an hour ago. Ask for another one.")
}
