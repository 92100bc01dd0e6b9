use std::ops::ControlFlow;

use domain::{Date, InstitutionType, YearGroup, identifier};
use serde::{Deserialize, Serialize};

use super::{
    kind,
    source::{self, Told},
};
use crate::{
    named::Named,
    problem::{Code, Problem},
};

/// Whether an establishment is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Open.
    Open,
    /// Closed.
    Closed,
    /// Open, but proposed to close.
    ProposedToClose,
    /// Not yet open.
    ProposedToOpen,
}

/// A trust, as an establishment's row names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trust {
    /// The group's unique id in the register.
    pub uid: String,
    /// Its name.
    pub name: String,
}

/// An institution as the register has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Establishment {
    /// The line of the file.
    pub line: u64,
    /// Unique reference number.
    pub urn: String,
    /// Name.
    pub name: Option<String>,
    /// What it is for careers duties; none where no duty is known.
    pub kind: Option<InstitutionType>,
    /// The register's own type, by code without noughts in front.
    pub type_code: Option<String>,
    /// The register's own type, by name.
    pub type_name: Option<String>,
    /// Whether it is open.
    pub status: Option<Status>,
    /// Local authority, three digits.
    pub authority_code: Option<String>,
    /// Local authority's name.
    pub authority: Option<String>,
    /// Establishment number, four digits; unique within the local authority.
    pub number: Option<String>,
    /// UK provider reference number.
    pub ukprn: Option<String>,
    /// The youngest age admitted.
    pub low_age: Option<u8>,
    /// The oldest age.
    pub high_age: Option<u8>,
    /// Whether it has a sixth form.
    pub has_sixth_form: Option<bool>,
    /// Phase of education.
    pub phase: Option<String>,
    /// Town.
    pub town: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
    /// Its website.
    pub website: Option<String>,
    /// The day on which it opened.
    pub opened_on: Option<Date>,
    /// The day on which it closed.
    pub closed_on: Option<Date>,
    /// Its trust.
    pub trust: Option<Trust>,
}

impl Establishment {
    /// Local authority and establishment number, seven digits, if both are known.
    pub fn laestab(&self) -> Option<String> {
        let (authority, number) = (self.authority_code.as_deref()?, self.number.as_deref()?);
        (authority.len() == 3 && number.len() == 4).then(|| format!("{authority}{number}"))
    }

    /// First and last year group of years 7 to 14, by its statutory ages.
    pub fn years(&self) -> Option<(YearGroup, YearGroup)> {
        kind::years(self.low_age?, self.high_age?)
    }
}

/// Reads the register of establishments and hands each row to `visit`, until it says to stop. Rows without a readable URN
/// are problems; other doubtful cells are findings and left blank. Of each sort of problem the first fifty are told.
pub fn establishments(bytes: &[u8], file: &str, visit: impl FnMut(Establishment) -> ControlFlow<()>) -> Vec<Problem> {
    read(bytes, file, |_| true, visit)
}

/// As [`establishments`], but only the rows whose URN is wanted are read beyond it.
fn read(
    bytes: &[u8],
    file: &str,
    is_wanted: impl Fn(&str) -> bool,
    mut visit: impl FnMut(Establishment) -> ControlFlow<()>,
) -> Vec<Problem> {
    let mut told = Told::of(file);
    let Some(text) = source::text(bytes, file, &mut told) else { return told.finish() };
    let Some(mut table) = source::open(file, &text, &[&["URN"]], &["EstablishmentName"], &mut told) else {
        return told.finish();
    };
    let columns = Columns::of(&table);
    while told.with(|found| table.advance(found)) {
        match source::number(table.cell(columns.urn), identifier::is_urn) {
            Ok(urn) if !is_wanted(&urn) => {}
            Ok(urn) => {
                if visit(columns.row(urn, &table, &mut told)).is_break() {
                    break;
                }
            }
            Err(code) => {
                told.push(Problem::problem(table.place(columns.urn, "URN"), code).value(table.cell(columns.urn)));
            }
        }
    }
    told.finish()
}

/// Every establishment of a file, and its problems.
pub fn list_establishments(bytes: &[u8], file: &str) -> (Vec<Establishment>, Vec<Problem>) {
    let mut list = Vec::new();
    let problems = establishments(bytes, file, |establishment| {
        list.push(establishment);
        ControlFlow::Continue(())
    });
    (list, problems)
}

/// The establishment with this URN, if the file has it.
pub fn find_establishment(bytes: &[u8], file: &str, urn: &str) -> Option<Establishment> {
    let mut found = None;
    let is_wanted = |candidate: &str| candidate == urn.trim();
    read(bytes, file, is_wanted, |establishment| {
        found = Some(establishment);
        ControlFlow::Break(())
    });
    found
}

/// Where the columns stand. Besides the register's own headings, those of lists that are made from it.
struct Columns {
    urn: Option<usize>,
    name: Option<usize>,
    type_code: Option<usize>,
    type_name: Option<usize>,
    further_education: Option<usize>,
    status_code: Option<usize>,
    status_name: Option<usize>,
    authority_code: Option<usize>,
    authority: Option<usize>,
    number: Option<usize>,
    ukprn: Option<usize>,
    low_age: Option<usize>,
    high_age: Option<usize>,
    sixth_form: Option<usize>,
    phase: Option<usize>,
    town: Option<usize>,
    postcode: Option<usize>,
    website: Option<usize>,
    opened: Option<usize>,
    closed: Option<usize>,
    trust_uid: Option<usize>,
    trust: Option<usize>,
}

