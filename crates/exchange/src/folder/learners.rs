use std::collections::HashMap;

use domain::{
    AcademicYear, Calendar, Date, Learner, LearnerIndex, Sen, YearGroup, YearRecord, identifier, identifier::Graded,
};

use super::{
    cell,
    references::{Reference, References},
    table::{Heading, RowReader, Table, decode},
};
use crate::problem::{Code, Place, Problem, Thing};

pub(super) const FILE: &str = "learners.csv";
pub(super) const COLUMNS: &[Heading] = &[
    ("learner", true),
    ("upn", false),
    ("uln", false),
    ("forename", true),
    ("surname", true),
    ("date-of-birth", true),
    ("sex", false),
    ("year-group", true),
    ("form", false),
    ("sen", false),
    ("fsm", false),
    ("looked-after", false),
    ("considering-he", false),
    ("subjects", false),
    ("joined", true),
    ("left", false),
    ("programme-starts", false),
    ("programme-ends", false),
];
const LEARNER: usize = 0;
const UPN: usize = 1;
const ULN: usize = 2;
const DATE_OF_BIRTH: usize = 5;
const YEAR_GROUP: usize = 7;
const JOINED: usize = 14;
const LEFT: usize = 15;
const PROGRAMME_STARTS: usize = 16;
const PROGRAMME_ENDS: usize = 17;

/// What learners' rows are judged by.
pub(super) struct Terms<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) years: Option<(YearGroup, YearGroup)>,
    pub(super) year_groups_of: AcademicYear,
}

impl Terms<'_> {
    /// The academic year that a learner's one year group belongs to.
    pub(super) fn recorded_year(&self, left: Option<Date>) -> AcademicYear {
        match left {
            Some(left) if left < self.calendar.first_day(self.year_groups_of) => self.calendar.year_of(left),
            _ => self.year_groups_of,
        }
    }
}

/// The learners of the folder, what they are called by, and the year group of each.
#[derive(Default)]
pub(super) struct Learners {
    pub(super) learners: Vec<Learner>,
    pub(super) year_records: Vec<YearRecord>,
    pub(super) references: References,
}

/// Reads learners.csv. `None` if it cannot be read at all.
pub(super) fn read(bytes: &[u8], terms: &Terms<'_>, problems: &mut Vec<Problem>) -> Option<Learners> {
    let text = decode(FILE, bytes, problems)?;
    let mut table = Table::open(FILE, &text, COLUMNS, problems)?;
    let mut learners = Learners::default();
    let mut lines: HashMap<String, u64> = HashMap::new();
    let mut identifiers: HashMap<(usize, String), u64> = HashMap::new();
    while table.advance(problems) {
        let line = table.line();
        let reference = table.cell(LEARNER).to_owned();
        let mut reader = table.reader(problems);
        if let Some(&first_line) = lines.get(&reference) {
            reader.problem(LEARNER, Code::Repeated { thing: Thing::Learner, first_line });
        } else if !reference.is_empty() {
            lines.insert(reference.clone(), line);
        }
        let repeated = lines.get(&reference).is_some_and(|&first| first != line);
        let below_seven = cell::year_group(table.cell(YEAR_GROUP)).is_ok_and(|year| year < YearGroup::LOWEST);
        if below_seven && repeated {
            // That the learner stands here twice is the one thing wrong with this row.
            continue;
        }
        if below_seven && !reference.is_empty() {
            // Left out whatever else is in the row: nothing of a younger learner's is kept.
            let place = Place::line(FILE, line).at(COLUMNS[YEAR_GROUP].0, None);
            problems.push(Problem::finding(place, Code::BelowYearSeven).value(table.cell(YEAR_GROUP)));
            learners.references.insert(reference, Reference::LeftOut);
            continue;
        }
        match read_row(&mut reader, terms) {
            Some((learner, year_group)) => {
                grade(&mut reader, &learner, year_group, terms, line, &mut identifiers);
                let index = LearnerIndex(learners.learners.len() as u32);
                let academic_year = terms.recorded_year(learner.left);
                learners.year_records.push(YearRecord { learner: index, academic_year, year_group });
                learners.references.insert(reference, Reference::Known(index.0));
                learners.learners.push(learner);
            }
            None if !repeated => learners.references.insert(reference, Reference::Bad),
            None => {}
        }
    }
    if table.is_cut_short() {
        learners.references.cut_short();
    }
    Some(learners)
}

