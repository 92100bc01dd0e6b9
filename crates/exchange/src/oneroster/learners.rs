use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    Date,
    identifier::{self, Graded},
};

use super::{
    Dates, IdentifierIs, Package,
    grade::{self, Grade},
    package::Sources,
    people::{Role, User, is_student},
};
use crate::{
    problem::{Code, Place, Problem, Severity, Thing},
    roster::{Column, Field, RosterRow},
    value,
};

/// What a user is to the roster.
enum Standing {
    /// A learner, at these organisations.
    Learner(Vec<String>),
    /// A learner whose student roles have all been removed.
    Former,
    /// Staff, a guardian, or nobody knows what.
    Other,
}

/// Turns users into rows of learners.
pub(super) fn fill(package: &mut Package, users: Vec<User>, sources: &Sources<'_>) {
    let mut taker = Taker {
        sources,
        wanted: None,
        others: 0,
        lines: HashMap::new(),
        unknown: BTreeMap::new(),
        fields: BTreeSet::new(),
        package,
    };
    if !taker.choose_institution() {
        return;
    }
    for user in users {
        taker.take(user);
    }
    taker.finish();
}

struct Taker<'p, 's> {
    sources: &'s Sources<'s>,
    package: &'p mut Package,
    /// The id of the institution that is wanted.
    wanted: Option<String>,
    /// Rows about people who are no learners here.
    others: u64,
    /// Lines by user.
    lines: HashMap<String, u64>,
    /// Organisations that are not in the package, with the line of the first who names them.
    unknown: BTreeMap<String, u64>,
    /// Identifiers that were found.
    fields: BTreeSet<Field>,
}

impl Taker<'_, '_> {
    /// Settles on the institution that is asked for; `false` if it is not in the package.
    fn choose_institution(&mut self) -> bool {
        let Some(wanted) = &self.sources.options.institution else { return true };
        match self.sources.organisations.find(wanted) {
            Some(organisation) => {
                self.package.roster.laestab = organisation.laestab();
                self.wanted = Some(organisation.sourced_id.clone());
                true
            }
            // Without a list of organisations the ids that users name are all there is.
            None if self.sources.organisations.is_empty() => {
                self.wanted = Some(wanted.trim().to_owned());
                true
            }
            None => {
                let code = Code::Unknown { thing: Thing::Institution };
                self.package.roster.problems.push(Problem::problem(Place::file("orgs.csv"), code).value(wanted));
                false
            }
        }
    }

    fn take(&mut self, user: User) {
        let (organisations, mut is_former) = match self.standing(&user) {
            Standing::Learner(organisations) => (organisations, false),
            Standing::Former => (Vec::new(), true),
            Standing::Other => {
                self.others += 1;
                return;
            }
        };
        if !is_former && !self.is_wanted(&user, &organisations) {
            is_former = self.was_wanted(&user);
            if !is_former {
                self.others += 1;
                return;
            }
        }
        let mut found = Vec::new();
        if user.id.is_empty() {
            found.push(Problem::problem(self.place(&user, self.sources.columns.id, "sourcedId"), Code::Missing));
        } else if let Some(&first_line) = self.lines.get(&user.id) {
            let code = Code::Repeated { thing: Thing::Learner, first_line };
            found.push(Problem::problem(self.place(&user, self.sources.columns.id, "sourcedId"), code).value(&user.id));
        } else {
            self.lines.insert(user.id.clone(), user.line);
        }
        let mut row = self.row(&user, &mut found);
        row.removed = user.is_gone || is_former;
        if !row.removed {
            self.check_names(&user, &row, &mut found);
        }
        let is_bad = found.iter().any(|problem| problem.severity == Severity::Problem);
        let roster = &mut self.package.roster;
        roster.problems.append(&mut found);
        if is_bad { roster.rejected.push(row) } else { roster.rows.push(row) }
    }

    fn standing(&self, user: &User) -> Standing {
        if !user.role.is_empty() {
            return if is_student(&user.role) {
                Standing::Learner(user.organisations.clone())
            } else {
                Standing::Other
            };
        }
        let roles = self.student_roles(user);
        if roles.is_empty() {
            let has_other_role = self.sources.roles.by_user.contains_key(&user.id);
            return match self.sources.enrolled.and_then(|enrolled| enrolled.get(&user.id)) {
                Some(enrolled) if !has_other_role => {
                    let organisations =
                        if user.organisations.is_empty() { &enrolled.organisations } else { &user.organisations };
                    Standing::Learner(organisations.clone())
                }
                // A removed user of a delta package stands alone: nobody repeats the roles.
                None if !has_other_role && user.is_gone => Standing::Learner(user.organisations.clone()),
                _ => Standing::Other,
            };
        }
        let present: Vec<String> =
            roles.iter().filter(|role| !role.is_gone).map(|role| role.organisation.clone()).collect();
        if present.is_empty() { Standing::Former } else { Standing::Learner(present) }
    }

