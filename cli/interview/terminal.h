// Lines out to a person and lines in from them: at a terminal, or through a pipe.
#pragma once

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace gcp2::cli {

/// While one lives, Ctrl-C, the end of the terminal and a request to end are seen only where a line
/// is awaited: what is being saved gets saved first. Nothing is drawn, coloured or remembered.
class Terminal {
 public:
  enum class Style { edited, plain };  ///< plain: the cursor never moves, for screen readers

  Terminal(std::FILE* out, Style style);
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  /// A paragraph, wrapped to the terminal's width; further lines are indented.
  void say(std::string_view text, std::size_t indent = 0);
  void blank_line();

  /// The next line, in UTF-8 where the terminal sent that, without its line break; nullopt at the
  /// end of input, after Ctrl-C or Ctrl-D.
  [[nodiscard]] std::optional<std::string> ask(std::string_view prompt);

 private:
  struct Lines;
  std::FILE* out_;
  std::unique_ptr<Lines> lines_;
};

}  // namespace gcp2::cli
