//! What the store promises, as one suite run on SQLite and on PostgreSQL. Each case has a database of its own.
//!
//! PostgreSQL is the one that `PALIER_TEST_POSTGRES_URL` names; `make test` starts one.
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a case says what went wrong by failing where it does"
)]

mod support;

mod accounts;
mod client_users;
mod clients;
mod departures;
mod designations;
mod desk_support;
mod email_changes;
mod engine;
mod export;
mod guards;
mod housekeeping;
mod idempotency;
mod joinings;
mod journal;
mod kept_files;
mod leases;
mod letters;
mod links;
mod organisations;
mod outbox;
mod partners;
mod passkeys;
mod retention;
mod sessions;
mod sign_ups;
mod soundness;
mod staff;
mod throttles;
mod work_lists;

/// Makes a test of each case on each engine. A case that isn't listed is dead code, which the lints refuse.
macro_rules! on_both_engines {
    ($($module:ident { $($case:ident)+ })+) => {
        mod on_sqlite {$(
            mod $module {$(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $case() {
                    crate::support::on_sqlite(crate::$module::$case).await;
                }
            )+}
        )+}

        mod on_postgres {$(
            mod $module {$(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $case() {
                    crate::support::on_postgres(crate::$module::$case).await;
                }
            )+}
        )+}
    };
}

