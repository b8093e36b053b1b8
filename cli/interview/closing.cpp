#include "closing.h"

#include <fmt/format.h>

#include <algorithm>

namespace gcp2::cli {
namespace {

std::string comment_text(const Session& session, const std::string& node) {
  const std::string entry = find_entry(session.document(), "comments", node);
  return entry.empty() ? entry : text_at(session.document(), entry + "/text");
}

Move ask_comment(Session& session, const std::string& node, const std::string& help,
                 const std::string& must) {
  session.say(help);
  const std::string now = comment_text(session, node);
  if (!now.empty()) session.say("Now: " + now, 5);
  if (!now.empty()) session.say("Enter keeps it; - removes it.");
  Heard heard = session.hear("Comment: ");
  if (heard.move) return *heard.move;
  if (heard.text.empty()) {
    if (now.empty() && !must.empty()) session.say(must);
    return {};
  }
  if (heard.text != "-") {
    session.keep({}, [&](Value& document) {
      const std::string entry = entry_for(document, session.instrument(), "comments", node);
      put_text(document, entry + "/text", std::move(heard.text));
    });
  } else if (!now.empty()) {
    session.keep("Removed.", [&](Value& document) {
      const std::string entry = find_entry(document, "comments", node);
      take_away(document, entry + "/text");
      if (at(document, entry)->members().size() == 1) take_away(document, entry);
    });
  }
  return {};
}

void add_comments(const Session& session, std::vector<Question>& list) {
  const Instrument& all = session.instrument();
  const std::string section = "Comments";
  for (const Exception& e : all.exceptions) {
    if (!session.sheet().conditions.test(static_cast<std::size_t>(e.condition)) ||
        !applies(all, e.node, session.sheet().age_months, session.sheet().conditions))
      continue;
    const std::string code = all.node(e.node).code;
    const std::string help = fmt::format(
        "Because of the child's behavioural difficulty, {} is taken from {} and not graded by "
        "itself. Describe the difficulty here; the record cannot be signed without it.",
        named(all, e.node), named(all, e.takes_from));
    list.push_back({code, section, named(all, e.node), true, !comment_text(session, code).empty(),
                    [=](Session& s) {
                      return ask_comment(s, code, help, "Left open; it is needed before signing.");
                    }});
  }
  for (NodeIndex i = 0; i < all.nodes.size(); i = all.node(i).end) {
    const std::string code = all.node(i).code;
    const std::string help =
        fmt::format("Anything to add about {}? Enter: no. {}", all.node(i).label, all.node(i).note);
    list.push_back({"comment." + code, section, named(all, i), false,
                    !comment_text(session, code).empty(),
                    [=](Session& s) { return ask_comment(s, code, help, {}); }});
  }
}

void add_view(const Session& session, std::vector<Question>& list, const std::string& whose,
              const std::string& title, const std::string& help, bool needed) {
  const std::string pointer = "/views/" + whose;
  list.push_back({"view." + whose, "Views", title, needed,
                  !text_at(session.document(), pointer).empty(), [=](Session& s) {
                    return ask_text(s, {.pointer = pointer, .help = help, .prompt = "View: "});
                  }});
}

/// Asked-about leaves at 3 or worse: where a target helps.
std::vector<NodeIndex> worth_a_target(const Session& session) {
  constexpr int borderline = 3;
  std::vector<NodeIndex> found;
  for (const NodeIndex leaf : session.leaves())
    if (const auto& grade = session.sheet().marks[leaf].grade;
        grade && grade->number() >= borderline)
      found.push_back(leaf);
  return found;
}

void say_target_line(Session& session, NodeIndex leaf) {
  const Grade grade = *session.sheet().marks[leaf].grade;
  std::string line =
      fmt::format("  {}: grade {}", named(session.instrument(), leaf), grade.number());
  const auto& targets = session.facts().targets;
  const auto found =
      std::ranges::find(targets, session.instrument().node(leaf).code, &Target::node);
  if (found != targets.end() && found->to) {
    line += fmt::format("; target {}", found->to->number());
    if (found->review_by) line += " by " + in_words(*found->review_by);
    if (found->from && *found->from != grade)
      line += fmt::format(" (set when the grade was {})", found->from->number());
  }
  session.say(line, 4);
}

Move ask_target(Session& session, NodeIndex leaf) {
  const std::string code = session.instrument().node(leaf).code;
  const int now = session.sheet().marks[leaf].grade->number();
  const auto put_in = [&](std::string_view key, Value value) {
    return [&session, &code, key, value](Value& document) {
      const std::string entry = entry_for(document, session.instrument(), "targets", code);
      put(document, fmt::format("{}/{}", entry, key), value);
    };
  };
  while (true) {
    const Heard heard =
        session.hear(fmt::format("Target grade for {}, 1 to {} (Enter: none): ", code, now - 1));
    if (heard.move) return *heard.move;
    if (heard.text.empty()) return {};
    if (const auto to = choice(heard.text, static_cast<std::size_t>(now - 1))) {
      session.keep(fmt::format("{}: from {} to {}.", code, now, *to), [&](Value& document) {
        put_in("from", Value::number(now))(document);
        put_in("to", Value::number(static_cast<std::int64_t>(*to)))(document);
      });
      break;
    }
    session.say(
        fmt::format("The grade is {} now; a target is a better one, 1 to {}.", now, now - 1));
  }
  while (true) {
    const Heard heard = session.hear("To be looked at again on (Enter leaves it open): ");
    if (heard.move) return *heard.move;
    if (heard.text.empty()) break;
    const auto date = date_from(heard.text, session.today());
    if (!date) {
      say_no_date(session);
    } else if (session.facts().window_to && *date < *session.facts().window_to) {
      session.say("That is before the end of the time looked at. A review comes after it.");
    } else {
      session.keep(echoed(*date) + ".", put_in("review_by", Value::text(date->text())));
      break;
    }
  }
  const Heard heard = session.hear("What help will there be (Enter leaves it open): ");
  if (heard.move) return *heard.move;
  if (!heard.text.empty()) session.keep({}, put_in("support", Value::text(heard.text)));
  return {};
}

Move ask_targets(Session& session) {
  if (worth_a_target(session).empty()) {
    session.say("Nothing is at 3 or worse, so no target is offered.");
    return {};
  }
  while (true) {
    session.say(
        "These are at 3 or worse. Type the code of one to set a target, or Enter to go on.");
    const std::vector<NodeIndex> leaves = worth_a_target(session);
    for (const NodeIndex leaf : leaves) say_target_line(session, leaf);
    const Heard heard = session.hear("Code: ");
    if (heard.move) return *heard.move;
    if (heard.text.empty()) return {};
    const auto found = std::ranges::find_if(leaves, [&](NodeIndex leaf) {
      return lower(session.instrument().node(leaf).code) == lower(heard.text);
    });
    if (found == leaves.end())
      session.say("Please type one of the codes below, or Enter alone.");
    else if (const Move move = ask_target(session, *found); move.kind != Move::Kind::next)
      return move;
    session.blank_line();
  }
}

Move ask_review(Session& session) {
  return ask_date(session, {.pointer = "/review_on",
                            .help = "When will the whole profile be looked at again? Enter leaves "
                                    "it open.",
                            .prompt = "Review date: ",
                            .refuse = [](const Session& s, Date date) -> std::string {
                              const auto& to = s.facts().window_to;
                              return to && date < *to ? "the time looked at ends later, on " +
                                                            in_words(*to) + "."
                                                      : "";
                            }});
}

}  // namespace

std::vector<Question> closing_questions(const Session& session) {
  std::vector<Question> list;
  if (session.leaves().empty()) return list;
  add_comments(session, list);
  add_view(session, list, "child", "The child's view",
           "What does the child say or show about all this, in the child's own words if you can?",
           true);
  add_view(session, list, "carers", "The carers' view", "What do the carers say about it?", true);
  add_view(session, list, "practitioner", "Your own view",
           "What would you like to add yourself? Enter: nothing.", false);
  const bool has_targets = size_at(session.document(), "/targets") != 0;
  list.push_back({"targets", "What comes next", "Targets", false,
                  has_targets || worth_a_target(session).empty(), ask_targets});
  list.push_back({"review", "What comes next", "Review", false,
                  session.facts().review_on.has_value(), ask_review});
  return list;
}

}  // namespace gcp2::cli
