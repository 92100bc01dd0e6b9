use domain::{Date, Hours, InstitutionId, LearnerId, Mode, PlacementId, PlacementStage, YearGroup, date, same_name};
use jiff::civil::Weekday;
use serde_json::json;
use store::placement::{Placement, Step};

use super::{LONGEST, kept, key};
use crate::{Actor, App, Error, Problems, Result, View, audit::changes, cohort::by_name, held::Held};

/// What is known of a placement, as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlacementForm {
    /// Where.
    pub employer: String,
    /// Who looks after the learner there.
    pub supervisor: String,
    /// Their e-mail address.
    pub supervisor_email: String,
    /// Their telephone.
    pub supervisor_phone: String,
    /// Where it is.
    pub address: String,
    /// First day.
    pub starts_on: String,
    /// Last day.
    pub ends_on: String,
    /// How long a day is.
    pub hours_a_day: String,
    /// How long it is altogether; blank is worked out from the days.
    pub hours: String,
    /// How it is held, by its word; blank is in person.
    pub mode: String,
    /// What the learner does.
    pub tasks: String,
    /// What the learner is not to do.
    pub not_allowed: String,
    /// How the learner gets there.
    pub travel: String,
    /// Medical and special educational needs; `None` leaves them as they are.
    pub needs: Option<String>,
    /// The state of the placement that the form shows: if it was changed since, nothing is overwritten. `None` is not
    /// compared.
    pub revision: Option<i64>,
}

impl From<&Placement> for PlacementForm {
    fn from(one: &Placement) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let day = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
        let hours = |hours: Option<Hours>| hours.map_or(String::new(), |hours| hours.to_string());
        Self {
            employer: text(&one.employer),
            supervisor: text(&one.supervisor),
            supervisor_email: text(&one.supervisor_email),
            supervisor_phone: text(&one.supervisor_phone),
            address: text(&one.address),
            starts_on: day(one.starts_on),
            ends_on: day(one.ends_on),
            hours_a_day: hours(one.hours_a_day),
            hours: hours(one.hours),
            mode: one.mode.word().to_owned(),
            tasks: one.tasks.clone(),
            not_allowed: one.not_allowed.clone(),
            travel: one.travel.clone(),
            needs: Some(one.needs.clone()),
            revision: Some(one.revision),
        }
    }
}

impl PlacementForm {
    pub(super) fn fields(&self) -> [(&'static str, String); 14] {
        [
            ("employer", self.employer.clone()),
            ("supervisor", self.supervisor.clone()),
            ("supervisor_email", self.supervisor_email.clone()),
            ("supervisor_phone", self.supervisor_phone.clone()),
            ("address", self.address.clone()),
            ("starts_on", self.starts_on.clone()),
            ("ends_on", self.ends_on.clone()),
            ("hours_a_day", self.hours_a_day.clone()),
            ("hours", self.hours.clone()),
            ("mode", self.mode.clone()),
            ("tasks", self.tasks.clone()),
            ("not_allowed", self.not_allowed.clone()),
            ("travel", self.travel.clone()),
            ("needs", self.needs.clone().unwrap_or_default()),
        ]
    }

    /// Puts what was typed into a placement; notes every problem.
    pub(super) fn read(&self, into: &mut Placement, problems: &mut Problems) {
        let (days_before, hours_before) = ((into.starts_on, into.ends_on, into.hours_a_day), into.hours);
        into.employer = kept(&self.employer);
        into.supervisor = kept(&self.supervisor);
        into.supervisor_email = kept(&self.supervisor_email);
        if into.supervisor_email.as_deref().is_some_and(|email| !email.contains('@')) {
            problems.add("supervisor_email", "Enter an e-mail address such as name@company.example.");
        }
        into.supervisor_phone = kept(&self.supervisor_phone);
        into.address = kept(&self.address);
        into.starts_on = day(&self.starts_on, "starts_on", problems);
        into.ends_on = day(&self.ends_on, "ends_on", problems);
        if let (Some(first), Some(last)) = (into.starts_on, into.ends_on)
            && last < first
        {
            problems.add("ends_on", "The last day is before the first. Enter a day on or after it.");
        }
        into.hours_a_day = hours(&self.hours_a_day, "hours_a_day", problems);
        if into.hours_a_day.is_some_and(|hours| hours > Hours::whole(24)) {
            problems.add("hours_a_day", "A day has no more than 24 hours.");
        }
        into.hours = hours(&self.hours, "hours", problems);
        // Hours that were typed anew stay as they are; those of other days do not.
        let is_of_other_days =
            into.hours == hours_before && days_before != (into.starts_on, into.ends_on, into.hours_a_day);
        if let (true, Some(each), Some(first), Some(last)) = (
            into.hours.is_none() || is_of_other_days,
            into.hours_a_day,
            into.starts_on,
            into.ends_on.or(into.starts_on),
        ) {
            into.hours = Some((0..working_days(first, last)).map(|_| each).sum());
        }
        if let Ok(mode) = self.mode.parse::<Mode>() {
            into.mode = mode;
        } else if !self.mode.trim().is_empty() {
            problems.add("mode", "Choose how it is held.");
        }
        into.tasks = self.tasks.trim().to_owned();
        into.not_allowed = self.not_allowed.trim().to_owned();
        into.travel = self.travel.trim().to_owned();
        if let Some(needs) = &self.needs {
            into.needs = needs.trim().to_owned();
        }
        for (field, text) in self.fields() {
            if text.chars().count() > LONGEST {
                problems.add(field, "This is too long. Keep it below 4,000 characters.");
            }
        }
    }
}

/// Days from Monday to Friday, first and last included; no more than a year of them.
fn working_days(first: Date, last: Date) -> usize {
    let is_working = |day: &Date| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last).take(366).filter(is_working).count()
}

