use domain::{CHECK_SET, CheckRule, CheckStatus, CheckedBy, Date, InstitutionId, PlacementCheck, PlacementId, date};
use serde_json::json;
use store::placement::{Check, Placement};

use super::blank;
use crate::{Actor, App, Problems, Result, audit::Change};

/// A check as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckRow {
    /// What is asked, and where that comes from.
    pub rule: &'static CheckRule,
    /// How far it has come.
    pub status: CheckStatus,
    /// When it was seen.
    pub seen_on: Option<Date>,
    /// Until when it holds.
    pub expires_on: Option<Date>,
    /// What was found; withheld from those who may not see needs.
    pub note: String,
    /// Whether the note is withheld.
    pub is_withheld: bool,
    /// What to mind.
    pub warning: Option<String>,
}

impl CheckRow {
    /// Whether it is needed before approval and open.
    pub fn is_open(&self) -> bool {
        self.rule.by == CheckedBy::Approval && !self.status.is_done()
    }
}

/// What was found of a check, as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckForm {
    /// How far it has come, by its word.
    pub status: String,
    /// When it was seen; blank is today if it was.
    pub seen_on: String,
    /// Until when it holds.
    pub expires_on: String,
    /// What was found; `None` leaves it as it is.
    pub note: Option<String>,
}

/// How many days before something lapses it is warned of.
const SOON: i32 = 30;

/// What to mind about a check that may lapse.
pub(super) fn warning(one: &Check, placement: &Placement, today: Date) -> Option<String> {
    let expires = one.expires_on.filter(|_| one.status == CheckStatus::Seen)?;
    let day = date::long(expires);
    if expires < today {
        Some(format!("It ended on {day}."))
    } else if placement.ends_on.is_some_and(|last| expires < last) {
        Some(format!("It ends on {day}, before the placement does."))
    } else if date::days_between(today, expires) <= SOON {
        Some(format!("It ends on {day}."))
    } else {
        None
    }
}

pub(super) fn rows(found: &[Check], placement: &Placement, today: Date, sees_needs: bool) -> Vec<CheckRow> {
    CHECK_SET
        .iter()
        .map(|rule| {
            let blank = blank(placement, rule.check);
            let one =
                found.iter().find(|one| one.placement == placement.id && one.check == rule.check).unwrap_or(&blank);
            let is_withheld = rule.check == PlacementCheck::Needs && !sees_needs;
            CheckRow {
                rule,
                status: one.status,
                seen_on: one.seen_on,
                expires_on: one.expires_on,
                note: if is_withheld { String::new() } else { one.note.clone() },
                is_withheld,
                warning: warning(one, placement, today),
            }
        })
        .collect()
}

impl App {
    /// Keeps what was found of a check of a placement.
    ///
    /// # Errors
    /// If the actor may not record for the learner, there is no such placement, or the form has problems.
    pub fn set_placement_check(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: PlacementId,
        check: PlacementCheck,
        form: &CheckForm,
    ) -> Result<()> {
        self.ask_for_placements(actor, institution)?;
        let scene = self.scene(actor, crate::View { institution, as_of: None })?;
        let today = self.context().today();
        let mut problems = Problems::default();
        let status = problems
            .take("status", form.status.parse::<CheckStatus>().map_err(|_| "Choose how far it has come.".to_owned()));
        let mut day = |text: &str, field, latest: Option<Date>| match text.trim() {
            "" => None,
            text => problems.take(
                field,
                date::parse(text)
                    .filter(|day| latest.is_none_or(|latest| *day <= latest))
                    .ok_or_else(|| "Enter a day such as 12/07/2027; not one to come if it was seen.".to_owned()),
            ),
        };
        let seen_on = day(&form.seen_on, "seen_on", Some(today));
        let expires_on = day(&form.expires_on, "expires_on", None);
        let is_seen = status == Some(CheckStatus::Seen);
        if form.note.as_ref().is_some_and(|note| note.chars().count() > super::LONGEST) {
            problems.add("note", "This is too long. Keep it below 4,000 characters.");
        }
        if check == PlacementCheck::Insurance && is_seen && expires_on.is_none() && form.expires_on.trim().is_empty() {
            problems.add("expires_on", "Enter the last day of the insurance.");
        }
        self.store().write(institution, |tx| -> Result<()> {
            let one = self.placement_to_change(tx, actor, institution, id)?;
            problems.check()?;
            let found = store::placement::checks(tx, institution, Some(id))?;
            let before = found.into_iter().find(|found| found.check == check).unwrap_or_else(|| blank(&one, check));
            let sees_needs = scene.held.learner_index(one.learner).is_some_and(|index| scene.sees_send_of(index));
            let note = form.note.as_deref().filter(|_| check != PlacementCheck::Needs || sees_needs);
            let after = Check {
                status: status.unwrap_or_default(),
                seen_on: seen_on.or(is_seen.then_some(today)),
                expires_on,
                note: note.map_or_else(|| before.note.clone(), |note| note.trim().to_owned()),
                account: actor.account(),
                ..before.clone()
            };
            if (Check { account: before.account, ..after.clone() }) == before {
                return Ok(());
            }
            store::placement::put_check(tx, institution, &after)?;
            self.count_checks(tx, institution, &one)?;
            let text = |day: Option<Date>| day.map(|day| day.to_string());
            let changed = Change::default()
                .with("status", Some(before.status.word()), Some(after.status.word()))
                .with("seen_on", text(before.seen_on).as_deref(), text(after.seen_on).as_deref())
                .with("expires_on", text(before.expires_on).as_deref(), text(after.expires_on).as_deref())
                .with("note", Some(&before.note), Some(&after.note));
            let payload = json!({"check": check.word(), "fields": changed.names()});
            let event = self
                .event(actor, "placement.checked", ("placement", Some(id.0)), payload)
                .with([self.detail(Some(one.learner), &changed)]);
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }
}
