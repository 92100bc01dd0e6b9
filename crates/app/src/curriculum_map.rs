//! The curriculum map: in which subjects of which year groups lessons link to careers, and where that is recorded.

use std::collections::{BTreeMap, BTreeSet};

use domain::{ActivityId, Date, InstitutionId, Kind, LearnerIndex, ParticipationStatus, YearGroup, same_name};
use serde_json::json;
use store::curriculum_link::{CurriculumLink, SubjectLead};

use crate::{Action, Actor, App, Error, Frame, Group, Reach, Result, View, actor::Scope, frame::Scene, held::Held};

/// Subjects by year group.
#[derive(Debug, Clone)]
pub struct CurriculumMap {
    /// Where it is.
    pub frame: Frame,
    /// The year groups, the lowest first.
    pub year_groups: Vec<YearGroup>,
    /// The subjects, by name.
    pub subjects: Vec<SubjectRow>,
    /// Whether the reader may say who leads which subject.
    pub may_lead: bool,
}

/// One subject through the year groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectRow {
    /// Its name.
    pub subject: String,
    /// Who leads it.
    pub lead: Option<String>,
    /// Whether the reader may write down links of it.
    pub may_write: bool,
    /// For each year group.
    pub cells: Vec<CurriculumCell>,
}

/// One subject in one year group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CurriculumCell {
    /// Whether the subject is taught there.
    pub is_taught: bool,
    /// How many links are written down.
    pub links: u32,
    /// Whether a lesson is recorded with somebody who attended, so that it counts for Benchmark 4.
    pub is_recorded: bool,
}

/// One subject in one year group, with its links.
#[derive(Debug, Clone)]
pub struct CurriculumCellPage {
    /// Where it is.
    pub frame: Frame,
    /// The subject, as people write it.
    pub subject: String,
    /// The year group.
    pub year_group: YearGroup,
    /// What is known of it.
    pub cell: CurriculumCell,
    /// Who leads the subject.
    pub lead: Option<String>,
    /// Whether the reader may write here.
    pub may_write: bool,
    /// What is written down, by term.
    pub links: Vec<CurriculumLink>,
    /// The lessons recorded this year.
    pub lessons: Vec<(ActivityId, String, Date)>,
}

/// Subjects with what each learner's year group takes.
pub(crate) struct Taught(BTreeMap<String, (String, BTreeSet<YearGroup>)>);

impl Taught {
    pub(crate) fn of(scene: &Scene<'_>) -> Self {
        let records = &scene.held.records;
        let mut subjects: BTreeMap<String, (String, BTreeSet<YearGroup>)> = BTreeMap::new();
        let mut add = |subject: &str, year: YearGroup| {
            subjects.entry(same_name(subject)).or_insert_with(|| (subject.to_owned(), BTreeSet::new())).1.insert(year);
        };
        for (year, names) in &records.institution.subjects {
            names.iter().for_each(|name| add(name, *year));
        }
        for learner in scene.day.evaluation.learners.iter().copied() {
            if let Some(year) = Held::year_group(&scene.day.evaluation, learner) {
                records.learner(learner).subjects.iter().for_each(|name| add(name, year));
            }
        }
        Self(subjects)
    }

    /// The subject as the institution writes it, if the year group takes it.
    pub(crate) fn find(&self, subject: &str, year: YearGroup) -> Option<&str> {
        self.0.get(&same_name(subject)).filter(|(_, years)| years.contains(&year)).map(|(name, _)| name.as_str())
    }
}

/// The subjects and year groups of which somebody attended a lesson that counts, in the scene's year up to its day.
fn recorded(scene: &Scene<'_>) -> BTreeSet<(String, YearGroup)> {
    let records = &scene.held.records;
    let first = scene.frame.year_span.0;
    let last = scene.frame.as_of;
    let mut found = BTreeSet::new();
    for one in records.participations.iter().filter(|one| one.status == ParticipationStatus::Attended) {
        let activity = records.activity(one.activity);
        let counts = activity.kind == Kind::Curriculum && activity.state.counts();
        if counts
            && (first..=last).contains(&activity.date)
            && let Some(subject) = &activity.subject
            && let Some(year) = Held::year_group(&scene.day.evaluation, one.learner)
        {
            found.insert((same_name(subject), year));
        }
    }
    found
}

