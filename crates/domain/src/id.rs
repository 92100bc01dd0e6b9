//! Keys of stored things. All are time-ordered numbers made by the caller's context, so that tests can repeat them and
//! rows that belong together lie together.

use std::{fmt, num::ParseIntError, str::FromStr};

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl FromStr for $name {
            type Err = ParseIntError;
            fn from_str(text: &str) -> Result<Self, ParseIntError> { text.parse().map(Self) }
        }
        impl TryFrom<String> for $name {
            type Error = ParseIntError;
            fn try_from(text: String) -> Result<Self, ParseIntError> { text.parse() }
        }
        impl From<$name> for String {
            // As text, because JSON readers round numbers beyond 2^53.
            fn from(id: $name) -> Self { id.to_string() }
        }
    )+};
}

id! {
    /// A school, college or training provider.
    InstitutionId,
    /// A trust (or another group of institutions).
    TrustId,
    /// A learner of one institution.
    LearnerId,
    /// An activity of one institution.
    ActivityId,
    /// A person who can sign in.
    AccountId,
    /// One import of a file.
    ImportId,
    /// A piece of long work.
    JobId,
    /// A Careers Hub.
    HubId,
    /// An invitation to work in an institution.
    InvitationId,
    /// One browser's being signed in.
    SessionId,
    /// A passkey of a person.
    PasskeyId,
    /// A key with which a program uses the API.
    ApiKeyId,
    /// A note of a guidance meeting.
    GuidanceNoteId,
    /// A learning outcome.
    OutcomeId,
    /// A key decision on the roadmap for parents and carers.
    RoadmapPointId,
    /// A place where a subject links to careers.
    CurriculumLinkId,
    /// Something staff learnt about careers.
    StaffTrainingId,
    /// A file of an activity.
    ActivityFileId,
    /// A template of an activity.
    ActivityTemplateId,
    /// A link that works without an account.
    LinkId,
    /// What a learner thought of an activity.
    ReflectionId,
    /// What an employer or provider thought.
    FeedbackId,
    /// An employer, provider or other organisation.
    OrganisationId,
    /// A person at an organisation, or an alumnus.
    ContactId,
    /// A note that an organisation was contacted.
    ContactNoteId,
    /// Free places to offer.
    SlotId,
    /// A learner's work placement.
    PlacementId,
    /// An entry in a placement's journal, or a visit.
    PlacementEntryId,
    /// A date of the calendar.
    CalendarDateId,
    /// Something that somebody answers for in the careers programme.
    DutyId,
    /// A version of the careers policy or of the provider access statement.
    PolicyId,
    /// A provider's request to meet learners.
    ProviderRequestId,
    /// A letter to be sent.
    LetterId,
    /// A snapshot of what was public.
    PublicationId,
    /// A question from the public site.
    InformationRequestId,
    /// A check of the institution's own website.
    SiteCheckId,
    /// One run of the retention rules.
    RetentionRunId,
}

/// How often an institution's records have changed. Whoever planned against one revision must not apply to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Revision(pub i64);
