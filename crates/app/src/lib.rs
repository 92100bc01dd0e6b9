//! What people can do: one function per operation, for pages, API and command line alike.
//!
//! # The pattern
//!
//! An operation is a method of [`App`] in the file of its noun. It takes the [`Actor`] first, asks [`Actor::ask`] whether the
//! actor may do this there, opens one transaction, and returns what happened or was found. It fails in one of three ways that are
//! never mixed ([`Error`]). Nothing outside this crate opens a transaction or decides about access.
//!
//! Operations are synchronous; callers with an event loop run each on a thread that may block. Time, ids and randomness come from
//! the [`Context`].
//!
//! Findings are worked out from an institution's records held in memory ([`held`]); a change moves the institution's revision
//! on, and the next reader takes the records up again.

mod account;
mod activity;
mod activity_cohort;
mod activity_export;
mod activity_file;
mod activity_form;
mod activity_page;
mod activity_state;
mod activity_task;
mod activity_template;
mod actor;
mod api_key;
mod attestation;
mod audit;
mod benchmarks;
mod budget;
mod calendar;
mod careers_team;
mod catch_up;
mod check_in;
mod cohort;
mod confirmation;
mod context;
mod curriculum_link;
mod curriculum_map;
mod data_register;
mod data_register_page;
mod deletion;
mod duty;
mod erasure;
mod erasure_of_account;
mod error;
mod export;
mod frame;
mod gaps;
mod gias;
mod grant;
mod guidance_note;
mod hand_over;
mod heat_map;
mod held;
mod holding;
mod home;
mod home_programme;
mod home_task;
pub mod import;
mod installation;
mod institution;
mod invitation;
mod journey;
mod learner;
mod letter;
mod link;
mod maintenance;
mod mark;
mod occasion;
mod open_form;
mod organisation;
mod outbox;
mod outcome;
mod outcomes_file;
mod oversight;
mod own_words;
mod passkey;
mod password;
mod password_reset;
mod permission;
mod person;
mod placement;
mod plan;
mod plan_form;
mod policy;
mod post;
mod poster;
mod processing_record;
mod programme;
mod programme_approval;
mod programme_cohort;
mod programme_document;
mod programme_export;
mod progression;
mod proposal;
mod provider_access;
mod provider_request;
mod public_address;
mod reach;
mod recovery_code;
mod register;
mod register_link;
mod register_list;
mod register_sheet;
mod requirement;
mod retention;
mod retention_period;
mod roadmap;
mod role;
mod roll;
mod second_step;
mod secret;
mod session;
mod sign_on;
mod signed_in;
mod site_check;
mod slot;
mod staff_training;
mod subject_access;
mod subject_access_document;
mod subject_access_json;
mod subject_access_programme;
mod throttle;
mod token;
mod totp;
mod viewing;
mod voice;
mod website;
mod why;
mod withheld;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock},
};

use ::policy::Wording;
use rules::{Cases, Rulebook};
use store::Store;

