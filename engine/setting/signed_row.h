// A signed record as its row is sealed: the document to the letter, and how it came to be kept.
#pragma once

#include "setting/inside.h"

namespace gcp2 {

struct SignedRow {
  Value document;
  Id kept_by;               ///< the account that signed it here, or brought it in
  bool brought_in = false;  ///< signed elsewhere: whose name it carries is as it came
  Id signed_off_by;         ///< a supervisor; none: nobody yet
  Seconds signed_off_at = 0;
};
Value to_document(const SignedRow& record);
Allowed<SignedRow> read_signed(Desk::State& desk, const Row& row);

}  // namespace gcp2