/// In which subjects somebody may write.
pub(crate) enum Writes {
    All,
    These(BTreeSet<String>),
}

impl Writes {
    pub(crate) fn of(actor: &Actor, institution: InstitutionId, leads: &[SubjectLead]) -> Result<Self> {
        Ok(match actor.scope(Action::Record, institution)? {
            Scope::Everybody => Self::All,
            Scope::Only(reaches) => {
                let groups = reaches.iter().flat_map(|reach| match reach {
                    Reach::Groups(groups) => groups.as_slice(),
                    Reach::Institution | Reach::Caseload(_) => &[],
                });
                let own = groups.filter_map(|group| match group {
                    Group::Subject(name) => Some(same_name(name)),
                    Group::Form(_) | Group::YearGroup(_) => None,
                });
                let led = leads.iter().filter(|lead| lead.account.is_some() && lead.account == actor.account());
                Self::These(own.chain(led.map(|lead| same_name(&lead.subject))).collect())
            }
        })
    }

    pub(crate) fn has(&self, subject: &str) -> bool {
        match self {
            Self::All => true,
            Self::These(subjects) => subjects.contains(&same_name(subject)),
        }
    }
}

impl App {
    /// The curriculum map of the view's year.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn curriculum_map(&self, actor: &Actor, view: View) -> Result<CurriculumMap> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let scene = self.scene(actor, view)?;
        let (links, leads) = self.links_and_leads(&scene)?;
        let writes = Writes::of(actor, view.institution, &leads).ok();
        let (taught, recorded) = (Taught::of(&scene), recorded(&scene));
        let (first, last) = scene.frame.institution.years.unwrap_or((YearGroup::LOWEST, YearGroup::HIGHEST));
        let year_groups: Vec<_> = (first.number()..=last.number()).map(YearGroup::new).collect();
        let subjects = taught.0.iter().map(|(key, (name, years))| SubjectRow {
            lead: lead_of(&leads, key),
            may_write: writes.as_ref().is_some_and(|writes| writes.has(key)),
            cells: year_groups
                .iter()
                .map(|year| CurriculumCell {
                    is_taught: years.contains(year),
                    links: count(&links, key, *year),
                    is_recorded: recorded.contains(&(key.clone(), *year)),
                })
                .collect(),
            subject: name.clone(),
        });
        Ok(CurriculumMap {
            subjects: subjects.collect(),
            year_groups,
            may_lead: actor.ask_for_all(Action::Record, view.institution).is_ok(),
            frame: scene.frame,
        })
    }

    /// One subject in one year group.
    ///
    /// # Errors
    /// If the institution is not within reach, or the year group does not take the subject.
    pub fn curriculum_cell(
        &self,
        actor: &Actor,
        view: View,
        subject: &str,
        year_group: YearGroup,
    ) -> Result<CurriculumCellPage> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let scene = self.scene(actor, view)?;
        let (links, leads) = self.links_and_leads(&scene)?;
        let key = same_name(subject);
        let mine = |link: &CurriculumLink| same_name(&link.subject) == key && link.year_group == year_group;
        let taught = Taught::of(&scene);
        let name = taught.find(subject, year_group).map(str::to_owned);
        let name = name.or_else(|| links.iter().find(|link| mine(link)).map(|link| link.subject.clone()));
        let name = name.ok_or(Error::NOT_FOUND)?;
        let records = &scene.held.records;
        let (first, last) = scene.frame.year_span;
        let mut lessons: Vec<_> = (0..records.activities.len() as u32)
            .map(domain::ActivityIndex)
            .filter(|index| {
                let activity = records.activity(*index);
                activity.kind == Kind::Curriculum
                    && activity.state.counts()
                    && (first..=last).contains(&activity.date)
                    && activity.subject.as_deref().is_some_and(|subject| same_name(subject) == key)
            })
            .filter(|index| {
                let activity = records.activity(*index);
                activity.year_groups.contains(year_group)
                    || records.participations.iter().any(|one| {
                        one.activity == *index
                            && Held::year_group(&scene.day.evaluation, one.learner) == Some(year_group)
                    })
            })
            .map(|index| {
                let activity = records.activity(index);
                (scene.held.activity_id(index), activity.title.clone(), activity.date)
            })
            .collect();
        lessons.sort_by_key(|(_, _, date)| *date);
        Ok(CurriculumCellPage {
            cell: CurriculumCell {
                is_taught: taught.find(subject, year_group).is_some(),
                links: count(&links, &key, year_group),
                is_recorded: recorded(&scene).contains(&(key.clone(), year_group)),
            },
            lead: lead_of(&leads, &key),
            may_write: Writes::of(actor, view.institution, &leads).is_ok_and(|writes| writes.has(&key)),
            links: links.into_iter().filter(mine).collect(),
            subject: name,
            year_group,
            lessons,
            frame: scene.frame,
        })
    }

    /// Says who leads which subject; a blank name takes a lead away. Whoever works here under that name may then write down
    /// the links of the subject.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution.
    pub fn set_subject_leads(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        leads: &[(String, String)],
    ) -> Result<usize> {
        actor.ask_for_all(Action::Record, institution)?;
        let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let after: Vec<_> = leads.iter().map(|(subject, name)| (tidy(subject), tidy(name))).collect();
        if after.iter().any(|(subject, name)| subject.chars().count() > 120 || name.chars().count() > 120) {
            return Err(Error::problem("name", "A name is too long. Keep each below 120 characters."));
        }
        self.store().write(institution, |tx| -> Result<_> {
            let before = store::curriculum_link::leads(tx, institution)?;
            let members: BTreeSet<_> =
                store::membership::list(tx, institution)?.into_iter().map(|member| member.account).collect();
            let names = store::account::names(tx, &members.into_iter().collect::<Vec<_>>())?;
            let mut people: Vec<_> = names.into_iter().map(|(account, name)| (same_name(&name), account)).collect();
            people.sort();
            people.dedup();
            let mut change = crate::audit::Change::default();
            let mut changed = 0;
            for (subject, name) in &after {
                let was = before.iter().find(|lead| same_name(&lead.subject) == same_name(subject));
                let was = was.map_or("", |lead| lead.name.as_str());
                if subject.is_empty() || was == name {
                    continue;
                }
                let called: Vec<_> = people.iter().filter(|(person, _)| *person == same_name(name)).collect();
                // Two people of one name: neither is meant for certain.
                let account = if called.len() == 1 { called.first().map(|(_, id)| *id) } else { None };
                let lead = SubjectLead { subject: subject.clone(), name: name.clone(), account };
                store::curriculum_link::set_lead(tx, institution, &lead)?;
                change = change.with(subject, Some(was), Some(name));
                changed += 1;
            }
            if changed > 0 {
                let event = self
                    .event(actor, "subject-leads.changed", ("programme", None), json!({"subjects": changed}))
                    .with([self.detail(None, &change)]);
                store::audit::record(tx, institution, &event)?;
            }
            Ok(changed)
        })
    }

    /// The links of the scene's year, and who leads which subject.
    pub(crate) fn links_and_leads(&self, scene: &Scene<'_>) -> Result<(Vec<CurriculumLink>, Vec<SubjectLead>)> {
        let institution = scene.frame.institution.id;
        self.store().read(institution, |tx| -> Result<_> {
            let links = store::curriculum_link::list(tx, institution, scene.frame.year)?;
            Ok((links, store::curriculum_link::leads(tx, institution)?))
        })
    }
}

fn count(links: &[CurriculumLink], key: &str, year: YearGroup) -> u32 {
    links.iter().filter(|link| link.year_group == year && same_name(&link.subject) == key).count() as u32
}

fn lead_of(leads: &[SubjectLead], key: &str) -> Option<String> {
    leads.iter().find(|lead| same_name(&lead.subject) == key).map(|lead| lead.name.clone())
}

/// The learners of a year group who take a subject on the scene's day: by their own list, else by that of the year group.
pub(crate) fn takers(scene: &Scene<'_>, subject: &str, year: YearGroup) -> Vec<LearnerIndex> {
    let records = &scene.held.records;
    let of_year = records.institution.subjects.get(&year).map_or(&[][..], Vec::as_slice);
    let takes = |learner: LearnerIndex| {
        let own = &records.learner(learner).subjects;
        let taken = if own.is_empty() { of_year } else { own };
        taken.iter().any(|one| same_name(one) == same_name(subject))
    };
    scene
        .day
        .evaluation
        .learners
        .iter()
        .copied()
        .filter(|learner| Held::year_group(&scene.day.evaluation, *learner) == Some(year) && takes(*learner))
        .collect()
}
