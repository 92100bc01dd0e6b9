//! Learners from a roster of another system that stands in the folder in place of learners.csv.

use std::collections::HashMap;

use domain::{Learner, LearnerIndex, YearGroup, YearRecord};

use super::{
    learners::{Learners, Terms, fits},
    references::Reference,
};
use crate::{
    archive::Entry,
    ctf, oneroster,
    problem::{Code, Place, Problem, Severity, Thing},
    roster::{Field, Roster, RosterRow},
};

/// The roster among the files: Common Transfer Files, else a OneRoster zip, else the files of a OneRoster package, at the
/// root or in a folder of their own; of several institutions, the one known as this. With the names of the files that it was read from.
pub(super) fn find<N: AsRef<str>, B: AsRef<[u8]>>(
    files: &[(N, B)],
    known_as: &[&str],
) -> Option<(Vec<Roster>, Vec<String>)> {
    let ending = |ending: &str| {
        let named = files.iter().filter(|(name, _)| name.as_ref().to_ascii_lowercase().ends_with(ending));
        named.map(|(name, bytes)| (name.as_ref(), bytes.as_ref())).collect::<Vec<_>>()
    };
    let names = |files: &[(&str, &[u8])]| files.iter().map(|(name, _)| (*name).to_owned()).collect();
    let transfers = ending(".xml");
    if !transfers.is_empty() {
        let rosters = transfers.iter().map(|(name, bytes)| ctf::read(bytes, name)).collect();
        return Some((rosters, names(&transfers)));
    }
    let zips = ending(".zip");
    if let Some((name, bytes)) = zips.first() {
        return Some((vec![oneroster::read_zip_of(bytes, name, known_as)], names(&zips[..1])));
    }
    let base = |name: &str| name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned();
    let folder = |name: &str| name.len() - base(name).len();
    let users = ending(".csv").into_iter().find(|(name, _)| base(name).eq_ignore_ascii_case("users.csv"))?;
    let prefix = &users.0[..folder(users.0)];
    let package: Vec<_> = ending(".csv")
        .into_iter()
        .filter(|(name, _)| {
            name.starts_with(prefix)
                && folder(name) == prefix.len()
                && !super::OWN.iter().any(|own| own.eq_ignore_ascii_case(name))
        })
        .collect();
    if !oneroster::is_package(package.iter().map(|(name, _)| &name[prefix.len()..])) {
        return None;
    }
    let entries: Vec<Entry> =
        package.iter().map(|(name, bytes)| Entry { name: base(name), bytes: bytes.to_vec() }).collect();
    Some((vec![oneroster::read_files_of(&entries, known_as)], names(&package)))
}

/// The learners of a roster. A learner whom the source gives no id is called by the UPN, else the ULN; one whom it gives no
/// first day is taken to have joined with the lowest year group, which a note says.
pub(super) fn learners(rosters: Vec<Roster>, terms: &Terms<'_>, problems: &mut Vec<Problem>) -> Learners {
    let mut learners = Learners::default();
    let mut lines: HashMap<String, u64> = HashMap::new();
    for mut roster in rosters {
        problems.append(&mut roster.problems);
        for row in &roster.rejected {
            learners.references.insert(name_of(row).unwrap_or_default(), Reference::Bad);
        }
        let terms = Terms { year_groups_of: roster.academic_year.unwrap_or(terms.year_groups_of), ..*terms };
        let mut joined_assumed = 0_usize;
        for row in roster.rows.iter().filter(|row| !row.removed) {
            let mut told = Vec::new();
            let read = read_row(&roster, row, &terms, &mut lines, &mut joined_assumed, &mut told);
            let name = name_of(row).unwrap_or_default();
            match read {
                Read::LeftOut => learners.references.insert(name, Reference::LeftOut),
                Read::Bad => learners.references.insert(name, Reference::Bad),
                Read::Repeated => {}
                Read::Learner(learner, year_group) => {
                    let index = LearnerIndex(learners.learners.len() as u32);
                    let academic_year = terms.recorded_year(learner.left);
                    learners.year_records.push(YearRecord { learner: index, academic_year, year_group });
                    learners.references.insert(name, Reference::Known(index.0));
                    learners.learners.push(*learner);
                }
            }
            problems.append(&mut told);
        }
        if joined_assumed > 0 {
            let code = Code::Other {
                message: format!(
                    "{joined_assumed} learners have no first day here and are taken to have joined in the lowest year."
                ),
                remedy: "Use learners.csv, or a file with dates of entry, where learners joined later.".into(),
            };
            problems.push(Problem::note(Place::file(&roster.file), code));
        }
    }
    learners
}

