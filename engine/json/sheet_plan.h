// What the reader of streams looks for in a line: the format's own table of shapes, made ready to
// be compared with the bytes of a line.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "gcp2/assessment.h"

namespace gcp2 {

/// A short text with its closing quote, compared without branches: calls and wrong guesses over
/// such texts took a quarter of a stream's time.
class Spelling {
 public:
  static constexpr std::size_t reach = 32;  ///< bytes that `stands_at` looks at
  static constexpr std::size_t longest = reach - 1;
  explicit Spelling(std::string_view text);
  /// Whether the JSON text whose characters start there is spelled so, without escapes.
  [[nodiscard]] bool stands_at(const char* characters) const noexcept {
    return difference<0>(characters) == 0 &&
           (!long_ || (difference<1>(characters) | difference<2>(characters) |
                       difference<3>(characters)) == 0);
  }

 private:
  static constexpr std::size_t words = reach / sizeof(std::uint64_t);
  template <std::size_t word>
  [[nodiscard]] std::uint64_t difference(const char* characters) const noexcept {
    std::uint64_t there = 0;
    std::memcpy(&there, characters + word * sizeof there, sizeof there);
    return (there ^ words_[word]) & masks_[word];
  }
  std::array<std::uint64_t, words> words_{}, masks_{};
  bool long_ = false;  ///< more than the first word counts
};

/// What a field means for the sheet; most are only checked.
enum class Use : std::uint8_t {
  none,
  id,
  instrument_id,
  instrument_version,
  instrument_digest,
  birth,
  expected,
  condition,
  window_to,
  observation,
  judgement,
  observed_node,
  observed_grade,
  observed_not,
  judged_node,
  judged_grade,
  named_node
};

struct PlannedShape;
struct PlannedField {
  Spelling key;
  Field::Kind kind;
  Use use = Use::none;
  bool required = false;
  const PlannedShape* shape = nullptr;
  std::vector<Spelling> words;  ///< that a text may be; empty = any
  bool is_text = false;         ///< of one of the kinds that are texts
  bool any_text = false;        ///< any text will do, so that nobody needs to see its characters
};

/// One of the format's shapes, with a use for each field.
struct PlannedShape {
  std::vector<PlannedField> fields;
  std::uint32_t required = 0;  ///< a bit for each field
};

/// The root of the format's shapes comes last.
std::vector<std::unique_ptr<PlannedShape>> sheet_plan();

}  // namespace gcp2
