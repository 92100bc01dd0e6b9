use super::{Code, Limit, Thing};
use crate::text::FileKind;

/// How to mend it, in one sentence; empty where nothing needs doing.
pub(super) fn of(code: &Code) -> String {
    match code {
        Code::FileMissing => "Add it under exactly this name; with nothing to put in it, its header row alone.".into(),
        Code::FileIgnored => "Remove it, or correct its name.".into(),
        Code::WrongKind { found: FileKind::Xlsx | FileKind::Xls | FileKind::Ods, .. } => {
            "Open it in your spreadsheet program and save it as “CSV UTF-8”.".into()
        }
        Code::WrongKind { .. } => "Export the list again, and choose the right format.".into(),
        Code::NothingInIt => "Export the list again, and check that it has rows.".into(),
        Code::TooMuch { limit: Limit::Bytes | Limit::Rows | Limit::Cells | Limit::Text, .. } => {
            "Split it into several files.".into()
        }
        Code::TooMuch { .. } | Code::Damaged { .. } => "Export the file again from the system that made it.".into(),
        Code::ReadAs { .. } => "Check names with accents; to be certain, save the file as “CSV UTF-8”.".into(),
        Code::CharactersLost | Code::NotUtf8 => "Save the file as UTF-8.".into(),
        Code::NulsDropped => "Check that no name or number was cut short.".into(),
        Code::SheetChosen { .. } => "If that is the wrong sheet, save the right one in a workbook of its own.".into(),

        Code::ArchivePath => "Zip the files themselves, not a folder with them.".into(),
        Code::ArchiveNested => "Unpack the inner archive and zip its files directly.".into(),
        Code::ArchiveEncrypted => "Zip the files without a password.".into(),
        Code::XmlEntity => "Export the file again from your management information system.".into(),
        Code::XmlNotRecognised { .. } => {
            "Export a Common Transfer File from your management information system.".into()
        }

        Code::NotToml { .. } => "Correct the line; texts stand in double quotes, each key on its own line.".into(),
        Code::UnknownKey => "Correct its spelling, or remove it.".into(),
        Code::KeyMissing => "Add it.".into(),
        Code::WrongValue { .. } => "Correct the value.".into(),
        Code::UnknownParameter { known } => one_of("Use one of", known),
        Code::FirstDay { .. } => "Give the day on which the institution opened early, or remove the entry.".into(),
        Code::YearsReversed => "Swap them.".into(),

        Code::WrongSeparator { .. } => "Save the file as “CSV UTF-8 (comma delimited)”.".into(),
        Code::QuoteNotClosed => "Close the quote, or remove it.".into(),
        Code::NoHeader => "Put the names of the columns in the first row.".into(),
        Code::ColumnMissing => "Add a column with this heading.".into(),
        Code::ColumnUnknown => "Correct its spelling if it should be read.".into(),
        Code::ColumnRepeated { .. } => "Remove or rename one of the two columns.".into(),
        Code::ColumnDropped => String::new(),
        Code::BlankIsNo => "If a blank means that nobody knows, leave the column out.".into(),

        Code::Missing => "Fill in the cell.".into(),
        Code::UnknownWord { allowed } => one_of("Write one of", allowed),
        Code::NotADate => "Write a day that exists as 2026-09-01 or 01/09/2026.".into(),
        Code::AmbiguousDate => "Say which of the two this file uses.".into(),
        Code::NotAYearGroup => "Write 9, 09, Y9, Yr 9 or Year 9.".into(),
        Code::NotAnAcademicYear => "Write it as 2026/27.".into(),
        Code::NotYesNo => "Write yes or no (y, n, true, false, 1 or 0 will do).".into(),
        Code::NotHours => "Write a decimal number such as 5 or 2.5.".into(),
        Code::NegativeHours => "Write the length of the activity, or leave the cell blank.".into(),
        Code::NotACount => "Write a whole number such as 1.".into(),
        Code::TooManyCells { .. } => {
            "Put double quotes round a value that contains a comma, or remove the extra cells.".into()
        }
        Code::Repeated { thing, .. } => format!("Keep one row for each {}, or correct the reference.", thing.word()),
        Code::Unknown { thing: Thing::Learner } => {
            "Correct the reference, or add the learner to the list of learners.".into()
        }
        Code::Unknown { thing: Thing::Activity } => {
            "Correct the reference, or add the activity to the list of activities.".into()
        }
        Code::Unknown { thing } => format!("Correct the reference, or add the {}.", thing.word()),
        Code::LeftBeforeJoined { .. } | Code::ProgrammeReversed { .. } => "Correct one of the two dates.".into(),
        Code::YearGroupOutside { .. } => "Correct the year group, or the years of the institution.".into(),
        Code::BelowYearSeven | Code::RowsLeftOut { .. } => String::new(),
        Code::Contradicts { .. } => "Keep the row that is right.".into(),
        Code::SameAgain { .. } => "Remove one of the two rows.".into(),
        Code::UnknownRequirement => "Write its id as the report prints it, such as bm6.1.".into(),
        Code::CountNotAdaptable => "Write out, or adapt another requirement.".into(),

        Code::UpnCheckLetter | Code::UpnShape | Code::UlnCheckDigit | Code::UlnShape => {
            "Check it in your management information system; the row was taken as it is.".into()
        }
        Code::UlnPlaceholder => "Add the number when it has been issued.".into(),
        Code::IdentifierRepeated { .. } => {
            "Check both rows: they may be one person, or one identifier is wrong.".into()
        }
        Code::BirthAndYearGroup { .. } => "Check both; the year group counts as written.".into(),
        Code::BeforeJoining { .. } => {
            "If a previous school recorded it, write transferred in the activity's source; else check the dates.".into()
        }
        Code::LostZeros | Code::Scientific => {
            "Export the file again and format the column as text before saving.".into()
        }
        Code::RetiredCode { .. } => "Correct it in your management information system.".into(),
        Code::YearGroupUndecided => "Choose the year group when you review the import.".into(),
        Code::ShortYear { .. } => "Use four digits for the year.".into(),
        Code::NotALearner => String::new(),
        Code::OthersLeftOut { .. } | Code::RowsInOtherFile { .. } | Code::ReadAsValue { .. } => String::new(),
        Code::ManifestMissing => "Add manifest.csv if the system that made the package can write it.".into(),
        Code::ManifestDiffers { .. } => "Check that the package is complete.".into(),
        Code::SeveralInstitutions { .. } => "Say which one this is about.".into(),
        Code::MoreOfThese { .. } => "Mend the ones above first; the others may go with them.".into(),
        Code::Other { remedy, .. } => remedy.clone(),
    }
}

fn one_of(start: &str, words: &[String]) -> String {
    format!("{start}: {}.", words.join(", "))
}