fn day(text: &str, field: &'static str, problems: &mut Problems) -> Option<Date> {
    match text.trim() {
        "" => None,
        text => problems.take(field, date::parse(text).ok_or_else(|| "Enter a day such as 12/07/2027.".to_owned())),
    }
}

fn hours(text: &str, field: &'static str, problems: &mut Problems) -> Option<Hours> {
    match text.trim() {
        "" => None,
        text => problems.take(
            field,
            text.parse().map_err(|_| "Enter hours as a number such as 5 or 2.5, not below nought.".to_owned()),
        ),
    }
}

/// Placements for a whole cohort at once, as a form has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SeasonForm {
    /// Which year group.
    pub year_group: String,
    /// Which form of it; blank is all.
    pub form: String,
    /// First day.
    pub starts_on: String,
    /// Last day.
    pub ends_on: String,
    /// How long a day is.
    pub hours_a_day: String,
}

/// A new placement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewPlacement {
    /// Its key.
    pub id: PlacementId,
}

impl App {
    fn blank_placement(&self, actor: &Actor, learner: LearnerId, year: domain::AcademicYear) -> Placement {
        Placement {
            id: PlacementId(self.context().next_id()),
            learner,
            year,
            stage: PlacementStage::Searching,
            organisation: None,
            employer: None,
            supervisor: None,
            supervisor_email: None,
            supervisor_phone: None,
            address: None,
            starts_on: None,
            ends_on: None,
            hours_a_day: None,
            hours: None,
            mode: Mode::InPerson,
            tasks: String::new(),
            not_allowed: String::new(),
            travel: String::new(),
            needs: String::new(),
            reason: None,
            activity: None,
            account: actor.account(),
            revision: 1,
            changed_at: self.context().now(),
        }
    }

    fn first_step(&self, actor: &Actor, one: &Placement) -> Step {
        Step {
            placement: one.id,
            position: 0,
            learner: one.learner,
            stage: one.stage,
            reason: None,
            account: actor.account(),
            at: self.context().now(),
        }
    }

    /// Adds a placement for one learner, in the season of the as-of date.
    ///
    /// # Errors
    /// If the actor may not record for the learner, or the form has problems; a problem for a learner below Year 10.
    pub fn add_placement(
        &self,
        actor: &Actor,
        view: View,
        learner: &str,
        form: &PlacementForm,
    ) -> Result<NewPlacement> {
        let institution = view.institution;
        self.ask_for_placements(actor, institution)?;
        if learner.trim().is_empty() {
            return Err(Error::problem("learner", "Choose the learner."));
        }
        let learner: LearnerId = key(learner)?;
        let scene = self.placement_scene(actor, view)?;
        let index = scene.learner_index(learner)?;
        self.ask_for_each(actor, crate::Action::Record, institution, [learner])?;
        let mut problems = Problems::default();
        if Held::year_group(&scene.day.evaluation, index).is_some_and(|year| year < YearGroup::new(10)) {
            problems.add("learner", TOO_YOUNG);
        }
        let mut new = self.blank_placement(actor, learner, scene.frame.year);
        form.read(&mut new, &mut problems);
        problems.check()?;
        self.store().write(institution, |tx| -> Result<_> {
            self.find_employer(tx, institution, &mut new)?;
            store::placement::put(tx, institution, &new)?;
            store::placement::insert_step(tx, institution, &self.first_step(actor, &new))?;
            let changed = changes([], PlacementForm::from(&new).fields());
            let event = self
                .event(actor, "placement.added", ("placement", Some(new.id.0)), json!({"placements": 1}))
                .with([self.detail(Some(learner), &changed)]);
            store::audit::record(tx, institution, &event)?;
            Ok(NewPlacement { id: new.id })
        })
    }