on_both_engines! {
    accounts {
        are_found_by_all_that_names_them
        are_opened_without_an_address_of_their_own
        are_one_a_lease_an_address_and_an_identifier
        leave_the_transaction_good_when_refused
        are_made_once_by_twenty_at_once
        keep_a_new_password
        keep_consents_newest_first
        are_given_again_with_another_password
        are_found_at_the_desk_by_what_names_them
        tell_when_their_passwords_end
    }
    departures {
        are_kept_whole
        wait_once_a_kind_by_twenty_at_once
        are_decided_once_while_the_account_is_held
        are_overtaken_when_the_account_closes
        are_listed_the_oldest_first
    }
    clients {
        are_found_by_number_and_id
        are_kept_whole
        say_what_changed
        come_in_wholly_or_not_at_all
    }
    client_users {
        are_told_by_their_account
        have_one_organisation_each
        are_what_was_decided_last
        are_listed_until_they_are_removed
        come_back_after_they_were_removed
    }
    designations {
        are_kept_whole
        are_one_open_an_organisation
        are_one_open_an_address
        are_made_once_by_twenty_at_once
        end_once_of_twenty_at_once
        say_what_became_of_them
        are_held_as_long_as_administrators_can_object
    }
    soundness {
        finds_nothing_in_what_journeys_leave
        finds_what_is_half_done
    }
    engine {
        migrates_again_without_harm
        undoes_what_was_not_committed
        reads_while_somebody_writes
        keeps_settings
        keeps_one_setting_of_twenty_first_ones
    }
    email_changes {
        are_asked_for_one_at_a_time
        are_undone_with_those_that_came_after
        tell_whose_an_address_was
        never_take_another_accounts_address
    }
    export {
        has_everything_of_one_and_nothing_of_others
        tells_what_was_sent_while_an_address_was_theirs
        tells_of_the_desk_without_who_else_was_found
        knows_every_table_there_is
    }
    guards {
        count_twenty_failures_at_once
        keep_everything
        are_undone_with_their_transaction
        forget_a_subject_and_nobody_else
        know_places
    }
    housekeeping {
        deletes_what_is_past_its_time_and_nothing_else
    }
    idempotency {
        gives_one_new_and_nineteen_answers
        gives_the_turn_when_the_first_is_undone
        tells_another_request_from_the_same
        keeps_portals_apart
    }
    joinings {
        are_kept_whole
        are_one_open_an_address_and_organisation
        are_made_once_by_twenty_at_once
        are_decided_once_by_twenty_at_once
        take_the_steps_of_the_domain_and_no_others
        are_overdue_from_their_last_second_on
        are_overdue_when_invited_thirty_days_later
    }
    journal {
        lists_in_order_what_was_written
        numbers_twenty_at_once_without_a_gap
        finds_what_was_changed
        finds_what_was_taken_out
        finds_what_changed_places
        finds_what_was_changed_in_long_ones
        goes_with_what_it_tells_of
        is_read_in_parts_from_the_newest
    }
    kept_files {
        are_kept_whole_in_their_portal
        are_one_a_content_and_portal
        are_kept_once_by_twenty_at_once
        are_not_given_out_damaged
        stay_while_an_email_carries_them
    }
    leases {
        are_found_by_reference_and_id
        are_kept_whole
        say_what_changed
        count_a_repeated_one_as_it_comes
        come_in_by_thousands
        come_in_wholly_or_not_at_all
        come_in_from_two_imports_at_once
    }
    letters {
        are_found_by_reference_and_code
        take_the_steps_of_the_domain_and_no_others
        note_when_each_step_was_taken
        are_printed_once_by_twenty_at_once
        end_once_of_twenty_at_once
        count_five_tries_of_twenty_at_once
        are_not_used_once_their_time_is_over
        are_one_at_a_time
        are_counted_by_when_they_were_asked_for
        are_listed_by_state
    }
    links {
        are_found_in_their_portal_and_kind
        are_used_once
        are_used_by_one_of_twenty_at_once
        are_dead_once_expired
        are_superseded_by_newer_ones
        have_one_live_of_twenty_made_at_once
        are_live_once_for_each_who_holds_one
        end_for_all_who_hold_one
    }
    organisations {
        have_one_identity_each
        sign_up_beside_tenants
        keep_their_answers_until_they_join
        join_once_of_twenty_at_once
        are_listed_once_they_are_members
        are_reminded_while_they_are_no_members
        spend_the_last_use_of_a_code_once
    }
    outbox {
        gives_what_is_due_in_order
        gives_each_to_one_worker
        gives_again_what_a_worker_left
        is_held_as_long_as_its_worker_says
        is_not_marked_for_another
        erases_what_was_accepted
        tries_again_when_told
        gives_up_when_told
        refuses_a_message_id_twice
        is_empty_when_its_cause_is_undone
    }
    desk_support {
        finds_partners_by_number_name_or_address
        makes_one_account_of_twenty_at_once
        counts_and_pages_letters_to_partners
        writes_twenty_acts_down_at_once
        tells_what_was_done_about_somebody
        shows_what_was_changed_or_taken_out
    }
    partners {
        are_found_by_number_and_id
        are_kept_whole
        say_what_changed
        come_in_wholly_or_not_at_all
        come_in_once_from_twenty_files_at_once
        keep_what_they_are_opened_with
        are_not_opened_without_a_proof
        are_given_one_secret_by_twenty_who_read_before
        are_ordered_one_letter_by_twenty_who_hold_them
    }
    passkeys {
        are_found_by_what_their_device_calls_them
        are_kept_once_a_portal_by_twenty_at_once
        are_removed_by_their_owner_alone
        go_with_their_account
        note_when_they_were_used
        have_challenges_that_one_of_twenty_takes
        have_challenges_of_one_session
        have_challenges_that_end
    }
    retention {
        deletes_what_is_past_its_time_and_nothing_else
        lets_leases_go_that_nobody_has
        erases_accounts_that_were_closed_and_keeps_their_proofs
        erases_colleagues_who_were_removed
        cuts_journals_at_their_oldest_end
        takes_an_address_from_a_closed_account
    }
    sessions {
        are_found_with_their_account
        end_one_by_one
        end_together
        are_listed_and_ended_by_their_owner
        go_on_under_another_token
    }
    sign_ups {
        are_found_by_all_that_names_them
        supersede_those_of_the_same_lease_and_address
        stay_beside_those_of_others
        are_used_by_one_of_twenty_at_once
        have_one_open_of_twenty_made_at_once
        can_be_given_more_time
    }
    staff {
        are_found_by_address_and_id_in_their_portal
        are_kept_whole
        begin_anew_when_invited_again
        are_listed_until_they_are_removed
        use_a_step_once_of_twenty_at_once
        use_a_recovery_code_once_of_twenty_at_once
        enrol_once_of_twenty_at_once
        have_sessions_of_their_own
    }
    throttles {
        give_twenty_at_once_a_number_each
        begin_again_after_their_window
        begin_again_when_the_clock_went_back
        keep_portals_kinds_and_keys_apart
    }
    work_lists {
        find_clients_however_they_are_written
        cut_clients_in_one_order
        find_clients_that_were_there_before
        count_administrators
        count_and_find_letters
        count_letters_that_can_be_printed
        know_open_designations_and_their_newest_letters
        count_requests_that_wait
        find_what_is_stuck_the_longest_first
    }
}
