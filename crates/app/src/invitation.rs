//! Inviting people to an institution, and taking an invitation up.

use domain::{AccountId, InstitutionId, InvitationId, date};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{Tx, invitation::Invitation};

use crate::{
    Action, Actor, App, Error, Holding, Method, NewAccount, NewSession, Origin, Problems, Reach, Result, Role, Token,
    account::check_address,
    letter::{About, Addressee, Letter},
    person::note_problems,
    post::Task,
    token::digest,
};

/// How long an invitation can be taken up.
const LONGEST: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How many invitations one person may send within the span of the throttle.
const MOST: usize = 100;

/// Somebody to be invited.
#[derive(Debug, Clone)]
pub struct InvitationForm {
    /// Full name.
    pub name: String,
    /// E-mail address; may be blank if the link is handed over.
    pub email: String,
    /// As what, and over whom. A learner's reach is a caseload of that one learner; others' caseloads are filled later. None is
    /// a problem to be told with the others.
    pub holding: Option<Holding>,
    /// Whether the link is sent by e-mail; otherwise the inviter hands it over.
    pub by_email: bool,
}

/// An invitation just made or sent again.
#[derive(Debug, Clone)]
pub struct Invited {
    /// What pages call it by.
    pub id: InvitationId,
    /// The token of the link to hand over, which is told this once; none if the link was sent by e-mail.
    pub token: Option<Token>,
    /// Until when the link works.
    pub expires_at: Timestamp,
}

/// An invitation that nobody has taken up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenInvitation {
    /// What pages call it by.
    pub id: InvitationId,
    /// Who is invited.
    pub name: String,
    /// Their address, if it is known.
    pub email: Option<String>,
    /// As what, and over whom.
    pub holding: Holding,
    /// Since when.
    pub invited_at: Timestamp,
    /// Until when its link works.
    pub expires_at: Timestamp,
    /// Whether that has passed.
    pub has_run_out: bool,
}

/// What somebody who holds the link of an invitation is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The name of the institution that invites.
    pub institution: String,
    /// Who is invited.
    pub name: String,
    /// The address that the account will have; none if they are to say it.
    pub email: Option<String>,
    /// As what, and over whom.
    pub holding: Holding,
    /// Until when.
    pub expires_at: Timestamp,
}

/// Who takes an invitation up, having proved who they are.
#[derive(Debug, Clone)]
pub(crate) enum TakenUpBy {
    /// Somebody with an account.
    Account(AccountId),
    /// Somebody without one, with a password. The invitation's address, if it has one, counts in place of this one.
    New(NewAccount),
    /// Somebody without one and without a password: they sign in by what `also` of [`App::take_up`] notes. Their name, and
    /// their address as whoever knows them says it; again the invitation's counts in its place.
    Proven { name: String, email: String },
}

impl App {
    /// Invites somebody. Whoever has the link can take it up, once, within seven days.
    ///
    /// # Errors
    /// If the actor may not say who works there, the form has problems, or e-mail is asked for and none can be sent.
    pub fn invite(&self, actor: &Actor, institution: InstitutionId, form: &InvitationForm) -> Result<Invited> {
        actor.ask_for_all(Action::ManagePeople, institution)?;
        self.ask_fresh_or_operator(actor)?;
        let mut problems = Problems::default();
        let name = problems.required("name", &form.name, "the person’s name");
        let email = form.email.trim();
        if form.by_email && email.is_empty() {
            problems.add("email", "Enter the e-mail address to send the invitation to, or hand over a link instead.");
        }
        check_address(email, "email", &mut problems);
        if form.by_email && !self.has_post() {
            problems.add("by", "This server sends no e-mail. Hand over a link instead.");
        }
        let learner = match &form.holding {
            Some(Holding { role: Role::Learner, reach: Reach::Caseload(learners) }) if learners.len() == 1 => {
                Some(learners[0])
            }
            Some(Holding { role: Role::Learner, .. }) => {
                problems.add("role", "Choose the one learner who is invited.");
                None
            }
            Some(holding) => {
                note_problems(std::slice::from_ref(holding), &mut problems);
                None
            }
            None => {
                problems.add("role", "Choose what the person is here.");
                None
            }
        };
        problems.check()?;
        let holding = form.holding.clone().ok_or(Error::NOT_FOUND)?;
        self.count_invitation(actor)?;
        let (now, token) = (self.context().now(), Token::new(self.context()));
        let membership = holding.membership(institution, AccountId(0));
        let invitation = Invitation {
            institution,
            id: InvitationId(self.context().next_id()),
            token_digest: digest(token.reveal().as_bytes()),
            name,
            email: Some(email.to_owned()).filter(|email| !email.is_empty()),
            role: membership.role,
            reach: membership.reach,
            groups: membership.groups,
            learner,
            invited_by: actor.account(),
            created_at: now,
            expires_at: now + LONGEST,
            ended_at: None,
            accepted_by: None,
        };
        let mut payload = holding.payload();
        payload["by"] = json!(if form.by_email { "e-mail" } else { "link" });
        let event = self.event(actor, "invitation.made", ("invitation", Some(invitation.id.0)), payload);
        let name = self.store().write(institution, |tx| -> Result<_> {
            if let Some(learner) = learner {
                store::learner::get(tx, institution, learner)?;
            }
            self.check_is_new(tx, &invitation)?;
            store::invitation::insert(tx, &invitation)?;
            store::audit::record(tx, institution, &event)?;
            Ok(store::institution::get(tx, institution)?.0.name)
        })?;
        Ok(self.hand_over(&invitation, name, token, form.by_email))
    }

