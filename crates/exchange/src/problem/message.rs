use super::{Code, Limit};

/// What is wrong, in one sentence.
pub(super) fn of(code: &Code) -> String {
    match code {
        Code::FileMissing => "This file is missing.".into(),
        Code::FileIgnored => "This file was not expected here and was not read.".into(),
        Code::WrongKind { expected, found } => {
            format!("This should be {}, but it is {}.", expected.label(), found.label())
        }
        Code::NothingInIt => "There is nothing in this file.".into(),
        Code::TooMuch { limit, most } => too_much(*limit, *most),
        Code::Damaged { detail } => format!("This file is damaged and cannot be read: {detail}."),
        Code::ReadAs { encoding } => {
            format!("This file was read as {}, because it is not plain UTF-8.", encoding.name())
        }
        Code::CharactersLost => "Some bytes of this file stand for no character and were lost.".into(),
        Code::NulsDropped => "This file holds NUL characters, which stand for nothing; they were left out.".into(),
        Code::NotUtf8 => "This file is not UTF-8.".into(),
        Code::SheetChosen { sheet } => format!("The workbook has several sheets; “{sheet}” was read."),

        Code::ArchivePath => "A file in this archive has a path that may not be followed.".into(),
        Code::ArchiveNested => "There is an archive inside this archive.".into(),
        Code::ArchiveEncrypted => "This archive needs a password.".into(),
        Code::XmlEntity => "This XML file declares a document type or entities, which are never followed.".into(),
        Code::XmlNotRecognised { root } => {
            format!("This XML file starts with “{root}” and is no Common Transfer File.")
        }

        Code::NotToml { detail } => format!("This file cannot be read as TOML: {detail}."),
        Code::UnknownKey => "This key is not known and was not read.".into(),
        Code::KeyMissing => "This key is missing.".into(),
        Code::WrongValue { expected } => format!("The value must be {expected}."),
        Code::UnknownParameter { .. } => "There is no parameter of this name.".into(),
        Code::FirstDay { year } => {
            format!("The first day of {year} is 1 September {0} or an earlier day of {0}.", year.start())
        }
        Code::YearsReversed => "The lowest year group is above the highest.".into(),

        Code::WrongSeparator { found } => {
            format!("The cells of this file are separated by {}, not by commas.", separator_name(*found))
        }
        Code::QuoteNotClosed => {
            "A double quote opens a cell here and never closes, so the rest of the file is one cell.".into()
        }
        Code::NoHeader => "No row of column headings was found.".into(),
        Code::ColumnMissing => "This column is missing.".into(),
        Code::ColumnUnknown => "This column is not known and was not read.".into(),
        Code::ColumnRepeated { first } => format!("This heading stands twice; only column {first} was read."),
        Code::ColumnDropped => "This column was left unread on purpose: nothing here needs it.".into(),

        Code::BlankIsNo => "This column only ever says yes; a blank was read as no.".into(),

        Code::Missing => "A value is missing.".into(),
        Code::UnknownWord { .. } => "This is not one of the words that can stand here.".into(),
        Code::NotADate => "This is not a date.".into(),
        Code::AmbiguousDate => "This date can be read in two ways: day first or month first.".into(),
        Code::NotAYearGroup => "This is not a year group.".into(),
        Code::NotAnAcademicYear => "This is not an academic year.".into(),
        Code::NotYesNo => "This is neither yes nor no.".into(),
        Code::NotHours => "This is not a number of hours.".into(),
        Code::NegativeHours => "Hours cannot be negative.".into(),
        Code::NotACount => "This is not a whole number of 1 or more.".into(),
        Code::TooManyCells { headings } => format!("This row has more cells than there are headings ({headings})."),
        Code::Repeated { thing, first_line } => {
            format!("This {} is already on line {first_line}.", thing.word())
        }
        Code::Unknown { thing } => format!("There is no {} with this reference.", thing.word()),
        Code::LeftBeforeJoined { joined } => {
            format!("The last day is before the first day, {}.", domain::date::long(*joined))
        }
        Code::ProgrammeReversed { starts } => {
            format!("The programme ends before it starts, {}.", domain::date::long(*starts))
        }
        Code::YearGroupOutside { lowest, highest } => {
            format!("The institution teaches years {lowest} to {highest}.")
        }
        Code::BelowYearSeven => "This learner is below year 7 and was left out, with their rows in other files.".into(),
        Code::RowsLeftOut { rows: 1 } => "One row was left out with the learner or activity that it names.".into(),
        Code::RowsLeftOut { rows } => format!("{rows} rows were left out with the learner or activity that they name."),
        Code::Contradicts { first_line, first } => format!("Line {first_line} says “{first}” about the same thing."),
        Code::SameAgain { first_line } => format!("This says the same as line {first_line} and was counted once."),
        Code::UnknownRequirement => "There is no requirement with this id.".into(),
        Code::CountNotAdaptable => "This requirement has no number that could be adapted; the row was left out.".into(),

        Code::UpnCheckLetter => "The check letter of this UPN is wrong.".into(),
        Code::UpnShape => "This is not the shape of a UPN.".into(),
        Code::UlnCheckDigit => "The check digit of this ULN is wrong.".into(),
        Code::UlnShape => "This is not the shape of a ULN.".into(),
        Code::UlnPlaceholder => "This stands for “no ULN yet” and identifies nobody.".into(),
        Code::IdentifierRepeated { first_line } => format!("The same identifier stands on line {first_line}."),
        Code::BirthAndYearGroup { year_group } => {
            format!("This date of birth does not fit year {year_group} by more than two years.")
        }
        Code::BeforeJoining { joined } => {
            format!("The activity was before the learner joined on {}.", domain::date::long(*joined))
        }
        Code::LostZeros => "This identifier seems to have lost its leading noughts in a spreadsheet.".into(),
        Code::Scientific => "A spreadsheet has turned this identifier into a rounded number.".into(),
        Code::RetiredCode { read_as } => format!("This code is retired; it was read as {read_as}."),
        Code::YearGroupUndecided => {
            "This is not a year group from 1 to 14: someone must decide which one applies.".into()
        }
        Code::ShortYear { read_as } => {
            format!("The year has two digits; the date was read as {}.", domain::date::long(*read_as))
        }
        Code::NotALearner => "This row is not about a learner of this institution and was left out.".into(),
        Code::OthersLeftOut { rows: 1 } => "One row is about someone who is no learner here, and was left out.".into(),
        Code::OthersLeftOut { rows } => {
            format!("{rows} rows are about staff, guardians or others who are no learners here, and were left out.")
        }
        Code::ManifestMissing => {
            "The package has no manifest, so its version and kind were told from its files.".into()
        }
        Code::ManifestDiffers { said } => format!("The manifest says “{said}” of this file, but that is not so."),
        Code::RowsInOtherFile { belong_in } => {
            format!("This file holds rows that belong in {belong_in}; they were read as such.")
        }
        Code::ReadAsValue { read_as } => format!("This was read as {read_as}."),
        Code::SeveralInstitutions { names } => {
            format!("The learners of several institutions are in this file: {}.", names.join(", "))
        }
        Code::MoreOfThese { rows } => format!("There are {rows} more of these, not listed one by one."),
        Code::Other { message, .. } => message.clone(),
    }
}

fn separator_name(separator: char) -> &'static str {
    match separator {
        ';' => "semicolons",
        '\t' => "tabs",
        '|' => "bars",
        _ => "something else",
    }
}

fn too_much(limit: Limit, most: u64) -> String {
    match limit {
        Limit::Bytes => format!("This file is larger than {} MB.", most.div_ceil(1_000_000)),
        Limit::Rows => format!("This sheet has more than {most} rows."),
        Limit::Columns => format!("This sheet has more than {most} columns."),
        Limit::Cell => format!("A cell holds more than {most} characters."),
        Limit::Cells => format!("This sheet has more than {most} cells."),
        Limit::Text => format!("The cells of this sheet hold more than {} MB of text.", most.div_ceil(1_000_000)),
        Limit::Entries => format!("This archive holds more than {most} files."),
        Limit::Unpacked => format!("This archive unpacks to more than {} MB.", most.div_ceil(1_000_000)),
        Limit::Ratio => format!("This archive unpacks to more than {most} times its size."),
        Limit::Depth => format!("The elements of this file are nested more than {most} deep."),
    }
}
