//! Data protection: how long records are kept, copies for families, erasure, and the documents that an institution has to keep.

mod copy;
mod document;
mod erase_account;
mod erase_learner;
mod overview;
mod retention;

#[cfg(test)]
pub(crate) use copy::CopyPage;
pub(crate) use copy::{get as copy, make as make_copy};
pub(crate) use document::{DocumentPage, get as document, save as save_document};
#[cfg(test)]
pub(crate) use erase_account::EraseAccountPage;
pub(crate) use erase_account::{erase as erase_account, get as account_to_erase};
#[cfg(test)]
pub(crate) use erase_learner::{ConfirmErasurePage, EraseLearnerPage, Held};
pub(crate) use erase_learner::{check as check_erasure, confirm as erase_learner, get as learner_to_erase};
#[cfg(test)]
pub(crate) use overview::OverviewPage;
pub(crate) use overview::get as overview;
#[cfg(test)]
pub(crate) use retention::{Fixed, Goes, RetentionPage, Run, Term};
pub(crate) use retention::{change as change_retention, get as retention, run as run_retention};