    /// Passes unless the person has the role already, or an invitation to it.
    fn check_is_new(&self, tx: &mut Tx<'_>, invitation: &Invitation) -> Result<()> {
        let Some(email) = &invitation.email else { return Ok(()) };
        if let Some(account) = store::account::find_by_email(tx, email)? {
            let has =
                |member: &store::membership::Membership| member.account == account.id && member.role == invitation.role;
            if store::membership::list(tx, invitation.institution)?.iter().any(has) {
                return Err(Error::problem("email", "This person works here in this role already."));
            }
        }
        let now = self.context().now();
        let is_same = |other: &Invitation| {
            other.role == invitation.role
                && other.expires_at > now
                && other.email.as_ref().is_some_and(|other| other.eq_ignore_ascii_case(email))
        };
        if store::invitation::list(tx, invitation.institution)?.iter().any(is_same) {
            return Err(Error::problem("email", "This person is invited already. Send that invitation again instead."));
        }
        Ok(())
    }

    /// Sends an invitation, or hands over the token of its link.
    fn hand_over(&self, invitation: &Invitation, institution: String, token: Token, by_email: bool) -> Invited {
        let Invitation { id, expires_at, .. } = *invitation;
        let Some(email) = invitation.email.clone().filter(|_| by_email) else {
            return Invited { id, token: Some(token), expires_at };
        };
        let link = self.address_of(&format!("/join/{}/{}", invitation.institution, token.reveal()));
        let until = date::long(self.context().zone().to_datetime(expires_at).date());
        let to = Addressee { name: invitation.name.clone(), email };
        self.post(Task::Send(Letter { to, about: About::Invitation { institution, link, until } }));
        Invited { id, token: None, expires_at }
    }

    fn count_invitation(&self, actor: &Actor) -> Result<()> {
        let Some(account) = actor.account() else { return Ok(()) };
        self.0.throttle.try_one_of(MOST, &format!("invitations {account}"), self.context().now())
    }

    /// The institution's invitations that nobody has taken up, latest first.
    ///
    /// # Errors
    /// If the actor may not say who works there.
    pub fn invitations(&self, actor: &Actor, institution: InstitutionId) -> Result<Vec<OpenInvitation>> {
        actor.ask(Action::ManagePeople, institution)?;
        let now = self.context().now();
        let invitations = self.store().read(institution, |tx| store::invitation::list(tx, institution))?;
        let open = invitations.into_iter().filter_map(|invitation| {
            let holding = holding(&invitation)?;
            Some(OpenInvitation {
                id: invitation.id,
                name: invitation.name,
                email: invitation.email,
                holding,
                invited_at: invitation.created_at,
                expires_at: invitation.expires_at,
                has_run_out: invitation.expires_at <= now,
            })
        });
        Ok(open.collect())
    }

    /// Gives an invitation another link, for seven days, by e-mail or to hand over; the one before works no more.
    ///
    /// # Errors
    /// If the actor may not say who works there, there is no such invitation, it was taken up or withdrawn, or e-mail is asked
    /// for and cannot be sent.
    pub fn send_invitation_again(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: InvitationId,
        by_email: bool,
    ) -> Result<Invited> {
        actor.ask_for_all(Action::ManagePeople, institution)?;
        self.ask_fresh_or_operator(actor)?;
        self.count_invitation(actor)?;
        let token = Token::new(self.context());
        let expires_at = self.context().now() + LONGEST;
        let payload = json!({"by": if by_email { "e-mail" } else { "link" }});
        let event = self.event(actor, "invitation.sent-again", ("invitation", Some(id.0)), payload);
        let (invitation, name) = self.store().write(institution, |tx| -> Result<_> {
            let mut invitation = store::invitation::find(tx, institution, id)?.ok_or(Error::NOT_FOUND)?;
            if invitation.accepted_by.is_some() {
                return Err(Error::conflict("This invitation has been accepted meanwhile."));
            }
            if invitation.ended_at.is_some_and(|ended| ended != invitation.expires_at) {
                return Err(Error::conflict("This invitation was withdrawn meanwhile. Invite the person anew."));
            }
            if by_email && (invitation.email.is_none() || !self.has_post()) {
                return Err(Error::conflict("This invitation cannot be sent by e-mail. Hand over a link instead."));
            }
            store::invitation::renew(tx, institution, id, &digest(token.reveal().as_bytes()), expires_at)?;
            store::audit::record(tx, institution, &event)?;
            invitation.expires_at = expires_at;
            Ok((invitation, store::institution::get(tx, institution)?.0.name))
        })?;
        Ok(self.hand_over(&invitation, name, token, by_email))
    }