pub use account::NewAccount;
pub use activity::{ActivityFilter, ActivityList, ActivityPage, ActivityRow, ActivityTask, ToDo};
pub use activity_cohort::CohortChoices;
pub use activity_file::{ActivityFileRow, MOST_IN_A_FILE};
pub use activity_form::ActivityForm;
pub use activity_page::{PartRow, PlanPage, SeriesRow};
pub use activity_template::{Beginning, Beginnings};
pub use actor::{Actor, Grant};
pub use api_key::{ApiKey, ApiKeyForm, KEY_PREFIX, KeyScope, KeyState, NewApiKey};
pub use attestation::{AttestationForm, InstitutionStanding};
pub use audit::{AuditChain, AuditEntry, AuditFilter, AuditKind, AuditPage, FieldChange};
pub use benchmarks::{Benchmark, Benchmarks, RequirementRow, Trend, TrendPoint};
pub use budget::BudgetPage;
pub use calendar::{
    CalendarDateForm, CalendarDatePage, CalendarDates, CalendarEntry, CalendarFeed, CalendarFilter, CalendarPage,
    CalendarShow, CalendarThing, Clash, ClashKind, DateSort, Feed, FeedScope, Feeds, NationalRow, NewFeed, OwnRow,
    PaperDay,
};
pub use careers_team::{CareersPost, CareersPostPage, CareersPostRow, CareersTeam, ContactForm};
pub use catch_up::{
    ActivityName, CatchUpActivity, CatchUpFilter, CatchUpForm, CatchUpRow, CatchUpSessionForm, CatchUpStanding,
    CatchUpWord, CatchUps,
};
pub use check_in::{Came, CheckIn, CheckInForm, CheckedIn, OpenCheckIn};
pub use cohort::{CohortFilter, GroupFilter};
pub use context::Context;
pub use curriculum_link::{CurriculumLinkForm, CurriculumLinkPage};
pub use curriculum_map::{CurriculumCell, CurriculumCellPage, CurriculumMap, SubjectRow};
pub use data_register::{
    DataRegister, DataSort, LawfulBasis, OnErasure, RegisterGroup, RegisterTable, RetentionRule, Whose, data_register,
};
pub use data_register_page::term;
pub use duty::{Duties, DutyDone, DutyFilter, DutyForm, DutyPage, DutyRow};
pub use erasure::{ErasureKind, ErasurePage};
pub use error::{Error, Fault, FieldProblem, Problems, Refusal, Result};
pub use export::{ListFile, ListFormat};
pub use frame::{Frame, FrameworkName, InstitutionName, View};
pub use gaps::{GapCounts, Gaps, GapsFilter, GapsRow};
pub use gias::{EstablishmentFound, GiasCounts};
pub use guidance_note::{GuidanceNoteForm, GuidanceNoteRow, GuidanceNotes};
pub use hand_over::{Belongings, HandOver};
pub use heat_map::{HeatMap, HeatMapCell, HeatMapRow};
pub use holding::{Caseload, GroupChoices};
pub use home::{Home, HomeDate, Todo, TodoKind};
pub use home_programme::{HomeActivity, HomeProgramme};
pub use home_task::HomeTask;
pub use installation::SetUp;
pub use institution::{InstitutionForm, InstitutionPage};
pub use invitation::{InvitationForm, Invited, Offer, OpenInvitation};
pub use journey::{Journey, JourneyStop, JourneyYear};
pub use learner::{EvidenceRow, Finding, LearnerFilter, LearnerList, LearnerPage, LearnerRow, TimelineEntry};
pub use link::LinkPurpose;
pub use maintenance::{DatabaseState, Progress};
pub use mark::{Conflict, Mark, Marked, Seen};
pub use organisation::{
    AskedAlready, ContactPersonForm, ContactRow, Duplicate, Merged, NoteForm, NoteRow, OrganisationFilter,
    OrganisationForm, OrganisationList, OrganisationPage, OrganisationRow, OrganisationsRead, OwnerChoice, Visit,
};
pub use outcome::{OutcomeForm, OutcomePage, OutcomeRow};
pub use oversight::Body;
pub use own_words::{OwnWordsForm, OwnWordsList, OwnWordsPage, OwnWordsRow};
pub use passkey::{PasskeyAnswer, PasskeyAsked, PasskeyRow, RelyingParty};
pub use password::{Cost, SHORTEST as SHORTEST_PASSWORD};
pub use permission::{Grid, is_open};
pub use person::{Holding, Person};
pub use placement::{
    BoardCard, BoardColumn, CheckForm, CheckRow, EmployerAnswer, EmployerOpinion, EmployerRequest, EntryForm, EntryRow,
    HoursLedger, HoursOfStage, HoursRow, JournalEntry, JournalRequest, MovedPlacements, NewPlacement, NextAction,
    ParentAnswer, ParentRequest, PlacementBoard, PlacementFeedbackRow, PlacementFile, PlacementFilter, PlacementForm,
    PlacementLink, PlacementPage, SeasonForm, StepRow, WithoutPlacement,
};
pub use plan::{CHANGED_MEANWHILE, Planned};
pub use plan_form::{AttendingForm, PlanForm, SessionForm};
pub use policy::{
    ClauseForm, ClauseMode, ClausePage, ClausePlace, ClauseSaved, ClauseSource, ComparedClause, EditionClause,
    EditionClauseKind, EditionPreview, MissingFact, OpenCheck, OwnAfterwards, PaperStanding, PassageClause,
    PassageForm, PassageRow, PassageTakenBack, Policies, PolicyApprovalForm, PolicyBehind, PolicyChangeKind,
    PolicyChangeRow, PolicyClauseRow, PolicyComparison, PolicyEvidence, PolicyFormat, PolicyPage, PolicyRow,
    PolicySection, PolicyText, PublishedPolicy, ReadInPage, SignatureForm, SigningPage,
};
pub use post::{BadPost, PostSecurity, PostSettings};
pub use processing_record::ProtectionDocument;
pub use programme::{Missing, ProgrammeForm, ProgrammePage, Saved, YearForm, YearPlan, YearPlanPage};
pub use programme_approval::{Approval, ApprovalForm, Approvals, Approver, TextChange};
pub use progression::{Progression, Thread};
pub use proposal::{Accepted, AcceptedSession, LeftRow, PlaceRow, ProposalFilter, ProposalPage, SessionRow};
pub use provider_access::{Phase, PhaseCohort, ProviderAccess};
pub use provider_request::{
    Asked, CONTENTS as PROVIDER_CONTENTS, DecisionLetter, DeliveryForm, EvaluationForm, GrantForm, Grounds, LetterRow,
    LinkedRequest, LinkedStep, ProviderRequestFilter, ProviderRequestList, ProviderRequestPage, ProviderRequestRow,
    RequestActivity, RequestContactForm, RequestCounts, RequestForm, RequestGuard, RequestLearner, RequestOffer,
    StepLine, TakenForm, TakenOffer, VisitorForm, WAYS as REQUEST_WAYS, WaitingRequests,
};
pub use reach::{Group, Reach};
pub use recovery_code::RecoveryCodes;
pub use register::{Register, RegisterRow};
pub use register_link::{LinkedRegister, NewRegisterLink, RegisterLinkForm, RegisterLinkRow, RegisterLinks};
pub use register_list::{ListCheck, ListLine};
pub use register_sheet::{SheetChange, SheetCheck, SheetProblem};
pub use requirement::{RequirementFilter, RequirementLearner, RequirementPage};
pub use retention::{RetentionLine, RetentionPage, RetentionPlan, RetentionRunRow, RulePeriod};
pub use roadmap::{Roadmap, RoadmapForm, RoadmapPointPage, RoadmapRow};
pub use role::{Action, Actions, Role};
pub use roll::{Found, RollRow};
pub use rules::catalogue::CataloguePage;
pub use rules::{
    Area, Basis, BenchmarkStatus, Expected, Explanation, Force, Forecast, Grouping, InstitutionFinding,
    InstitutionStatus, Offered, Reason, Status, Tally,
};
pub use rules::{HowMade, WhyOpen};
pub use second_step::{Proof, Proofs, SecondStep, SecondStepTaken, Security};
pub use secret::Secret;
pub use session::{Method, NewSession, Origin, Session};
pub use sign_on::{IdentityProvider, LinkedIdentity, ProviderKind, Returned, SignOnRefusal, SignedOn};
pub use signed_in::SignedIn;
pub use site_check::{SavedPage, SiteCheckPage, SiteCheckRow, SiteCheckState, SiteChecks};
pub use slot::{SlotForm, SlotRow, Slots, weekday};
pub use staff_training::{StaffTrainingForm, StaffTrainingPage};
pub use store::letter::LetterTakenBack;
pub use store::plan::{Attending, Group as PlanGroup, Plan, Session as PlanSession};
pub use store::policy::{Policy, PolicyApproval, PolicyState, Signature};
pub use store::policy_passage::{PassageState, PolicyPassage};
pub use store::provider_request::ProviderRequest;
pub use store::{curriculum_link::CurriculumLink, staff_training::StaffTraining};
pub use subject_access::{PrivateNotes, SubjectAccessFormat, SubjectAccessPage};
pub use token::Token;
pub use totp::{QrPicture, TotpOffer};
pub use voice::{
    FeedbackForm, FeedbackRow, ReflectionForm, ReflectionRow, Suggestion, VoiceLink, VoiceRequest, VoicesPage,
};
pub use website::{
    AUDIENCES, AnswerForm, LogoUpload, PublicFile, PublicSite, QuestionForm, QuestionRow, Questions, RESERVED_WORDS,
    SnapshotRow, WEBSITE_TEXTS, WebsiteDifference, WebsiteFile, WebsiteItem, WebsiteLook, WebsitePage, WebsiteText,
    WebsiteTextKind, WebsiteTexts, WebsiteTextsPage,
};
pub use withheld::GroupTally;

