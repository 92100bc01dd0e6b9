//! The programme: planned, delivered, recorded.

use super::{Column, ColumnKind::*, Table, optional, tables};

tables! {
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
}
