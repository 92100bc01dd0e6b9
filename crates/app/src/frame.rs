use std::sync::Arc;

use domain::{AcademicYear, Date, InstitutionId, InstitutionType, YearGroup};
use rules::Pack;

use crate::{
    Action, Actor, App, Result,
    held::{Day, Held},
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
    /// Learners on roll on the as-of date.
    pub on_roll: u32,
    /// Learners recorded at all.
    pub recorded: u32,
    /// Whether the actor may record activities and registers here.
    pub may_record: bool,
    /// Whether the actor may import here.
    pub may_import: bool,
    /// Whether the actor may administer here.
    pub may_administer: bool,
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
}

impl App {
    /// Sets the scene of a page about findings.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub(crate) fn scene(&self, actor: &Actor, view: View) -> Result<Scene<'_>> {
        actor.ask(Action::Read, view.institution)?;
        let held = self.held(view.institution)?;
        let today = self.context().today();
        let as_of = view.as_of.unwrap_or(today);
        let institution = &held.records.institution;
        let pack = self.rulebook().framework(institution.kind, as_of);
        let day = held.day(pack, as_of);
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
            recorded: held.records.learners.len() as u32,
            may_record: actor.can(Action::Record, view.institution),
            may_import: actor.can(Action::Import, view.institution),
            may_administer: actor.can(Action::Administer, view.institution),
        };
        Ok(Scene { frame, pack, held, day })
    }

    /// The frame of a page without findings.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn frame(&self, actor: &Actor, view: View) -> Result<Frame> {
        Ok(self.scene(actor, view)?.frame)
    }
}
