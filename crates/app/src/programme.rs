//! The careers programme of an academic year: what it is for, what each year group learns, and what is missing.

use std::collections::BTreeMap;

use domain::{AcademicYear, ActivityId, InstitutionId, OutcomeId, YearGroup};
use jiff::Timestamp;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{
    outcome::Outcome,
    programme::{Programme, ProgrammeYear},
};

use crate::{
    Action, Actor, App, Frame, Problems, Result, View,
    audit::changes,
    frame::Scene,
    outcome::OutcomeRow,
    programme_approval::{self, Approvals},
    programme_cohort::cohorts,
};

/// The programme of the year that the view lies in.
#[derive(Debug, Clone)]
pub struct ProgrammePage {
    /// Where it is.
    pub frame: Frame,
    /// What it says, blank where nothing is written yet.
    pub form: ProgrammeForm,
    /// Whether anything is written.
    pub is_written: bool,
    /// Each year group taught, the lowest first.
    pub groups: Vec<YearPlan>,
    /// Who approved it, and what was changed since.
    pub approvals: Approvals,
    /// What is still missing, most important first, each with where it is mended.
    pub missing: Vec<Missing>,
    /// The latest earlier year with a programme, to copy from while this one is blank.
    pub earlier: Option<AcademicYear>,
    /// When its text was last changed.
    pub changed_at: Option<Timestamp>,
    /// Whether the reader may write it.
    pub may_write: bool,
    /// Whether the reader may record that it was approved.
    pub may_approve: bool,
}

/// What a programme lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// In words.
    pub what: String,
    /// In which year group it is mended; none in the programme as a whole.
    pub year_group: Option<YearGroup>,
}

/// What the programme does in one year group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearPlan {
    /// Which.
    pub year_group: YearGroup,
    /// What it says.
    pub form: YearForm,
    /// What learners are to know, do and be, in order.
    pub outcomes: Vec<OutcomeRow>,
    /// How many activities of the year, by name, are for the year group.
    pub activities: u32,
}

/// One year group with the frame of its page.
#[derive(Debug, Clone)]
pub struct YearPlanPage {
    /// Where it is.
    pub frame: Frame,
    /// The year group.
    pub plan: YearPlan,
    /// Names of threads in use, to choose from.
    pub threads: Vec<String>,
    /// Whether the reader may write it.
    pub may_write: bool,
}

/// The text of a programme as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProgrammeForm {
    /// What it is to achieve.
    pub aims: String,
    /// What learners know, can do and are like when they leave.
    pub leavers: String,
    /// How it is delivered.
    pub delivery: String,
    /// How it is arranged for learners with special educational needs.
    pub send: String,
    /// How parents and carers take part.
    pub parents: String,
    /// Which text the writer saw; blank asks no question.
    pub seen: String,
}

/// The text of one year group as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct YearForm {
    /// What the programme is to achieve there.
    pub aims: String,
    /// How.
    pub delivery: String,
    /// Which text the writer saw; blank asks no question.
    pub seen: String,
}

/// What came of saving a text that somebody else may have changed meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved<F> {
    /// It is saved.
    Done,
    /// Somebody else saved this meanwhile, so nothing was written.
    Meanwhile(F),
}

/// How long a text may be, in characters.
pub(crate) const LONGEST: usize = 10_000;

impl ProgrammeForm {
    /// Every text by its name and what people call it.
    pub fn texts(&self) -> [(&'static str, &'static str, &str); 5] {
        [
            ("aims", "Aims", &self.aims),
            ("leavers", "Learners when they leave", &self.leavers),
            ("delivery", "How it is delivered", &self.delivery),
            ("send", "Learners with special educational needs", &self.send),
            ("parents", "Parents and carers", &self.parents),
        ]
    }

    fn of(programme: Option<&Programme>) -> Self {
        let mut form = programme.map_or(Self::default(), |programme| Self {
            aims: programme.aims.clone(),
            leavers: programme.leavers.clone(),
            delivery: programme.delivery.clone(),
            send: programme.send.clone(),
            parents: programme.parents.clone(),
            seen: String::new(),
        });
        form.seen = fingerprint(&form.texts().map(|(_, _, text)| text));
        form
    }

    fn is_blank(&self) -> bool {
        self.texts().iter().all(|(_, _, text)| text.is_empty())
    }