impl Columns {
    fn of(table: &Named<'_>) -> Self {
        let column = |names: &[&str]| table.column(names);
        Self {
            urn: column(&["URN"]),
            name: column(&["EstablishmentName", "name"]),
            type_code: column(&["TypeOfEstablishment (code)", "TypeOfEstablishmentId"]),
            type_name: column(&["TypeOfEstablishment (name)", "TypeOfEstablishmentName", "gias_establishment_type"]),
            further_education: column(&["FurtherEducationType (name)"]),
            status_code: column(&["EstablishmentStatus (code)", "EstablishmentStatusId"]),
            status_name: column(&["EstablishmentStatus (name)"]),
            authority_code: column(&["LA (code)", "LAId"]),
            authority: column(&["LA (name)"]),
            number: column(&["EstablishmentNumber", "est_no"]),
            ukprn: column(&["UKPRN"]),
            low_age: column(&["StatutoryLowAge", "AgeRangeLow"]),
            high_age: column(&["StatutoryHighAge", "AgeRangeHigh"]),
            sixth_form: column(&["OfficialSixthForm (code)", "OfficialSixthFormId"]),
            phase: column(&["PhaseOfEducation (name)"]),
            town: column(&["Town"]),
            postcode: column(&["Postcode"]),
            website: column(&["SchoolWebsite", "Website"]),
            opened: column(&["OpenDate"]),
            closed: column(&["CloseDate"]),
            trust_uid: column(&["Trusts (code)", "TrustId"]),
            trust: column(&["Trusts (name)", "TrustName"]),
        }
    }

    fn row(&self, urn: String, table: &Named<'_>, told: &mut Told) -> Establishment {
        let kind = kind::institution_type(
            table.cell(self.type_code),
            table.cell(self.type_name),
            table.cell(self.further_education),
        );
        let trust = table.filled(self.trust_uid).zip(table.filled(self.trust)).map(|(uid, name)| Trust { uid, name });
        Establishment {
            line: table.line(),
            urn,
            name: table.filled(self.name),
            kind,
            type_code: source::code(table.cell(self.type_code)),
            type_name: table.filled(self.type_name),
            status: self.status(table),
            authority_code: table.filled(self.authority_code),
            authority: table.filled(self.authority),
            number: self.number(table, told),
            ukprn: self.ukprn(table, told),
            low_age: age(table, self.low_age, "StatutoryLowAge", told),
            high_age: age(table, self.high_age, "StatutoryHighAge", told),
            has_sixth_form: match source::code(table.cell(self.sixth_form)).as_deref() {
                Some("1") => Some(true),
                Some("2") => Some(false),
                _ => None,
            },
            phase: table.filled(self.phase),
            town: table.filled(self.town),
            postcode: table.filled(self.postcode),
            website: table.filled(self.website),
            opened_on: source::date_at(table, self.opened, "OpenDate", told),
            closed_on: source::date_at(table, self.closed, "CloseDate", told),
            trust,
        }
    }

    fn status(&self, table: &Named<'_>) -> Option<Status> {
        match (source::code(table.cell(self.status_code)).as_deref(), table.cell(self.status_name)) {
            (Some("1"), _) => Some(Status::Open),
            (Some("2"), _) => Some(Status::Closed),
            (Some("3"), _) => Some(Status::ProposedToClose),
            (Some("4"), _) => Some(Status::ProposedToOpen),
            (None, "Open") => Some(Status::Open),
            (None, "Closed") => Some(Status::Closed),
            (None, "Open, but proposed to close") => Some(Status::ProposedToClose),
            (None, "Proposed to open") => Some(Status::ProposedToOpen),
            _ => None,
        }
    }

    fn number(&self, table: &Named<'_>, told: &mut Told) -> Option<String> {
        let text = table.cell(self.number);
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) || text.len() > 4 {
            return None;
        }
        if text.len() < 4 && text != "0" {
            told.push(Problem::finding(table.place(self.number, "EstablishmentNumber"), Code::LostZeros).value(text));
        }
        (text != "0").then(|| format!("{text:0>4}"))
    }

    fn ukprn(&self, table: &Named<'_>, told: &mut Told) -> Option<String> {
        match source::number(table.cell(self.ukprn), identifier::is_ukprn) {
            Ok(ukprn) => Some(ukprn),
            Err(Code::Missing) => None,
            Err(code) => {
                told.push(Problem::finding(table.place(self.ukprn, "UKPRN"), code).value(table.cell(self.ukprn)));
                None
            }
        }
    }
}

fn age(table: &Named<'_>, column: Option<usize>, name: &str, told: &mut Told) -> Option<u8> {
    let text = table.cell(column);
    if text.is_empty() {
        return None;
    }
    let age = text.strip_suffix(".0").unwrap_or(text).parse::<u8>().ok().filter(|age| *age < 120);
    if age.is_none() {
        let code = Code::WrongValue { expected: "an age in years".to_owned() };
        told.push(Problem::finding(table.place(column, name), code).value(text));
    }
    age
}
