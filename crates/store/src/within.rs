use domain::{AccountId, InstitutionId};

/// For whom a transaction works. On PostgreSQL the database itself shows it no other institution's rows, whatever a
/// statement says; on SQLite a file is one installation's own, and statements alone limit it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Within {
    institutions: Vec<InstitutionId>,
    account: Option<AccountId>,
    all: bool,
}

impl Within {
    /// For no institution: accounts, sessions, the registers of schools, the names of institutions.
    pub fn none() -> Self {
        Self::default()
    }

    /// For everything, as the owner of the tables: moving, backing up and checking the whole database. Fails on PostgreSQL
    /// unless the address signs in as that owner.
    pub fn everything() -> Self {
        Self { all: true, ..Self::default() }
    }

    /// For these institutions.
    pub fn each(institutions: impl IntoIterator<Item = InstitutionId>) -> Self {
        Self { institutions: institutions.into_iter().collect(), ..Self::default() }
    }

    /// Whether it takes in the institution.
    pub(crate) fn covers(&self, institution: InstitutionId) -> bool {
        self.all || self.institutions.contains(&institution)
    }

    /// What PostgreSQL is told before the first statement; none for everything.
    pub(crate) fn settings(&self) -> Option<String> {
        let list: Vec<String> = self.institutions.iter().map(|institution| institution.0.to_string()).collect();
        let account = self.account.map_or(String::new(), |account| account.0.to_string());
        let (institutions, role) = (list.join(","), crate::engine::APPLICATION_ROLE);
        (!self.all).then(|| {
            format!(
                "SET LOCAL ROLE {role}; SET LOCAL waymark.institutions = '{institutions}'; SET LOCAL waymark.account = '{account}'"
            )
        })
    }
}

impl From<InstitutionId> for Within {
    fn from(institution: InstitutionId) -> Self {
        Self::each([institution])
    }
}

/// For one person, who sees their own roles wherever these are.
impl From<AccountId> for Within {
    fn from(account: AccountId) -> Self {
        Self { account: Some(account), ..Self::default() }
    }
}
