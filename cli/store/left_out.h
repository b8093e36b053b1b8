// What is said of a record that was left out where a file from another setting was accepted. For
// the terminal and for the browser.
#pragma once

#include <string>

#include "../phrase.h"
#include "gcp2/desk.h"

namespace gcp2::cli {

inline std::string sentence(const NotAccepted& record) {
  const std::string there = record.is_signed ? "signed." : "draft.";
  return phrase("store.left_out." + there + std::string{name_of(record.why)},
                {{"record", record.id.text()}});
}

}  // namespace gcp2::cli
