use std::collections::{HashMap, HashSet};

use domain::{AcademicYear, Date};

use super::{FormFrom, Options, people::is_gone};
use crate::{named::Named, problem::Problem, value};

/// Forms by homeroom class, and which other classes there are.
#[derive(Debug, Clone, Default)]
pub(super) struct Classes {
    homerooms: HashMap<String, String>,
    known: HashSet<String>,
}

impl Classes {
    pub(super) fn read(mut table: Named<'_>, form: FormFrom, problems: &mut Vec<Problem>) -> Self {
        let (id, status, kind) =
            (table.column(&["sourcedId"]), table.column(&["status"]), table.column(&["classType"]));
        let name = match form {
            FormFrom::Code => table.column(&["classCode"]),
            FormFrom::Title | FormFrom::Nowhere => table.column(&["title"]),
        };
        let mut classes = Self::default();
        while table.advance(problems) {
            let id = table.cell(id).to_owned();
            let is_form = table.cell(kind).eq_ignore_ascii_case("homeroom") && form != FormFrom::Nowhere;
            if let Some(name) = table.filled(name)
                && is_form
                && !is_gone(table.cell(status))
            {
                classes.homerooms.insert(id.clone(), name);
            }
            classes.known.insert(id);
        }
        classes
    }

    pub(super) fn contains(&self, id: &str) -> bool {
        self.known.contains(id)
    }

    pub(super) fn has_homerooms(&self) -> bool {
        !self.homerooms.is_empty()
    }
}

/// What a student's enrolments come to.
#[derive(Debug, Clone, Default)]
pub(super) struct Enrolled {
    /// The form, with the first day of the enrolment that says so.
    form: Option<(Option<Date>, String)>,
    /// The first day of the earliest enrolment.
    pub(super) since: Option<Date>,
    /// The schools of the enrolments.
    pub(super) organisations: Vec<String>,
}

impl Enrolled {
    pub(super) fn form(&self) -> Option<String> {
        self.form.as_ref().map(|(_, form)| form.clone())
    }
}

/// An enrolment that names what is not there.
pub(super) struct Dangling {
    pub(super) problem: crate::problem::Place,
    pub(super) value: String,
    pub(super) is_class: bool,
}

/// Students' enrolments by user, and those of users or classes that are not in the package.
pub(super) fn enrolments(
    mut table: Named<'_>,
    classes: &Classes,
    is_user: impl Fn(&str) -> bool,
    options: &Options,
    problems: &mut Vec<Problem>,
) -> (HashMap<String, Enrolled>, Vec<Dangling>) {
    let (status, class, user) =
        (table.column(&["status"]), table.column(&["classSourcedId"]), table.column(&["userSourcedId"]));
    let (school, role) = (table.column(&["schoolSourcedId"]), table.column(&["role"]));
    let (begins, ends) = (table.column(&["beginDate"]), table.column(&["endDate"]));
    let mut enrolled: HashMap<String, Enrolled> = HashMap::new();
    let mut dangling = Vec::new();
    while table.advance(problems) {
        if is_gone(table.cell(status)) || !super::people::is_student(table.cell(role)) {
            continue;
        }
        let (class_id, user_id) = (table.cell(class), table.cell(user));
        if !is_user(user_id) {
            let problem = table.place(user, "userSourcedId");
            dangling.push(Dangling { problem, value: user_id.to_owned(), is_class: false });
            continue;
        }
        if !classes.contains(class_id) {
            let problem = table.place(class, "classSourcedId");
            dangling.push(Dangling { problem, value: class_id.to_owned(), is_class: true });
        }
        let from = value::date(table.cell(begins), table.place(begins, "beginDate"), problems);
        let to = value::date(table.cell(ends), table.place(ends, "endDate"), problems);
        let one = enrolled.entry(user_id.to_owned()).or_default();
        one.since = match (one.since, from) {
            (Some(since), Some(from)) => Some(since.min(from)),
            (since, from) => since.or(from),
        };
        let school = table.cell(school);
        if !school.is_empty() && !one.organisations.iter().any(|id| id == school) {
            one.organisations.push(school.to_owned());
        }
        let holds = options.on.is_none_or(|on| from.is_none_or(|from| from <= on) && to.is_none_or(|to| on <= to));
        if let Some(form) = classes.homerooms.get(class_id)
            && holds
            && one.form.as_ref().is_none_or(|(since, _)| *since <= from)
        {
            one.form = Some((from, form.clone()));
        }
    }
    (enrolled, dangling)
}

/// The academic year of the sessions. `schoolYear` is the year in which it ends.
pub(super) fn academic_year(
    mut table: Named<'_>,
    on: Option<Date>,
    problems: &mut Vec<Problem>,
) -> Option<AcademicYear> {
    let (status, kind, year) = (table.column(&["status"]), table.column(&["type"]), table.column(&["schoolYear"]));
    let starts = table.column(&["startDate"]);
    let mut best: Option<(bool, AcademicYear)> = None;
    while table.advance(problems) {
        if is_gone(table.cell(status)) {
            continue;
        }
        let Ok(ends) = table.cell(year).parse::<i16>() else { continue };
        if !(1990..=2200).contains(&ends)
            || on.zip(value::day_of(table.cell(starts))).is_some_and(|(on, from)| from > on)
        {
            continue;
        }
        // A school year proper before a term that only mentions one; then the latest.
        let this = (table.cell(kind).eq_ignore_ascii_case("schoolYear"), AcademicYear::starting(ends - 1));
        best = best.max(Some(this));
    }
    best.map(|(_, year)| year)
}