    /// Withdraws an invitation: its link works no more, until [`App::restore_invitation`].
    ///
    /// # Errors
    /// If the actor may not say who works there, there is no such invitation, or it has been taken up.
    pub fn withdraw_invitation(&self, actor: &Actor, institution: InstitutionId, id: InvitationId) -> Result<()> {
        actor.ask_for_all(Action::ManagePeople, institution)?;
        let now = self.context().now();
        let event = self.event(actor, "invitation.withdrawn", ("invitation", Some(id.0)), json!({}));
        self.store().write(institution, |tx| -> Result<()> {
            let invitation = store::invitation::find(tx, institution, id)?.ok_or(Error::NOT_FOUND)?;
            if invitation.accepted_by.is_some() {
                return Err(Error::conflict("This invitation has been accepted meanwhile."));
            }
            if invitation.ended_at == Some(invitation.expires_at) {
                store::invitation::reopen(tx, institution, id)?;
            }
            store::invitation::end(tx, institution, id, now, None)?;
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// Takes a withdrawal back: the link works as it did before.
    ///
    /// # Errors
    /// If the actor may not say who works there, or there is no such withdrawn invitation.
    pub fn restore_invitation(&self, actor: &Actor, institution: InstitutionId, id: InvitationId) -> Result<()> {
        actor.ask_for_all(Action::ManagePeople, institution)?;
        self.ask_fresh_or_operator(actor)?;
        let event = self.event(actor, "invitation.restored", ("invitation", Some(id.0)), json!({}));
        self.store().write(institution, |tx| -> Result<()> {
            store::invitation::reopen(tx, institution, id)?;
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// What the holder of an invitation's link is offered.
    ///
    /// # Errors
    /// Not found for a link that is none of ours; a conflict that says why, for one that cannot be taken up any more.
    pub fn invitation(&self, institution: InstitutionId, token: &str) -> Result<Offer> {
        let (invitation, name) = self.store().read(institution, |tx| -> Result<_> {
            let found = store::invitation::find_by_token(tx, institution, &digest(token.as_bytes()))?;
            let invitation = found.ok_or(Error::NOT_FOUND)?;
            Ok((invitation, store::institution::get(tx, institution)?.0.name))
        })?;
        self.check_is_open(&invitation)?;
        let holding = holding(&invitation).ok_or(Error::NOT_FOUND)?;
        Ok(Offer {
            institution: name,
            name: invitation.name,
            email: invitation.email,
            holding,
            expires_at: invitation.expires_at,
        })
    }

    /// Passes if whoever invited may still do so: an invitation does not outlive the role of its maker.
    fn check_inviter(&self, tx: &mut Tx<'_>, invitation: &Invitation) -> Result<()> {
        let Some(inviter) = invitation.invited_by else { return Ok(()) };
        let own = store::permission::list(tx, invitation.institution)?;
        let members = store::membership::list(tx, invitation.institution)?;
        let mut roles = members.iter().filter(|member| member.account == inviter && member.reach == "institution");
        let still = roles.any(|member| {
            Role::from_word(&member.role)
                .is_some_and(|role| crate::grant::allowed(role, &own).has(Action::ManagePeople))
        });
        if still { Ok(()) } else { Err(Error::conflict("This invitation was withdrawn. Ask whoever invited you.")) }
    }

    /// Passes if the invitation can be taken up. That it ran out is noted, once.
    fn check_is_open(&self, invitation: &Invitation) -> Result<()> {
        let has_run_out = invitation.expires_at <= self.context().now();
        if has_run_out && invitation.ended_at.is_none() {
            let id = invitation.id;
            let event = self.event(&Actor::operator(), "invitation.expired", ("invitation", Some(id.0)), json!({}));
            let institution = invitation.institution;
            self.store().write(institution, |tx| {
                store::invitation::end(tx, institution, id, invitation.expires_at, None)?;
                store::audit::record(tx, institution, &event)
            })?;
        }
        Err(Error::conflict(match (invitation.accepted_by, invitation.ended_at) {
            (Some(_), _) => "This invitation has been accepted already. If it was you, sign in.",
            _ if has_run_out => "This invitation has run out. Ask whoever invited you to send it again.",
            (None, Some(_)) => "This invitation was withdrawn. Ask whoever invited you.",
            (None, None) => return Ok(()),
        }))
    }

    /// Takes an invitation up with a new account, and signs in.
    ///
    /// # Errors
    /// As [`App::invitation`]; problems of the form; a problem at the address if it has an account, which signs in first and
    /// then takes the invitation up by [`App::accept_invitation_as`].
    pub fn accept_invitation(
        &self,
        institution: InstitutionId,
        token: &str,
        new: &NewAccount,
        origin: &Origin,
    ) -> Result<NewSession> {
        let by = TakenUpBy::New(new.clone());
        let account = self.take_up(institution, token, by, |_, _| Ok(()))?;
        self.begin_session(account, Method::Password, origin, false)
    }

    /// Takes an invitation up as somebody who is signed in: their account gets the role.
    ///
    /// # Errors
    /// As [`App::invitation`].
    pub fn accept_invitation_as(&self, actor: &Actor, institution: InstitutionId, token: &str) -> Result<()> {
        let account = actor.account().ok_or(Error::NOT_FOUND)?;
        self.take_up(institution, token, TakenUpBy::Account(account), |_, _| Ok(())).map(drop)
    }

    /// Takes an invitation up for somebody who has proved who they are; `also` happens in the same transaction, such as noting
    /// who they are at their identity provider. The account that has the role now.
    ///
    /// # Errors
    /// As [`App::accept_invitation`], and what `also` returns.
    pub(crate) fn take_up(
        &self,
        institution: InstitutionId,
        token: &str,
        by: TakenUpBy,
        also: impl FnOnce(&mut Tx<'_>, AccountId) -> Result<()>,
    ) -> Result<AccountId> {
        let offer = self.invitation(institution, token)?;
        let (id, new) = match by {
            TakenUpBy::Account(account) => (account, None),
            TakenUpBy::Proven { name, email } => {
                let account = self.account_without_password(&name, offer.email.as_deref().unwrap_or(&email))?;
                (account.id, Some(account))
            }
            TakenUpBy::New(new) => {
                let new = NewAccount { email: offer.email.clone().unwrap_or(new.email), ..new };
                let account = self.account_at(&new, std::slice::from_ref(&offer.institution))?;
                (account.id, Some(account))
            }
        };
        let now = self.context().now();
        let actor = Actor::person(id, String::new(), Vec::new());
        let membership = offer.holding.membership(institution, id);
        let added = self.event(&actor, "account.added", ("account", Some(id.0)), json!({}));
        let granted = self.event(&actor, "role.granted", ("account", Some(id.0)), offer.holding.payload());
        self.store().write(institution, |tx| -> Result<()> {
            // Once more, now that nobody else can take it up meanwhile.
            let found = store::invitation::find_by_token(tx, institution, &digest(token.as_bytes()))?;
            let invitation = found.ok_or(Error::NOT_FOUND)?;
            self.check_inviter(tx, &invitation)?;
            let taken = || Error::conflict("This invitation has been accepted already. If it was you, sign in.");
            store::invitation::end(tx, institution, invitation.id, now, Some(id)).map_err(|error| match error {
                store::Error::NotFound(_) => taken(),
                other => other.into(),
            })?;
            if let Some(account) = &new {
                store::account::insert(tx, account).map_err(|error| match error {
                    store::Error::Duplicate { .. } => Error::problem(
                        "email",
                        "Somebody signs in here with this address already. If it is you, sign in to accept.",
                    ),
                    other => other.into(),
                })?;
                store::audit::record(tx, Self::INSTALLATION, &added)?;
            }
            store::membership::set(tx, &membership)?;
            if let Some(learner) = invitation.learner {
                store::membership::add_to_caseload(tx, institution, id, learner)?;
            }
            also(tx, id)?;
            let accepted = self.event(&actor, "invitation.accepted", ("invitation", Some(invitation.id.0)), json!({}));
            store::audit::record(tx, institution, &accepted)?;
            Ok(store::audit::record(tx, institution, &granted)?)
        })?;
        Ok(id)
    }
}

/// As what somebody is invited; none for a role that is not known any more.
fn holding(invitation: &Invitation) -> Option<Holding> {
    let role = Role::from_word(&invitation.role)?;
    let caseload: Vec<_> = invitation.learner.into_iter().collect();
    Some(Holding { role, reach: Reach::from_words(&invitation.reach, &invitation.groups, &caseload) })
}
