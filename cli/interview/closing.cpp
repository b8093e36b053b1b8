#include "closing.h"

#include <fmt/format.h>

#include "targets.h"

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
  Heard heard = hear_words(session, "Comment: ");
  if (heard.move) return *heard.move;
  if (heard.text.empty() || yes_or_no(heard.text) == false) {
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
    list.push_back({code_in("comment", code), section, named(all, i), false,
                    !comment_text(session, code).empty(),
                    [=](Session& s) { return ask_comment(s, code, help, {}); }});
  }
}

void add_view(const Session& session, std::vector<Question>& list, const std::string& whose,
              const std::string& title, const std::string& help, bool needed) {
  const std::string pointer = "/views/" + whose;
  list.push_back(
      {code_in("view", whose), "Views", title, needed, session.has_text(pointer), [=](Session& s) {
         return ask_text(s,
                         {.pointer = pointer, .help = help, .prompt = "View: ", .in_words = true});
       }});
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
  list.push_back(targets_question(session));
  list.push_back({"review", "What comes next", "Review", false,
                  session.facts().review_on.has_value(), ask_review});
  return list;
}

}  // namespace gcp2::cli
