//! Institutions, learners, activities and who took part.

use super::{Column, ColumnKind::*, Table, optional, tables};

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
}
