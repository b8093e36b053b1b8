#include "interview.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

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
  questions_.push_back({at_end, "The end", "How far it is", false, false,
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
  if (!session_.facts().age_months())
    return session_.say("The child's date of birth and the last day come first.");
  if (!applies(all, node, session_.sheet().age_months, session_.sheet().conditions))
    return session_.say(fmt::format(
        "{} is not asked about: it does not apply to this child's age or conditions (g born, g "
        "conditions).",
        named(all, node)));
  session_.say(fmt::format("{} is not graded by itself for this child.", named(all, node)));
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
  const std::string_view near = nearest(wanted, known);
  session_.say(fmt::format("There is no question {}.{} Try g A1a, g header, g views or g end.",
                           wanted, near.empty() ? "" : fmt::format(" Did you mean {}?", near)));
  return std::nullopt;
}

void Interview::say_heading(std::size_t index) const {
  const Question& question = questions_[index];
  session_.blank_line();
  if (question.code == at_end) return session_.say("The end: how far it is");
  const std::string of =
      session_.leaves().empty() ? "" : fmt::format(" of {}", questions_.size() - 1);
  session_.say(
      fmt::format("Question {}{} · {} · {}", index + 1, of, question.section, question.title), 2);
}

void Interview::say_welcome(bool is_new) const {
  const std::string& file = session_.file().name();
  if (is_new) {
    session_.say(
        fmt::format("A new care profile in {}. One question at a time; every answer is saved at "
                    "once, so you can "
                    "stop whenever you like.",
                    file));
  } else {
    const std::string ref = text_at(session_.document(), "/child/ref");
    session_.say(fmt::format("{}{}: a draft. {}.", file, ref.empty() ? "" : ", child " + ref,
                             in_words(progress(asked(questions_)))));
  }
  session_.say("Enter skips or keeps, b goes back, ? explains everything, q leaves.");
  session_.say(
      "If a child is in immediate danger, call 999 first. A referral never waits for a profile.");
  if (session_.instrument().licence_state == "demonstration")
    session_.say(
        "The wording is this program's own, for demonstration; it is not the NSPCC's. Grading "
        "needs training.");
}

void Interview::say_help(std::size_t index) const {
  const Question& question = questions_[index];
  const auto& leaves = session_.leaves();
  const bool is_leaf = std::ranges::any_of(leaves, [&](NodeIndex leaf) {
    return session_.instrument().node(leaf).code == question.code;
  });
  session_.blank_line();
  const auto line = [this](std::string_view text) { session_.say(text, 4); };
  if (is_leaf) {
    line("  1 to 5: the grade whose words fit best what you know; 1 is best, 5 is worst");
    line("  n: not observed, you have not been able to see it");
    line("  d: declined, the family does not want to say");
    line("  x: does not apply to this child here; a reason is needed");
    line("  e: adds evidence");
    line("  r: removes a piece of evidence");
    line("  c: a comment");
    line("  u: takes the answer back");
    line("  w: says who answers, where several people do");
  }
  line("  Enter: keeps the answer that is there, or leaves it open for now");
  line("  -: removes a text or date that can be left out");
  line("  b: back");
  line(
      "  g and a code: goes to a question, such as g A2a, g 12, g header, g views, g targets, g "
      "end");
  line("  s: shows what is missing");
  line("  q: leaves; everything is saved already");
  session_.say(
      "To answer with one of these letters itself, put a full stop after it. Dates: the day first, "
      "23/01/2026, or: today, yesterday.");
  session_.blank_line();
}

void Interview::go(const Move& move, bool was_kept) {
  const std::size_t here = index_of(here_);
  switch (move.kind) {
    case Move::Kind::finish: return;
    case Move::Kind::to: here_ = questions_[index_of(move.code)].code; return;
    case Move::Kind::back:
      if (here == 0) session_.say("This is the first question.");
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