    /// Adds a placement for everybody of a year group, or of one form, who has none in the season of the as-of date. How many.
    ///
    /// # Errors
    /// If the actor may not record for each of them, or the form has problems.
    pub fn add_placements(&self, actor: &Actor, view: View, form: &SeasonForm) -> Result<u32> {
        let institution = view.institution;
        self.ask_for_placements(actor, institution)?;
        let scene = self.placement_scene(actor, view)?;
        let mut problems = Problems::default();
        let year = form.year_group.trim().parse::<YearGroup>().ok();
        match year {
            None => problems.add("year_group", "Choose the year group."),
            Some(year) if year < YearGroup::new(10) => problems.add("year_group", TOO_YOUNG),
            Some(_) => {}
        }
        let details = PlacementForm {
            starts_on: form.starts_on.clone(),
            ends_on: form.ends_on.clone(),
            hours_a_day: form.hours_a_day.clone(),
            ..PlacementForm::default()
        };
        let mut pattern = self.blank_placement(actor, LearnerId(0), scene.frame.year);
        details.read(&mut pattern, &mut problems);
        problems.check()?;
        let records = &scene.held.records;
        let evaluation = &scene.day.evaluation;
        let mut learners: Vec<_> = evaluation
            .learners
            .iter()
            .copied()
            .filter(|learner| scene.sees(*learner) && Held::year_group(evaluation, *learner) == year)
            .filter(|learner| {
                form.form.trim().is_empty() || records.learner(*learner).form.as_deref() == Some(form.form.trim())
            })
            .collect();
        by_name(records, &mut learners);
        let learners: Vec<_> = learners.into_iter().map(|learner| scene.held.learner_id(learner)).collect();
        self.store().write(institution, |tx| -> Result<_> {
            // Two who begin a season at once: the second waits here, and sees what the first began.
            tx.advance(institution)?;
            let there = store::placement::list(tx, institution, Some(scene.frame.year))?;
            let has_one = |learner: &LearnerId| {
                there.iter().any(|one| one.learner == *learner && one.stage != PlacementStage::FellThrough)
            };
            let without: Vec<_> = learners.into_iter().filter(|learner| !has_one(learner)).collect();
            self.ask_for_each(actor, crate::Action::Record, institution, without.iter().copied())?;
            let mut details = Vec::new();
            for learner in &without {
                let new = Placement { id: PlacementId(self.context().next_id()), learner: *learner, ..pattern.clone() };
                store::placement::put(tx, institution, &new)?;
                store::placement::insert_step(tx, institution, &self.first_step(actor, &new))?;
                details.push(self.detail(Some(*learner), &changes([], PlacementForm::from(&new).fields())));
            }
            let event = self
                .event(actor, "placement.added", ("placement", None), json!({"placements": without.len()}))
                .with(details);
            store::audit::record(tx, institution, &event)?;
            Ok(without.len() as u32)
        })
    }

    /// Changes what is known of a placement. Once it counts, what it counts as follows.
    ///
    /// # Errors
    /// If the actor may not record for the learner, there is no such placement, or the form has problems.
    pub fn change_placement(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: PlacementId,
        form: &PlacementForm,
    ) -> Result<()> {
        self.ask_for_placements(actor, institution)?;
        // Whoever may not see needs does not change them.
        let scene = self.scene(actor, View { institution, as_of: None })?;
        let mut problems = Problems::default();
        self.store().write(institution, |tx| -> Result<()> {
            tx.advance(institution)?;
            let before = self.placement_to_change(tx, actor, institution, id)?;
            if form.revision.is_some_and(|revision| revision != before.revision) {
                return Err(Error::conflict(
                    "This placement was changed since you opened it, so nothing was written. Look at it again first.",
                ));
            }
            let sees_needs = scene.held.learner_index(before.learner).is_some_and(|one| scene.sees_send_of(one));
            let form = PlacementForm { needs: form.needs.clone().filter(|_| sees_needs), ..form.clone() };
            let mut after = before.clone();
            form.read(&mut after, &mut problems);
            problems.check()?;
            self.find_employer(tx, institution, &mut after)?;
            after.revision += 1;
            after.changed_at = self.context().now();
            self.count_details(tx, institution, &before, &after)?;
            store::placement::put(tx, institution, &after)?;
            let changed = changes(PlacementForm::from(&before).fields(), PlacementForm::from(&after).fields());
            let event = self
                .event(actor, "placement.changed", ("placement", Some(id.0)), json!({"fields": changed.names()}))
                .with([self.detail(Some(before.learner), &changed)]);
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// Finds the organisation that the employer is, by name.
    pub(super) fn find_employer(
        &self,
        tx: &mut store::Tx<'_>,
        institution: InstitutionId,
        one: &mut Placement,
    ) -> Result<()> {
        one.organisation = match &one.employer {
            Some(name) => store::organisation::find_by_name(tx, institution, &same_name(name))?.map(|found| found.id),
            None => None,
        };
        Ok(())
    }
}

/// Learners below Year 10 are not placed: the law on work experience is about the last two years of compulsory schooling.
const TOO_YOUNG: &str =
    "Placements are for Year 10 and above. For younger learners record a visit or shadowing as an activity instead.";

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_fortnight_has_ten_working_days() {
        // 5 July 2027 is a Monday, 16 July the Friday of the week after.
        assert_eq!(working_days(date(2027, 7, 5), date(2027, 7, 16)), 10);
        assert_eq!(working_days(date(2027, 7, 10), date(2027, 7, 11)), 0);
    }
}