/// The product's operations over one database. Cheap to clone; clones share everything.
#[derive(Debug, Clone)]
pub struct App(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    store: Store,
    rulebook: Rulebook,
    cases: Cases,
    wording: Wording,
    context: Context,
    password_cost: Cost,
    held: held::Cache,
    throttle: throttle::Throttle,
    post: OnceLock<post::Post>,
    identity_providers: Vec<IdentityProvider>,
    directory: sign_on::Directory,
    websites: website::Cache,
    website_guard: fetch::Guard,
    site_checks: Mutex<site_check::Running>,
    running: Mutex<HashMap<domain::ImportId, import::Running>>,
}

impl App {
    /// Over an open database with its schema up to date.
    pub fn new(
        store: Store,
        rulebook: Rulebook,
        cases: Cases,
        wording: Wording,
        context: Context,
        password_cost: Cost,
    ) -> Self {
        Self(Arc::new(Inner {
            store,
            rulebook,
            cases,
            wording,
            context,
            password_cost,
            held: held::Cache::default(),
            throttle: throttle::Throttle::default(),
            post: OnceLock::new(),
            identity_providers: Vec::new(),
            directory: sign_on::Directory::default(),
            websites: website::Cache::default(),
            website_guard: fetch::Guard::Public,
            site_checks: Mutex::default(),
            running: Mutex::default(),
        }))
    }

