use domain::{
    AccountId, ActivityFileId, ActivityId, ActivityState, ActivityTemplateId, ApiKeyId, CalendarDateId, ContactId,
    ContactNoteId, CurriculumLinkId, Date, DutyId, FeedbackId, GuidanceNoteId, Hours, HubId, ImportId,
    InformationRequestId, InstitutionId, InstitutionType, InvitationId, JobId, Kind, LearnerId, LinkId, Mode,
    OrganisationId, OutcomeId, PasskeyId, PlacementEntryId, PlacementId, PolicyId, ProviderType, PublicationId,
    ReflectionId, RetentionRunId, Revision, RoadmapPointId, Sen, SessionId, SiteCheckId, SlotId, Source,
    StaffTrainingId, Through, TrustId, YearGroup,
};
use jiff::Timestamp;

/// A value on its way into a statement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Nothing known.
    Null,
    /// A whole number.
    Int(i64),
    /// Text.
    Text(&'a str),
    /// A word of a closed list.
    Word(&'static str),
    /// Bytes.
    Bytes(&'a [u8]),
    /// Yes or no.
    Bool(bool),
    /// A day.
    Date(Date),
    /// An instant, kept to the microsecond.
    Timestamp(Timestamp),
}

/// A value on its way out of a row, as the engine gives it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Nothing known.
    Null,
    /// A whole number; on SQLite also yes/no and instants.
    Int(i64),
    /// Text; on SQLite also days.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
    /// Yes or no.
    Bool(bool),
    /// A day.
    Date(Date),
    /// An instant.
    Timestamp(Timestamp),
}

/// A cell holds something else than was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable(
    /// What was expected, in words.
    pub &'static str,
);

/// What can be given to a statement.
pub trait Bind {
    /// As a value.
    fn bind(&self) -> Value<'_>;
}

/// What can be read from a row.
pub trait FromCell: Sized {
    /// From a cell.
    ///
    /// # Errors
    /// If the cell holds something else.
    fn from_cell(cell: Cell<'_>) -> Result<Self, Unreadable>;
}

/// The values of a statement: `values![institution, learner.reference, None::<i64>]`.
macro_rules! values {
    ($($value:expr),* $(,)?) => { &[$($crate::value::Bind::bind(&$value)),*] };
}
pub(crate) use values;

impl<T: Bind + ?Sized> Bind for &T {
    fn bind(&self) -> Value<'_> {
        (**self).bind()
    }
}

impl<T: Bind> Bind for Option<T> {
    fn bind(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, Bind::bind)
    }
}

impl Bind for Value<'_> {
    fn bind(&self) -> Value<'_> {
        *self
    }
}