    fn student_roles(&self, user: &User) -> Vec<&Role> {
        let roles = self.sources.roles.by_user.get(&user.id).map_or(&[][..], Vec::as_slice);
        roles.iter().filter(|role| role.is_student).collect()
    }

    /// Whether one of these organisations is the institution that is wanted, or part of it. Counts learners by institution.
    fn is_wanted(&mut self, user: &User, organisations: &[String]) -> bool {
        let all = self.sources.organisations;
        let mut institutions = BTreeSet::new();
        for id in organisations.iter().filter(|id| !id.is_empty()) {
            if !all.is_empty() && !all.contains(id) {
                self.unknown.entry(id.clone()).or_insert(user.line);
            }
            institutions.insert(all.institution_of(id).to_owned());
        }
        for institution in institutions {
            *self.package.institutions.entry(institution).or_default() += 1;
        }
        match &self.wanted {
            Some(wanted) => organisations.iter().any(|id| all.is_within(id, wanted)),
            None => true,
        }
    }

    /// Whether a student role at the institution that is wanted has been removed.
    fn was_wanted(&self, user: &User) -> bool {
        let Some(wanted) = &self.wanted else { return false };
        let is_here = |role: &&Role| self.sources.organisations.is_within(&role.organisation, wanted);
        self.student_roles(user).into_iter().filter(is_here).any(|role| role.is_gone)
    }

    fn row(&mut self, user: &User, found: &mut Vec<Problem>) -> RosterRow {
        let options = self.sources.options;
        let mut row = RosterRow { line: user.line, ..RosterRow::default() };
        self.identify(user, &mut row, found);
        (row.forename, row.surname) = (user.given_name.clone(), user.family_name.clone());
        if options.preferred_names {
            row.forename = user.preferred_given_name.clone().or(row.forename);
            row.surname = user.preferred_family_name.clone().or(row.surname);
        }
        let place = self.place(user, self.sources.columns.grades, "grades");
        match grade::read(&user.grades, options.grades) {
            Grade::Blank => {}
            Grade::Year(year) => row.year_group = Some(year),
            Grade::American(year) => {
                let code = Code::ReadAsValue { read_as: format!("year {year}") };
                // Where the source is known to be American, nobody needs to be told of each row.
                if options.grades != super::Grades::American {
                    found.push(Problem::finding(place, code).value(&user.grades));
                }
                row.year_group = Some(year);
            }
            Grade::Undecided => {
                found.push(Problem::finding(place, Code::YearGroupUndecided).value(&user.grades));
                row.year_group_undecided = Some(user.grades.clone());
            }
        }
        if let Some(demographic) = self.sources.demographics.and_then(|all| all.get(&user.id)) {
            (row.date_of_birth, row.sex) = (demographic.birth, demographic.sex.clone());
        }
        let enrolled = self.sources.enrolled.and_then(|all| all.get(&user.id));
        row.form = enrolled.and_then(super::classes::Enrolled::form);
        if options.dates != Dates::Nowhere {
            (row.joined, row.left) = self.dates(user);
        }
        if self.sources.takes_enrolment_dates() {
            row.joined = row.joined.or(enrolled.and_then(|enrolled| enrolled.since));
        }
        if let Some((joined, left)) = row.joined.zip(row.left)
            && left < joined
        {
            let code = Code::LeftBeforeJoined { joined };
            let place = Place::line(&self.package.roster.file, user.line);
            found.push(Problem::problem(place, code).value(&left.to_string()));
        }
        row
    }

    /// First and last day of the student roles at the institution; the last only if every role has one.
    fn dates(&self, user: &User) -> (Option<Date>, Option<Date>) {
        let all = self.sources.organisations;
        let is_here =
            |role: &&&Role| self.wanted.as_deref().is_none_or(|wanted| all.is_within(&role.organisation, wanted));
        let roles = self.student_roles(user);
        let roles: Vec<_> = roles.iter().filter(is_here).filter(|role| !role.is_gone).collect();
        let joined = roles.iter().filter_map(|role| role.begins).min();
        let left = if roles.iter().all(|role| role.ends.is_some()) {
            roles.iter().filter_map(|role| role.ends).max()
        } else {
            None
        };
        (joined, left)
    }

    fn identify(&mut self, user: &User, row: &mut RosterRow, found: &mut Vec<Problem>) {
        let columns = self.sources.columns;
        for (kind, id) in &user.user_ids {
            let set = self.sources.options.user_ids.iter().find(|(name, _)| name.eq_ignore_ascii_case(kind));
            let is = match (set, kind.to_ascii_lowercase().as_str()) {
                (Some((_, is)), _) => *is,
                (None, "upn") => IdentifierIs::Upn,
                (None, "uln") => IdentifierIs::Uln,
                (None, "mis" | "misid" | "adno" | "admissionnumber") => IdentifierIs::Reference,
                (None, _) => IdentifierIs::Ignored,
            };
            take_identifier(is, id, &self.place(user, columns.user_ids, "userIds"), row, found);
        }
        if let Some(id) = &user.identifier {
            let place = self.place(user, columns.identifier, "identifier");
            take_identifier(self.sources.options.identifier, id, &place, row, found);
        }
        self.fields.extend(row.upn.is_some().then_some(Field::Upn));
        self.fields.extend(row.uln.is_some().then_some(Field::Uln));
        if row.reference.is_none() && !user.id.is_empty() {
            row.reference = Some(user.id.clone());
        }
    }

