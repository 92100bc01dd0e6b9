use domain::{Date, YearGroup};
use rules::{Area, Bound, Offered, Tally, Window};

use crate::{
    Action, Actor, App, Frame, InstitutionStanding, RequirementRow, Result, View, benchmarks::rows, frame::Scene,
};

/// What the provider access page shows.
#[derive(Debug, Clone)]
pub struct ProviderAccess {
    /// Where it is.
    pub frame: Frame,
    /// First, second and third phase, as far as the institution has them.
    pub phases: Vec<Phase>,
    /// What the provider access policy statement must say.
    pub policy: Vec<InstitutionStanding>,
}

/// One phase of provider access.
#[derive(Debug, Clone, PartialEq)]
pub struct Phase {
    /// Its requirement with the learners' counts.
    pub requirement: RequirementRow,
    /// First and last year group.
    pub years: (YearGroup, YearGroup),
    /// The cohorts that are inside it.
    pub cohorts: Vec<PhaseCohort>,
}

/// A year group inside a phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhaseCohort {
    /// Which.
    pub year_group: YearGroup,
    /// When its window opened.
    pub opens: Date,
    /// The last day of its window.
    pub deadline: Date,
    /// How its learners stand.
    pub tally: Tally,
    /// What was offered to it as a whole: dates so far, and status.
    pub offered: Option<Offered>,
}

impl App {
    /// The phases of provider access, and its policy.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn provider_access(&self, actor: &Actor, view: View) -> Result<ProviderAccess> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let scene = self.scene(actor, view)?;
        let mut policy = self.institution_standings(&scene)?;
        policy.retain(|standing| standing.finding.area == Area::ProviderAccess);
        Ok(ProviderAccess { phases: phases(&scene), policy, frame: scene.frame })
    }
}

pub(crate) fn phases(scene: &Scene<'_>) -> Vec<Phase> {
    let institution = &scene.held.records.institution;
    let calendar = &institution.calendar;
    let mut phases = Vec::new();
    for requirement in rows(scene, |requirement| requirement.area == Area::ProviderAccess) {
        let Some(at) = scene.pack.requirements.iter().position(|other| other.id == requirement.id) else { continue };
        let Window::Years { first, last, closes, .. } = scene.pack.requirements[at].window else { continue };
        let offered = &scene.day.evaluation.offered[at];
        let cohorts: Vec<_> = requirement
            .by_year_group
            .iter()
            // A year group that is withheld has no place in the picture.
            .filter_map(|(name, tally)| {
                let year_group: YearGroup = name.parse().ok()?;
                let year_of = |wanted: YearGroup| {
                    domain::AcademicYear::starting(
                        scene.frame.year.start() + i16::from(wanted.number()) - i16::from(year_group.number()),
                    )
                };
                let closing = year_of(last);
                Some(PhaseCohort {
                    year_group,
                    opens: calendar.first_day(year_of(first)),
                    deadline: match closes {
                        Bound::EndOfYear => calendar.last_day(closing),
                        Bound::EndOfFebruary => {
                            Date::new(closing.start() + 1, 2, 28).unwrap_or(calendar.last_day(closing))
                        }
                    },
                    tally: (*tally)?,
                    offered: offered.iter().copied().find(|offered| offered.year_group == year_group),
                })
            })
            .collect();
        if (first.number()..=last.number()).any(|year| institution.teaches(YearGroup::new(year))) {
            phases.push(Phase { requirement, years: (first, last), cohorts });
        }
    }
    phases
}
