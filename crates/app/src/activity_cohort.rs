//! Whom an activity is for, and inviting them.

use std::collections::BTreeSet;

use domain::{
    ActivityId, ActivityIndex, Date, InstitutionId, LearnerId, LearnerIndex, ParticipationStatus, Records, Sen,
    YearGroup, YearGroups, same_name,
};
use rules::Grouping;
use serde_json::json;
use store::{participation::Entry, plan::Group};

use crate::{
    Action, Actor, App, Error, Frame, Result, View, activity::is_shown, audit::Change, frame::Scene, held::Held,
};

/// The groups that an activity can be for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CohortChoices {
    /// Where.
    pub frame: Frame,
    /// Registration groups of those on roll.
    pub forms: Vec<String>,
    /// Teaching groups: a year group with a subject.
    pub subjects: Vec<(YearGroup, String)>,
    /// Needs, by their words; only those that the actor may see of everybody.
    pub needs: Vec<&'static str>,
    /// Organisations that are known already, by name.
    pub organisations: Vec<String>,
    /// Learning outcomes of the academic year: key, year group and statement.
    pub outcomes: Vec<(String, YearGroup, String)>,
    /// What is asked of the institution as a whole and is not worked out: requirement and title.
    pub asked: Vec<(String, String)>,
}

/// Of whom a plan may say that they have such a need.
pub(crate) fn may_see(scene: &Scene<'_>, group: &Group) -> bool {
    group.sort != "need"
        || match group.name.split(' ').next() {
            Some("K" | "E") => scene.may_group(Grouping::Sen),
            Some("looked-after") => scene.may_group(Grouping::LookedAfter),
            _ => true,
        }
}

/// Whether a learner in this year group is in a form or a teaching group; groups by need are not for everybody to know.
pub(crate) fn is_in_class(records: &Records, group: &Group, index: LearnerIndex, year: Option<YearGroup>) -> bool {
    let learner = records.learner(index);
    match group.sort.as_str() {
        "form" => learner.form.as_deref() == Some(group.name.as_str()),
        "subject" => {
            let Some((wanted, subject)) = group.name.split_once(' ') else { return false };
            let of_year = year.and_then(|year| records.institution.subjects.get(&year));
            let taken = if learner.subjects.is_empty() { of_year } else { Some(&learner.subjects) };
            let subject = same_name(subject);
            year.is_some_and(|year| year.to_string() == wanted)
                && taken.is_some_and(|taken| taken.iter().any(|name| same_name(name) == subject))
        }
        _ => false,
    }
}

/// Whether a learner in this year group is in the group, as far as the actor may know.
fn admits(scene: &Scene<'_>, group: &Group, index: LearnerIndex, year: Option<YearGroup>) -> bool {
    let learner = scene.held.records.learner(index);
    match group.sort.as_str() {
        "form" | "subject" => is_in_class(&scene.held.records, group, index, year),
        _ => {
            let mut words = group.name.split(' ');
            let has = match words.next() {
                Some("K") => scene.sees_send_of(index) && learner.sen == Some(Sen::Support),
                Some("E") => scene.sees_send_of(index) && learner.sen == Some(Sen::Ehcp),
                Some("fsm") => learner.fsm == Some(true),
                Some("looked-after") => scene.sees_looked_after_of(index) && learner.looked_after == Some(true),
                _ => false,
            };
            let years: Vec<_> = words.collect();
            has && (years.is_empty() || year.is_some_and(|year| years.contains(&year.to_string().as_str())))
        }
    }
}

impl App {
    /// Those on roll on the day who are in one of the year groups or groups, as far as the actor sees them.
    pub(crate) fn cohort(
        &self,
        scene: &Scene<'_>,
        date: Date,
        year_groups: YearGroups,
        groups: &[Group],
    ) -> Vec<LearnerIndex> {
        let pack = self.rulebook().framework(scene.held.records.institution.kind, date);
        let day = scene.day_on(pack, date);
        let learners = day.evaluation.learners.iter().copied();
        learners
            .filter(|learner| {
                let year = Held::year_group(&day.evaluation, *learner);
                year.is_some_and(|year| year_groups.contains(year))
                    || groups.iter().any(|group| admits(scene, group, *learner, year))
            })
            .collect()
    }

    /// Those whom an activity is for.
    pub(crate) fn cohort_of(&self, scene: &Scene<'_>, activity: ActivityIndex) -> Result<Vec<LearnerIndex>> {
        let id = scene.held.activity_id(activity);
        let institution = scene.frame.institution.id;
        let groups = self.store().read(institution, |tx| store::plan::groups(tx, institution, id))?;
        let activity = scene.held.records.activity(activity);
        Ok(self.cohort(scene, activity.date, activity.year_groups, &groups))
    }

