#include "closing.h"

#include "../phrase.h"
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
  if (!now.empty()) session.say(phrase("ask.now", {{"answer", now}}), 5);
  if (!now.empty()) session.say(phrase("ask.enter_keeps_or_remove"));
  Heard heard = hear_words(session, phrase("ask.comment_prompt"));
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
    session.keep(phrase("ask.removed"), [&](Value& document) {
      const std::string entry = find_entry(document, "comments", node);
      take_away(document, entry + "/text");
      if (at(document, entry)->members().size() == 1) take_away(document, entry);
    });
  }
  return {};
}

void add_comments(const Session& session, std::vector<Question>& list) {
  const Instrument& all = session.instrument();
  const std::string section = phrase("ask.section.comments");
  for (const Exception& e : all.exceptions) {
    if (!session.sheet().conditions.test(static_cast<std::size_t>(e.condition)) ||
        !applies(all, e.node, session.sheet().age_months, session.sheet().conditions))
      continue;
    const std::string code = all.node(e.node).code;
    const std::string help = phrase("ask.comment.exception", {{"node", named(all, e.node)},
                                                              {"other", named(all, e.takes_from)}});
    list.push_back(
        {code, section, named(all, e.node), true, !comment_text(session, code).empty(),
         [=](Session& s) { return ask_comment(s, code, help, phrase("ask.comment.needed")); }});
  }
  for (NodeIndex i = 0; i < all.nodes.size(); i = all.node(i).end) {
    const std::string code = all.node(i).code;
    const std::string help =
        phrase("ask.comment.area", {{"area", all.node(i).label}, {"note", all.node(i).note}});
    list.push_back({code_in("comment", code), section, named(all, i), false,
                    !comment_text(session, code).empty(),
                    [=](Session& s) { return ask_comment(s, code, help, {}); }});
  }
}

void add_view(const Session& session, std::vector<Question>& list, const std::string& whose,
              const std::string& title, const std::string& help, bool needed) {
  const std::string pointer = "/views/" + whose;
  list.push_back({code_in("view", whose), phrase("ask.section.views"), title, needed,
                  session.has_text(pointer), [=](Session& s) {
                    return ask_text(s, {.pointer = pointer,
                                        .help = help,
                                        .prompt = phrase("ask.view.prompt"),
                                        .in_words = true});
                  }});
}

Move ask_review(Session& session) {
  return ask_date(
      session,
      {.pointer = "/review_on",
       .help = phrase("ask.review"),
       .prompt = phrase("ask.review.prompt"),
       .refuse = [](const Session& s, Date date) -> std::string {
         const auto& to = s.facts().window_to;
         return to && date < *to ? phrase("ask.review.too_early", {{"date", in_words(*to)}}) : "";
       }});
}

}  // namespace

std::vector<Question> closing_questions(const Session& session) {
  std::vector<Question> list;
  if (session.leaves().empty()) return list;
  add_comments(session, list);
  add_view(session, list, "child", phrase("ask.view.child_title"), phrase("ask.view.child"), true);
  add_view(session, list, "carers", phrase("ask.view.carers_title"), phrase("ask.view.carers"),
           true);
  add_view(session, list, "practitioner", phrase("ask.view.practitioner_title"),
           phrase("ask.view.practitioner"), false);
  list.push_back(targets_question(session));
  list.push_back({"review", phrase("ask.section.next"), phrase("ask.review.title"), false,
                  session.facts().review_on.has_value(), ask_review});
  return list;
}

}  // namespace gcp2::cli