enum Read {
    Learner(Box<Learner>, YearGroup),
    LeftOut,
    Bad,
    Repeated,
}

fn name_of(row: &RosterRow) -> Option<String> {
    row.reference.clone().or_else(|| row.upn.clone()).or_else(|| row.uln.clone())
}

fn read_row(
    roster: &Roster,
    row: &RosterRow,
    terms: &Terms<'_>,
    lines: &mut HashMap<String, u64>,
    joined_assumed: &mut usize,
    problems: &mut Vec<Problem>,
) -> Read {
    let mut tell = |field: Field, severity, code| {
        let place = roster.place(row.line, field);
        problems.push(Problem { place, severity, code, value: None });
    };
    let Some(reference) = name_of(row) else {
        tell(Field::Reference, Severity::Problem, Code::Missing);
        return Read::Bad;
    };
    if row.year_group.is_some_and(|year| year < YearGroup::LOWEST) {
        tell(Field::YearGroup, Severity::Finding, Code::BelowYearSeven);
        return Read::LeftOut;
    }
    if let Some(&first_line) = lines.get(&reference) {
        tell(Field::Reference, Severity::Problem, Code::Repeated { thing: Thing::Learner, first_line });
        return Read::Repeated;
    }
    lines.insert(reference.clone(), row.line);
    for (field, missing) in [
        (Field::Forename, row.forename.is_none()),
        (Field::Surname, row.surname.is_none()),
        (Field::DateOfBirth, row.date_of_birth.is_none()),
        (Field::YearGroup, row.year_group.is_none()),
    ] {
        if missing {
            tell(field, Severity::Problem, Code::Missing);
        }
    }
    let (Some(forename), Some(surname), Some(date_of_birth), Some(year_group)) =
        (row.forename.clone(), row.surname.clone(), row.date_of_birth, row.year_group)
    else {
        return Read::Bad;
    };
    if let Some((lowest, highest)) = terms.years
        && !(lowest..=highest).contains(&year_group)
    {
        tell(Field::YearGroup, Severity::Problem, Code::YearGroupOutside { lowest, highest });
        return Read::Bad;
    }
    let academic_year = terms.recorded_year(row.left);
    if !fits(date_of_birth, year_group, academic_year) {
        tell(Field::DateOfBirth, Severity::Finding, Code::BirthAndYearGroup { year_group });
    }
    let joined = row.joined.unwrap_or_else(|| {
        *joined_assumed += 1;
        let lowest = terms.years.map_or(year_group, |(lowest, _)| lowest.max(YearGroup::LOWEST));
        let years = i16::from(year_group.number() - lowest.number());
        let first = terms.calendar.first_day(domain::AcademicYear::starting(academic_year.start() - years));
        row.left.map_or(first, |left| left.min(first))
    });
    if let Some(left) = row.left
        && left < joined
    {
        tell(Field::Left, Severity::Problem, Code::LeftBeforeJoined { joined });
        return Read::Bad;
    }
    let learner = Learner {
        reference,
        upn: row.upn.clone(),
        uln: row.uln.clone(),
        forename,
        surname,
        date_of_birth,
        sex: row.sex.clone(),
        form: row.form.clone(),
        sen: row.sen,
        fsm: row.fsm,
        looked_after: row.looked_after,
        considering_he: row.considering_he,
        subjects: row.subjects.clone().unwrap_or_default(),
        joined,
        left: row.left,
        programme_starts: row.programme_starts,
        programme_ends: row.programme_ends,
    };
    Read::Learner(Box::new(learner), year_group)
}