    /// What a form offers to choose from.
    ///
    /// # Errors
    /// If the institution is not within reach.
    pub fn cohort_choices(&self, actor: &Actor, view: View) -> Result<CohortChoices> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let scene = self.scene(actor, view)?;
        let records = &scene.held.records;
        let evaluation = &scene.day.evaluation;
        let (mut forms, mut subjects) = (BTreeSet::new(), BTreeSet::new());
        for index in evaluation.learners.iter().copied().filter(|index| scene.sees(*index)) {
            let learner = records.learner(index);
            forms.extend(learner.form.clone());
            if let Some(year) = Held::year_group(evaluation, index) {
                subjects.extend(learner.subjects.iter().map(|subject| (year, subject.clone())));
            }
        }
        subjects.extend(
            records
                .institution
                .subjects
                .iter()
                .flat_map(|(year, names)| names.iter().map(|name| (*year, name.clone()))),
        );
        let sen = scene.frame.sees_send.then_some(["K", "E"]).into_iter().flatten();
        let looked_after = scene.frame.sees_looked_after.then_some("looked-after");
        let institution = view.institution;
        let outcomes =
            self.store().read(institution, |tx| store::plan::outcome_choices(tx, institution, scene.frame.year))?;
        let mut organisations: BTreeSet<String> = self
            .store()
            .read(institution, |tx| store::plan::organisation_names(tx, institution))?
            .into_iter()
            .collect();
        organisations.extend(records.activities.iter().filter_map(|activity| activity.organisation.clone()));
        let asked = scene.pack.institution_requirements.iter().filter(|requirement| requirement.derived.is_none());
        Ok(CohortChoices {
            forms: forms.into_iter().collect(),
            subjects: subjects.into_iter().collect(),
            needs: sen.chain(["fsm"]).chain(looked_after).collect(),
            organisations: organisations.into_iter().collect(),
            outcomes: outcomes.into_iter().map(|(id, year, text)| (id.to_string(), year, text)).collect(),
            asked: asked.map(|requirement| (requirement.id.clone(), requirement.wording.title.clone())).collect(),
            frame: scene.frame,
        })
    }

    /// Invites everybody whom an activity is for and of whom nothing is recorded there yet. Returns how many.
    ///
    /// # Errors
    /// If the actor may not record here, there is no such activity, or it is not planned.
    pub fn invite_cohort(&self, actor: &Actor, institution: InstitutionId, activity: ActivityId) -> Result<u32> {
        actor.ask(Action::Record, institution)?;
        let scene = self.scene(actor, View { institution, as_of: None })?;
        let index = scene.held.activity_index(activity).filter(|index| is_shown(&scene, *index));
        let index = index.ok_or(Error::NOT_FOUND)?;
        if !scene.held.records.activity(index).state.counts() {
            return Err(Error::conflict("Only a planned activity has people invited. Set it to planned first."));
        }
        let learners: Vec<_> =
            self.cohort_of(&scene, index)?.into_iter().map(|learner| scene.held.learner_id(learner)).collect();
        self.ask_for_each(actor, Action::Record, institution, learners.iter().copied())?;
        self.store().write(institution, |tx| -> Result<_> {
            tx.advance(institution)?;
            let invited = invite(tx, institution, activity, &learners)?;
            let details = invited
                .iter()
                .map(|learner| self.detail(Some(*learner), &Change::default().with("mark", None, Some("invited"))));
            let payload = json!({"marks": invited.len()});
            let event = self.event(actor, "activity.invited", ("activity", Some(activity.0)), payload).with(details);
            store::audit::record(tx, institution, &event)?;
            Ok(invited.len() as u32)
        })
    }
}

/// Invites these learners, as far as nothing is recorded of them; who was invited.
pub(crate) fn invite(
    tx: &mut store::Tx<'_>,
    institution: InstitutionId,
    activity: ActivityId,
    learners: &[LearnerId],
) -> Result<Vec<LearnerId>> {
    let mut invited = Vec::new();
    for (at, activity) in store::activity::occasion(tx, institution, activity)?.into_iter().enumerate() {
        let marked = store::participation::register(tx, institution, activity)?;
        let is_marked = |id: &LearnerId| marked.binary_search_by_key(id, |(learner, _)| *learner).is_ok();
        let new: Vec<_> = learners.iter().copied().filter(|id| !is_marked(id)).collect();
        let entry = |learner| Entry { learner, activity, status: ParticipationStatus::Invited };
        let entries: Vec<_> = new.iter().copied().map(entry).collect();
        store::participation::set_many(tx, institution, &entries)?;
        if at == 0 {
            invited = new;
        }
    }
    Ok(invited)
}
