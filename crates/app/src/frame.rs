use std::sync::Arc;

use domain::{AcademicYear, Date, InstitutionId, InstitutionType, LearnerId, LearnerIndex, YearGroup};
use rules::Pack;

use crate::{
    Action, Actions, Actor, App, Error, Grant, Refusal, Result,
    actor::Scope,
    held::{Day, Held},
    reach::Candidate,
};

/// What a page is about: an institution on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// Which institution.
    pub institution: InstitutionId,
    /// The as-of date; today unless the reader asked for another.
    pub as_of: Option<Date>,
}

/// What stands at the top of every page: where am I.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The institution.
    pub institution: InstitutionName,
    /// The others within reach, this one included, by name.
    pub reachable: Vec<InstitutionName>,
    /// The as-of date.
    pub as_of: Date,
    /// Today in England.
    pub today: Date,
    /// The academic year of the as-of date.
    pub year: AcademicYear,
    /// First and last day of that year.
    pub year_span: (Date, Date),
    /// The edition that applies.
    pub framework: FrameworkName,
    /// Learners on roll on the as-of date, as far as the actor's numbers take them in.
    pub on_roll: u32,
    /// Learners recorded at all.
    pub recorded: u32,
    /// What the actor may do here.
    pub may: Actions,
    /// Whose learners the numbers count, if not everybody's: "9A, 9B" or "your caseload".
    pub only: Option<String>,
    /// As what the actor looks at the page, if not as themselves.
    pub viewing: Option<Grant>,
}

impl Frame {
    /// Passes if the actor may do this here: for pages with a form, before it is shown.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub fn ask(&self, action: Action) -> Result<()> {
        if self.may.has(action) { Ok(()) } else { Err(Refusal::NotAllowed.into()) }
    }
}

/// An institution by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstitutionName {
    /// Its id.
    pub id: InstitutionId,
    /// Its name.
    pub name: String,
    /// What it is in law; `None` in lists.
    pub kind: Option<InstitutionType>,
    /// First and last year group; `None` in lists.
    pub years: Option<(YearGroup, YearGroup)>,
}

/// An edition by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameworkName {
    /// As reports print it.
    pub id: String,
    /// As people call it.
    pub title: String,
}

/// What an operation that shows findings works from.
pub(crate) struct Scene<'a> {
    pub(crate) frame: Frame,
    pub(crate) pack: &'a Pack,
    pub(crate) held: Arc<Held>,
    pub(crate) day: Arc<Day>,
    seen: Seen,
}

/// Which learners the actor may see by name.
enum Seen {
    /// Nobody: totals only.
    Nobody,
    /// Everybody recorded.
    Everybody,
    /// These, in the order of the records.
    These(Vec<LearnerIndex>),
}

impl Scene<'_> {
    /// Whether the actor may see this learner.
    pub(crate) fn sees(&self, learner: LearnerIndex) -> bool {
        match &self.seen {
            Seen::Nobody => false,
            Seen::Everybody => true,
            Seen::These(learners) => learners.binary_search(&learner).is_ok(),
        }
    }

    /// Whether the actor sees totals and never a learner.
    pub(crate) fn is_totals_only(&self) -> bool {
        matches!(self.seen, Seen::Nobody)
    }

    /// Passes if the actor sees learners at all.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub(crate) fn ask_for_learners(&self) -> Result<()> {
        if self.is_totals_only() { Err(Refusal::NotAllowed.into()) } else { Ok(()) }
    }

    /// The learner with this id, if the actor may see them.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for an unknown learner and for one out of reach alike; [`Refusal::NotAllowed`] to whoever sees
    /// no learner at all.
    pub(crate) fn learner_index(&self, id: LearnerId) -> Result<LearnerIndex> {
        self.ask_for_learners()?;
        self.held.learner_index(id).filter(|learner| self.sees(*learner)).ok_or(Error::NOT_FOUND)
    }

    /// A day of the same institution, limited to the same learners.
    pub(crate) fn day_on(&self, pack: &Pack, as_of: Date) -> Arc<Day> {
        limited(self.held.day(pack, as_of), &self.seen)
    }

    /// The learner as a candidate for a reach.
    pub(crate) fn candidate(&self, learner: LearnerIndex) -> Candidate<'_> {
        candidate(&self.held, &self.day, learner)
    }
}

