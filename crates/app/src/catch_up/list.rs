use std::collections::{BTreeMap, BTreeSet};

use domain::{ActivityId, Date, Kind, LearnerIndex};

use super::{
    ActivityName, CatchUpFilter, CatchUpRow, CatchUpStanding, CatchUpWord, PAGE,
    work::{Missed, missed, name},
};
use crate::{
    Action, Actor, App, Frame, Result, View,
    activity::is_shown,
    export::{ListFile, ListFormat, Table},
    frame::Scene,
    held::Held,
    withheld,
};

/// Who missed what.
#[derive(Debug, Clone)]
pub struct CatchUps {
    /// Where it is.
    pub frame: Frame,
    /// Whom or what the list is narrowed to, if to one learner: their name.
    pub learner: Option<String>,
    /// To one activity.
    pub activity: Option<ActivityName>,
    /// How many missed activities are open, planned and closed, of those that the filter admits but for their standing. None
    /// where that is withheld.
    pub counts: Option<[u32; 3]>,
    /// How many lines the filter admits.
    pub matching: u32,
    /// A page of them, the oldest activity first, then by form and name. None to whoever sees totals only.
    pub rows: Vec<CatchUpRow>,
    /// Those that the page is not alone with: how many lines come before the next page.
    pub next: Option<usize>,
    /// Activities with something open, oldest first.
    pub by_activity: Vec<CatchUpActivity>,
    /// Registration groups with what is open in each. None to whoever sees totals only.
    pub by_form: Vec<(String, u32)>,
    /// What others that the learner attended or is invited to could be named; only with a learner and an activity.
    pub others: Vec<ActivityName>,
}

/// One activity that learners missed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatchUpActivity {
    /// Its id.
    pub id: ActivityId,
    /// What it is called.
    pub title: String,
    /// Its day.
    pub date: Date,
    /// What it was.
    pub kind: Kind,
    /// How many have yet to make up for it; `None` where that is withheld.
    pub open: Option<u32>,
    /// How many missed it; `None` where that is withheld.
    pub missed: Option<u32>,
}

