// The interview: from question to question, back and forth, until the person leaves.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "questions.h"

namespace gcp2::cli {

class Interview {
 public:
  explicit Interview(Session& session);
  /// Until the person leaves. `is_new`: nothing was ever answered.
  void run(bool is_new);

 private:
  void list_questions();
  [[nodiscard]] std::size_t index_of(const std::string& code) const;
  [[nodiscard]] std::size_t first_open() const;
  [[nodiscard]] std::size_t next_open(std::size_t after) const;
  [[nodiscard]] std::optional<std::string> question_for(std::string_view wanted) const;
  void say_why_not(NodeIndex node) const;
  void say_heading(std::size_t index) const;
  void say_welcome(bool is_new) const;
  void say_help(std::size_t index) const;
  void go(const Move& move, bool was_kept);

  Session& session_;
  std::vector<Question> questions_;  ///< the last one is the end
  std::set<std::string> passed_;     ///< left open in this session
  std::string here_;                 ///< the question being asked
};

}  // namespace gcp2::cli
