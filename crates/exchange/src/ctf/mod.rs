//! The Common Transfer File, in which schools send each other what they know of pupils, and the admissions file (ATF) that
//! looks like it.
//!
//! Its edition changes every September and writers differ, so it is read by the names of elements, not against one year's
//! schema. What is taken: identity, year group, SEN, free school meals, looked after, schools attended. Everything else
//! (assessments, attendance, contacts, medical notes, addresses) is passed over unread, and named in a note.

mod header;
mod pupil;

use std::collections::BTreeMap;

use domain::Date;
use serde::{Deserialize, Serialize};

pub use header::{Document, Header, School};

use crate::{
    problem::{Code, Place, Problem},
    roster::{Column, Extent, Field, Roster, Source},
    text::Encoding,
    xml::{self, Limits, Refused, Step, Xml},
};

/// What a source's files mean here; kept per institution.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// The day for which SEN provision and free school meals are wanted. `None`: the day on which the file was made.
    pub on: Option<Date>,
    /// Local authority and establishment number of the institution that reads the file, seven digits: its own entry in a
    /// pupil's history says when the pupil joined and left. `None`: the file's destination.
    pub laestab: Option<String>,
    /// Take preferred names where the file has them, instead of legal ones.
    pub preferred_names: bool,
    /// Keep the service-child flag in a group of this name. `None`: it is not read.
    pub service_child_group: Option<String>,
}

/// A transfer file as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// What it says of itself, for the preview.
    pub header: Header,
    /// Its pupils, and all problems.
    pub roster: Roster,
}

/// The roster of a transfer file, see [`read_with`].
pub fn read(bytes: &[u8], file: &str) -> Roster {
    read_with(bytes, file, &Options::default()).roster
}

/// Reads a transfer file. One that is damaged, cut short or not a transfer file yields no rows and one problem that says
/// where.
///
/// The roster never is in bulk: a pupil who is not in it has not left. Of a file that calls itself partial, elements that
/// are absent say nothing either.
pub fn read_with(bytes: &[u8], file: &str, options: &Options) -> Transfer {
    let mut roster = Roster::new(file, Source::Ctf, Extent::Partial);
    let mut header = Header::default();
    let limits = Limits::default();
    // Before it is decoded, which can take three times the room.
    if bytes.len() > limits.bytes {
        roster.problems.push(Refused::Bytes(limits.bytes).problem(file, xml::Place::default()));
        return Transfer { header, roster };
    }
    let decoded = xml::decode(bytes);
    if decoded.guessed {
        let code = Code::ReadAs { encoding: Encoding::Windows1252 };
        roster.problems.push(Problem::note(Place::file(file), code));
    }
    let mut reader = Reader {
        xml: Xml::new(&decoded.text, limits),
        options,
        roster,
        passed_over: BTreeMap::new(),
        upns: BTreeMap::new(),
    };
    let refused = reader.document(&mut header).err();
    let place = reader.xml.place();
    let Reader { mut roster, passed_over, .. } = reader;
    match refused {
        Some(Stop::Refused(refused)) => {
            roster.rows.clear();
            roster.rejected.clear();
            roster.problems.push(refused.problem(file, place));
        }
        Some(Stop::Root(root)) => {
            let place = Place::line(file, u64::from(place.line));
            roster.problems.push(Problem::problem(place, Code::XmlNotRecognised { root }));
        }
        None if roster.rows.is_empty() && roster.rejected.is_empty() => {
            roster.problems.push(Problem::problem(Place::file(file), Code::NothingInIt));
        }
        None => {}
    }
    // In the order in which people look for them: by name.
    for (element, line) in passed_over {
        let place = Place::line(file, line).at(element, None);
        roster.problems.push(Problem::note(place, Code::ColumnDropped));
    }
    Transfer { header, roster }
}

enum Stop {
    Refused(Refused),
    Root(String),
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

struct Reader<'x, 'o> {
    xml: Xml<'x>,
    options: &'o Options,
    roster: Roster,
    /// Elements passed over, with the line of the first.
    passed_over: BTreeMap<&'x str, u64>,
    /// Lines by UPN.
    upns: BTreeMap<String, u64>,
}

impl Reader<'_, '_> {
    fn document(&mut self, header: &mut Header) -> Result<(), Stop> {
        let Step::Open { name: root, .. } = self.xml.step()? else { return Err(Refused::Empty.into()) };
        header.document = match root.to_ascii_lowercase().as_str() {
            "ctfile" => Document::Ctf,
            "atfile" => Document::Atf,
            _ => return Err(Stop::Root(root.chars().take(80).collect())),
        };
        loop {
            match self.xml.step()? {
                Step::Open { name, .. } if name.eq_ignore_ascii_case("header") => {
                    header.read(&mut self.xml)?;
                    self.take_header(header);
                }
                Step::Open { name, place } if is_pupil(name) => self.pupil(place.line, header)?,
                Step::Open { name, .. } if is_list_of_pupils(name) => self.pupils(header)?,
                Step::Open { .. } => self.xml.skip()?,
                Step::Close { .. } => {}
                Step::End => return Ok(()),
            }
        }
    }

    fn pupils(&mut self, header: &Header) -> Result<(), Refused> {
        loop {
            match self.xml.step()? {
                Step::Open { name, place } if is_pupil(name) => self.pupil(place.line, header)?,
                Step::Open { .. } => self.xml.skip()?,
                Step::Close { .. } | Step::End => return Ok(()),
            }
        }
    }

    fn take_header(&mut self, header: &Header) {
        self.roster.academic_year = header.academic_year;
        self.roster.laestab = self
            .options
            .laestab
            .clone()
            .or_else(|| header.destination.laestab.clone())
            .or_else(|| header.source.laestab.clone());
        if header.is_full {
            self.roster.extent = Extent::Delta;
            for (field, heading) in FIELDS {
                self.cover(field, heading);
            }
        }
    }

    fn cover(&mut self, field: Field, heading: &str) {
        if self.roster.covers.insert(field) {
            self.roster.columns.insert(field, Column { heading: heading.to_owned(), number: None });
        }
    }
}

/// The fields of a full file, by their elements.
const FIELDS: [(Field, &str); 10] = [
    (Field::Upn, "UPN"),
    (Field::Forename, "Forename"),
    (Field::Surname, "Surname"),
    (Field::DateOfBirth, "DOB"),
    (Field::Sex, "Sex"),
    (Field::YearGroup, "NCyearActual"),
    (Field::FormerUpn, "FormerUPN"),
    (Field::Sen, "SENhistory"),
    (Field::Fsm, "FSMhistory"),
    (Field::LookedAfter, "LookedAfter"),
];

fn is_pupil(name: &str) -> bool {
    name.eq_ignore_ascii_case("pupil")
}

/// `CTFpupilData`, `ATFpupilData`, and what other writers call it: `Pupils`.
fn is_list_of_pupils(name: &str) -> bool {
    name.to_ascii_lowercase().contains("pupil")
}
