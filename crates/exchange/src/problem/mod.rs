//! What is wrong with a file, or worth knowing about it, as data. The sentences stand in `message` and `remedy`.

mod annotate;
mod code;
mod message;
mod remedy;

pub use annotate::annotate;
pub use code::{Code, Limit, Thing};

use serde::{Deserialize, Serialize};

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// A row or file that cannot be taken as it is; the person can mend it.
    Problem,
    /// A row that was taken, with something about it that is probably wrong.
    Finding,
    /// Something to know: a column that was not read, an encoding that was guessed.
    Note,
}

/// Where in which file.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Name of the file, without folders (with them inside an archive).
    pub file: String,
    /// Line of the file, from 1; in a workbook the row. `None`: the file as a whole.
    pub line: Option<u64>,
    /// The column by its header (of XML: the element; of TOML: the key). `None`: the row as a whole.
    pub column: Option<String>,
    /// The column by its number, from 1; only for sheets.
    pub column_number: Option<u32>,
}

impl Place {
    /// A file as a whole.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), ..Self::default() }
    }

    /// A line of a file.
    pub fn line(file: impl Into<String>, line: u64) -> Self {
        Self { file: file.into(), line: Some(line), ..Self::default() }
    }

    /// With a column.
    pub fn at(mut self, column: impl Into<String>, number: Option<u32>) -> Self {
        self.column = Some(column.into());
        self.column_number = number;
        self
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", {column}")?;
        }
        Ok(())
    }
}

/// One thing about a file: where, how grave, what, and the value that stands there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// How grave.
    pub severity: Severity,
    /// What.
    pub code: Code,
    /// The value as written, at most 200 characters of it. It may be personal: shown to the person who brought the file, never logged.
    pub value: Option<String>,
}

impl Problem {
    /// Something that keeps a row or file from being taken.
    #[expect(clippy::self_named_constructors, reason = "the word of the trade for it, beside finding and note")]
    pub fn problem(place: Place, code: Code) -> Self {
        Self { place, severity: Severity::Problem, code, value: None }
    }

    /// Something probably wrong with what was taken.
    pub fn finding(place: Place, code: Code) -> Self {
        Self { place, severity: Severity::Finding, code, value: None }
    }

    /// Something to know.
    pub fn note(place: Place, code: Code) -> Self {
        Self { place, severity: Severity::Note, code, value: None }
    }

    /// With the value that stands there.
    pub fn value(mut self, value: &str) -> Self {
        self.value = Some(match value.char_indices().nth(200) {
            Some((end, _)) => format!("{}…", &value[..end]),
            None => value.to_owned(),
        });
        self
    }

    /// What is wrong, as a sentence without its place and value.
    pub fn message(&self) -> String {
        message::of(&self.code)
    }

    /// How to mend it, as a sentence; empty where there is nothing to do.
    pub fn remedy(&self) -> String {
        remedy::of(&self.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_from_the_file_inwards() {
        let place = Place::line("learners.csv", 12).at("upn", Some(2));
        assert_eq!(place.to_string(), "learners.csv, line 12, upn");
        assert_eq!(Place::file("learners.csv").to_string(), "learners.csv");
    }

    #[test]
    fn a_long_value_is_cut() {
        let problem = Problem::finding(Place::file("a.csv"), Code::UpnCheckLetter).value(&"é".repeat(300));
        assert_eq!(problem.value.unwrap().chars().count(), 201);
    }
}
