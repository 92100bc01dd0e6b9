use domain::{CheckStatus, Date, InstitutionId, LinkId, PlacementCheck, PlacementId, PlacementStage};
use jiff::{Span, ToSpan};
use serde_json::json;
use store::{Tx, link::Link, placement::Placement};

use super::{PlacementForm, blank, entry::EMPLOYER_RISKS, status_of};
use crate::{Action, Actor, App, Error, LinkPurpose, Result, Token, link::NewLink};

/// What links of placements are for.
pub(super) const PURPOSES: [LinkPurpose; 3] =
    [LinkPurpose::PlacementEmployer, LinkPurpose::PlacementParent, LinkPurpose::PlacementJournal];

/// How often a link is used at most.
const MOST_USES: i32 = 200;

/// What the employer's page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmployerRequest {
    /// The institution's name.
    pub institution: String,
    /// The learner as far as the employer has to know: "Ash E."
    pub learner: String,
    /// What is known of the placement; needs are never shown.
    pub details: PlacementForm,
    /// Whether it is asked how the placement went, not whether it can be.
    pub asks_how_it_went: bool,
    /// The last day on which the link works.
    pub until: Option<Date>,
}

/// What the parent's or carer's page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParentRequest {
    /// The institution's name.
    pub institution: String,
    /// The learner: "Ash E."
    pub learner: String,
    /// What is known of the placement; needs are never shown.
    pub details: PlacementForm,
    /// What the employer said of risks and what is done about them.
    pub risks: String,
    /// The last day on which the link works.
    pub until: Option<Date>,
}

/// What the learner's journal shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalRequest {
    /// The institution's name.
    pub institution: String,
    /// The learner: "Ash E."
    pub learner: String,
    /// Where.
    pub employer: Option<String>,
    /// First and last day.
    pub days: (Option<Date>, Option<Date>),
    /// What the learner wrote, the latest first: the day and the text.
    pub entries: Vec<(Date, String)>,
    /// The last day on which the link works.
    pub until: Option<Date>,
}

impl App {
    /// Makes a link for a placement: for the employer, the parent or carer, or the learner's journal. What it asks for is
    /// noted as asked.
    ///
    /// # Errors
    /// If the actor may not record for the learner, there is no such placement, or the purpose is another.
    pub fn make_placement_link(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: PlacementId,
        purpose: LinkPurpose,
    ) -> Result<(LinkId, Token)> {
        self.ask_for_placements(actor, institution)?;
        if !PURPOSES.contains(&purpose) {
            return Err(Error::NOT_FOUND);
        }
        let today = self.context().today();
        self.store().write(institution, |tx| -> Result<_> {
            let one = self.placement_to_change(tx, actor, institution, id)?;
            let after = |last: Option<Date>, days: i32| {
                let ahead = last.map_or(0, |last| domain::date::days_between(today, last).max(0));
                Span::new().days(i64::from(ahead + days))
            };
            let lasts = match purpose {
                LinkPurpose::PlacementParent => 60.days(),
                // The employer is asked again when it is over.
                _ => after(one.ends_on, 60),
            };
            let new = NewLink { purpose, subject: Some(id.0), about: None, label: None, lasts: Some(lasts) };
            let made = self.make_link(tx, actor, institution, new)?;
            let asked: &[PlacementCheck] = match purpose {
                LinkPurpose::PlacementEmployer if one.stage.is_approved() => &[PlacementCheck::EmployerFeedback],
                LinkPurpose::PlacementEmployer => &[
                    PlacementCheck::EmployerContact,
                    PlacementCheck::Insurance,
                    PlacementCheck::Risk,
                    PlacementCheck::Tasks,
                    PlacementCheck::Supervisor,
                ],
                LinkPurpose::PlacementParent => &[
                    PlacementCheck::ParentAgreement,
                    PlacementCheck::EmergencyContact,
                    PlacementCheck::Needs,
                    PlacementCheck::Travel,
                ],
                _ => &[PlacementCheck::Reflection],
            };
            let found = store::placement::checks(tx, institution, Some(id))?;
            let mut fields = Vec::new();
            for check in asked.iter().filter(|check| status_of(&found, id, **check) == CheckStatus::NotAsked) {
                let before = found.iter().find(|one| one.check == *check).cloned();
                let mut after = before.unwrap_or_else(|| blank(&one, *check));
                (after.status, after.account) = (CheckStatus::Asked, actor.account());
                store::placement::put_check(tx, institution, &after)?;
                fields.push(check.word());
            }
            let payload = json!({"purpose": purpose.word(), "asked": fields});
            let event = self.event(actor, "placement.asked", ("placement", Some(id.0)), payload);
            store::audit::record(tx, institution, &event)?;
            Ok(made)
        })
    }

