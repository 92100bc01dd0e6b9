use domain::{AccountId, InstitutionId};

use crate::{Error, Refusal, Result};

/// Who acts. Every operation takes one, and asks it before it opens a transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    who: Who,
    grants: Vec<Grant>,
    sets_up: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Who {
    Person { account: AccountId, name: String },
    Operator,
}

/// A role in an institution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// Where.
    pub institution: InstitutionId,
    /// What.
    pub role: Role,
}

/// What a person is in an institution: the three roles that Compass users know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Sees the institution's records and changes nothing.
    Viewer,
    /// Keeps the records: activities, registers, imports.
    Editor,
    /// Also sets up the institution and its people.
    Admin,
}

/// What somebody wants to do to an institution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// See learners' records and findings.
    Read,
    /// Change activities, registers and attestations.
    Record,
    /// Bring in files, and undo that.
    Import,
    /// Change the institution itself and who works in it.
    Administer,
}

impl Role {
    /// The word that the database and the API use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Editor => "editor",
            Self::Admin => "admin",
        }
    }

    /// The role with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Viewer, Self::Editor, Self::Admin].into_iter().find(|role| role.word() == word)
    }

    /// Whether the role includes the action.
    pub const fn includes(self, action: Action) -> bool {
        match action {
            Action::Read => true,
            Action::Record | Action::Import => matches!(self, Self::Editor | Self::Admin),
            Action::Administer => matches!(self, Self::Admin),
        }
    }
}

impl Actor {
    /// A person who signed in.
    pub fn person(account: AccountId, name: String, grants: Vec<Grant>) -> Self {
        Self { who: Who::Person { account, name }, grants, sets_up: false }
    }

    /// Whoever runs the server, on its command line: reaches every institution.
    pub fn operator() -> Self {
        Self { who: Who::Operator, grants: Vec::new(), sets_up: true }
    }

    /// The same actor, who may also set up institutions.
    pub(crate) fn with_setting_up(self, sets_up: bool) -> Self {
        Self { sets_up, ..self }
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

    /// Passes if the actor may do this there. An institution out of reach is not found; one within reach, but not for this,
    /// is not allowed.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] or [`Refusal::NotAllowed`].
    pub fn ask(&self, action: Action, institution: InstitutionId) -> Result<()> {
        if self.is_operator() {
            return Ok(());
        }
        let mut here = self.grants.iter().filter(|grant| grant.institution == institution).peekable();
        if here.peek().is_none() {
            return Err(Error::NOT_FOUND);
        }
        if here.any(|grant| grant.role.includes(action)) { Ok(()) } else { Err(Refusal::NotAllowed.into()) }
    }
}