    /// The same, with identity providers that people may sign in with. Before it is shared.
    ///
    /// # Panics
    /// If it has been cloned already.
    #[must_use]
    pub fn with_identity_providers(mut self, providers: Vec<IdentityProvider>) -> Self {
        let inner = Arc::get_mut(&mut self.0).expect("an app is put together before it is shared");
        inner.identity_providers = providers;
        self
    }

    /// The same, checking websites of this machine, too: for tests that start one. Nothing that a person can set leads here.
    ///
    /// # Panics
    /// If it has been cloned already.
    #[must_use]
    pub fn with_websites_of_this_machine_for_tests(mut self) -> Self {
        let inner = Arc::get_mut(&mut self.0).expect("an app is put together before it is shared");
        inner.website_guard = fetch::Guard::PublicAndThisMachineForTests;
        self
    }

    /// The context that it was given.
    pub fn context(&self) -> &Context {
        &self.0.context
    }

    /// The rulebook that it was given.
    pub fn rulebook(&self) -> &Rulebook {
        &self.0.rulebook
    }

    /// The wording of policies that it was given.
    pub fn wording(&self) -> &Wording {
        &self.0.wording
    }

    fn websites(&self) -> &website::Cache {
        &self.0.websites
    }

    fn store(&self) -> &Store {
        &self.0.store
    }
}
