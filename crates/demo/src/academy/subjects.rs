use domain::{Subjects, YearGroup};

use crate::random::Random;

const CORE: [&str; 6] = ["English", "Mathematics", "Science", "PSHE", "Physical Education", "Religious Education"];

const FOUNDATION: [&str; 8] =
    ["Art and Design", "Computing", "Design and Technology", "Drama", "French", "Geography", "History", "Music"];

const OPTIONS: [&str; 12] = [
    "Geography",
    "History",
    "French",
    "Computing",
    "Art and Design",
    "Design and Technology",
    "Drama",
    "Music",
    "Business",
    "Food and Nutrition",
    "Health and Social Care",
    "Sociology",
];

const ADVANCED: [&str; 12] = [
    "Biology",
    "Business",
    "Chemistry",
    "Design Engineering",
    "English Literature",
    "Further Mathematics",
    "Geography",
    "Health and Social Care",
    "History",
    "Mathematics",
    "Physics",
    "Psychology",
];

/// What the academy names as taught to everyone: all of key stage 3, the core of key stage 4. Options and sixth-form
/// subjects are each learner's own.
pub(super) fn by_year_group() -> Subjects {
    let names = |list: &[&str]| list.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    let lower: Vec<String> = names(&CORE).into_iter().chain(names(&FOUNDATION)).collect();
    (7..=9)
        .map(|y| (YearGroup::new(y), lower.clone()))
        .chain((10..=11).map(|y| (YearGroup::new(y), names(&CORE))))
        .collect()
}

/// Every subject that has lessons in a year group.
pub(super) fn taught_in(year_group: i8) -> Vec<&'static str> {
    match year_group {
        7..=9 => CORE.into_iter().chain(FOUNDATION).collect(),
        10..=11 => CORE.into_iter().chain(OPTIONS).collect(),
        _ => ADVANCED.to_vec(),
    }
}

/// A learner's own list, if the year group has options: the core and three options, or three advanced subjects.
pub(super) fn own(year_group: i8, random: &mut Random) -> Vec<String> {
    let (fixed, options): (&[&str], &[&str]) = match year_group {
        ..=9 => return Vec::new(),
        10..=11 => (&CORE, &OPTIONS),
        _ => (&[], &ADVANCED),
    };
    let mut options = options.to_vec();
    random.shuffle(&mut options);
    fixed.iter().chain(&options[..3]).map(|&name| name.to_owned()).collect()
}

/// Whether a learner sits in a subject's lessons; without a list of their own, everyone does.
pub(super) fn takes(own: &[String], subject: &str) -> bool {
    own.is_empty() || own.iter().any(|name| name == subject)
}
