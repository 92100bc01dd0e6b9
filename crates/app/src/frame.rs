use std::sync::Arc;

use domain::{AcademicYear, Date, InstitutionId, InstitutionType, Learner, LearnerId, LearnerIndex, YearGroup};
use rules::{Area, Explanation, Grouping, Pack, Reason, Requirement};

use crate::{
    Action, Actions, Actor, App, CohortFilter, Error, Grant, Reach, Refusal, Result,
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
    /// The actor's own record, if that is all they see.
    pub own_record: Option<LearnerId>,
    /// Whether the actor sees totals and never a learner; small groups are then withheld.
    pub is_totals_only: bool,
    /// Whether the actor may see special educational needs of everybody whom they see.
    pub sees_send: bool,
    /// Whether the actor may see of everybody whom they see if they are looked after.
    pub sees_looked_after: bool,
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
    /// Today, by which it is asked over whom a role holds.
    now: Arc<Day>,
    seen: Seen,
    send: Seen,
    looked_after: Seen,
}

/// Which learners the actor may see by name, or may see something sensitive of.
enum Seen {
    /// Nobody: totals only.
    Nobody,
    /// Everybody recorded.
    Everybody,
    /// These, in the order of the records.
    These(Vec<LearnerIndex>),
}

impl Seen {
    fn has(&self, learner: LearnerIndex) -> bool {
        match self {
            Self::Nobody => false,
            Self::Everybody => true,
            Self::These(learners) => learners.binary_search(&learner).is_ok(),
        }
    }

    /// Whether everybody in `other` is in it.
    fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Everybody, _) | (_, Self::Nobody) => true,
            (_, Self::These(learners)) => learners.iter().all(|learner| self.has(*learner)),
            (_, Self::Everybody) => false,
        }
    }
}

impl Scene<'_> {
    /// Whether the actor may see this learner.
    pub(crate) fn sees(&self, learner: LearnerIndex) -> bool {
        self.seen.has(learner)
    }

    /// Whether the actor may see this learner's special educational needs, and what follows from them.
    pub(crate) fn sees_send_of(&self, learner: LearnerIndex) -> bool {
        self.sees(learner) && self.send.has(learner)
    }

    /// Whether the actor may see if this learner is looked after.
    pub(crate) fn sees_looked_after_of(&self, learner: LearnerIndex) -> bool {
        self.sees(learner) && self.looked_after.has(learner)
    }

    /// Whether the actor's pages of lists and counts show the requirement at all. Whoever is in scope of one about education,
    /// health and care plans has one, so it is for those who may see that of everybody they see, and for totals.
    pub(crate) fn shows(&self, requirement: &Requirement) -> bool {
        requirement.area != Area::Ehcp || self.frame.sees_send || self.is_totals_only()
    }

    /// Whether a breakdown by this may be shown, and a list be narrowed by it.
    pub(crate) fn may_group(&self, grouping: Grouping) -> bool {
        match grouping {
            Grouping::Sen => self.frame.sees_send || self.is_totals_only(),
            Grouping::LookedAfter => self.frame.sees_looked_after || self.is_totals_only(),
            Grouping::YearGroup | Grouping::Form | Grouping::Sex | Grouping::FreeSchoolMeals => true,
        }
    }

    /// Passes if the actor may narrow a list so.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] for a group that would tell what the actor may not see.
    pub(crate) fn ask_to_narrow(&self, cohort: &CohortFilter) -> Result<()> {
        let may = cohort.groups.iter().all(|group| self.may_group(group.grouping));
        if may { Ok(()) } else { Err(Refusal::NotAllowed.into()) }
    }

    /// Whether the actor sees every learner.
    pub(crate) fn sees_everybody(&self) -> bool {
        matches!(self.seen, Seen::Everybody)
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

    /// What is known of a learner's standing, without what tells of special educational needs to those who may not see them:
    /// that something is adapted, why, and who decided.
    pub(crate) fn without_what_is_hidden(&self, learner: LearnerIndex, mut explanation: Explanation) -> Explanation {
        if !self.sees_send_of(learner) {
            explanation.adapted = None;
            explanation.reason = explanation.reason.map(|reason| match reason {
                Reason::Adapted => Reason::OutOfScope,
                other => other,
            });
        }
        explanation
    }

    /// The learner's record as the actor may see it.
    pub(crate) fn visible(&self, index: LearnerIndex) -> Learner {
        let mut learner = self.held.records.learner(index).clone();
        if !self.sees_send_of(index) {
            learner.sen = None;
        }
        if !self.sees_looked_after_of(index) {
            learner.looked_after = None;
        }
        learner
    }

    /// A day of the same institution, limited to the same learners.
    pub(crate) fn day_on(&self, pack: &Pack, as_of: Date) -> Arc<Day> {
        limited(self.held.day(pack, as_of), &self.seen)
    }

    /// The learner as a candidate for a reach.
    pub(crate) fn candidate(&self, learner: LearnerIndex) -> Candidate<'_> {
        candidate(&self.held, &self.now, learner)
    }
}

