#include "interview.h"

#include <algorithm>
#include <span>

#include "../phrase.h"
#include "closing.h"
#include "leaves.h"
#include "summary.h"

namespace gcp2::cli {
namespace {

const std::string at_end = "end";

std::span<const Question> asked(const std::vector<Question>& questions) {
  return {questions.data(), questions.size() - 1};
}

}  // namespace

Interview::Interview(Session& session) : session_{session} {
  list_questions();
  session_.say_missing = [this] {
    list_questions();
    say_missing(session_, asked(questions_));
  };
  session_.say_help = [this] { say_help(index_of(here_)); };
  session_.question_for = [this](std::string_view wanted) { return question_for(wanted); };
}

void Interview::list_questions() {
  questions_ = header_questions(session_);
  for (Question& question : leaf_questions(session_)) questions_.push_back(std::move(question));
  for (Question& question : closing_questions(session_)) questions_.push_back(std::move(question));
  questions_.push_back({at_end, phrase("ask.end.section"), phrase("ask.end.title"), false, false,
                        [this](Session& s) { return ask_at_end(s, asked(questions_)); }});
}

std::size_t Interview::index_of(const std::string& code) const {
  const auto found = std::ranges::find(questions_, code, &Question::code);
  return found == questions_.end() ? 0 : static_cast<std::size_t>(found - questions_.begin());
}

std::size_t Interview::first_open() const {
  const auto found = std::ranges::find_if(
      questions_, [](const Question& q) { return (q.needed && !q.answered) || q.code == at_end; });
  auto index = static_cast<std::size_t>(found - questions_.begin());
  if (found->code == at_end) return index;
  // What was about to be asked before it may be left open, but not left out.
  while (index > 0 && !questions_[index - 1].answered) --index;
  return index;
}

std::size_t Interview::next_open(std::size_t after) const {
  for (std::size_t i = after + 1; i < questions_.size(); ++i)
    if (!questions_[i].answered && !passed_.contains(questions_[i].code)) return i;
  return questions_.size() - 1;
}

void Interview::say_why_not(NodeIndex node) const {
  const Instrument& all = session_.instrument();
  if (!session_.facts().age_months()) return session_.say(phrase("ask.age_first"));
  if (!applies(all, node, session_.sheet().age_months, session_.sheet().conditions))
    return session_.say(phrase("ask.not_asked", {{"node", named(all, node)}}));
  session_.say(phrase("ask.not_by_itself", {{"node", named(all, node)}}));
}

std::optional<std::string> Interview::question_for(std::string_view wanted) const {
  std::string word = lower(wanted);
  if (word == "header" || word == "start") return questions_.front().code;
  if (const auto number = choice(word, questions_.size() - 1)) return questions_[*number - 1].code;
  for (const Question& question : questions_)
    if (lower(question.code) == word) return question.code;
  // "views", "comments": the first of its kind.
  if (word.ends_with('s')) word.pop_back();
  for (const Question& question : questions_)
    if (lower(question.code).starts_with(word + ".")) return question.code;
  if (word == "assessor") return questions_[index_of("P1")].code;
  const Instrument& all = session_.instrument();
  std::vector<std::string_view> known;
  for (const Question& question : questions_) known.push_back(question.code);
  for (NodeIndex i = 0; i < all.nodes.size(); ++i) {
    known.push_back(all.node(i).code);
    if (lower(all.node(i).code) != lower(wanted)) continue;
    const auto leaf = std::ranges::find_if(
        session_.leaves(), [&](NodeIndex each) { return i <= each && each < all.node(i).end; });
    if (leaf != session_.leaves().end()) return all.node(*leaf).code;
    say_why_not(i);
    return std::nullopt;
  }
  session_.say(phrase("ask.no_question", {{"code", std::string{wanted}}}) +
               did_you_mean(wanted, known) + " " + phrase("ask.try_these"));
  return std::nullopt;
}

void Interview::say_heading(std::size_t index) const {
  const Question& question = questions_[index];
  session_.blank_line();
  if (question.code == at_end) return session_.say(phrase("ask.end.heading"));
  session_.say(phrase(session_.leaves().empty() ? "ask.heading" : "ask.heading_of",
                      {{"number", std::to_string(index + 1)},
                       {"count", std::to_string(questions_.size() - 1)},
                       {"section", question.section},
                       {"title", question.title}}),
               2);
}

void Interview::say_welcome(bool is_new) const {
  const std::string& file = session_.file().name();
  if (is_new) {
    session_.say(phrase("ask.welcome_new", {{"file", file}}));
  } else {
    const std::string ref = text_at(session_.document(), "/child/ref");
    session_.say(phrase(ref.empty() ? "ask.welcome" : "ask.welcome_child",
                        {{"file", file}, {"child", ref}}) +
                 " " + in_words(progress(asked(questions_))));
  }
  session_.say(phrase("ask.keys"));
  session_.say(phrase("ask.call_999"));
  if (session_.instrument().licence_state == "demonstration")
    session_.say(phrase("ask.demonstration"));
}

void Interview::say_help(std::size_t index) const {
  const Question& question = questions_[index];
  const auto& leaves = session_.leaves();
  const bool is_leaf = std::ranges::any_of(leaves, [&](NodeIndex leaf) {
    return session_.instrument().node(leaf).code == question.code;
  });
  session_.blank_line();
  const auto line = [this](std::string_view key) { session_.say("  " + phrase(key), 4); };
  if (is_leaf) {
    line("ask.help.grade");
    line("ask.help.not_observed");
    line("ask.help.declined");
    line("ask.help.not_applicable");
    line("ask.help.evidence");
    line("ask.help.remove");
    line("ask.help.comment");
    line("ask.help.take_back");
    line("ask.help.who");
  }
  line("ask.help.enter");
  line("ask.help.dash");
  line("ask.help.back");
  line("ask.help.go");
  line("ask.help.missing");
  line("ask.help.leave");
  session_.say(phrase("ask.help.letters"));
  session_.blank_line();
}

void Interview::go(const Move& move, bool was_kept) {
  const std::size_t here = index_of(here_);
  switch (move.kind) {
    case Move::Kind::finish: return;
    case Move::Kind::to: here_ = questions_[index_of(move.code)].code; return;
    case Move::Kind::back:
      if (here == 0) session_.say(phrase("ask.first"));
      here_ = questions_[here == 0 ? 0 : here - 1].code;
      return;
    case Move::Kind::next:
      // Looking through what is there goes step by step; an answer goes on to what is open.
      here_ =
          questions_[was_kept ? std::min(here + 1, questions_.size() - 1) : next_open(here)].code;
      return;
  }
}

void Interview::run(bool is_new) {
  say_welcome(is_new);
  here_ = questions_[first_open()].code;
  while (true) {
    const Question question = questions_[index_of(here_)];
    say_heading(index_of(here_));
    const Value before = session_.document();
    const Move move = question.ask(session_);
    if (move.kind == Move::Kind::finish) return;
    list_questions();
    const bool was_kept = question.answered && session_.document() == before;
    // Whoever goes back or elsewhere to put something right still comes to this one again.
    const bool is_passed = move.kind == Move::Kind::next && !was_kept;
    if (is_passed && !questions_[index_of(question.code)].answered) passed_.insert(question.code);
    go(move, was_kept);
  }
}

}  // namespace gcp2::cli
