//! Every function of the store, on both engines: one body of behaviour per noun, one line per behaviour here, one line per
//! engine below.

mod access;
mod backend;
mod calendar;
mod facts;
mod gaps;
mod given;
mod guidance;
mod identities;
mod imports;
mod institutions;
mod invitations;
mod lists;
mod organisations;
mod placements;
mod plans;
mod policy;
mod programme;
mod proofs;
mod reference;
mod registers;
mod requests;
mod site;
mod site_checks;
mod trail;
mod whole;
mod work;

macro_rules! conformance {
    ($($module:ident::$behaviour:ident),+ $(,)?) => {
        mod sqlite { $(#[test] fn $behaviour() { crate::$module::$behaviour(&crate::backend::sqlite()); })+ }
        mod postgres { $(#[test] fn $behaviour() { crate::$module::$behaviour(&crate::backend::postgres()); })+ }
    };
}

conformance! {
    institutions::an_institution_is_read_back_as_it_was_written,
    institutions::the_same_reference_number_is_refused,
    institutions::contacts_and_trust_are_kept,
    institutions::an_institution_is_found_by_a_word_that_only_one_has,
    institutions::each_change_moves_the_revision_once_a_transaction,
    institutions::a_change_that_is_not_noted_is_not_written,
    institutions::a_refused_transaction_leaves_nothing,
    institutions::writers_of_one_institution_queue,
    facts::learners_are_read_back_changed_and_removed,
    facts::a_reference_is_unique_within_its_institution_only,
    facts::another_institutions_learner_is_not_found,
    facts::former_identifiers_are_found,
    facts::year_records_reviews_and_adaptations_are_kept,
    facts::activities_are_read_back_changed_and_removed,
    facts::a_register_is_saved_as_a_whole,
    facts::attestations_keep_their_history,
    policy::own_words_are_kept_changed_and_taken_away,
    policy::parts_of_an_earlier_policy_are_kept_until_they_are_settled,
    policy::versions_of_a_policy_are_kept_with_their_clauses_changes_and_text,
    policy::responsibilities_are_kept_and_changed_in_their_place,
    organisations::organisations_are_kept_changed_and_merged,
    organisations::people_of_organisations_and_what_was_said_to_them_are_kept,
    organisations::what_learners_and_employers_thought_is_kept,
    gaps::free_places_are_listed_by_day_changed_and_taken_away,
    gaps::what_made_up_for_a_missed_activity_is_said_anew_and_taken_back,
    placements::placements_are_kept_with_checks_steps_and_what_was_written,
    lists::learners_are_paged_by_name,
    lists::learners_are_filtered,
    lists::activities_are_paged_by_day_latest_first,
    lists::activities_are_filtered,
    lists::audit_events_are_paged,
    trail::an_event_is_read_back_with_its_details,
    trail::the_trail_is_searched,
    trail::events_of_many_writers_stand_in_one_row,
    trail::erasing_a_learners_details_leaves_the_chain_whole,
    trail::an_event_is_noted_where_the_transaction_works,
    trail::a_head_that_was_kept_shows_whether_the_chain_still_leads_to_it,
    access::accounts_are_found_by_address_in_any_case,
    access::memberships_are_given_and_taken,
    invitations::an_invitation_is_found_by_its_link_until_another_is_sent,
    invitations::an_invitation_ends_once_and_only_those_not_taken_up_are_listed,
    invitations::a_link_for_another_password_works_until_it_expires_or_one_is_used,
    access::sessions_end,
    access::sessions_are_listed_and_ended_by_their_owner,
    access::the_installation_is_set_up_once,
    guidance::keys_of_programs_are_kept_used_passed_on_and_taken_back,
    guidance::notes_of_guidance_meetings_are_kept_and_written_anew,
    guidance::an_institutions_own_ticks_replace_those_before,
    requests::requests_of_providers_are_kept_with_steps_and_visitors,
    requests::requests_of_providers_go_after_their_term_and_visitors_later,
    requests::letters_are_taken_by_one_sent_once_and_emptied,
    site::the_look_of_a_site_is_kept_whole,
    site::publications_are_kept_with_their_files_and_end_and_go_on,
    site::questions_from_the_public_are_answered_and_deleted,
    site_checks::checks_of_a_website_are_kept_with_how_they_ended,
    requests::letters_that_are_taken_back_are_never_tried_again,
    plans::a_plan_is_kept_written_anew_and_belongs_to_one_institution,
    plans::what_belongs_to_a_plan_is_replaced_as_a_whole,
    plans::an_occasion_is_the_activity_that_leads_it_and_its_parts,
    plans::files_templates_and_budgets_are_kept_and_taken_away,
    programme::a_programme_is_read_back_with_its_approvals_and_written_anew,
    programme::outcomes_keep_their_tags_and_what_serves_them,
    programme::links_leads_training_and_the_roadmap_are_kept,
    proofs::what_began_elsewhere_comes_back_once,
    proofs::a_code_of_an_app_works_once,
    proofs::passkeys_are_kept_and_removed,
    proofs::a_recovery_code_works_once,
    proofs::an_institutions_settings_are_no_parameters,
    identities::an_identity_is_one_persons,
    calendar::dates_of_the_calendar_are_kept_changed_hidden_and_taken_away,
    calendar::the_activities_of_a_span_of_days_are_read_with_their_plans,
    work::a_job_is_held_by_one_node_until_its_lease_ends,
    work::mappings_are_kept_by_headers,
    imports::an_import_goes_through_its_states,
    imports::progress_and_large_parts_are_kept,
    imports::an_import_is_refused_when_the_records_moved,
    imports::an_import_is_undone_as_a_whole,
    imports::two_imports_are_undone_one_after_the_other,
    imports::an_import_that_later_records_build_on_is_not_undone,
    imports::records_inserted_in_bulk_are_undone,
    reference::the_register_of_schools_is_replaced_and_searched,
    registers::who_marked_a_learner_last_is_found,
    whole::records_are_read_back_as_they_were_inserted,
    whole::everything_goes_to_the_other_engine_and_back,
    whole::a_backup_restores_everything,
    whole::a_damaged_backup_is_refused,
    whole::a_transfer_into_a_full_store_is_refused,
}