impl Bind for Vec<u8> {
    fn bind(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

impl<const N: usize> Bind for [u8; N] {
    fn bind(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

impl<T: FromCell> FromCell for Option<T> {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Unreadable> {
        match cell {
            Cell::Null => Ok(None),
            cell => T::from_cell(cell).map(Some),
        }
    }
}

macro_rules! bind {
    ($($type:ty => |$value:ident| $bound:expr),+ $(,)?) => {$(
        impl Bind for $type {
            fn bind(&self) -> Value<'_> { let $value = self; $bound }
        }
    )+};
}

bind! {
    i64 => |v| Value::Int(*v),
    i32 => |v| Value::Int(i64::from(*v)),
    i16 => |v| Value::Int(i64::from(*v)),
    u32 => |v| Value::Int(i64::from(*v)),
    u64 => |v| Value::Int(i64::try_from(*v).unwrap_or(i64::MAX)),
    usize => |v| Value::Int(i64::try_from(*v).unwrap_or(i64::MAX)),
    bool => |v| Value::Bool(*v),
    str => |v| Value::Text(v),
    String => |v| Value::Text(v),
    [u8] => |v| Value::Bytes(v),
    Date => |v| Value::Date(*v),
    Timestamp => |v| Value::Timestamp(*v),
    YearGroup => |v| Value::Int(i64::from(v.number())),
    domain::AcademicYear => |v| Value::Int(i64::from(v.start())),
    Hours => |v| Value::Int(v.billionths()),
    Revision => |v| Value::Int(v.0),
}

macro_rules! from_cell {
    ($($type:ty, $expected:literal => $($cell:pat => $value:expr),+;)+) => {$(
        impl FromCell for $type {
            fn from_cell(cell: Cell<'_>) -> Result<Self, Unreadable> {
                match cell {
                    $($cell => $value.ok_or(Unreadable($expected)),)+
                    _ => Err(Unreadable($expected)),
                }
            }
        }
    )+};
}

from_cell! {
    i64, "a whole number" => Cell::Int(n) => Some(n);
    i32, "a whole number" => Cell::Int(n) => i32::try_from(n).ok();
    i16, "a small whole number" => Cell::Int(n) => i16::try_from(n).ok();
    u32, "a whole number, not negative" => Cell::Int(n) => u32::try_from(n).ok();
    u64, "a whole number, not negative" => Cell::Int(n) => u64::try_from(n).ok();
    bool, "yes or no" => Cell::Bool(b) => Some(b), Cell::Int(n) => (n == 0 || n == 1).then_some(n == 1);
    String, "text" => Cell::Text(text) => Some(text.to_owned());
    Vec<u8>, "bytes" => Cell::Bytes(bytes) => Some(bytes.to_vec());
    Date, "a day" => Cell::Date(date) => Some(date), Cell::Text(text) => domain::date::parse(text);
    Timestamp, "an instant" =>
        Cell::Timestamp(at) => Some(at), Cell::Int(n) => Timestamp::from_microsecond(n).ok();
    YearGroup, "a year group" => Cell::Int(n) => i8::try_from(n).ok().map(YearGroup::new);
    domain::AcademicYear, "an academic year" =>
        Cell::Int(n) => i16::try_from(n).ok().map(domain::AcademicYear::starting);
    Hours, "hours, not negative" => Cell::Int(n) => Hours::from_billionths(n);
    Revision, "a revision" => Cell::Int(n) => Some(Revision(n));
}

macro_rules! ids {
    ($($id:ty),+) => {$(
        impl Bind for $id {
            fn bind(&self) -> Value<'_> { Value::Int(self.0) }
        }
        impl FromCell for $id {
            fn from_cell(cell: Cell<'_>) -> Result<Self, Unreadable> { i64::from_cell(cell).map(Self) }
        }
    )+};
}

ids!(
    InstitutionId,
    TrustId,
    ActivityFileId,
    ActivityTemplateId,
    CalendarDateId,
    ContactId,
    ContactNoteId,
    CurriculumLinkId,
    DutyId,
    FeedbackId,
    LinkId,
    OrganisationId,
    OutcomeId,
    PlacementEntryId,
    PlacementId,
    ReflectionId,
    RoadmapPointId,
    SlotId,
    PublicationId,
    InformationRequestId,
    SiteCheckId,
    StaffTrainingId,
    HubId,
    LearnerId,
    ActivityId,
    AccountId,
    ImportId,
    JobId,
    InvitationId,
    SessionId,
    PasskeyId,
    ApiKeyId,
    GuidanceNoteId,
    PolicyId,
    RetentionRunId,
    domain::ProviderRequestId,
    domain::LetterId
);

/// Closed lists are kept as their words, so that a new member never changes what a stored one means.
macro_rules! words {
    ($($type:ty),+ $(,)?) => {$(
        impl $crate::value::Bind for $type {
            fn bind(&self) -> $crate::value::Value<'_> { $crate::value::Value::Word(self.word()) }
        }
        impl $crate::value::FromCell for $type {
            fn from_cell(cell: $crate::value::Cell<'_>) -> Result<Self, $crate::value::Unreadable> {
                match cell {
                    $crate::value::Cell::Text(text) => {
                        text.parse().map_err(|_| $crate::value::Unreadable("a word of its list"))
                    }
                    _ => Err($crate::value::Unreadable("a word of its list")),
                }
            }
        }
    )+};
}
pub(crate) use words;

words!(ActivityState, InstitutionType, Kind, Mode, ProviderType, Sen, Source, Through);
words!(domain::Framework, domain::OutcomeSort, domain::OutcomeStage);
words!(domain::ProviderRequestState, domain::VisitorAssurance);
words!(domain::CheckStatus, domain::PlacementCheck, domain::PlacementStage);
