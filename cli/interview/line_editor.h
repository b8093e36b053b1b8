// One line at a time with libedit: arrows, deleting, pasting. Included by terminal.cpp only.
#pragma once

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "keys.h"

namespace gcp2::cli {

/// No history is kept, and no settings file is read.
class LineEditor {
 public:
  LineEditor(Keys& keys, std::FILE* out);
  ~LineEditor();
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;

  /// UTF-8 without the line break; nullopt at the end of input.
  std::optional<std::string> line(std::string_view prompt);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gcp2::cli
