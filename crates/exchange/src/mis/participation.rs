use domain::{Date, ParticipationStatus};

use super::cells::{Cells, body, date_order};
use crate::{
    mapping::{ActivityField, Mapping, Target},
    problem::{Code, Place, Problem, Severity},
    roster::Field,
    sheet::Sheet,
};

/// What one row says of who took part in what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParticipationRow {
    /// The line of the file.
    pub line: u64,
    /// How the institution names the activity.
    pub activity: Option<String>,
    /// What the activity is called.
    pub title: Option<String>,
    /// Its day.
    pub date: Option<Date>,
    /// How the school's own system names the learner.
    pub learner: Option<String>,
    /// The learner's UPN.
    pub upn: Option<String>,
    /// The learner's ULN.
    pub uln: Option<String>,
    /// Forename, surname and date of birth, if the row has all three.
    pub name: Option<(String, String, Date)>,
    /// How the learner took part.
    pub status: ParticipationStatus,
}

/// What a file of participation comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadParticipation {
    /// Good rows, in the order of the file.
    pub rows: Vec<ParticipationRow>,
    /// Problems, findings and notes.
    pub problems: Vec<Problem>,
    /// Dates whose order of day and month somebody must say.
    pub ambiguous_dates: Option<Vec<String>>,
}

const ACTIVITY: Target = Target::Activity(ActivityField::Reference);
const TITLE: Target = Target::Activity(ActivityField::Title);
const DATE: Target = Target::Activity(ActivityField::Date);

/// Reads participation from a sheet whose columns mean what `mapping` says.
pub fn participation(sheet: &Sheet<'_>, mapping: &Mapping) -> ReadParticipation {
    let mut read = ReadParticipation { problems: sheet.notes.clone(), ..ReadParticipation::default() };
    let Some((header, rows)) = body(sheet, mapping, &mut read.problems) else { return read };
    let has = |target: &Target| mapping.column(target).is_some();
    let learner = |field| Target::Learner(field);
    let activity_named = has(&ACTIVITY) || (has(&TITLE) && has(&DATE));
    if !activity_named {
        let place = Place::line(&sheet.file, header).at("activity", None);
        read.problems.push(Problem::problem(place, Code::ColumnMissing));
    }
    let named = [Field::Forename, Field::Surname, Field::DateOfBirth].into_iter().all(|field| has(&learner(field)));
    if ![Field::Reference, Field::Upn, Field::Uln].into_iter().any(|field| has(&learner(field))) && !named {
        let place = Place::line(&sheet.file, header).at("learner", None);
        read.problems.push(Problem::problem(place, Code::ColumnMissing));
    }
    if read.problems.iter().any(|problem| problem.severity == Severity::Problem) {
        return read;
    }
    let order;
    (order, read.ambiguous_dates) = date_order(rows, mapping);
    let day = |text: &str| crate::mapping::read_date(text, order).map(|read| read.date);
    read.rows.reserve(rows.len());
    for row in rows {
        let before = read.problems.len();
        let mut cells = Cells { file: &sheet.file, row, mapping, problems: &mut read.problems };
        let activity = cells.text(&ACTIVITY);
        let title = cells.text(&TITLE);
        let date = cells.value(&DATE, day);
        let reference = cells.text(&learner(Field::Reference));
        let upn = cells.text(&learner(Field::Upn)).map(|upn| upn.to_ascii_uppercase());
        let uln = cells.text(&learner(Field::Uln));
        let born = cells.value(&learner(Field::DateOfBirth), day);
        let name = cells.text(&learner(Field::Forename)).zip(cells.text(&learner(Field::Surname))).zip(born);
        let status = cells.value(&Target::Status, status).unwrap_or(ParticipationStatus::Attended);
        if activity.is_none() && (title.is_none() || date.is_none()) {
            let place = cells.place(if has(&ACTIVITY) { &ACTIVITY } else { &TITLE });
            cells.problems.push(Problem::problem(place, Code::Missing));
        }
        if reference.is_none() && upn.is_none() && uln.is_none() && name.is_none() {
            let place = cells.place(&learner(Field::Reference));
            cells.problems.push(Problem::problem(place, Code::Missing));
        }
        if read.problems[before..].iter().all(|problem| problem.severity != Severity::Problem) {
            let name = name.map(|((forename, surname), born)| (forename, surname, born));
            read.rows.push(ParticipationRow {
                line: row.line,
                activity,
                title,
                date,
                learner: reference,
                upn,
                uln,
                name,
                status,
            });
        }
    }
    read
}

/// The words of the list, yes and no, and what registers say.
fn status(text: &str) -> Result<ParticipationStatus, Code> {
    use ParticipationStatus::{Absent, Attended, Excused};
    let known = super::cells::word(text);
    if known.is_ok() {
        return known;
    }
    match text.to_lowercase().as_str() {
        "present" | "p" | "t" | "/" | "\\" | "x" | "✓" | "took part" | "complete" | "completed" => Ok(Attended),
        "a" | "did not attend" | "dna" | "missed" | "f" => Ok(Absent),
        "authorised" | "authorised absence" | "e" => Ok(Excused),
        other => match domain::parse_yes_no(other) {
            Some(true) => Ok(Attended),
            Some(false) => Ok(Absent),
            None => known,
        },
    }
}
