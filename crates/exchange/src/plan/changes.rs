use std::collections::HashSet;

use domain::{AcademicYear, identifier, identifier::Graded, same_name};

use super::{Change, Draft, Existing, Options, Value};
use crate::{
    problem::Code,
    roster::{Extent, Field, Roster, RosterRow, Source},
};

/// Compares rows of one roster with stored learners.
pub(super) struct Comparison<'a> {
    roster: &'a Roster,
    options: &'a Options,
    pub(super) academic_year: AcademicYear,
    /// Cells that hold something that could not be read: nothing is cleared because of them.
    unread: HashSet<(u64, &'a str)>,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(roster: &'a Roster, options: &'a Options) -> Self {
        let unread = roster.problems.iter().filter(|problem| {
            use Code::{NotADate, NotAYearGroup, NotYesNo, Scientific, UlnPlaceholder, UnknownWord};
            matches!(
                problem.code,
                NotADate | NotAYearGroup | NotYesNo | Scientific | UlnPlaceholder | UnknownWord { .. }
            )
        });
        Self {
            roster,
            options,
            academic_year: roster.academic_year.unwrap_or(options.academic_year),
            unread: unread.filter_map(|p| Some((p.place.line?, p.place.column.as_deref()?))).collect(),
        }
    }

    /// Whether somebody whom nobody knows may be a new learner.
    pub(super) fn brings_learners(&self) -> bool {
        self.roster.source != Source::PupilPremium
    }

    /// What the row would change of the learner, field by field.
    pub(super) fn changes(&self, row: &RosterRow, existing: &Existing) -> Vec<Change> {
        let mut changes = Vec::new();
        if self.roster.source == Source::PupilPremium {
            // It names learners only so that they can be found.
            return changes;
        }
        let academic_year = self.year_of(row, Some(existing));
        for field in Field::ALL {
            let old = Self::old(existing, field, academic_year);
            let Some(new) = self.will(row, existing, field, &old) else { continue };
            if new != old {
                changes.push(Change { field, old, new });
            }
        }
        changes
    }

    fn old(existing: &Existing, field: Field, academic_year: AcademicYear) -> Value {
        match field {
            Field::YearGroup => match existing.year_groups.get(&academic_year) {
                Some(&group) => Value::YearGroup(academic_year, group),
                None => Value::Nothing,
            },
            Field::FormerUpn if !existing.former_upns.is_empty() => Value::Texts(existing.former_upns.clone()),
            _ => Value::of_learner(&existing.learner, field),
        }
    }

    /// What a field will hold; `None` if the row has no say in it.
    fn will(&self, row: &RosterRow, existing: &Existing, field: Field, old: &Value) -> Option<Value> {
        let said = Value::of_row(row, field, self.year_of(row, Some(existing)));
        match (field, &said) {
            (Field::Left, _) => self.left(row, existing, said),
            // The school's own system decides what it calls its learners; other sources have names of their own.
            (Field::Reference, Value::Text(_)) => (self.roster.source == Source::Mapped).then_some(said),
            (Field::Upn, Value::Text(upn)) => replaces(existing, upn).then_some(said),
            (Field::FormerUpn, _) => former_upns(row, existing),
            (Field::Sex, Value::Text(sex)) => match old {
                Value::Text(known) if crate::value::sex(known).as_ref() == Some(sex) => None,
                _ => Some(said),
            },
            // Some systems write names in capitals only: that is no news.
            (Field::Forename | Field::Surname, Value::Text(name)) => match old {
                Value::Text(known) if is_shouted(name) && same_name(name) == same_name(known) => None,
                _ => Some(said),
            },
            (Field::Subjects, Value::Texts(subjects)) => match old {
                Value::Texts(known) if same_list(known, subjects) => None,
                _ => Some(said),
            },
            (_, Value::Nothing) => self.clears(row, field).then_some(Value::Nothing),
            _ => Some(said),
        }
    }

    /// Whether a blank says that what was known is no longer so. Identifiers, names and the like are never cleared.
    fn clears(&self, row: &RosterRow, field: Field) -> bool {
        use Field::{ConsideringHe, Form, Fsm, LookedAfter, ProgrammeEnds, ProgrammeStarts, Sen, Subjects};
        let clearable = matches!(
            field,
            Form | Sen | Fsm | LookedAfter | ConsideringHe | Subjects | ProgrammeStarts | ProgrammeEnds
        );
        let heading = self.roster.columns.get(&field).map_or(field.heading(), |column| column.heading.as_str());
        clearable
            && self.roster.extent == Extent::Bulk
            && self.roster.covers.contains(&field)
            && !self.unread.contains(&(row.line, heading))
    }

    /// The last day on roll: as said; removed without a day: the proposed one; somebody in a bulk file is on roll.
    fn left(&self, row: &RosterRow, existing: &Existing, said: Value) -> Option<Value> {
        let known = existing.learner.left;
        if !said.is_nothing() {
            return Some(said);
        }
        if row.removed {
            let proposed = super::proposed_leaving(&self.options.calendar, self.options.as_of);
            return known.is_none().then_some(Value::Date(proposed.max(existing.learner.joined)));
        }
        self.returned(row, existing).then_some(Value::Nothing)
    }

    /// Whether somebody who had left is on roll again: a bulk file has them without a last day.
    fn returned(&self, row: &RosterRow, existing: &Existing) -> bool {
        let left_before = existing.learner.left.is_some_and(|left| left < self.options.as_of);
        row.left.is_none() && !row.removed && self.roster.extent == Extent::Bulk && left_before
    }

    /// The academic year that the row's year group belongs to: the roster's; for somebody who left before it began, the one
    /// of the last day, as in a folder's learners.csv.
    pub(super) fn year_of(&self, row: &RosterRow, existing: Option<&Existing>) -> AcademicYear {
        let known =
            existing.filter(|existing| !self.returned(row, existing)).and_then(|existing| existing.learner.left);
        match row.left.or(known) {
            Some(left) if left < self.options.calendar.first_day(self.academic_year) => {
                self.options.calendar.year_of(left)
            }
            _ => self.academic_year,
        }
    }

    /// A new learner from a row.
    pub(super) fn draft(&self, row: &RosterRow) -> Draft {
        let mut draft = Draft::default();
        let academic_year = self.year_of(row, None);
        for field in Field::ALL {
            let value = Value::of_row(row, field, academic_year);
            if !value.is_nothing() {
                draft.values.insert(field, value);
            }
        }
        if !draft.values.contains_key(&Field::Reference)
            && let Some(number) = row.upn.as_ref().or(row.uln.as_ref())
        {
            draft.values.insert(Field::Reference, Value::Text(number.clone()));
            draft.assumed.push(Field::Reference);
        }
        if row.joined.is_none() {
            let first_day = self.options.calendar.first_day(academic_year);
            draft.values.insert(Field::Joined, Value::Date(row.left.map_or(first_day, |left| left.min(first_day))));
            draft.assumed.push(Field::Joined);
        }
        use Field::{DateOfBirth, Forename, Reference, Surname, YearGroup};
        for field in [Reference, Forename, Surname, DateOfBirth, YearGroup] {
            if !draft.values.contains_key(&field) {
                draft.missing.push(field);
            }
        }
        draft
    }
}

/// Whether a row's UPN takes the place of the known one: not if it is a former one, and a good one is never replaced by one
/// that is not.
fn replaces(existing: &Existing, upn: &str) -> bool {
    if existing.former_upns.iter().any(|former| former == upn) {
        return false;
    }
    let good = |upn: &str| identifier::upn(upn) == Graded::Good;
    existing.learner.upn.as_deref().is_none_or(|known| !good(known)) || good(upn)
}

/// Every UPN that the learner had before: those known, those the row names, and the one that the row replaces.
fn former_upns(row: &RosterRow, existing: &Existing) -> Option<Value> {
    let now = match &row.upn {
        Some(upn) if replaces(existing, upn) => Some(upn),
        _ => existing.learner.upn.as_ref(),
    };
    let mut all = existing.former_upns.clone();
    for upn in row.former_upns.iter().chain(&existing.learner.upn) {
        if !all.contains(upn) && Some(upn) != now {
            all.push(upn.clone());
        }
    }
    (!all.is_empty()).then_some(Value::Texts(all))
}

fn is_shouted(name: &str) -> bool {
    name.chars().any(char::is_alphabetic) && !name.chars().any(char::is_lowercase)
}

fn same_list(a: &[String], b: &[String]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_name(a) == same_name(b))
}
