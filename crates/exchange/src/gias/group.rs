use std::collections::BTreeSet;

use domain::{Date, identifier};
use serde::{Deserialize, Serialize};

use super::source::{self, Told};
use crate::{
    named::Named,
    problem::{Code, Problem},
};

/// What a group of establishments is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GroupKind {
    /// Federation of maintained schools.
    Federation,
    /// Trust of maintained schools.
    Trust,
    /// Sponsor of academies.
    Sponsor,
    /// Trust with several academies.
    MultiAcademyTrust,
    /// Trust of trusts.
    UmbrellaTrust,
    /// Trust with one academy.
    SingleAcademyTrust,
    /// Anything else, such as children's centres.
    Other,
}

/// A group of establishments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The line of the file.
    pub line: u64,
    /// Its unique id in the register.
    pub uid: String,
    /// Its other id, such as `TR00123`.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// What it is.
    pub kind: GroupKind,
    /// The same in the register's words.
    pub wording: Option<String>,
    /// Companies House number, eight characters.
    pub company: Option<String>,
    /// UK provider reference number.
    pub ukprn: Option<String>,
    /// The day on which it opened.
    pub opened_on: Option<Date>,
    /// The day on which it closed.
    pub closed_on: Option<Date>,
    /// Whether it is open.
    pub is_open: bool,
}

/// That an establishment belongs to a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The establishment.
    pub urn: String,
    /// The group's unique id.
    pub group: String,
    /// Since when.
    pub joined_on: Option<Date>,
}

/// What a file of groups holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Groups {
    /// Each group once, in the order of the file.
    pub groups: Vec<Group>,
    /// Who belongs to them, where the file says so.
    pub memberships: Vec<Membership>,
}

/// Reads the list of groups, or of groups with their establishments: one row per group, or per establishment in a group.
/// Rows without a group's unique id are problems; other doubtful cells are findings and left blank.
pub fn groups(bytes: &[u8], file: &str) -> (Groups, Vec<Problem>) {
    let mut told = Told::of(file);
    let mut read = Groups::default();
    let Some(text) = source::text(bytes, file, &mut told) else { return (read, told.finish()) };
    let Some(mut table) = source::open(file, &text, &[&["Group UID"]], &["Group Name"], &mut told) else {
        return (read, told.finish());
    };
    let columns = Columns::of(&table);
    let mut known = BTreeSet::new();
    while told.with(|found| table.advance(found)) {
        let is_uid = |text: &str| text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit());
        let uid = match source::number(table.cell(columns.uid), is_uid) {
            Ok(uid) => uid,
            Err(code) => {
                told.push(Problem::problem(table.place(columns.uid, "Group UID"), code).value(table.cell(columns.uid)));
                continue;
            }
        };
        if !table.cell(columns.urn).is_empty() {
            match source::number(table.cell(columns.urn), identifier::is_urn) {
                Ok(urn) => {
                    let joined_on = source::date_at(&table, columns.joined, "Joined date", &mut told);
                    read.memberships.push(Membership { urn, group: uid.clone(), joined_on });
                }
                Err(code) => {
                    told.push(Problem::problem(table.place(columns.urn, "URN"), code).value(table.cell(columns.urn)));
                }
            }
        }
        if known.insert(uid.clone()) {
            read.groups.push(columns.group(uid, &table, &mut told));
        }
    }
    (read, told.finish())
}

struct Columns {
    uid: Option<usize>,
    id: Option<usize>,
    name: Option<usize>,
    kind_code: Option<usize>,
    kind: Option<usize>,
    company: Option<usize>,
    ukprn: Option<usize>,
    opened: Option<usize>,
    closed: Option<usize>,
    status: Option<usize>,
    urn: Option<usize>,
    joined: Option<usize>,
}

impl Columns {
    fn of(table: &Named<'_>) -> Self {
        let column = |names: &[&str]| table.column(names);
        Self {
            uid: column(&["Group UID"]),
            id: column(&["Group ID"]),
            name: column(&["Group Name"]),
            kind_code: column(&["Group Type (code)"]),
            kind: column(&["Group Type", "Group Type (name)"]),
            company: column(&["Companies House Number"]),
            ukprn: column(&["UKPRN"]),
            opened: column(&["Open Date", "Incorporated on (open date)"]),
            closed: column(&["Closed Date"]),
            status: column(&["Group Status", "Group Status (code)"]),
            urn: column(&["URN"]),
            joined: column(&["Joined date", "Joined"]),
        }
    }

    fn group(&self, uid: String, table: &Named<'_>, told: &mut Told) -> Group {
        let closed_on = source::date_at(table, self.closed, "Closed Date", told);
        let is_open = match table.cell(self.status) {
            "" => closed_on.is_none(),
            status => status.eq_ignore_ascii_case("open"),
        };
        let ukprn = match source::number(table.cell(self.ukprn), identifier::is_ukprn) {
            Ok(ukprn) => Some(ukprn),
            Err(Code::Missing) => None,
            Err(code) => {
                told.push(Problem::finding(table.place(self.ukprn, "UKPRN"), code).value(table.cell(self.ukprn)));
                None
            }
        };
        Group {
            line: table.line(),
            uid,
            id: self.id(table, told),
            name: table.filled(self.name),
            kind: kind(table.cell(self.kind_code), table.cell(self.kind)),
            wording: table.filled(self.kind),
            company: self.company(table, told),
            ukprn,
            opened_on: source::date_at(table, self.opened, "Open Date", told),
            closed_on,
            is_open,
        }
    }

    /// The register itself holds rows with a word of another column here.
    fn id(&self, table: &Named<'_>, told: &mut Told) -> Option<String> {
        let id = table.cell(self.id);
        if id.is_empty() || id.bytes().any(|b| b.is_ascii_digit()) {
            return table.filled(self.id);
        }
        let code = Code::WrongValue { expected: "an id with digits, such as TR00123".to_owned() };
        told.push(Problem::finding(table.place(self.id, "Group ID"), code).value(id));
        None
    }

    /// Eight characters; a spreadsheet takes the noughts in front of a number.
    fn company(&self, table: &Named<'_>, told: &mut Told) -> Option<String> {
        let number = table.filled(self.company)?;
        if number.len() < 8 && number.bytes().all(|b| b.is_ascii_digit()) {
            let place = table.place(self.company, "Companies House Number");
            told.push(Problem::finding(place, Code::LostZeros).value(&number));
        }
        Some(format!("{number:0>8}"))
    }
}

fn kind(code: &str, wording: &str) -> GroupKind {
    match (source::code(code).as_deref(), wording.to_ascii_lowercase().as_str()) {
        (Some("1"), _) | (None, "federation") => GroupKind::Federation,
        (Some("2"), _) | (None, "trust") => GroupKind::Trust,
        (Some("5"), _) | (None, "school sponsor") => GroupKind::Sponsor,
        (Some("6"), _) | (None, "multi-academy trust") => GroupKind::MultiAcademyTrust,
        (Some("7"), _) | (None, "umbrella trust") => GroupKind::UmbrellaTrust,
        (Some("10" | "11"), _) | (None, "single-academy trust" | "secure single-academy trust") => {
            GroupKind::SingleAcademyTrust
        }
        _ => GroupKind::Other,
    }
}
