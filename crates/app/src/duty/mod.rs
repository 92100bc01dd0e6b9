//! Who answers for what in the careers programme: a register of responsibilities, each with an owner, evidence, when it was last
//! done and when it is due. The policy's part on roles is written from it.

mod change;
mod evidence;
mod file;
mod page;
mod task;

use domain::{
    Date, DutyId, InstitutionType,
    duty::{StandardDuty, standard},
};
use jiff::ToSpan;
use store::duty::Duty;

use crate::App;

pub use change::{DutyDone, DutyForm};
pub use page::{Duties, DutyFilter, DutyPage, DutyRow};

/// A kept responsibility, or a standard one as it would be kept.
pub(crate) struct Held {
    pub(crate) duty: Duty,
    pub(crate) standard: Option<&'static StandardDuty>,
    /// Whether it is kept in the database already.
    pub(crate) is_kept: bool,
}

impl Held {
    /// How an address names it: a standard one's key, or the id of one of the institution's own.
    pub(crate) fn key(&self) -> String {
        self.duty.pack_key.clone().unwrap_or_else(|| self.duty.id.to_string())
    }
}

impl App {
    /// Every responsibility: the standard ones with what the institution made of them, then its own.
    pub(crate) fn held_duties(&self, kind: InstitutionType, kept: Vec<Duty>) -> Vec<Held> {
        let mut kept = kept;
        let mut all = Vec::new();
        for (position, standard) in (0..).zip(standard(kind.sector())) {
            let at = kept.iter().position(|duty| duty.pack_key.as_deref() == Some(standard.key));
            let (duty, is_kept) = match at {
                Some(at) => (kept.remove(at), true),
                None => (self.unkept(standard, position), false),
            };
            all.push(Held { duty, standard: Some(standard), is_kept });
        }
        // A standard one of another type of institution stays out of sight until the type fits again.
        kept.retain(|duty| duty.pack_key.is_none());
        all.extend(kept.into_iter().map(|duty| Held { duty, standard: None, is_kept: true }));
        all
    }

    fn unkept(&self, standard: &StandardDuty, position: i32) -> Duty {
        Duty {
            id: DutyId(0),
            pack_key: Some(standard.key.to_owned()),
            post: standard.post.word().to_owned(),
            field: standard.field.map(str::to_owned),
            title: standard.title.to_owned(),
            owner: None,
            account: None,
            evidence: String::new(),
            last_done: None,
            every_months: standard.every_months,
            next_due: None,
            position,
            is_hidden: false,
            changed_at: self.context().now(),
        }
    }
}

/// When something is due again that was done on a day.
pub(crate) fn next(done: Option<Date>, every_months: Option<i16>) -> Option<Date> {
    let (done, months) = (done?, every_months?);
    Some(done.saturating_add(i32::from(months).months()))
}
