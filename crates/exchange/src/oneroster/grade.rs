use domain::YearGroup;

use super::Grades;

/// What a cell of grades comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Grade {
    Blank,
    Year(YearGroup),
    /// An American grade, read as this year group.
    American(YearGroup),
    /// Several, or none that is a year group.
    Undecided,
}

/// Reads `07`, `Year 7`, `10th Grade`, `Grade 10`, `KG`; of several values that come to the same, the one.
pub(super) fn read(cell: &str, grades: Grades) -> Grade {
    let mut read: Option<Grade> = None;
    for part in cell.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let grade = one(part, grades);
        if read.as_ref().is_some_and(|earlier| *earlier != grade) {
            return Grade::Undecided;
        }
        read = Some(grade);
    }
    read.unwrap_or(Grade::Blank)
}

fn one(text: &str, grades: Grades) -> Grade {
    let lower = text.to_ascii_lowercase();
    // Kindergarten comes before first grade and is year 1 here.
    if matches!(lower.as_str(), "kg" | "k" | "kindergarten") {
        return Grade::American(YearGroup::new(1));
    }
    if let Some(number) = american(&lower) {
        return in_range(number + 1).map_or(Grade::Undecided, Grade::American);
    }
    let Ok(year) = text.parse::<YearGroup>() else { return Grade::Undecided };
    match grades {
        Grades::Years => in_range(year.number()).map_or(Grade::Undecided, Grade::Year),
        Grades::American => in_range(year.number() + 1).map_or(Grade::Undecided, Grade::American),
    }
}

/// The number in `10th grade`, `10th`, `grade 10`.
fn american(lower: &str) -> Option<i8> {
    let stem = lower.strip_suffix("grade").map(str::trim_end);
    let number = match stem.or_else(|| lower.strip_prefix("grade").map(str::trim_start)) {
        Some(rest) => ["st", "nd", "rd", "th"].iter().find_map(|ending| rest.strip_suffix(ending)).unwrap_or(rest),
        None => ["st", "nd", "rd", "th"].iter().find_map(|ending| lower.strip_suffix(ending))?,
    };
    let is_number = (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| number.parse().ok())?
}

fn in_range(number: i8) -> Option<YearGroup> {
    (1..=14).contains(&number).then(|| YearGroup::new(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_years_unless_they_are_plainly_american() {
        let year = |number| Grade::Year(YearGroup::new(number));
        let american = |number| Grade::American(YearGroup::new(number));
        for (cell, expected) in [
            ("07", year(7)),
            ("7", year(7)),
            ("Year 7", year(7)),
            ("Y7", year(7)),
            ("13", year(13)),
            ("10th Grade", american(11)),
            ("Grade 10", american(11)),
            ("3rd", american(4)),
            ("KG", american(1)),
            ("09,09", year(9)),
            ("09,10", Grade::Undecided),
            ("PS", Grade::Undecided),
            ("UG", Grade::Undecided),
            ("0", Grade::Undecided),
            ("15", Grade::Undecided),
            ("99th grade", Grade::Undecided),
            (" , ", Grade::Blank),
            ("", Grade::Blank),
        ] {
            assert_eq!(read(cell, Grades::Years), expected, "{cell}");
        }
        assert_eq!(read("10", Grades::American), american(11));
        assert_eq!(read("13", Grades::American), american(14));
        assert_eq!(read("14", Grades::American), Grade::Undecided);
    }
}
