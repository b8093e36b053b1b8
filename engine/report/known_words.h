// What identifies somebody, found in what people wrote, however they spell it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gcp2/assessment.h"

namespace gcp2 {

/// Known names (whole, and word by word), numbers and dates. They are found without regard to
/// letter case, accents, apostrophes, kinds of dash and space, and with an s behind a name; not
/// inside other words.
class KnownWords {
 public:
  /// All that identifies somebody in a record.
  void learn(const Assessment& assessment);
  /// The text with "[…]" in place of everything known.
  [[nodiscard]] std::string taken_out_of(std::string_view text) const;

 private:
  void add(std::string_view text);
  void name(std::string_view name);
  void reference(std::string_view ref);
  void number(std::string_view digits);
  void day(const std::optional<Date>& date);

  std::vector<std::u32string> known_;  ///< folded; the longest first
};

}  // namespace gcp2