/// Whom a learner's reach takes in: themselves.
fn own_record(reach: &Reach) -> Option<LearnerId> {
    match reach {
        Reach::Caseload(learners) => learners.first().copied(),
        Reach::Institution | Reach::Groups(_) => None,
    }
}

/// Whom a scope takes in.
fn admitted(scope: &Scope, held: &Held, day: &Day) -> Seen {
    if *scope == Scope::Everybody {
        return Seen::Everybody;
    }
    let all = (0..held.records.learners.len() as u32).map(LearnerIndex);
    Seen::These(all.filter(|learner| scope.admits(&candidate(held, day, *learner))).collect())
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
        // Over whom a role holds is asked of today: whoever looks back looks at those who are theirs now.
        let now = held.day(self.rulebook().framework(institution.kind, today), today);
        let (seen, only) = match &scope {
            None => (Seen::Nobody, None),
            Some(Scope::Everybody) => (Seen::Everybody, None),
            Some(scope @ Scope::Only(reaches)) => {
                let labels: Vec<_> = reaches.iter().map(Reach::label).collect();
                (admitted(scope, &held, &now), Some(labels.join(", ")))
            }
        };
        let sensitive = |action| match (&seen, actor.scope(action, view.institution)) {
            (Seen::Nobody, _) | (_, Err(_)) => Seen::Nobody,
            (_, Ok(scope)) => admitted(&scope, &held, &now),
        };
        let (send, looked_after) = (sensitive(Action::SeeSend), sensitive(Action::SeeLookedAfter));
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
            own_record: match &scope {
                Some(Scope::Only(reaches)) if !may.has(Action::SeeTotals) => reaches.iter().find_map(own_record),
                _ => None,
            },
            is_totals_only: matches!(seen, Seen::Nobody),
            sees_send: !matches!(seen, Seen::Nobody) && send.covers(&seen),
            sees_looked_after: !matches!(seen, Seen::Nobody) && looked_after.covers(&seen),
        };
        Ok(Scene { frame, pack, held, day, now, seen, send, looked_after })
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

    /// The frame of a page that is about no learner, and the institution itself. For those whose numbers take everybody in
    /// nothing is worked out about learners, and the counts are nought.
    ///
    /// # Errors
    /// If the actor may not see the institution's totals.
    pub(crate) fn frame_of_totals(&self, actor: &Actor, view: View) -> Result<(Frame, domain::Institution)> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let seen = match actor.scope(Action::SeeLearners, view.institution) {
            Ok(Scope::Everybody) => Seen::Everybody,
            Ok(Scope::Only(_)) => {
                let scene = self.scene(actor, view)?;
                let institution = scene.held.records.institution.clone();
                return Ok((scene.frame, institution));
            }
            Err(_) => Seen::Nobody,
        };
        let (institution, _) =
            self.store().read(view.institution, |tx| store::institution::get(tx, view.institution))?;
        let today = self.context().today();
        let as_of = view.as_of.unwrap_or(today);
        let pack = self.rulebook().framework(institution.kind, as_of);
        let year = institution.year_of(as_of);
        let everybody = |action| {
            matches!(seen, Seen::Everybody)
                && actor.scope(action, view.institution).is_ok_and(|scope| scope == Scope::Everybody)
        };
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
            on_roll: 0,
            recorded: 0,
            may: actor.allowed(view.institution),
            only: None,
            viewing: actor.viewing().cloned(),
            own_record: None,
            is_totals_only: matches!(seen, Seen::Nobody),
            sees_send: everybody(Action::SeeSend),
            sees_looked_after: everybody(Action::SeeLookedAfter),
        };
        Ok((frame, institution))
    }

    /// The frame of a page without findings.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn frame(&self, actor: &Actor, view: View) -> Result<Frame> {
        Ok(self.scene(actor, view)?.frame)
    }
}
