#include "child.h"

#include <algorithm>

#include "../phrase.h"

namespace gcp2::cli {
namespace {

constexpr int adult = 18 * 12;  // months

std::string refuse_long_ago(const Session& session, Date date) {
  constexpr int longest_ago = 25 * 12;  // months
  const int ago = completed_months(date, session.today());
  return ago <= longest_ago ? "" : phrase("ask.child.long_ago", {{"age", age_in_words(ago)}});
}

std::string refuse_birth(const Session& session, Date date) {
  if (session.today() < date) return phrase("ask.child.future_birth");
  return refuse_long_ago(session, date);
}

std::string refuse_expected(const Session& session, Date date) {
  constexpr int longest = 300;  // days; a pregnancy has 280
  if (days_between(session.today(), date) > longest) return phrase("ask.child.far_off");
  return refuse_long_ago(session, date);
}

Move ask_expected(Session& session) {
  session.say(phrase("ask.child.expected"));
  while (true) {
    const Heard heard = session.hear(phrase("ask.child.expected_prompt"));
    if (heard.move && heard.move->kind == Move::Kind::back) return {Move::Kind::to, "born"};
    if (heard.move) return *heard.move;
    const auto date = date_from(heard.text, session.today());
    if (!date) {
      say_no_date(session);
      continue;
    }
    if (const std::string why = refuse_expected(session, *date); !why.empty()) {
      session.say(phrase("ask.cannot_be", {{"date", in_words(*date)}, {"why", why}}));
      continue;
    }
    session.keep(phrase("ask.child.unborn_kept", {{"date", echoed(*date)}}), [&](Value& document) {
      put_text(document, "/child/expected_date", date->text());
      take_away(document, "/child/date_of_birth");
    });
    session.say(phrase("ask.child.unborn_asked"));
    if (*date < session.today()) session.say(phrase("ask.child.expected_past"));
    return {};
  }
}

Move ask_born(Session& session) {
  session.say(phrase("ask.child.born"));
  const auto expected = session.facts().child.expected_date;
  const auto born = session.facts().child.date_of_birth;
  if (born) session.say(phrase("ask.now_number", {{"answer", echoed(*born)}}));
  if (expected) session.say(phrase("ask.child.now_unborn", {{"date", echoed(*expected)}}));
  while (true) {
    const Heard heard = session.hear(phrase("ask.child.born_prompt"));
    if (heard.move) return *heard.move;
    if (heard.text.empty() && (born || expected)) return {};
    if (lower(heard.text) == "unborn") return ask_expected(session);
    const auto date = date_from(heard.text, session.today());
    if (!date) {
      say_no_date(session);
      if (heard.text.empty()) session.say(phrase("ask.child.age_needed"));
      continue;
    }
    if (const std::string why = refuse_birth(session, *date); !why.empty()) {
      session.say(phrase("ask.cannot_be", {{"date", in_words(*date)}, {"why", why}}));
      continue;
    }
    session.keep(phrase("ask.kept", {{"answer", echoed(*date)}}), [&](Value& document) {
      put_text(document, "/child/date_of_birth", date->text());
      take_away(document, "/child/expected_date");
    });
    return {};
  }
}

Move ask_from(Session& session) {
  return ask_date(session,
                  {.pointer = "/window/from",
                   .help = phrase("ask.child.from"),
                   .prompt = phrase("ask.child.from_prompt"),
                   .must = phrase("ask.child.from_needed"),
                   .refuse = [](const Session& s, Date date) -> std::string {
                     const auto born = s.facts().child.date_of_birth;
                     if (born && date < *born)
                       return phrase("ask.child.before_birth", {{"date", in_words(*born)}});
                     const auto to = s.facts().window_to;
                     return to && *to < date
                                ? phrase("ask.child.after_last_day", {{"date", in_words(*to)}})
                                : "";
                   }});
}

std::string remark_on_end(const Session& session, Date end) {
  std::string remark;
  if (session.today() < end) remark = phrase("ask.child.to_still_to_come") + " ";
  constexpr int longest = 28;  // days
  const auto from = session.facts().window_from;
  if (from && days_between(*from, end) > longest)
    remark +=
        phrase("ask.child.many_days", {{"days", std::to_string(days_between(*from, end))}}) + " ";
  const auto born = session.facts().child.date_of_birth;
  if (!born) return remark;
  const int age = completed_months(*born, end);
  return remark +
         phrase(age < adult ? "ask.child.age" : "ask.child.too_old", {{"age", age_in_words(age)}});
}

Move ask_to(Session& session) {
  return ask_date(session,
                  {.pointer = "/window/to",
                   .help = phrase("ask.child.to"),
                   .prompt = phrase("ask.child.to_prompt"),
                   .must = phrase("ask.child.to_needed"),
                   .refuse = [](const Session& s, Date date) -> std::string {
                     const auto from = s.facts().window_from;
                     const auto born = s.facts().child.date_of_birth;
                     if (from && date < *from)
                       return phrase("ask.child.before_first_day", {{"date", in_words(*from)}});
                     return born && date < *born ? phrase("ask.child.born_later") : "";
                   },
                   .remark = remark_on_end});
}

Move ask_conditions(Session& session) {
  constexpr std::string_view health = "long_term_health_condition";
  constexpr std::string_view behaviour = "behavioural_difficulty";
  const Value* child = session.document().find("child");
  const Value* list = child == nullptr ? nullptr : child->find("conditions");
  std::optional<std::size_t> now;
  if (list != nullptr) {
    const auto holds = [list](std::string_view name) {
      return std::ranges::any_of(list->items(),
                                 [name](const Value& v) { return v.text() == name; });
    };
    now = (holds(health) ? 1U : 0U) + (holds(behaviour) ? 2U : 0U);
  }
  return ask_choice(
      session,
      {.help = phrase("ask.child.conditions"),
       .prompt = phrase("ask.number_prompt"),
       .choices = {phrase("ask.child.conditions_neither"), phrase("ask.child.conditions_health"),
                   phrase("ask.child.conditions_behaviour"), phrase("ask.child.conditions_both")},
       .now = now,
       .must = phrase("ask.child.conditions_needed"),
       .keep = [&](std::size_t chosen, const std::string& said) {
         session.keep(said, [&](Value& document) {
           Value conditions = Value::list();
           // What this question does not know stays.
           if (list != nullptr)
             for (const Value& old : list->items())
               if (old.text() != health && old.text() != behaviour)
                 conditions.items().push_back(old);
           if ((chosen & 1U) != 0) conditions.items().push_back(Value::text(std::string{health}));
           if ((chosen & 2U) != 0)
             conditions.items().push_back(Value::text(std::string{behaviour}));
           put(document, "/child/conditions", std::move(conditions));
         });
       }});
}

}  // namespace

std::vector<Question> child_questions(const Session& session) {
  const Value& document = session.document();
  const Child& child = session.facts().child;
  const std::string about = phrase("ask.section.child");
  const std::string window = phrase("ask.section.window");
  std::vector<Question> list;
  list.push_back({"child", about, phrase("ask.child.ref_title"), true,
                  session.has_text("/child/ref"), [](Session& s) {
                    return ask_text(s, {.pointer = "/child/ref",
                                        .help = phrase("ask.child.ref"),
                                        .prompt = phrase("ask.child.ref_prompt"),
                                        .must = phrase("ask.child.ref_needed")});
                  }});
  list.push_back({"name", about, phrase("ask.name_title"), false, session.has_text("/child/name"),
                  [](Session& s) {
                    return ask_text(s, {.pointer = "/child/name",
                                        .help = phrase("ask.child.name"),
                                        .prompt = phrase("ask.name_prompt"),
                                        .in_words = true});
                  }});
  list.push_back({"born", about, phrase("ask.child.born_title"), true,
                  child.date_of_birth || child.expected_date, ask_born});
  list.push_back({"from", window, phrase("ask.child.from_title"), true,
                  session.facts().window_from.has_value(), ask_from});
  list.push_back({"to", window, phrase("ask.child.to_title"), true,
                  session.facts().window_to.has_value(), ask_to});
  list.push_back({"conditions", about, phrase("ask.child.conditions_title"), true,
                  at(document, "/child/conditions") != nullptr, ask_conditions});
  return list;
}

}  // namespace gcp2::cli