    fn tidied(&self) -> Result<Self> {
        let [aims, leavers, delivery, send, parents] = tidied(self.texts().map(|(name, _, text)| (name, text)))?;
        Ok(Self { aims, leavers, delivery, send, parents, seen: String::new() })
    }
}

impl YearForm {
    fn of(group: Option<&ProgrammeYear>) -> Self {
        let (aims, delivery) =
            group.map_or((String::new(), String::new()), |group| (group.aims.clone(), group.delivery.clone()));
        Self { seen: fingerprint(&[&aims, &delivery]), aims, delivery }
    }
}

/// Texts as they are kept: trimmed, with one kind of line end; each too long is a problem at its field.
pub(crate) fn tidied<const N: usize>(texts: [(&'static str, &str); N]) -> Result<[String; N]> {
    let mut problems = Problems::default();
    let tidy = texts.map(|(name, text)| {
        let text = text.replace("\r\n", "\n").trim().to_owned();
        if text.chars().count() > LONGEST {
            problems.add(name, "This is too long to keep in one place. Keep it below 10,000 characters.");
        }
        text
    });
    problems.check()?;
    Ok(tidy)
}

/// A text's mark, by which a writer says which text they saw.
pub(crate) fn fingerprint(parts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part.len().to_le_bytes());
        digest.update(part.as_bytes());
    }
    digest.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Everything that a programme says, as the database has it.
pub(crate) struct Written {
    pub(crate) programme: Option<Programme>,
    pub(crate) groups: Vec<ProgrammeYear>,
    pub(crate) outcomes: Vec<Outcome>,
}

impl Written {
    pub(crate) fn read(
        tx: &mut store::Tx<'_>,
        institution: InstitutionId,
        year: AcademicYear,
    ) -> std::result::Result<Self, store::Error> {
        Ok(Self {
            programme: store::programme::find(tx, institution, year)?,
            groups: store::programme::year_groups(tx, institution, year)?,
            outcomes: store::outcome::list(tx, institution, year)?,
        })
    }

    fn is_blank(&self) -> bool {
        ProgrammeForm::of(self.programme.as_ref()).is_blank() && self.groups.is_empty() && self.outcomes.is_empty()
    }
}

/// A programme of which nothing is written.
pub(crate) fn blank(year: AcademicYear, now: Timestamp) -> Programme {
    Programme {
        academic_year: year,
        aims: String::new(),
        leavers: String::new(),
        delivery: String::new(),
        send: String::new(),
        parents: String::new(),
        senior: None,
        governors: None,
        revision: 0,
        changed_at: now,
    }
}

impl App {
    /// The programme of the year that the view lies in.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn programme(&self, actor: &Actor, view: View) -> Result<ProgrammePage> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let scene = self.scene(actor, view)?;
        let year = scene.frame.year;
        let (written, serving, years) = self.store().read(view.institution, |tx| -> Result<_> {
            Ok((
                Written::read(tx, view.institution, year)?,
                store::outcome::serving(tx, view.institution, year)?,
                store::programme::years(tx, view.institution)?,
            ))
        })?;
        let groups = plans(&scene, &written, &serving);
        let form = ProgrammeForm::of(written.programme.as_ref());
        let is_written = !written.is_blank();
        let approvals = programme_approval::read(&written);
        Ok(ProgrammePage {
            missing: missing(&form, &groups),
            approvals,
            groups,
            is_written,
            earlier: years.into_iter().find(|earlier| *earlier < year).filter(|_| !is_written),
            changed_at: written.programme.as_ref().map(|programme| programme.changed_at),
            form,
            may_write: actor.ask_for_all(Action::Record, view.institution).is_ok(),
            may_approve: actor.ask_for_all(Action::Confirm, view.institution).is_ok(),
            frame: scene.frame,
        })
    }

    /// What the programme does in one year group.
    ///
    /// # Errors
    /// If the institution is not within reach or does not teach the year group.
    pub fn programme_year(&self, actor: &Actor, view: View, year_group: YearGroup) -> Result<YearPlanPage> {
        let page = self.programme(actor, view)?;
        let mut threads: Vec<_> = page
            .groups
            .iter()
            .flat_map(|plan| &plan.outcomes)
            .map(|outcome| outcome.thread.clone())
            .filter(|thread| !thread.is_empty())
            .collect();
        threads.sort();
        threads.dedup();
        let plan = page.groups.into_iter().find(|plan| plan.year_group == year_group);
        Ok(YearPlanPage {
            may_write: page.may_write,
            plan: plan.ok_or(crate::Error::NOT_FOUND)?,
            threads,
            frame: page.frame,
        })
    }

    /// Writes what the programme of the view's year is for.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or a text is too long.
    pub fn change_programme(&self, actor: &Actor, view: View, form: &ProgrammeForm) -> Result<Saved<ProgrammeForm>> {
        actor.ask_for_all(Action::Record, view.institution)?;
        let year = self.frame(actor, view)?.year;
        let after = form.tidied()?;
        let (institution, now) = (view.institution, self.context().now());
        self.store().write(institution, |tx| -> Result<_> {
            tx.wait_turn(institution)?;
            let stored = store::programme::find(tx, institution, year)?;
            let before = ProgrammeForm::of(stored.as_ref());
            if !form.seen.is_empty() && form.seen != before.seen && before.texts() != after.texts() {
                return Ok(Saved::Meanwhile(before));
            }
            let named = |form: &ProgrammeForm| form.texts().map(|(name, _, text)| (name, text.to_owned()));
            let changed = changes(named(&before), named(&after));
            if changed.names().is_empty() {
                return Ok(Saved::Done);
            }
            let programme = Programme {
                aims: after.aims.clone(),
                leavers: after.leavers.clone(),
                delivery: after.delivery.clone(),
                send: after.send.clone(),
                parents: after.parents.clone(),
                ..moved_on(stored, year, now)
            };
            let payload = json!({"year": year.to_string(), "fields": changed.names()});
            let event = self
                .event(actor, "programme.changed", ("programme", None), payload)
                .with([self.detail(None, &changed)]);
            store::programme::set(tx, institution, &programme)?;
            store::audit::record(tx, institution, &event)?;
            Ok(Saved::Done)
        })
    }

    /// Writes what the programme does in one year group.
    ///
    /// # Errors
    /// As [`App::change_programme`]; a year group that is not taught is not found.
    pub fn change_programme_year(
        &self,
        actor: &Actor,
        view: View,
        year_group: YearGroup,
        form: &YearForm,
    ) -> Result<Saved<YearForm>> {
        actor.ask_for_all(Action::Record, view.institution)?;
        let year = self.year_teaching(actor, view, year_group)?;
        let [aims, delivery] = tidied([("aims", &form.aims), ("delivery", &form.delivery)])?;
        let (institution, now) = (view.institution, self.context().now());
        self.store().write(institution, |tx| -> Result<_> {
            tx.wait_turn(institution)?;
            let groups = store::programme::year_groups(tx, institution, year)?;
            let before = YearForm::of(groups.iter().find(|group| group.year_group == year_group));
            if !form.seen.is_empty()
                && form.seen != before.seen
                && (&before.aims, &before.delivery) != (&aims, &delivery)
            {
                return Ok(Saved::Meanwhile(before));
            }
            let changed = changes(
                [("aims", before.aims.clone()), ("delivery", before.delivery.clone())],
                [("aims", aims.clone()), ("delivery", delivery.clone())],
            );
            if changed.names().is_empty() {
                return Ok(Saved::Done);
            }
            let payload = json!({"year": year.to_string(), "group": year_group.number(), "fields": changed.names()});
            let event = self
                .event(actor, "programme.changed", ("programme", None), payload)
                .with([self.detail(None, &changed)]);
            let stored = store::programme::find(tx, institution, year)?;
            store::programme::set(tx, institution, &moved_on(stored, year, now))?;
            let group = ProgrammeYear { year_group, aims: aims.clone(), delivery: delivery.clone() };
            store::programme::set_year_group(tx, institution, year, &group)?;
            store::audit::record(tx, institution, &event)?;
            Ok(Saved::Done)
        })
    }

    /// Copies the latest earlier programme, with its outcomes, into the view's year, to be amended there. Approvals are not
    /// copied. Returns from which year.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution; a conflict if the year has a programme or there is no earlier one.
    pub fn copy_programme(&self, actor: &Actor, view: View) -> Result<AcademicYear> {
        actor.ask_for_all(Action::Record, view.institution)?;
        let year = self.frame(actor, view)?.year;
        let (institution, now) = (view.institution, self.context().now());
        self.store().write(institution, |tx| -> Result<_> {
            tx.wait_turn(institution)?;
            if !Written::read(tx, institution, year)?.is_blank() {
                return Err(crate::Error::conflict(format!(
                    "There is a programme for {year} already, so nothing was copied. Amend that one."
                )));
            }
            let earlier = store::programme::years(tx, institution)?.into_iter().find(|earlier| *earlier < year);
            let Some(earlier) = earlier else {
                return Err(crate::Error::conflict("There is no programme of an earlier year to copy."));
            };
            let from = Written::read(tx, institution, earlier)?;
            let text = from.programme.unwrap_or_else(|| blank(earlier, now));
            let copy =
                Programme { academic_year: year, senior: None, governors: None, revision: 1, changed_at: now, ..text };
            let payload =
                json!({"year": year.to_string(), "from": earlier.to_string(), "outcomes": from.outcomes.len()});
            let event = self.event(actor, "programme.copied", ("programme", None), payload);
            store::programme::set(tx, institution, &copy)?;
            for group in &from.groups {
                store::programme::set_year_group(tx, institution, year, group)?;
            }
            for outcome in from.outcomes {
                let id = OutcomeId(self.context().next_id());
                store::outcome::insert(tx, institution, &Outcome { id, academic_year: year, ..outcome })?;
            }
            store::audit::record(tx, institution, &event)?;
            Ok(earlier)
        })
    }

    /// The view's year, if the institution teaches the year group.
    pub(crate) fn year_teaching(&self, actor: &Actor, view: View, year_group: YearGroup) -> Result<AcademicYear> {
        let frame = self.frame(actor, view)?;
        let taught = frame.institution.years.is_some_and(|(first, last)| (first..=last).contains(&year_group));
        if taught { Ok(frame.year) } else { Err(crate::Error::NOT_FOUND) }
    }
}