    fn check_names(&self, user: &User, row: &RosterRow, found: &mut Vec<Problem>) {
        let columns = self.sources.columns;
        for (name, column, value) in
            [("givenName", columns.given_name, &row.forename), ("familyName", columns.family_name, &row.surname)]
        {
            if value.is_none() {
                found.push(Problem::problem(self.place(user, column, name), Code::Missing));
            }
        }
    }

    fn place(&self, user: &User, column: Option<usize>, name: &str) -> Place {
        Place::line(&self.package.roster.file, user.line).at(name, column.map(|index| index as u32 + 1))
    }

    fn finish(self) {
        let Self { package, sources, wanted, others, unknown, fields, .. } = self;
        let file = package.roster.file.clone();
        for (id, line) in unknown {
            let code = Code::Unknown { thing: Thing::Organisation };
            package.roster.problems.push(Problem::finding(Place::line(&file, line), code).value(&id));
        }
        if others > 0 {
            package.roster.problems.push(Problem::note(Place::file(&file), Code::OthersLeftOut { rows: others }));
        }
        if wanted.is_none() && package.institutions.len() > 1 {
            let name = |id: &String| sources.organisations.find(id).map_or_else(|| id.clone(), |o| o.name.clone());
            let names = package.institutions.keys().map(name).collect();
            package.roster.problems.push(Problem::finding(Place::file(&file), Code::SeveralInstitutions { names }));
        } else if wanted.is_none()
            && let Some(only) = package.institutions.keys().next()
        {
            package.roster.laestab = sources.organisations.find(only).and_then(super::Organisation::laestab);
        }
        if package.roster.rows.is_empty() && package.roster.problems.iter().all(|p| p.severity != Severity::Problem) {
            package.roster.problems.push(Problem::problem(Place::file(&file), Code::NothingInIt));
        }
        cover(package, sources, fields);
    }
}

fn take_identifier(is: IdentifierIs, id: &str, place: &Place, row: &mut RosterRow, found: &mut Vec<Problem>) {
    match is {
        IdentifierIs::Upn => row.upn = row.upn.take().or_else(|| value::upn(id, place.clone(), found)),
        IdentifierIs::Uln => row.uln = row.uln.take().or_else(|| value::uln(id, place.clone(), found)),
        IdentifierIs::Reference => row.reference = row.reference.take().or_else(|| Some(id.to_owned())),
        IdentifierIs::Told if identifier::upn(&id.to_ascii_uppercase()) == Graded::Good => {
            row.upn = row.upn.take().or_else(|| Some(id.to_ascii_uppercase()));
        }
        IdentifierIs::Told if identifier::uln(id) == Graded::Good => {
            row.uln = row.uln.take().or_else(|| Some(id.to_owned()));
        }
        IdentifierIs::Told => row.reference = row.reference.take().or_else(|| Some(id.to_owned())),
        IdentifierIs::Ignored => {}
    }
}

/// Says which fields the package speaks of, and where they stand.
fn cover(package: &mut Package, sources: &Sources<'_>, fields: BTreeSet<Field>) {
    let columns = sources.columns;
    let reference =
        if columns.identifier.is_some() { ("identifier", columns.identifier) } else { ("sourcedId", columns.id) };
    let mut spoken = vec![
        (Field::Reference, reference.0, reference.1),
        (Field::Forename, "givenName", columns.given_name),
        (Field::Surname, "familyName", columns.family_name),
    ];
    spoken.extend(fields.into_iter().map(|field| (field, "userIds", columns.user_ids)));
    if columns.grades.is_some() {
        spoken.push((Field::YearGroup, "grades", columns.grades));
    }
    if sources.demographics.is_some() {
        spoken.push((Field::DateOfBirth, "birthDate", None));
        spoken.push((Field::Sex, "sex", None));
    }
    if sources.has_forms {
        spoken.push((Field::Form, "classSourcedId", None));
    }
    if package.roster.rows.iter().any(|row| row.joined.is_some()) {
        spoken.push((Field::Joined, "beginDate", None));
    }
    if package.roster.rows.iter().any(|row| row.left.is_some()) {
        spoken.push((Field::Left, "endDate", None));
    }
    for (field, heading, number) in spoken {
        let number = number.map(|index| index as u32 + 1);
        package.roster.covers.insert(field);
        package.roster.columns.insert(field, Column { heading: heading.to_owned(), number });
    }
}
