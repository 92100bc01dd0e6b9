//! The check of an institution's own website: begun by a person, run on a thread of its own, and kept with what it found.

mod page;
mod run;
mod state;

use domain::{Date, InstitutionId};
use publication::{Known, Leader, Report, Unread};
use serde::{Deserialize, Serialize};
use store::Tx;

pub(crate) use run::Running;

pub use page::{SiteCheckPage, SiteCheckRow, SiteChecks};
pub use run::SavedPage;
pub use state::SiteCheckState;

use crate::{Result, careers_team};

/// What is kept of a check.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// What was found; none if nothing could be read.
    report: Option<Report>,
    /// Why nothing could be, for each thing that was tried.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    unread: Vec<Unread>,
    /// Pages that were seen linked and not asked for.
    left: usize,
}

/// What the record says that a website should say too.
fn known(tx: &mut Tx<'_>, institution: InstitutionId, as_of: Date) -> Result<Known> {
    let kind = store::institution::get(tx, institution)?.0.kind;
    let (_, contacts) = store::institution::contacts(tx, institution)?;
    let leader =
        careers_team::holder(&contacts, careers_team::CareersPost::CareersLeader, as_of).map(|leader| Leader {
            name: leader.name.clone(),
            email: leader.email.clone().unwrap_or_default(),
            telephone: leader.phone.clone().unwrap_or_default(),
        });
    Ok(Known { kind, leader, as_of })
}
