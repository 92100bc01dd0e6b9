use domain::{AccountId, ApiKeyId, InstitutionId};
use jiff::Timestamp;

use crate::{Action, Actions, Error, Reach, Refusal, Result, Role, reach::Candidate};

/// Who acts. Every operation takes one, and asks it before it opens a transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    who: Who,
    grants: Vec<Grant>,
    sets_up: bool,
    viewing: Option<Grant>,
    confirmed_at: Option<Timestamp>,
    without_second_step: Vec<InstitutionId>,
    key: Option<ApiKeyId>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Who {
    Person { account: AccountId, name: String },
    Operator,
}

/// A role in an institution, over some or all of its learners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Where.
    pub institution: InstitutionId,
    /// What.
    pub role: Role,
    /// Over whom.
    pub reach: Reach,
    /// What the role may do there: as usual, or as the institution decided.
    pub allowed: Actions,
}

/// Whose records an action may touch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Everybody's.
    Everybody,
    /// Those within any of these reaches.
    Only(Vec<Reach>),
}

impl Scope {
    pub(crate) fn admits(&self, one: &Candidate<'_>) -> bool {
        match self {
            Self::Everybody => true,
            Self::Only(reaches) => reaches.iter().any(|reach| reach.admits(one)),
        }
    }
}

impl Actor {
    /// A person who signed in.
    pub fn person(account: AccountId, name: String, grants: Vec<Grant>) -> Self {
        Self {
            who: Who::Person { account, name },
            grants,
            sets_up: false,
            viewing: None,
            key: None,
            confirmed_at: None,
            without_second_step: Vec::new(),
        }
    }

    /// Whoever runs the server, on its command line: reaches every institution.
    pub fn operator() -> Self {
        Self {
            who: Who::Operator,
            grants: Vec::new(),
            sets_up: true,
            viewing: None,
            key: None,
            confirmed_at: None,
            without_second_step: Vec::new(),
        }
    }

    /// The same actor, who may also set up institutions.
    pub(crate) fn with_setting_up(self, sets_up: bool) -> Self {
        Self { sets_up, ..self }
    }

    /// The same person, who proved at this moment who they are.
    pub(crate) fn confirmed(self, at: Timestamp) -> Self {
        Self { confirmed_at: Some(at), ..self }
    }

    /// When the person last proved who they are.
    pub(crate) fn confirmed_at(&self) -> Option<Timestamp> {
        self.confirmed_at
    }

    /// The same person, who may do nothing in these institutions before they have set up the second step that is asked for there.
    pub(crate) fn wanting_second_step(self, institutions: Vec<InstitutionId>) -> Self {
        Self { without_second_step: institutions, ..self }
    }

    /// The institutions that ask for a second step which the person does not have.
    pub(crate) fn without_second_step(&self) -> &[InstitutionId] {
        &self.without_second_step
    }

    /// The same person, who looks at one institution as somebody with another role would: sees what both may see, and
    /// changes nothing. Whoever may not say who works there, or sees only some of its learners, goes on as themselves.
    pub(crate) fn viewing_as(self, mut grant: Grant) -> Self {
        let may = self.can(Action::ManagePeople, grant.institution)
            && self.scope(Action::SeeTotals, grant.institution).is_ok_and(|scope| scope == Scope::Everybody);
        if !may {
            return self;
        }
        // What the person may see of some learners only, they do not get to see of all.
        let of_everybody = |action: &Action| {
            action.is_seeing() && self.scope(*action, grant.institution).is_ok_and(|scope| scope == Scope::Everybody)
        };
        let seeing: Vec<Action> = Action::ALL.into_iter().filter(of_everybody).collect();
        grant.allowed = grant.allowed.and(Actions::of(&seeing));
        Self { grants: vec![grant.clone()], sets_up: false, viewing: Some(grant), ..self }
    }

    /// The same person by way of a key: at its institution only, and no more than the key is good for.
    pub(crate) fn by_key(self, key: ApiKeyId, institution: InstitutionId, good_for: Actions) -> Self {
        let here = self.grants.into_iter().filter(|grant| grant.institution == institution);
        let grants = here.map(|grant| Grant { allowed: grant.allowed.and(good_for), ..grant }).collect();
        Self { grants, sets_up: false, viewing: None, key: Some(key), ..self }
    }

    /// The key that a program uses, if it is not the person.
    pub fn key(&self) -> Option<ApiKeyId> {
        self.key
    }

    /// As what the person looks, if not as themselves.
    pub fn viewing(&self) -> Option<&Grant> {
        self.viewing.as_ref()
    }

    /// Whether the actor may set up a new institution.
    pub fn may_set_up(&self) -> bool {
        self.sets_up
    }

