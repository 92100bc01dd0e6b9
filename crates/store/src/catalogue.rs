//! Every table and column, in an order in which each table comes after those it refers to: what backup and transfer copy,
//! and what the schemas of both engines are compared with.

use ColumnKind::{Bool, Bytes, Date, Int, Medium, Small, Text, Timestamp};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// A whole number of 16 bits.
    Small,
    /// A whole number of 32 bits.
    Medium,
    /// A whole number of 64 bits.
    Int,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// Yes or no.
    Bool,
    /// A day.
    Date,
    /// An instant, to the microsecond.
    Timestamp,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
    /// Whether it may be empty.
    pub optional: bool,
}

/// A table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// How many of its first columns are its primary key.
    pub key: usize,
    /// Its columns.
    pub columns: &'static [Column],
}

impl Table {
    /// Its columns' names, separated by commas.
    pub(crate) fn column_list(&self) -> String {
        self.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
    }

    /// The names of its key's columns, separated by commas.
    pub(crate) fn key_list(&self) -> String {
        self.columns[..self.key].iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
    }

    /// Whether its rows belong to an institution.
    pub fn is_of_institution(&self) -> bool {
        self.columns[0].name == "institution_id"
    }
}

macro_rules! tables {
    ($($constant:ident $name:ident [$key:literal] { $($column:ident: $kind:ident $(| $null:ident)?),+ $(,)? })+) => {
        $(pub(crate) static $constant: Table = Table {
            name: stringify!($name),
            key: $key,
            columns: &[$(Column {
                name: stringify!($column),
                kind: $kind,
                optional: optional!($($null)?),
            }),+],
        };)+

        /// Every table.
        pub static TABLES: &[&Table] = &[$(&$constant),+];
    };
}

macro_rules! optional {
    () => {
        false
    };
    (Null) => {
        true
    };
}

