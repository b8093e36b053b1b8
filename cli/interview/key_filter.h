// The characters that a person types: what makes up and edits a line, and nothing of other keys.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "keys.h"

namespace gcp2::cli {

/// Keys that would do something unexpected in a line editor, or leave their sequence in the answer
/// (page up, function keys, Alt and most of Ctrl), do nothing.
class KeyFilter {
 public:
  static constexpr wchar_t paste_end = L'\x1D';

  explicit KeyFilter(Keys& keys) : keys_{keys} {}

  /// nullopt at the end of input. Between the sequence that starts a pasted text and `paste_end`,
  /// line breaks and tabs are spaces.
  std::optional<wchar_t> next();

 private:
  std::optional<wchar_t> character();
  void take_sequence();

  Keys& keys_;
  std::wstring ready_;  ///< of a sequence that is passed on
  std::size_t at_ = 0;
  bool is_pasting_ = false;
};

}  // namespace gcp2::cli
