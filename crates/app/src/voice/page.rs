use std::collections::BTreeMap;

use domain::{ActivityId, Check, Date, LearnerId, LinkId, ReflectionId};
use jiff::Timestamp;
use rules::sentence;

use crate::{
    Action, ActivityRow, Actor, App, Error, Frame, LinkPurpose, Result, View,
    activity::{is_shown, row},
    withheld::is_small,
};

/// What learners and others thought of one activity.
#[derive(Debug, Clone)]
pub struct VoicesPage {
    /// Where it is.
    pub frame: Frame,
    /// The activity.
    pub activity: ActivityRow,
    /// How many learners said what they thought.
    pub reflections_count: u32,
    /// Their rating on average, one decimal; none if few rated it or too few to be told apart.
    pub average: Option<f64>,
    /// What learners thought, the latest first, for those who see learners.
    pub reflections: Vec<ReflectionRow>,
    /// What employers and providers thought, the latest first.
    pub feedback: Vec<FeedbackRow>,
    /// Boxes of the checklist that what was said speaks for.
    pub suggestions: Vec<Suggestion>,
    /// Links that work now, for those who may make them.
    pub links: Vec<VoiceLink>,
    /// Learners for whom an answer can be entered: those who took part, by name.
    pub learners: Vec<(LearnerId, String)>,
    /// Whether fewer than five answered and the reader sees totals only.
    pub is_withheld: bool,
}

/// What a learner thought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReflectionRow {
    /// Its key.
    pub id: ReflectionId,
    /// Who, if they said and the reader may know.
    pub learner: Option<(LearnerId, String)>,
    /// What they learnt.
    pub learnt: String,
    /// 1 to 5.
    pub rating: Option<i64>,
    /// What they will do next.
    pub next_step: String,
    /// Whether the easy-read form was used.
    pub is_easy_read: bool,
    /// When.
    pub written_at: Timestamp,
}

/// What an employer or provider thought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedbackRow {
    /// Who, as they call themselves.
    pub name: Option<String>,
    /// 1 to 5.
    pub rating: Option<i64>,
    /// What went well.
    pub went_well: String,
    /// What could be better.
    pub better: String,
    /// The boxes that they confirm.
    pub confirms: Vec<Check>,
    /// Whether they would come again.
    pub would_return: Option<bool>,
    /// When.
    pub written_at: Timestamp,
}

/// A box that what was said speaks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The box.
    pub check: Check,
    /// What it says.
    pub label: &'static str,
    /// What speaks for it.
    pub because: String,
}

/// A link that works now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoiceLink {
    /// Its key.
    pub id: LinkId,
    /// What for.
    pub purpose: LinkPurpose,
    /// For whom.
    pub label: Option<String>,
    /// Its last day.
    pub until: Option<Date>,
    /// How often it was used.
    pub uses: i32,
}