    /// Ends a link of a placement.
    ///
    /// # Errors
    /// If the actor may not record for the learner, or there is no such open link.
    pub fn close_placement_link(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: PlacementId,
        link: LinkId,
    ) -> Result<()> {
        self.ask_for_placements(actor, institution)?;
        actor.ask(Action::Record, institution)?;
        let purpose = self.store().write(institution, |tx| -> Result<_> {
            self.placement_to_change(tx, actor, institution, id)?;
            let found = store::link::get(tx, institution, link)?;
            let purpose = PURPOSES.into_iter().find(|purpose| purpose.word() == found.purpose);
            purpose.filter(|_| found.subject == Some(id.0)).ok_or(Error::NOT_FOUND)
        })?;
        self.close_link(actor, institution, purpose, link)
    }

    /// The placement that a link opens, with the learner as outsiders may know them and the institution's name.
    pub(super) fn open_placement(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        purpose: LinkPurpose,
        token: &str,
    ) -> Result<(Link, Placement)> {
        let link = self.open_link(tx, institution, purpose, token)?;
        if link.uses >= MOST_USES {
            return Err(Error::conflict("This link was used as often as it can be. Ask the school for another."));
        }
        let id = link.subject.map(PlacementId).ok_or(Error::NOT_FOUND)?;
        let one = store::placement::get(tx, institution, id)?;
        if one.stage == PlacementStage::FellThrough {
            return Err(Error::conflict("This placement is not going ahead, so there is nothing to fill in."));
        }
        Ok((link, one))
    }

    fn named(&self, tx: &mut Tx<'_>, institution: InstitutionId, one: &Placement) -> Result<(String, String)> {
        let learner = store::learner::get(tx, institution, one.learner)?;
        let initial = learner.surname.chars().next().map_or(String::new(), |letter| format!(" {letter}."));
        Ok((store::institution::get(tx, institution)?.0.name, format!("{}{initial}", learner.forename)))
    }

    /// What the employer's link is about.
    ///
    /// # Errors
    /// Not found for a link that is none of ours; a conflict that says why for one that has ended.
    pub fn employer_request(&self, institution: InstitutionId, token: &str) -> Result<EmployerRequest> {
        self.store().read(institution, |tx| {
            let (link, one) = self.open_placement(tx, institution, LinkPurpose::PlacementEmployer, token)?;
            let (name, learner) = self.named(tx, institution, &one)?;
            Ok(EmployerRequest {
                institution: name,
                learner,
                details: shown(&one),
                asks_how_it_went: matches!(one.stage, PlacementStage::Live | PlacementStage::Complete),
                until: self.last_day(&link),
            })
        })
    }

    /// What the parent's or carer's link is about.
    ///
    /// # Errors
    /// As [`App::employer_request`].
    pub fn parent_request(&self, institution: InstitutionId, token: &str) -> Result<ParentRequest> {
        self.store().read(institution, |tx| {
            let (link, one) = self.open_placement(tx, institution, LinkPurpose::PlacementParent, token)?;
            let (name, learner) = self.named(tx, institution, &one)?;
            // The latest comes first. What staff noted of risks is theirs.
            let entries = store::placement::entries(tx, institution, one.id)?;
            let risks = entries.into_iter().find(|entry| entry.sort == EMPLOYER_RISKS);
            Ok(ParentRequest {
                institution: name,
                learner,
                details: shown(&one),
                risks: risks.map_or(String::new(), |entry| entry.text),
                until: self.last_day(&link),
            })
        })
    }

    /// What the learner's journal is about.
    ///
    /// # Errors
    /// As [`App::employer_request`].
    pub fn journal_request(&self, institution: InstitutionId, token: &str) -> Result<JournalRequest> {
        self.store().read(institution, |tx| {
            let (link, one) = self.open_placement(tx, institution, LinkPurpose::PlacementJournal, token)?;
            let (name, learner) = self.named(tx, institution, &one)?;
            let entries = store::placement::entries(tx, institution, one.id)?;
            Ok(JournalRequest {
                institution: name,
                learner,
                employer: one.employer.clone(),
                days: (one.starts_on, one.ends_on),
                // What staff wrote is not for the link.
                entries: entries
                    .into_iter()
                    .filter(|entry| entry.account.is_none() && entry.sort != EMPLOYER_RISKS)
                    .map(|entry| (entry.held_on, entry.text))
                    .collect(),
                until: self.last_day(&link),
            })
        })
    }

    fn last_day(&self, link: &Link) -> Option<Date> {
        link.expires_at.map(|end| self.context().zone().to_datetime(end).date())
    }
}

/// What outsiders may see of a placement.
fn shown(one: &Placement) -> PlacementForm {
    PlacementForm { needs: None, ..PlacementForm::from(one) }
}
