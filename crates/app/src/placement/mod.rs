//! Work placements: the season on one board, each with its checks, its forms for others, its journal and its hours.

mod activity;
mod board;
mod check;
mod entry;
mod file;
mod form;
mod hours;
mod link;
mod next;
mod page;
mod sent;
mod stage;

use domain::{CHECK_SET, CheckRule, CheckStatus, CheckedBy, InstitutionId, PlacementCheck, PlacementId};
use store::{
    Tx,
    placement::{Check, Placement},
};

pub use self::{
    board::{BoardCard, BoardColumn, PlacementBoard, PlacementFilter, WithoutPlacement},
    check::{CheckForm, CheckRow},
    entry::{EntryForm, EntryRow},
    file::PlacementFile,
    form::{NewPlacement, PlacementForm, SeasonForm},
    hours::{HoursLedger, HoursOfStage, HoursRow},
    link::{EmployerRequest, JournalRequest, ParentRequest},
    next::NextAction,
    page::{PlacementFeedbackRow, PlacementLink, PlacementPage, StepRow},
    sent::{EmployerAnswer, EmployerOpinion, JournalEntry, ParentAnswer},
    stage::MovedPlacements,
};
use crate::{Action, Actor, App, Error, Refusal, Result, View, frame::Scene};

/// How long a text of a placement may be, in characters.
const LONGEST: usize = 4_000;

/// What is missing before a placement can be approved: the checks that are needed and open.
fn open_checks(found: &[Check], placement: PlacementId) -> Vec<&'static CheckRule> {
    CHECK_SET
        .iter()
        .filter(|rule| rule.by == CheckedBy::Approval && !status_of(found, placement, rule.check).is_done())
        .collect()
}

fn status_of(found: &[Check], placement: PlacementId, check: PlacementCheck) -> CheckStatus {
    let found = found.iter().find(|one| one.placement == placement && one.check == check);
    found.map_or(CheckStatus::NotAsked, |one| one.status)
}

/// A text as the database keeps it: none if blank.
fn kept(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// A check of a placement that nothing was found of yet.
fn blank(placement: &Placement, check: PlacementCheck) -> Check {
    Check {
        placement: placement.id,
        check,
        learner: placement.learner,
        status: CheckStatus::NotAsked,
        seen_on: None,
        expires_on: None,
        note: String::new(),
        account: None,
    }
}

impl App {
    /// The scene of a page about placements: for those who see learners.
    fn placement_scene(&self, actor: &Actor, view: View) -> Result<Scene<'_>> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let scene = self.scene(actor, view)?;
        scene.ask_for_learners()?;
        Ok(scene)
    }

    /// The placement, if the actor may change it.
    fn placement_to_change(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        institution: InstitutionId,
        id: PlacementId,
    ) -> Result<Placement> {
        let found = store::placement::get(tx, institution, id)?;
        self.ask_for_each(actor, Action::Record, institution, [found.learner])?;
        Ok(found)
    }

    /// Passes if the actor sees learners and may record here.
    fn ask_for_placements(&self, actor: &Actor, institution: InstitutionId) -> Result<()> {
        actor.ask(Action::Record, institution)?;
        actor.ask(Action::SeeLearners, institution)
    }
}

/// A key that an address or a form names.
fn key<T: std::str::FromStr>(text: &str) -> Result<T> {
    text.trim().parse().map_err(|_| Error::Refusal(Refusal::NotFound))
}