impl App {
    /// What learners, employers and providers thought of an activity. Whoever sees totals only gets numbers, and those of few
    /// answers are withheld.
    ///
    /// # Errors
    /// If the institution is not within reach or has no such activity.
    pub fn activity_voices(&self, actor: &Actor, view: View, id: ActivityId) -> Result<VoicesPage> {
        let institution = view.institution;
        actor.ask(Action::SeeTotals, institution)?;
        let scene = self.scene(actor, view)?;
        let index = scene.held.activity_index(id).filter(|index| is_shown(&scene, *index)).ok_or(Error::NOT_FOUND)?;
        let records = &scene.held.records;
        let may_record = scene.frame.may.has(Action::Record);
        let now = self.context().now();
        let (reflections, feedback, links) = self.store().read(institution, |tx| -> Result<_> {
            let mut links = Vec::new();
            for purpose in [LinkPurpose::Reflection, LinkPurpose::Feedback] {
                let found = store::link::list(tx, institution, purpose.word(), Some(id.0))?;
                links.extend(found.into_iter().map(|link| (purpose, link)));
            }
            let feedback: Vec<_> = store::voice::feedback(tx, institution)?
                .into_iter()
                .filter(|one| one.activity == Some(id) && one.learner.is_none())
                .collect();
            Ok((store::voice::reflections(tx, institution, id)?, feedback, links))
        })?;
        let name = |learner: LearnerId| {
            let index = scene.held.learner_index(learner).filter(|index| scene.sees(*index))?;
            let one = records.learner(index);
            Some((learner, format!("{} {}", one.forename, one.surname)))
        };
        // An answer with a name is for those who see the learner; without, it is for everybody who sees learners at all.
        let shown: Vec<_> =
            reflections.iter().filter(|one| one.learner.is_none_or(|learner| name(learner).is_some())).collect();
        let counted = if scene.is_totals_only() { reflections.iter().collect() } else { shown.clone() };
        let ratings: Vec<_> = counted.iter().filter_map(|one| one.rating).collect();
        let is_withheld = scene.is_totals_only() && (is_small(counted.len() as u32) || is_small(ratings.len() as u32));
        let average = (!ratings.is_empty() && !is_withheld)
            .then(|| (ratings.iter().sum::<i64>() as f64 * 10.0 / ratings.len() as f64).round() / 10.0);
        let rows = if scene.is_totals_only() { Vec::new() } else { shown };
        let named = rows.iter().filter(|one| one.learner.is_some()).count();
        if named > 0 {
            let why = actor.why_list(Action::SeeLearners, institution);
            self.note_list(actor, institution, "reflections", named, why.as_deref())?;
        }
        let activity = records.activity(index);
        let mut learners: Vec<_> = records
            .participations
            .iter()
            .filter(|one| one.activity == index && scene.sees(one.learner) && may_record)
            .map(|one| {
                let learner = records.learner(one.learner);
                (scene.held.learner_id(one.learner), format!("{}, {}", learner.surname, learner.forename))
            })
            .collect();
        learners.sort_by(|a, b| a.1.cmp(&b.1));
        let feedback_rows: Vec<_> = feedback
            .iter()
            .map(|one| FeedbackRow {
                name: one.name.clone(),
                rating: one.rating,
                went_well: one.went_well.clone(),
                better: one.better.clone(),
                confirms: one.answers.split_ascii_whitespace().filter_map(|word| word.parse().ok()).collect(),
                would_return: one.would_return,
                written_at: one.written_at,
            })
            .collect();
        Ok(VoicesPage {
            activity: row(&scene, index),
            reflections_count: if is_withheld { 0 } else { counted.len() as u32 },
            average,
            reflections: rows
                .into_iter()
                .map(|one| ReflectionRow {
                    id: one.id,
                    learner: one.learner.and_then(name),
                    learnt: one.learnt.clone(),
                    rating: one.rating,
                    next_step: one.next_step.clone(),
                    is_easy_read: one.is_easy_read,
                    written_at: one.written_at,
                })
                .collect(),
            suggestions: if may_record { suggestions(activity, reflections.len(), &feedback_rows) } else { Vec::new() },
            // What somebody wrote may tell of a learner.
            feedback: if scene.is_totals_only() { Vec::new() } else { feedback_rows },
            links: links
                .into_iter()
                .filter(|(_, link)| {
                    may_record && link.closed_at.is_none() && link.expires_at.is_none_or(|end| end > now)
                })
                .map(|(purpose, link)| VoiceLink {
                    id: link.id,
                    purpose,
                    label: link.label,
                    until: link.expires_at.map(|end| self.context().zone().to_datetime(end).date()),
                    uses: link.uses,
                })
                .collect(),
            learners,
            is_withheld,
            frame: scene.frame,
        })
    }
}

/// The boxes that are open and that something said speaks for, in the order of the checklist.
fn suggestions(activity: &domain::Activity, reflections: usize, feedback: &[FeedbackRow]) -> Vec<Suggestion> {
    let mut because = BTreeMap::<Check, String>::new();
    let people = |number: usize, one: &str, many: &str| format!("{number} {}", if number == 1 { one } else { many });
    if reflections > 0 {
        because.insert(
            Check::Reflection,
            people(reflections, "learner said what they learnt", "learners said what they learnt"),
        );
    }
    if !feedback.is_empty() {
        because.insert(
            Check::Feedback,
            people(feedback.len(), "answer of those who were there", "answers of those who were there"),
        );
    }
    for check in feedback.iter().flat_map(|one| &one.confirms) {
        let confirming = feedback.iter().filter(|one| one.confirms.contains(check)).count();
        because.entry(*check).or_insert_with(|| people(confirming, "of them confirms it", "of them confirm it"));
    }
    activity
        .kind
        .checklist()
        .iter()
        .filter(|check| !activity.checks.contains(**check))
        .filter_map(|check| {
            let because = because.remove(check)?;
            Some(Suggestion { check: *check, label: sentence::check_label(*check), because })
        })
        .collect()
}
