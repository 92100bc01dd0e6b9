use std::collections::BTreeMap;

use domain::{InstitutionId, SiteCheckId};
use jiff::Timestamp;
use publication::{Force, Report, State, Unread};
use store::{Tx, site_check::SiteCheck};

use super::{Kept, Running, SiteCheckState};
use crate::{Action, Actor, App, Frame, Refusal, Result, View};

/// How many earlier checks are listed.
const LISTED: u32 = 30;

/// A check in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteCheckRow {
    /// Its key.
    pub id: SiteCheckId,
    /// The address that was entered; blank for saved files.
    pub address: String,
    /// How it stands.
    pub state: SiteCheckState,
    /// When it began.
    pub made_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// Who asked for it; none for the server's operator and for an account that is gone.
    pub by: Option<String>,
    /// Items that are required and were not found; none if nothing was read.
    pub required_missing: Option<usize>,
    /// Items found, unclear, not found.
    pub counts: Option<(usize, usize, usize)>,
}

/// The checks of an institution's website.
#[derive(Debug, Clone)]
pub struct SiteChecks {
    /// Where it is.
    pub frame: Frame,
    /// Latest first.
    pub rows: Vec<SiteCheckRow>,
    /// The address of the last check of one; blank before there is any.
    pub address: String,
    /// Whether the reader may begin one.
    pub may_check: bool,
}

/// One check.
#[derive(Debug, Clone)]
pub struct SiteCheckPage {
    /// Where it is.
    pub frame: Frame,
    /// How it stands.
    pub row: SiteCheckRow,
    /// Pages asked for so far, and those that wait, while it runs on this node.
    pub progress: Option<(usize, usize)>,
    /// What was found.
    pub report: Option<Report>,
    /// Why nothing could be read, if nothing could.
    pub unread: Vec<Unread>,
    /// Pages that were seen linked and not asked for.
    pub left: usize,
    /// Whether the reader may begin another.
    pub may_check: bool,
}

impl App {
    /// The checks of the institution's website, latest first.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn website_checks(&self, actor: &Actor, view: View) -> Result<SiteChecks> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let frame = self.frame(actor, View { as_of: None, ..view })?;
        let here = self.site_checks_here();
        let (checks, names) = self.store().read(view.institution, |tx| -> Result<_> {
            let checks = store::site_check::list(tx, view.institution, LISTED)?;
            let names = names(tx, &checks)?;
            Ok((checks, names))
        })?;
        let address = checks.iter().map(|check| check.address.as_str()).find(|address| !address.is_empty());
        Ok(SiteChecks {
            frame,
            address: address.unwrap_or_default().to_owned(),
            rows: checks.iter().map(|check| self.site_check_row(check, &here, &names, &kept(check))).collect(),
            may_check: actor.ask_for_all(Action::Record, view.institution).is_ok(),
        })
    }

    /// One check with what it found.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach, or there is no such check.
    pub fn website_check(&self, actor: &Actor, view: View, id: SiteCheckId) -> Result<SiteCheckPage> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let frame = self.frame(actor, View { as_of: None, ..view })?;
        let here = self.site_checks_here();
        let (check, names) = self.store().read(view.institution, |tx| -> Result<_> {
            let check = store::site_check::find(tx, view.institution, id)?.ok_or(Refusal::NotFound)?;
            let names = names(tx, std::slice::from_ref(&check))?;
            Ok((check, names))
        })?;
        let kept = kept(&check);
        Ok(SiteCheckPage {
            frame,
            row: self.site_check_row(&check, &here, &names, &kept),
            progress: here.get(&id).copied(),
            report: kept.report,
            unread: kept.unread,
            left: kept.left,
            may_check: actor.ask_for_all(Action::Record, view.institution).is_ok(),
        })
    }

    /// The newest check that is over, for other pages.
    pub(crate) fn newest_site_check(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
    ) -> Result<Option<SiteCheckRow>> {
        let checks = store::site_check::list(tx, institution, 5)?;
        let newest = checks.iter().find(|check| check.state == SiteCheckState::Finished.word());
        Ok(newest.map(|check| self.site_check_row(check, &Running::default(), &Names::default(), &kept(check))))
    }

    fn site_check_row(&self, check: &SiteCheck, here: &Running, names: &Names, kept: &Kept) -> SiteCheckRow {
        let report = kept.report.as_ref();
        SiteCheckRow {
            id: check.id,
            address: check.address.clone(),
            state: self.state_of_site_check(check, here),
            made_at: check.made_at,
            finished_at: check.finished_at,
            by: check.account.and_then(|account| names.get(&account).cloned()),
            required_missing: report.map(|report| {
                let missing = report.findings.iter();
                missing.filter(|one| one.force == Force::Must && one.state == State::NotFound).count()
            }),
            counts: report.map(|report| {
                (report.count(State::Found), report.count(State::Unclear), report.count(State::NotFound))
            }),
        }
    }
}

type Names = BTreeMap<domain::AccountId, String>;

fn names(tx: &mut Tx<'_>, checks: &[SiteCheck]) -> Result<Names> {
    let by: Vec<_> = checks.iter().filter_map(|check| check.account).collect();
    Ok(store::account::names(tx, &by)?.into_iter().collect())
}

/// What was found; nothing of what cannot be read any more.
fn kept(check: &SiteCheck) -> Kept {
    check.content.as_deref().and_then(|content| serde_json::from_str(content).ok()).unwrap_or_default()
}