fn candidate<'h>(held: &'h Held, day: &Day, learner: LearnerIndex) -> Candidate<'h> {
    Candidate {
        id: held.learner_id(learner),
        learner: held.records.learner(learner),
        year_group: Held::year_group(&day.evaluation, learner),
        subjects: &held.records.institution.subjects,
    }
}

/// A day as somebody sees it who reaches only some learners. Whoever sees totals only sees everybody's.
fn limited(day: Arc<Day>, seen: &Seen) -> Arc<Day> {
    match seen {
        Seen::Nobody | Seen::Everybody => day,
        Seen::These(learners) => {
            Arc::new(Day::new(day.evaluation.of_those(|learner| learners.binary_search(&learner).is_ok())))
        }
    }
}

impl App {
    /// Sets the scene of a page about findings.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub(crate) fn scene(&self, actor: &Actor, view: View) -> Result<Scene<'_>> {
        let may = actor.allowed(view.institution);
        let scope = match actor.scope(Action::SeeLearners, view.institution) {
            Ok(scope) => Some(scope),
            Err(Error::Refusal(Refusal::NotAllowed)) => {
                actor.ask(Action::SeeTotals, view.institution)?;
                None
            }
            Err(refusal) => return Err(refusal),
        };
        let held = self.held(view.institution)?;
        let today = self.context().today();
        let as_of = view.as_of.unwrap_or(today);
        let institution = &held.records.institution;
        let pack = self.rulebook().framework(institution.kind, as_of);
        let day = held.day(pack, as_of);
        let (seen, only) = match &scope {
            None => (Seen::Nobody, None),
            Some(Scope::Everybody) => (Seen::Everybody, None),
            Some(scope @ Scope::Only(reaches)) => {
                let all = (0..held.records.learners.len() as u32).map(LearnerIndex);
                let these = all.filter(|learner| scope.admits(&candidate(&held, &day, *learner))).collect();
                let labels: Vec<_> = reaches.iter().map(crate::Reach::label).collect();
                (Seen::These(these), Some(labels.join(", ")))
            }
        };
        let day = limited(day, &seen);
        let year = institution.year_of(as_of);
        let frame = Frame {
            institution: InstitutionName {
                id: view.institution,
                name: institution.name.clone(),
                kind: Some(institution.kind),
                years: Some((institution.lowest_year, institution.highest_year)),
            },
            reachable: self.institutions(actor)?,
            as_of,
            today,
            year,
            year_span: (institution.calendar.first_day(year), institution.calendar.last_day(year)),
            framework: FrameworkName { id: pack.id.clone(), title: pack.title.clone() },
            on_roll: day.evaluation.on_roll() as u32,
            recorded: match &seen {
                Seen::These(learners) => learners.len() as u32,
                _ => held.records.learners.len() as u32,
            },
            may,
            only,
            viewing: actor.viewing().cloned(),
        };
        Ok(Scene { frame, pack, held, day, seen })
    }

    /// Passes if the actor may do this to each of these learners.
    ///
    /// # Errors
    /// As [`Actor::ask`]; a learner out of reach is not found.
    pub(crate) fn ask_for_each(
        &self,
        actor: &Actor,
        action: Action,
        institution: InstitutionId,
        learners: impl IntoIterator<Item = LearnerId>,
    ) -> Result<()> {
        let scope = actor.scope(action, institution)?;
        if scope == Scope::Everybody {
            return Ok(());
        }
        let held = self.held(institution)?;
        let today = self.context().today();
        let day = held.day(self.rulebook().framework(held.records.institution.kind, today), today);
        for id in learners {
            let learner = held.learner_index(id).ok_or(Error::NOT_FOUND)?;
            if !scope.admits(&candidate(&held, &day, learner)) {
                return Err(Error::NOT_FOUND);
            }
        }
        Ok(())
    }

    /// The frame of a page without findings.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn frame(&self, actor: &Actor, view: View) -> Result<Frame> {
        Ok(self.scene(actor, view)?.frame)
    }
}
