// What a question is, the ways of asking one, and the questions before the grades.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "session.h"

namespace gcp2::cli {

struct Question {
  std::string code;            ///< what `g` goes to
  std::string section, title;  /// for its heading
  bool needed = false;         ///< without an answer the record is not complete
  bool answered = false;
  std::function<Move(Session&)> ask;
};

struct TextQuestion {
  std::string pointer, help, prompt;
  bool in_words = false;                  ///< a number alone is a slip
  std::string must = {};                  ///< why it cannot be left open; empty = it can
  std::string removes = {};               ///< what "-" takes away, where not the text alone
  std::function<void(Value&)> also = {};  ///< a further change when it is answered
};
Move ask_text(Session& session, const TextQuestion& question);
/// A line that is a move, words, or empty; a number or a single letter is refused.
Heard hear_words(Session& session, std::string_view prompt);

struct DateQuestion {
  std::string pointer, help, prompt;
  std::string must = {};
  /// Why a date cannot be, or empty.
  std::function<std::string(const Session&, Date)> refuse = {};
  /// What to say about a date that can be, or empty.
  std::function<std::string(const Session&, Date)> remark = {};
};
Move ask_date(Session& session, const DateQuestion& question);
/// What is wanted where something typed is no date.
void say_no_date(Session& session);

struct ChoiceQuestion {
  std::string help, prompt;
  std::vector<std::string> choices;
  std::optional<std::size_t> now;  ///< of the choices
  std::string must = {};
  /// `said` is the choice, to be acknowledged with.
  std::function<void(std::size_t chosen, const std::string& said)> keep;
};
Move ask_choice(Session& session, const ChoiceQuestion& question);

/// The code of a question that is one of several about a thing, such as view.child.
std::string code_in(std::string_view thing, std::string_view part);

/// Child, window, conditions, instrument, assessors, carer, consent.
std::vector<Question> header_questions(const Session& session);

}  // namespace gcp2::cli
