// Training in words: a trainee beside the key, and a whole room.
#pragma once

#include <vector>

#include "gcp2/language.h"
#include "gcp2/marking.h"
#include "gcp2/session.h"
#include "gcp2/view.h"

namespace gcp2 {

/// What a group learns by each case.
View case_list_view(const std::vector<Case>& cases, const Language& language = Language::english());

/// What a case tells, its lines numbered; one profile, or all of them. Only `with_key` is anything
/// of the key in it: key, reasons, discussion questions, notes for the facilitator, what is learnt
/// by it.
View case_view(const Case& told, const CaseProfile* only, bool with_key,
               const Language& language = Language::english());

/// What differs from the key first, each item with the key's reasons and the lines that they rest
/// on.
View marking_view(const Trainee& trainee, const Language& language = Language::english());

struct SessionReport {
  const std::vector<Room>& rooms;
  const std::vector<Room>& earlier;  ///< of an earlier session; may be empty
  const Findings& left_aside;        ///< files that were not taken in, and why
  bool anonymous = false;            ///< the trainees' names are numbers
};
/// The room of each case: how well it agrees, what split it, who leans, every item in a picture and
/// in numbers.
View session_view(const SessionReport& report, const Language& language = Language::english());

}  // namespace gcp2