/// The programme after one more change of its text.
pub(crate) fn moved_on(stored: Option<Programme>, year: AcademicYear, now: Timestamp) -> Programme {
    let stored = stored.unwrap_or_else(|| blank(year, now));
    Programme { revision: stored.revision + 1, changed_at: now, ..stored }
}

/// Each year group taught, with what is written of it.
pub(crate) fn plans(scene: &Scene<'_>, written: &Written, serving: &[(OutcomeId, ActivityId)]) -> Vec<YearPlan> {
    let mut served: BTreeMap<OutcomeId, Vec<(ActivityId, String)>> = BTreeMap::new();
    for (outcome, activity) in serving {
        let Some(index) = scene.held.activity_index(*activity) else { continue };
        let held = scene.held.records.activity(index);
        if held.state.counts() && crate::activity::is_shown(scene, index) {
            served.entry(*outcome).or_default().push((*activity, held.title.clone()));
        }
    }
    let (first, last) = scene.frame.institution.years.unwrap_or((YearGroup::LOWEST, YearGroup::HIGHEST));
    let cohorts = cohorts(scene);
    (first.number()..=last.number())
        .map(YearGroup::new)
        .map(|year_group| YearPlan {
            form: YearForm::of(written.groups.iter().find(|group| group.year_group == year_group)),
            outcomes: written
                .outcomes
                .iter()
                .filter(|outcome| outcome.year_group == year_group)
                .map(|outcome| OutcomeRow::of(outcome, served.remove(&outcome.id).unwrap_or_default()))
                .collect(),
            activities: cohorts.values().filter(|years| years.contains(&year_group)).count() as u32,
            year_group,
        })
        .collect()
}

/// What a programme lacks, most important first.
fn missing(form: &ProgrammeForm, groups: &[YearPlan]) -> Vec<Missing> {
    let whole = form
        .texts()
        .into_iter()
        .filter(|(_, _, text)| text.is_empty())
        .map(|(_, label, _)| Missing { what: format!("Nothing is written under “{label}”."), year_group: None });
    let mut missing: Vec<_> = whole.collect();
    for plan in groups {
        let mut lack = |what: String| missing.push(Missing { what, year_group: Some(plan.year_group) });
        let year = plan.year_group;
        if plan.outcomes.is_empty() {
            lack(format!("Year {year} has no learning outcome."));
        }
        let unserved = plan.outcomes.iter().filter(|outcome| outcome.activities.is_empty()).count();
        match unserved {
            0 => {}
            1 => lack(format!("One outcome of Year {year} has no activity this year.")),
            many => lack(format!("{many} outcomes of Year {year} have no activity this year.")),
        }
        if plan.activities == 0 {
            lack(format!("Year {year} has no activity for the whole year group this year."));
        }
    }
    missing
}
