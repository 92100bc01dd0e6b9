//! A register as a workbook: sent out or printed, filled in, and read when it comes back.
//!
//! ```text
//! A1  Register: Meet an engineer            title
//! A2  Register number     B2  7-42          whose register it is
//! A4  Reference  Name  Form  Mark  (Recorded before: hidden)
//! A5  …          one row for each learner
//! ```

mod read;
mod write;

use domain::ParticipationStatus;

pub use self::{
    read::{Returned, ReturnedRow, read},
    write::write,
};

/// What stands before the register's number.
const NUMBER: &str = "Register number";
/// The headings, in their order.
const HEADINGS: [&str; 5] = ["Reference", "Name", "Form", "Mark", "Recorded before"];
/// How many rows stand above the first learner.
const ABOVE: u32 = 4;

/// A register to be written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegisterSheet {
    /// What it is called.
    pub title: String,
    /// When and with whom it was.
    pub about: String,
    /// By which it is known again.
    pub number: String,
    /// The learners.
    pub rows: Vec<RegisterSheetRow>,
}

/// A learner of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterSheetRow {
    /// The local id.
    pub reference: String,
    /// "Surname, Forename".
    pub name: String,
    /// Registration group.
    pub form: String,
    /// What is recorded.
    pub mark: Option<ParticipationStatus>,
}

/// The word for a mark in a sheet.
pub const fn word(mark: ParticipationStatus) -> &'static str {
    match mark {
        ParticipationStatus::Attended => "Present",
        ParticipationStatus::Absent => "Absent",
        ParticipationStatus::Excused => "Excused",
        ParticipationStatus::Invited => "Invited",
    }
}

/// The mark that somebody wrote, in the words and signs that registers are kept in; `None` for anything else. Late is present.
pub fn mark(text: &str) -> Option<ParticipationStatus> {
    match text.trim().to_lowercase().as_str() {
        "present" | "p" | "attended" | "yes" | "y" | "x" | "1" | "/" | "\\" | "✓" | "✔" | "late" | "l" => {
            Some(ParticipationStatus::Attended)
        }
        "absent" | "a" | "no" | "n" | "0" | "o" => Some(ParticipationStatus::Absent),
        "excused" | "e" | "authorised" => Some(ParticipationStatus::Excused),
        "invited" => Some(ParticipationStatus::Invited),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> RegisterSheet {
        let row = |reference: &str, name: &str, mark| RegisterSheetRow {
            reference: reference.to_owned(),
            name: name.to_owned(),
            form: "9A".to_owned(),
            mark,
        };
        RegisterSheet {
            title: "Register: Meet an engineer".to_owned(),
            about: "6 October 2026, with Ashdown Engineering".to_owned(),
            number: "7-42".to_owned(),
            rows: vec![row("0001", "Sample, Ash", None), row("=L2", "Test, Billie", Some(ParticipationStatus::Absent))],
        }
    }

    #[test]
    fn a_register_comes_back_as_it_went_out() {
        let bytes = write(&sheet()).unwrap();
        let back = read("register.xlsx", &bytes).unwrap();
        assert_eq!(back.number.as_deref(), Some("7-42"));
        assert!(back.formulas.is_empty() && back.merged.is_empty());
        let rows: Vec<_> = back.rows.iter().map(|row| (row.line, &*row.reference, &*row.mark, &*row.before)).collect();
        assert_eq!(rows, [(5, "0001", "", ""), (6, "=L2", "Absent", "absent")]);
    }

    #[test]
    fn formulas_and_merged_cells_are_told() {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet();
        for (column, heading) in (0..).zip(["Reference", "Name", "Mark"]) {
            sheet.write(0, column, heading).unwrap();
        }
        sheet.write(1, 0, "L1").unwrap();
        sheet.write_formula(1, 2, "=IF(1,\"Present\",\"Absent\")").unwrap();
        sheet.write(2, 0, "L2").unwrap();
        sheet.merge_range(2, 2, 3, 2, "Absent", &rust_xlsxwriter::Format::new()).unwrap();
        let back = read("register.xlsx", &workbook.save_to_buffer().unwrap()).unwrap();
        assert_eq!(back.number, None);
        assert_eq!(back.formulas, ["C2"]);
        assert_eq!(back.merged, ["C3:C4"]);
        assert_eq!(back.rows[0].mark_cell, "C2");
    }

    #[test]
    fn a_list_without_the_headings_says_which_are_missing() {
        assert!(read("a.csv", b"Name,Form\nAsh,9A\n").is_err());
        assert_eq!(read("a.csv", b"Reference,Mark\nL1,p\n").unwrap().rows[0].mark, "p");
    }

    #[test]
    fn marks_are_read_in_the_words_and_signs_of_registers() {
        for (text, status) in [
            (" PRESENT ", Some(ParticipationStatus::Attended)),
            ("/", Some(ParticipationStatus::Attended)),
            ("n", Some(ParticipationStatus::Absent)),
            ("Excused", Some(ParticipationStatus::Excused)),
            ("Preesnt", None),
            ("", None),
        ] {
            assert_eq!(mark(text), status, "{text}");
        }
    }
}
