use super::{Options, Package, read_files, read_zip};
use crate::{
    archive::Entry,
    problem::{Code, Severity},
    roster::Roster,
};

/// Reads the learners of one institution from a zip; `known_as` are its names and numbers, the surest first. From a package of
/// several institutions, none of which is called so, nobody is taken: whose learners they are is not ours to guess.
pub fn read_zip_of(bytes: &[u8], file: &str, known_as: &[&str]) -> Roster {
    of(known_as, |options| read_zip(bytes, file, options))
}

/// As [`read_zip_of`], from the package's files.
pub fn read_files_of(files: &[Entry], known_as: &[&str]) -> Roster {
    of(known_as, |options| read_files(files, options))
}

fn of(known_as: &[&str], read: impl Fn(&Options) -> Package) -> Roster {
    let everybody = read(&Options::default());
    if everybody.institutions.len() < 2 {
        return everybody.roster;
    }
    let named = |name: &&str| {
        let package = read(&Options { institution: Some((*name).to_owned()), ..Options::default() });
        (!package.roster.rows.is_empty()).then_some(package.roster)
    };
    known_as.iter().find_map(named).unwrap_or_else(|| {
        let mut roster = everybody.roster;
        roster.rows.clear();
        roster.rejected.clear();
        for problem in &mut roster.problems {
            if matches!(problem.code, Code::SeveralInstitutions { .. }) {
                problem.severity = Severity::Problem;
            }
        }
        roster
    })
}
