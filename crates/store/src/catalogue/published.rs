//! The policy, provider requests, and what is published.

use super::{Column, ColumnKind::*, Table, optional, tables};

tables! {
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
        institution_id: Int, provider_request_id: Int, reference: Text, state: Text,
        organisation: Text, provider_type: Text | Null, organisation_id: Int | Null, contact: Text, email: Text,
        phone: Text | Null, offers: Text, covers: Text, year_groups: Text, wanted: Text, format: Text | Null,
        visitors: Medium | Null, needs: Text, message: Text, received_at: Timestamp, due_on: Date,
        decided_on: Date | Null, deferred_until: Date | Null, ground: Text | Null, reason: Text | Null, held_on: Date | Null,
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
        about_id: Int | Null, made_at: Timestamp, sent_at: Timestamp | Null, try_at: Timestamp | Null,
        tries: Small, failed: Text | Null,
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
}