impl App {
    /// Who missed what and has yet to make up for it.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach, or a learner or an activity of the filter is not.
    pub fn catch_ups(&self, actor: &Actor, view: View, filter: &CatchUpFilter) -> Result<CatchUps> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let scene = self.scene(actor, view)?;
        let all = self.admitted(&scene, filter)?;
        let listed: Vec<_> = all.iter().filter(|one| filter.standing.admits(&one.standing)).collect();
        let is_totals_only = scene.is_totals_only();
        let mut counts = [0_u32; 3];
        let (mut by_activity, mut by_form) = (BTreeMap::<_, [u32; 2]>::new(), BTreeMap::<String, u32>::new());
        for one in &all {
            let open = u32::from(one.standing == CatchUpStanding::Open);
            counts[match one.standing.word() {
                CatchUpWord::Planned => 1,
                CatchUpWord::Closed => 2,
                CatchUpWord::Open | CatchUpWord::Any => 0,
            }] += 1;
            let activity = scene.held.records.activity(one.activity);
            let totals = by_activity.entry((activity.date, activity.reference.clone(), one.activity)).or_default();
            totals[0] += open;
            totals[1] += 1;
            if open > 0 {
                let form = scene.held.records.learner(one.learner).form.clone();
                *by_form.entry(form.unwrap_or_else(|| rules::UNKNOWN.to_owned())).or_default() += 1;
            }
        }
        // Where one alone is withheld, it could be had by taking the others from the whole: then another goes with it.
        let is_small: Vec<bool> = by_activity
            .values()
            .map(|[open, missed]| is_totals_only && [*open, *missed, missed - open].into_iter().any(withheld::is_small))
            .collect();
        let lone = is_small.iter().filter(|small| **small).count() == 1;
        let next = by_activity
            .values()
            .enumerate()
            .filter(|(at, totals)| lone && !is_small[*at] && totals[0] > 0)
            .min_by_key(|(_, totals)| totals[0])
            .map(|(at, _)| at);
        // With no other to go with it, the whole is not told either.
        let is_whole_withheld = lone && next.is_none();
        let by_activity = by_activity
            .into_iter()
            .enumerate()
            .filter(|(_, ((_, _, index), totals))| totals[0] > 0 && is_shown(&scene, *index))
            .map(|(at, ((date, _, index), [open, missed]))| {
                let activity = scene.held.records.activity(index);
                let is_withheld = is_small[at] || next == Some(at);
                CatchUpActivity {
                    id: scene.held.activity_id(index),
                    title: activity.title.clone(),
                    date,
                    kind: activity.kind,
                    open: (!is_withheld).then_some(open),
                    missed: (!is_withheld).then_some(missed),
                }
            })
            .collect();
        let page: Vec<_> = if is_totals_only {
            Vec::new()
        } else {
            listed.iter().skip(filter.skip).take(PAGE).map(|one| row(&scene, one)).collect()
        };
        if !page.is_empty() {
            let why = actor.why_list(Action::SeeLearners, view.institution);
            self.note_list(actor, view.institution, "catch-up", page.len(), why.as_deref())?;
        }
        let next = filter.skip + page.len();
        Ok(CatchUps {
            learner: filter.learner.and_then(|id| scene.held.learner_index(id)).map(|index| {
                let person = scene.held.records.learner(index);
                format!("{} {}", person.forename, person.surname)
            }),
            activity: filter.activity.and_then(|id| scene.held.activity_index(id)).map(|at| name(&scene.held, at)),
            counts: (!is_totals_only || !(is_whole_withheld || counts.into_iter().any(withheld::is_small)))
                .then_some(counts),
            matching: if is_totals_only { 0 } else { listed.len() as u32 },
            next: (!page.is_empty() && next < listed.len()).then_some(next),
            rows: page,
            by_activity,
            by_form: if is_totals_only { Vec::new() } else { by_form.into_iter().collect() },
            others: others(&scene, filter),
            frame: scene.frame,
        })
    }

    /// The same lines as a file. The export is noted in the audit trail.
    ///
    /// # Errors
    /// As [`App::catch_ups`]; if the actor may not export.
    pub fn export_catch_ups(
        &self,
        actor: &Actor,
        view: View,
        filter: &CatchUpFilter,
        format: ListFormat,
    ) -> Result<ListFile> {
        actor.ask(Action::Export, view.institution)?;
        let scene = self.scene(actor, view)?;
        scene.ask_for_learners()?;
        let scope = actor.scope(Action::Export, view.institution)?;
        let mut all = self.admitted(&scene, filter)?;
        all.retain(|one| filter.standing.admits(&one.standing) && scope.admits(&scene.candidate(one.learner)));
        let headings = [
            "Local id",
            "Surname",
            "Forename",
            "Year group",
            "Form",
            "Missed",
            "Date",
            "Kind",
            "Register",
            "Catch-up",
            "By",
            "On",
            "Reason",
        ];
        let rows = all.iter().map(|one| {
            let person = scene.held.records.learner(one.learner);
            let line = row(&scene, one);
            let (word, by, reason) = match line.standing {
                CatchUpStanding::Open => ("to do", None, String::new()),
                CatchUpStanding::Planned(by) => ("planned", Some(by), String::new()),
                CatchUpStanding::Made(by) => ("done", Some(by), String::new()),
                CatchUpStanding::Said(by, reason) => (if by.is_some() { "done" } else { "not needed" }, by, reason),
            };
            let (title, on) = by.map_or_else(Default::default, |by| (by.title, by.date.to_string()));
            vec![
                line.reference,
                person.surname.clone(),
                person.forename.clone(),
                line.year_group.map_or(String::new(), |year| year.to_string()),
                line.form.unwrap_or_default(),
                line.title,
                line.date.to_string(),
                line.kind.word().to_owned(),
                line.mark.word().to_owned(),
                word.to_owned(),
                title,
                on,
                reason,
            ]
        });
        let table = Table { headings: headings.map(str::to_owned).to_vec(), rows: rows.collect() };
        let ids: BTreeSet<_> = all.iter().map(|one| scene.held.learner_id(one.learner)).collect();
        let why = actor.why_list(Action::Export, view.institution);
        self.note_export(actor, view.institution, "catch-up", ids, why.as_deref())?;
        table.write(&format!("Catch-up on {}", scene.frame.as_of), format)
    }

    /// What the filter admits, but for its standing: the oldest activity first, then by form and name.
    fn admitted(&self, scene: &Scene<'_>, filter: &CatchUpFilter) -> Result<Vec<Missed>> {
        let institution = scene.frame.institution.id;
        let learner = filter.learner.map(|id| scene.learner_index(id)).transpose()?;
        let activity = match filter.activity {
            Some(id) => {
                let index = scene.held.activity_index(id).filter(|index| is_shown(scene, *index));
                Some(index.ok_or(crate::Error::NOT_FOUND)?)
            }
            None => None,
        };
        let said = self.store().read(institution, |tx| store::catch_up::list(tx, institution))?;
        let records = &scene.held.records;
        let mut all = missed(scene, &said);
        all.retain(|one| {
            let what = records.activity(one.activity);
            let admits_form = |form: &String| form_of(scene, one.learner).as_deref() == Some(form.as_str());
            learner.is_none_or(|wanted| wanted == one.learner)
                && activity.is_none_or(|wanted| wanted == one.activity)
                && filter.kind.is_none_or(|kind| kind == what.kind)
                && filter.form.as_ref().is_none_or(|form| scene.is_totals_only() || admits_form(form))
                && filter
                    .year_group
                    .is_none_or(|year| Held::year_group(&scene.day.evaluation, one.learner) == Some(year))
                && (filter.every_year
                    || learner.is_some()
                    || activity.is_some()
                    || what.date >= scene.frame.year_span.0)
        });
        all.sort_by_cached_key(|one| {
            let (what, who) = (records.activity(one.activity), records.learner(one.learner));
            let name = (domain::same_name(&who.surname), domain::same_name(&who.forename), who.reference.clone());
            (what.date, what.reference.clone(), who.form.clone(), name)
        });
        Ok(all)
    }
}

