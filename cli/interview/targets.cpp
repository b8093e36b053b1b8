#include "targets.h"

#include <fmt/format.h>

#include <algorithm>

#include "../phrase.h"

namespace gcp2::cli {
namespace {

const Target* target_for(const Session& session, std::string_view node) {
  const auto& all = session.facts().targets;
  const auto found = std::ranges::find(all, node, &Target::node);
  return found == all.end() ? nullptr : &*found;
}

/// Asked-about leaves at 3 or worse, where a target helps, and those that have one.
std::vector<NodeIndex> listed_leaves(const Session& session) {
  constexpr int borderline = 3;
  std::vector<NodeIndex> found;
  for (const NodeIndex leaf : session.leaves()) {
    const auto& grade = session.sheet().marks[leaf].grade;
    if ((grade && grade->number() >= borderline) ||
        target_for(session, session.instrument().node(leaf).code) != nullptr)
      found.push_back(leaf);
  }
  return found;
}

void say_line(Session& session, NodeIndex leaf) {
  const auto& grade = session.sheet().marks[leaf].grade;
  const auto number = [](Grade of) { return std::to_string(of.number()); };
  const std::string node = named(session.instrument(), leaf);
  std::string line = grade ? phrase("ask.target.grade", {{"node", node}, {"grade", number(*grade)}})
                           : phrase("ask.target.no_grade", {{"node", node}});
  const Target* target = target_for(session, session.instrument().node(leaf).code);
  if (target != nullptr && target->to) {
    line = phrase("ask.target.to", {{"grade", line}, {"target", number(*target->to)}});
    if (target->review_by)
      line = phrase("ask.target.by", {{"target", line}, {"date", in_words(*target->review_by)}});
    if (target->from && target->from != grade)
      line = phrase("ask.target.set_at", {{"target", line}, {"grade", number(*target->from)}});
  }
  session.say("  " + line, 4);
}

/// The target of one leaf while it is being asked about.
class TargetQuestion {
 public:
  TargetQuestion(Session& session, NodeIndex leaf)
      : session_{session}, leaf_{leaf}, code_{session.instrument().node(leaf).code} {}

  Move ask() {
    if (const auto move = ask_grade()) return *move;
    if (const Move move = ask_day(); move.kind != Move::Kind::next) return move;
    const Heard heard = hear_words(session_, phrase("ask.target.support_prompt"));
    if (heard.move) return *heard.move;
    if (!heard.text.empty() && heard.text != "-") keep({}, "support", Value::text(heard.text));
    return {};
  }

 private:
  /// nullopt = go on with the target that is there now.
  std::optional<Move> ask_grade() {
    const auto& grade = session_.sheet().marks[leaf_].grade;
    const int now = grade ? grade->number() : Grade::best;
    const bool is_there = target_for(session_, code_) != nullptr;
    const std::string better = now == Grade::best ? "none" : now == 2 ? "one" : "many";
    const std::string prompt =
        phrase(is_there ? "ask.target.change." + better : "ask.target.set." + better,
               {{"code", code_}, {"last", std::to_string(now - 1)}});
    while (true) {
      const Heard heard = session_.hear(prompt);
      if (heard.move) return heard.move;
      if (heard.text.empty()) return is_there ? std::nullopt : std::optional{Move{}};
      if (heard.text == "-" && is_there) {
        session_.keep(phrase("ask.removed"), [&](Value& document) {
          take_away(document, find_entry(document, "targets", code_));
        });
        return Move{};
      }
      const auto to = choice(heard.text, static_cast<std::size_t>(now - 1));
      if (to) {
        session_.keep(
            phrase("ask.target.kept",
                   {{"code", code_}, {"from", std::to_string(now)}, {"to", std::to_string(*to)}}),
            [&](Value& document) {
              put_in(document, "from", Value::number(now));
              put_in(document, "to", Value::number(static_cast<std::int64_t>(*to)));
            });
        return std::nullopt;
      }
      if (!grade)
        session_.say(phrase("ask.target.needs_grade"));
      else if (now == Grade::best)
        session_.say(phrase("ask.target.best"));
      else
        session_.say(phrase("ask.target.not." + better,
                            {{"grade", std::to_string(now)}, {"last", std::to_string(now - 1)}}));
    }
  }

  Move ask_day() {
    while (true) {
      const Heard heard = session_.hear(phrase("ask.target.day_prompt"));
      if (heard.move) return *heard.move;
      if (heard.text.empty()) return {};
      const auto date = date_from(heard.text, session_.today());
      if (!date) {
        say_no_date(session_);
      } else if (session_.facts().window_to && *date < *session_.facts().window_to) {
        session_.say(phrase("ask.target.too_early"));
      } else {
        keep(phrase("ask.kept", {{"answer", echoed(*date)}}), "review_by",
             Value::text(date->text()));
        return {};
      }
    }
  }

  void keep(const std::string& said, std::string_view key, const Value& value) {
    session_.keep(said, [&](Value& document) { put_in(document, key, value); });
  }

  void put_in(Value& document, std::string_view key, const Value& value) const {
    const std::string entry = entry_for(document, session_.instrument(), "targets", code_);
    put(document, fmt::format("{}/{}", entry, key), value);
  }

  Session& session_;
  NodeIndex leaf_;
  std::string code_;
};

Move ask_targets(Session& session) {
  if (listed_leaves(session).empty()) {
    session.say(phrase("ask.target.none"));
    return {};
  }
  while (true) {
    session.say(phrase("ask.target.which"));
    const std::vector<NodeIndex> leaves = listed_leaves(session);
    for (const NodeIndex leaf : leaves) say_line(session, leaf);
    const Heard heard = session.hear(phrase("ask.target.code_prompt"));
    if (heard.move) return *heard.move;
    if (heard.text.empty()) return {};
    const auto found = std::ranges::find_if(leaves, [&](NodeIndex leaf) {
      return lower(session.instrument().node(leaf).code) == lower(heard.text);
    });
    if (found == leaves.end()) {
      session.say(phrase("ask.target.no_code"));
    } else {
      const Move move = TargetQuestion{session, *found}.ask();
      // Back from one target is back to all of them.
      if (move.kind != Move::Kind::next && move.kind != Move::Kind::back) return move;
    }
    session.blank_line();
  }
}

}  // namespace

Question targets_question(const Session& session) {
  const bool is_answered =
      size_at(session.document(), "/targets") != 0 || listed_leaves(session).empty();
  return {"targets",  phrase("ask.section.next"), phrase("ask.target.title"), false, is_answered,
          ask_targets};
}

}  // namespace gcp2::cli
