// The pages: each reads its request, asks the desk, and fills a template.
#pragma once

#include "../page.h"

namespace gcp2::cli::web {

Answer front(Visit& visit);

Answer log_in_page(Visit& visit);
Answer log_in(Visit& visit);
Answer log_out(Visit& visit);
Answer second_step_page(Visit& visit);
Answer set_second_step(Visit& visit);

Answer accounts_page(Visit& visit);
Answer make_account(Visit& visit);
Answer grant_keys(Visit& visit);
Answer end_account(Visit& visit);
Answer new_phone(Visit& visit);
Answer passphrase_page(Visit& visit);
Answer change_passphrase(Visit& visit);

Answer log_page(Visit& visit);
Answer narrow_log(Visit& visit);
Answer older_log_page(Visit& visit);
Answer take_log(Visit& visit);
Answer log_part_page(Visit& visit);
Answer older_log_part_page(Visit& visit);
Answer take_log_part(Visit& visit);

Answer retention_page(Visit& visit);
Answer further_retention_page(Visit& visit);
Answer set_retention_years(Visit& visit);
Answer retention_child_page(Visit& visit);
Answer decide_retention(Visit& visit);
Answer erasures_page(Visit& visit);
Answer erasure_page(Visit& visit);
Answer confirm_erasure(Visit& visit);
Answer withdraw_erasure(Visit& visit);
Answer certificate_page(Visit& visit);

Answer backup_page(Visit& visit);
Answer back_up(Visit& visit);

Answer children_page(Visit& visit);
Answer find_child(Visit& visit);
Answer reviews_page(Visit& visit);

Answer child_page(Visit& visit);
Answer records_page(Visit& visit);
Answer over_time_picture(Visit& visit);
Answer family_picture(Visit& visit);

Answer people_page(Visit& visit);
Answer assign(Visit& visit);
Answer share(Visit& visit);
Answer end_involvement(Visit& visit);

Answer send_page(Visit& visit);
Answer send_bundle(Visit& visit);
Answer transfer_page(Visit& visit);
Answer receive_bundle(Visit& visit);
Answer keep_receipt(Visit& visit);
Answer receipt_again(Visit& visit);
Answer partners_page(Visit& visit);
Answer confirm_partner(Visit& visit);
Answer received_page(Visit& visit);
Answer accept_bundle(Visit& visit);
Answer turn_down_bundle(Visit& visit);
Answer receipt_of_bundle(Visit& visit);

Answer compare_page(Visit& visit);
Answer choose_records(Visit& visit);
Answer comparison_page(Visit& visit);
Answer comparison_picture(Visit& visit);

Answer start_page(Visit& visit);
Answer start(Visit& visit);
Answer details_page(Visit& visit);
Answer save_details(Visit& visit);

Answer record_page(Visit& visit);
Answer question_page(Visit& visit);
Answer save_answers(Visit& visit);

Answer list_page(Visit& visit);
Answer entry_page(Visit& visit);
Answer save_entry(Visit& visit);
Answer siblings_page(Visit& visit);
/// The same for a record that was just started, with what its siblings' were refused for.
Answer siblings_of_record(const Visit& visit, const Id& record, const std::vector<Slip>& slips);
Answer start_siblings(Visit& visit);
Answer evidence_page(Visit& visit);
Answer copy_evidence(Visit& visit);

Answer check_page(Visit& visit);
Answer dismissal_page(Visit& visit);
Answer dismiss(Visit& visit);
Answer sign(Visit& visit);
Answer amend(Visit& visit);

Answer sign_offs_page(Visit& visit);
Answer sign_off_page(Visit& visit);
Answer sign_off(Visit& visit);

Answer report_page(Visit& visit);
Answer report_pdf(Visit& visit);

// Of trainees.
Answer join_page(Visit& visit);
Answer join(Visit& visit);
Answer trainee_page(Visit& visit);
Answer leave_training(Visit& visit);
Answer marks_page(Visit& visit);
Answer grading_page(Visit& visit);
Answer save_grades(Visit& visit);

// Of their facilitator.
Answer trainings_page(Visit& visit);
Answer open_training(Visit& visit);
Answer training_page(Visit& visit);
Answer trainees_page(Visit& visit);
Answer close_training(Visit& visit);
Answer end_training(Visit& visit);
Answer items_page(Visit& visit);
Answer key_page(Visit& visit);
Answer room_report(Visit& visit);

}  // namespace gcp2::cli::web