    /// The account, unless it is the operator.
    pub fn account(&self) -> Option<AccountId> {
        match self.who {
            Who::Person { account, .. } => Some(account),
            Who::Operator => None,
        }
    }

    /// How pages and the audit name the actor.
    pub fn name(&self) -> &str {
        match &self.who {
            Who::Person { name, .. } => name,
            Who::Operator => "the server's operator",
        }
    }

    /// Whether every institution is within reach.
    pub fn is_operator(&self) -> bool {
        self.who == Who::Operator
    }

    /// The institutions within reach, and as what; empty for the operator, who reaches all.
    pub fn grants(&self) -> &[Grant] {
        &self.grants
    }

    /// Whether the actor may do this there.
    pub fn can(&self, action: Action, institution: InstitutionId) -> bool {
        self.ask(action, institution).is_ok()
    }

    /// Passes if the actor may do this there, to some learners at least. An institution out of reach is not found; one within
    /// reach, but not for this, is not allowed.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] or [`Refusal::NotAllowed`].
    pub fn ask(&self, action: Action, institution: InstitutionId) -> Result<()> {
        self.scope(action, institution).map(|_| ())
    }

    /// Passes if the actor may do this there to everybody's records.
    ///
    /// # Errors
    /// As [`Actor::ask`].
    pub fn ask_for_all(&self, action: Action, institution: InstitutionId) -> Result<()> {
        match self.scope(action, institution)? {
            Scope::Everybody => Ok(()),
            Scope::Only(_) => Err(Refusal::NotAllowed.into()),
        }
    }

    /// To whom the actor may do this there.
    ///
    /// # Errors
    /// As [`Actor::ask`].
    pub(crate) fn scope(&self, action: Action, institution: InstitutionId) -> Result<Scope> {
        if self.is_operator() {
            return Ok(Scope::Everybody);
        }
        if self.without_second_step.contains(&institution) {
            return Err(Refusal::SecondStepFirst.into());
        }
        if !self.here(institution).any(|_| true) {
            return Err(Error::NOT_FOUND);
        }
        let reaches: Vec<&Reach> =
            self.here(institution).filter(|grant| grant.allowed.has(action)).map(|grant| &grant.reach).collect();
        match &reaches[..] {
            [] if self.viewing.is_some() && !action.is_seeing() => Err(Refusal::Viewing.into()),
            [] => Err(Refusal::NotAllowed.into()),
            _ if reaches.contains(&&Reach::Institution) => Ok(Scope::Everybody),
            _ => Ok(Scope::Only(reaches.into_iter().cloned().collect())),
        }
    }

    /// Everything that any of the actor's roles there includes.
    pub fn allowed(&self, institution: InstitutionId) -> Actions {
        if self.is_operator() {
            return Actions::of(&Action::ALL);
        }
        Action::ALL.into_iter().fold(Actions::default(), |set, action| {
            set.with(action, self.here(institution).any(|grant| grant.allowed.has(action)))
        })
    }

    /// Why the actor may do this to one learner, for the audit trail: the role, and over whom it holds.
    pub(crate) fn why(&self, action: Action, institution: InstitutionId, one: &Candidate<'_>) -> Option<String> {
        if self.is_operator() {
            return Some("operator".to_owned());
        }
        let grant = self.here(institution).find(|grant| grant.allowed.has(action) && grant.reach.admits(one))?;
        let viewing = if self.viewing.is_some() { "viewing as " } else { "" };
        Some(match &grant.reach {
            Reach::Institution => format!("{viewing}{}: whole institution", grant.role.word()),
            Reach::Caseload(_) => format!("{viewing}{}: caseload", grant.role.word()),
            Reach::Groups(_) => format!("{viewing}{}: {}", grant.role.word(), grant.reach.label()),
        })
    }

    /// Why the actor may do this to a list of learners, for the audit trail: the first role that includes it, and over whom.
    pub(crate) fn why_list(&self, action: Action, institution: InstitutionId) -> Option<String> {
        if self.is_operator() {
            return Some("operator".to_owned());
        }
        let viewing = if self.viewing.is_some() { "viewing as " } else { "" };
        let grants = || self.here(institution).filter(|grant| grant.allowed.has(action));
        let widest = grants().find(|grant| grant.reach == Reach::Institution).or_else(|| grants().next())?;
        let over = match &widest.reach {
            Reach::Institution => "whole institution".to_owned(),
            Reach::Caseload(_) => "caseload".to_owned(),
            Reach::Groups(_) => widest.reach.label(),
        };
        Some(format!("{viewing}{}: {over}", widest.role.word()))
    }

    fn here(&self, institution: InstitutionId) -> impl Iterator<Item = &Grant> {
        let shut = self.without_second_step.contains(&institution);
        self.grants.iter().filter(move |grant| grant.institution == institution && !shut)
    }
}
