// What the training commands write as JSON.
#pragma once

#include <vector>

#include "gcp2/document.h"
#include "gcp2/marking.h"
#include "gcp2/session.h"
#include "gcp2/training.h"

namespace gcp2 {

/// "gcp2/case-list/1".
Value case_list_document(const std::vector<Case>& cases);
/// "gcp2/case-told/1": what a case tells; one profile, or all of them. Only `with_key` is anything
/// of the key in it.
Value told_case_document(const Case& told, const CaseProfile* only, bool with_key);

/// "gcp2/marks/1": each trainee's grades beside the key, which is in it.
Value marks_document(const std::vector<Trainee>& trainees);

/// "gcp2/session/1": the rooms of one session and, where there is an earlier one, what changed.
Value session_document(const std::vector<Room>& rooms, const std::vector<Room>& earlier);

/// "gcp2/study/1": how far the raters differ, for `read_rater_noise`. The rooms are of one
/// instrument, and there is one at least.
Value study_document(const std::vector<Room>& rooms);

}  // namespace gcp2
