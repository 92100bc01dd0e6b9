use domain::{AcademicYear, Date};
use serde::{Deserialize, Serialize};

use crate::{
    value,
    xml::{Refused, Step, Xml},
};

/// Which of the two files it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Document {
    /// Common Transfer File.
    #[default]
    Ctf,
    /// Admissions data transfer file: the pupils whom a school has been given for next September.
    Atf,
}

/// A school, as the header names it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct School {
    /// Local authority and establishment number, seven digits; none for "unknown" and "not maintained".
    pub laestab: Option<String>,
    /// Unique reference number.
    pub urn: Option<String>,
    /// Name.
    pub name: Option<String>,
}

/// What a transfer file says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Header {
    /// Which of the two files.
    pub document: Document,
    /// Its edition, such as `26.0`: the year in which the academic year began.
    pub version: Option<String>,
    /// The day on which it was made.
    pub made_on: Option<Date>,
    /// Whether it calls itself full; if not, what is absent says nothing.
    pub is_full: bool,
    /// The program that wrote it.
    pub supplier: Option<String>,
    /// Who sent it.
    pub source: School,
    /// To whom.
    pub destination: School,
    /// The academic year of its year groups.
    pub academic_year: Option<AcademicYear>,
}

impl Header {
    /// Reads the header, whose element is open.
    pub(super) fn read(&mut self, xml: &mut Xml<'_>) -> Result<(), Refused> {
        loop {
            let name = match xml.step()? {
                Step::Open { name, .. } => name.to_ascii_lowercase(),
                Step::Close { .. } | Step::End => return Ok(()),
            };
            match name.as_str() {
                "ctfversion" | "atfversion" => self.version = filled(xml.leaf()?),
                "datetime" => self.made_on = value::day_of(&xml.leaf()?),
                "documentqualifier" => self.is_full = xml.leaf()?.eq_ignore_ascii_case("full"),
                "supplierid" => self.supplier = filled(xml.leaf()?),
                "sourceschool" => {
                    let year = school(xml, &mut self.source)?;
                    self.academic_year = year.or(self.academic_year);
                }
                "destschool" => {
                    let year = school(xml, &mut self.destination)?;
                    self.academic_year = self.academic_year.or(year);
                }
                "academicyear" => self.academic_year = academic_year(&xml.leaf()?),
                _ => xml.skip()?,
            }
        }
    }
}

fn school(xml: &mut Xml<'_>, school: &mut School) -> Result<Option<AcademicYear>, Refused> {
    let (mut authority, mut number, mut year) = (String::new(), String::new(), None);
    loop {
        let name = match xml.step()? {
            Step::Open { name, .. } => name.to_ascii_lowercase(),
            Step::Close { .. } | Step::End => {
                school.laestab = laestab(&authority, &number);
                return Ok(year);
            }
        };
        match name.as_str() {
            "lea" | "la" => authority = xml.leaf()?,
            "estab" => number = xml.leaf()?,
            "urn" => school.urn = filled(xml.leaf()?),
            "schoolname" => school.name = filled(xml.leaf()?),
            "academicyear" => year = academic_year(&xml.leaf()?),
            _ => xml.skip()?,
        }
    }
}

/// Seven digits, or none: `LLLL` stands for an authority, `XXXXXXX` for unknown, `MMMMMMM` for outside the maintained sector.
pub(super) fn laestab(authority: &str, number: &str) -> Option<String> {
    let joined = format!("{}{}", authority.trim(), number.trim());
    (joined.len() == 7 && joined.bytes().all(|b| b.is_ascii_digit())).then_some(joined)
}

fn academic_year(text: &str) -> Option<AcademicYear> {
    let start: i16 = text.get(..4)?.parse().ok()?;
    (1990..=2200).contains(&start).then(|| AcademicYear::starting(start))
}

pub(super) fn filled(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}
