//! The words of the trade as types.
//!
//! Nothing here reads a file, a clock or a database: these are values, how they are written down, and the few facts
//! about them that never depend on an edition of the law (what an academic year is, how a UPN's check letter is formed).
//! What does depend on an edition lives in the rulebook and is read by `rules`.

mod academic_year;
mod activity;
mod adaptation;
pub mod date;
pub mod duty;
mod hours;
mod id;
pub mod identifier;
mod institution;
mod learner;
mod name;
mod organisation;
mod outcome;
mod participation;
mod placement;
mod provider_request;
mod records;
mod review;
pub mod roadmap;
mod word;
mod year_group;

pub use academic_year::{AcademicYear, Calendar};
pub use activity::{Activity, ActivityState, Check, Checks, Kind, Mode, ProviderType, Source, Through, YearGroups};
pub use adaptation::{Adaptation, Adapted};
pub use hours::{Hours, HoursError};
pub use id::{
    AccountId, ActivityFileId, ActivityId, ActivityTemplateId, ApiKeyId, CalendarDateId, ContactId, ContactNoteId,
    CurriculumLinkId, DutyId, FeedbackId, GuidanceNoteId, HubId, ImportId, InformationRequestId, InstitutionId,
    InvitationId, JobId, LearnerId, LetterId, LinkId, OrganisationId, OutcomeId, PasskeyId, PlacementEntryId,
    PlacementId, PolicyId, ProviderRequestId, PublicationId, ReflectionId, RetentionRunId, Revision, RoadmapPointId,
    SessionId, SiteCheckId, SlotId, StaffTrainingId, TrustId,
};
pub use institution::{Institution, InstitutionType, Sector, Subjects};
pub use jiff::civil::Date;
pub use learner::{Learner, Sen, YearRecord};
pub use name::{plain_words, same_name, split_list};
pub use organisation::{Industry, Offer, OrganisationSize, OrganisationSort};
pub use outcome::{Framework, FrameworkTag, OutcomeSort, OutcomeStage};
pub use participation::{Participation, ParticipationStatus};
pub use placement::{CHECK_SET, CheckRule, CheckStatus, CheckedBy, PlacementCheck, PlacementStage};
pub use provider_request::{ProviderRequestState, VisitorAssurance};
pub use records::{ActivityIndex, LearnerIndex, Records};
pub use review::Review;
pub use word::{UnknownWord, parse_yes_no};
pub use year_group::{KeyStage, YearGroup};
