//! Guidance notes, people and their access, the trail, registers of others.

use super::{Column, ColumnKind::*, Table, optional, tables};

tables! {
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