fn read_row(row: &mut RowReader<'_, '_>, terms: &Terms<'_>) -> Option<(Learner, YearGroup)> {
    let reference = row.text(LEARNER);
    let upn = row.text(UPN).map(|text| text.to_ascii_uppercase());
    let uln = row.text(ULN);
    let forename = row.text(3);
    let surname = row.text(4);
    let date_of_birth = row.value(DATE_OF_BIRTH, cell::date);
    let sex = row.text(6);
    let year_group = row.value(YEAR_GROUP, cell::year_group);
    let form = row.text(8);
    let sen = row.value(9, cell::word::<Sen>);
    let fsm = row.value(10, cell::yes_no);
    let looked_after = row.value(11, cell::yes_no);
    let considering_he = row.value(12, cell::yes_no);
    let subjects = row.value(13, |text| cell::list(text, |part| Ok(part.to_owned()))).unwrap_or_default();
    let joined = row.value(JOINED, cell::date);
    let left = row.value(LEFT, cell::date);
    let programme_starts = row.value(PROGRAMME_STARTS, cell::date);
    let programme_ends = row.value(PROGRAMME_ENDS, cell::date);

    if let (Some(joined), Some(left)) = (joined, left)
        && left < joined
    {
        row.problem(LEFT, Code::LeftBeforeJoined { joined });
    }
    if let (Some(starts), Some(ends)) = (programme_starts, programme_ends)
        && ends < starts
    {
        row.problem(PROGRAMME_ENDS, Code::ProgrammeReversed { starts });
    }
    if let (Some(year_group), Some((lowest, highest))) = (year_group, terms.years)
        && !(lowest..=highest).contains(&year_group)
    {
        row.problem(YEAR_GROUP, Code::YearGroupOutside { lowest, highest });
    }
    if !row.is_sound() {
        return None;
    }
    let learner = Learner {
        reference: reference?,
        upn,
        uln,
        forename: forename?,
        surname: surname?,
        date_of_birth: date_of_birth?,
        sex,
        form,
        sen,
        fsm,
        looked_after,
        considering_he,
        subjects,
        joined: joined?,
        left,
        programme_starts,
        programme_ends,
    };
    Some((learner, year_group?))
}

/// Tells what is probably wrong with a row that is taken.
fn grade(
    row: &mut RowReader<'_, '_>,
    learner: &Learner,
    year_group: YearGroup,
    terms: &Terms<'_>,
    line: u64,
    identifiers: &mut HashMap<(usize, String), u64>,
) {
    if let Some(upn) = &learner.upn {
        match identifier::upn(upn) {
            Graded::Good | Graded::Placeholder => {}
            Graded::WrongCheck => row.finding(UPN, Code::UpnCheckLetter),
            Graded::WrongShape => row.finding(UPN, Code::UpnShape),
        }
        if let Some(first_line) = identifiers.get(&(UPN, upn.clone())) {
            row.finding(UPN, Code::IdentifierRepeated { first_line: *first_line });
        }
        identifiers.entry((UPN, upn.clone())).or_insert(line);
    }
    if let Some(uln) = &learner.uln {
        match identifier::uln(uln) {
            Graded::Good => {}
            Graded::Placeholder => return birth(row, learner, year_group, terms),
            Graded::WrongCheck => row.finding(ULN, Code::UlnCheckDigit),
            Graded::WrongShape => row.finding(ULN, Code::UlnShape),
        }
        if let Some(first_line) = identifiers.get(&(ULN, uln.clone())) {
            row.finding(ULN, Code::IdentifierRepeated { first_line: *first_line });
        }
        identifiers.entry((ULN, uln.clone())).or_insert(line);
    }
    birth(row, learner, year_group, terms);
}

fn birth(row: &mut RowReader<'_, '_>, learner: &Learner, year_group: YearGroup, terms: &Terms<'_>) {
    if !fits(learner.date_of_birth, year_group, terms.recorded_year(learner.left)) {
        row.finding(DATE_OF_BIRTH, Code::BirthAndYearGroup { year_group });
    }
}

/// Whether a date of birth is at most two years from those of the year group: children are in year 7 in the school year
/// after they turn 11, and years run from 1 September.
pub(crate) fn fits(date_of_birth: Date, year_group: YearGroup, academic_year: AcademicYear) -> bool {
    let born = Calendar::default().year_of(date_of_birth).start();
    let usual = academic_year.start() - 5 - i16::from(year_group.number());
    (born - usual).abs() <= 2
}