fn form_of(scene: &Scene<'_>, learner: LearnerIndex) -> Option<String> {
    let form = scene.held.records.learner(learner).form.clone();
    Some(form.unwrap_or_else(|| rules::UNKNOWN.to_owned()))
}

impl CatchUpWord {
    fn admits(self, standing: &CatchUpStanding) -> bool {
        self == Self::Any || self == standing.word()
    }
}

fn row(scene: &Scene<'_>, one: &Missed) -> CatchUpRow {
    let records = &scene.held.records;
    let (who, what) = (records.learner(one.learner), records.activity(one.activity));
    CatchUpRow {
        learner: scene.held.learner_id(one.learner),
        name: format!("{}, {}", who.surname, who.forename),
        reference: who.reference.clone(),
        year_group: Held::year_group(&scene.day.evaluation, one.learner),
        form: who.form.clone(),
        activity: scene.held.activity_id(one.activity),
        title: what.title.clone(),
        date: what.date,
        kind: what.kind,
        mark: one.mark,
        standing: one.standing.clone(),
    }
}

/// What the learner attended or is invited to since, for whoever closes one line by hand; the latest first.
fn others(scene: &Scene<'_>, filter: &CatchUpFilter) -> Vec<ActivityName> {
    let (Some(learner), Some(missed)) = (filter.learner, filter.activity) else { return Vec::new() };
    let held = &scene.held;
    let (Some(learner), Some(missed)) = (held.learner_index(learner), held.activity_index(missed)) else {
        return Vec::new();
    };
    let since = held.records.activity(missed).date;
    let mut others: Vec<_> = held
        .records
        .participations
        .iter()
        .filter(|one| one.learner == learner && one.activity != missed && scene.sees(learner))
        .filter(|one| {
            matches!(one.status, domain::ParticipationStatus::Attended | domain::ParticipationStatus::Invited)
        })
        .map(|one| name(held, one.activity))
        .filter(|other| other.date >= since)
        .collect();
    others.sort_by(|a, b| (b.date, &b.title).cmp(&(a.date, &a.title)));
    others
}
