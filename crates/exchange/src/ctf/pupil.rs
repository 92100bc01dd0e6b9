use domain::{Date, Sen};

use super::{
    Header, Reader,
    header::{filled, laestab},
};
use crate::{
    problem::{Code, Place, Problem, Severity},
    roster::{Field, PreviousSchool, RosterRow},
    value,
    xml::{Refused, Step},
};

/// A pupil's row while it is read, with names that may replace others at the end.
#[derive(Default)]
struct Pupil {
    row: RosterRow,
    preferred_forename: Option<String>,
    preferred_surname: Option<String>,
}

impl<'x> Reader<'x, '_> {
    /// Reads one pupil, whose element is open.
    pub(super) fn pupil(&mut self, line: u32, header: &Header) -> Result<(), Refused> {
        let mut pupil = Pupil { row: RosterRow { line: u64::from(line), ..RosterRow::default() }, ..Pupil::default() };
        let mut found = Vec::new();
        let on = self.options.on.or(header.made_on);
        self.elements(&mut pupil, on, &mut found)?;
        let Pupil { mut row, preferred_forename, preferred_surname } = pupil;
        if self.options.preferred_names {
            row.forename = preferred_forename.or(row.forename);
            row.surname = preferred_surname.or(row.surname);
        }
        self.take_own_dates(&mut row);
        self.check(row, found);
        Ok(())
    }

    /// The elements of a pupil, and of its basic details, which hold the same ones in other editions.
    fn elements(&mut self, pupil: &mut Pupil, on: Option<Date>, found: &mut Vec<Problem>) -> Result<(), Refused> {
        loop {
            let (name, line) = match self.xml.step()? {
                Step::Open { name, place } => (name, u64::from(place.line)),
                Step::Close { .. } | Step::End => return Ok(()),
            };
            let place = Place::line(&self.roster.file, line).at(name, None);
            let row = &mut pupil.row;
            match name.to_ascii_lowercase().as_str() {
                "basicdetails" => self.elements(pupil, on, found)?,
                "upn" => {
                    row.upn = value::upn(&self.xml.leaf()?, place, found);
                    self.cover(Field::Upn, name);
                }
                "formerupn" => {
                    row.former_upns.extend(value::upn(&self.xml.leaf()?, place, found));
                    self.cover(Field::FormerUpn, name);
                }
                "uniquelearnernumber" | "uln" => {
                    row.uln = value::uln(&self.xml.leaf()?, place, found);
                    self.cover(Field::Uln, name);
                }
                "surname" => {
                    row.surname = filled(self.xml.leaf()?);
                    self.cover(Field::Surname, name);
                }
                "forename" => {
                    row.forename = filled(self.xml.leaf()?);
                    self.cover(Field::Forename, name);
                }
                "preferredsurname" => pupil.preferred_surname = filled(self.xml.leaf()?),
                "preferredforename" => pupil.preferred_forename = filled(self.xml.leaf()?),
                "dob" => {
                    row.date_of_birth = value::date(&self.xml.leaf()?, place, found);
                    self.cover(Field::DateOfBirth, name);
                }
                "sex" | "gender" => {
                    let sex = value::sex(&self.xml.leaf()?);
                    // Where both stand, sex is what the census records.
                    if row.sex.is_none() || name.eq_ignore_ascii_case("sex") {
                        row.sex = sex.or(row.sex.take());
                    }
                    self.cover(Field::Sex, name);
                }
                "ncyearactual" => {
                    value::year_group(&self.xml.leaf()?, place, row, found);
                    self.cover(Field::YearGroup, name);
                }
                "senhistory" => {
                    row.sen = self.sen(on, found)?;
                    self.cover(Field::Sen, name);
                }
                "fsmhistory" => {
                    row.fsm = Some(self.fsm(on, found)?);
                    self.cover(Field::Fsm, name);
                }
                "lookedafter" => {
                    row.looked_after = self.looked_after(found)?;
                    self.cover(Field::LookedAfter, name);
                }
                "schoolhistory" => row.history = self.history(found)?,
                "servicechild" if self.options.service_child_group.is_some() => {
                    let group = self.options.service_child_group.clone().unwrap_or_default();
                    row.groups.extend(filled(self.xml.leaf()?).map(|value| (group, value)));
                }
                _ => {
                    self.passed_over.entry(name).or_insert(line);
                    self.xml.skip()?;
                }
            }
        }
    }

    /// The provision that started last, of those that had started on the day.
    fn sen(&mut self, on: Option<Date>, found: &mut Vec<Problem>) -> Result<Option<Sen>, Refused> {
        let mut current: Option<(Option<Date>, Option<Sen>)> = None;
        self.children("sen", |reader| {
            let (mut starts, mut sen) = (None, None);
            reader.leaves(|reader, name, place| {
                match name {
                    "startdate" => starts = value::date(&reader.xml.leaf()?, place, found),
                    "senprovision" => sen = value::sen(&reader.xml.leaf()?, place, found),
                    _ => reader.xml.skip()?,
                }
                Ok(())
            })?;
            let has_started = starts.zip(on).is_none_or(|(starts, on)| starts <= on);
            if sen.is_some() && has_started && current.is_none_or(|(latest, _)| latest <= starts) {
                current = Some((starts, sen));
            }
            Ok(())
        })?;
        Ok(current.and_then(|(_, sen)| sen))
    }

    /// Whether a period of eligibility holds on the day; the day unknown, whether one has no end.
    fn fsm(&mut self, on: Option<Date>, found: &mut Vec<Problem>) -> Result<bool, Refused> {
        let mut eligible = false;
        self.children("fsminstance", |reader| {
            let (mut starts, mut ends) = (None, None);
            reader.leaves(|reader, name, place| {
                match name {
                    "fsmstartdate" => starts = value::date(&reader.xml.leaf()?, place, found),
                    "fsmenddate" => ends = value::date(&reader.xml.leaf()?, place, found),
                    _ => reader.xml.skip()?,
                }
                Ok(())
            })?;
            eligible |= match on {
                Some(on) => starts.is_some_and(|starts| starts <= on) && ends.is_none_or(|ends| on <= ends),
                None => starts.is_some() && ends.is_none(),
            };
            Ok(())
        })?;
        Ok(eligible)
    }

    fn looked_after(&mut self, found: &mut Vec<Problem>) -> Result<Option<bool>, Refused> {
        let mut in_care = None;
        self.leaves(|reader, name, place| {
            if name != "incare" {
                return reader.xml.skip();
            }
            let text = reader.xml.leaf()?;
            in_care = domain::parse_yes_no(&text);
            if in_care.is_none() && !text.is_empty() {
                found.push(Problem::finding(place, Code::NotYesNo).value(&text));
            }
            Ok(())
        })?;
        Ok(in_care)
    }

    fn history(&mut self, found: &mut Vec<Problem>) -> Result<Vec<PreviousSchool>, Refused> {
        let mut schools = Vec::new();
        self.children("school", |reader| {
            let mut school = PreviousSchool::default();
            let (mut authority, mut number) = (String::new(), String::new());
            reader.leaves(|reader, name, place| {
                match name {
                    "lea" | "la" => authority = reader.xml.leaf()?,
                    "estab" => number = reader.xml.leaf()?,
                    "schoolname" => school.name = filled(reader.xml.leaf()?),
                    "entrydate" => school.entered = value::date(&reader.xml.leaf()?, place, found),
                    "leavingdate" => school.left = value::date(&reader.xml.leaf()?, place, found),
                    _ => reader.xml.skip()?,
                }
                Ok(())
            })?;
            school.laestab = laestab(&authority, &number);
            schools.push(school);
            Ok(())
        })?;
        Ok(schools)
    }

    /// Visits each child of this name of the open element, up to the element's end; `visit` reads to the child's end.
    fn children(
        &mut self,
        wanted: &str,
        mut visit: impl FnMut(&mut Self) -> Result<(), Refused>,
    ) -> Result<(), Refused> {
        loop {
            match self.xml.step()? {
                Step::Open { name, .. } if name.eq_ignore_ascii_case(wanted) => visit(self)?,
                Step::Open { .. } => self.xml.skip()?,
                Step::Close { .. } | Step::End => return Ok(()),
            }
        }
    }

    /// Visits every child of the open element by its lower-case name, up to the element's end; `visit` reads to the
    /// child's end.
    fn leaves(&mut self, mut visit: impl FnMut(&mut Self, &str, Place) -> Result<(), Refused>) -> Result<(), Refused> {
        loop {
            match self.xml.step()? {
                Step::Open { name, place } => {
                    let at = Place::line(&self.roster.file, u64::from(place.line)).at(name, None);
                    visit(self, &name.to_ascii_lowercase(), at)?;
                }
                Step::Close { .. } | Step::End => return Ok(()),
            }
        }
    }

    /// The institution's own entry in the history says when the pupil joined and left; the last one if there are several.
    fn take_own_dates(&mut self, row: &mut RosterRow) {
        let Some(own) = self.roster.laestab.as_deref() else { return };
        let is_own = |school: &PreviousSchool| school.laestab.as_deref() == Some(own);
        let Some(entry) = row.history.iter().filter(|school| is_own(school)).max_by_key(|school| school.entered) else {
            return;
        };
        (row.joined, row.left) = (entry.entered, entry.left);
        row.history.retain(|school| !is_own(school));
        self.cover(Field::Joined, "EntryDate");
        self.cover(Field::Left, "LeavingDate");
    }

    /// Takes the row, or rejects it if something on it is a problem.
    fn check(&mut self, row: RosterRow, mut found: Vec<Problem>) {
        let place = |element| Place::line(&self.roster.file, row.line).at(element, None);
        if row.upn.is_none() && row.uln.is_none() {
            // Without an identifier, a name and a date of birth are what is left to recognise somebody by.
            let parts = [
                ("Surname", row.surname.is_none()),
                ("Forename", row.forename.is_none()),
                ("DOB", row.date_of_birth.is_none() && !found.iter().any(|p| p.code == Code::NotADate)),
            ];
            found.extend(
                parts.iter().filter(|(_, blank)| *blank).map(|(name, _)| Problem::problem(place(*name), Code::Missing)),
            );
        }
        if let Some((joined, left)) = row.joined.zip(row.left)
            && left < joined
        {
            found.push(
                Problem::problem(place("LeavingDate"), Code::LeftBeforeJoined { joined }).value(&left.to_string()),
            );
        }
        if let Some(upn) = &row.upn {
            match self.upns.get(upn) {
                Some(&first_line) => {
                    found.push(Problem::finding(place("UPN"), Code::IdentifierRepeated { first_line }).value(upn));
                }
                None => {
                    self.upns.insert(upn.clone(), row.line);
                }
            }
        }
        let is_bad = found.iter().any(|problem| problem.severity == Severity::Problem);
        if is_bad {
            self.roster.rejected.push(row)
        } else {
            self.roster.rows.push(row)
        }
        self.roster.problems.append(&mut found);
    }
}
