#include "child.h"

#include <fmt/format.h>

#include <algorithm>

namespace gcp2::cli {
namespace {

constexpr int adult = 18 * 12;  // months

std::string refuse_long_ago(const Session& session, Date date) {
  constexpr int longest_ago = 25 * 12;  // months
  const int ago = completed_months(date, session.today());
  return ago <= longest_ago ? ""
                            : fmt::format(
                                  "that would be {} ago, and a profile is about a child. "
                                  "Check the year.",
                                  age_in_words(ago));
}

std::string refuse_birth(const Session& session, Date date) {
  if (session.today() < date) return "it is in the future. For an unborn child, type: unborn";
  return refuse_long_ago(session, date);
}

std::string refuse_expected(const Session& session, Date date) {
  constexpr int longest = 300;  // days; a pregnancy has 280
  if (days_between(session.today(), date) > longest)
    return "it is more than ten months away. Check the year.";
  return refuse_long_ago(session, date);
}

Move ask_expected(Session& session) {
  session.say("An unborn child: when is it expected?");
  while (true) {
    const Heard heard = session.hear("Expected date: ");
    if (heard.move && heard.move->kind == Move::Kind::back) return {Move::Kind::to, "born"};
    if (heard.move) return *heard.move;
    const auto date = date_from(heard.text, session.today());
    if (!date) {
      say_no_date(session);
      continue;
    }
    if (const std::string why = refuse_expected(session, *date); !why.empty()) {
      session.say(fmt::format("{} cannot be: {}", in_words(*date), why));
      continue;
    }
    session.keep(fmt::format("Unborn, expected on {}.", echoed(*date)), [&](Value& document) {
      put_text(document, "/child/expected_date", date->text());
      take_away(document, "/child/date_of_birth");
    });
    session.say(
        "You will be asked what is asked about a newborn baby. Type n, not observed, where nothing "
        "can be seen before the birth; once the child is born, give the date of birth with: g "
        "born");
    if (*date < session.today())
      session.say("That day is past: if the child is born by now, go there at once.");
    return {};
  }
}

Move ask_born(Session& session) {
  session.say(
      "The child's age decides which questions are asked. Type the day first, like 14/03/2019. For "
      "an unborn child, type: unborn");
  const auto expected = session.facts().child.expected_date;
  const auto born = session.facts().child.date_of_birth;
  if (born) session.say(fmt::format("Now: {}. Enter keeps it.", echoed(*born)));
  if (expected)
    session.say(fmt::format("Now: unborn, expected on {}. Enter keeps it.", echoed(*expected)));
  while (true) {
    const Heard heard = session.hear("Date of birth: ");
    if (heard.move) return *heard.move;
    if (heard.text.empty() && (born || expected)) return {};
    if (lower(heard.text) == "unborn") return ask_expected(session);
    const auto date = date_from(heard.text, session.today());
    if (!date) {
      say_no_date(session);
      if (heard.text.empty())
        session.say("Without it nobody can tell what applies to this child; q leaves for now.");
      continue;
    }
    if (const std::string why = refuse_birth(session, *date); !why.empty()) {
      session.say(fmt::format("{} cannot be: {}", in_words(*date), why));
      continue;
    }
    session.keep(echoed(*date) + ".", [&](Value& document) {
      put_text(document, "/child/date_of_birth", date->text());
      take_away(document, "/child/expected_date");
    });
    return {};
  }
}

Move ask_from(Session& session) {
  return ask_date(
      session,
      {.pointer = "/window/from",
       .help = "The first day of the time this profile looks at, for example the first visit.",
       .prompt = "First day: ",
       .must = "It is needed to tell which evidence belongs to this profile.",
       .refuse = [](const Session& s, Date date) -> std::string {
         const auto born = s.facts().child.date_of_birth;
         if (born && date < *born) return "the child was born on " + in_words(*born) + ".";
         const auto to = s.facts().window_to;
         return to && *to < date ? "the last day is " + in_words(*to) + "; go there with: g to"
                                 : "";
       }});
}

std::string remark_on_end(const Session& session, Date end) {
  std::string remark;
  if (session.today() < end) remark = "That is still to come; it can be changed later with: g to. ";
  constexpr int longest = 28;  // days
  const auto from = session.facts().window_from;
  if (from && days_between(*from, end) > longest)
    remark += fmt::format(
        "These are {} days; up to 28 give one picture. Say why in your view at the end. ",
        days_between(*from, end));
  const auto born = session.facts().child.date_of_birth;
  if (!born) return remark;
  const int age = completed_months(*born, end);
  remark += fmt::format("The child is {} old on that day", age_in_words(age));
  return remark + (age < adult ? "." : ": too old for a profile, which could not be signed.");
}

Move ask_to(Session& session) {
  return ask_date(session,
                  {.pointer = "/window/to",
                   .help = "The last day of that time. The child's age is taken on this day.",
                   .prompt = "Last day: ",
                   .must = "It is needed to tell the child's age, and with it what applies.",
                   .refuse = [](const Session& s, Date date) -> std::string {
                     const auto from = s.facts().window_from;
                     const auto born = s.facts().child.date_of_birth;
                     if (from && date < *from)
                       return "the first day is " + in_words(*from) + "; go there with: g from";
                     return born && date < *born ? "the child was born later." : "";
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
  return ask_choice(session,
                    {.help = "Does the child have one of these? It decides what is asked.",
                     .prompt = "Number: ",
                     .choices = {"Neither", "A disability or long-term health condition",
                                 "A temperamental or behavioural difficulty", "Both"},
                     .now = now,
                     .must = "Please type 1, 2, 3 or 4; it can be changed later.",
                     .keep = [&](std::size_t chosen, const std::string& said) {
                       session.keep(said, [&](Value& document) {
                         Value conditions = Value::list();
                         // What this question does not know stays.
                         if (list != nullptr)
                           for (const Value& old : list->items())
                             if (old.text() != health && old.text() != behaviour)
                               conditions.items().push_back(old);
                         if ((chosen & 1U) != 0)
                           conditions.items().push_back(Value::text(std::string{health}));
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
  const std::string about = "The child";
  const std::string window = "The time looked at";
  std::vector<Question> list;
  list.push_back(
      {"child", about, "Reference", true, session.has_text("/child/ref"), [](Session& s) {
         return ask_text(s, {.pointer = "/child/ref",
                             .help = "How your school or service refers to the child, for example "
                                     "C-0001. Not the name.",
                             .prompt = "Reference: ",
                             .must = "A reference is needed to tell records apart; make one up, "
                                     "such as C-0001."});
       }});
  list.push_back({"name", about, "Name", false, session.has_text("/child/name"), [](Session& s) {
                    return ask_text(
                        s,
                        {.pointer = "/child/name",
                         .help = "The child's name. Enter leaves it out; the reference is enough.",
                         .prompt = "Name: ",
                         .in_words = true});
                  }});
  list.push_back(
      {"born", about, "Date of birth", true, child.date_of_birth || child.expected_date, ask_born});
  list.push_back(
      {"from", window, "First day", true, session.facts().window_from.has_value(), ask_from});
  list.push_back({"to", window, "Last day", true, session.facts().window_to.has_value(), ask_to});
  list.push_back({"conditions", about, "Health and behaviour", true,
                  at(document, "/child/conditions") != nullptr, ask_conditions});
  return list;
}

}  // namespace gcp2::cli
