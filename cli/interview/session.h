// What every question of an interview works with: the person, the document, the instrument.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "edits.h"
#include "gcp2/interop.h"
#include "saving.h"
#include "terminal.h"
#include "typed.h"

namespace gcp2::cli {

/// Where to go after a question.
struct Move {
  enum class Kind { next, back, to, finish };
  Kind kind = Kind::next;
  std::string code = {};  ///< of the question, for `to`
};

struct Heard {
  std::string text;  ///< tidied; empty = Enter alone
  std::optional<Move> move = std::nullopt;
};

/// Thrown where an answer could not be saved and the person has left: what is on disk stands.
struct Unsaved {};

class Session {
 public:
  Session(Terminal& terminal, SavedFile& file, Value document, const Instruments& instruments,
          Date today);

  /// A line that is an answer, or a move. Help, what is missing and mistyped moves are dealt with.
  [[nodiscard]] Heard hear(std::string_view prompt);
  /// An answer acknowledged: the document changed, saved, and said.
  void keep(const std::string& said, const std::function<void(Value&)>& change);
  void say(std::string_view text, std::size_t indent = 0) { terminal_.say(text, indent); }
  void blank_line() { terminal_.blank_line(); }

  [[nodiscard]] const Value& document() const { return record_.document; }
  [[nodiscard]] bool has_text(std::string_view pointer) const {
    return !text_at(record_.document, pointer).empty();
  }
  [[nodiscard]] const Assessment& facts() const { return record_.assessment; }
  [[nodiscard]] const Instrument& instrument() const { return *record_.instrument; }
  [[nodiscard]] const Sheet& sheet() const { return record_.sheet; }
  [[nodiscard]] const Findings& findings() const { return record_.findings; }
  [[nodiscard]] const Instruments& instruments() const { return instruments_; }
  [[nodiscard]] const SavedFile& file() const { return file_; }
  [[nodiscard]] Date today() const { return today_; }

  /// The leaves that are asked about, in order; none while the child's age is not known.
  [[nodiscard]] const std::vector<NodeIndex>& leaves() const { return leaves_; }
  [[nodiscard]] bool is_answered(NodeIndex leaf) const;

  /// Who answers now: the `by` of observations. Empty = nobody has said.
  std::string answering;
  /// The day of the last evidence in this session.
  std::optional<Date> last_day;
  bool has_met_a_leaf = false;
  /// For `hear`; set by the interview.
  std::function<void()> say_help, say_missing;
  std::function<std::optional<std::string>(std::string_view code)> question_for;

 private:
  void judge_again(Value document);
  void save(const Value& document);
  [[nodiscard]] std::vector<std::string> graded_but_not_asked() const;
  void say_what_now_applies(const std::vector<NodeIndex>& leaves_before,
                            const std::vector<std::string>& uncounted_before);

  Terminal& terminal_;
  SavedFile& file_;
  const Instruments& instruments_;
  Date today_;
  Record record_;
  std::vector<NodeIndex> leaves_;
};

/// "A1a, A1b and A2c"
std::string listed(const std::vector<std::string>& parts);
/// A file's name as it can be typed into a command line.
std::string shell_quoted(const std::string& name);
/// "A2a Maintenance of the home"
std::string named(const Instrument& instrument, NodeIndex node);

}  // namespace gcp2::cli
