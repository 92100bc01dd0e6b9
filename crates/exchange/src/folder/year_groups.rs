use std::collections::HashMap;

use domain::{AcademicYear, LearnerIndex, YearGroup, YearRecord};

use super::{
    cell,
    references::{LeftOut, References},
    table::{Heading, Table, decode},
};
use crate::problem::{Code, Problem, Thing};

pub(super) const FILE: &str = "year-groups.csv";
pub(super) const COLUMNS: &[Heading] = &[("learner", true), ("academic-year", true), ("year-group", true)];

/// Reads year-groups.csv into `records`, where it takes the place of what learners.csv says of the same year.
///
/// The range of the institution is not asked of these rows: a learner may have been in another year group before joining, or
/// be counted beyond the last one. Only a finding says so.
pub(super) fn read(
    bytes: &[u8],
    references: &References,
    years: Option<(YearGroup, YearGroup)>,
    records: &mut Vec<YearRecord>,
    problems: &mut Vec<Problem>,
) {
    let Some(text) = decode(FILE, bytes, problems) else { return };
    let Some(mut table) = Table::open(FILE, &text, COLUMNS, problems) else { return };
    let mut rows: HashMap<(u32, AcademicYear), (u64, Option<YearGroup>, YearGroup)> = HashMap::new();
    let mut left_out = LeftOut::default();
    while table.advance(problems) {
        let line = table.line();
        let mut reader = table.reader(problems);
        let academic_year = reader.value(1, cell::academic_year);
        let year_group = reader.value(2, cell::year_group);
        let sound = reader.is_sound();
        let learner = left_out.resolve(references, Thing::Learner, table.cell(0), || table.place(0), problems);
        let (Some(learner), Some(academic_year), Some(year_group), true) = (learner, academic_year, year_group, sound)
        else {
            continue;
        };
        let mut reader = table.reader(problems);
        match rows.get_mut(&(learner, academic_year)) {
            None => {
                if let Some((lowest, highest)) = years
                    && !(lowest..=highest).contains(&year_group)
                {
                    reader.finding(2, Code::YearGroupOutside { lowest, highest });
                }
                rows.insert((learner, academic_year), (line, Some(year_group), year_group));
            }
            Some((first_line, _, first)) if *first == year_group => {
                reader.finding(2, Code::SameAgain { first_line: *first_line });
            }
            Some((first_line, taken, first)) => {
                *taken = None;
                reader.problem(2, Code::Contradicts { first_line: *first_line, first: first.to_string() });
            }
        }
    }
    left_out.tell(FILE, problems);
    let mut rows: Vec<_> = rows
        .into_iter()
        .filter_map(|((learner, academic_year), (_, taken, _))| {
            taken.map(|year_group| YearRecord { learner: LearnerIndex(learner), academic_year, year_group })
        })
        .collect();
    rows.sort_unstable();
    let at: HashMap<_, _> = records.iter().enumerate().map(|(at, r)| ((r.learner, r.academic_year), at)).collect();
    for row in rows {
        match at.get(&(row.learner, row.academic_year)) {
            Some(&at) => records[at].year_group = row.year_group,
            None => records.push(row),
        }
    }
}
