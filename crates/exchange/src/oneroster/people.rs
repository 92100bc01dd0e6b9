use std::collections::HashMap;

use domain::Date;

use crate::{named::Named, problem::Problem, value};

/// Whether a status says that the record is to be removed. `inactive` is the word of edition 1.0.
pub(super) fn is_gone(status: &str) -> bool {
    ["tobedeleted", "inactive"].iter().any(|word| status.eq_ignore_ascii_case(word))
}

/// A user, as far as learners need it. Passwords, telephone numbers and addresses are never looked at.
#[derive(Debug, Clone, Default)]
pub(super) struct User {
    pub(super) line: u64,
    pub(super) id: String,
    pub(super) is_gone: bool,
    /// Role, in edition 1.1.
    pub(super) role: String,
    /// Organisations, in edition 1.1; the primary one in 1.2.
    pub(super) organisations: Vec<String>,
    pub(super) user_ids: Vec<(String, String)>,
    pub(super) given_name: Option<String>,
    pub(super) family_name: Option<String>,
    pub(super) preferred_given_name: Option<String>,
    pub(super) preferred_family_name: Option<String>,
    pub(super) identifier: Option<String>,
    pub(super) grades: String,
}

/// Where the columns stand that problems are told of.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct UserColumns {
    pub(super) id: Option<usize>,
    pub(super) given_name: Option<usize>,
    pub(super) family_name: Option<usize>,
    pub(super) identifier: Option<usize>,
    pub(super) user_ids: Option<usize>,
    pub(super) grades: Option<usize>,
    pub(super) role: Option<usize>,
}

pub(super) fn users(mut table: Named<'_>, problems: &mut Vec<Problem>) -> (Vec<User>, UserColumns) {
    let columns = UserColumns {
        id: table.column(&["sourcedId"]),
        given_name: table.column(&["givenName"]),
        family_name: table.column(&["familyName"]),
        identifier: table.column(&["identifier"]),
        user_ids: table.column(&["userIds"]),
        grades: table.column(&["grades", "grade"]),
        role: table.column(&["role"]),
    };
    let (status, organisations) = (table.column(&["status"]), table.column(&["orgSourcedIds", "orgSourcedId"]));
    let primary = table.column(&["primaryOrgSourcedId"]);
    let preferred = (table.column(&["preferredGivenName"]), table.column(&["preferredFamilyName"]));
    let mut users = Vec::new();
    while table.advance(problems) {
        let mut orgs: Vec<String> = list(table.cell(organisations)).map(str::to_owned).collect();
        if orgs.is_empty() {
            orgs.extend(table.filled(primary));
        }
        users.push(User {
            line: table.line(),
            id: table.cell(columns.id).to_owned(),
            is_gone: is_gone(table.cell(status)),
            role: table.cell(columns.role).to_owned(),
            organisations: orgs,
            user_ids: user_ids(table.cell(columns.user_ids)),
            given_name: table.filled(columns.given_name),
            family_name: table.filled(columns.family_name),
            preferred_given_name: table.filled(preferred.0),
            preferred_family_name: table.filled(preferred.1),
            identifier: table.filled(columns.identifier),
            grades: table.cell(columns.grades).to_owned(),
        });
    }
    (users, columns)
}

fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(',').map(str::trim).filter(|part| !part.is_empty())
}

/// The items of `{Type:Id},{Type:Id}`; what is written otherwise is passed over.
fn user_ids(cell: &str) -> Vec<(String, String)> {
    let item = |part: &str| {
        let (kind, id) = part.trim().strip_prefix('{')?.strip_suffix('}')?.split_once(':')?;
        let (kind, id) = (kind.trim(), id.trim());
        (!kind.is_empty() && !id.is_empty()).then(|| (kind.to_owned(), id.to_owned()))
    };
    cell.split(',').filter_map(item).collect()
}

/// A role of a user at an organisation, in edition 1.2.
#[derive(Debug, Clone)]
pub(super) struct Role {
    pub(super) is_gone: bool,
    pub(super) is_student: bool,
    pub(super) organisation: String,
    pub(super) begins: Option<Date>,
    pub(super) ends: Option<Date>,
}

/// Roles by user; the same row in two files counts once.
#[derive(Debug, Clone, Default)]
pub(super) struct Roles {
    pub(super) by_user: HashMap<String, Vec<Role>>,
    seen: std::collections::HashSet<String>,
}

impl Roles {
    pub(super) fn read(&mut self, mut table: Named<'_>, problems: &mut Vec<Problem>) {
        let (id, user, status) =
            (table.column(&["sourcedId"]), table.column(&["userSourcedId"]), table.column(&["status"]));
        let (role, organisation) = (table.column(&["role"]), table.column(&["orgSourcedId"]));
        let (begins, ends) = (table.column(&["beginDate"]), table.column(&["endDate"]));
        while table.advance(problems) {
            let (id, user) = (table.cell(id), table.cell(user));
            if user.is_empty() || (!id.is_empty() && !self.seen.insert(id.to_owned())) {
                continue;
            }
            let begins = value::date(table.cell(begins), table.place(begins, "beginDate"), problems);
            let ends = value::date(table.cell(ends), table.place(ends, "endDate"), problems);
            self.by_user.entry(user.to_owned()).or_default().push(Role {
                is_gone: is_gone(table.cell(status)),
                is_student: is_student(table.cell(role)),
                organisation: table.cell(organisation).to_owned(),
                begins,
                ends,
            });
        }
    }
}

pub(super) fn is_student(role: &str) -> bool {
    role.eq_ignore_ascii_case("student")
}

/// What demographics say of a user.
#[derive(Debug, Clone, Default)]
pub(super) struct Demographic {
    pub(super) birth: Option<Date>,
    pub(super) sex: Option<String>,
}

pub(super) fn demographics(mut table: Named<'_>, problems: &mut Vec<Problem>) -> HashMap<String, Demographic> {
    use crate::problem::Code;
    let (id, status) = (table.column(&["sourcedId", "userSourcedId"]), table.column(&["status"]));
    let (birth, sex) = (table.column(&["birthDate"]), table.column(&["sex"]));
    let mut read = HashMap::new();
    // The standard has dates year first. Written with slashes they can be day first or month first; a day beyond the
    // twelfth somewhere in the file settles it.
    let mut slashed = None;
    let mut is_settled = false;
    while table.advance(problems) {
        if is_gone(table.cell(status)) || table.cell(id).is_empty() {
            continue;
        }
        let text = table.cell(birth);
        if let Some((first, _)) = text.split_once('/') {
            slashed.get_or_insert_with(|| {
                Problem::finding(table.place(birth, "birthDate"), Code::AmbiguousDate).value(text)
            });
            is_settled |= first.trim().parse::<u8>().is_ok_and(|day| day > 12);
        }
        let sex = value::sex(table.cell(sex)).filter(|sex| !sex.eq_ignore_ascii_case("unspecified"));
        let birth = value::date(text, table.place(birth, "birthDate"), problems);
        read.insert(table.cell(id).to_owned(), Demographic { birth, sex });
    }
    if !is_settled {
        problems.extend(slashed);
    }
    read
}
