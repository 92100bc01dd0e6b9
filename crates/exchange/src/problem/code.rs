use domain::{AcademicYear, Date, YearGroup};
use serde::{Deserialize, Serialize};

use crate::text::{Encoding, FileKind};

/// What a repeated or unknown reference names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Thing {
    /// A learner.
    Learner,
    /// An activity.
    Activity,
    /// An organisation.
    Organisation,
    /// An academic session (OneRoster).
    Session,
    /// A class (OneRoster).
    Class,
    /// An institution.
    Institution,
}

impl Thing {
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Learner => "learner",
            Self::Activity => "activity",
            Self::Organisation => "organisation",
            Self::Session => "session",
            Self::Class => "class",
            Self::Institution => "institution",
        }
    }
}

/// What is limited, so that no file can use up the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// Bytes of a file.
    Bytes,
    /// Rows of a sheet.
    Rows,
    /// Columns of a sheet.
    Columns,
    /// Characters of a cell.
    Cell,
    /// Cells of a sheet.
    Cells,
    /// Bytes of text in all cells of a sheet.
    Text,
    /// Files in an archive.
    Entries,
    /// Bytes that an archive unpacks to.
    Unpacked,
    /// How many times larger an archive is when unpacked.
    Ratio,
    /// How deep XML elements are nested.
    Depth,
}

/// What is wrong, or worth knowing, with what its sentence needs.
#[allow(missing_docs, reason = "the fields of a variant say by their names what its sentence needs")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Code {
    // Files as a whole.
    /// A file that is needed is not there.
    FileMissing,
    /// A file of this name was not expected and not read.
    FileIgnored,
    /// A file of another kind than its name or place says.
    WrongKind { expected: FileKind, found: FileKind },
    /// Nothing in it, or nothing below the header.
    NothingInIt,
    /// Larger than is accepted.
    TooMuch { limit: Limit, most: u64 },
    /// The file is damaged: the reader's reason, in its words.
    Damaged { detail: String },
    /// Read in this encoding, because it is not UTF-8.
    ReadAs { encoding: Encoding },
    /// Bytes that stand for no character.
    CharactersLost,
    /// Characters of the value nought, which no text needs: dropped.
    NulsDropped,
    /// Must be UTF-8 and is not.
    NotUtf8,
    /// More than one sheet; the named one was read.
    SheetChosen { sheet: String },

    // Archives and XML.
    /// A path in an archive that leads outside it, or a folder where none may be.
    ArchivePath,
    /// An archive in an archive.
    ArchiveNested,
    /// A password is needed.
    ArchiveEncrypted,
    /// A document type declaration or entity, which is never followed.
    XmlEntity,
    /// XML, but not a document that is read here.
    XmlNotRecognised { root: String },

    // institution.toml.
    /// Not TOML: the reader's reason.
    NotToml { detail: String },
    /// A key that is not read.
    UnknownKey,
    /// A key that must be there.
    KeyMissing,
    /// A key with another sort of value.
    WrongValue { expected: String },
    /// A parameter that no rulebook knows.
    UnknownParameter { known: Vec<String> },
    /// A first day of term that cannot be the first day of that year.
    FirstDay { year: AcademicYear },
    /// The lowest year group is above the highest.
    YearsReversed,

    // Headers and lines.
    /// Cells are separated by something other than a comma.
    WrongSeparator { found: char },
    /// A double quote that opens a cell and never closes.
    QuoteNotClosed,
    /// No row of headings was found.
    NoHeader,
    /// A column that must be there.
    ColumnMissing,
    /// A column that is not read.
    ColumnUnknown,
    /// A heading that stands twice.
    ColumnRepeated { first: u32 },
    /// A column that is left unread on purpose, because nothing needs it.
    ColumnDropped,
    /// A column that says yes in some rows and nothing in the others: nothing is read as no.
    BlankIsNo,

    // Cells and rows.
    /// A value that must be there.
    Missing,
    /// Not a word of the list.
    UnknownWord { allowed: Vec<String> },
    /// Not a date, or no such day.
    NotADate,
    /// Could be day/month or month/day.
    AmbiguousDate,
    /// Not a year group.
    NotAYearGroup,
    /// Not an academic year.
    NotAnAcademicYear,
    /// Not yes or no.
    NotYesNo,
    /// Not a number of hours.
    NotHours,
    /// Less than no time.
    NegativeHours,
    /// Not a whole number of 1 or more.
    NotACount,
    /// More cells than headings.
    TooManyCells { headings: u32 },
    /// The same reference again.
    Repeated { thing: Thing, first_line: u64 },
    /// A reference to what is not there.
    Unknown { thing: Thing },
    /// Left before joining.
    LeftBeforeJoined { joined: Date },
    /// The programme ends before it starts.
    ProgrammeReversed { starts: Date },
    /// Outside the years that the institution teaches.
    YearGroupOutside { lowest: YearGroup, highest: YearGroup },
    /// Below year 7: left out.
    BelowYearSeven,
    /// Rows left out because the learner or activity they name was.
    RowsLeftOut { rows: u64 },
    /// Says otherwise than an earlier row about the same thing.
    Contradicts { first_line: u64, first: String },
    /// Says the same as an earlier row.
    SameAgain { first_line: u64 },
    /// A requirement that no rulebook knows.
    UnknownRequirement,
    /// An adaptation by count of something that is not a count.
    CountNotAdaptable,

    // Findings.
    /// Wrong check letter in a UPN.
    UpnCheckLetter,
    /// Not the shape of a UPN.
    UpnShape,
    /// Wrong check digit in a ULN.
    UlnCheckDigit,
    /// Not the shape of a ULN.
    UlnShape,
    /// The value that stands for "no ULN yet".
    UlnPlaceholder,
    /// The same identifier on another row.
    IdentifierRepeated { first_line: u64 },
    /// A date of birth that does not fit the year group by more than two years.
    BirthAndYearGroup { year_group: YearGroup },
    /// An activity before the learner joined.
    BeforeJoining { joined: Date },
    /// An identifier that a spreadsheet may have shortened.
    LostZeros,
    /// An identifier that a spreadsheet turned into scientific notation.
    Scientific,
    /// A retired code, read as the present one.
    RetiredCode { read_as: String },
    /// A year group that is none of 1 to 14, such as X or R: someone must decide.
    YearGroupUndecided,
    /// A date with two-digit year, read in this way.
    ShortYear { read_as: Date },
    /// A row that stands for someone who is no learner here (staff, guardian, another school's).
    NotALearner,
    // Packages and institution lists.
    /// Rows about staff, guardians and others who are no learners.
    OthersLeftOut { rows: u64 },
    /// A package without a manifest.
    ManifestMissing,
    /// The manifest says otherwise of a file than what is there.
    ManifestDiffers { said: String },
    /// Rows of one kind in the file of another.
    RowsInOtherFile { belong_in: String },
    /// A value read through another notation.
    ReadAsValue { read_as: String },
    /// Several institutions, and nobody has said which one is meant.
    SeveralInstitutions { names: Vec<String> },
    /// More of the same, not told one by one.
    MoreOfThese { rows: u64 },
    /// Anything else, as a full sentence with its remedy.
    Other { message: String, remedy: String },
}