tables! {
    INSTALLATION installation [1] {
        installation_id: Small, setup_code_digest: Bytes | Null, created_at: Timestamp,
        completed_at: Timestamp | Null,
    }

    TRUST trust [1] {
        trust_id: Int, name: Text, group_uid: Text | Null,
    }

    HUB hub [1] {
        hub_id: Int, name: Text,
    }

    INSTITUTION institution [1] {
        institution_id: Int, trust_id: Int | Null, name: Text, kind: Text, urn: Text | Null, ukprn: Text | Null,
        lowest_year: Small, highest_year: Small, website: Text | Null, revision: Int, created_at: Timestamp,
        hub_id: Int | Null, slug: Text | Null,
    }

    INSTITUTION_SUBJECT institution_subject [3] {
        institution_id: Int, year_group: Small, position: Medium, subject: Text | Null,
    }

    INSTITUTION_FIRST_DAY institution_first_day [2] {
        institution_id: Int, academic_year: Small, first_day: Date,
    }

    INSTITUTION_PARAMETER institution_parameter [2] {
        institution_id: Int, name: Text, setting: Text,
    }

    INSTITUTION_CONTACT institution_contact [2] {
        institution_id: Int, role: Text, name: Text, email: Text | Null, phone: Text | Null, title: Text | Null,
        qualification: Text | Null, employer: Text | Null, ends_on: Date | Null,
    }

    LEARNER learner [2] {
        institution_id: Int, learner_id: Int, reference: Text, upn: Text | Null, uln: Text | Null, forename: Text,
        surname: Text, sort_name: Text, date_of_birth: Date, sex: Text | Null, form: Text | Null, sen: Text | Null,
        fsm: Bool | Null, looked_after: Bool | Null, considering_he: Bool | Null, subjects: Text | Null,
        joined_on: Date, left_on: Date | Null, programme_starts_on: Date | Null, programme_ends_on: Date | Null,
        revision: Int,
    }

    LEARNER_ALIAS learner_alias [4] {
        institution_id: Int, learner_id: Int, scheme: Text, identifier: Text, revision: Int,
    }

    YEAR_RECORD year_record [3] {
        institution_id: Int, learner_id: Int, academic_year: Small, year_group: Small, revision: Int,
    }

    ACTIVITY activity [2] {
        institution_id: Int, activity_id: Int, reference: Text, title: Text, held_on: Date, kind: Text,
        provider_type: Text | Null, organisation: Text | Null, mode: Text, subject: Text | Null, hours: Int | Null,
        year_groups: Text, checks: Text, through: Text | Null, source: Text | Null, revision: Int,
        state: Text, part_of: Int | Null,
    }

    PARTICIPATION participation [3] {
        institution_id: Int, learner_id: Int, activity_id: Int, status: Small, revision: Int,
    }

    REVIEW review [3] {
        institution_id: Int, learner_id: Int, held_on: Date, preparing_for_adulthood: Bool, revision: Int,
    }

    ADAPTATION adaptation [3] {
        institution_id: Int, learner_id: Int, requirement: Text, asked: Int | Null, reason: Text, person: Text,
        revision: Int,
    }

    ATTESTATION attestation [3] {
        institution_id: Int, requirement: Text, attested_on: Date, evidence: Text, owner: Text,
        account_id: Int | Null,
    }

    ACCOUNT account [1] {
        account_id: Int, email: Text, email_key: Text, name: Text, password_hash: Text | Null, administrator: Bool,
        created_at: Timestamp, closed_at: Timestamp | Null,
    }

    MEMBERSHIP membership [3] {
        institution_id: Int, account_id: Int, role: Text, reach: Text,
    }

    MEMBERSHIP_GROUP membership_group [5] {
        institution_id: Int, account_id: Int, role: Text, sort: Text, name: Text,
    }

    CASELOAD caseload [3] {
        institution_id: Int, account_id: Int, learner_id: Int,
    }

    TRUST_MEMBERSHIP trust_membership [2] {
        trust_id: Int, account_id: Int, role: Text,
    }

    HUB_MEMBERSHIP hub_membership [2] {
        hub_id: Int, account_id: Int, role: Text,
    }

    ROLE_PERMISSION role_permission [3] {
        institution_id: Int, role: Text, action: Text, allowed: Bool,
    }

    INVITATION invitation [2] {
        institution_id: Int, invitation_id: Int, token_digest: Bytes, name: Text, email: Text | Null, role: Text,
        reach: Text, groups: Text, learner_id: Int | Null, invited_by: Int | Null, created_at: Timestamp,
        expires_at: Timestamp, ended_at: Timestamp | Null, accepted_by: Int | Null,
    }

    PASSWORD_RESET password_reset [1] {
        token_digest: Bytes, account_id: Int, created_at: Timestamp, expires_at: Timestamp,
    }

    TOTP totp [1] {
        account_id: Int, secret: Bytes, created_at: Timestamp, confirmed_at: Timestamp | Null, last_step: Int,
    }

    PASSKEY passkey [2] {
        account_id: Int, passkey_id: Int, credential_id: Bytes, name: Text, credential: Text, created_at: Timestamp,
        last_used_at: Timestamp | Null,
    }

    RECOVERY_CODE recovery_code [2] {
        account_id: Int, code_digest: Bytes, used_at: Timestamp | Null,
    }

    IDENTITY identity [2] {
        issuer: Text, subject: Text, account_id: Int, linked_at: Timestamp, last_used_at: Timestamp | Null,
    }

    CEREMONY ceremony [1] {
        token_digest: Bytes, kind: Text, account_id: Int | Null, payload: Text, created_at: Timestamp,
        expires_at: Timestamp,
    }

    SESSION session [1] {
        token_digest: Bytes, session_id: Int, account_id: Int, csrf: Text, method: Text, device: Text,
        awaits_second_step: Bool, confirmed_at: Timestamp, created_at: Timestamp, last_seen_at: Timestamp,
        expires_at: Timestamp, viewing_institution_id: Int | Null, viewing_role: Text | Null,
        viewing_group: Text | Null,
    }

    API_KEY api_key [2] {
        institution_id: Int, api_key_id: Int, name: Text, key_digest: Bytes, scopes: Text, account_id: Int,
        created_at: Timestamp, expires_at: Timestamp, last_used_at: Timestamp | Null, revoked_at: Timestamp | Null,
    }

    IMPORT import [2] {
        institution_id: Int, import_id: Int, state: Text, kind: Text, file_name: Text, file_digest: Bytes,
        file_size: Int, account_id: Int | Null, created_at: Timestamp, changed_at: Timestamp,
        base_revision: Int | Null, applied_revision: Int | Null, progress_done: Int, progress_total: Int,
        mapping: Text | Null, summary: Text | Null, problems: Text | Null, plan: Bytes | Null, source: Bytes | Null,
    }

    IMPORT_CHANGE import_change [6] {
        institution_id: Int, import_id: Int, noun: Text, record_id: Int, other_id: Int, word: Text,
        before: Text | Null, removed: Bool,
    }

    MAPPING mapping [3] {
        institution_id: Int, source_kind: Text, fingerprint: Text, mapping: Text, saved_at: Timestamp,
    }

    AUDIT audit [2] {
        institution_id: Int, audit_id: Int, at: Timestamp, account_id: Int | Null, action: Text, subject_kind: Text,
        subject_id: Int | Null, payload: Text, reach: Text | Null,
        sequence: Int | Null, detail_digest: Bytes | Null, digest: Bytes | Null,
    }

    AUDIT_DETAIL audit_detail [3] {
        institution_id: Int, audit_id: Int, position: Medium, learner_id: Int | Null, salt: Bytes | Null,
        detail: Text | Null, digest: Bytes,
    }

    AUDIT_CHAIN audit_chain [1] {
        institution_id: Int, length: Int, digest: Bytes,
    }

    PROGRAMME programme [2] {
        institution_id: Int, academic_year: Small, aims: Text, leavers: Text, delivery: Text, send: Text,
        parents: Text, senior_leader: Text | Null, senior_approved_on: Date | Null,
        senior_account_id: Int | Null, governors_approved_on: Date | Null, governors_minute: Text | Null,
        senior_text: Text | Null, governors_text: Text | Null, revision: Int, changed_at: Timestamp,
    }

    PROGRAMME_YEAR programme_year [3] {
        institution_id: Int, academic_year: Small, year_group: Small, aims: Text, delivery: Text,
    }

    OUTCOME outcome [2] {
        institution_id: Int, outcome_id: Int, academic_year: Small, year_group: Small, sort: Text, stage: Text,
        thread: Text, statement: Text, position: Medium,
    }

    OUTCOME_TAG outcome_tag [4] {
        institution_id: Int, outcome_id: Int, framework: Text, tag: Text,
    }

    ROADMAP_POINT roadmap_point [2] {
        institution_id: Int, roadmap_point_id: Int, academic_year: Small, year_group: Small, term: Small,
        held_on: Date | Null, title: Text, about: Text, does: Text, position: Medium, is_hidden: Bool,
        pack_key: Text | Null,
    }

    CURRICULUM_LINK curriculum_link [2] {
        institution_id: Int, curriculum_link_id: Int, academic_year: Small, year_group: Small, subject: Text,
        subject_key: Text, term: Small | Null, topic: Text, about: Text, teacher: Text | Null,
        account_id: Int | Null, activity_id: Int | Null, changed_at: Timestamp,
    }

    SUBJECT_LEAD subject_lead [2] {
        institution_id: Int, subject_key: Text, subject: Text, name: Text, account_id: Int | Null,
    }

    STAFF_TRAINING staff_training [2] {
        institution_id: Int, staff_training_id: Int, held_on: Date, title: Text, provider: Text | Null,
        audience: Text, attended: Medium, hours: Medium | Null, about: Text, changed_at: Timestamp,
    }

    ACTIVITY_PLAN activity_plan [2] {
        institution_id: Int, activity_id: Int, ends_on: Date | Null, starts_at: Text | Null,
        ends_at: Text | Null, place: Text | Null, purpose: Text, staff: Text | Null, account_id: Int | Null,
        adjustments: Text, risk_notes: Text, visitor_notes: Text, notes: Text, cost_pence: Int | Null,
        series_id: Int | Null, expects: Medium | Null, shows: Text, ended_because: Text | Null,
        changed_at: Timestamp,
    }

    ACTIVITY_SESSION activity_session [3] {
        institution_id: Int, activity_id: Int, position: Medium, held_on: Date, starts_at: Text | Null,
        ends_at: Text | Null, place: Text | Null, capacity: Medium | Null,
    }

    ACTIVITY_GROUP activity_group [4] {
        institution_id: Int, activity_id: Int, sort: Text, name: Text,
    }

    ACTIVITY_OUTCOME activity_outcome [3] {
        institution_id: Int, activity_id: Int, outcome_id: Int,
    }

    ACTIVITY_FILE activity_file [3] {
        institution_id: Int, activity_id: Int, activity_file_id: Int, name: Text, media_type: Text, size: Int,
        digest: Bytes, content: Bytes, account_id: Int | Null, added_at: Timestamp, removed_at: Timestamp | Null,
    }

    ACTIVITY_TEMPLATE activity_template [2] {
        institution_id: Int, activity_template_id: Int, name: Text, content: Text, changed_at: Timestamp,
    }

    BUDGET budget [2] {
        institution_id: Int, academic_year: Small, pence: Int,
    }

    LINK link [2] {
        institution_id: Int, link_id: Int, purpose: Text, subject_id: Int | Null, about: Text | Null,
        token_digest: Bytes, label: Text | Null, account_id: Int | Null, made_at: Timestamp,
        expires_at: Timestamp | Null, closed_at: Timestamp | Null, used_at: Timestamp | Null, uses: Medium,
    }

    REFLECTION reflection [3] {
        institution_id: Int, activity_id: Int, reflection_id: Int, learner_id: Int | Null, learnt: Text,
        rating: Small | Null, next_step: Text, answers: Text, is_easy_read: Bool, written_at: Timestamp,
    }

    FEEDBACK feedback [2] {
        institution_id: Int, feedback_id: Int, activity_id: Int | Null, placement_id: Int | Null,
        learner_id: Int | Null, organisation_id: Int | Null, name: Text | Null, rating: Small | Null,
        went_well: Text, better: Text, answers: Text, would_return: Bool | Null, written_at: Timestamp,
    }

    ORGANISATION organisation [2] {
        institution_id: Int, organisation_id: Int, name: Text, name_key: Text, sorts: Text,
        provider_type: Text | Null, sector: Text | Null, size: Text | Null, address: Text | Null,
        postcode: Text | Null, website: Text | Null, offers: Text, owner_account_id: Int | Null,
        last_contacted_on: Date | Null, safeguarding: Text, notes: Text, merged_into: Int | Null,
        changed_at: Timestamp,
    }

    CONTACT contact [2] {
        institution_id: Int, contact_id: Int, organisation_id: Int | Null, name: Text, job: Text | Null,
        email: Text | Null, phone: Text | Null, notes: Text, is_alumnus: Bool, left_in: Small | Null,
        consent_on: Date | Null, consent_about: Text | Null, asked_not_to: Bool, last_contacted_on: Date | Null,
        changed_at: Timestamp,
    }

    CONTACT_NOTE contact_note [3] {
        institution_id: Int, organisation_id: Int, contact_note_id: Int, contact_id: Int | Null,
        contacted_on: Date, how: Text, note: Text, account_id: Int | Null, written_at: Timestamp,
    }

    ACTIVITY_ORGANISATION activity_organisation [3] {
        institution_id: Int, activity_id: Int, organisation_id: Int, contact_id: Int | Null, role: Text,
    }

    CATCH_UP catch_up [3] {
        institution_id: Int, activity_id: Int, learner_id: Int, closed_by: Int | Null, reason: Text,
        closed_at: Timestamp, account_id: Int | Null,
    }

    SLOT slot [2] {
        institution_id: Int, slot_id: Int, title: Text, kind: Text, provider_type: Text | Null,
        organisation: Text | Null, mode: Text, subject: Text | Null, held_on: Date, starts_at: Text | Null,
        place: Text | Null, hours: Int | Null, capacity: Medium, year_groups: Text, checks: Text,
        activity_id: Int | Null, is_removed: Bool, changed_at: Timestamp,
    }

    PLACEMENT placement [2] {
        institution_id: Int, placement_id: Int, learner_id: Int, academic_year: Small, stage: Text,
        organisation_id: Int | Null, employer: Text | Null, supervisor: Text | Null,
        supervisor_email: Text | Null, supervisor_phone: Text | Null, address: Text | Null,
        starts_on: Date | Null, ends_on: Date | Null, hours_a_day: Int | Null, hours: Int | Null, mode: Text,
        tasks: Text, not_allowed: Text, travel: Text, needs: Text, reason: Text | Null, activity_id: Int | Null,
        account_id: Int | Null, revision: Int, changed_at: Timestamp,
    }

    PLACEMENT_CHECK placement_check [3] {
        institution_id: Int, placement_id: Int, item: Text, learner_id: Int, status: Text, seen_on: Date | Null,
        expires_on: Date | Null, note: Text, account_id: Int | Null,
    }

    PLACEMENT_ENTRY placement_entry [3] {
        institution_id: Int, placement_id: Int, placement_entry_id: Int, learner_id: Int, sort: Text,
        held_on: Date, hours: Int | Null, how: Text | Null, by_whom: Text | Null, text: Text,
        account_id: Int | Null, written_at: Timestamp,
    }

    PLACEMENT_STAGE placement_stage [3] {
        institution_id: Int, placement_id: Int, position: Medium, learner_id: Int, stage: Text,
        reason: Text | Null, account_id: Int | Null, at: Timestamp,
    }

    CALENDAR_DATE calendar_date [2] {
        institution_id: Int, calendar_date_id: Int, academic_year: Small, pack_key: Text | Null, title: Text,
        starts_on: Date, ends_on: Date | Null, time: Text | Null, sort: Text, year_groups: Text,
        is_hidden: Bool, about: Text, changed_at: Timestamp,
    }

    SETTING setting [2] {
        institution_id: Int, name: Text, setting: Text,
    }

    INSTITUTION_TEXT institution_text [2] {
        institution_id: Int, name: Text, text: Text, account_id: Int | Null, changed_at: Timestamp,
    }

    DUTY duty [2] {
        institution_id: Int, duty_id: Int, pack_key: Text | Null, post: Text, field: Text | Null, title: Text,
        owner: Text | Null, account_id: Int | Null, evidence: Text, last_done: Date | Null,
        every_months: Small | Null, next_due: Date | Null, position: Medium, is_hidden: Bool,
        changed_at: Timestamp,
    }

    POLICY policy [2] {
        institution_id: Int, policy_id: Int, paper: Text, edition: Text, number: Medium, state: Text,
        review_on: Date | Null, made_at: Timestamp, account_id: Int | Null, signed_on: Date | Null,
        signed_by: Text | Null, signed_post: Text | Null, signed_account_id: Int | Null,
        approved_on: Date | Null, approved_by: Text | Null, minute: Text | Null, published_at: Timestamp | Null,
        superseded_at: Timestamp | Null, content: Text | Null, checks: Text | Null, digest: Bytes | Null,
        revision: Int, changed_at: Timestamp,
    }

    POLICY_CLAUSE policy_clause [3] {
        institution_id: Int, policy_id: Int, clause: Text, choice: Text, text: Text | Null,
        beneath: Text | Null, account_id: Int | Null, changed_at: Timestamp,
    }

    POLICY_CHANGE policy_change [3] {
        institution_id: Int, policy_id: Int, position: Medium, clause: Text, before: Text | Null,
        after: Text | Null, account_id: Int | Null, at: Timestamp,
    }

    POLICY_PASSAGE policy_passage [3] {
        institution_id: Int, policy_id: Int, position: Medium, heading: Text | Null, text: Text,
        clause: Text | Null, state: Text,
    }

    PROVIDER_REQUEST provider_request [2] {
        institution_id: Int, provider_request_id: Int, reference: Text, token_digest: Bytes, state: Text,
        organisation: Text, provider_type: Text | Null, organisation_id: Int | Null, contact: Text, email: Text,
        phone: Text | Null, offers: Text, covers: Text, year_groups: Text, wanted: Text, format: Text | Null,
        visitors: Medium | Null, needs: Text, message: Text, received_at: Timestamp, due_on: Date,
        decided_on: Date | Null, ground: Text | Null, reason: Text | Null, held_on: Date | Null,
        starts_at: Text | Null, ends_at: Text | Null, room: Text | Null, cohort: Text | Null, host: Text | Null,
        activity_id: Int | Null, evaluation: Text | Null, rating: Small | Null, account_id: Int | Null,
        revision: Int, changed_at: Timestamp,
    }

    PROVIDER_REQUEST_STEP provider_request_step [3] {
        institution_id: Int, provider_request_id: Int, position: Medium, state: Text, note: Text | Null,
        by_provider: Bool, account_id: Int | Null, at: Timestamp,
    }

    PROVIDER_REQUEST_VISITOR provider_request_visitor [3] {
        institution_id: Int, provider_request_id: Int, position: Medium, name: Text, post: Text | Null,
        id_seen: Bool, checks: Text | Null, checks_on: Date | Null, supervised_by: Text | Null,
        content_seen_by: Text | Null, arrived_at: Text | Null, left_at: Text | Null,
    }

    LETTER letter [2] {
        institution_id: Int, letter_id: Int, recipient: Text, subject: Text, text: Text, about: Text,
        about_id: Int | Null, made_at: Timestamp, sent_at: Timestamp | Null, tries: Small, failed: Text | Null,
    }

    SITE site [1] {
        institution_id: Int, is_open: Bool, tint: Text | Null, logo: Bytes | Null, logo_type: Text | Null,
        logo_alt: Text | Null, choices: Text, changed_at: Timestamp,
    }

    PUBLICATION publication [2] {
        institution_id: Int, publication_id: Int, what: Text, made_at: Timestamp, ended_at: Timestamp | Null,
        note: Text, content: Text, digest: Bytes, account_id: Int | Null,
    }

    PUBLICATION_FILE publication_file [3] {
        institution_id: Int, publication_id: Int, path: Text, media_type: Text, digest: Bytes, content: Bytes,
    }

    INFORMATION_REQUEST information_request [2] {
        institution_id: Int, information_request_id: Int, reference: Text, name: Text, email: Text,
        audience: Text, message: Text, made_at: Timestamp, answered_at: Timestamp | Null, answer: Text | Null,
        account_id: Int | Null,
    }

    SITE_CHECK site_check [2] {
        institution_id: Int, site_check_id: Int, address: Text, state: Text, made_at: Timestamp,
        finished_at: Timestamp | Null, content: Text | Null, account_id: Int | Null,
    }

    GUIDANCE_NOTE guidance_note [3] {
        institution_id: Int, learner_id: Int, guidance_note_id: Int, held_on: Date, agreed_actions: Text,
        private_note: Text | Null, account_id: Int | Null, written_at: Timestamp,
    }

    RETENTION_PERIOD retention_period [2] {
        institution_id: Int, rule: Text, months: Medium,
    }

    RETENTION_RUN retention_run [2] {
        institution_id: Int, retention_run_id: Int, as_of: Date, account_id: Int | Null, ran_at: Timestamp,
        summary: Text,
    }

    JOB job [2] {
        institution_id: Int, job_id: Int, kind: Text, state: Text, payload: Text, outcome: Text | Null,
        progress_done: Int, progress_total: Int, attempts: Medium, node: Text | Null, leased_until: Timestamp | Null,
        created_at: Timestamp, finished_at: Timestamp | Null,
    }

    GIAS_ESTABLISHMENT gias_establishment [1] {
        urn: Text, ukprn: Text | Null, name: Text, sort_name: Text, authority_code: Text | Null,
        authority_name: Text | Null, establishment_number: Text | Null, type_code: Text | Null,
        type_name: Text | Null, status: Text | Null, phase: Text | Null, opened_on: Date | Null,
        closed_on: Date | Null, lowest_age: Small | Null, highest_age: Small | Null, sixth_form: Text | Null,
        street: Text | Null, town: Text | Null, postcode: Text | Null, website: Text | Null, phone: Text | Null,
        trust_uid: Text | Null, trust_name: Text | Null, region: Text | Null,
    }

    GIAS_LINK gias_link [3] {
        urn: Text, linked_urn: Text, link_type: Text, established_on: Date | Null,
    }

    GIAS_GROUP gias_group [1] {
        group_uid: Text, name: Text, group_type: Text | Null, status: Text | Null, opened_on: Date | Null,
        closed_on: Date | Null,
    }

    GIAS_GROUP_MEMBER gias_group_member [2] {
        group_uid: Text, urn: Text, joined_on: Date | Null,
    }
}

/// What each column is for, whose it is, how long it is kept and what becomes of it when a person is erased (TOML; `app`
/// reads it). A test compares it with [`TABLES`].
pub const DATA_REGISTER: &str = include_str!("../data-register.toml");

/// The table with this name.
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().copied().find(|table| table.name == name)
}
